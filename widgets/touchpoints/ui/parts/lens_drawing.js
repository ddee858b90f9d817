// The drawing of the lens. Each touchpoint is one group of the SVG for as long as it is shown: a new
// arrangement only moves it, and the style sheet makes the move a glide.

let ruler = null;
const fitted = new Map();

/** Shorten a text until it fits into a room of pixels; measured once, for a switch must be quick. */
function fitText(text, room, font) {
  const key = `${font} ${room} ${text}`;
  if (!fitted.has(key)) fitted.set(key, measured(text, room, font));
  return fitted.get(key);
}

function measured(text, room, font) {
  ruler ??= h("canvas", {}).getContext("2d");
  ruler.font = font;
  if (ruler.measureText(text).width <= room) return text;
  const letters = Array.from(text);
  let [low, high] = [0, Math.min(letters.length, 80)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (ruler.measureText(letters.slice(0, middle).join("") + "…").width <= room) low = middle;
    else high = middle - 1;
  }
  return letters.slice(0, low).join("").trimEnd() + "…";
}

const LENS_FONT = "system-ui, sans-serif";

class LensDrawing {
  /** point(mark or null): the reader points at a mark, or at none. */
  constructor(point) {
    this.axis = s("g", { "aria-hidden": "true" });
    this.lanes = s("g", { "aria-hidden": "true" });
    this.marks = s("g", {});
    this.svg = s("svg", { class: "tp-lens", role: "group", onkeydown: (event) => this.#key(event),
      onpointerleave: () => point(this.focused), onfocusout: () => { this.focused = null; point(null); } },
    this.axis, this.lanes, this.marks);
    this.point = point;
    this.shown = new Map();
    this.order = [];
    this.focused = null;
  }

  /** Bring the drawing to a layout; `glide` tells whether marks move there or stand there at once. */
  paint(layout, words, { label, glide }) {
    this.svg.classList.toggle("tp-glide", glide);
    this.svg.classList.toggle("tp-closed", !layout.open);
    for (const [name, value] of Object.entries({ viewBox: `0 0 ${layout.width} ${layout.height}`, width: layout.width, height: layout.height, "aria-label": label })) {
      this.svg.setAttribute(name, value);
    }
    this.axis.replaceChildren(...drawAxis(layout, words));
    this.lanes.replaceChildren(...layout.lanes.map((box) => drawLane(box, layout, words)));
    this.#paintMarks(layout, words);
  }

  #paintMarks(layout, words) {
    this.order = layout.lanes.flatMap((box) => box.lane.marks);
    const keys = new Set(this.order.map((m) => m.touchpoint));
    for (const [key, view] of this.shown) if (!keys.has(key)) { view.element.remove(); this.shown.delete(key); }
    const first = this.order[0]?.touchpoint;
    if (!keys.has(this.current)) this.current = first;
    for (const mark of this.order) {
      let view = this.shown.get(mark.touchpoint);
      if (!view) {
        view = this.#newMark();
        this.shown.set(mark.touchpoint, view);
      }
      view.mark = mark;
      paintMark(view, layout, words, mark.touchpoint === this.current);
      if (!view.element.parentNode) this.marks.append(view.element);
    }
    this.focused = this.focused && this.order.find((m) => m.touchpoint === this.focused.touchpoint);
  }

  #newMark() {
    const view = { hit: s("rect", { class: "tp-lens-hit", height: LENS.row, y: -LENS.row / 2, rx: 4 }), name: s("text", { class: "tp-lens-name", y: 4 }),
      at: s("g", { class: "tp-lens-at" }) };
    view.element = s("g", { class: "tp-lens-mark", role: "img",
      onpointerenter: () => this.point(view.mark),
      onfocus: () => { this.focused = view.mark; this.#rove(view.mark.touchpoint); this.point(view.mark); } }, view.hit, view.name, view.at);
    return view;
  }

  #rove(key) {
    this.shown.get(this.current)?.element.setAttribute("tabindex", "-1");
    this.current = key;
    this.shown.get(key).element.setAttribute("tabindex", "0");
  }

  #key(event) {
    const at = this.order.findIndex((m) => m.touchpoint === this.current);
    const to = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: this.order.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = this.order[Math.max(0, Math.min(to, this.order.length - 1))];
    this.shown.get(next.touchpoint).element.focus();
  }
}

