// The rows of a plan, checked: from a file, from the browser's storage, for whoever reads them.

/** Check rows of a plan; returns clean rows or throws ImportError. */
function checkPlanRows(records, vocabulary) {
  return checkTable(records, (record, line) => checkPlanRow(record, line, vocabulary));
}

/** Check one record; what a short file leaves out gets the value a new touchpoint has. */
function checkPlanRow(record, line, { defaults, limits, scorecard }) {
  const { channel: _, ...place } = checkPlace(record, line, scorecard);
  const number = (column) => asNumber(givenOr(record, column, defaults[column]), line, column, limits[column]);
  return {
    ...place,
    personal: asFlag(givenOr(record, "personal", defaults.personal), line, "personal"),
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
