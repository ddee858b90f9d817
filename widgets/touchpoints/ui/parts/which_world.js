// "Which world is this?": a guess, the answer, and why the answer could not be read off the table.

/** The panel below one of the worlds; guesses: {letter: world}, told once the reader has asked. */
function whichWorldPanel(letter, worlds, guesses, { say, uid, guess, showControl, announce }) {
  const answer = worlds[letter];
  const told = guesses[letter];
  const result = h("p", { class: "tp-answer", role: "status" });
  const choices = segments(say("fan_explorer", "guess"), ["effect", "halo", "mixed"].map((w) => [w, say("fan_explorer", w)]),
    told ?? null, () => {}, `${uid}-world`);
  const chosen = () => choices.querySelector("input:checked")?.value;
  const show = (world) => {
    const verdict = say("fan_explorer", world === answer ? "right" : "wrong", { world: say("fan_explorer", answer) });
    result.replaceChildren(h("strong", {}, verdict), " ", say("fan_explorer", "lesson"));
  };
  if (told) show(told);
  return h("div", { class: "tp-panel tp-which" }, h("h3", {}, say("fan_explorer", "which")),
    h("p", { class: "tp-note" }, say("fan_explorer", "which_text")), choices,
    h("p", {}, h("button", { type: "button", class: "tp-button", onclick: () => {
      if (!chosen()) { announce(say("fan_explorer", "guess_first")); return; }
      show(chosen());
      guess(letter, chosen());
    } }, say("fan_explorer", "tell"))), result,
    h("p", { class: "tp-note" }, h("button", { type: "button", class: "tp-button", onclick: showControl }, say("fan_explorer", "control")), " ",
      say("fan_explorer", "control_note")));
}
