// Undo and redo over snapshots. Snapshots share their unchanged parts, so they cost little.

class History {
  constructor(present, limit = 200) {
    this.past = [];
    this.future = [];
    this.present = present;
    this.limit = limit;
    this.tag = null;
  }

  /** Record a new state. Steps with the same tag (a slider being dragged) count as one. */
  push(state, tag = null) {
    if (tag === null || tag !== this.tag) this.past.push(this.present);
    if (this.past.length > this.limit) this.past.shift();
    this.tag = tag;
    this.present = state;
    this.future = [];
  }

  undo() {
    return this.#step(this.past, this.future);
  }

  redo() {
    return this.#step(this.future, this.past);
  }

  #step(from, to) {
    if (!from.length) return null;
    to.push(this.present);
    this.present = from.pop();
    this.tag = null;
    return this.present;
  }
}

/** Buttons and keys that go back and forth in a history; `apply` shows a state, `announce` tells what was done. */
function historyControls(history, say, { apply, announce }) {
  function step(wanted) {
    const state = history[wanted]();
    if (state === null) return;
    apply(state);
    announce(say("common", wanted === "undo" ? "undone" : "redone"));
  }
  const [undo, redo] = ["undo", "redo"].map((wanted) =>
    h("button", { type: "button", class: "tp-button", onclick: () => step(wanted) }, say("common", wanted)));
  return {
    buttons: [undo, redo],
    onkeydown(event) {
      const wanted = wantedStep(event);
      if (wanted) step(wanted);
    },
    update() {
      undo.disabled = !history.past.length;
      redo.disabled = !history.future.length;
    },
  };
}

/** The step that a key asks for ("undo", "redo" or null); in a text field keys are the field's own. */
function wantedStep(event) {
  if (!(event.ctrlKey || event.metaKey) || event.target.matches("input[type=text], input[type=number]")) return null;
  const key = event.key.toLowerCase();
  const wanted = key === "y" || (event.shiftKey && key === "z") ? "redo" : key === "z" ? "undo" : null;
  if (wanted) event.preventDefault();
  return wanted;
}
