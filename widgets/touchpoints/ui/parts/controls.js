// Controls shared by the tools that show data: choices, switches, tables and the buttons that save.

/** A labelled choice among a few values: a native select. */
function choice(label, options, value, change) {
  const select = h("select", { onchange: (event) => change(event.target.value) },
    ...options.map(([key, text]) => h("option", { value: key, selected: key === value }, text)));
  return h("label", { class: "tp-field" }, h("span", {}, label), select);
}

/** A switch between few values that are all seen: radio buttons that look like one bar. */
function segments(label, options, value, change, name) {
  return h("fieldset", { class: "tp-segments" }, h("legend", {}, label),
    h("div", {}, ...options.map(([key, text]) => h("label", {},
      h("input", { type: "radio", name, value: key, checked: key === value, onchange: () => change(key) }),
      h("span", {}, text)))));
}

function toggle(label, checked, change) {
  return h("label", { class: "tp-field tp-toggle" },
    h("input", { type: "checkbox", checked, onchange: (event) => change(event.target.checked) }), h("span", {}, label));
}

/**
 * A table beside a chart: the same content for those who don't see it.
 * Columns: {key, title, number}; rows: objects of texts; the first column names the row.
 */
function dataTable(caption, columns, rows) {
  const cell = (row, column, i) => h(i ? "td" : "th", { scope: i ? null : "row", class: column.number ? "tp-number" : null },
    row[column.key] instanceof Node ? row[column.key] : String(row[column.key] ?? ""));
  return h("div", { class: "tp-scroll", tabindex: "0", role: "region", "aria-label": caption },
    h("table", { class: "tp-data" }, h("caption", {}, caption),
      h("thead", {}, h("tr", {}, ...columns.map((c) => h("th", { scope: "col", class: c.number ? "tp-number" : null }, c.title)))),
      h("tbody", {}, ...rows.map((row) => h("tr", { class: row.className }, ...columns.map((c, i) => cell(row, c, i)))))));
}

/**
 * The buttons that save a drawing as SVG and PNG.
 * content(): {name, title, source, svg}, asked when a button is pressed.
 */
function pictureButtons(say, announce, content) {
  const button = (kind) => h("button", { type: "button", class: "tp-button", onclick: async () => {
    const { svg, name, title, source } = content();
    await savePicture(svg, kind, name, title, source);
    announce(say("common", "exported", { file: `${name}.${kind}` }));
  } }, say("common", `export_${kind}`));
  return [button("svg"), button("png")];
}

/** The buttons that save: data as CSV, the drawing as SVG and PNG; content() has columns and records too. */
function saveButtons(say, announce, content) {
  const csv = () => {
    const { name, columns, records } = content();
    download(`${name}.csv`, "text/csv;charset=utf-8", "\uFEFF" + formatCsv(records, columns));
    announce(say("common", "exported", { file: `${name}.csv` }));
  };
  return [h("button", { type: "button", class: "tp-button", onclick: csv }, say("common", "export_csv")),
    ...pictureButtons(say, announce, content)];
}
