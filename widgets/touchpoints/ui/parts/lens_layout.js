// Where everything of the lens stands: lanes one below the other, one line a touchpoint, grades from left to right.

const LENS = { row: 24, top: 40, gap: 6, pad: 4, head: 24, closed: 34, right: 24, left: 8, narrow: 520 };

/**
 * Places of lanes and marks in a width given in pixels, so that texts keep their size on a phone.
 * A lane that is closed (its touchpoints not shown) has one line; its marks wait behind the mean.
 */
function layoutLens(lanes, width, open) {
  const narrow = width < LENS.narrow;
  const lane = narrow ? 0 : Math.min(170, Math.round(width * 0.19));
  const names = narrow ? Math.round(width * 0.4) : lane + Math.min(200, Math.round(width * 0.265));
  const plot = { from: names + 14, to: width - LENS.right };
  const x = (grade) => plot.from + ((grade - 1) / 5) * (plot.to - plot.from);
  const places = new Map();
  let y = LENS.top;
  const placed = lanes.map((one) => {
    const head = open && narrow ? LENS.head : 0;
    const height = open ? head + one.marks.length * LENS.row + 2 * LENS.pad : LENS.closed;
    one.marks.forEach((mark, i) => places.set(mark.touchpoint, open
      ? { x: x(mark.mean_grade), y: y + LENS.pad + head + (i + 0.5) * LENS.row }
      : { x: x(one.mean_grade), y: y + height / 2 }));
    const box = { lane: one, y, height, line: open ? y + LENS.pad + LENS.row / 2 : y + height / 2, mean: x(one.mean_grade) };
    y += height + LENS.gap;
    return box;
  });
  return { lanes: placed, places, plot, x, width, narrow, open, height: y - LENS.gap + LENS.pad,
    column: { lane: LENS.left, laneEnd: open && !narrow ? lane - 8 : names, name: lane + LENS.left, nameEnd: names } };
}
