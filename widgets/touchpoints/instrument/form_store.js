// Answers in this browser: finished questionnaires, and the one that is being filled in.
// What the storage holds is hostile until checked: anybody can write there.

const ID_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
const RESPONDENT = /^r[a-z2-9]{8}$/;

/** Eight letters and digits by chance, the same length for all: no time, no order, no person in it. */
function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return `r${Array.from(bytes, (b) => ID_LETTERS[b % ID_LETTERS.length]).join("")}`;
}

/** The same things in an order by chance. */
function shuffled(things) {
  const luck = crypto.getRandomValues(new Uint32Array(things.length));
  return things.map((thing, i) => [luck[i], thing]).sort((a, b) => a[0] - b[0]).map(([, thing]) => thing);
}

/** Keep what is an answer to a question of this survey; a grade only beside a contact. */
function cleanAnswers(answers, questions) {
  const clean = {};
  if (!isPlain(answers)) return clean;
  for (const question of questions) {
    const value = Object.hasOwn(answers, question.name) ? answers[question.name] : undefined;
    const asked = question.contact === null || clean[question.contact] === "yes";
    if (asked && question.choices.some((choice) => choice.value === value)) clean[question.name] = value;
  }
  return clean;
}

class Store {
  constructor(id, questions) {
    this.key = `touchpoint-survey:${id}`;
    this.questions = questions;
    /** False where the browser keeps nothing, as in some private windows. */
    this.keeps = true;
    this.content = { rows: [], draft: {} };
    this.read();
  }

  /** Read again: another tab of this browser may have written. */
  read() {
    if (!this.keeps) return;
    let found;
    try { found = JSON.parse(localStorage.getItem(this.key) ?? "{}"); } catch (error) {
      if (!(error instanceof SyntaxError)) { this.keeps = false; return; }
    }
    const rows = isPlain(found) && Array.isArray(found.rows) ? found.rows : [];
    this.content = {
      rows: rows.filter((row) => isPlain(row) && RESPONDENT.test(row.id)).map((row) =>
        ({ id: row.id, saved: row.saved === true, answers: cleanAnswers(row.answers, this.questions) })),
      draft: cleanAnswers(isPlain(found) ? found.draft : {}, this.questions),
    };
  }

  write() {
    if (!this.keeps) return;
    try { localStorage.setItem(this.key, JSON.stringify(this.content)); } catch { this.keeps = false; }
  }

  keepDraft(answers) {
    this.read();
    this.content.draft = { ...answers };
    this.write();
  }

  add(answers) {
    this.read();
    this.content.rows.push({ id: randomId(), saved: false, answers: cleanAnswers(answers, this.questions) });
    this.content.draft = {};
    this.write();
  }

  deleteAll() {
    this.content = { rows: [], draft: this.content.draft };
    this.write();
  }

  counts() {
    const { rows } = this.content;
    return { n: rows.length, new: rows.filter((row) => !row.saved).length };
  }

  /** All finished questionnaires as CSV, by number: the order in which people answered is not kept. */
  csv(columns) {
    this.read();
    const rows = [...this.content.rows].sort((a, b) => (a.id < b.id ? -1 : 1));
    const [, ...names] = columns;
    // Every cell is a number of ours or one of the answers: none needs quotes.
    return [columns, ...rows.map((row) => [row.id, ...names.map((name) => row.answers[name] ?? "")])]
      .map((cells) => `${cells.join(",")}\n`).join("");
  }

  markSaved() {
    for (const row of this.content.rows) row.saved = true;
    this.write();
  }
}
