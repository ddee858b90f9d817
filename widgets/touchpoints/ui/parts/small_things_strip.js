// The drawing of a small-things check: a strip per touchpoint, a cell per small thing. Takes data alone.
//
// A cell says its answer by its shape: a full square with a tick (done), half a square (partly), a cross (missing), a
// dash (not seen). Colours are the widget's variables, so any widget may draw it.

const STRIP = { names: 190, counts: 94, head: 88, row: 34, narrowRow: 52, cell: 38, gap: 10, narrow: 540 };

/**
 * Draw rows in the order of their counts (countSmallThings).
 * context: {say, name(row), things, label: what the drawing shows, for screen readers}.
 */
function drawSmallThings(rows, counts, width, { say, name, things, label }) {
  const wide = width >= STRIP.narrow;
  const left = wide ? STRIP.names : 0;
  const pitch = Math.min(STRIP.cell, (width - left - STRIP.gap - STRIP.counts) / things.length);
  const tall = wide ? STRIP.row : STRIP.narrowRow;
  const height = STRIP.head + rows.length * tall + 4;
  // The first small thing stands apart: the article puts it above all.
  const x = (i) => left + i * pitch + (i ? STRIP.gap : 0);
  const text = (content, props) => s("text", { fill: "var(--tp-ink)", ...props }, content);
  const svg = s("svg", { class: "tp-strips", viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label });
  things.forEach((thing, i) => {
    const [cx, cy] = [x(i) + pitch / 2 + 4, STRIP.head - 8];
    svg.append(text(word(say, "small_thing", thing), { x: cx, y: cy, transform: `rotate(-55 ${cx} ${cy})`, "font-weight": i ? 400 : 700 }));
  });
  const byKey = new Map(rows.map((row) => [row.touchpoint, row]));
  const tally = new Map(counts.touchpoints.map((t) => [t.touchpoint, t]));
  counts.order.forEach((key, i) => {
    const row = byKey.get(key);
    const top = STRIP.head + i * tall;
    const middle = top + tall - STRIP.row / 2;
    const { n_missing, n_seen } = tally.get(key);
    const room = Math.floor((wide ? STRIP.names : width) / 7.2);
    svg.append(s("line", { x1: 0, x2: width, y1: top, y2: top, stroke: "var(--tp-faint)" }),
      text(shorten(name(row), room), { x: 0, y: wide ? middle + 4 : top + 15, "font-weight": wide ? 400 : 600 }),
      ...things.map((thing, k) => answerCell(row[thing], x(k) + pitch / 2, middle, Math.min(pitch - 3, 24),
        `${word(say, "small_thing", thing)}: ${answerWord(say, row[thing])}`)),
      text(say("words", "missing_of_seen", { missing: n_missing, seen: n_seen }), { x: x(things.length) + 8, y: middle + 4 }));
  });
  return svg;
}

function answerWord(say, answer) {
  return say("words", `answer_${answer ?? "unseen"}`);
}

/** One cell around a place; its title names the answer in words. */
function answerCell(answer, cx, cy, size, title) {
  const [x, y] = [cx - size / 2, cy - size / 2];
  const square = (more) => s("rect", { x, y, width: size, height: size, rx: 3, fill: "none", "stroke-width": 1.5, ...more });
  const stroke = (points, color) => s("polyline", { points: points.map(([px, py]) => `${x + px * size},${y + py * size}`).join(" "),
    fill: "none", stroke: color, "stroke-width": 2.5 });
  const shapes = {
    yes: () => [square({ fill: "var(--tp-main)", stroke: "var(--tp-main)" }), stroke([[0.22, 0.52], [0.42, 0.72], [0.78, 0.3]], "var(--tp-on-main)")],
    partly: () => [square({ stroke: "var(--tp-main)" }), s("rect", { x, y: cy, width: size, height: size / 2, fill: "var(--tp-main)" })],
    no: () => [square({ stroke: "var(--tp-warn)" }), stroke([[0.24, 0.24], [0.76, 0.76]], "var(--tp-warn)"), stroke([[0.76, 0.24], [0.24, 0.76]], "var(--tp-warn)")],
    unseen: () => [stroke([[0.3, 0.5], [0.7, 0.5]], "var(--tp-line)")],
  };
  return s("g", {}, s("title", {}, title), ...shapes[answer ?? "unseen"]());
}

/** The legend of the cells, in words. */
function smallThingsLegend(say, answers) {
  return h("ul", { class: "tp-legend" }, ...[...answers, null].map((answer) => h("li", {},
    s("svg", { width: 18, height: 18, viewBox: "0 0 18 18", "aria-hidden": "true" }, answerCell(answer, 9, 9, 15, "")), " ", answerWord(say, answer))));
}
