// Small helpers to build a page from data. Text only ever enters as a text node, never as HTML.

const SVG = "http://www.w3.org/2000/svg";

/** Put attributes, listeners (on…) and children (nodes or texts) on an element. */
function fill(el, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) el.addEventListener(name.slice(2), value);
    else if (["checked", "disabled", "hidden", "selected", "value"].includes(name)) el[name] = value;
    else el.setAttribute(name, value === true ? "" : value);
  }
  el.append(...children.filter((child) => child !== null && child !== undefined));
  return el;
}

function h(tag, props = {}, ...children) {
  return fill(document.createElement(tag), props, children);
}

function s(tag, props = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

/** A name from data: isolated, so that right-to-left marks in it don't turn the text around it. */
function bdi(text) {
  return h("bdi", {}, text);
}

/** Look a text up: words("scorecard", "add") in the model's language, {placeholders} filled in. */
function speaker(model) {
  return (section, key, values = {}) =>
    fillIn((TEXTS[model.get("lang")] ?? TEXTS.en)[section][key], values);
}

function fillIn(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** The word for a value of a column ("medium", "online"); what the kit has no word for stays as it is. */
function word(say, column, value) {
  const key = `${column}_${value}`;
  return key in TEXTS.en.words ? say("words", key) : String(value);
}

/** Shorten a text for a place with little room; the whole text stays in the title. */
function shorten(text, length = 60) {
  const letters = Array.from(text);
  return letters.length <= length ? text : letters.slice(0, length - 1).join("") + "…";
}

const formats = new Map();

/** Write a number the way the language does, with a fixed count of decimals; signed: with + too. Zero has no sign. */
function decimal(value, lang, digits = 1, signed = false) {
  const key = `${lang} ${digits} ${signed}`;
  if (!formats.has(key)) {
    formats.set(key, new Intl.NumberFormat(lang, { minimumFractionDigits: digits, maximumFractionDigits: digits,
      signDisplay: signed ? "exceptZero" : "negative" }));
  }
  return formats.get(key).format(value).replace("-", "−");
}

/** A start for the ids and names of one view: a page may hold a tool more than once. */
function freshId(name) {
  return `tp-${name}-${Math.random().toString(36).slice(2, 10)}`;
}

/** Listen to traits of the model: {trait: listener}. Returns what ends it. */
function listen(model, listeners) {
  const events = Object.entries(listeners);
  for (const [trait, listener] of events) model.on(`change:${trait}`, listener);
  return () => { for (const [trait, listener] of events) model.off(`change:${trait}`, listener); };
}

const FIRST_WIDTH = 640;

/**
 * Tell the width of a box when it changes. Asked only then: asking during an edit would make the browser
 * lay out twice. Returns what ends it.
 */
function followWidth(el, box, tell, padding = 0) {
  let width = FIRST_WIDTH;
  const observer = new ResizeObserver(() => {
    const now = Math.max(280, Math.floor(box().clientWidth - padding || FIRST_WIDTH));
    if (now === width) return;
    width = now;
    tell(width);
  });
  observer.observe(el);
  return () => observer.disconnect();
}

/** Data with names, neither a list nor nothing. */
function isPlain(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** Offer a text or a blob as a download. */
function download(name, type, content) {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = h("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** A computed number as it is exported: with four places, or nothing. */
function toFourPlaces(value) {
  return value === null ? null : Math.round(value * 1e4) / 1e4;
}
