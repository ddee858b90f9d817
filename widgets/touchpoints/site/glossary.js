// Shows what a term of the glossary means where it is used: on hover, on focus, on the first tap.
// It stays while pointer or focus stay, can be pointed at itself, and goes with Escape (WCAG 1.4.13).

document.addEventListener("DOMContentLoaded", () => {
  const GRACE = 250; // milliseconds in which the pointer may cross from the link to the definition
  const MARGIN = 8;
  const tip = document.createElement("div");
  tip.className = "tp-definition";
  tip.id = "tp-definition";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  document.body.append(tip);
  let shown = null;
  let leaving = 0;

  function line(className, text, lang) {
    const el = document.createElement("p");
    el.className = className;
    el.textContent = text;
    if (lang) el.lang = lang;
    return el;
  }

  /** Under the link, above it where there is no room, and never outside the window. */
  function place(link) {
    const [at] = link.getClientRects();
    const below = at.bottom + MARGIN + tip.offsetHeight <= innerHeight || at.top < tip.offsetHeight + MARGIN;
    const room = document.documentElement.clientWidth - tip.offsetWidth - MARGIN;
    tip.style.left = `${scrollX + Math.max(MARGIN, Math.min(at.left, room))}px`;
    tip.style.top = `${scrollY + (below ? at.bottom + 2 : at.top - tip.offsetHeight - 2)}px`;
  }

  function show(link, definition, byTouch = false) {
    hide();
    tip.replaceChildren(line("tp-meaning", definition.meaning), line("tp-german", definition.german));
    if (byTouch) tip.append(line("tp-again", "Tap the word again to open the glossary."));
    tip.hidden = false;
    place(link);
    link.setAttribute("aria-describedby", tip.id);
    shown = link;
  }

  function hide() {
    clearTimeout(leaving);
    tip.hidden = true;
    shown?.removeAttribute("aria-describedby");
    shown = null;
  }

  const stay = () => clearTimeout(leaving);
  const leave = ({ pointerType }) => {
    if (pointerType === "touch" || document.activeElement === shown) return;
    clearTimeout(leaving);
    leaving = setTimeout(hide, GRACE);
  };

  for (const link of document.querySelectorAll('a[href*="#term-"]')) {
    const definition = DEFINITIONS[link.hash.slice(1)];
    if (!definition || !link.querySelector(".std-term")) continue;
    let firstTap = false;
    link.addEventListener("pointerdown", ({ pointerType }) => { firstTap = pointerType === "touch" && shown !== link; });
    link.addEventListener("pointerenter", ({ pointerType }) => {
      stay();
      if (pointerType !== "touch" && shown !== link) show(link, definition);
    });
    link.addEventListener("pointerleave", leave);
    link.addEventListener("focus", () => { if (shown !== link) show(link, definition); });
    link.addEventListener("blur", hide);
    link.addEventListener("click", (event) => {
      if (!firstTap) return;
      firstTap = false;
      event.preventDefault();
      show(link, definition, true);
    });
  }
  tip.addEventListener("pointerenter", stay);
  tip.addEventListener("pointerleave", leave);
  document.addEventListener("keydown", ({ key }) => { if (key === "Escape") hide(); });
  document.addEventListener("pointerdown", ({ target }) => { if (shown && target !== tip && !tip.contains(target) && !shown.contains(target)) hide(); });
  addEventListener("resize", () => { if (shown) place(shown); });
});
