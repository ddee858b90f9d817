// The scores of the scorecard, as touchpoints.core.scoring computes them in Python.
// Both are held to the vectors in tests/vectors/scoring.json.

function weightOf(row, rule) {
  return row.importance * (row.moment_of_truth ? rule.moment_of_truth_weight : 1);
}

/** Without the last bits, so that what is equal on paper shares a rank. */
function rounded(priority) {
  return Math.round(priority * 1e9) / 1e9;
}

/** Scores of all rows: quality, priority and rank per value function, phases, media, weakest link. */
function scoreRows(rows, rule, phases, media) {
  const names = Object.keys(rule.values);
  const items = rows.map((row) => {
    const item = { touchpoint: row.touchpoint, quality: {}, priority: {}, rank: {} };
    for (const name of names) {
      const graded = row.grade !== null;
      const quality = graded ? rule.values[name][row.grade - 1] : null;
      item.quality[name] = quality;
      item.priority[name] = graded ? rounded((1 - quality) * weightOf(row, rule)) : null;
    }
    return item;
  });
  for (const name of names) rank(items, name);
  return {
    items,
    phases: phases.map((phase) => phaseSummary(rows, phase)).filter((summary) => summary.n > 0),
    media: mediaShares(rows, media),
    weakest_link: weakestLink(rows, rule, phases),
  };
}

/** Rank 1 has the highest priority; equals share the smallest rank. */
function rank(items, name) {
  const sorted = items.filter((i) => i.priority[name] !== null)
    .map((i) => i.priority[name]).sort((a, b) => b - a);
  for (const item of items) {
    const priority = item.priority[name];
    item.rank[name] = priority === null ? null : sorted.indexOf(priority) + 1;
  }
}

function phaseSummary(rows, phase) {
  const graded = rows.filter((r) => r.contact_phase === phase && r.grade !== null);
  const weight = graded.reduce((sum, r) => sum + r.importance, 0);
  const total = weight > 0
    ? graded.reduce((sum, r) => sum + r.grade * r.importance, 0) / weight
    : graded.reduce((sum, r) => sum + r.grade, 0) / graded.length;
  const worst = graded.reduce((most, r) => Math.max(most, r.grade), 0);
  return { contact_phase: phase, n: graded.length, mean_grade: total, worst_grade: worst };
}

function mediaShares(rows, media) {
  const importance = rows.reduce((sum, r) => sum + r.importance, 0);
  return media.map((medium) => {
    const own = rows.filter((r) => r.medium === medium);
    const part = own.reduce((sum, r) => sum + r.importance, 0);
    return {
      medium,
      n: own.length,
      share_pct: (100 * own.length) / rows.length,
      importance_share_pct: importance > 0 ? (100 * part) / importance : null,
    };
  }).filter((share) => share.n > 0);
}

/** The worst grade; among equals the heavier touchpoint, then the earlier phase and row. */
function weakestLink(rows, rule, phases) {
  let weakest = null;
  for (const row of rows) {
    if (row.grade === null) continue;
    const worse = weakest === null || row.grade - weakest.grade
      || weightOf(row, rule) - weightOf(weakest, rule)
      || phases.indexOf(weakest.contact_phase) - phases.indexOf(row.contact_phase);
    if (worse === true || worse > 0) weakest = row;
  }
  return weakest === null ? null : weakest.touchpoint;
}
