// Draws the charts of a page with Vega-Lite, in the page's colours, without eval.

document.addEventListener("DOMContentLoaded", () => {
  const TITLE_LETTER = 9.2; // width of a letter of a title in pixels, on the safe side
  const AXIS_LETTER = 6.6; // the same of an axis
  const NARROW = 480; // from here on a legend in one line and a long title of an axis have room
  const NAMES = 150; // room for names beside an axis, at most
  const boxes = [...document.querySelectorAll(".tp-chart")];

  // Text and lines have the colour of the text around them, so that a chart reads well in light, in dark and on paper.
  const INK = "currentColor";
  const AXIS = { labelColor: INK, titleColor: INK, tickColor: INK, domainColor: INK };
  const COLOURS = { title: { color: INK, subtitleColor: INK }, axis: AXIS, legend: { labelColor: INK, titleColor: INK }, header: AXIS, text: { color: INK }, rule: { color: INK } };
  const PHONE = { ...COLOURS, legend: { ...COLOURS.legend, columns: 1 } };

  /** Lines of at most so many letters; Vega-Lite doesn't break any text. */
  function broken(lines, fits) {
    if (lines.every((line) => line.length <= fits)) return lines;
    const made = [""];
    for (const word of lines.join(" ").split(" ")) {
      const longer = `${made.at(-1)} ${word}`.trim();
      if (made.at(-1) && longer.length > fits) made.push(word);
      else made[made.length - 1] = longer;
    }
    return made;
  }

  function breakTitle(spec, width) {
    const title = spec.title?.text ? spec.title : { text: spec.title ?? "" };
    return { ...spec, title: { ...title, text: broken([title.text].flat(), Math.floor(width / TITLE_LETTER)) } };
  }

  /** On a phone the title of a horizontal axis has the room that the names on its left leave. */
  function forPhone(text, width) {
    const fits = Math.floor((width - NAMES) / AXIS_LETTER);
    return JSON.parse(text, (key, value) =>
      key === "x" && typeof value?.title === "string" ? { ...value, title: broken([value.title], fits) } : value);
  }

  async function draw(box) {
    const script = box.querySelector("script");
    const target = box.querySelector(".tp-chart-view") ?? box.appendChild(document.createElement("div"));
    target.className = "tp-chart-view";
    try {
      const phone = box.clientWidth < NARROW;
      const given = phone ? forPhone(script.textContent, box.clientWidth) : JSON.parse(script.textContent);
      // A chart that names its width has no more room for its title than that.
      const spec = breakTitle(given, Math.min(box.clientWidth, Number.isFinite(given.width) ? given.width : Infinity));
      await touchpointVega.vegaEmbed(target, spec,
        { ast: true, actions: false, renderer: "svg", config: phone ? PHONE : COLOURS, tooltip: { disableDefaultStyle: true } });
      box.dataset.ready = "true";
    } catch (error) {
      console.warn(`touchpoint kit: ${error.message}`);
      target.textContent = touchpointHost.say("chart_failed");
      box.dataset.ready = "failed";
    }
  }

  boxes.forEach(draw);
  // When the window tells of its new size the page may still be moving its columns: look again.
  const rooms = new ResizeObserver(() => dispatchEvent(new Event("resize")));
  boxes.forEach(box => rooms.observe(box));
});
