// The report itself: a sheet built of elements, shown in the page, printed, or saved as one file.

/** Build the sheet. `level` is that of its title's heading; `width` that of its drawings. */
function reportSheet({ title, author, date, steps, sections }, { say, lang, level, width, vocabulary }) {
  const text = (key, values) => say("report", key, values);
  const name = (row) => row[`name_${lang}`] ?? row.name_en;
  const day = longDate(date, lang);
  const known = new Set(vocabulary.example);
  const section = ({ tool, content }) => {
    const { finding, picture, table } = REPORT_SECTIONS[tool].draw(content, { say, name, lang, width, vocabulary });
    const example = content.rows.filter((row) => known.has(row.touchpoint)).length;
    return h("section", { "data-tool": tool },
      h(`h${level + 1}`, {}, text(`name_${tool}`)),
      h("p", { class: "tp-question" }, text(`question_${tool}`)),
      ...finding.map((line) => h("p", { class: "tp-found" }, bdi(line))),
      h("figure", {}, picture, h("figcaption", {}, text(`picture_${tool}`))), table,
      h("p", { class: "tp-care" }, text(`care_${tool}`), example ? ` ${text("example", { n: example, all: content.rows.length })}` : ""),
      h("p", { class: "tp-asof" }, text("as_of", { date: day })));
  };
  const next = steps.filter((step) => step.what !== "");
  const nextTable = dataTable(text("next_table"), ["what", "who", "until"].map((key) => ({ key, title: text(key) })),
    next.map((step) => Object.fromEntries(Object.entries(step).map(([key, value]) => [key, bdi(value)]))));
  return h("article", { class: "tp-sheet", lang },
    h(`h${level}`, { class: "tp-sheet-title" }, bdi(title || text("untitled"))),
    h("p", { class: "tp-byline" }, ...(author ? [bdi(author), ", "] : []), day),
    ...sections.map(section),
    next.length ? h("section", { class: "tp-next" }, h(`h${level + 1}`, {}, text("next")), nextTable) : null,
    h("p", { class: "tp-made" }, text("made")));
}

/** The day in the reader's own words; without a date, today. */
function longDate(date, lang) {
  const day = date === "" ? new Date() : new Date(`${date}T12:00`);
  return new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { dateStyle: "long" }).format(day);
}

const SHEET_WIDTH = 680;

/** Put a sheet on paper inside a widget's element for as long as `use(sheet)` takes: there its colours are light. */
function onPaper(sheet, el, use) {
  const stage = h("div", { class: "tp-widget tp-report tp-stage" }, h("div", { class: "tp-paper" }, sheet));
  el.append(stage);
  try {
    return use(sheet);
  } finally {
    stage.remove();
  }
}

/** The look of the saved file; no character in it that XML would write in another way. */
const FILE_STYLE = `
:root { color-scheme: light; }
body { margin: 0 auto; padding: 24px 16px; max-width: 760px; color: #1c2430; background: #fff; font: 16px/1.5 system-ui, sans-serif; }
h1, h2 { line-height: 1.25; margin: 0 0 8px; }
h1 { font-size: 28px; } h2 { font-size: 21px; }
section { margin-top: 28px; padding-top: 14px; border-top: 1px solid #8a94a0; }
p { margin: 0 0 8px; } p, h1, tbody th, .tp-next td { overflow-wrap: anywhere; }
figure { margin: 12px 0; overflow-x: auto; } figcaption { color: #55606e; font-size: 13px; margin-top: 4px; }
svg { display: block; max-width: 100%; min-width: 520px; height: auto; }
.tp-question { font-style: italic; } .tp-found { font-weight: 600; }
.tp-byline, .tp-asof, .tp-made { color: #55606e; font-size: 14px; } .tp-made { margin-top: 28px; }
.tp-care { border-left: 3px solid #8a94a0; padding-left: 10px; }
.tp-scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: 14px; margin: 8px 0; } caption { text-align: left; color: #55606e; font-size: 13px; }
th, td { padding: 3px 8px; text-align: left; vertical-align: top; } thead th { border-bottom: 1px solid #8a94a0; vertical-align: bottom; }
tbody th { font-weight: normal; min-width: 9em; } .tp-next td { min-width: 6em; } .tp-number { text-align: right; font-variant-numeric: tabular-nums; }
@media print { body { padding: 0; max-width: none; font-size: 11pt; } figure, tr, .tp-next { break-inside: avoid; } h2, .tp-question { break-after: avoid; } }
`;

/** Nothing may be loaded and no script may run, whatever the file holds. */
const FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** The sheet as the text of one HTML file, serialised from elements: no text of it was ever markup. */
function reportFile(sheet, title, lang) {
  const page = document.implementation.createHTMLDocument(title);
  page.documentElement.lang = lang;
  const meta = (props) => h("meta", props);
  page.head.prepend(meta({ charset: "utf-8" }), meta({ "http-equiv": "Content-Security-Policy", content: FILE_POLICY }),
    meta({ name: "viewport", content: "width=device-width, initial-scale=1" }));
  page.head.append(h("style", {}, FILE_STYLE));
  const copy = sheet.cloneNode(true);
  const drawings = [...sheet.querySelectorAll("svg")];
  [...copy.querySelectorAll("svg")].forEach((svg, i) => svg.replaceWith(styledCopy(drawings[i])));
  // Wider than a phone, so it scrolls there: by keyboard too.
  for (const figure of copy.querySelectorAll("figure")) figure.tabIndex = 0;
  page.body.append(h("main", {}, copy));
  return `<!DOCTYPE html>\n${new XMLSerializer().serializeToString(page.documentElement).replace(NOT_XML, "")}\n`;
}

/** Print the sheet and nothing else of the page: it stands alone until the printing is over. */
function printSheet(sheet) {
  const alone = h("div", { class: "tp-widget tp-report tp-print-alone" }, h("div", { class: "tp-paper" }, sheet));
  const done = () => {
    document.documentElement.classList.remove("tp-printing");
    alone.remove();
  };
  document.body.append(alone);
  document.documentElement.classList.add("tp-printing");
  addEventListener("afterprint", done, { once: true });
  print();
}
