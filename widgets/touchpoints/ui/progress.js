// A reader's progress through all chapters. State lives in the model (records, by chapter); this file shows, saves, adds to and empties it.

const PROGRESS_MARK = "touchpoint_kit_progress";
const PROGRESS_VERSION = 1;

function render({ model, el }) {
  const say = speaker(model);
  const chapters = model.get("_chapters");
  // Elsewhere than in the book's pages there is neither a page to go to nor a browser's memory to read.
  const inBook = typeof globalThis.touchpointHost !== "undefined";
  let parts = {};

  const recordOf = ({ chapter }) => model.get("records")[chapter] ?? emptyRecord();
  const sum = (values) => values.reduce((total, value) => total + value, 0);
  const day = (time) => (time === "" ? say("progress", "never") : new Intl.DateTimeFormat(model.get("lang") === "en" ? "en-GB" : model.get("lang"), { dateStyle: "medium" }).format(new Date(time)));
  const nameOf = ({ title, page }) => (inBook && page ? h("a", { href: page, lang: "en" }, title) : h("span", { lang: "en" }, title));

  function announce(text, problem = "") {
    parts.status.textContent = text;
    parts.problem.textContent = problem;
  }

  function store(records) {
    model.set("records", records);
    model.save_changes();
  }

  function share(done, n) {
    const bar = h("span", { class: "tp-filled" });
    bar.style.width = `${n ? (100 * done) / n : 0}%`;
    return h("span", {}, say("progress", "of", { done, n }), h("span", { class: "tp-bar", "aria-hidden": "true" }, bar));
  }

  function paint() {
    const records = chapters.map(recordOf);
    parts.overall.textContent = say("progress", "overall", { solved: sum(records.map((r) => r.solved.length)), questions: sum(chapters.map((c) => c.questions.length)),
      done: sum(records.map((r) => r.exercises.length)), exercises: sum(chapters.map((c) => c.exercises)) });
    const columns = ["chapter", "questions", "exercises", "last"].map((key) => ({ key, title: say("progress", key) }));
    parts.table.replaceChildren(dataTable(say("progress", "table"), columns, chapters.map((chapter, i) => ({
      chapter: nameOf(chapter), questions: share(records[i].solved.length, chapter.questions.length),
      exercises: share(records[i].exercises.length, chapter.exercises), last: day(records[i].touched) }))));
  }

  function exportAs(kind) {
    const name = `progress.${kind}`;
    if (kind === "json") {
      const begun = Object.fromEntries(chapters.filter((c) => model.get("records")[c.chapter]).map((c) => [c.chapter, recordOf(c)]));
      download(name, "application/json", JSON.stringify({ [PROGRESS_MARK]: PROGRESS_VERSION, chapters: begun }, null, 1) + "\n");
    } else {
      const rows = chapters.map((c) => {
        const { solved, tries, exercises, touched } = recordOf(c);
        return { chapter: c.chapter, title: c.title, questions: c.questions.length, questions_solved: solved.length, tries: sum(Object.values(tries)),
          exercises: c.exercises, exercises_done: exercises.length, last_touched: touched };
      });
      download(name, "text/csv;charset=utf-8", "\uFEFF" + formatCsv(rows, Object.keys(rows[0])));
    }
    announce(say("common", "exported", { file: name }));
  }

  async function importFile(file) {
    try {
      const { found, left } = await readProgress(file, chapters);
      const present = model.get("records");
      const added = Object.entries(found).map(([name, record]) => [name, joinRecords(present[name] ?? emptyRecord(), record)]);
      store({ ...present, ...Object.fromEntries(added) });
      announce(say("progress", left ? "imported_some" : "imported", { n: added.length, left, file: shorten(file.name, 80) }));
    } catch (error) {
      if (!(error instanceof ImportError)) throw error;
      const { detail } = error.values;
      announce("", say("progress", error.key, { ...error.values, file: shorten(file.name, 80), detail: detail && say("progress", detail) }));
    }
  }

  /** Ask before all is deleted: here, not in a window of the browser's that pages may not open everywhere. */
  function askToDelete() {
    const answer = (key, action) => h("button", { type: "button", class: "tp-button", onclick: () => {
      parts.question.replaceChildren();
      action();
      parts.remove.focus();
    } }, say("progress", key));
    const no = answer("delete_no", () => announce(say("progress", "kept")));
    const yes = answer("delete_yes", () => {
      store({});
      announce(say("progress", "deleted"));
    });
    announce("");
    parts.question.replaceChildren(h("div", { class: "tp-panel", role: "group", "aria-label": say("progress", "delete") },
      h("p", {}, say("progress", "delete_ask")), h("div", { class: "tp-toolbar" }, yes, no)));
    no.focus();
  }

  function build() {
    const button = (section, key, action) => h("button", { type: "button", class: "tp-button", onclick: action }, say(section, key));
    const chooser = h("input", { type: "file", accept: ".json,application/json", class: "tp-unseen", tabindex: "-1", "aria-hidden": "true",
      onchange: (event) => { if (event.target.files[0]) importFile(event.target.files[0]); event.target.value = ""; } });
    parts = { overall: h("p", { class: "tp-overall" }), table: h("div", {}), question: h("div", {}), status: h("p", { class: "tp-status", role: "status" }),
      problem: h("p", { class: "tp-problem", role: "alert" }), remove: button("progress", "delete", askToDelete) };
    el.replaceChildren(h("section", { class: "tp-widget tp-progress", lang: model.get("lang"), "aria-label": say("progress", "title") },
      parts.overall, parts.table, h("div", { class: "tp-toolbar" }, button("common", "export_json", () => exportAs("json")), button("common", "export_csv", () => exportAs("csv")),
        button("progress", "import", () => chooser.click()), chooser, parts.remove),
      parts.question, parts.status, parts.problem, h("p", { class: "tp-note" }, say("progress", inBook ? "kept_here" : "kept_in_lab"))));
    paint();
  }

  const end = listen(model, { records: paint, lang: build });
  build();
  return end;
}

