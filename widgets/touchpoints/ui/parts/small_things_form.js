// The form of a small-things check: one touchpoint at a time, an answer to each small thing, one line of evidence.

const MAX_NOTE = 300;

/**
 * Build the form. context: {say, lang, uid, vocabulary, edit(changes, tag), settle(), remove()}.
 * Returns its element, `update(row)` and the field of the name.
 */
function smallThingsForm(context) {
  const { say, uid, vocabulary, edit } = context;
  const text = (key, values) => say("small_things", key, values);
  // To a question one answers yes or no; what that means for the small thing (done, missing) the strip says.
  const answers = [...vocabulary.answers, ""].map((a) => [a, ["yes", "no"].includes(a) ? say("words", a) : answerWord(say, a || null)]);
  const items = vocabulary.small_things.map((thing, i) => {
    const bar = segments(text(`ask_${thing}`), answers, "",
      (a) => edit({ [thing]: a || null }), `${uid}-${thing}`);
    return { thing, bar, element: h("li", { class: i ? null : "tp-above-all" }, bar, i ? null : h("p", { class: "tp-mark" }, text("above_all")),
      h("p", { class: "tp-note" }, text(`look_${thing}`))) };
  });
  const field = (label, control) => h("label", { class: "tp-field" }, h("span", {}, label), control);
  const note = h("input", { type: "text", maxlength: MAX_NOTE, placeholder: text("note_example"), oninput: () => edit({ note: note.value }, "note"), onchange: () => context.settle() });
  const hand = h("input", { type: "checkbox", onchange: () => edit({ to_scorecard: hand.checked }) });
  const gradeField = choice(text("grade"), [["", text("no_grade")], ...vocabulary.grades.map((g) => [String(g), String(g)])], "",
    (g) => edit({ grade: g === "" ? null : Number(g) }));
  const place = placeFields(context, field);
  const title = h("h3", { id: `${uid}-title` });
  const element = h("div", { role: "group", "aria-labelledby": `${uid}-title`, class: "tp-check" }, title, h("ol", { class: "tp-questions" }, ...items.map((i) => i.element)),
    field(text("note"), note),
    h("div", { class: "tp-hand" }, h("label", { class: "tp-field tp-toggle" }, hand, h("span", {}, text("hand"))), gradeField,
      h("p", { class: "tp-note" }, text("hand_note"))),
    place.element);

  function update(row) {
    title.replaceChildren(bdi(row[`name_${context.lang}`]));
    for (const { thing, bar } of items) for (const input of bar.querySelectorAll("input")) input.checked = input.value === (row[thing] ?? "");
    if (note.value !== row.note) note.value = row.note;
    hand.checked = row.to_scorecard;
    gradeField.querySelector("select").value = String(row.grade ?? "");
    place.update(row);
  }
  return { element, update, editName: place.editName };
}

/** The folded fields: name, phase, medium, channel; remove. */
function placeFields({ say, lang, vocabulary, edit, remove }, field) {
  const choose = (column, values) => h("select", { onchange: (event) => edit({ [column]: event.target.value }) },
    ...values.map((v) => h("option", { value: v }, word(say, column, v))));
  const written = (limit, changes) => h("input", { type: "text", maxlength: limit, onchange: (event) => {
    const entered = event.target.value.trim();
    if (entered !== "") edit(changes(entered));
    else event.target.value = event.target.defaultValue;
  } });
  const known = new Map(vocabulary.channels.map((c) => [word(say, "channel", c), c]));
  const controls = {
    name: written(MAX_TEXT, (entered) => ({ name_en: entered, name_de: entered })),
    contact_phase: choose("contact_phase", vocabulary.contact_phases),
    medium: choose("medium", vocabulary.media),
    channel: written(100, (entered) => ({ channel: known.get(entered) ?? entered })),
  };
  const element = h("details", { class: "tp-place" }, h("summary", {}, say("small_things", "edit")),
    ...Object.entries(controls).map(([column, control]) => field(say("words", `column_${column}`), control)),
    h("button", { type: "button", class: "tp-button", onclick: () => remove() }, say("small_things", "remove")));
  return {
    element,
    editName() { element.open = true; controls.name.select(); },
    update(row) {
      const shown = { ...row, name: row[`name_${lang}`], channel: word(say, "channel", row.channel) };
      for (const [column, control] of Object.entries(controls)) {
        control.value = shown[column];
        if (control.tagName === "INPUT") control.defaultValue = shown[column];
      }
    },
  };
}
