// What the lens shows, looked up in the survey's results or taken from the reader's own scorecard.
//
// The survey's numbers are Python's (touchpoints.core.lens), one cell a combination of filter values. The scorecard
// is one person's: plain means, no intervals; tests/vectors/lens.json holds both languages to the same.

const ROUNDING = 1e-9;

/** The cell of the chosen filter values: the last filter changes fastest, "all" comes first. */
function cellOf(data, filters) {
  const place = data.filters.reduce((sum, { column, values }) =>
    sum * (values.length + 1) + values.indexOf(filters[column]) + 1, 0);
  return data.cells[place];
}

/** Columns of a group table as one object a group. */
function groupRows(table) {
  return table.group.map((group, i) =>
    Object.fromEntries(Object.keys(table).map((column) => [column, column === "group" ? group : table[column][i]])));
}

/** The lens on the survey: marks (touchpoints), groups and phases; null where nobody graded. */
function lensOfSurvey(data, { by, filters, threshold }) {
  const cell = cellOf(data, filters);
  if (cell === null) return null;
  const { touchpoints } = data;
  const seen = cell.by[by];
  const groups = inListedOrder(groupRows(seen.groups), touchpoints.groups[by]);
  const meanOf = new Map(groups.map((g) => [g.group, g.mean_grade]));
  const marks = cell.touchpoint.map((at, i) => ({
    touchpoint: touchpoints.touchpoint[at], at,
    name_en: touchpoints.name_en[at], name_de: touchpoints.name_de[at],
    contact_phase: touchpoints.contact_phase[at], medium: touchpoints.medium[at], group: touchpoints.groups[by][at],
    n: cell.n[i], mean_grade: cell.mean_grade[i], low: cell.low[i], high: cell.high[i],
    group_mean_grade: meanOf.get(touchpoints.groups[by][at]),
    gap_grades: seen.gap_grades[i], gap_low: seen.gap_low[i], gap_high: seen.gap_high[i],
    hidden: seen.gap_grades[i] >= threshold - ROUNDING, small_cell: cell.small_cell[i] === 1,
  })).sort((a, b) => a.at - b.at);
  return { marks, groups, phases: groupRows(cell.phases) };
}

/** Groups in the order of the list, whatever the filter leaves of it: lanes keep their places. */
function inListedOrder(groups, listed) {
  return groups.sort((a, b) => listed.indexOf(a.group) - listed.indexOf(b.group));
}

/** The lens on the reader's own grades; null where nothing is graded. */
function lensOfScorecard(rows, { by, phases, threshold }) {
  const graded = rows.filter((row) => row.grade !== null);
  if (!graded.length) return null;
  const groups = ownMeans(graded, by);
  const meanOf = new Map(groups.map((g) => [g.group, g.mean_grade]));
  const marks = graded.map((row) => {
    const gap = row.grade - meanOf.get(row[by]);
    return {
      touchpoint: row.touchpoint, name_en: row.name_en, name_de: row.name_de, contact_phase: row.contact_phase, medium: row.medium,
      group: row[by], n: 1, mean_grade: row.grade, low: null, high: null, group_mean_grade: meanOf.get(row[by]),
      gap_grades: gap, gap_low: null, gap_high: null, hidden: gap >= threshold - ROUNDING, small_cell: false,
    };
  });
  const byPhase = ownMeans(graded, "contact_phase");
  return { marks, groups, phases: phases.flatMap((phase) => byPhase.filter((g) => g.group === phase)) };
}

/** Plain means of own grades, by a column; in the order of the card. */
function ownMeans(graded, column) {
  return [...new Set(graded.map((row) => row[column]))].map((group) => {
    const grades = graded.filter((row) => row[column] === group).map((row) => row.grade);
    return { group, touchpoints: grades.length, n: grades.length, customers: 1, low: null, high: null, small_cell: 0,
      mean_grade: grades.reduce((sum, g) => sum + g, 0) / grades.length };
  });
}

/** The hidden touchpoints, the widest gap first. */
function hiddenMarks(lens) {
  return lens.marks.filter((m) => m.hidden).sort((a, b) => b.gap_grades - a.gap_grades);
}

/** The lanes of a view: its groups with their marks, the phases in the order of the cycle. */
function lanesOf(lens, view) {
  const column = view === "customer" ? "contact_phase" : "group";
  return (view === "customer" ? lens.phases : lens.groups).map((lane) =>
    ({ ...lane, marks: lens.marks.filter((m) => m[column] === lane.group) }));
}
