// The fields in which a reader answers: one kind of question each. All return {element, read(), focus()}; `change` is called when
// the reader changes something. Places count as in the file; `shown` is the order in which they are offered.

/** Fields for an answer to a question, filled with `present` (an answer, or undefined). */
function answerFields(question, present, context) {
  const kinds = { single: choiceFields, multiple: choiceFields, number: numberField, order: orderFields, match: matchFields };
  return kinds[question.kind](question, present, context);
}

function choiceFields({ kind, options, shown }, present, { inLanguage, change, name }) {
  const chosen = kind === "single" ? [present ?? null] : present ?? [];
  const type = kind === "single" ? "radio" : "checkbox";
  const inputs = new Map(shown.map((place) => [place, h("input", { type, name, value: String(place), checked: chosen.includes(place), onchange: change })]));
  const ticked = () => [...inputs].filter(([, input]) => input.checked).map(([place]) => place).sort((a, b) => a - b);
  return {
    element: h("ul", { class: "tp-options" }, ...shown.map((place) =>
      h("li", {}, h("label", { class: "tp-option" }, inputs.get(place), h("span", {}, inLanguage(options[place].text)))))),
    read: () => (kind === "single" ? ticked()[0] ?? null : ticked()),
    focus: () => inputs.get(shown[0]).focus(),
  };
}

function numberField({ unit }, present, { say, inLanguage, change, check }) {
  const input = h("input", { type: "text", inputmode: "decimal", autocomplete: "off", maxlength: ANSWER_LENGTH, class: "tp-entered",
    value: present === undefined ? "" : String(present), oninput: change,
    onkeydown: (event) => { if (event.key === "Enter") { event.preventDefault(); check(); } } });
  return {
    element: h("label", { class: "tp-field tp-number-field" }, h("span", {}, say("quiz", "your_number")), input, unit ? h("span", {}, inLanguage(unit)) : null),
    read: () => input.value.trim(),
    focus: () => input.focus(),
  };
}

/** A list whose items are moved by buttons: they work with mouse, finger and keyboard, and keep the focus. */
function orderFields({ items, shown }, present, { say, inLanguage, change }) {
  let order = present ?? shown;
  const place = h("p", { class: "tp-unseen", role: "status" });
  const rows = new Map(items.map((item, i) => {
    const text = inLanguage(item.text);
    const button = (by, key, sign) => h("button", { type: "button", class: "tp-button", "aria-label": say("quiz", key, { item: text }), onclick: () => move(i, by) }, sign);
    const up = button(-1, "move_up", "↑");
    const down = button(1, "move_down", "↓");
    const row = h("li", {}, h("span", { class: "tp-item" }, text), h("span", { class: "tp-movers" }, up, down));
    row.style.setProperty("--tp-start", String(shown.indexOf(i)));
    return [i, { row, up, down, text }];
  }));
  const list = h("ol", { class: "tp-order" });

  function draw() {
    list.append(...order.map((i) => rows.get(i).row));
    order.forEach((i, at) => {
      rows.get(i).up.disabled = at === 0;
      rows.get(i).down.disabled = at === order.length - 1;
    });
  }

  function move(i, by) {
    const from = order.indexOf(i);
    order = order.with(from, order[from + by]).with(from + by, i);
    draw();
    const { up, down, text } = rows.get(i);
    const wanted = by < 0 ? up : down;
    (wanted.disabled ? (by < 0 ? down : up) : wanted).focus();
    place.textContent = say("quiz", "moved", { item: text, place: from + by + 1, n: order.length });
    change();
  }

  draw();
  return { element: h("div", {}, h("p", { class: "tp-on-paper" }, say("quiz", "number_them")), list, place), read: () => order, focus: () => list.querySelector("button:not(:disabled)").focus() };
}

function matchFields({ pairs, shown }, present, { say, inLanguage, change }) {
  const selects = pairs.map((_, i) => h("select", { onchange: change },
    h("option", { value: "" }, say("quiz", "choose")),
    ...shown.map((place) => h("option", { value: String(place), selected: present?.[i] === place }, inLanguage(pairs[place].right)))));
  return {
    element: h("div", {},
      h("ul", { class: "tp-pairs" }, ...pairs.map((pair, i) =>
        h("li", {}, h("label", {}, h("span", {}, inLanguage(pair.left)), selects[i])))),
      // On paper nobody can open a list.
      h("p", { class: "tp-on-paper" }, say("quiz", "choose_from"), " ", shown.map((place) => inLanguage(pairs[place].right)).join(" · "))),
    read: () => selects.map((select) => (select.value === "" ? null : Number(select.value))),
    focus: () => selects[0].focus(),
  };
}
