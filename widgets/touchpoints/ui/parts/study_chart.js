// The planner's drawing: the chance to find each lift, and the width of its interval, over the customers asked.

const STUDY = { left: 44, right: 22, top: 34, tall: 210, bottom: 44, gap: 28, narrow: 620, points: 60, letter: 7.5 };
const STUDY_HEIGHT = STUDY.top + STUDY.tall + STUDY.bottom;

/** Draw both panels side by side where there is room, else one below the other. */
function drawStudy(study, width, context) {
  const { panel, height, place } = twoPanels(width, STUDY_HEIGHT, STUDY);
  const svg = s("svg", { class: "tp-study-chart", viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": context.label });
  const [low, high] = study.range;
  // The numbers are spread by factors: one grade often needs many times what the other does.
  const sizes = Array.from({ length: STUDY.points + 1 }, (_, i) => low * (high / low) ** (i / STUDY.points));
  const rows = sizes.map((size) => studyRow(study.basis, size));
  const wanted = study.basis.plan.power_pct;
  const widest = Math.max(...rows.flatMap((row) => [row.width_1_points, row.width_2_points]));
  ["power", "width"].forEach((what, i) => {
    const g = s("g", { transform: place(i), class: `tp-study-${what}` });
    const ticks = what === "power" ? [0, 20, 40, 60, 80, 100] : niceTicks(0, widest);
    drawStudyPanel(g, { rows, study, what, ticks, wanted: what === "power" ? wanted : null, key: `${what}_#_${what === "power" ? "pct" : "points"}` }, panel, context);
    svg.append(g);
  });
  return svg;
}

function drawStudyPanel(g, { rows, study, what, ticks, wanted, key }, width, { say, number }) {
  const right = width - STUDY.right;
  const [low, high] = study.range;
  const x = (size) => STUDY.left + ((right - STUDY.left) * Math.log(size / low)) / Math.log(high / low);
  const y = verticalScale(ticks[0], ticks.at(-1), STUDY.top, STUDY.tall);
  const foot = STUDY.top + STUDY.tall;
  const asked = study.basis.plan.asked;
  const here = studyRow(study.basis, asked);
  g.append(s("text", { class: "tp-title", x: 0, y: 14 }, say("study_planner", `chart_${what}`)),
    ...gridLines(ticks, y, { left: STUDY.left, right, format: (v) => number(v, 0) }));
  for (const size of axisSizes(low, high, right - STUDY.left, (n) => number(n, 0))) {
    g.append(s("line", { class: "tp-gridline", x1: x(size), x2: x(size), y1: foot, y2: foot + 5 }),
      s("text", { class: "tp-tick", x: x(size), y: foot + 18, "text-anchor": "middle" }, number(size, 0)));
  }
  g.append(s("text", { class: "tp-tick", x: (STUDY.left + right) / 2, y: foot + 36, "text-anchor": "middle" }, say("study_planner", "axis")),
    s("line", { class: "tp-asked", x1: x(asked), x2: x(asked), y1: STUDY.top, y2: foot }));
  if (wanted !== null) g.append(s("line", { class: "tp-wanted", x1: STUDY.left, x2: right, y1: y(wanted), y2: y(wanted) }));
  for (const grade of GRADES_PLANNED) {
    const column = key.replace("#", grade);
    g.append(s("polyline", { class: `tp-grade-${grade}`, points: rows.map((row) => `${x(row.asked)},${y(row[column])}`).join(" ") }));
    const [cx, cy] = [x(asked), y(here[column])];
    g.append(grade === 1 ? s("circle", { class: "tp-mark-1", cx, cy, r: 5 }) : s("rect", { class: "tp-mark-2", x: cx - 4.5, y: cy - 4.5, width: 9, height: 9 }));
  }
}

/** Round numbers for the axis, as many as have room beside each other. */
function axisSizes(low, high, room, format) {
  const perFactor = room / Math.log(high / low);
  const steps = [[1, 2, 5], [1, 3], [1]].find((choice) => {
    const closest = Math.min(...choice.map((step, i) => (choice[i + 1] ?? 10) / step));
    return perFactor * Math.log(closest) > STUDY.letter * (format(Math.floor(high)).length + 1);
  });
  return roundSizes(low, high, steps ?? [1]);
}
