// The report. State lives in the model (title, author, date, left_out, next_steps; kept: what the tools keep).

const STEP = ["what", "who", "until"];

function render({ model, el }) {
  const vocabulary = model.get("_vocabulary");
  const say = speaker(model);
  const text = (key, values) => say("report", key, values);
  const uid = freshId("report");
  let parts = {};
  let width = FIRST_WIDTH;
  let own = false;

  const announce = (message) => { parts.status.textContent = message; };

  /** Change and keep; `own` tells our own change from one that came from elsewhere, so that a field keeps its focus. */
  function change(changes) {
    own = true;
    model.set(changes);
    model.save_changes();
    own = false;
  }

  function content() {
    const found = gatherReport(model.get("kept"), vocabulary);
    const leftOut = model.get("left_out");
    return { found, title: model.get("title").trim(), author: model.get("author").trim(), date: model.get("date"), steps: model.get("next_steps"),
      sections: found.ready.filter(({ tool }) => !leftOut.includes(tool)) };
  }

  const sheet = (level, room) => reportSheet(content(), { say, lang: model.get("lang"), level, width: room, vocabulary });

  function save() {
    const { title } = content();
    const file = onPaper(sheet(1, SHEET_WIDTH), el, (paper) => reportFile(paper, title || text("untitled"), model.get("lang")));
    download("touchpoint-report.html", "text/html;charset=utf-8", file);
    announce(say("common", "exported", { file: "touchpoint-report.html" }));
  }

  function field(label, props, key) {
    const input = h("input", { maxlength: vocabulary.longest, value: model.get(key), onchange: () => change({ [key]: input.value }), ...props });
    parts.fields.push(() => { if (input.value !== model.get(key)) input.value = model.get(key); });
    return h("label", { class: "tp-field" }, h("span", {}, label), input);
  }

  function stepRow(step, i) {
    const edit = (key, value) => change({ next_steps: model.get("next_steps").with(i, { ...model.get("next_steps")[i], [key]: value }) });
    const input = (key) => h("input", { type: "text", maxlength: vocabulary.longest, value: step[key], "aria-label": text("step", { n: i + 1, what: text(key) }),
      placeholder: text(key), onchange: (event) => edit(key, event.target.value) });
    return h("li", { class: "tp-step" }, ...STEP.map(input),
      h("button", { type: "button", class: "tp-button", "aria-label": text("remove_step", { n: i + 1 }), onclick: () => {
        change({ next_steps: model.get("next_steps").filter((_, k) => k !== i) });
        parts.add.focus();
      } }, text("remove")));
  }

  function addStep() {
    const steps = model.get("next_steps");
    if (steps.length >= vocabulary.most_steps) { announce(text("enough_steps", { n: vocabulary.most_steps })); return; }
    change({ next_steps: [...steps, { what: "", who: "", until: "" }] });
    parts.steps.querySelector("li:last-child input").focus();
  }

  function paintSteps() {
    const focused = [...parts.steps.querySelectorAll("input, button")].indexOf(document.activeElement);
    parts.steps.replaceChildren(...model.get("next_steps").map(stepRow));
    if (focused >= 0) parts.steps.querySelectorAll("input, button")[focused]?.focus();
  }

  /** What can be chosen, what keeps nothing yet and where to go for it, what can't be read. */
  function paintChoices({ ready, nothing, unreadable }) {
    const called = (tool) => text(`name_${tool}`);
    const link = (tool) => (vocabulary.pages[tool] ? h("a", { href: vocabulary.pages[tool] }, called(tool)) : called(tool));
    const listed = (tools) => tools.flatMap((tool, i) => (i ? [", ", link(tool)] : [link(tool)]));
    const box = ({ tool }) => toggle(called(tool), !model.get("left_out").includes(tool), (wanted) => {
      const others = model.get("left_out").filter((name) => name !== tool);
      change({ left_out: wanted ? others : [...others, tool] });
    });
    if (parts.choices.dataset.ready !== ready.map(({ tool }) => tool).join(" ")) {
      parts.choices.dataset.ready = ready.map(({ tool }) => tool).join(" ");
      parts.choices.replaceChildren(h("legend", {}, text("sections")), ...ready.map(box));
    }
    ready.forEach(({ tool }, i) => { parts.choices.querySelectorAll("input")[i].checked = !model.get("left_out").includes(tool); });
    parts.choices.hidden = ready.length === 0;
    parts.nothing.hidden = nothing.length === 0;
    parts.nothing.replaceChildren(text("nothing_kept"), " ", ...listed(nothing), ".");
    parts.unreadable.hidden = unreadable.length === 0;
    parts.unreadable.replaceChildren(text("unreadable"), " ", ...listed(unreadable), ". ", text("unreadable_mend"));
  }

  function paint() {
    const { found, sections, steps } = content();
    paintChoices(found);
    const empty = sections.length === 0 && !steps.some((step) => step.what !== "");
    for (const button of [parts.print, parts.save]) button.disabled = empty;
    parts.preview.hidden = empty;
    if (!empty) parts.preview.replaceChildren(sheet(3, width));
  }

  function build() {
    const button = (key, action) => h("button", { type: "button", class: "tp-button", onclick: action }, text(key));
    parts = { fields: [], status: h("p", { class: "tp-status", role: "status" }), choices: h("fieldset", { class: "tp-choices" }),
      nothing: h("p", { class: "tp-nothing" }), unreadable: h("p", { class: "tp-problem" }), steps: h("ul", {}), add: button("add_step", addStep),
      print: button("print", () => printSheet(sheet(1, SHEET_WIDTH))), save: button("save", save),
      preview: h("div", { class: "tp-preview" }) };
    el.replaceChildren(h("section", { class: "tp-widget tp-report", lang: model.get("lang"), "aria-label": text("tool") },
      h("div", { class: "tp-report-form" },
        h("div", { class: "tp-controls" }, field(text("title"), { type: "text" }, "title"), field(text("author"), { type: "text" }, "author"),
          field(text("date"), { type: "date" }, "date")),
        parts.choices, parts.nothing, parts.unreadable,
        h("h3", { id: `${uid}-next` }, text("next")), h("div", { role: "group", "aria-labelledby": `${uid}-next` }, parts.steps, parts.add),
        h("div", { class: "tp-toolbar" }, parts.print, parts.save), parts.status), parts.preview));
    paintSteps();
    paint();
  }

  const onSteps = () => { if (!own || parts.steps.children.length !== model.get("next_steps").length) paintSteps(); paint(); };
  const onField = () => { for (const show of parts.fields) show(); paint(); };
  build();
  const ends = [listen(model, { title: onField, author: onField, date: onField, left_out: paint, next_steps: onSteps, kept: paint, lang: build }),
    followWidth(el, () => parts.preview.parentNode, (now) => { width = now; paint(); }, 58)];
  return () => { for (const end of ends) end(); };
}

/** Take up what the published page kept; what doesn't fit is left as it is. */
function restore(saved, model) {
  const { longest, most_steps, tools } = model.get("_vocabulary");
  const fits = (value) => typeof value === "string" && value.length <= longest;
  const restored = {};
  for (const key of ["title", "author"]) if (fits(saved[key])) restored[key] = saved[key];
  if (isDay(saved.date)) restored.date = saved.date;
  if (Array.isArray(saved.left_out)) restored.left_out = tools.filter((tool) => saved.left_out.includes(tool));
  if (Array.isArray(saved.next_steps)) {
    restored.next_steps = saved.next_steps.filter((step) => isPlain(step) && STEP.every((key) => fits(step[key]))).slice(0, most_steps)
      .map((step) => Object.fromEntries(STEP.map((key) => [key, step[key]])));
  }
  return restored;
}

/** A day as a date field writes it, or nothing. */
function isDay(value) {
  return value === "" || (typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)));
}

/** Take up what a tool keeps in this browser; it is checked when it is drawn. */
function receive(tool, saved, model) {
  return { kept: { ...model.get("kept"), [tool]: saved } };
}

export default { render, restore, receive, gatherReport };
