// The rows of a plan, checked: from a file, from the browser's storage, for whoever reads them.

/** Check rows of a plan; returns clean rows or throws ImportError. */
function checkPlanRows(records, vocabulary) {
  return checkTable(records, (record, line) => checkPlanRow(record, line, vocabulary));
}

/** Check one record; what a short file leaves out gets the value a new touchpoint has. */
function checkPlanRow(record, line, { defaults, limits, scorecard }) {
  const given = (column, fallback) => {
    const value = record[column];
    return value === undefined || value === null || value === "" ? fallback : value;
  };
  const number = (column) => asNumber(given(column, defaults[column]), line, column, limits[column]);
  const key = asText(record.touchpoint, line, "touchpoint");
  return {
    touchpoint: key,
    name_en: asText(given("name_en", given("name_de", key)), line, "name_en"),
    name_de: asText(given("name_de", given("name_en", key)), line, "name_de"),
    contact_phase: asOneOf(record.contact_phase, line, "contact_phase", scorecard.contact_phases),
    medium: asOneOf(given("medium", scorecard.media[0]), line, "medium", scorecard.media),
    personal: asFlag(given("personal", defaults.personal), line, "personal"),
    ...Object.fromEntries(Object.keys(limits).map((column) => [column, number(column)])),
  };
}

/** A budget from outside: a number within its limits, or none. */
function checkBudget(value, [low, high]) {
  return typeof value === "number" && value >= low && value <= high ? value : null;
}

/** The rows shown: the plan's own, or those of the scorecard with the figures of the own ones. */
function shownPlanRows({ rows, source, scorecard }, { defaults }) {
  if (source !== "scorecard" || !scorecard.length) return rows;
  const known = new Map(rows.map((row) => [row.touchpoint, row]));
  return scorecard.map(({ touchpoint, name_en, name_de, contact_phase, medium }) => {
    const figures = known.get(touchpoint) ?? defaults;
    return { touchpoint, name_en, name_de, contact_phase, medium,
      ...Object.fromEntries(Object.keys(defaults).map((column) => [column, figures[column]])) };
  });
}

/** What a page keeps of a plan, checked; null if it can't be read. */
function checkPlan(saved, vocabulary) {
  try {
    if (!Array.isArray(saved.rows)) return null;
    return {
      rows: saved.rows.length ? checkPlanRows(saved.rows, vocabulary) : [],
      source: vocabulary.sources.includes(saved.source) ? saved.source : vocabulary.sources[0],
      budget_hours: checkBudget(saved.budget_hours, vocabulary.budget),
    };
  } catch {
    return null;
  }
}
