// The form of one person: for each shift two marks, each of which may stay open, and a note of what was seen.

/** A row of radio buttons from low to high, and one that leaves the answer open. */
function shiftMarks(row, side, { text, scale: [low, high], uid, change }) {
  const title = text(`side_${side}`);
  const inputs = new Map();
  const radio = (value, shown, name) => {
    const input = h("input", { type: "radio", name: `${uid}-${row.shift}-${side}`, value: value ?? "", "aria-label": name, onchange: () => change({ [side]: value }) });
    inputs.set(value, input);
    return h("label", { class: value === null ? "tp-open" : null }, input, h("span", { "aria-hidden": "true" }, shown));
  };
  const values = Array.from({ length: high - low + 1 }, (_, i) => low + i);
  const ends = { [low]: text(`shift_from_${row.shift}`), [high]: text(`shift_to_${row.shift}`) };
  const element = h("fieldset", { class: `tp-marks tp-marks-${side}` }, h("legend", {}, title),
    h("div", {}, ...values.map((v) => radio(v, String(v), v in ends ? `${v}: ${ends[v]}` : String(v))), radio(null, "–", text("open"))));
  return { element, show: (value) => { inputs.get(value).checked = true; } };
}

/** Build the form; `change(shift, changes)` takes what was changed. Returns the element and an update. */
function shiftForm(rows, context) {
  const { text, change, scale: [low, high] } = context;
  const shows = new Map();
  const items = rows.map((row, i) => {
    const own = { ...context, change: (changes) => change(row.shift, changes) };
    const marks = Object.fromEntries(["own", "company"].map((side) => [side, shiftMarks(row, side, own)]));
    const note = h("textarea", { rows: 3, maxlength: MAX_TEXT, oninput: () => own.change({ note: note.value }) });
    const without = h("p", { class: "tp-without" }, text("without_evidence"));
    shows.set(row.shift, (present) => {
      for (const side of ["own", "company"]) marks[side].show(present[side]);
      if (note.value !== present.note) note.value = present.note;
      without.hidden = !lacksEvidence(present);
    });
    return h("fieldset", { class: "tp-shift" }, h("legend", {}, `${i + 1}. ${text(`shift_${row.shift}`)}`),
      h("div", { class: "tp-shift-body" },
        h("div", {}, h("p", { class: "tp-ends tp-small" }, h("span", {}, `${low}: ${text(`shift_from_${row.shift}`)}`), h("span", {}, `${high}: ${text(`shift_to_${row.shift}`)}`)),
          marks.own.element, marks.company.element),
        h("div", {}, h("label", { class: "tp-note-field" }, h("span", {}, text("note")), note), without)));
  });
  const update = (present) => { for (const row of present) shows.get(row.shift)(row); };
  update(rows);
  return { element: h("div", { class: "tp-shifts-form" }, ...items), update };
}
