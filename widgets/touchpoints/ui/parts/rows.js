// Lists of touchpoints, checked: from a file, from the browser's storage, for whoever reads them.

/** Check records from outside, each key once; returns clean rows or throws ImportError. */
function checkRecords(records, checkOne) {
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
    const row = checkOne(record, i + 2);
    if (seen.has(row.touchpoint)) {
      throw new ImportError("import_duplicate", { row: i + 2, value: shorten(row.touchpoint) });
    }
    seen.add(row.touchpoint);
    return row;
  });
}

/** A field of a record, or what stands there where the record leaves it out. */
function givenOr(record, column, fallback) {
  const value = record[column];
  return value === undefined || value === null || value === "" ? fallback : value;
}

/** Check what says which touchpoint a record is; what a short file leaves out gets the value a new one has. */
function checkPlace(record, line, vocabulary) {
  const given = (column, fallback) => givenOr(record, column, fallback);
  const key = asText(record.touchpoint, line, "touchpoint");
  return {
    touchpoint: key,
    name_en: asText(given("name_en", given("name_de", key)), line, "name_en"),
    name_de: asText(given("name_de", given("name_en", key)), line, "name_de"),
    contact_phase: asOneOf(record.contact_phase, line, "contact_phase", vocabulary.contact_phases),
    medium: asOneOf(given("medium", vocabulary.media[0]), line, "medium", vocabulary.media),
    channel: asText(given("channel", vocabulary.channels[0]), line, "channel"),
  };
}

function checkGrade(record, line, vocabulary) {
  return asWhole(record.grade, line, "grade", [vocabulary.grades[0], vocabulary.grades.at(-1)], true);
}

/** Check the rows of a scorecard. */
function checkRows(records, vocabulary) {
  return checkRecords(records, (record, line) => checkRow(record, line, vocabulary));
}

function checkRow(record, line, vocabulary) {
  return {
    ...checkPlace(record, line, vocabulary),
    grade: checkGrade(record, line, vocabulary),
    importance: asWhole(givenOr(record, "importance", vocabulary.default_importance), line, "importance", vocabulary.importance),
    moment_of_truth: asFlag(givenOr(record, "moment_of_truth", false), line, "moment_of_truth"),
  };
}
