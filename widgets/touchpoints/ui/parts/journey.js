// The journey curve: one mark a graded touchpoint along the contact cycle, the mean of each phase,
// the weakest link marked by a ring and its name.

const JOURNEY = { height: 230, left: 34, right: 14, top: 38, bottom: 34 };

/** Draw the curve into a width given in pixels, so that its texts keep their size on a phone. */
function drawJourney(rows, scores, width, { phases, name, say, lang }) {
  const ordered = phases.flatMap((p) => rows.filter((r) => r.contact_phase === p));
  const graded = ordered.filter((r) => r.grade !== null);
  const inner = width - JOURNEY.left - JOURNEY.right;
  const band = inner / phases.length;
  const y = (grade) => JOURNEY.top + ((grade - 1) / 5) * (JOURNEY.height - JOURNEY.top - JOURNEY.bottom);
  const x = (row) => {
    const own = graded.filter((r) => r.contact_phase === row.contact_phase);
    const start = JOURNEY.left + band * phases.indexOf(row.contact_phase);
    return start + (band * (own.indexOf(row) + 0.5)) / own.length;
  };
  const points = graded.map((row) => ({ row, x: x(row), y: y(row.grade) }));
  const svg = s("svg", {
    class: "tp-journey", viewBox: `0 0 ${width} ${JOURNEY.height}`, width, height: JOURNEY.height,
    role: "img", "aria-label": journeyLabel(graded, scores, say, name, lang),
  });
  phases.forEach((phase, i) => svg.append(
    s("rect", { class: i % 2 ? "tp-band" : "tp-band tp-band-other", x: JOURNEY.left + band * i, y: JOURNEY.top - 10,
      width: band, height: JOURNEY.height - JOURNEY.top - JOURNEY.bottom + 20 }),
    phaseName(word(say, "contact_phase", phase), JOURNEY.left + band * (i + 0.5), band)));
  for (let grade = 1; grade <= 6; grade++) {
    svg.append(
      s("line", { class: "tp-gridline", x1: JOURNEY.left, x2: width - JOURNEY.right, y1: y(grade), y2: y(grade) }),
      s("text", { class: "tp-tick", x: JOURNEY.left - 8, y: y(grade) + 4, "text-anchor": "end" }, String(grade)));
  }
  for (const summary of scores.phases) {
    const start = JOURNEY.left + band * phases.indexOf(summary.contact_phase);
    svg.append(s("line", { class: "tp-mean", x1: start + 4, x2: start + band - 4,
      y1: y(summary.mean_grade), y2: y(summary.mean_grade) }));
  }
  if (points.length > 1) {
    svg.append(s("polyline", { class: "tp-curve", points: points.map((p) => `${p.x},${p.y}`).join(" ") }));
  }
  for (const point of points) svg.append(journeyMark(point, name, say));
  const weak = points.find((p) => p.row.touchpoint === scores.weakest_link);
  if (weak) markWeakest(svg, weak, width, say, name);
  return svg;
}

/** The name of a phase over its band, on two lines where the band is narrow. */
function phaseName(text, x, band) {
  const cut = band < 90 ? text.search(/[ -]/) + 1 : 0;
  const line = (part, y) => s("tspan", { x, y }, part.trim());
  const lines = cut ? [line(text.slice(0, cut), 9), line(text.slice(cut), 21)] : [line(text, 14)];
  return s("text", { class: "tp-phase-name", "text-anchor": "middle" }, ...lines);
}

function journeyMark({ row, x, y }, name, say) {
  const title = s("title", {}, `${name(row)}: ${say("words", "column_grade")} ${row.grade}`);
  return row.medium === "online"
    ? s("rect", { class: "tp-mark tp-online", x: x - 4.5, y: y - 4.5, width: 9, height: 9 }, title)
    : s("circle", { class: "tp-mark tp-offline", cx: x, cy: y, r: 5 }, title);
}

function markWeakest(svg, { row, x, y }, width, say, name) {
  const anchor = x > width * 0.6 ? "end" : x < width * 0.4 ? "start" : "middle";
  const text = say("scorecard", "weakest", { name: shorten(name(row), 24), grade: row.grade });
  svg.append(
    s("circle", { class: "tp-weak-ring", cx: x, cy: y, r: 11 }),
    s("text", { class: "tp-weak-name", x, y: JOURNEY.height - 8, "text-anchor": anchor }, text),
    s("line", { class: "tp-weak-line", x1: x, x2: x, y1: y + 11, y2: JOURNEY.height - 20 }));
}

function journeyLabel(graded, scores, say, name, lang) {
  if (!graded.length) return say("scorecard", "journey_empty");
  const phases = scores.phases.map(
    (p) => `${word(say, "contact_phase", p.contact_phase)} ${decimal(p.mean_grade, lang)}`).join("; ");
  const weak = graded.find((r) => r.touchpoint === scores.weakest_link);
  return say("scorecard", "journey_label", { phases, weak: `${name(weak)} (${weak.grade})` });
}