function drawAxis({ x, plot, height, width }, { tell, own }) {
  const grades = [1, 2, 3, 4, 5, 6];
  const end = (grade, text, anchor) => s("text", { class: "tp-tick", x: x(grade) + (anchor === "end" ? 4 : -4), y: 30, "text-anchor": anchor }, text);
  return [
    ...grades.flatMap((grade) => [
      s("line", { class: "tp-gridline", x1: x(grade), x2: x(grade), y1: LENS.top - 6, y2: height - LENS.pad }),
      s("text", { class: "tp-tick", x: x(grade), y: 15, "text-anchor": "middle" }, String(grade))]),
    end(1, tell("best"), "start"), end(6, tell("worst"), "end"),
    s("text", { class: "tp-lens-axis", x: LENS.left, y: 15 }, fitText(tell(own ? "axis_own" : "axis"), plot.from - LENS.left - 12, `600 12px ${LENS_FONT}`)),
  ];
}

/** A lane: its ground, its name, the mean of its contacts with the interval as a band. */
function drawLane({ lane, y, height, mean }, { width, narrow, open, x, column }, words) {
  const inHead = open && narrow;
  const top = inHead ? LENS.head : LENS.pad;
  const bar = { y: top, height: height - top - LENS.pad };
  const meta = words.tell(lane.low === null ? "lane_own" : "lane", { mean: words.grade(lane.mean_grade), n: words.count(lane.n) });
  const room = inHead ? width - 150 : column.laneEnd - column.lane;
  const at = inHead ? { x: width - LENS.left, y: 16, "text-anchor": "end" } : { x: column.lane, y: 28 };
  return s("g", { class: lane.small_cell ? "tp-lens-lane tp-hollow" : "tp-lens-lane", transform: `translate(0, ${y})` },
    s("rect", { class: "tp-lens-ground", x: 0, y: 0, width, height, rx: 6 }),
    s("text", { class: "tp-lens-title", x: column.lane, y: inHead ? 17 : 15 }, fitText(words.laneName(lane), room, `600 13px ${LENS_FONT}`)),
    s("text", { class: "tp-lens-meta", ...at }, meta),
    lane.low === null ? null : s("rect", { class: "tp-lens-band", x: x(lane.low), width: x(lane.high) - x(lane.low), rx: 2, ...bar }),
    s("rect", { class: "tp-lens-mean", x: mean - 2, width: 4, rx: 1, ...bar }));
}

/** Bring one mark up to date: its place, its name, its interval, what marks it as hidden. */
function paintMark({ element, hit, name, at, mark }, layout, words, current) {
  const { x, column, width } = layout;
  const place = layout.places.get(mark.touchpoint);
  element.style.transform = `translate(0px, ${place.y}px)`;
  at.style.transform = `translate(${place.x}px, 0px)`;
  element.setAttribute("class", `tp-lens-mark${mark.hidden ? " tp-is-hidden" : ""}${mark.small_cell ? " tp-hollow" : ""}`);
  element.setAttribute("data-key", mark.touchpoint);
  element.setAttribute("tabindex", current ? "0" : "-1");
  element.setAttribute("aria-label", words.sentence(mark));
  hit.setAttribute("x", column.name - 4);
  hit.setAttribute("width", width - column.name);
  name.setAttribute("x", column.name);
  name.textContent = fitText(words.name(mark), column.nameEnd - column.name, `${mark.hidden ? 700 : 400} 13px ${LENS_FONT}`);
  const offset = (grade) => x(grade) - x(mark.mean_grade);
  const right = mark.high === null ? 0 : offset(mark.high);
  const left = mark.low === null ? 0 : offset(mark.low);
  const gap = gapLabel(Math.max(right, 11) + 5, Math.min(left, -11) - 5, place.x, layout);
  at.replaceChildren(
    right === left ? "" : s("line", { class: "tp-lens-interval", x1: left, x2: right, y1: 0, y2: 0 }),
    mark.medium === "online" ? s("rect", { class: "tp-lens-dot", x: -5, y: -5, width: 10, height: 10 }) : s("circle", { class: "tp-lens-dot", r: 5.5, cx: 0, cy: 0 }),
    ...(mark.hidden ? [s("circle", { class: "tp-lens-ring", r: 10.5, cx: 0, cy: 0 }),
      gap && s("text", { class: "tp-lens-gap", y: 4, ...gap }, `+${words.grade(mark.gap_grades)}`)].filter((el) => el) : []));
}

const GAP_ROOM = 40;

/** Where the gap stands beside its mark: behind the interval, else before it, else nowhere (the text names it too). */
function gapLabel(right, left, at, { width, plot }) {
  if (at + right + GAP_ROOM <= width) return { x: right, "text-anchor": "start" };
  return at + left - GAP_ROOM >= plot.from ? { x: left, "text-anchor": "end" } : null;
}
