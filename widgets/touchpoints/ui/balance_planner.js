// The balance planner. State lives in the model (rows, source, scorecard, budget_hours); this file shows and changes it.

function render({ model, el }) {
  const uid = freshId("balance");
  const vocabulary = model.get("_vocabulary");
  const { contact_phases: phases, media } = vocabulary.scorecard;
  const say = speaker(model);
  const text = (key, values) => say("balance_planner", key, values);
  const name = (row) => row[`name_${model.get("lang")}`] ?? row.name_en;
  const KEPT = ["rows", "source", "budget_hours"];
  const stateNow = () => Object.fromEntries(KEPT.map((key) => [key, model.get(key)]));
  const history = new History(stateNow());
  const opened = new Set();
  let parts = {};
  let rowViews = new Map();
  let order = "";
  let width = FIRST_WIDTH;

  const isOwn = () => model.get("source") !== "scorecard" || !model.get("scorecard").length;
  const announce = (message) => { parts.status.textContent = message; };
  const inOrder = (rows) => phases.flatMap((phase) => rows.filter((row) => row.contact_phase === phase));
  const shownRows = () => inOrder(shownPlanRows({ ...stateNow(), scorecard: model.get("scorecard") }, vocabulary));

  function commit(changes, tag = null) {
    const state = { ...history.present, ...changes };
    history.push(state, tag);
    apply(state);
  }

  function apply(state) {
    model.set(state);
    model.save_changes();
  }

  /** Change a touchpoint; one that only the scorecard knows gets a row of its own for its figures. */
  function edit(key, changes, tag = null) {
    const rows = model.get("rows");
    const known = rows.some((row) => row.touchpoint === key);
    const all = known ? rows : [...rows, shownRows().find((row) => row.touchpoint === key)];
    parts.problem.textContent = "";
    commit({ rows: all.map((row) => (row.touchpoint === key ? { ...row, ...changes } : row)) }, tag);
  }

  function remove(key) {
    const rows = model.get("rows");
    const gone = rows.find((row) => row.touchpoint === key);
    commit({ rows: rows.filter((row) => row !== gone) });
    parts.adders.get(gone.contact_phase).focus();
    announce(text("removed", { name: shorten(name(gone)) }));
  }

  function add(phase) {
    const rows = model.get("rows");
    const key = freeKey(rows, "own");
    commit({ rows: [...rows, checkPlanRow({ touchpoint: key, contact_phase: phase,
      name_en: TEXTS.en.balance_planner.new_name, name_de: TEXTS.de.balance_planner.new_name }, 0, vocabulary)] });
    rowViews.get(key).focus();
    announce(text("added", { phase: word(say, "contact_phase", phase) }));
  }

  function takeFile(records, extra) {
    const rows = checkPlanRows(records, vocabulary);
    const budget = "budget_hours" in extra ? { budget_hours: checkBudget(extra.budget_hours, vocabulary.budget) } : {};
    commit({ rows, source: "own", ...budget });
    return rows.length;
  }

  /** What a file holds: the touchpoints with their figures, and what these come to. */
  function records() {
    const { rows, plan } = look();
    return rows.map((row, i) => ({ ...row, ...Object.fromEntries(RESULTS.map((key) => [key, toFourPlaces(plan.items[i][key])])) }));
  }

  function picture() {
    const { rows, words } = look();
    return { name: "balance-plan", svg: parts.chart.querySelector("svg"), title: words.finding().join(" "),
      source: text(examples(rows) ? "source_example" : "source_line") };
  }

  /** How many of the rows still have figures of the made-up example. */
  function examples(rows) {
    const made = new Map(model.get("_example").map((row) => [row.touchpoint, row]));
    const same = (row, example) => ["personal", "contacts_per_month", "minutes_per_contact", "eur_per_hour"].every((key) => row[key] === example[key]);
    return rows.filter((row) => made.has(row.touchpoint) && same(row, made.get(row.touchpoint))).length;
  }

  function look() {
    const rows = shownRows();
    const lang = model.get("lang");
    const plan = planContacts(rows, { phases, media, budget: model.get("budget_hours") });
    return { rows, plan, words: planWords(plan, { say, lang, name }) };
  }

  function budgetField() {
    const [low, high] = vocabulary.budget;
    const input = h("input", { type: "number", min: low, max: high, step: "any", onchange: () => {
      const entered = input.value.trim() === "" && !input.validity.badInput ? null : Number(input.value);
      const fits = entered === null || (!input.validity.badInput && entered >= low && entered <= high);
      if (fits) commit({ budget_hours: entered });
      parts.problem.textContent = fits ? "" : text("bad_number", { value: shorten(input.value, 20), low, high });
      input.value = String(model.get("budget_hours") ?? "");
    } });
    parts.budget = input;
    return h("label", { class: "tp-field" }, h("span", {}, text("budget")), input);
  }

  /** Build everything anew: at the start and when the language changes. */
  function build() {
    const files = { name: "balance-plan", columns: [...vocabulary.columns, ...RESULTS], rows: records, extra: () => ({ budget_hours: model.get("budget_hours") }),
      take: takeFile, announce, complain: (said) => { parts.problem.textContent = said; } };
    parts = {
      steps: historyControls(history, say, { apply, announce }),
      status: h("p", { class: "tp-status", role: "status" }), problem: h("p", { class: "tp-problem", role: "alert" }),
      source: segments(text("source"), vocabulary.sources.map((key) => [key, text(`source_${key}`)]), model.get("source"), (source) => commit({ source }), `${uid}-source`),
      budget: null, note: h("p", { class: "tp-note" }), finding: h("div", { class: "tp-finding", role: "status" }), totals: h("div", {}),
      chart: h("div", { class: "tp-chart-box" }), table: h("div", {}), phases: h("div", { class: "tp-phases" }), adders: new Map(),
      // Repeats the totals where the reader is, so it is kept from screen readers, who are told the finding.
      bar: h("p", { class: "tp-totals-bar", "aria-hidden": "true" }),
    };
    const key = ["person", "alone", "came", "now", "after"].map((kind) => h("span", { class: `tp-key tp-key-${kind}` }, text(`legend_${kind}`)));
    el.replaceChildren(h("section", { class: "tp-widget tp-balance-planner", lang: model.get("lang"), "aria-label": text("title"), onkeydown: parts.steps.onkeydown },
      h("div", { class: "tp-controls" }, parts.source, budgetField()), parts.note,
      h("div", { class: "tp-panel" }, h("h3", {}, text("result")), parts.finding, parts.totals),
      h("div", { class: "tp-panel" }, h("h3", {}, text("picture")), parts.chart, h("p", { class: "tp-legend" }, ...key)),
      h("div", { class: "tp-panel" }, h("h3", {}, text("what_would_move")), h("p", { class: "tp-note" }, text("how")),
        h("div", { class: "tp-toolbar" }, ...parts.steps.buttons, ...fileButtons(say, files)),
        parts.problem, parts.phases, parts.bar),
      h("details", { class: "tp-numbers", open: true }, h("summary", {}, say("common", "table")), parts.table),
      h("p", { class: "tp-note" }, text("cannot_tell")),
      h("div", { class: "tp-toolbar" }, ...pictureButtons(say, announce, picture)), parts.status));
    order = "";
    paint();
  }

  function buildRows(rows) {
    const context = { say, name, edit, uid, vocabulary, opened, remove, own: isOwn(), refresh: paint,
      settle: () => { history.tag = null; },
      refuse: (_key, value, low, high) => { paint(); parts.problem.textContent = text("bad_number", { value: shorten(value, 20), low, high }); } };
    rowViews = new Map(rows.map((row, i) => [row.touchpoint, buildPlanRow(row, i, context)]));
    parts.adders.clear();
    parts.phases.replaceChildren(...phases.map((phase) => {
      const title = word(say, "contact_phase", phase);
      const own = rows.filter((row) => row.contact_phase === phase);
      const adder = h("button", { type: "button", class: "tp-button tp-add", onclick: () => add(phase), "aria-label": text("add_to", { phase: title }) }, `+ ${text("add")}`);
      parts.adders.set(phase, adder);
      const heads = ["contacts_per_month", "personal", "minutes_per_contact", "moved_pct"].map((column) => h("span", {}, text(`head_${column}`)));
      return h("div", { class: "tp-phase" }, h("h4", {}, title), own.length ? h("div", { class: "tp-heads tp-small", "aria-hidden": "true" }, ...heads) : "",
        own.length ? h("ul", {}, ...own.map((row) => rowViews.get(row.touchpoint).element)) : h("p", { class: "tp-note" }, text("empty_phase")),
        context.own ? adder : "");
    }));
  }

  function paint() {
    const { rows, plan, words } = look();
    const now = [isOwn(), ...rows.map((row) => `${row.touchpoint} ${row.contact_phase}`)].join("\n");
    if (now !== order) buildRows(rows);
    order = now;
    rows.forEach((row, i) => rowViews.get(row.touchpoint).update(row, words.move(row, plan.items[i])));
    for (const input of parts.source.querySelectorAll("input")) input.checked = input.value === model.get("source");
    parts.budget.value = String(model.get("budget_hours") ?? "");
    const made = examples(rows);
    parts.note.textContent = [model.get("source") === "scorecard" ? text(isOwn() ? "scorecard_empty" : "from_scorecard") : null,
      made ? text("synthetic", { n: made, all: rows.length }) : null].filter(Boolean).join(" ");
    parts.finding.replaceChildren(...(rows.length ? words.finding().map((line) => h("p", {}, line)) : [h("p", {}, text("nothing"))]));
    parts.totals.replaceChildren(words.totalsTable());
    parts.bar.textContent = words.totalsLine();
    parts.chart.replaceChildren(drawBalance(rows, plan, width, { say, name, number: words.number, phases, media, label: words.finding().join(" ") }));
    parts.table.replaceChildren(words.rowsTable(rows));
    parts.steps.update();
  }

  /** What another view, Python or the browser's storage changed becomes a step of our history too. */
  const onChange = () => {
    const state = stateNow();
    if (KEPT.some((key) => state[key] !== history.present[key])) history.push(state);
    paint();
  };
  build();
  const ends = [listen(model, { rows: onChange, source: onChange, budget_hours: onChange, scorecard: paint, lang: build }),
    followWidth(el, () => parts.chart, (now) => { width = now; paint(); })];
  return () => { for (const end of ends) end(); };
}

const RESULTS = ["hours", "hours_after", "eur", "eur_after", "without_person", "without_person_after"];

/** Take up what the published page kept; what can't be read is dropped, the rest stays as it is. */
function restore(saved, model) {
  return checkPlan(saved, model.get("_vocabulary"));
}

/** Take up the reader's own entries in the scorecard; what can't be read counts as none. */
function receive(_key, saved, model) {
  return { scorecard: rowsOrNone(() => checkRows(saved.rows, model.get("_vocabulary").scorecard)) };
}

export default { render, restore, receive, planContacts, shownPlanRows, checkPlanRows };
