// The form of one scenario: an example to start from, the quality of each phase, and, folded, the other assumptions.

/** Build the form; `change(parameters)` takes the whole set. Returns the element and an update. */
function trustForm(letter, { say, limits, presets, phases, cycles, number, change, open, folded }) {
  const text = (key, values) => say("trust_simulator", key, values);
  const title = text(`scenario_${letter}`);
  const phaseName = (phase) => word(say, "contact_phase", phase);
  let present = null;
  const shows = [];
  const formats = { pct: (v) => `${number(v, 0)} %`, points: (v) => number(v, 0),
    weight: (v) => `× ${number(v, 1)}`, cycle: (v) => (v === 0 ? text("never") : String(v)) };

  function slider(parameter, format, more = {}) {
    const [low, high] = limits[parameter];
    const label = text(parameter);
    const { element, show } = sliderWithFigure({ label, name: `${title}: ${label}`, low, high, format,
      change: (value) => change(settledWith(present, parameter, value)), ...more });
    shows.push(() => show(present[parameter]));
    return element;
  }

  function perPhase(parameter, format) {
    const [low, high] = limits[parameter];
    return h("fieldset", { class: "tp-phases" }, h("legend", {}, text(parameter)), ...phases.map((phase, k) => {
      const { element, show } = sliderWithFigure({ label: phaseName(phase), name: `${title}: ${text(parameter)}, ${phaseName(phase)}`, low, high, format,
        change: (value) => change({ ...present, [parameter]: present[parameter].with(k, value) }) });
      shows.push(() => show(present[parameter][k]));
      return element;
    }));
  }

  const preset = choice(text("preset"), [...Object.keys(presets).map((key) => [key, text(`preset_${key}`)]), ["own", text("preset_own")]], "own",
    (key) => (key === "own" ? update(present) : change(presets[key])));
  preset.querySelector("select").setAttribute("aria-label", `${title}: ${text("preset")}`);
  const mishapPhase = choice(text("mishap_phase"), phases.map((phase) => [phase, phaseName(phase)]), present,
    (phase) => change({ ...present, mishap_phase: phase }));
  mishapPhase.querySelector("select").setAttribute("aria-label", `${title}: ${text("mishap_phase")}`);
  const details = h("details", { open, ontoggle: () => folded(details.open) }, h("summary", {}, text("more")),
    slider("bad_weight", formats.weight, { step: 0.1 }), slider("carry_over_pct", formats.pct), slider("word_of_mouth_pct", formats.pct),
    slider("forget_pct", formats.pct), slider("mishap_cycle", formats.cycle, { high: cycles }), mishapPhase,
    slider("leave_below_points", formats.points, { low: -30 }), slider("start_points", formats.points, { low: -20, high: 20 }),
    perPhase("deposit_points", formats.points));
  const element = h("fieldset", { class: `tp-scenario tp-scenario-${letter}` }, h("legend", {}, title), preset, perPhase("good_pct", formats.pct), details);

  function update(parameters) {
    present = parameters;
    for (const show of shows) show();
    mishapPhase.querySelector("select").value = present.mishap_phase;
    preset.querySelector("select").value = Object.keys(presets).find((key) => sameParameters(presets[key], present)) ?? "own";
  }
  return { element, update };
}

/** Change one parameter; carry-over and word of mouth share the whole, so the other gives way. */
function settledWith(parameters, name, value) {
  const changed = { ...parameters, [name]: value };
  const other = { carry_over_pct: "word_of_mouth_pct", word_of_mouth_pct: "carry_over_pct" }[name];
  if (other) changed[other] = Math.min(changed[other], 100 - value);
  return changed;
}

const sameParameters = (a, b) => Object.keys(a).every((key) => String(a[key]) === String(b[key]));
