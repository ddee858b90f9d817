// What a reader has done with a chapter's questions: {answers, tries, solved, exercises, touched}. What was kept or exported is
// hostile until it fits the sheet it belongs to.

const MOST_TRIES = 100000;

function isWhole(value, low, high) {
  return Number.isInteger(value) && value >= low && value <= high;
}

/** Whether an answer has the shape that its question (kind, size, shown) asks for. */
function fitsQuestion({ kind, size, shown }, answer) {
  const arePlaces = (values) => values.every((v) => Number.isInteger(v) && shown.includes(v));
  const alike = (values) => new Set(values).size === values.length;
  switch (kind) {
    case "single": return answer === null || arePlaces([answer]);
    case "multiple": return Array.isArray(answer) && arePlaces(answer) && alike(answer);
    case "number": return typeof answer === "string" ? answer.length <= ANSWER_LENGTH : numberReadings(answer).length > 0;
    case "order": return Array.isArray(answer) && answer.length === size && arePlaces(answer) && alike(answer);
    default: return Array.isArray(answer) && answer.length === size && arePlaces(answer.filter((v) => v !== null));
  }
}

/**
 * Take over what fits the sheet: {record, left}, with the number of entries left out because they fit no question or exercise here
 * (a newer book may have others).
 */
function takeRecord(sheet, found) {
  const record = emptyRecord();
  if (!isPlain(found)) return { record, left: found === null || found === undefined ? 0 : 1 };
  const questions = new Map(sheet.questions.map((question) => [question.id, question]));
  let left = 0;
  const take = (fits, action) => { if (fits) action(); else left++; };
  for (const [id, answer] of entriesOf(found.answers)) {
    take(questions.has(id) && fitsQuestion(questions.get(id), answer), () => { record.answers[id] = answer; });
  }
  for (const [id, count] of entriesOf(found.tries)) {
    take(questions.has(id) && isWhole(count, 0, MOST_TRIES), () => { record.tries[id] = count; });
  }
  const solved = listOf(found.solved);
  const exercises = listOf(found.exercises);
  record.solved = [...questions.keys()].filter((id) => solved.includes(id));
  record.exercises = [...new Set(exercises)].filter((n) => isWhole(n, 1, sheet.exercises)).sort((a, b) => a - b);
  left += new Set(solved).size - record.solved.length + new Set(exercises).size - record.exercises.length;
  if (found.touched) take(isTime(found.touched), () => { record.touched = found.touched; });
  return { record, left };
}

function entriesOf(value) {
  return isPlain(value) ? Object.entries(value) : [];
}

function listOf(value) {
  return Array.isArray(value) ? value : [];
}

function emptyRecord() {
  return { answers: {}, tries: {}, solved: [], exercises: [], touched: "" };
}

function isTime(text) {
  return typeof text === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/.test(text) && Number.isFinite(Date.parse(text));
}
