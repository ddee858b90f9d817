// Read and write tables of records as CSV and JSON. Everything read is hostile until checked:
// a reader gets one sentence with place, value and cure, and nothing changes.

const MAX_FILE_KB = 2000;
const MAX_RECORDS = 500;
const MAX_TEXT = 10000;

/** What is wrong with a file: a key of the common texts and its values. */
class ImportError extends Error {
  constructor(key, values = {}) {
    super(key);
    this.key = key;
    this.values = values;
  }
}

/** Split CSV text (RFC 4180; comma, semicolon or tab) into rows of cells. */
function parseCsv(text) {
  const input = text.replace(/^\uFEFF/, "");
  const delimiter = guessDelimiter(input);
  const rows = [];
  let row = [];
  let cell = "";
  let quotedSince = 0;
  let line = 1;
  const endCell = () => { row.push(cell); cell = ""; };
  const endRow = () => { endCell(); if (row.some((c) => c.trim() !== "")) rows.push(row); row = []; };
  for (let i = 0; i < input.length; i++) {
    const c = input[i];
    if (c === "\n") line++;
    if (quotedSince) {
      if (c !== '"') cell += c;
      else if (input[i + 1] === '"') { cell += '"'; i++; }
      else quotedSince = 0;
    } else if (c === '"' && cell === "") quotedSince = line;
    else if (c === delimiter) endCell();
    else if (c === "\n") endRow();
    else if (c !== "\r" || input[i + 1] !== "\n") cell += c;
  }
  if (quotedSince) throw new ImportError("import_type", { detail: ["quotes", { line: quotedSince }] });
  if (cell !== "" || row.length) endRow();
  return rows;
}

function guessDelimiter(text) {
  const header = text.slice(0, Math.max(0, text.search(/\r?\n|$/)));
  const counts = [",", ";", "\t"].map((d) => [header.split(d).length, d]);
  return counts.sort((a, b) => b[0] - a[0])[0][1];
}

/** A spreadsheet would run a cell that starts like this: an apostrophe in front keeps it a text. */
const FORMULA = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

function guardCell(value) {
  const text = value === null || value === undefined ? "" : String(value);
  return typeof value === "string" && FORMULA.test(text) ? "'" + text : text;
}

function unguardCell(text) {
  return text.startsWith("'") && FORMULA.test(text.slice(1)) ? text.slice(1) : text;
}

