// Import and export of a tool whose state is a list of touchpoints.

/**
 * The buttons: import (a CSV or JSON that is checked before anything changes), export of both kinds.
 * files: {name, columns, rows(): records, extra(): what a JSON holds beside them, take(records, extra): how many
 * were taken up, or an ImportError; announce(text), complain(text)}.
 */
function fileButtons(say, { name, columns, rows, extra, take, announce, complain }) {
  const button = (key, action) => h("button", { type: "button", class: "tp-button", onclick: action }, say("common", key));

  async function importFile(file) {
    try {
      const read = parseRecords(await readTextFile(file));
      const n = take(read.records, read.extra);
      complain("");
      announce(say("common", "import_done", { n, file: shorten(file.name, 80) }));
    } catch (error) {
      if (!(error instanceof ImportError)) throw error;
      announce("");
      complain(importSentence(error, file.name, say));
    }
  }

  function exportJson() {
    // Keys in the order of the columns: a page's state may hold them in any.
    const ordered = rows().map((row) => Object.fromEntries(columns.map((column) => [column, row[column]])));
    download(`${name}.json`, "application/json", JSON.stringify({ rows: ordered, ...extra() }, null, 1) + "\n");
  }

  const chooser = h("input", { type: "file", accept: ".csv,.json,text/csv,application/json", class: "tp-unseen", tabindex: "-1",
    "aria-hidden": "true", onchange: (event) => { if (event.target.files[0]) importFile(event.target.files[0]); event.target.value = ""; } });
  return [button("import", () => chooser.click()), chooser,
    button("export_csv", () => download(`${name}.csv`, "text/csv;charset=utf-8", "\uFEFF" + formatCsv(rows(), columns))),
    button("export_json", exportJson)];
}
