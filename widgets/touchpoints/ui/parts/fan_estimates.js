// What the explorer shows: cells looked up among those that Python estimated, or computed from own counts.
// A cell: grade (null for no contact), n, fans, rate, low, high, share, lift, liftLow, liftHigh, small; in percent and points.

const indexes = new WeakMap();

/** The rows of each place of a source, found once. */
function indexOf(source) {
  if (!indexes.has(source)) {
    const cells = new Map();
    source.cells.at.forEach((at, i) => { if (cells.has(at)) cells.get(at).push(i); else cells.set(at, [i]); });
    indexes.set(source, { cells, nets: new Map(source.nets.at.map((at, i) => [at, i])) });
  }
  return indexes.get(source);
}

/** The choice as it holds in a source: see `settled` in fan_explorer.py. */
function settled(source, choice) {
  const held = {};
  for (const filter of source.filters) {
    let value = choice[filter.column] ?? null;
    if (!filter.values.includes(value)) value = filter.all_values ? null : filter.values[0];
    if (value !== null) held[filter.column] = value;
  }
  if ("touchpoint" in held) {
    for (const filter of source.filters) if (filter.of_touchpoints) delete held[filter.column];
  }
  return held;
}

function placeOf(source, held, weighted) {
  let place = weighted && source.weighted.includes(true) ? 1 : 0;
  let step = 2;
  for (const { column, values } of source.filters) {
    place += step * (column in held ? values.indexOf(held[column]) + 1 : 0);
    step *= values.length + 1;
  }
  return place;
}

/** Look the estimates of a place up: {cells, net}, net null where there is none. */
function lookUp(source, choice, weighted) {
  const { cells, nets } = indexOf(source);
  const place = placeOf(source, settled(source, choice), weighted);
  const part = (column, i) => (source.cells[column][i] === null ? null : source.cells[column][i] / 100);
  const found = (cells.get(place) ?? []).map((i) => ({
    grade: source.cells.grade[i] || null, n: source.cells.n[i], fans: source.cells.fans[i], small: source.cells.small[i] === 1,
    rate: part("fan_rate_pct", i), low: part("low_pct", i), high: part("high_pct", i), share: part("share_pct", i),
    lift: part("lift_points", i), liftLow: part("lift_low_points", i), liftHigh: part("lift_high_points", i),
  }));
  const at = nets.get(place);
  const net = at === undefined ? null : {
    value: source.nets.net_effect_points[at] / 100, low: source.nets.low_points[at] / 100, high: source.nets.high_points[at] / 100,
  };
  return { cells: inOrder(found), net };
}

const inOrder = (cells) => [...cells].sort((a, b) => (a.grade ?? 99) - (b.grade ?? 99));

/** Estimate own counts, each person counted once: {cells, net}. */
function estimateCounts(counts, z, smallCell) {
  const none = counts.find((row) => row.grade === null);
  const graded = counts.filter((row) => row.grade !== null);
  const whole = { n: sum(graded, "n"), fans: sum(graded, "fans") };
  const lifted = (row) => (none
    ? [row.fans / row.n - none.fans / none.n, ...newcombe(row.fans, row.n, none.fans, none.n, z)].map((v) => 100 * v)
    : [null, null, null]);
  const cells = counts.map((row) => {
    const [low, high] = wilson(row.fans, row.n, z);
    const [lift, liftLow, liftHigh] = row.grade === null ? [null, null, null] : lifted(row);
    return { ...row, rate: (100 * row.fans) / row.n, low: 100 * low, high: 100 * high,
      share: row.grade === null ? null : (100 * row.n) / whole.n, lift, liftLow, liftHigh, small: row.n < smallCell
        || (row.grade !== null && none !== undefined && none.n < smallCell) };
  });
  const [value, low, high] = lifted(whole);
  return { cells: inOrder(cells), net: value === null ? null : { value, low, high } };
}

const sum = (rows, column) => rows.reduce((total, row) => total + row[column], 0);

/** What a grade contributes to the net effect, in points. */
const contribution = (cell) => (cell.lift === null ? null : (cell.share * cell.lift) / 100);

/** All graded contacts together: count and rate, from the cells' shares and rates. */
function together(cells) {
  const graded = cells.filter((cell) => cell.grade !== null);
  return { n: sum(graded, "n"), rate: graded.reduce((total, cell) => total + (cell.share * cell.rate) / 100, 0) };
}
