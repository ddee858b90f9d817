// What drawings share: round steps of an axis, grid lines, and panels beside or below each other.

/** Round steps from low to high, about five, none smaller than `least`. */
function niceTicks(low, high, least = 0) {
  const raw = (high - low || 1) / 5;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = Math.max(least, [1, 2, 5, 10].map((m) => m * power).find((wide) => wide >= raw));
  const first = Math.floor(low / step);
  return Array.from({ length: Math.ceil(high / step) - first + 1 }, (_, i) => (first + i) * step);
}

/** The place of a value between two: `low` stands at the bottom of what begins at `top`. */
function verticalScale(low, high, top, tall) {
  return (value) => top + ((high - value) / (high - low)) * tall;
}

/** A line and a figure for each value of the vertical axis; zero stands out if asked for. */
function gridLines(values, y, { left, right, format, zero = false }) {
  return values.flatMap((value) => [
    s("line", { class: zero && value === 0 ? "tp-zero" : "tp-gridline", x1: left, x2: right, y1: y(value), y2: y(value) }),
    s("text", { class: "tp-tick", x: left - 6, y: y(value) + 4, "text-anchor": "end" }, format(value))]);
}

/** Two panels of a height: side by side where there is room, else one below the other. */
function twoPanels(width, tall, { gap, narrow }) {
  const wide = width >= narrow;
  return {
    panel: wide ? (width - gap) / 2 : width,
    height: wide ? tall : 2 * tall + gap,
    place: (i) => (wide ? `translate(${(i * (width + gap)) / 2} 0)` : `translate(0 ${i * (tall + gap)})`),
  };
}
