// One touchpoint of the plan: contacts, person, minutes, the share that moves; folded: the other fields.

/** Build a row; returns its element and a function that brings it up to date with new data. */
function buildPlanRow(row, index, context) {
  const { say, name, edit, uid, vocabulary, refuse } = context;
  const text = (key, values) => say("balance_planner", key, values);
  const key = row.touchpoint;
  const names = [];
  const title = h("span", { class: "tp-name tp-clip" });
  const labelled = (label, control, css = "tp-cell-field") => h("label", { class: css }, h("span", { class: "tp-small" }, label), control);
  const called = (control, label) => { names.push((shown) => control.setAttribute("aria-label", `${label}: ${shown}`)); return control; };

  function number(column) {
    const [low, high] = vocabulary.limits[column];
    const input = h("input", { type: "number", min: low, max: high, step: "any", onchange: () => {
      const value = Number(input.value);
      if (input.value.trim() !== "" && value >= low && value <= high) edit(key, { [column]: value });
      else refuse(key, input.value, low, high);
    } });
    return called(input, text(`field_${column}`));
  }

  const contacts = number("contacts_per_month");
  const minutes = number("minutes_per_contact");
  const eur = number("eur_per_hour");
  const movedMinutes = number("moved_minutes");
  const person = called(h("input", { type: "checkbox", onchange: () => edit(key, { personal: person.checked }) }), text("field_personal"));
  const shown = h("output", {});
  const moveLabel = h("span", { class: "tp-small" });
  const slider = h("input", { type: "range", min: 0, max: 100, step: 5, oninput: () => edit(key, { moved_pct: Number(slider.value) }, `moved ${key}`),
    onchange: () => context.settle() });
  const told = h("p", { class: "tp-note tp-move-told" });
  const more = h("div", { class: "tp-more", hidden: true, id: `${uid}-${index}-more` });
  const opener = called(h("button", { type: "button", class: "tp-button tp-edit", "aria-expanded": "false", "aria-controls": more.id,
    onclick: () => open(more.hidden) }, text("edit")), text("edit"));
  const fields = context.own ? ownFields(key, context) : null;
  const field = (column, control) => labelled(text(`field_${column}`), control, "tp-field");
  more.append(field("moved_minutes", movedMinutes), field("eur_per_hour", eur), ...(fields?.elements ?? []));

  function open(wanted) {
    more.hidden = !wanted;
    opener.setAttribute("aria-expanded", String(wanted));
    if (wanted) context.opened.add(key); else context.opened.delete(key);
  }

  function update(next, sentence) {
    const label = name(next);
    const short = shorten(label);
    title.replaceChildren(bdi(label));
    title.title = label;
    for (const tell of names) tell(short);
    contacts.value = String(next.contacts_per_month);
    minutes.value = String(next.minutes_per_contact);
    minutes.disabled = !next.personal;
    eur.value = String(next.eur_per_hour);
    movedMinutes.value = String(next.moved_minutes);
    person.checked = next.personal;
    const medium = word(say, "medium", otherMedium(next.medium));
    const other = text("field_moved_pct", { medium });
    moveLabel.textContent = `→ ${medium}`;
    slider.setAttribute("aria-label", `${other}: ${short}`);
    slider.setAttribute("aria-valuetext", `${next.moved_pct} %`);
    slider.value = String(next.moved_pct);
    shown.textContent = `${next.moved_pct} %`;
    told.textContent = sentence;
    told.hidden = sentence === "";
    element.classList.toggle("tp-is-moved", next.moved_pct > 0);
    fields?.update(next);
  }

  const element = h("li", { class: "tp-row", "data-key": key }, title, labelled(text("head_contacts_per_month"), contacts),
    labelled(text("head_personal"), person, "tp-cell-field tp-person-field"), labelled(text("head_minutes_per_contact"), minutes),
    h("label", { class: "tp-move" }, moveLabel, slider, shown), opener, told, more);
  if (context.opened.has(key)) open(true);
  return { element, update, focus: () => { open(true); fields?.name.select(); } };
}

/** The fields that a scorecard would give: name, phase, medium; and the way out of the plan. */
function ownFields(key, { say, name, edit, vocabulary, remove, refresh }) {
  const labelled = (label, control) => h("label", { class: "tp-field" }, h("span", { class: "tp-small" }, label), control);
  const choose = (column, values) => h("select", { onchange: (event) => edit(key, { [column]: event.target.value }) },
    ...values.map((value) => h("option", { value }, word(say, column, value))));
  const nameInput = h("input", { type: "text", maxlength: MAX_TEXT, onchange: () => {
    const entered = nameInput.value.trim();
    if (entered !== "") edit(key, { name_en: entered, name_de: entered });
    else refresh();
  } });
  const phase = choose("contact_phase", vocabulary.scorecard.contact_phases);
  const medium = choose("medium", vocabulary.scorecard.media);
  return {
    name: nameInput,
    elements: [labelled(say("balance_planner", "name"), nameInput), labelled(say("words", "column_contact_phase"), phase),
      labelled(say("words", "column_medium"), medium),
      h("button", { type: "button", class: "tp-button", onclick: () => remove(key) }, say("balance_planner", "remove"))],
    update(row) {
      nameInput.value = name(row);
      phase.value = row.contact_phase;
      medium.value = row.medium;
    },
  };
}
