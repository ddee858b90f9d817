// The profile of one person: two marks a shift, told apart by shape, hollow where no evidence was noted.

const PROFILE = { edge: 16, top: 66, row: 62, axis: 36, lane: 10, bottom: 26, size: 6 };
const PROFILE_SIDES = ["own", "company"];

/** The outline of a mark: a circle for the own position, a square on its tip for the company's. */
function profileMark(side, x, y, hollow, title) {
  const size = PROFILE.size + (side === "own" ? 0 : 1.5);
  const props = { class: `tp-mark tp-mark-${side}${hollow ? " tp-hollow" : ""}` };
  const mark = side === "own" ? s("circle", { ...props, cx: x, cy: y, r: size })
    : s("polygon", { ...props, points: `${x},${y - size} ${x + size},${y} ${x},${y + size} ${x - size},${y}` });
  if (title) mark.append(s("title", {}, title));
  return mark;
}

/**
 * Draw the profile. Rows: {from, to, own, company, evidence}: what stands at both ends, marks from low to high or null
 * where left open, and whether there is a note. Context: scale [low, high], label (what the picture shows), words {own, company, hollow} for the key.
 */
function drawShiftProfile(rows, width, { scale: [low, high], label, words }) {
  const height = PROFILE.top + rows.length * PROFILE.row + PROFILE.bottom;
  const x = (answer) => PROFILE.edge + ((answer - low) / (high - low)) * (width - 2 * PROFILE.edge);
  const axisOf = (i) => PROFILE.top + i * PROFILE.row + PROFILE.axis;
  const y = (i, side) => axisOf(i) + (side === "own" ? -PROFILE.lane : PROFILE.lane);
  const svg = s("svg", { class: "tp-profile", viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label });
  const key = (at, text, ...marks) => svg.append(...marks, s("text", { class: "tp-tick", x: 48, y: at + 4 }, text));
  PROFILE_SIDES.forEach((side, i) => key(10 + 18 * i, words[side], s("line", { class: `tp-line tp-line-${side}`, x1: 4, x2: 40, y1: 10 + 18 * i, y2: 10 + 18 * i }), profileMark(side, 22, 10 + 18 * i)));
  key(46, words.hollow, profileMark("own", 13, 46, true), profileMark("company", 31, 46, true));
  for (let answer = low; answer <= high; answer++) {
    svg.append(s("line", { class: "tp-gridline", x1: x(answer), x2: x(answer), y1: axisOf(0) - 14, y2: axisOf(rows.length - 1) + 16 }),
      s("text", { class: "tp-tick", x: x(answer), y: height - 6, "text-anchor": "middle" }, String(answer)));
  }
  rows.forEach((_, i) => svg.append(s("line", { class: "tp-axis", x1: x(low), x2: x(high), y1: axisOf(i), y2: axisOf(i) })));
  for (const side of PROFILE_SIDES) {
    for (const line of unbroken(rows, side)) svg.append(s("polyline", { class: `tp-line tp-line-${side}`, points: line.map((i) => `${x(rows[i][side])},${y(i, side)}`).join(" ") }));
  }
  rows.forEach((row, i) => {
    const at = PROFILE.top + i * PROFILE.row + 12;
    svg.append(s("text", { class: "tp-end", x: 0, y: at }, row.from),
      s("text", { class: "tp-end", x: width, y: at, "text-anchor": "end" }, row.to));
    for (const side of PROFILE_SIDES) {
      if (row[side] !== null) svg.append(profileMark(side, x(row[side]), y(i, side), !row.evidence, `${words[side]}: ${row[side]}`));
    }
  });
  return svg;
}

/** Runs of rows with an answer: the line stops where one was left open. */
function unbroken(rows, side) {
  const runs = [[]];
  rows.forEach((row, i) => {
    if (row[side] === null) runs.push([]);
    else runs.at(-1).push(i);
  });
  return runs.filter((run) => run.length > 1);
}
