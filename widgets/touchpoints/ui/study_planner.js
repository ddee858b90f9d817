// The study planner. State lives in the model (plan); this file computes and shows it.

const STUDY_STEPS = { lift_1_points: 0.5, lift_2_points: 0.5, design_effect: 0.1, alpha_pct: 0.1 };
// Sliders reach as far as plans usually do; Python takes more.
const STUDY_REACH = { lift_1_points: [1, 60], lift_2_points: [-30, -1], design_effect: [1, 10] };
const STUDY_GROUPS = [
  ["group_rates", ["no_contact_rate_pct", "contact_share_pct"]],
  ["group_answers", ["response_pct", "design_effect"]],
  ["group_1", ["share_1_pct", "lift_1_points"]],
  ["group_2", ["share_2_pct", "lift_2_points"]],
  ["group_risks", ["alpha_pct", "power_pct"]],
];

function render({ model, el }) {
  const { limits, rates } = model.get("_constants");
  const say = speaker(model);
  const text = (key, values) => say("study_planner", key, values);
  let parts = {};
  let width = FIRST_WIDTH;
  let study = null;

  const number = (value, digits, signed) => decimal(value, model.get("lang"), digits, signed);
  const short = (value, signed) => number(value, Number.isInteger(value) ? 0 : 1, signed);
  const announce = (message) => { parts.status.textContent = message; };
  const plan = () => model.get("plan");
  const change = (name, value) => { model.set({ plan: settledStudy(plan(), name, value, rates) }); model.save_changes(); };

  const formats = { pct: (v) => `${short(v)} %`, points: (v) => short(v, true), effect: (v) => `× ${short(v)}` };

  /** What the plan comes to in words, grade by grade, and whether it decides. */
  function findings() {
    const row = studyRow(study.basis, plan().asked);
    const grades = GRADES_PLANNED.map((grade, i) => ({ grade, lift: short(plan()[`lift_${grade}_points`], true), power: number(row[`power_${grade}_pct`]),
      width: number(row[`width_${grade}_points`]), needed: number(study.needed[i], 0), n: number(row[`graded_${grade}`], 0), missed: number(100 - row[`power_${grade}_pct`], 0),
      wanted: short(plan().power_pct), decided: plan().asked >= study.needed[i] }));
    const without = number(row.answers * study.basis.none.share, 0);
    const asked = text("asked_line", { asked: number(plan().asked, 0), answers: number(row.answers, 0), without, n_1: grades[0].n, n_2: grades[1].n });
    return { asked, lines: grades.map((g) => text("grade_line", g)), verdict: verdict(grades) };
  }

  function verdict([first, second]) {
    if (first.decided && second.decided) return { open: false, said: text("both_decided", second) };
    const key = first.decided ? "second_open" : second.decided ? "first_open" : "both_open";
    return { open: true, said: text(key, { ...second, lift_1: first.lift, needed_1: first.needed, missed_1: first.missed }) };
  }

  function summary() {
    const { asked, lines, verdict: { said } } = findings();
    return [asked, ...lines, said].join("\n");
  }

  function table() {
    const columns = [{ key: "asked", title: text("column_asked") }, { key: "answers", title: text("column_answers"), number: true },
      ...GRADES_PLANNED.flatMap((grade) => ["graded", "power", "width"].map((key) => (
        { key: `${key}_${grade}`, title: text(`column_${key}`, { grade }), number: true })))];
    const rows = study.rows.map((row) => Object.assign({ asked: rowName(row.asked), answers: number(row.answers, 0) }, ...GRADES_PLANNED.map((grade) => (
      { [`graded_${grade}`]: number(row[`graded_${grade}`], 0), [`power_${grade}`]: number(row[`power_${grade}_pct`]), [`width_${grade}`]: number(row[`width_${grade}_points`]) }))));
    return dataTable(text("table"), columns, rows);
  }

  function rowName(asked) {
    const n = number(asked, 0);
    if (asked === plan().asked) return text("row_plan", { n });
    const grade = GRADES_PLANNED.find((_, i) => study.needed[i] === asked);
    return grade ? text("row_needed", { n, grade }) : n;
  }

  /** What the buttons save: the table, each row with what was assumed. */
  function content() {
    const { asked, ...assumed } = plan();
    const records = study.rows.map((row) => ({ ...Object.fromEntries(Object.entries(row).map(([key, value]) => [key, toFourPlaces(value)])), ...assumed }));
    return { name: "study-plan", title: summary(), source: text("source_line"), columns: Object.keys(records[0]), records, svg: parts.chart.querySelector("svg") };
  }

  function paint() {
    parts.chart.replaceChildren(drawStudy(study, width, { say, number, label: text("chart") }));
  }

  /** The table is long: it follows when the drawing is on its way to the screen. */
  function paintTable() {
    clearTimeout(parts.waiting);
    parts.waiting = setTimeout(() => parts.table.replaceChildren(table()), 60);
  }

  function show() {
    study = planStudy(plan());
    for (const [name, present] of Object.entries(parts.shows)) present(plan()[name]);
    const { asked, lines, verdict: { open, said } } = findings();
    parts.summary.textContent = [asked, ...lines].join("\n");
    parts.verdict.textContent = open ? `⚠ ${said}` : `✓ ${said}`;
    parts.verdict.classList.toggle("tp-open", open);
    paint();
    paintTable();
  }

  function slider(name) {
    const [low, high] = STUDY_REACH[name] ?? limits[name];
    const format = formats[name.split("_").at(-1)];
    const label = text(name);
    const group = STUDY_GROUPS.find(([, names]) => names.includes(name))[0];
    const { element, show: present } = sliderWithFigure({ label, name: `${text(group)}: ${label}`, low, high, step: STUDY_STEPS[name] ?? 1, format, change: (value) => change(name, value) });
    parts.shows[name] = present;
    return element;
  }

  function askedField() {
    const [low, high] = limits.asked;
    const fits = (entered) => Number.isInteger(entered) && entered >= low && entered <= high;
    const input = h("input", { type: "number", min: low, max: high, step: 10,
      oninput: () => { if (fits(Number(input.value))) change("asked", Number(input.value)); },
      onchange: () => {
        if (fits(Number(input.value))) return;
        announce(text("bad_asked", { value: shorten(input.value, 20), low: number(low, 0), high: number(high, 0) }));
        input.value = String(plan().asked);
      } });
    // What is being typed stays as it is, a leading zero too.
    parts.shows.asked = (value) => { if (Number(input.value) !== value) input.value = String(value); };
    return h("label", { class: "tp-field tp-ask" }, h("span", {}, text("asked")), input);
  }

  function build() {
    clearTimeout(parts.waiting);
    parts = { shows: {}, status: h("p", { class: "tp-status", role: "status" }), summary: h("p", { class: "tp-summary" }), verdict: h("p", { class: "tp-verdict" }),
      chart: h("div", { class: "tp-chart-box" }), table: h("div", {}) };
    const groups = STUDY_GROUPS.map(([key, names]) => h("fieldset", {}, h("legend", {}, text(key)), ...names.map(slider)));
    const key = h("ul", { class: "tp-key tp-small" }, ...["grade-1", "grade-2", "wanted", "asked"].map((name) => (
      h("li", {}, h("span", { class: `tp-key-${name}`, "aria-hidden": "true" }), text(`key_${name.replace("-", "_")}`)))));
    el.replaceChildren(h("section", { class: "tp-widget tp-study", lang: model.get("lang"), "aria-label": text("title") },
      h("div", { class: "tp-groups" }, ...groups, askedField()),
      h("div", { "aria-live": "polite" }, parts.summary, parts.verdict), key, parts.chart,
      h("p", { class: "tp-note" }, text("assumed")), h("p", { class: "tp-note" }, text("method")),
      parts.table, h("div", { class: "tp-toolbar" }, ...saveButtons(say, announce, content)), parts.status));
    show();
  }

  const onChange = () => { announce(""); show(); };
  build();
  const ends = [listen(model, { plan: onChange, lang: build }),
    followWidth(el, () => parts.chart, (now) => { width = now; paint(); }), () => clearTimeout(parts.waiting)];
  return () => { for (const end of ends) end(); };
}

/** Take up what the published page kept; what doesn't fit is left as it is. */
function restore(saved, model) {
  const { limits, rates } = model.get("_constants");
  const plan = checkStudy(saved.plan, limits, rates);
  return plan ? { plan } : {};
}

export default { render, restore, planStudy, settledStudy, checkStudy, normalCdf, normalQuantile };
