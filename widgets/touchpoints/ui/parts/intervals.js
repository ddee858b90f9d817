// Intervals for counts that the reader types in: the same formulas as in Python (core/intervals.py), held to
// the same vectors. z comes from Python.

/** Wilson's score interval for x of n. */
function wilson(x, n, z) {
  const p = x / n;
  const centre = p + (z * z) / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  // Exact at the ends, where subtracting two equal numbers leaves a rounding error.
  return [x === 0 ? 0 : (centre - half) / scale, x === n ? 1 : (centre + half) / scale];
}

/** Newcombe's hybrid score interval for the difference of two independent shares, a minus b. */
function newcombe(xA, nA, xB, nB, z) {
  const [pA, pB] = [xA / nA, xB / nB];
  const [lowA, highA] = wilson(xA, nA, z);
  const [lowB, highB] = wilson(xB, nB, z);
  return [pA - pB - Math.hypot(pA - lowA, highB - pB), pA - pB + Math.hypot(highA - pA, pB - lowB)];
}
