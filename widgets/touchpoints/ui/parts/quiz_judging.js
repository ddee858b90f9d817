// Hold an answer against its question, as touchpoints.core.quiz_judging does; tests/vectors/quiz.json holds both to the same.
//
// An answer: place of the option (single), list of places (multiple), text or number (number), all places in the reader's
// order (order), for each left side the place of the pair whose right side was chosen, or null (match).

const NUMBER_SLACK = 1e-9;
const LARGEST_NUMBER = 1e15;
const ANSWER_LENGTH = 40;

/** The numbers that a text may mean: "1,234" has a decimal comma or one of thousands. Nothing if it is none. */
function numberReadings(entered) {
  if (typeof entered === "number") return Math.abs(entered) <= LARGEST_NUMBER ? [entered] : [];
  if (typeof entered !== "string" || entered.length > ANSWER_LENGTH) return [];
  const match = entered.replace(/[ \t\u00a0\u2009\u202f'’]/g, "").replaceAll("−", "-").match(/^([+-]?)([0-9.,]*[0-9])[%€]?$/);
  if (!match) return [];
  const [, sign, digits] = match;
  const readings = [];
  if (/^[0-9]*[.,]?[0-9]+$/.test(digits)) readings.push(digits.replace(",", "."));
  if (/^[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$/.test(digits)) readings.push(digits.replaceAll(",", ""));
  if (/^[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?$/.test(digits)) readings.push(digits.replaceAll(".", "").replace(",", "."));
  return readings.map((reading) => Number(sign + reading));
}

/** The judgement {right, comments: [{place, text}], missing}; null where there is nothing to judge yet. */
function judge(question, answer) {
  switch (question.kind) {
    case "single": return judgeChoice(question, answer === null ? [] : [answer]);
    case "multiple": return judgeChoice(question, answer);
    case "number": return judgeNumber(question, answer);
    case "order": return judgeOrder(question, answer);
    default: return judgeMatch(question, answer);
  }
}

function judgeChoice({ options }, chosen) {
  if (!chosen.length) return null;
  const wrong = chosen.filter((place) => !options[place].correct);
  const fitting = options.flatMap((option, place) => (option.correct ? [place] : []));
  const right = !wrong.length && chosen.length === fitting.length;
  const told = (right ? fitting : wrong).map((place) => ({ place, text: options[place].comment }));
  return { right, comments: told, missing: !right && !wrong.length };
}

function judgeNumber(question, answer) {
  const readings = numberReadings(answer);
  if (!readings.length) return null;
  const isMeant = ({ answer: number, tolerance }) => readings.some((reading) =>
    Math.abs(reading - number) <= tolerance + NUMBER_SLACK * Math.max(1, Math.abs(number)));
  const right = isMeant(question);
  const text = right ? question.comment : question.mistakes.find(isMeant)?.comment ?? question.otherwise;
  return { right, comments: [{ place: null, text }], missing: false };
}

function judgeOrder({ items, comment }, answer) {
  const wrong = answer.filter((place, position) => place !== position).sort((a, b) => a - b);
  return judgement(wrong, items, comment);
}

function judgeMatch({ pairs, comment }, answer) {
  if (answer.includes(null)) return null;
  const sameRight = (a, b) => a.en === b.en && a.de === b.de;
  const wrong = answer.flatMap((chosen, place) => (sameRight(pairs[chosen].right, pairs[place].right) ? [] : [place]));
  return judgement(wrong, pairs, comment);
}

function judgement(wrong, parts, comment) {
  const comments = wrong.length ? wrong.map((place) => ({ place, text: parts[place].comment })) : [{ place: null, text: comment }];
  return { right: !wrong.length, comments, missing: false };
}
