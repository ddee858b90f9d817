// The touchpoint scorecard. State lives in the model (rows, rule); this file shows and changes it.

function render({ model, el }) {
  const uid = freshId("scorecard");
  const vocabulary = model.get("_vocabulary");
  const original = model.get("rule");
  const say = speaker(model);
  const name = (row) => row[`name_${model.get("lang")}`] ?? row.name_en;
  const history = new History({ rows: model.get("rows"), rule: model.get("rule") });
  const opened = new Set();
  let showAll = false;
  let settingsOpen = false;
  let shownRows = [];
  let rowViews = new Map();
  let parts = {};
  let width = FIRST_WIDTH;

  const phaseOf = (rows, phase) => rows.filter((r) => r.contact_phase === phase);
  const inOrder = (rows) => vocabulary.contact_phases.flatMap((p) => phaseOf(rows, p));
  const announce = (text) => { parts.status.textContent = text; };

  function commit(changes, tag = null) {
    const state = { ...history.present, ...changes };
    history.push(state, tag);
    apply(state);
  }

  function apply(state) {
    model.set("rows", state.rows);
    model.set("rule", state.rule);
    model.save_changes();
  }

  function edit(key, changes, tag = null) {
    commit({ rows: model.get("rows").map((r) => (r.touchpoint === key ? { ...r, ...changes } : r)) }, tag);
  }

  /** Move a row one place; at the edge of its phase it goes into the next phase. */
  function move(key, by) {
    const rows = inOrder(model.get("rows"));
    const from = rows.findIndex((r) => r.touchpoint === key);
    const phases = vocabulary.contact_phases;
    const neighbour = rows[from + by];
    const phase = rows[from].contact_phase;
    if (neighbour?.contact_phase === phase) rows.splice(from + by, 0, rows.splice(from, 1)[0]);
    else rows[from] = { ...rows[from], contact_phase: phases[phases.indexOf(phase) + by] };
    commit({ rows });
    const moved = rows.find((r) => r.touchpoint === key);
    const place = phaseOf(rows, moved.contact_phase).indexOf(moved) + 1;
    rowViews.get(key).focus[by < 0 ? "up" : "down"]();
    if (document.activeElement?.disabled !== false) rowViews.get(key).focus.edit();
    announce(say("scorecard", "moved", { name: shorten(name(moved)), place, phase: word(say, "contact_phase", moved.contact_phase) }));
  }

  function place(key) {
    const rows = inOrder(model.get("rows"));
    const row = rows.find((r) => r.touchpoint === key);
    const phases = vocabulary.contact_phases;
    return {
      first: row === rows[0] && row.contact_phase === phases[0],
      last: row === rows.at(-1) && row.contact_phase === phases.at(-1),
    };
  }

  function remove(key) {
    const rows = model.get("rows");
    const gone = rows.find((r) => r.touchpoint === key);
    commit({ rows: rows.filter((r) => r !== gone) });
    parts.adders.get(gone.contact_phase).focus();
    announce(say("scorecard", "removed", { name: shorten(name(gone)) }));
  }

  function add(phase) {
    const rows = model.get("rows");
    const key = freeKey(rows, "own");
    commit({ rows: [...rows, checkRow({ touchpoint: key, contact_phase: phase,
      name_en: fillIn(TEXTS.en.scorecard.new_name, {}), name_de: fillIn(TEXTS.de.scorecard.new_name, {}) }, 0, vocabulary)] });
    rowViews.get(key).focus.name();
    announce(say("scorecard", "added", { phase: word(say, "contact_phase", phase) }));
  }

  /** Take up what a file holds. */
  function take(records, extra) {
    const rows = checkRows(records, vocabulary);
    commit({ rows, rule: checkRule(extra.rule, model.get("rule")) });
    return rows.length;
  }

  /** Build everything anew: at the start, when the language changes, when rows come, go or move. */
  function build() {
    parts = {
      steps: historyControls(history, say, { apply, announce }),
      status: h("p", { class: "tp-status", role: "status" }), proposals: h("div", {}),
      problem: h("p", { class: "tp-problem", role: "alert" }),
      phases: h("div", { class: "tp-phases" }), adders: new Map(),
      priorities: h("div", {}), journey: h("div", { class: "tp-journey-box" }), weak: h("p", { class: "tp-weak-text" }),
      shares: h("div", {}), settings: h("div", {}),
    };
    const heading = (text) => h("h3", {}, say("scorecard", text));
    const legend = (kind) => h("span", { class: `tp-key tp-key-${kind}` }, say("scorecard", `legend_${kind}`));
    const list = h("datalist", { id: `${uid}-channels` },
      ...vocabulary.channels.map((c) => h("option", { value: word(say, "channel", c) })));
    el.replaceChildren(h("section", { class: "tp-widget tp-scorecard", lang: model.get("lang"), "aria-label": say("scorecard", "title"), onkeydown: parts.steps.onkeydown },
      h("div", { class: "tp-toolbar" }, ...parts.steps.buttons, ...fileButtons(say, { name: "scorecard", columns: vocabulary.columns,
        rows: () => inOrder(model.get("rows")), extra: () => ({ rule: model.get("rule") }), take, announce,
        complain: (text) => { parts.problem.textContent = text; } })),
      parts.status, parts.problem, parts.proposals, list, h("p", { class: "tp-note" }, say("scorecard", "how")), parts.phases,
      h("div", { class: "tp-panel" }, heading("priorities"), h("p", { class: "tp-note" }, say("scorecard", "priorities_note")), parts.priorities),
      h("div", { class: "tp-panel" }, heading("journey"), parts.weak, parts.journey,
        h("p", { class: "tp-legend" }, legend("offline"), legend("online"), legend("mean"))),
      h("div", { class: "tp-panel" }, heading("shares"), parts.shares), parts.settings));
    buildRows(model.get("rows"));
    paintPanels();
    paintProposals();
  }

  function buildRows(rows) {
    const context = { say, name, edit, uid, vocabulary, model, opened, move, remove, place, channelList: `${uid}-channels`,
      settle: () => { history.tag = null; },
      smallNote: (key) => smallThingsNote(model.get("small_things").find((r) => r.touchpoint === key), vocabulary.small_things, say),
      refresh: (key) => rowViews.get(key).update(model.get("rows").find((r) => r.touchpoint === key)) };
    rowViews = new Map(inOrder(rows).map((row, i) => [row.touchpoint, buildRow(row, i, context)]));
    parts.phases.replaceChildren(...vocabulary.contact_phases.map((phase) => {
      const title = word(say, "contact_phase", phase);
      const own = phaseOf(rows, phase);
      const adder = h("button", { type: "button", class: "tp-button tp-add", onclick: () => add(phase),
        "aria-label": say("scorecard", "add_to", { phase: title }) }, `+ ${say("scorecard", "add")}`);
      parts.adders.set(phase, adder);
      return h("div", { class: "tp-phase" }, h("h3", {}, title),
        own.length ? h("ul", {}, ...own.map((r) => rowViews.get(r.touchpoint).element))
          : h("p", { class: "tp-note" }, say("scorecard", "empty_phase")), adder);
    }));
    shownRows = rows;
  }

  /** After an edit only the rows that changed are touched; a change of order builds them anew. */
  function paintRows(rows) {
    const order = (list) => inOrder(list).map((r) => `${r.touchpoint} ${r.contact_phase}`).join("\n");
    if (rows.length !== shownRows.length || order(rows) !== order(shownRows)) {
      buildRows(rows);
      return;
    }
    const before = new Map(shownRows.map((r) => [r.touchpoint, r]));
    for (const row of rows) if (before.get(row.touchpoint) !== row) rowViews.get(row.touchpoint).update(row);
    shownRows = rows;
  }

  function paintPanels() {
    const rows = model.get("rows");
    const rule = model.get("rule");
    const lang = model.get("lang");
    const scores = scoreRows(rows, rule, vocabulary.contact_phases, vocabulary.media);
    const longest = Math.max(0, ...Object.keys(rule.values).map((n) => scores.items.filter((i) => i.priority[n] > 0).length));
    const toggle = longest <= FIRST ? null : h("button", { type: "button", class: "tp-button", onclick: (event) => {
      showAll = !showAll;
      paintPanels();
      parts.priorities.querySelector(":scope > button").focus();
      event.preventDefault();
    } }, say("scorecard", showAll ? "show_less" : "show_all", { n: showAll ? FIRST : longest }));
    const ungraded = rows.filter((r) => r.grade === null).length;
    parts.priorities.replaceChildren(drawPriorities(rows, scores, rule, { name, say, lang, showAll }), toggle ?? "",
      ungraded ? h("p", { class: "tp-note" }, say("scorecard", "not_graded", { n: ungraded })) : "");
    const weak = rows.find((r) => r.touchpoint === scores.weakest_link);
    parts.weak.replaceChildren(...(weak
      ? [h("strong", {}, bdi(say("scorecard", "weakest", { name: shorten(name(weak)), grade: weak.grade }))), ". ", say("scorecard", "weakest_note")]
      : [say("scorecard", "journey_empty")]));
    parts.journey.replaceChildren(drawJourney(rows, scores, width, { phases: vocabulary.contact_phases, name, say, lang }));
    parts.shares.replaceChildren(drawShares(scores, { say, lang }));
    parts.steps.update();
  }

  /** What the reader may take up of what the small-things check hands over. */
  function paintProposals() {
    const rows = model.get("rows");
    parts.proposals.replaceChildren(...drawProposals(model.get("small_things"), rows, { say, name, take: takeUp }));
  }

  function takeUp(row, changes) {
    const rows = model.get("rows");
    if (rows.some((r) => r.touchpoint === row.touchpoint)) edit(row.touchpoint, changes);
    else commit({ rows: [...rows, checkRow({ ...row, ...changes }, 0, vocabulary)] });
    const next = parts.proposals.querySelector("button");
    if (next) next.focus();
    else rowViews.get(row.touchpoint).focus.edit();
    announce(say("scorecard", "proposal_taken", { name: shorten(name(row)) }));
  }

  function paintSettings() {
    settingsOpen = parts.settings.querySelector("details")?.open ?? settingsOpen;
    parts.settings.replaceChildren(drawSettings(model.get("rule"), original, { say, open: settingsOpen, change: (rule) => commit({ rule }) }));
  }

  /** What another view, Python or the browser's storage changed becomes a step of our history too. */
  function follow() {
    const state = { rows: model.get("rows"), rule: model.get("rule") };
    if (state.rows !== history.present.rows || state.rule !== history.present.rule) history.push(state);
  }

  const onRows = () => { follow(); paintRows(model.get("rows")); paintPanels(); paintProposals(); };
  const onRule = () => { follow(); paintPanels(); paintSettings(); };
  const onNotes = () => {
    for (const row of model.get("rows")) rowViews.get(row.touchpoint).update(row);
    paintProposals();
  };
  const onLang = () => { build(); paintSettings(); };
  onLang();
  const ends = [listen(model, { rows: onRows, rule: onRule, small_things: onNotes, lang: onLang }),
    followWidth(el, () => parts.journey, (now) => { width = now; paintPanels(); })];
  return () => { for (const end of ends) end(); };
}

/** Take up what the published page kept; what can't be read is dropped, the rest stays as it is. */
function restore(saved, model) {
  return checkCard(saved, model.get("_vocabulary"), model.get("rule"));
}

/** Take up what the reader's small-things check hands over; what can't be read counts as nothing. */
function receive(_key, saved, model) {
  return { small_things: rowsOrNone(() => checkSmallThings(saved.rows, model.get("_vocabulary")).filter((row) => row.to_scorecard)) };
}

export default { render, restore, receive, scoreRows, formatCsv, parseRecords, checkRows, importSentence };
