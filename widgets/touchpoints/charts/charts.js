// Draws the charts of a page with Vega-Lite, in the page's colours, without eval.

document.addEventListener("DOMContentLoaded", () => {
  const TITLE_LETTER = 9.2; // width of a letter of a title in pixels, on the safe side
  const boxes = [...document.querySelectorAll(".tp-chart")];

  // Text and lines have the colour of the text around them, so that a chart reads well in light, in dark and on paper.
  const INK = "currentColor";
  const AXIS = { labelColor: INK, titleColor: INK, tickColor: INK, domainColor: INK };
  const COLOURS = { title: { color: INK, subtitleColor: INK }, axis: AXIS, legend: { labelColor: INK, titleColor: INK }, header: AXIS, text: { color: INK }, rule: { color: INK } };

  /** Vega-Lite doesn't break titles: break them where the room ends. */
  function breakTitle(spec, width) {
    const title = spec.title?.text ? spec.title : { text: spec.title ?? "" };
    const given = [title.text].flat();
    const fits = Math.floor(width / TITLE_LETTER);
    if (given.every((line) => line.length <= fits)) return spec;
    const lines = [""];
    for (const word of given.join(" ").split(" ")) {
      const longer = `${lines.at(-1)} ${word}`.trim();
      if (lines.at(-1) && longer.length > fits) lines.push(word);
      else lines[lines.length - 1] = longer;
    }
    return { ...spec, title: { ...title, text: lines } };
  }

  async function draw(box) {
    const script = box.querySelector("script");
    const target = box.querySelector(".tp-chart-view") ?? box.appendChild(document.createElement("div"));
    target.className = "tp-chart-view";
    try {
      const given = JSON.parse(script.textContent);
      // A chart that names its width has no more room for its title than that.
      const spec = breakTitle(given, Math.min(box.clientWidth, Number.isFinite(given.width) ? given.width : Infinity));
      await touchpointVega.vegaEmbed(target, spec,
        { ast: true, actions: false, renderer: "svg", config: COLOURS, tooltip: { disableDefaultStyle: true } });
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
