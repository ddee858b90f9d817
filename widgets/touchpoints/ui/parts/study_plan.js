// The plan of a study: the same formulas as in Python (core/study_plan.py), held to the same vectors.

const GRADES_PLANNED = [1, 2];
const ROUND_STEPS = [1, 2, 5];

/** Everything about the plan that doesn't change with the number of customers asked. */
function studyBasis(plan) {
  const contact = plan.contact_share_pct / 100;
  const none = { rate: plan.no_contact_rate_pct / 100, share: 1 - contact };
  const z = normalQuantile(1 - plan.alpha_pct / 200);
  const reach = normalQuantile(plan.power_pct / 100);
  const perAsked = plan.response_pct / 100 / plan.design_effect;
  const grades = GRADES_PLANNED.map((grade) => {
    const rate = (plan.no_contact_rate_pct + plan[`lift_${grade}_points`]) / 100;
    const share = (contact * plan[`share_${grade}_pct`]) / 100;
    const pooled = (share * rate + none.share * none.rate) / (share + none.share);
    const equal = Math.sqrt(pooled * (1 - pooled) * (1 / share + 1 / none.share));
    const apart = Math.sqrt((rate * (1 - rate)) / share + (none.rate * (1 - none.rate)) / none.share);
    const answers = ((z * equal + reach * apart) / (rate - none.rate)) ** 2;
    return { rate, share, equal, apart, needed: Math.ceil((answers / perAsked) * (1 - 1e-9)) };
  });
  return { plan, none, z, perAsked, grades };
}

/** What the study has if so many are asked: answers, and for each grade answers, power and width of the interval. */
function studyRow({ plan, none, z, perAsked, grades }, asked) {
  const answers = (asked * plan.response_pct) / 100;
  const row = { asked, answers };
  const independent = asked * perAsked;
  grades.forEach(({ rate, share, equal, apart }, i) => {
    const grade = GRADES_PLANNED[i];
    const [n, without] = [independent * share, independent * none.share];
    const [low, high] = newcombe(rate * n, n, none.rate * without, without, z);
    row[`graded_${grade}`] = answers * share;
    row[`power_${grade}_pct`] = 100 * normalCdf((Math.abs(rate - none.rate) * Math.sqrt(independent) - z * equal) / apart);
    row[`width_${grade}_points`] = 100 * (high - low);
  });
  return row;
}

/** Round numbers of customers from low to high. */
function roundSizes(low, high, steps = ROUND_STEPS) {
  const powers = Array.from({ length: Math.ceil(Math.log10(high)) }, (_, i) => 10 ** (i + 1));
  return powers.flatMap((power) => steps.map((step) => step * power)).filter((n) => n >= low && n <= high);
}

/** The whole plan: customers needed for each grade, the range to look at, and a row for each size worth a look. */
function planStudy(plan) {
  const basis = studyBasis(plan);
  const needed = basis.grades.map((grade) => grade.needed);
  const all = [plan.asked, ...needed];
  const range = [Math.min(...all) / 5, 2 * Math.max(...all)];
  const sizes = [...new Set([...roundSizes(...range), ...all])].sort((a, b) => a - b);
  return { basis, needed, range, rows: sizes.map((size) => studyRow(basis, size)) };
}

/** Change one assumption; what no longer fits gives way: the other share, or the lifts. */
function settledStudy(plan, name, value, [lowest, highest]) {
  const changed = { ...plan, [name]: value };
  if (name === "share_1_pct") changed.share_2_pct = Math.min(plan.share_2_pct, 100 - value);
  if (name === "share_2_pct") changed.share_1_pct = Math.min(plan.share_1_pct, 100 - value);
  changed.lift_1_points = Math.min(changed.lift_1_points, highest - changed.no_contact_rate_pct);
  changed.lift_2_points = Math.max(changed.lift_2_points, lowest - changed.no_contact_rate_pct);
  return changed;
}

/** The assumptions if they are a plan, else null. */
function checkStudy(found, limits, [lowest, highest]) {
  if (!isPlain(found)) return null;
  const plan = Object.fromEntries(Object.keys(limits).map((name) => [name, found[name]]));
  const inRange = Object.entries(limits).every(([name, [low, high]]) => typeof plan[name] === "number" && plan[name] >= low && plan[name] <= high);
  if (!inRange || !Number.isInteger(plan.asked) || plan.share_1_pct + plan.share_2_pct > 100) return null;
  const rates = GRADES_PLANNED.map((grade) => plan.no_contact_rate_pct + plan[`lift_${grade}_points`]);
  return rates.every((rate) => rate >= lowest && rate <= highest) ? plan : null;
}