/** Write records as CSV: header, one line a record, cells guarded and quoted where needed. */
function formatCsv(records, columns) {
  const quote = (text) => (/[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const line = (cells) => cells.map((c) => quote(guardCell(c))).join(",");
  return [line(columns), ...records.map((r) => line(columns.map((c) => r[c])))].join("\n") + "\n";
}

/** Turn a file's text into plain records: from JSON (`{rows: [...]}`) or from CSV with a header. */
function parseRecords(text) {
  if (/^\uFEFF?\s*[[{]/.test(text)) {
    let data;
    try { data = JSON.parse(text.replace(/^\uFEFF/, "")); } catch (error) {
      throw new ImportError("import_type", { detail: error.message });
    }
    const rows = Array.isArray(data) ? data : data.rows;
    if (!Array.isArray(rows) || rows.some((r) => r === null || typeof r !== "object" || Array.isArray(r))) {
      throw new ImportError("import_type", { detail: "rows" });
    }
    return { records: rows, extra: Array.isArray(data) ? {} : data };
  }
  if (text.includes("\u0000")) throw new ImportError("import_type", { detail: "NUL" });
  const [header, ...lines] = parseCsv(text);
  if (!header) throw new ImportError("import_no_rows");
  const names = header.map((name) => name.trim().toLowerCase());
  const twice = names.find((name, i) => name !== "" && names.indexOf(name) !== i);
  if (twice !== undefined) throw new ImportError("import_duplicate", { row: 1, value: shorten(twice) });
  const records = lines.map((cells) =>
    Object.fromEntries(names.map((name, i) => [name, unguardCell(cells[i] ?? "")])));
  return { records, extra: {} };
}

/** Read a file the reader chose. Resolves to its text or throws an ImportError. */
async function readTextFile(file) {
  const size = Math.ceil(file.size / 1000);
  if (size > MAX_FILE_KB) throw new ImportError("import_too_large", { size, limit: MAX_FILE_KB });
  return file.text();
}

/** Tell an ImportError as one sentence. */
function importSentence(error, file, say) {
  const values = { file: shorten(file, 80), ...error.values };
  for (const [name, value] of Object.entries(values)) {
    if (Array.isArray(value)) values[name] = tellAllowed(value, say);
  }
  return `${say("common", error.key, values)} ${say("common", "import_nothing_changed")}`;
}

/** A nested text: [key, values], whose values may be nested texts themselves. */
function tellAllowed([key, values], say) {
  const told = Object.fromEntries(Object.entries(values).map(
    ([name, value]) => [name, Array.isArray(value) ? tellAllowed(value, say) : value]));
  return say("common", key, told);
}

/** Check records one by one with `check(record, line)`; keys stand once. Returns clean rows or throws ImportError. */
function checkTable(records, check) {
  if (!records.length) throw new ImportError("import_no_rows");
  if (records.length > MAX_RECORDS) throw new ImportError("import_too_many", { n: records.length, limit: MAX_RECORDS });
  const found = Object.keys(records[0]);
  for (const column of ["touchpoint", "contact_phase"]) {
    if (!found.includes(column)) {
      throw new ImportError("import_column", { column, found: shorten(found.join(", "), 120) });
    }
  }
  const seen = new Set();
  return records.map((record, i) => {
    const row = check(record, i + 2);
    if (seen.has(row.touchpoint)) {
      throw new ImportError("import_duplicate", { row: i + 2, value: shorten(row.touchpoint) });
    }
    seen.add(row.touchpoint);
    return row;
  });
}

// Checks of single values. Each returns the clean value or throws.

function refuse(row, column, value, allowed) {
  const shown = shorten(typeof value === "string" ? value : JSON.stringify(value) ?? "");
  throw new ImportError("import_value", { row, column, value: shown, allowed });
}

function asText(value, row, column) {
  const text = typeof value === "string" ? value.trim() : value;
  if (typeof text === "string" && text !== "" && text.length <= MAX_TEXT) return text;
  return refuse(row, column, value, ["allowed_text", { limit: MAX_TEXT }]);
}

function asWhole(value, row, column, [low, high], emptyAllowed = false) {
  if (emptyAllowed && (value === null || value === "" || value === undefined)) return null;
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof number === "number" && Number.isInteger(number) && number >= low && number <= high) return number;
  const allowed = ["allowed_whole", { low, high }];
  return refuse(row, column, value, emptyAllowed ? ["allowed_or_empty", { allowed }] : allowed);
}

/** A number; a file from a German spreadsheet writes 2,5. Three digits after a comma could be thousands: refused. */
function asNumber(value, row, column, [low, high]) {
  const text = typeof value === "string" ? value.trim().replace(/^(\d+),(\d{1,2})$/, "$1.$2") : value;
  const number = typeof text === "string" && text !== "" ? Number(text) : text;
  if (typeof number === "number" && number >= low && number <= high) return number;
  return refuse(row, column, value, ["allowed_number", { low, high }]);
}

function asFlag(value, row, column) {
  const known = { true: true, false: false, 1: true, 0: false };
  const flag = known[String(value).trim().toLowerCase()];
  return flag === undefined ? refuse(row, column, value, ["allowed_flag", {}]) : flag;
}

function asOneOf(value, row, column, allowed) {
  const text = typeof value === "string" ? value.trim() : value;
  return allowed.includes(text) ? text : refuse(row, column, value, allowed.join(", "));
}
