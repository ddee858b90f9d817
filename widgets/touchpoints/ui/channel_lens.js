// The lens. State lives in the model (view, by, filters, source, threshold, show_touchpoints, scorecard); this file shows and changes it.

function render({ model, el }) {
  const uid = freshId("lens");
  const vocabulary = model.get("_vocabulary");
  const data = model.get("_data");
  const say = speaker(model);
  const CHOICES = ["view", "by", "filters", "source", "threshold", "show_touchpoints"];
  let parts = {};
  let width = FIRST_WIDTH;
  let present = {};
  let waiting = null;

  const isOwn = () => model.get("source") === "scorecard";
  const waysToGroup = () => (isOwn() ? vocabulary.scorecard_by : vocabulary.by);

  /** What is shown now: the choices, the lens they give, its lanes and words. */
  function look() {
    const own = isOwn();
    const ways = waysToGroup();
    const view = model.get("view");
    const state = { own, view, data, threshold: model.get("threshold"), by: ways.includes(model.get("by")) ? model.get("by") : ways[0],
      filters: own ? {} : model.get("filters"), open: view === "customer" || model.get("show_touchpoints") };
    const lens = own
      ? lensOfScorecard(model.get("scorecard"), { by: state.by, phases: vocabulary.contact_phases, threshold: state.threshold })
      : lensOfSurvey(data, state);
    return { state, lens, lanes: lens && lanesOf(lens, view), words: lensWords(say, model.get("lang"), state) };
  }

  function choose(changes) {
    model.set(changes);
    model.save_changes();
  }

  function chooseFilter(column, value) {
    const { [column]: _, ...others } = model.get("filters");
    choose({ filters: value === "" ? others : { ...others, [column]: value } });
  }

  function build() {
    const text = (key) => say("channel_lens", key);
    const options = (key, values) => values.map((v) => [v, text(`${key}_${v}`)]);
    const filter = ({ column, values }) => {
      const label = choice(word(say, "column", column),
        [["", say("common", "all")], ...values.map((v) => [v, word(say, column, v)])], model.get("filters")[column] ?? "", (v) => chooseFilter(column, v));
      label.dataset.column = column;
      return label;
    };
    parts = {
      view: segments(text("view"), options("view", vocabulary.views), model.get("view"), (view) => choose({ view }), `${uid}-view`),
      source: segments(text("source"), options("source", vocabulary.sources), model.get("source"), (source) => choose({ source }), `${uid}-source`),
      by: h("div", {}), filters: data.filters.map(filter), threshold: thresholdChoice(),
      show: toggle(text("show"), model.get("show_touchpoints"), (show_touchpoints) => choose({ show_touchpoints })),
      finding: h("div", { class: "tp-lens-finding" }), chart: h("div", { class: "tp-lens-box" }),
      empty: h("p", { class: "tp-lens-empty" }), detail: h("p", { class: "tp-lens-detail" }),
      legend: h("p", { class: "tp-legend" }), table: h("div", {}), note: h("p", { class: "tp-note" }),
      status: h("p", { class: "tp-unseen", role: "status" }), exported: h("p", { class: "tp-status", role: "status" }),
      save: h("div", { class: "tp-toolbar tp-lens-save" }),
    };
    parts.save.append(...saveButtons(say, (said) => { parts.exported.textContent = said; }, saved));
    parts.drawing = new LensDrawing((mark) => tell(mark));
    parts.chart.append(parts.drawing.svg);
    el.replaceChildren(h("section", { class: "tp-widget tp-channel-lens", lang: model.get("lang"), "aria-label": text("title") },
      h("div", { class: "tp-controls" }, parts.view, parts.source, parts.by, ...parts.filters, parts.threshold, parts.show),
      parts.finding, parts.empty, parts.chart, parts.detail, parts.legend, parts.note,
      h("details", { class: "tp-lens-table", open: true }, h("summary", {}, say("common", "table")), parts.table),
      parts.save, parts.exported, parts.status));
    paint({ glide: false });
  }

  /** The gap from which a touchpoint counts as hidden; a value set from Python is offered too. */
  function thresholdChoice() {
    const offered = [...new Set([...vocabulary.thresholds, model.get("threshold")])].sort((a, b) => b - a);
    return choice(say("channel_lens", "threshold"), offered.map((v) => [String(v), gradesText(say, model.get("lang"), v)]),
      String(model.get("threshold")), (v) => choose({ threshold: Number(v) }));
  }

  /** The sentence of the mark the reader points at; it keeps its place below the chart. */
  function tell(mark) {
    parts.detail.textContent = mark ? present.words.sentence(mark) : say("channel_lens", "hint");
    parts.detail.classList.toggle("tp-pointed", Boolean(mark));
  }

  function saved() {
    const { state, lens, lanes, words } = present;
    const { columns, records } = lens ? lensRecords(lens, lanes, state) : { columns: ["touchpoint"], records: [] };
    const name = `lens-${state.view}-${state.by.replaceAll(/\W+/g, "-")}`;
    return { name, columns, records, svg: parts.drawing.svg, title: lens ? words.finding(lens).headline : "", source: lens ? words.source(lens) : "" };
  }

  function paint({ glide }) {
    present = look();
    const { state, lens, lanes, words } = present;
    syncControls(state);
    for (const part of [parts.finding, parts.chart, parts.detail, parts.legend, parts.table.parentNode, parts.save]) part.hidden = lens === null;
    parts.empty.hidden = lens !== null;
    parts.empty.textContent = lens ? "" : say("channel_lens", state.own ? "own_empty" : "no_contacts");
    parts.note.textContent = !state.own && data.synthetic ? say("channel_lens", "synthetic") : "";
    if (lens === null) return;
    parts.finding.replaceChildren(...drawFinding(words.finding(lens)));
    parts.drawing.paint(layoutLens(lanes, width, state.open), words, { glide, label: words.tell("chart", { what: words.status(lens) }) });
    parts.detail.hidden = !state.open;
    tell(parts.drawing.focused);
    parts.legend.replaceChildren(...legend(state));
    paintTable({ later: glide });
  }

  /** Marks glide at once; the table, which costs as much again, follows when they are on their way. */
  function paintTable({ later }) {
    clearTimeout(waiting);
    const fillTable = () => {
      const { state, lens, lanes, words } = present;
      if (lens) parts.table.replaceChildren(lensTable(lens, lanes, state, words, say));
      parts.table.removeAttribute("aria-busy");
    };
    if (!later) return fillTable();
    parts.table.setAttribute("aria-busy", "true");
    waiting = setTimeout(fillTable, 50);
  }

  function drawFinding({ headline, items, marked, remarks }) {
    parts.finding.classList.toggle("tp-lens-warned", Boolean(marked));
    return [h("h3", {}, headline),
      items.length ? h("ul", {}, ...items.map(({ before, name, rest }) => h("li", {}, before ? `${before} ` : "", h("strong", {}, name), ` ${rest}`))) : null,
      ...remarks.map((text) => h("p", { class: "tp-note" }, text))].filter((child) => child !== null);
  }

  function legend({ own, open }) {
    const kinds = ["offline", "online", ...(own ? [] : ["interval", "hollow"]), "hidden"];
    const values = { percent: decimal(100 * data.confidence, model.get("lang"), 0), small: data.small_cell, threshold: present.words.threshold };
    return [own ? "mean_own" : "mean", ...(open ? kinds : [])].map((kind) =>
      h("span", { class: `tp-key tp-key-${kind.split("_")[0]}` }, say("channel_lens", `legend_${kind}`, values)));
  }

  function syncControls(state) {
    const check = (fieldset, value) => { for (const input of fieldset.querySelectorAll("input")) input.checked = input.value === value; };
    check(parts.view, state.view);
    check(parts.source, model.get("source"));
    const ways = waysToGroup();
    if (parts.by.dataset.ways !== ways.join("\n")) {
      parts.by.dataset.ways = ways.join("\n");
      parts.by.replaceChildren(choice(say("channel_lens", "by"), ways.map((w) => [w, word(say, "column", w)]), state.by, (by) => choose({ by })));
    }
    parts.by.querySelector("select").value = state.by;
    for (const label of parts.filters) {
      label.hidden = state.own;
      label.querySelector("select").value = model.get("filters")[label.dataset.column] ?? "";
    }
    const threshold = parts.threshold.querySelector("select");
    threshold.value = String(state.threshold);
    if (threshold.value === "") {
      const fresh = thresholdChoice();
      parts.threshold.replaceWith(fresh);
      parts.threshold = fresh;
    }
    const box = parts.show.querySelector("input");
    box.checked = state.open;
    box.disabled = state.view === "customer";
  }

  const onChoice = () => {
    paint({ glide: true });
    parts.exported.textContent = "";
    parts.status.textContent = present.lens ? present.words.status(present.lens) : parts.empty.textContent;
  };
  const onCard = () => { if (isOwn()) onChoice(); };
  build();
  const ends = [listen(model, { ...Object.fromEntries(CHOICES.map((name) => [name, onChoice])), scorecard: onCard, lang: build }),
    followWidth(el, () => parts.chart.parentNode, (now) => { width = now; paint({ glide: false }); }, 24), () => clearTimeout(waiting)];
  return () => { for (const end of ends) end(); };
}

/** Take up what the published page kept; what is not allowed stays as it is. */
function restore(saved, model) {
  const { views, sources, by, scorecard_by } = model.get("_vocabulary");
  const known = new Map(model.get("_data").filters.map((f) => [f.column, f.values]));
  const changes = {};
  if (views.includes(saved.view)) changes.view = saved.view;
  if (sources.includes(saved.source)) changes.source = saved.source;
  if ([...by, ...scorecard_by].includes(saved.by)) changes.by = saved.by;
  if (typeof saved.threshold === "number" && saved.threshold > 0 && saved.threshold <= 5) changes.threshold = saved.threshold;
  if (typeof saved.show_touchpoints === "boolean") changes.show_touchpoints = saved.show_touchpoints;
  if (saved.filters !== null && typeof saved.filters === "object") {
    changes.filters = Object.fromEntries(Object.entries(saved.filters).filter(([column, value]) => known.get(column)?.includes(value)));
  }
  return changes;
}

/** Take up the reader's own entries in the scorecard; what can't be read counts as none. */
function receive(_key, saved, model) {
  return { scorecard: rowsOrNone(() => checkRows(saved.rows, model.get("_vocabulary"))) };
}

export default { render, restore, receive, lensOfScorecard };
