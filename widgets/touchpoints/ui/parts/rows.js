// The rows of a scorecard, checked: from a file, from the browser's storage, for whoever reads them.

/** Check rows from a file or from the browser's storage; returns clean rows or throws ImportError. */
function checkRows(records, vocabulary) {
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
    const row = checkRow(record, i + 2, vocabulary);
    if (seen.has(row.touchpoint)) {
      throw new ImportError("import_duplicate", { row: i + 2, value: shorten(row.touchpoint) });
    }
    seen.add(row.touchpoint);
    return row;
  });
}

/** Check one record; what a short file leaves out gets the value a new touchpoint has. */
function checkRow(record, line, vocabulary) {
  const given = (column, fallback) => {
    const value = record[column];
    return value === undefined || value === null || value === "" ? fallback : value;
  };
  const key = asText(record.touchpoint, line, "touchpoint");
  const importance = given("importance", vocabulary.default_importance);
  return {
    touchpoint: key,
    name_en: asText(given("name_en", given("name_de", key)), line, "name_en"),
    name_de: asText(given("name_de", given("name_en", key)), line, "name_de"),
    contact_phase: asOneOf(record.contact_phase, line, "contact_phase", vocabulary.contact_phases),
    medium: asOneOf(given("medium", vocabulary.media[0]), line, "medium", vocabulary.media),
    channel: asText(given("channel", vocabulary.channels[0]), line, "channel"),
    grade: asWhole(record.grade, line, "grade", [vocabulary.grades[0], vocabulary.grades.at(-1)], true),
    importance: asWhole(importance, line, "importance", vocabulary.importance),
    moment_of_truth: asFlag(given("moment_of_truth", false), line, "moment_of_truth"),
  };
}
