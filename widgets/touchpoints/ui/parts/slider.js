// A slider with its figure beside it.

/** One slider; returns the element and a function that shows a value. */
function sliderWithFigure({ label, name, low, high, step = 1, format, change }) {
  const input = h("input", { type: "range", min: low, max: high, step, "aria-label": name, oninput: () => change(Number(input.value)) });
  const output = h("output", {});
  const show = (value) => {
    input.value = String(value);
    output.textContent = format(value);
    input.setAttribute("aria-valuetext", format(value));
  };
  return { element: h("label", { class: "tp-slider" }, h("span", {}, label), input, output), show };
}