/** Read an exported progress: {found: records by chapter, left: number of entries that fit nothing here}. Throws an ImportError. */
async function readProgress(file, chapters) {
  const size = Math.ceil(file.size / 1000);
  if (size > MAX_FILE_KB) throw new ImportError("import_size", { size, limit: MAX_FILE_KB });
  let data;
  try { data = JSON.parse((await file.text()).replace(/^\uFEFF/, "")); } catch { throw new ImportError("import_not_ours", { detail: "not_json" }); }
  if (!isPlain(data) || data[PROGRESS_MARK] !== PROGRESS_VERSION || !isPlain(data.chapters)) throw new ImportError("import_not_ours", { detail: "other_kind" });
  const known = new Map(chapters.map((chapter) => [chapter.chapter, chapter]));
  const entries = Object.entries(data.chapters);
  const taken = entries.filter(([name]) => known.has(name)).map(([name, record]) => [name, takeRecord(known.get(name), record)]);
  return { found: Object.fromEntries(taken.map(([name, { record }]) => [name, record])),
    left: entries.length - taken.length + taken.reduce((total, [, { left }]) => total + left, 0) };
}

/** Add what another browser knows: nothing solved or ticked here is lost; of two answers the later browser's counts. */
function joinRecords(here, there) {
  const [older, newer] = here.touched > there.touched ? [there, here] : [here, there];
  const both = (a, b) => [...new Set([...a, ...b])];
  const tries = Object.entries(there.tries).map(([id, count]) => [id, Math.max(count, here.tries[id] ?? 0)]);
  return { answers: { ...older.answers, ...newer.answers }, tries: { ...here.tries, ...Object.fromEntries(tries) },
    solved: both(here.solved, there.solved), exercises: both(here.exercises, there.exercises).sort((a, b) => a - b), touched: newer.touched };
}

/** Take up what a chapter's quiz keeps. */
function receive(key, kept, model) {
  const chapter = model.get("_chapters").find((c) => c.key === key);
  return { records: { ...model.get("records"), [chapter.chapter]: kept === null ? null : takeRecord(chapter, kept).record } };
}

/** What a chapter's quiz shall keep after an import or a reset. */
function give(key, model) {
  const { chapter } = model.get("_chapters").find((c) => c.key === key);
  return model.get("records")[chapter] ?? null;
}

export default { render, receive, give, joinRecords };
