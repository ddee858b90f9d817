// The simulator's drawing: for each scenario the accounts (median, quartiles, course without chance) and, below, the share in credit.

const TRUST = { left: 40, right: 10, top: 46, accounts: 190, share: 90, between: 34, bottom: 40, gap: 24, narrow: 620 };
const TRUST_HEIGHT = TRUST.top + TRUST.accounts + TRUST.between + TRUST.share + TRUST.bottom;

/** Draw the scenarios side by side where there is room, else one below the other, all on one scale. */
function drawTrust(scenarios, width, context) {
  const { panel, height, place } = twoPanels(width, TRUST_HEIGHT, TRUST);
  const all = scenarios.flatMap(({ contacts }) => contacts);
  const ticks = niceTicks(Math.min(0, ...all.map((c) => Math.min(c.q25, c.expected))), Math.max(1, ...all.map((c) => Math.max(c.q75, c.expected))), 1);
  const svg = s("svg", { class: "tp-trust", viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": context.chartLabel });
  scenarios.forEach((scenario, i) => {
    const g = s("g", { transform: place(i), class: `tp-trust-${scenario.letter}` });
    drawScenario(g, scenario, ticks, panel, context);
    svg.append(g);
  });
  return svg;
}

function drawScenario(g, { title, note, contacts }, ticks, width, { say, number, phases, cycles }) {
  const inner = width - TRUST.left - TRUST.right;
  // A contact stands at the end of its part of the cycle: the first cycle ends at 1.
  const x = (i) => TRUST.left + (inner * (i + 1)) / contacts.length;
  const y = verticalScale(ticks[0], ticks.at(-1), TRUST.top, TRUST.accounts);
  const below = TRUST.top + TRUST.accounts + TRUST.between;
  const share = verticalScale(0, 100, below, TRUST.share);
  const line = (name, value, at) => s("polyline", { class: name, points: contacts.map((c, i) => `${x(i)},${at(value(c))}`).join(" ") });
  const band = (name, low, high, at) => s("polygon", { class: name,
    points: [...contacts.map((c, i) => `${x(i)},${at(high(c))}`), ...contacts.map((c, i) => `${x(i)},${at(low(c))}`).reverse()].join(" ") });
  const lines = { left: TRUST.left, right: width - TRUST.right, format: (v) => number(v, 0) };
  g.append(s("text", { class: "tp-title", x: 0, y: 14 }, title), s("text", { class: "tp-tick", x: 0, y: 34 }, note),
    band("tp-quartiles", (c) => c.q25, (c) => c.q75, y), ...gridLines(ticks, y, { ...lines, zero: true }),
    line("tp-expected", (c) => c.expected, y), line("tp-median", (c) => c.median, y),
    s("text", { class: "tp-tick", x: 0, y: below - 12 }, say("trust_simulator", "share_title")),
    ...gridLines([0, 50, 100], share, lines),
    band("tp-interval", (c) => c.low, (c) => c.high, share), line("tp-share", (c) => c.share, share));
  for (let cycle = 1; cycle <= cycles; cycle++) {
    g.append(s("text", { class: "tp-tick", x: x(cycle * phases.length - 1), y: below + TRUST.share + 16, "text-anchor": "middle" }, String(cycle)));
  }
  g.append(s("text", { class: "tp-tick", x: TRUST.left + inner / 2, y: below + TRUST.share + 34, "text-anchor": "middle" }, say("trust_simulator", "axis")));
}
