// Turns the list of slides into a presentation (reveal.js) where there is room for one.
//
// Loaded before the host and the charts: slides have their sizes when tools and charts are drawn.

const touchpointDeck = (() => {
  const asked = new URLSearchParams(location.search);
  const printed = asked.has("print-pdf");
  const root = document.documentElement;
  const TOOLS = ".tp-slide-tool, .tp-chart, input, select, textarea, button, summary";
  /** How far a chart is enlarged at most. */
  const LARGEST = 1.9;

  const dark = matchMedia("(prefers-color-scheme: dark)");
  const colour = (theme) => { root.dataset.theme = theme; };
  const turn = () => colour(root.dataset.theme === "dark" ? "light" : "dark");
  colour(dark.matches && !printed ? "dark" : "light");

  /** The size of a slide: wide, or for a screen of 4:3 higher. */
  const size = () => (innerWidth / innerHeight < 1.5 ? { width: 1120, height: 840 } : { width: 1280, height: 720 });

  /** Keys within a tool are the tool's; the keys of a remote control turn pages from everywhere but a field. */
  function isOurs(event) {
    const inside = event.target.closest?.(TOOLS);
    if (!inside) return true;
    if (event.key === "Escape") { event.target.blur(); return false; }
    return (event.key === "PageDown" || event.key === "PageUp") && !event.target.matches("input, select, textarea");
  }

  /** Enlarge a chart as far as its place allows. */
  function enlarge(box) {
    const place = box.parentElement;
    const view = box.querySelector("svg");
    if (!view || !place.clientWidth) return;
    const width = Math.max(box.scrollWidth, Number(view.getAttribute("width")));
    const height = box.scrollHeight;
    box.style.setProperty("--drawn", `${width}px`);
    const larger = Math.min(LARGEST, place.clientWidth / width, place.clientHeight / height);
    box.style.setProperty("--larger", Math.max(0.5, Math.floor(larger * 100) / 100));
  }

  /** On paper a tool can't be scrolled: let all of it be seen. */
  function shrink(live) {
    const place = live.parentElement;
    const larger = Math.min(1.2, place.clientHeight / (live.offsetHeight + 24));
    place.style.setProperty("--larger", Math.max(0.5, Math.floor(larger * 100) / 100));
  }

  /** Draw charts and tools at their sizes, now and when these change. */
  function fit(deck) {
    const follow = (elements, change) => {
      const seen = new ResizeObserver((entries) => entries.forEach((entry) => change(entry.target)));
      elements.forEach((element) => seen.observe(element));
    };
    const charts = deck.querySelectorAll("figure .tp-chart");
    follow(charts, enlarge);
    const drawn = new MutationObserver((changes) => changes.forEach((change) => enlarge(change.target)));
    charts.forEach((chart) => drawn.observe(chart, { attributes: true, attributeFilter: ["data-ready"] }));
    if (printed) follow(deck.querySelectorAll(".tp-slide-tool > .tp-live"), shrink);
  }

  function present(deck) {
    root.classList.add("tp-presenting");
    deck.classList.add("reveal");
    Reveal.initialize({
      ...size(),
      margin: 0,
      center: false,
      hash: true,
      slideNumber: "c/t",
      // All slides keep their sizes, also while they are out of sight: charts are drawn into them.
      viewDistance: 1000,
      mobileViewDistance: 1000,
      scrollActivationWidth: null,
      transition: "none",
      backgroundTransition: "none",
      showNotes: asked.has("speaker"),
      keyboardCondition: isOurs,
    });
    Reveal.addKeyBinding({ keyCode: 68, key: "D", description: "Dark or light" }, turn);
    // A role of an application would take the keys of screen readers away; slides are text.
    Reveal.on("ready", () => deck.removeAttribute("role"));
    addEventListener("resize", () => {
      const { width, height } = size();
      if (width !== Reveal.getConfig().width) Reveal.configure({ width, height });
    });
    for (const button of deck.querySelectorAll(".tp-slide-turn")) {
      button.hidden = false;
      button.addEventListener("click", turn);
    }
  }

  const roomy = printed || matchMedia("(min-width: 701px)").matches;
  const deck = document.querySelector(".tp-deck");
  deck.classList.toggle("tp-fixed", roomy);
  root.classList.toggle("tp-paper", printed);
  if (roomy && !printed) present(deck);
  if (roomy) fit(deck);
  return { roomy, printed, speaker: asked.has("speaker") };
})();
