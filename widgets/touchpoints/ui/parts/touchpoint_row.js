// One row of the scorecard: name, grade, importance, moment of truth; folded: the other fields.

/** Build a row; returns its element and a function that brings it up to date with new data. */
function buildRow(row, index, context) {
  const { say, name, edit, uid, vocabulary } = context;
  const key = row.touchpoint;
  const group = `${uid}-${index}`;
  const title = h("span", { class: "tp-name tp-clip" });
  const grades = new Map([...vocabulary.grades, ""].map((grade) => [grade, h("input", {
    type: "radio", name: group, value: String(grade), "aria-label": grade === "" ? say("scorecard", "grade_none") : null,
    onchange: () => edit(key, { grade: grade === "" ? null : grade }) })]));
  const legend = h("legend", { class: "tp-unseen" });
  const face = (grade) => h("span", { "aria-hidden": grade === "" ? "true" : null }, grade === "" ? "–" : String(grade));
  const picker = h("fieldset", { class: "tp-grades" }, legend,
    ...[...grades].map(([grade, input]) => h("label", { class: "tp-grade", "data-grade": String(grade) }, input, face(grade))));
  const [low, high] = vocabulary.importance;
  const shown = h("output", {});
  const slider = h("input", { type: "range", min: low, max: high, step: 1,
    oninput: (event) => edit(key, { importance: Number(event.target.value) }, `importance ${key}`),
    onchange: () => context.settle() });
  const truth = h("input", { type: "checkbox", role: "switch",
    onchange: (event) => edit(key, { moment_of_truth: event.target.checked }) });
  const more = h("div", { class: "tp-more", hidden: true, id: `${group}-more` });
  const opener = h("button", { type: "button", class: "tp-button tp-edit", "aria-expanded": "false",
    "aria-controls": `${group}-more`, onclick: () => open(more.hidden) }, say("scorecard", "edit"));
  const small = h("p", { class: "tp-note tp-small-note" });
  const fields = buildFields(key, context);
  more.append(...fields.elements);

  function open(wanted) {
    more.hidden = !wanted;
    opener.setAttribute("aria-expanded", String(wanted));
    if (wanted) context.opened.add(key); else context.opened.delete(key);
  }

  function update(next) {
    const label = name(next);
    title.replaceChildren(bdi(label));
    title.title = label;
    const short = shorten(label);
    legend.textContent = say("scorecard", "grade_of", { name: short });
    for (const [grade, input] of grades) input.checked = (next.grade ?? "") === grade;
    slider.value = String(next.importance);
    shown.textContent = String(next.importance);
    slider.setAttribute("aria-label", say("scorecard", "importance_of", { name: short }));
    truth.checked = next.moment_of_truth;
    truth.setAttribute("aria-label", say("scorecard", "truth_of", { name: short }));
    opener.setAttribute("aria-label", say("scorecard", "edit_of", { name: short }));
    small.textContent = context.smallNote(key);
    small.hidden = small.textContent === "";
    element.classList.toggle("tp-is-truth", next.moment_of_truth);
    fields.update(next);
  }

  const element = h("li", { class: "tp-row", "data-key": key }, title, picker,
    h("label", { class: "tp-importance" }, h("span", { class: "tp-small" }, say("words", "column_importance")), slider, shown),
    h("label", { class: "tp-truth" }, truth, h("span", { "aria-hidden": "true", title: say("scorecard", "truth_short") }, "★"),
      h("span", { class: "tp-small" }, say("scorecard", "truth_short"))),
    opener, small, more);
  update(row);
  if (context.opened.has(key)) open(true);
  return { element, update, focus: { name: () => { open(true); fields.name.select(); }, edit: () => opener.focus(), ...fields.focus } };
}

/** The folded fields: name, phase, medium, channel; move and remove. */
function buildFields(key, context) {
  const { say, name, edit, vocabulary, model } = context;
  const labelled = (text, control) => h("label", { class: "tp-field" }, h("span", {}, text), control);
  const choose = (column, values) => h("select",
    { onchange: (event) => edit(key, { [column]: event.target.value }) },
    ...values.map((v) => h("option", { value: v }, word(say, column, v))));
  const nameInput = h("input", { type: "text", maxlength: MAX_TEXT, onchange: (event) => {
    const text = event.target.value.trim();
    if (text !== "") edit(key, { name_en: text, name_de: text });
    else context.refresh(key);
  } });
  const phase = choose("contact_phase", vocabulary.contact_phases);
  const medium = choose("medium", vocabulary.media);
  const known = new Map(vocabulary.channels.map((c) => [word(say, "channel", c), c]));
  const channel = h("input", { type: "text", list: context.channelList, maxlength: 100, onchange: (event) => {
    const text = event.target.value.trim();
    if (text !== "") edit(key, { channel: known.get(text) ?? text });
    else context.refresh(key);
  } });
  const button = (text, action) => h("button", { type: "button", class: "tp-button", onclick: action }, say("scorecard", text));
  const up = button("up", () => context.move(key, -1));
  const down = button("down", () => context.move(key, 1));
  const remove = button("remove", () => context.remove(key));
  return {
    elements: [labelled(say("scorecard", "name_of"), nameInput), labelled(say("words", "column_contact_phase"), phase),
      labelled(say("words", "column_medium"), medium), labelled(say("words", "column_channel"), channel),
      h("div", { class: "tp-actions" }, up, down, remove)],
    name: nameInput,
    focus: { up: () => up.focus(), down: () => down.focus() },
    update(row) {
      nameInput.value = name(row);
      phase.value = row.contact_phase;
      medium.value = row.medium;
      channel.value = word(say, "channel", row.channel);
      const place = context.place(key);
      up.disabled = place.first;
      down.disabled = place.last;
    },
  };
}
