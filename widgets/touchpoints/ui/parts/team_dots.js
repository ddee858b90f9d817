// A team's answers: for each shift one mark a member, piled up over the answer given, and the median.

const DOTS = { head: 40, foot: 32, gap: 14, plain: 6, numbered: 9.5, key: 18 };

/**
 * Draw the answers. Rows: {title, note, median, marks: [{answer, member}]}, in the order to be drawn.
 * Context: scale [low, high], label (what the picture shows), words {median}, and names: texts by member, or null.
 * Without names all marks are alike; with names each carries the member's number and the key below tells whose it is.
 */
function drawTeamDots(rows, width, { scale: [low, high], label, words, names }) {
  const radius = names ? DOTS.numbered : DOTS.plain;
  const step = width / (high - low + 1);
  const aLine = Math.max(1, Math.floor((step - 4) / (2 * radius + 1)));
  const x = (answer) => (answer - low + 0.5) * step;
  const svg = s("svg", { class: "tp-team-dots", role: "img", "aria-label": label });
  let top = 22;
  svg.append(medianMark(8, 3), s("text", { class: "tp-tick", x: 20, y: 13 }, words.median));
  for (const row of rows) top = drawPiles(svg, row, { top, width, scale: [low, high], x, radius, aLine, names });
  for (const [i, name] of (names ?? []).entries()) {
    svg.append(s("text", { class: "tp-tick", x: 0, y: top + 14 + i * DOTS.key }, `${i + 1}  ${name}`));
  }
  const height = top + (names ? names.length * DOTS.key + 8 : 0);
  for (const [name, value] of Object.entries({ viewBox: `0 0 ${width} ${height}`, width, height })) svg.setAttribute(name, value);
  return svg;
}

/** Draw a shift; returns where the next one begins. */
function drawPiles(svg, { title, note, median, marks }, { top, width, scale: [low, high], x, radius, aLine, names }) {
  const pitch = 2 * radius + 1;
  const piles = new Map();
  for (const mark of marks) piles.set(mark.answer, [...(piles.get(mark.answer) ?? []), mark]);
  const tallest = Math.max(1, ...[...piles.values()].map((pile) => Math.ceil(pile.length / aLine)));
  const axis = top + DOTS.head + tallest * pitch + 4;
  svg.append(s("text", { class: "tp-title", x: 0, y: top + 14 }, title), s("text", { class: "tp-tick", x: 0, y: top + 31 }, note),
    s("line", { class: "tp-axis", x1: 0, x2: width, y1: axis, y2: axis }));
  for (let answer = low; answer <= high; answer++) {
    svg.append(s("text", { class: "tp-tick", x: x(answer), y: axis + 26, "text-anchor": "middle" }, String(answer)));
  }
  if (median !== null) svg.append(medianMark(x(median), axis + 2));
  for (const [answer, pile] of piles) {
    pile.forEach(({ member }, i) => {
      const inLine = Math.min(aLine, pile.length - Math.floor(i / aLine) * aLine);
      const cx = x(answer) + ((i % aLine) - (inLine - 1) / 2) * pitch;
      const cy = axis - radius - 2 - Math.floor(i / aLine) * pitch;
      svg.append(s("circle", { class: "tp-dot", cx, cy, r: radius }));
      if (names) svg.append(s("text", { class: "tp-number", x: cx, y: cy + 3.5, "text-anchor": "middle" }, String(member + 1)));
    });
  }
  return axis + DOTS.foot + DOTS.gap;
}

/** A triangle that points up at the median. */
const medianMark = (x, y) => s("polygon", { class: "tp-median", points: `${x},${y} ${x + 7},${y + 11} ${x - 7},${y + 11}` });
