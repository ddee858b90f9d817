// The fan-rate explorer. State lives in the model (source, choice, weighted, counts, guesses); this file shows it.

const OWN_SOURCE = "own";

function render({ model, el }) {
  const uid = freshId("explorer");
  const sources = model.get("_sources");
  const constants = model.get("_constants");
  const say = speaker(model);
  let parts = {};
  let width = FIRST_WIDTH;

  const own = () => model.get("source") === OWN_SOURCE;
  const source = () => sources.find((one) => one.key === model.get("source"));
  const announce = (text) => { parts.status.textContent = text; };
  const change = (changes) => { model.set(changes); model.save_changes(); };

  const number = (value, digits, signed) => decimal(value, model.get("lang"), digits, signed);

  const measure = () => (own() ? "fan" : source().measure);
  const bestRating = () => (own() ? null : source().best_rating ?? null);
  const gradeName = (grade) => (grade === null ? say("fan_explorer", "no_contact") : String(bestRating() === null ? grade : bestRating() + 1 - grade));
  const estimates = () => (own() ? estimateCounts(model.get("counts"), constants.z, constants.small_cell)
    : lookUp(source(), model.get("choice"), model.get("weighted")));

  const valueName = (filter, value) => (filter.names?.[model.get("lang")]?.[filter.values.indexOf(value)] ?? word(say, filter.column, value));

  /** Name what is looked at: the touchpoint or all, then the other filters. */
  function placeName() {
    if (own()) return say("fan_explorer", "own_title");
    const held = settled(source(), model.get("choice"));
    const names = source().filters.filter((f) => f.column in held).map((f) => shorten(valueName(f, held[f.column])));
    if ("touchpoint" in held || !source().filters.some((f) => f.column === "touchpoint")) return names.join(", ") || say("fan_explorer", "place_all");
    return [say("fan_explorer", "place_all"), ...names].join(", ");
  }

  function choose(column, value) {
    const choice = { ...model.get("choice") };
    if (value === "") delete choice[column];
    else choice[column] = value;
    const filters = source().filters;
    const settling = filters.find((f) => f.column === column && f.of_touchpoints);
    const touchpoints = filters.find((f) => f.column === "touchpoint");
    // A touchpoint that isn't of the chosen medium gives way to all touchpoints of it.
    if (settling && touchpoints && "touchpoint" in choice && value !== ""
      && settling.of_touchpoints[touchpoints.values.indexOf(choice.touchpoint)] !== value) delete choice.touchpoint;
    change({ choice });
  }

  /** Which touchpoints the list offers: those of the chosen medium. */
  function offered(filter) {
    if (filter.column !== "touchpoint") return filter.values;
    const choice = model.get("choice");
    const settling = source().filters.filter((f) => f.of_touchpoints && f.values.includes(choice[f.column]));
    return filter.values.filter((_, i) => settling.every((f) => f.of_touchpoints[i] === choice[f.column]));
  }

  /** What a filter's control is: its title, options and present value. */
  function filterControl(filter) {
    const touchpoints = filter.column === "touchpoint";
    const title = `column_${filter.column}` in TEXTS.en.words ? say("words", `column_${filter.column}`) : filter.column;
    const values = offered(filter);
    const all = filter.all_values ? [["", touchpoints ? say("fan_explorer", "all_touchpoints") : say("common", "all")]] : [];
    // The options carry the place in the list: a value may be a number or any text.
    const options = values.map((v) => [String(filter.values.indexOf(v)), shorten(valueName(filter, v))]);
    const present = model.get("choice")[filter.column];
    const value = values.includes(present) ? String(filter.values.indexOf(present)) : all.length ? "" : "0";
    return { name: filter.column, title, options: [...all, ...options], value,
      change: (key) => choose(filter.column, key === "" ? "" : filter.values[Number(key)]) };
  }

  /** The controls; those that stay the same stay in the page, so that the keyboard keeps its place. */
  function paintControls() {
    const names = [...sources.map((one) => one.key), OWN_SOURCE].map((key) => [key, say("fan_explorer", `source_${key}`)]);
    const wanted = [{ name: "source", title: say("fan_explorer", "data"), options: names, value: model.get("source"), change: (key) => change({ source: key }) },
      ...(own() ? [] : source().filters.map(filterControl))];
    const controls = wanted.map((control) => {
      const like = JSON.stringify([control.name === "source" || model.get("source"), control.title, control.options]);
      const before = parts.kept.get(control.name);
      const element = before?.like === like ? before.element : choice(control.title, control.options, control.value, control.change);
      element.querySelector("select").value = control.value;
      parts.kept.set(control.name, { like, element });
      return element;
    });
    const weighable = !own() && source().weighted.includes(true);
    parts.weighted.querySelector("input").checked = model.get("weighted");
    const elements = weighable ? [...controls, parts.weighted] : controls;
    if (elements.length === parts.controls.children.length && elements.every((e, i) => e === parts.controls.children[i])) return;
    const place = [...parts.controls.children].findIndex((e) => e.contains(document.activeElement));
    parts.controls.replaceChildren(...elements);
    if (place >= 0) elements[Math.min(place, elements.length - 1)].querySelector("select, input").focus();
  }

  function summary({ cells, net }) {
    if (!cells.length) return say("fan_explorer", "empty");
    const whole = together(cells);
    const none = cells.find((cell) => cell.grade === null);
    const values = { place: placeName(), rate: number(whole.rate), n: number(whole.n, 0) };
    if (!net) return say("fan_explorer", "summary_no_lift", values);
    return say("fan_explorer", `summary_${measure()}`, { ...values, none: number(none.rate), n_none: number(none.n, 0),
      net: number(net.value, 1, true), low: number(net.low, 1, true), high: number(net.high, 1, true) });
  }

  function notes(cells) {
    const key = own() ? [] : [source().synthetic && "synthetic", measure() === "top_box" && "proxy",
      measure() === "fan" && !("touchpoint" in settled(source(), model.get("choice"))) && "pooled"];
    return [...key, "association", cells.some((cell) => cell.small) && "small"].filter(Boolean)
      .map((name) => (name === "small" ? `* ${say("fan_explorer", "small")}` : say("fan_explorer", name)));
  }

  function tableOf(cells) {
    const range = (value, low, high, signed) => (value === null ? "–"
      : `${number(value, 1, signed)} (${number(low, 1, signed)} … ${number(high, 1, signed)})`);
    const top = measure();
    const text = (key) => say("fan_explorer", key);
    const columns = [
      { key: "grade", title: text(bestRating() === null ? "column_grade" : "column_rating") }, { key: "n", title: text("n"), number: true },
      { key: "fans", title: text(`fans_${top}`), number: true }, { key: "rate", title: `${text(`rate_${top}`)}, % (${text("interval")})`, number: true },
      { key: "share", title: text("share"), number: true }, { key: "lift", title: `${text("lift")} (${text("interval")})`, number: true },
      { key: "contribution", title: text("contribution"), number: true }];
    const rows = cells.map((cell) => ({
      grade: `${gradeName(cell.grade)}${cell.small ? " *" : ""}`, n: number(cell.n, 0), fans: number(cell.fans, 0),
      rate: range(cell.rate, cell.low, cell.high, false), share: cell.share === null ? "–" : number(cell.share),
      lift: range(cell.lift, cell.liftLow, cell.liftHigh, true), contribution: cell.lift === null ? "–" : number(contribution(cell), 1, true) }));
    return dataTable(`${say("fan_explorer", "numbers")}: ${placeName()}`, columns, rows);
  }

  /** What the buttons save: the cells as they are, with the place they belong to. */
  function content() {
    const held = own() ? {} : settled(source(), model.get("choice"));
    const { cells } = estimates();
    const place = { source: model.get("source"), ...held, weighted: !own() && model.get("weighted") && source().weighted.includes(true) };
    const records = cells.map((cell) => ({ ...place, grade: cell.grade ?? "no_contact", n: cell.n, fans: cell.fans,
      rate_pct: toFourPlaces(cell.rate), low_pct: toFourPlaces(cell.low), high_pct: toFourPlaces(cell.high), share_pct: toFourPlaces(cell.share),
      lift_points: toFourPlaces(cell.lift), lift_low_points: toFourPlaces(cell.liftLow), lift_high_points: toFourPlaces(cell.liftHigh),
      contribution_points: toFourPlaces(contribution(cell)), small_cell: cell.small }));
    const line = own() || source().key === "frame" ? model.get("source") : measure() === "fan" ? "fan" : "airport";
    return { name: "fan-rates", title: summary(estimates()), source: `${placeName()} · ${say("fan_explorer", `source_line_${line}`)}`,
      columns: Object.keys(records[0] ?? place), records, svg: parts.chart.querySelector("svg") };
  }

  function paint() {
    const shown = estimates();
    const grades = own() ? constants.grades : source().grades;
    parts.summary.textContent = summary(shown);
    parts.chart.replaceChildren(shown.cells.length ? drawFans(shown, width, { say, grades, gradeName, number, measure: measure(),
      axis: bestRating() === null ? "axis_grade" : "axis_rating",
      chartLabel: say("fan_explorer", "chart", { rate_title: say("fan_explorer", `rate_title_${measure()}`), lift_title: say("fan_explorer", "lift_title") }) }) : "");
    parts.table.replaceChildren(shown.cells.length ? tableOf(shown.cells) : "");
    parts.notes.replaceChildren(...notes(shown.cells).map((text) => h("p", { class: "tp-note" }, text)));
  }

  /** The panel that belongs to the data: own counts, or the question about the worlds. */
  function paintPanel() {
    const letter = model.get("source");
    if (own()) {
      parts.panel.replaceChildren(ownCountsPanel(model.get("counts"), { say, grades: constants.grades, example: constants.example, uid, announce,
        change: (counts) => change({ counts }) }));
    } else if (letter in constants.worlds) {
      parts.panel.replaceChildren(whichWorldPanel(letter, constants.worlds, model.get("guesses"), { say, uid, announce,
        guess: (key, world) => change({ guesses: { ...model.get("guesses"), [key]: world } }),
        showControl: () => { change({ choice: { touchpoint: "city_car_park" } }); parts.summary.scrollIntoView({ block: "nearest" }); } }));
    } else parts.panel.replaceChildren();
  }

  function build() {
    parts = { kept: new Map(), weighted: toggle(say("fan_explorer", "weighted"), model.get("weighted"), (weighted) => change({ weighted })), status: h("p", { class: "tp-status", role: "status" }), controls: h("div", { class: "tp-controls" }), panel: h("div", {}),
      summary: h("p", { class: "tp-summary", "aria-live": "polite" }), chart: h("div", { class: "tp-chart-box" }), table: h("div", {}), notes: h("div", {}) };
    el.replaceChildren(h("section", { class: "tp-widget tp-explorer", lang: model.get("lang"), "aria-label": say("fan_explorer", "title") },
      parts.controls, parts.panel, parts.summary, parts.chart, parts.notes, parts.table,
      h("div", { class: "tp-toolbar" }, ...saveButtons(say, announce, content)), parts.status));
    paintControls();
    paintPanel();
    paint();
  }

  const onSource = () => { announce(""); paintControls(); paintPanel(); paint(); };
  const onChoice = () => { paintControls(); paint(); };
  const onCounts = () => {
    paint();
    // Counts that came from elsewhere: while the reader types, the entry stays as it is.
    if (own() && !parts.panel.contains(document.activeElement)) paintPanel();
  };
  build();
  const ends = [listen(model, { source: onSource, choice: onChoice, weighted: onChoice, counts: onCounts, lang: build }),
    followWidth(el, () => parts.chart, (now) => { width = now; paint(); })];
  return () => { for (const end of ends) end(); };
}

/** Take up what the published page kept; what doesn't fit is left as it is. */
function restore(saved, model) {
  const sources = model.get("_sources");
  const { grades, worlds } = model.get("_constants");
  const restored = {};
  if ([...sources.map((s2) => s2.key), OWN_SOURCE].includes(saved.source)) restored.source = saved.source;
  if (typeof saved.weighted === "boolean") restored.weighted = saved.weighted;
  if (isPlain(saved.choice)) {
    restored.choice = Object.fromEntries(Object.entries(saved.choice).filter(([column, value]) =>
      sources.some((s2) => s2.filters.some((f) => f.column === column && f.values.includes(value)))));
  }
  if (isPlain(saved.guesses)) {
    restored.guesses = Object.fromEntries(Object.entries(saved.guesses).filter(([letter, world]) =>
      letter in worlds && Object.values(worlds).includes(world)));
  }
  if (Array.isArray(saved.counts)) {
    try { restored.counts = parseCounts(countsText(saved.counts, "none"), grades); } catch { /* not counts: the example stays */ }
  }
  return restored;
}

export default { render, restore, wilson, newcombe, estimateCounts, parseCounts, lookUp, settled };
