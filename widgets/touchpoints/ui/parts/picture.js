// Pictures of a drawing (an SVG of ours): as SVG with its colours written in, as PNG painted on a canvas.
//
// The PNG is painted shape by shape. The usual way, loading the SVG as an image, needs data: or blob: images,
// which a strict Content-Security-Policy forbids.

const PICTURE_STYLES = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "opacity",
  "font-family", "font-size", "font-weight", "text-anchor", "paint-order", "stroke-linejoin"];

/** Ground of a picture: that of the widget, so that light text stays on a dark ground. */
function groundOf(svg) {
  return getComputedStyle(svg.closest(".tp-widget") ?? svg).backgroundColor;
}

/** A copy of the drawing that needs no style sheet: its styles as attributes. */
function styledCopy(svg) {
  const copy = svg.cloneNode(true);
  const originals = [...svg.querySelectorAll("*")];
  [...copy.querySelectorAll("*")].forEach((el, i) => {
    const style = getComputedStyle(originals[i]);
    if (isUnseen(style)) el.remove();
    for (const name of PICTURE_STYLES) el.setAttribute(name, style.getPropertyValue(name));
    if (style.transform !== "none") el.setAttribute("transform", style.transform);
    for (const name of ["class", "style", "tabindex", "role"]) el.removeAttribute(name);
  });
  copy.removeAttribute("class");
  return copy;
}

/** The drawing as a text that stands alone: styles as attributes, a title, a ground, the source below. */
function svgText(svg, title, source) {
  const copy = styledCopy(svg);
  const { width, height } = sizeOf(svg);
  copy.setAttribute("xmlns", SVG);
  copy.setAttribute("width", width);
  copy.setAttribute("height", height + SOURCE_HEIGHT);
  copy.setAttribute("viewBox", `0 0 ${width} ${height + SOURCE_HEIGHT}`);
  copy.prepend(s("title", {}, title), s("rect", { width, height: height + SOURCE_HEIGHT, fill: groundOf(svg) }));
  copy.append(s("text", { x: 8, y: height + SOURCE_HEIGHT - 8, fill: getComputedStyle(svg).color,
    "font-family": "sans-serif", "font-size": SOURCE_SIZE }, source));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy).replace(NOT_XML, "")}\n`;
}

/** Characters that a name may hold and XML may not. */
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

function isUnseen(style) {
  return style.visibility === "hidden" || style.display === "none";
}

const SOURCE_HEIGHT = 24;
const SOURCE_SIZE = 11;

function sizeOf(svg) {
  const { width, height } = svg.viewBox.baseVal;
  return { width, height };
}

/** The outline of a basic shape, or null for what has none. */
function outline(el) {
  const at = (name) => el[name].baseVal.value;
  const path = new Path2D();
  switch (el.tagName) {
    case "path": return new Path2D(el.getAttribute("d"));
    case "rect": path.roundRect(at("x"), at("y"), at("width"), at("height"), at("rx")); return path;
    case "circle": path.arc(at("cx"), at("cy"), at("r"), 0, 2 * Math.PI); return path;
    case "line": path.moveTo(at("x1"), at("y1")); path.lineTo(at("x2"), at("y2")); return path;
    case "polyline": case "polygon":
      [...el.points].forEach((p) => path.lineTo(p.x, p.y));
      if (el.tagName === "polygon") path.closePath();
      return path;
    default: return null;
  }
}

function paintShape(context, el, style) {
  const path = outline(el);
  if (style.fill !== "none") {
    context.globalAlpha = style.opacity * style.fillOpacity;
    context.fillStyle = style.fill;
    context.fill(path);
  }
  if (style.stroke !== "none" && parseFloat(style.strokeWidth) > 0) {
    context.globalAlpha = style.opacity * style.strokeOpacity;
    context.strokeStyle = style.stroke;
    context.lineWidth = parseFloat(style.strokeWidth);
    context.setLineDash(style.strokeDasharray === "none" ? [] : style.strokeDasharray.split(/[ ,]+/).map(parseFloat));
    context.stroke(path);
  }
}

/** Paint a text, or each line of it: lines are <tspan> with a place of their own. A stroke is a halo behind the letters. */
function paintText(context, el, style) {
  context.globalAlpha = style.opacity * style.fillOpacity;
  context.strokeStyle = style.stroke;
  context.lineWidth = parseFloat(style.strokeWidth);
  context.lineJoin = "round";
  context.fillStyle = style.fill;
  context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  context.textAlign = { start: "left", middle: "center", end: "right" }[style.textAnchor];
  const lines = [...el.querySelectorAll("tspan")];
  for (const line of lines.length ? lines : [el]) {
    const at = [line.textContent, line.x.baseVal[0]?.value ?? 0, line.y.baseVal[0]?.value ?? 0];
    if (style.stroke !== "none") context.strokeText(...at);
    context.fillText(...at);
  }
}

/** Paint the drawing on a canvas, with more pixels than the screen has. */
function paintPicture(svg, source, scale = 2) {
  const { width, height } = sizeOf(svg);
  const canvas = h("canvas", { width: Math.round(width * scale), height: Math.round((height + SOURCE_HEIGHT) * scale) });
  const context = canvas.getContext("2d");
  context.scale(scale, scale);
  context.fillStyle = groundOf(svg);
  context.fillRect(0, 0, width, height + SOURCE_HEIGHT);
  const origin = svg.getScreenCTM().inverse();
  for (const el of svg.querySelectorAll("path, rect, circle, line, polyline, polygon, text")) {
    const style = getComputedStyle(el);
    if (isUnseen(style)) continue;
    const place = origin.multiply(el.getScreenCTM());
    context.save();
    context.transform(place.a, place.b, place.c, place.d, place.e, place.f);
    if (el.tagName === "text") paintText(context, el, style);
    else paintShape(context, el, style);
    context.restore();
  }
  context.globalAlpha = 1;
  context.fillStyle = getComputedStyle(svg).color;
  context.font = `${SOURCE_SIZE}px sans-serif`;
  context.fillText(source, 8, height + SOURCE_HEIGHT - 8);
  return canvas;
}

/** Offer the drawing as a file; resolves when the browser has it. */
function savePicture(svg, kind, name, title, source) {
  // What is still gliding stands in its place in the picture.
  for (const animation of svg.getAnimations({ subtree: true })) animation.finish();
  if (kind === "svg") {
    download(`${name}.svg`, "image/svg+xml", svgText(svg, title, source));
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    paintPicture(svg, source).toBlob((blob) => { download(`${name}.png`, "image/png", blob); resolve(); });
  });
}
