// Own counts, typed or pasted: one line a grade. Wrong lines are told one by one, and nothing is lost.

const NO_CONTACT_WORDS = ["no contact", "no_contact", "none", "kein kontakt", "keiner", "-", "–", ""];
const MOST_PEOPLE = 1e9;

/** A line that can't be read: its number, what stands there, what is allowed (a key of the texts and values). */
class LineError extends Error {
  constructor(line, value, allowed, values = {}) {
    super(allowed);
    Object.assign(this, { line, value, allowed, values });
  }
}

/** Read lines of grade, n, fans, parted by semicolon, comma, tab or spaces; a heading is passed over. */
function parseCounts(text, grades) {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/)
    .map((line, i) => ({ line: i + 1, value: line.trim(), parts: partsOf(line) }))
    .filter(({ value }) => value !== "");
  // A first line without any figure is a heading.
  if (lines.length && !/\d/.test(lines[0].value)) lines.shift();
  const rows = [];
  for (const { line, value, parts } of lines) {
    if (parts.length !== 3) throw new LineError(line, value, "own_three");
    rows.push(parseLine(line, parts, grades, rows));
  }
  if (!rows.some((row) => row.grade !== null)) throw new LineError(0, "", "own_empty");
  return rows;
}

function partsOf(line) {
  const delimiter = [";", "\t", ","].find((d) => line.includes(d));
  if (delimiter) return line.split(delimiter).map((part) => part.trim());
  // With spaces only: the last two are numbers, what stands before them is the grade.
  const words = line.trim().split(/\s+/);
  return words.length < 3 ? words : [words.slice(0, -2).join(" "), ...words.slice(-2)];
}

function parseLine(line, [grade, n, fans], grades, before) {
  const none = NO_CONTACT_WORDS.includes(grade.toLowerCase());
  const row = { grade: none ? null : Number(grade), n: whole(n), fans: whole(fans) };
  if (!none && !grades.includes(row.grade)) throw new LineError(line, grade, "own_grade");
  if (before.some((other) => other.grade === row.grade)) throw new LineError(line, grade, "own_twice");
  if (!(row.n >= 1 && row.n <= MOST_PEOPLE)) throw new LineError(line, n, "own_n");
  if (!(row.fans >= 0 && row.fans <= row.n)) throw new LineError(line, fans, "own_fans", { n: row.n });
  return row;
}

/** A whole number, or NaN: "12", not "12.5", "1e3" or "twelve". */
const whole = (text) => (/^\d+$/.test(text) ? Number(text) : NaN);

const countsText = (counts, noContact) => counts.map((row) => `${row.grade ?? noContact}; ${row.n}; ${row.fans}`).join("\n");

/** The panel in which own counts are entered. */
function ownCountsPanel(counts, { say, grades, example, uid, change, announce }) {
  const noContact = say("fan_explorer", "no_contact");
  const problem = h("p", { class: "tp-problem", role: "alert", id: `${uid}-problem` });
  const entry = h("textarea", { rows: 6, cols: 28, spellcheck: "false", maxlength: 2000, id: `${uid}-counts`, "aria-describedby": `${uid}-problem`,
    oninput: () => {
      try {
        const rows = parseCounts(entry.value, grades);
        problem.textContent = "";
        entry.removeAttribute("aria-invalid");
        change(rows);
        announce(say("fan_explorer", "own_done", { n: rows.length }));
      } catch (error) {
        if (!(error instanceof LineError)) throw error;
        entry.setAttribute("aria-invalid", "true");
        problem.textContent = tellLine(error, say);
      }
    } });
  entry.value = countsText(counts, noContact);
  const fresh = h("button", { type: "button", class: "tp-button", onclick: () => {
    entry.value = countsText(example, noContact);
    entry.dispatchEvent(new Event("input"));
    entry.focus();
  } }, say("fan_explorer", "own_example"));
  return h("div", { class: "tp-panel tp-own" }, h("h3", {}, say("fan_explorer", "own_title")),
    h("p", { class: "tp-note" }, say("fan_explorer", "own_text")),
    h("label", { for: `${uid}-counts`, class: "tp-field" }, say("fan_explorer", "own_label")), entry, problem, fresh);
}

function tellLine(error, say) {
  if (error.allowed === "own_empty") return say("fan_explorer", "own_empty");
  return say("fan_explorer", "own_line", { line: error.line, value: shorten(error.value), allowed: say("fan_explorer", error.allowed, error.values) });
}
