// The quiz of a chapter. State lives in the model (answers, tries, solved, exercises, touched); this file shows and changes it.

function render({ model, el }) {
  const uid = freshId("quiz");
  const sheet = model.get("_sheet");
  const say = speaker(model);
  const inLanguage = (text) => text[model.get("lang")] ?? text.en;
  const drafts = new Map();
  let views = new Map();
  let parts = {};
  let known = model.get("answers");

  const answerIn = (answers, { id }) => (Object.hasOwn(answers, id) ? answers[id] : undefined);
  const answerTo = (question) => answerIn(model.get("answers"), question);
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

  function store(changes) {
    model.set({ ...changes, touched: new Date().toISOString() });
    model.save_changes();
  }

  /** Judge what is entered, keep it and tell the result at once. */
  function check(question) {
    const view = views.get(question.id);
    const answer = view.fields.read();
    const judged = judge(question, answer);
    if (judged === null) {
      const key = question.kind === "number" && answer !== "" ? "no_number" : "no_answer";
      view.result.replaceChildren(h("p", { class: "tp-verdict" }, say("quiz", key)));
      return;
    }
    const tries = model.get("tries");
    const solved = new Set(model.get("solved"));
    if (judged.right) solved.add(question.id);
    drafts.delete(question.id);
    view.told = null;
    store({ answers: { ...model.get("answers"), [question.id]: answer }, tries: { ...tries, [question.id]: (tries[question.id] ?? 0) + 1 },
      solved: sheet.questions.map((q) => q.id).filter((id) => solved.has(id)) });
    // The same answer checked again changes nothing in the model, and is told again.
    tell(question);
  }

  /** Take the answer back, to try afresh; what was solved stays solved. */
  function again(question) {
    const { [question.id]: _, ...others } = model.get("answers");
    drafts.delete(question.id);
    store({ answers: others });
    views.get(question.id).fields.focus();
  }

  /** Show what the checked answer is worth, as long as it is the one in the fields; what is shown already stays untouched. */
  function tell(question) {
    const view = views.get(question.id);
    const answer = answerTo(question);
    const judged = answer !== undefined && same(answer, view.fields.read()) ? judge(question, answer) : null;
    const telling = JSON.stringify(judged);
    if (view.told === telling) return;
    view.told = telling;
    view.restart.hidden = judged === null;
    view.result.replaceChildren(...(judged === null ? [] : verdict(question, judged)));
  }

  function verdict(question, judged) {
    const text = judged.right ? `✓ ${say("quiz", "right")}` : `✗ ${say("quiz", "wrong")}`;
    return [h("p", { class: `tp-verdict ${judged.right ? "tp-right" : "tp-wrong"}` }, text),
      ...(judged.missing ? [h("p", {}, say("quiz", "missing"))] : []), ...comments(question, judged)];
  }

  /** The comments, each with what it is about. */
  function comments(question, judged) {
    const about = question.options ?? question.items ?? question.pairs;
    // An option may be a sentence: a colon takes the place of its full stop.
    const subject = ({ text, left }) => say("quiz", "about", { what: inLanguage(text ?? left).replace(/\.$/, "") });
    return judged.comments.map(({ place, text }) => h("p", {},
      ...(place === null ? [] : [h("strong", {}, subject(about[place])), " "]), inLanguage(text)));
  }

  function questionView(question, number) {
    const result = h("div", { class: "tp-result", role: "status", id: `${uid}-${number}` });
    const mark = h("span", { class: "tp-mark" });
    const changed = () => {
      drafts.set(question.id, views.get(question.id).fields.read());
      tell(question);
    };
    const present = drafts.has(question.id) ? drafts.get(question.id) : answerTo(question);
    const fields = answerFields(question, present, { say, inLanguage, name: `${uid}-${question.id}`, change: changed, check: () => check(question) });
    const restart = h("button", { type: "button", class: "tp-button", onclick: () => again(question) }, say("quiz", "again"));
    const hint = h("p", { class: "tp-note" }, h("span", { class: `tp-how-${question.kind}` }, say("quiz", `how_${question.kind}`)), " ", h("span", { class: "tp-ideas" }, `(${question.ideas.join(", ")})`), " ", mark);
    const element = h("fieldset", { class: "tp-question", "aria-describedby": result.id },
      h("legend", {}, `${number}. ${inLanguage(question.ask)}`), hint, fields.element,
      h("div", { class: "tp-toolbar" }, h("button", { type: "button", class: "tp-button tp-check", onclick: () => check(question),
        "aria-label": say("quiz", "check_of", { n: number }) }, say("quiz", "check")), restart), result);
    return { element, fields, result, restart, mark };
  }

  function rebuild(question) {
    const before = views.get(question.id);
    const view = questionView(question, sheet.questions.indexOf(question) + 1);
    views.set(question.id, view);
    before.element.replaceWith(view.element);
    tell(question);
    marks();
  }

  /** Tick boxes for the exercises, which nobody judges but the reader. */
  function exerciseBoxes() {
    if (!sheet.exercises) return "";
    const numbers = Array.from({ length: sheet.exercises }, (_, i) => i + 1);
    const tick = (number, on) => store({ exercises: numbers.filter((n) => (n === number ? on : model.get("exercises").includes(n))) });
    parts.boxes = new Map(numbers.map((n) => [n, h("input", { type: "checkbox", onchange: (event) => tick(n, event.target.checked) })]));
    return h("fieldset", { class: "tp-exercises" }, h("legend", {}, say("quiz", "exercises")), h("p", { class: "tp-note" }, say("quiz", "exercises_note")),
      h("div", { class: "tp-ticks" }, ...numbers.map((n) => h("label", { class: "tp-toggle" }, parts.boxes.get(n), h("span", {}, say("quiz", "exercise", { n }))))));
  }

  function marks() {
    for (const [id, { mark }] of views) mark.textContent = model.get("solved").includes(id) ? `✓ ${say("quiz", "solved")}` : "";
  }

  function count() {
    parts.count.textContent = [
      say("quiz", "count", { solved: model.get("solved").length, n: sheet.questions.length }),
      sheet.exercises ? say("quiz", "exercise_count", { done: model.get("exercises").length, n: sheet.exercises }) : "",
    ].filter(Boolean).join(" ");
    for (const [number, box] of parts.boxes ?? []) box.checked = model.get("exercises").includes(number);
  }

  function build() {
    parts = { count: h("p", { class: "tp-count" }) };
    views = new Map(sheet.questions.map((question, i) => [question.id, questionView(question, i + 1)]));
    el.replaceChildren(h("section", { class: "tp-widget tp-quiz", lang: model.get("lang"), "aria-label": say("quiz", "title") },
      ...[...views.values()].map((view) => view.element), exerciseBoxes(), parts.count));
    sheet.questions.forEach(tell);
    marks();
    count();
  }

  /** An answer that another view, Python or a reset changed comes into the fields; what is entered elsewhere stays. */
  function onAnswers() {
    const before = known;
    known = model.get("answers");
    for (const question of sheet.questions) {
      const answer = answerTo(question);
      if (same(answer, answerIn(before, question))) continue;
      if (same(answer, views.get(question.id).fields.read())) tell(question);
      else {
        drafts.delete(question.id);
        rebuild(question);
      }
    }
  }

  const ends = listen(model, { answers: onAnswers, solved: () => { marks(); count(); }, exercises: count, lang: build });
  build();
  return ends;
}

/** Take up what the published page kept; what fits no question any more is left out. */
function restore(saved, model) {
  return takeRecord(model.get("_sheet"), saved).record;
}

export default { render, restore, judge, numberReadings, takeRecord };
