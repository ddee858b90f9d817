// Sheets: one person's answers to the five shifts. From a file or the browser's storage they are hostile until checked.

/** Check answers: one row a shift in the essay's order, or an ImportError. What a short file leaves out stays open. */
function checkShiftAnswers(records, { shifts, scale }) {
  if (!records.length) throw new ImportError("import_no_rows");
  const columns = Object.keys(records[0]);
  for (const column of ["shift", ["own", "company"].find((side) => columns.includes(side)) ?? "company"]) {
    if (!columns.includes(column)) throw new ImportError("import_column", { column, found: shorten(columns.join(", "), 120) });
  }
  const found = new Map();
  records.forEach((record, i) => {
    const line = i + 2;
    const shift = asOneOf(record.shift, line, "shift", shifts);
    if (found.has(shift)) throw new ImportError("import_duplicate", { row: line, value: shift });
    const note = record.note ?? "";
    found.set(shift, { shift, own: asWhole(record.own, line, "own", scale, true), company: asWhole(record.company, line, "company", scale, true),
      note: typeof note === "string" && note.trim() === "" ? "" : asText(note, line, "note") });
  });
  return shifts.map((shift) => found.get(shift) ?? { shift, own: null, company: null, note: "" });
}

/** Read a file's text as one member of a team. Of the notes only whether there is one is taken over. */
function readSheet(file, text, constants) {
  const { records, extra } = parseRecords(text);
  const answers = checkShiftAnswers(records, constants);
  const person = sameInAll(records, extra, "person");
  if (typeof person !== "string") refuse(2, "person", person, ["allowed_text", { limit: MAX_TEXT }]);
  if (answers.every((row) => row.own === null && row.company === null)) throw new ImportError("import_all_open");
  const sheet = sameInAll(records, extra, "sheet");
  return memberOf(SHEET.test(sheet) ? sheet : `x${hashOf(text)}`, person, file, answers);
}

/** What a file says of the person: beside the rows (JSON), or the same in each row (CSV). */
function sameInAll(records, extra, column) {
  if (extra[column] !== undefined) return extra[column];
  const first = records[0][column] ?? "";
  const other = records.findIndex((record) => (record[column] ?? "") !== first);
  if (other >= 0) throw new ImportError("import_several", { row: other + 2, column });
  return first;
}

const SHEET = /^[sx][0-9a-f]{8}$/;

/** A new sheet's mark, by which it is known again. The letter keeps spreadsheets from reading a number. */
function newSheet() {
  return `s${crypto.getRandomValues(new Uint32Array(1))[0].toString(16).padStart(8, "0")}`;
}

/** Eight figures that tell one text from another (FNV-1a). */
function hashOf(text) {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

function memberOf(sheet, person, file, answers) {
  return { sheet, person: person.trim(), file, rows: answers.map(({ shift, own, company, note }) => ({ shift, own, company, evidence: note.trim() !== "" })) };
}

/** Put a member into the team; the same sheet is never counted twice. */
function withMember(team, member, most) {
  const twin = team.find((other) => other.sheet === member.sheet);
  if (twin) throw new ImportError("import_again", { other: shorten(twin.file, 80) });
  if (team.length >= most) throw new ImportError("import_team_full", { n: most });
  return [...team, member];
}

/** Members whose name another member has too: perhaps one person twice. */
function sameNames(team) {
  const names = team.map((member) => member.person.toLowerCase());
  return team.map((_, i) => names[i] !== "" && names.indexOf(names[i]) !== names.lastIndexOf(names[i]));
}

/** Check a member that the browser kept; what can't be one is null. */
function checkMember(found, constants) {
  try {
    const { sheet, person, file } = found;
    if (![sheet, person, file].every((text) => typeof text === "string" && text.length <= MAX_TEXT)) return null;
    const answers = checkShiftAnswers(found.rows.map((row) => ({ ...row, note: row.evidence === true ? "x" : "" })), constants);
    return memberOf(sheet, person, file, answers);
  } catch {
    return null;
  }
}
