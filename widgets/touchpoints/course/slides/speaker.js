// The speaker's window: the same deck with its notes and a clock, in step with the window on the wall.
//
// Both windows tell each other by messages where they are; this works from file:// and needs no inline script.

(() => {
  if (!touchpointDeck.roomy || touchpointDeck.printed) return;
  let other = touchpointDeck.speaker ? opener : null;

  const tell = () => other?.postMessage({ touchpointSlide: Reveal.getIndices() }, "*");

  addEventListener("message", (event) => {
    if (event.source !== other || typeof event.data !== "object") return;
    if (event.data?.touchpointHello) tell();
    const { h, f } = event.data?.touchpointSlide ?? {};
    if (Number.isInteger(h)) Reveal.slide(h, 0, Number.isInteger(f) ? f : undefined);
  });
  for (const change of ["slidechanged", "fragmentshown", "fragmenthidden"]) Reveal.on(change, tell);

  function open() {
    const address = new URL(location.href);
    address.searchParams.set("speaker", "");
    other = window.open(address, "touchpoint-speaker", "width=1280,height=720");
  }

  if (touchpointDeck.speaker) {
    Reveal.on("ready", () => other?.postMessage({ touchpointHello: true }, "*"));
    startClock();
    return;
  }
  Reveal.addKeyBinding({ keyCode: 83, key: "S", description: "Speaker view" }, open);
  for (const button of document.querySelectorAll(".tp-slide-open-speaker")) {
    button.hidden = false;
    button.addEventListener("click", open);
  }

  /** Minutes since the window was opened, and the minute at which the present slide should be over. */
  function startClock() {
    const clock = document.querySelector(".tp-slide-clock");
    const begun = Date.now();
    const write = () => {
      const minutes = Math.floor((Date.now() - begun) / 60_000);
      const until = Reveal.getCurrentSlide()?.dataset.until;
      clock.textContent = until ? `minute ${minutes}, this until ${until}` : `minute ${minutes}`;
    };
    clock.hidden = false;
    Reveal.on("ready", write);
    Reveal.on("slidechanged", write);
    setInterval(write, 5_000);
  }
})();
