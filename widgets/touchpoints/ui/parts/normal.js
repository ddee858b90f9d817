// The standard normal distribution: the same values as in Python (core/normal.py), held to the same vectors.

/** Beyond this quantile the rest is smaller than a float can tell. */
const FARTHEST = 8.3;

/** The probability of a value up to z, by its series (Marsaglia 2004, Journal of Statistical Software 11(4)). */
function normalCdf(z) {
  if (Math.abs(z) > FARTHEST) return z < 0 ? 0 : 1;
  let [term, sum] = [z, z];
  for (let k = 3; Math.abs(term) > 1e-17; k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return 0.5 + sum * normalDensity(z);
}

const normalDensity = (z) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/** The value up to which lies the probability p, above 0 and below 1: Newton's steps from the middle never overshoot. */
function normalQuantile(p) {
  const upper = Math.max(p, 1 - p);
  let z = 0;
  for (let i = 0; i < 60; i++) {
    const step = (upper - normalCdf(z)) / normalDensity(z);
    z += step;
    if (Math.abs(step) < 1e-14) break;
  }
  return p < 0.5 ? -z : z;
}
