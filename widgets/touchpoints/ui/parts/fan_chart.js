// The explorer's drawing: fan rates by grade against a band for no contact, and beside it the lifts as bars whose
// area is what a grade contributes to the net effect.

const FAN = { left: 40, right: 12, top: 50, bottom: 42, height: 320, gap: 28, narrow: 620 };

/** Draw both panels, side by side where there is room, else one below the other. */
function drawFans({ cells, net }, width, context) {
  const { panel, height, place } = twoPanels(width, FAN.height, FAN);
  const svg = s("svg", { class: "tp-fans", viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": context.chartLabel });
  const [rates, lifts] = [0, 1].map((i) => s("g", { transform: place(i) }));
  drawRates(rates, cells, panel, context);
  drawLifts(lifts, cells, net, panel, context);
  svg.append(rates, lifts);
  return svg;
}

const heading = (text, note, noteClass) => [
  s("text", { class: "tp-title", x: 0, y: 14 }, text), s("text", { class: noteClass, x: 0, y: 32 }, note)];

/** Grid lines and figures of the vertical axis; returns the place of a value. */
function verticalAxis(g, ticks, width, format) {
  const y = verticalScale(ticks[0], ticks.at(-1), FAN.top, FAN.height - FAN.top - FAN.bottom);
  g.append(...gridLines(ticks, y, { left: FAN.left, right: width - FAN.right, format }));
  return y;
}

const axisTitle = (text, width) => s("text", { class: "tp-tick", x: (FAN.left + width - FAN.right) / 2, y: FAN.height - 8, "text-anchor": "middle" }, text);

function drawRates(g, cells, width, { say, grades, gradeName, number, measure, axis }) {
  const none = cells.find((cell) => cell.grade === null);
  const interval = (cell) => ({ rate: number(cell.rate), low: number(cell.low), high: number(cell.high), n: number(cell.n, 0) });
  g.append(...heading(say("fan_explorer", `rate_title_${measure}`),
    none ? say("fan_explorer", "band", interval(none)) : say("fan_explorer", "band_none"), "tp-note-text"));
  const highest = Math.max(10, ...cells.map((cell) => cell.high));
  const y = verticalAxis(g, niceTicks(0, highest), width, (v) => number(v, 0));
  const step = (width - FAN.left - FAN.right) / grades.length;
  const x = (grade) => FAN.left + step * (grades.indexOf(grade) + 0.5);
  if (none) {
    g.append(
      s("rect", { class: "tp-none", x: FAN.left, width: width - FAN.left - FAN.right, y: y(none.high), height: Math.max(1, y(none.low) - y(none.high)) }),
      s("line", { class: "tp-none-line", x1: FAN.left, x2: width - FAN.right, y1: y(none.rate), y2: y(none.rate) }));
  }
  for (const grade of grades) g.append(s("text", { class: "tp-tick", x: x(grade), y: FAN.height - FAN.bottom + 16, "text-anchor": "middle" }, gradeName(grade)));
  g.append(axisTitle(say("fan_explorer", axis), width));
  for (const cell of cells) {
    if (cell.grade === null) continue;
    const at = x(cell.grade);
    g.append(s("g", {}, s("title", {}, say("fan_explorer", "mark", { grade: gradeName(cell.grade), ...interval(cell) })),
      s("line", { class: "tp-whisker", x1: at, x2: at, y1: y(cell.low), y2: y(cell.high) }),
      s("circle", { class: cell.small ? "tp-mark tp-small-mark" : "tp-mark", cx: at, cy: y(cell.rate), r: 5 }),
      s("text", { class: "tp-figure", x: at + 8, y: y(cell.rate) + 4 }, number(cell.rate, 0))));
  }
}

function drawLifts(g, cells, net, width, { say, grades, gradeName, number }) {
  const lifted = cells.filter((cell) => cell.lift !== null);
  const signed = (v) => number(v, 1, true);
  g.append(...heading(say("fan_explorer", "lift_title"),
    net ? say("fan_explorer", "net_key", { net: signed(net.value), low: signed(net.low), high: signed(net.high) }) : say("fan_explorer", "band_none"), net ? "tp-net-text" : "tp-note-text"));
  if (!lifted.length) return;
  const ticks = niceTicks(Math.min(0, ...lifted.map((c) => c.liftLow)), Math.max(0, ...lifted.map((c) => c.liftHigh)));
  const y = verticalAxis(g, ticks, width, (v) => number(v, 0, true));
  const inner = width - FAN.left - FAN.right;
  if (net) {
    g.append(s("rect", { class: "tp-net-band", x: FAN.left, width: inner, y: y(net.high), height: Math.max(1, y(net.low) - y(net.high)) }));
  }
  let start = FAN.left;
  for (const grade of grades) {
    const cell = lifted.find((c) => c.grade === grade);
    if (!cell) continue;
    const wide = (inner * cell.share) / 100;
    g.append(liftBar(cell, start, wide, y, { say, gradeName, number, signed }));
    start += wide;
  }
  g.append(s("line", { class: "tp-zero", x1: FAN.left, x2: width - FAN.right, y1: y(0), y2: y(0) }));
  if (net) {
    g.append(s("line", { class: "tp-net", x1: FAN.left, x2: width - FAN.right, y1: y(net.value), y2: y(net.value) }));
  }
  g.append(axisTitle(say("fan_explorer", "lift_note"), width));
}

function liftBar(cell, start, wide, y, { say, gradeName, number, signed }) {
  const up = cell.lift >= 0;
  const centre = start + wide / 2;
  const text = say("fan_explorer", "bar", { grade: gradeName(cell.grade), lift: signed(cell.lift), low: signed(cell.liftLow), high: signed(cell.liftHigh),
    share: number(cell.share), contribution: signed(contribution(cell)) });
  return s("g", {}, s("title", {}, text),
    s("rect", { class: up ? "tp-lift" : "tp-lift tp-below", x: start + 0.5, width: Math.max(0.5, wide - 1), y: Math.min(y(0), y(cell.lift)), height: Math.abs(y(cell.lift) - y(0)) }),
    s("line", { class: "tp-whisker", x1: centre, x2: centre, y1: y(cell.liftLow), y2: y(cell.liftHigh) }),
    // The grade stands on the other side of zero, where its own bar is not.
    wide < 8 ? null : s("text", { class: "tp-tick tp-bar-name", x: centre, y: up ? y(0) + 15 : y(0) - 6, "text-anchor": "middle" }, gradeName(cell.grade)));
}
