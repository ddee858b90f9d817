// Lists of touchpoints and the rule of a scorecard, checked: from a file, from the browser's storage, for whoever reads them.

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

/** The first key `name_1`, `name_2`, … that no row has yet. */
function freeKey(rows, name) {
  const taken = new Set(rows.map((row) => row.touchpoint));
  let number = 1;
  while (taken.has(`${name}_${number}`)) number++;
  return `${name}_${number}`;
}

/** What another tool keeps, read by `read`; nothing where it can't be read. */
function rowsOrNone(read) {
  try {
    return read();
  } catch {
    return [];
  }
}

function checkGrade(record, line, vocabulary) {
  return asWhole(record.grade, line, "grade", [vocabulary.grades[0], vocabulary.grades.at(-1)], true);
}

/** Check the rows of a scorecard. */
function checkRows(records, vocabulary) {
  return checkTable(records, (record, line) => checkRow(record, line, vocabulary));
}

function checkRow(record, line, vocabulary) {
  return {
    ...checkPlace(record, line, vocabulary),
    grade: checkGrade(record, line, vocabulary),
    importance: asWhole(givenOr(record, "importance", vocabulary.default_importance), line, "importance", vocabulary.importance),
    moment_of_truth: asFlag(givenOr(record, "moment_of_truth", false), line, "moment_of_truth"),
  };
}

/** Check a rule from outside against the present one; anything odd leaves the present one. */
function checkRule(rule, present) {
  const within = (v, low, high) => typeof v === "number" && v >= low && v <= high;
  const good = rule && within(rule.moment_of_truth_weight, 1, 10) && rule.values
    && Object.entries(present.values).every(([name, values]) => Array.isArray(rule.values[name])
      && rule.values[name].length === values.length && rule.values[name].every((v) => within(v, 0, 1)));
  if (!good) return present;
  const values = Object.fromEntries(Object.keys(present.values).map((name) => [name, rule.values[name]]));
  return { moment_of_truth_weight: rule.moment_of_truth_weight, values };
}

/** What a page keeps of a scorecard, checked; null if it can't be read. An odd rule counts as the present one. */
function checkCard(saved, vocabulary, rule) {
  try {
    if (!Array.isArray(saved.rows)) return null;
    return { rows: saved.rows.length ? checkRows(saved.rows, vocabulary) : [], rule: checkRule(saved.rule, rule) };
  } catch {
    return null;
  }
}
