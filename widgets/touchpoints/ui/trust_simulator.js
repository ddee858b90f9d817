// The trust simulator. State lives in the model (scenario_a, scenario_b, seed); this file computes and shows it.

const SCENARIOS = ["a", "b"];
const TOP_SEED = 4294967295;

function render({ model, el }) {
  const { limits, presets, phases, customers, cycles, z } = model.get("_constants");
  const say = speaker(model);
  const text = (key, values) => say("trust_simulator", key, values);
  const opened = { a: false, b: false };
  const courses = new Map();
  let parts = {};
  let width = FIRST_WIDTH;

  const number = (value, digits) => decimal(value, model.get("lang"), digits);
  const announce = (message) => { parts.status.textContent = message; };
  const parametersOf = (letter) => model.get(`scenario_${letter}`);
  const change = (changes) => { model.set(changes); model.save_changes(); };

  /** The course of a scenario; computed anew only when it or the seed has changed. */
  function course(letter) {
    const parameters = parametersOf(letter);
    const seed = model.get("seed");
    const before = courses.get(letter);
    if (before?.parameters === parameters && before.seed === seed) return before.contacts;
    const expected = expectedTrust(parameters, phases, cycles).flat();
    const contacts = simulateTrust(parameters, phases, { customers, cycles, seed }).map((contact, i) => {
      const [low, high] = wilson(contact.inCredit, customers, z);
      return { ...contact, expected: expected[i], share: (100 * contact.inCredit) / customers, low: 100 * low, high: 100 * high };
    });
    courses.set(letter, { parameters, seed, contacts });
    return contacts;
  }

  const atEnd = (contacts) => contacts.filter((c) => c.phase === phases.at(-1));
  const words = (c) => ({ share: number(c.share), low: number(c.low), high: number(c.high), median: number(c.median), n: number(c.takingPart, 0) });

  function summary() {
    const lines = SCENARIOS.map((letter) => `${text(`scenario_${letter}`)}: ${text("summary", words(course(letter).at(-1)))}`);
    return [text("after", { cycles }), ...lines].join("\n");
  }

  function table() {
    const columns = [{ key: "cycle", title: text("axis") }, ...SCENARIOS.flatMap((letter) => ["median", "share", "n"].map((key) => (
      { key: `${key}_${letter}`, title: `${letter.toUpperCase()}: ${text(`column_${key}`)}`, number: true })))];
    const ends = SCENARIOS.map((letter) => atEnd(course(letter)));
    const rows = ends[0].map((_, i) => Object.assign({ cycle: String(i + 1) }, ...SCENARIOS.map((letter, k) => {
      const c = ends[k][i];
      return { [`median_${letter}`]: `${number(c.median)} (${number(c.q25)} … ${number(c.q75)})`,
        [`share_${letter}`]: `${number(c.share)} (${number(c.low)} … ${number(c.high)})`, [`n_${letter}`]: number(c.takingPart, 0) };
    })));
    return dataTable(text("table"), columns, rows);
  }

  /** What the buttons save: every contact of both scenarios. */
  function content() {
    const records = SCENARIOS.flatMap((letter) => course(letter).map((c) => ({ scenario: letter, seed: model.get("seed"), cycle: c.cycle,
      contact_phase: c.phase, n: customers, taking_part: c.takingPart, q25_points: c.q25, median_points: c.median, q75_points: c.q75,
      in_credit: c.inCredit, in_credit_pct: toFourPlaces(c.share), low_pct: toFourPlaces(c.low), high_pct: toFourPlaces(c.high), expected_points: toFourPlaces(c.expected) })));
    return { name: "trust-cycle", title: summary(), source: text("source_line", { seed: model.get("seed") }),
      columns: Object.keys(records[0]), records, svg: parts.chart.querySelector("svg") };
  }

  function paint() {
    parts.summary.textContent = summary();
    parts.chart.replaceChildren(drawTrust(SCENARIOS.map((letter) => ({ letter, title: text(`scenario_${letter}`), note: text("share_note", words(course(letter).at(-1))),
      contacts: course(letter) })), width, { say, number, phases, cycles, chartLabel: text("chart") }));
  }

  /** The table is long: it follows when the drawing is on its way to the screen. */
  function paintTable() {
    clearTimeout(parts.waiting);
    parts.waiting = setTimeout(() => parts.table.replaceChildren(table()), 60);
  }

  function show() {
    for (const letter of SCENARIOS) parts.forms[letter].update(parametersOf(letter));
    parts.seed.value = String(model.get("seed"));
    paint();
    paintTable();
  }

  function seedField() {
    const input = h("input", { type: "number", min: 0, max: TOP_SEED, step: 1, onchange: () => {
      const entered = Number(input.value);
      if (input.value.trim() !== "" && Number.isInteger(entered) && entered >= 0 && entered <= TOP_SEED) change({ seed: entered });
      else {
        announce(text("bad_seed", { value: shorten(input.value, 20), high: TOP_SEED }));
        input.value = String(model.get("seed"));
      }
    } });
    parts.seed = input;
    const other = () => change({ seed: (model.get("seed") + 1) % (TOP_SEED + 1) });
    return h("div", { class: "tp-controls" }, h("label", { class: "tp-field" }, h("span", {}, text("seed")), input),
      h("button", { type: "button", class: "tp-button", onclick: other }, text("other_luck")));
  }

  function build() {
    clearTimeout(parts.waiting);
    parts = { status: h("p", { class: "tp-status", role: "status" }), summary: h("p", { class: "tp-summary", "aria-live": "polite" }), chart: h("div", { class: "tp-chart-box" }), table: h("div", {}), forms: {} };
    for (const letter of SCENARIOS) {
      parts.forms[letter] = trustForm(letter, { say, limits, presets, phases, cycles, number, open: opened[letter],
        folded: (open) => { opened[letter] = open; }, change: (parameters) => change({ [`scenario_${letter}`]: parameters }) });
    }
    const key = h("ul", { class: "tp-key tp-small" }, ...["median", "quartiles", "expected"].map((name) => h("li", {}, h("span", { class: `tp-key-${name}`, "aria-hidden": "true" }), text(`key_${name}`))));
    el.replaceChildren(h("section", { class: "tp-widget tp-simulator", lang: model.get("lang"), "aria-label": text("title") },
      h("div", { class: "tp-scenarios" }, ...SCENARIOS.map((letter) => parts.forms[letter].element)), seedField(),
      parts.summary, key, parts.chart, h("p", { class: "tp-note" }, text("model")), h("p", { class: "tp-note" }, text("same_luck", { n: number(customers, 0) })),
      parts.table, h("div", { class: "tp-toolbar" }, ...saveButtons(say, announce, content)), parts.status));
    show();
  }

  const onChange = () => { announce(""); show(); };
  build();
  const ends = [listen(model, { scenario_a: onChange, scenario_b: onChange, seed: onChange, lang: build }),
    followWidth(el, () => parts.chart, (now) => { width = now; paint(); }), () => clearTimeout(parts.waiting)];
  return () => { for (const end of ends) end(); };
}

/** Take up what the published page kept; what doesn't fit is left as it is. */
function restore(saved, model) {
  const { limits, phases } = model.get("_constants");
  const restored = {};
  for (const letter of SCENARIOS) {
    const parameters = checkTrustCycle(saved[`scenario_${letter}`], limits, phases);
    if (parameters) restored[`scenario_${letter}`] = parameters;
  }
  if (Number.isInteger(saved.seed) && saved.seed >= 0 && saved.seed <= TOP_SEED) restored.seed = saved.seed;
  return restored;
}

export default { render, restore, simulateTrust, expectedTrust, checkTrustCycle, settledWith };
