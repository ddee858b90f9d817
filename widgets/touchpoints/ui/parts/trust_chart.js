// The simulator's drawing: for each scenario the accounts (median, quartiles, course without chance) and, below, the share in credit.

const TRUST = { left: 40, right: 10, top: 46, accounts: 190, share: 90, between: 34, bottom: 40, gap: 24, narrow: 620 };
const TRUST_HEIGHT = TRUST.top + TRUST.accounts + TRUST.between + TRUST.share + TRUST.bottom;

/** Round steps for an axis from low to high: about five of them. */
function trustTicks(low, high) {
  const raw = Math.max(high - low, 1) / 5;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = Math.max(1, [1, 2, 5, 10].map((m) => m * power).find((wide) => wide >= raw));
  const first = Math.floor(low / step);
  return Array.from({ length: Math.ceil(high / step) - first + 1 }, (_, i) => (first + i) * step);
}

/** Draw the scenarios side by side where there is room, else one below the other, all on one scale. */
function drawTrust(scenarios, width, context) {
  const wide = width >= TRUST.narrow;
  const panel = wide ? (width - TRUST.gap) / 2 : width;
  const height = wide ? TRUST_HEIGHT : 2 * TRUST_HEIGHT + TRUST.gap;
  const all = scenarios.flatMap(({ contacts }) => contacts);
  const ticks = trustTicks(Math.min(0, ...all.map((c) => Math.min(c.q25, c.expected))), Math.max(1, ...all.map((c) => Math.max(c.q75, c.expected))));
  const svg = s("svg", { class: "tp-trust", viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": context.chartLabel });
  scenarios.forEach((scenario, i) => {
    const at = wide ? `translate(${i * (panel + TRUST.gap)} 0)` : `translate(0 ${i * (TRUST_HEIGHT + TRUST.gap)})`;
    const g = s("g", { transform: at, class: `tp-trust-${scenario.letter}` });
    drawScenario(g, scenario, ticks, panel, context);
    svg.append(g);
  });
  return svg;
}

function drawScenario(g, { title, note, contacts }, ticks, width, { say, number, phases, cycles }) {
  const inner = width - TRUST.left - TRUST.right;
  // A contact stands at the end of its part of the cycle: the first cycle ends at 1.
  const x = (i) => TRUST.left + (inner * (i + 1)) / contacts.length;
  const scale = (top, high, low, tall) => (value) => top + ((high - value) / (high - low)) * tall;
  const y = scale(TRUST.top, ticks.at(-1), ticks[0], TRUST.accounts);
  const below = TRUST.top + TRUST.accounts + TRUST.between;
  const share = scale(below, 100, 0, TRUST.share);
  const line = (name, value, at) => s("polyline", { class: name, points: contacts.map((c, i) => `${x(i)},${at(value(c))}`).join(" ") });
  const band = (name, low, high, at) => s("polygon", { class: name,
    points: [...contacts.map((c, i) => `${x(i)},${at(high(c))}`), ...contacts.map((c, i) => `${x(i)},${at(low(c))}`).reverse()].join(" ") });
  const grid = (values, at, format) => values.flatMap((v) => [
    s("line", { class: v === 0 && at === y ? "tp-zero" : "tp-gridline", x1: TRUST.left, x2: width - TRUST.right, y1: at(v), y2: at(v) }),
    s("text", { class: "tp-tick", x: TRUST.left - 6, y: at(v) + 4, "text-anchor": "end" }, format(v))]);
  g.append(s("text", { class: "tp-title", x: 0, y: 14 }, title), s("text", { class: "tp-tick", x: 0, y: 34 }, note),
    band("tp-quartiles", (c) => c.q25, (c) => c.q75, y), ...grid(ticks, y, (v) => number(v, 0)),
    line("tp-expected", (c) => c.expected, y), line("tp-median", (c) => c.median, y),
    s("text", { class: "tp-tick", x: 0, y: below - 12 }, say("trust_simulator", "share_title")),
    ...grid([0, 50, 100], share, (v) => number(v, 0)),
    band("tp-interval", (c) => c.low, (c) => c.high, share), line("tp-share", (c) => c.share, share));
  for (let cycle = 1; cycle <= cycles; cycle++) {
    g.append(s("text", { class: "tp-tick", x: x(cycle * phases.length - 1), y: below + TRUST.share + 16, "text-anchor": "middle" }, String(cycle)));
  }
  g.append(s("text", { class: "tp-tick", x: TRUST.left + inner / 2, y: below + TRUST.share + 34, "text-anchor": "middle" }, say("trust_simulator", "axis")));
}
