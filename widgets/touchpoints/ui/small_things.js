// The small-things check. State lives in the model (rows); this file shows and changes it.

function render({ model, el }) {
  const uid = freshId("small");
  const vocabulary = model.get("_vocabulary");
  const things = vocabulary.small_things;
  const say = speaker(model);
  const text = (key, values) => say("small_things", key, values);
  const name = (row) => row[`name_${model.get("lang")}`];
  const history = new History(model.get("rows"));
  let chosen = model.get("rows")[0]?.touchpoint ?? null;
  let parts = {};
  let width = FIRST_WIDTH;

  const announce = (said) => { parts.status.textContent = said; };
  const rowOf = (key) => model.get("rows").find((row) => row.touchpoint === key);
  const short = (row) => shorten(name(row));

  function apply(rows) {
    model.set("rows", rows);
    model.save_changes();
  }

  function commit(rows, tag = null) {
    history.push(rows, tag);
    apply(rows);
  }

  function edit(changes, tag = null) {
    const key = chosen;
    commit(model.get("rows").map((row) => (row.touchpoint === key ? { ...row, ...changes } : row)), tag && `${tag} ${key}`);
    if ("to_scorecard" in changes) announce(text(changes.to_scorecard ? "handed" : "taken_back", { name: short(rowOf(key)) }));
  }

  function choose(key) {
    chosen = key;
    show();
  }

  function walk(by) {
    const keys = model.get("rows").map((row) => row.touchpoint);
    choose(keys[(keys.indexOf(chosen) + by + keys.length) % keys.length]);
    announce(short(rowOf(chosen)));
  }

  function add() {
    chosen = freeKey([...model.get("rows"), ...model.get("_scorecard")], "seen");
    commit([...model.get("rows"), checkSmallRow({ touchpoint: chosen, contact_phase: vocabulary.contact_phases[0],
      name_en: TEXTS.en.small_things.new_name, name_de: TEXTS.de.small_things.new_name }, 0, vocabulary)]);
    parts.form.editName();
    announce(text("added"));
  }

  function remove() {
    const rows = model.get("rows");
    const at = rows.findIndex((row) => row.touchpoint === chosen);
    const gone = rows[at];
    chosen = (rows[at + 1] ?? rows[at - 1])?.touchpoint ?? null;
    commit(rows.filter((row) => row !== gone));
    parts.add.focus();
    announce(text("removed", { name: short(gone) }));
  }

  /** Take over from the reader's scorecard what is not here yet; answers that are here stay. */
  function takeScorecard() {
    const fresh = missingFromHere();
    commit([...model.get("rows"), ...fresh.map((row) => checkSmallRow({ ...row, grade: null }, 0, vocabulary))]);
    chosen = fresh[0].touchpoint;
    show();
    announce(text("scorecard_taken", { n: fresh.length }));
  }

  const missingFromHere = () => model.get("_scorecard").filter((row) => !rowOf(row.touchpoint));

  function takeFile(records) {
    const rows = checkSmallThings(records, vocabulary);
    commit(rows);
    return rows.length;
  }

  function build() {
    const button = (label, action) => h("button", { type: "button", class: "tp-button", onclick: action }, label);
    parts = {
      steps: historyControls(history, say, { apply, announce }),
      status: h("p", { class: "tp-status", role: "status" }), problem: h("p", { class: "tp-problem", role: "alert" }),
      select: h("select", { onchange: (event) => choose(event.target.value) }),
      before: button(text("before"), () => walk(-1)), next: button(text("next"), () => walk(1)),
      add: button(text("add"), add), take: button("", takeScorecard),
      form: smallThingsForm({ say, lang: model.get("lang"), uid, vocabulary, edit, remove, settle: () => { history.tag = null; } }),
      finding: h("p", { class: "tp-finding" }), chart: h("div", {}), tables: h("div", {}),
      synthetic: h("p", { class: "tp-note" }, text("synthetic")),
    };
    parts.overview = h("div", { class: "tp-panel" }, h("h3", {}, text("overview")), parts.finding, parts.chart, smallThingsLegend(say, vocabulary.answers),
      h("p", { class: "tp-note" }, text("order_note")), h("details", { open: true }, h("summary", {}, say("common", "table")), parts.tables));
    const content = () => ({ name: "small-things", svg: parts.chart.querySelector("svg"), title: parts.finding.textContent,
      source: text(hasExamples() ? "source_synthetic" : "source_own") });
    el.replaceChildren(h("section", { class: "tp-widget tp-small-things", lang: model.get("lang"), "aria-label": text("title"), onkeydown: parts.steps.onkeydown },
      h("div", { class: "tp-toolbar" }, ...parts.steps.buttons, ...fileButtons(say, { name: "small-things", columns: vocabulary.columns,
        rows: () => model.get("rows"), extra: () => ({}), take: takeFile, announce, complain: (said) => { parts.problem.textContent = said; } }),
      ...pictureButtons(say, announce, content)),
      parts.status, parts.problem, h("p", { class: "tp-note" }, text("how")), parts.synthetic,
      h("div", { class: "tp-controls" }, h("label", { class: "tp-field" }, h("span", {}, say("words", "column_touchpoint")), parts.select),
        parts.before, parts.next, parts.add, parts.take),
      parts.form.element, parts.overview));
    show();
  }

  const hasExamples = () => model.get("rows").some((row) => model.get("_examples").includes(row.touchpoint));

  function show() {
    const rows = model.get("rows");
    if (!rowOf(chosen)) chosen = rows[0]?.touchpoint ?? null;
    parts.select.replaceChildren(...rows.map((row) => h("option", { value: row.touchpoint, selected: row.touchpoint === chosen }, short(row))));
    for (const part of [parts.form.element, parts.overview, parts.select.parentNode, parts.before, parts.next]) part.hidden = chosen === null;
    parts.synthetic.hidden = !hasExamples();
    if (chosen !== null) parts.form.update(rowOf(chosen));
    const fresh = missingFromHere().length;
    parts.take.hidden = fresh === 0;
    parts.take.textContent = text("take_scorecard", { n: fresh });
    parts.steps.update();
    paint();
  }

  function paint() {
    const rows = model.get("rows");
    if (!rows.length) return;
    const counts = countSmallThings(rows, things);
    const words = smallThingsWords(rows, counts, { say, name, things });
    parts.finding.textContent = words.finding();
    parts.chart.replaceChildren(drawSmallThings(rows, counts, width, { say, name, things, label: parts.finding.textContent }));
    parts.tables.replaceChildren(...words.tables());
  }

  /** What another view, Python or the browser's storage changed becomes a step of our history too. */
  function onRows() {
    const rows = model.get("rows");
    if (rows !== history.present) history.push(rows);
    show();
  }

  build();
  const ends = [listen(model, { rows: onRows, _scorecard: show, lang: build }),
    followWidth(el, () => parts.chart, (now) => { width = now; paint(); })];
  return () => { for (const end of ends) end(); };
}

/** Take up what the published page kept; what can't be read leaves the start. */
function restore(saved, model) {
  try {
    if (!Array.isArray(saved.rows)) return null;
    return { rows: saved.rows.length ? checkSmallThings(saved.rows, model.get("_vocabulary")) : [] };
  } catch {
    return null;
  }
}

/** Know the touchpoints of the reader's scorecard; what can't be read counts as none. */
function receive(_key, saved, model) {
  return { _scorecard: rowsOrNone(() => checkTable(saved.rows, (record, line) => checkPlace(record, line, model.get("_vocabulary")))) };
}

export default { render, restore, receive, countSmallThings };
