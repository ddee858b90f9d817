// The parameters of the score, changeable by the reader: they came as data from Python.

/** A folded form with the weight and the table of values; `change(rule)` takes a checked rule. */
function drawSettings(rule, original, { say, change, open }) {
  const problem = h("p", { class: "tp-problem", role: "alert" });
  const number = (value, [low, high], label, keep) => h("input", {
    type: "number", min: low, max: high, step: "0.05", value: String(value), "aria-label": label,
    onchange: (event) => {
      const entered = Number(event.target.value);
      if (event.target.value.trim() !== "" && entered >= low && entered <= high) {
        problem.textContent = "";
        keep(entered);
      } else {
        problem.textContent = say("scorecard", "bad_number", { value: shorten(event.target.value, 20), low, high });
        event.target.value = String(value);
      }
    },
  });
  const grades = rule.values[Object.keys(rule.values)[0]].map((_, i) => i + 1);
  const row = ([name, values]) => h("tr", {}, h("th", { scope: "row" }, say("scorecard", `value_${name}`)),
    ...values.map((value, i) => h("td", {}, number(value, [0, 1],
      say("scorecard", "value_of", { function: say("scorecard", `value_${name}`), grade: i + 1 }),
      (entered) => change({ ...rule, values: { ...rule.values, [name]: values.with(i, entered) } })))));
  return h("details", { class: "tp-settings", open },
    h("summary", {}, say("scorecard", "settings")),
    h("label", { class: "tp-field" }, h("span", {}, say("scorecard", "weight"), " ",
      h("span", { class: "tp-note" }, say("scorecard", "weight_hint"))),
    number(rule.moment_of_truth_weight, [1, 10], say("scorecard", "weight"),
      (entered) => change({ ...rule, moment_of_truth_weight: entered }))),
    h("div", { class: "tp-scroll", tabindex: "0", role: "region", "aria-label": say("scorecard", "value_table") },
      h("table", {},
        h("caption", {}, say("scorecard", "value_table")),
        h("thead", {}, h("tr", {}, h("td", {}), ...grades.map((g) => h("th", { scope: "col" }, String(g))))),
        h("tbody", {}, ...Object.entries(rule.values).map(row)))),
    h("button", { type: "button", class: "tp-button", onclick: () => change(original) }, say("scorecard", "defaults")),
    problem);
}
