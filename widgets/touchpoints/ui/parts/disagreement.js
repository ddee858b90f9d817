// How far the members of a team stand apart, as touchpoints.core.disagreement computes it in Python.
// Both are held to the vectors in tests/vectors/shifts.json.

/**
 * Sum up the answers to each shift, the most disputed first; equals, and those with too few answers, in the given order.
 * Answers: {shift: [whole numbers from low to high, or null where left open]}.
 */
function teamDisagreement(answers, shifts, [low, high], fewest) {
  const rows = shifts.map((shift) => ({ shift, ...spreadOf((answers[shift] ?? []).filter((a) => a !== null), low, high, fewest) }));
  return rows.sort((a, b) => (b.disagreement ?? -1) - (a.disagreement ?? -1));
}

function spreadOf(given, low, high, fewest) {
  const n = given.length;
  if (!n) return { n, disagreement: null, median: null, lowest: null, highest: null, range: null };
  const sorted = given.toSorted((a, b) => a - b);
  let pairs = 0;
  // A pair lies a step apart for each step of the scale that has one member below and one above.
  for (let step = low; step < high; step++) {
    const below = sorted.filter((a) => a <= step).length;
    pairs += below * (n - below);
  }
  const few = n < fewest;
  return { n, disagreement: few ? null : pairs / ((n * (n - 1)) / 2), median: (sorted[Math.ceil(n / 2) - 1] + sorted[Math.floor(n / 2)]) / 2,
    lowest: sorted[0], highest: sorted[n - 1], range: few ? null : sorted[n - 1] - sorted[0] };
}
