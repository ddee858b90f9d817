// The sections of a report, one for each tool whose entries it gathers. A further tool is one more entry here,
// in TOOLS of report.py, and four texts: what it is called, its question, its picture's key, how to read it with care.
//
// read(saved, vocabulary, kept): what the tool keeps, checked; null if it can't be read; rows empty if nothing is there.
// draw(content, context): {finding: texts, picture: an SVG, table: an element}.

const REPORT_SECTIONS = {
  scorecard: {
    read: (saved, { scorecard, rule }) => checkCard(saved, scorecard, rule),
    draw({ rows, rule }, { say, name, lang, width, vocabulary }) {
      const { contact_phases: phases, media } = vocabulary.scorecard;
      const ordered = phases.flatMap((phase) => rows.filter((row) => row.contact_phase === phase));
      const scores = scoreRows(ordered, rule, phases, media);
      const weak = ordered.find((row) => row.touchpoint === scores.weakest_link);
      const first = Object.keys(rule.values).map((key) => [key, ordered.filter((_, i) => scores.items[i].rank[key] === 1 && scores.items[i].priority[key] > 0)])
        .filter(([, rowsFirst]) => rowsFirst.length)
        .map(([key, rowsFirst]) => say("report", "first", { rule: say("scorecard", `value_${key}`), names: rowsFirst.map((row) => shorten(name(row))).join(", ") }));
      return {
        finding: [weak ? `${say("scorecard", "weakest", { name: shorten(name(weak)), grade: weak.grade })}.` : say("scorecard", "journey_empty"), ...first],
        picture: drawJourney(ordered, scores, width, { phases, name, say, lang }),
        table: scoresTable(ordered, scores, rule, { say, name, lang }),
      };
    },
  },
  balance: {
    read(saved, vocabulary, kept) {
      const plan = checkPlan(saved, vocabulary.balance);
      const card = checkCard(kept.scorecard, vocabulary.scorecard, vocabulary.rule);
      return plan && { ...plan, rows: shownPlanRows({ ...plan, scorecard: card?.rows ?? [] }, vocabulary.balance) };
    },
    draw({ rows, budget_hours }, { say, name, lang, width, vocabulary }) {
      const { contact_phases: phases, media } = vocabulary.scorecard;
      const ordered = phases.flatMap((phase) => rows.filter((row) => row.contact_phase === phase));
      const plan = planContacts(ordered, { phases, media, budget: budget_hours });
      const words = planWords(plan, { say, lang, name });
      return {
        finding: words.finding(),
        picture: drawBalance(ordered, plan, width, { say, name, number: words.number, phases, media, label: words.finding().join(" ") }),
        table: h("div", {}, words.totalsTable(), words.rowsTable(ordered)),
      };
    },
  },
  "small-things": {
    read: (saved, vocabulary) => readRows(() => checkSmallThings(saved.rows, vocabulary["small-things"]), saved),
    draw({ rows }, { say, name, width, vocabulary }) {
      const things = vocabulary["small-things"].small_things;
      const counts = countSmallThings(rows, things);
      const words = smallThingsWords(rows, counts, { say, name, things });
      return { finding: [words.finding()], picture: drawSmallThings(rows, counts, width, { say, name, things, label: words.finding() }),
        table: h("div", {}, ...words.tables()) };
    },
  },
  "five-shifts": {
    read(saved, vocabulary) {
      const content = readRows(() => checkShiftAnswers(saved.answers, vocabulary["five-shifts"]), { rows: saved.answers });
      return content && { rows: content.rows.some((row) => row.own !== null || row.company !== null) ? content.rows : [] };
    },
    draw({ rows }, { say, width, vocabulary }) {
      const words = shiftWords(rows, { say, scale: vocabulary["five-shifts"].scale });
      const answered = rows.filter((row) => row.own !== null || row.company !== null).length;
      return { finding: [say("report", "shifts_answered", { n: answered, all: rows.length, without: rows.filter(lacksEvidence).length })],
        picture: words.picture(width), table: words.table() };
    },
  },
};

/** Rows read by a check that throws: what is no list can't be read, an empty list is nothing. */
function readRows(check, { rows }) {
  try {
    if (!Array.isArray(rows)) return null;
    return { rows: rows.length ? check() : [] };
  } catch {
    return null;
  }
}

function scoresTable(rows, scores, rule, { say, name, lang }) {
  const names = Object.keys(rule.values);
  const columns = [{ key: "name", title: say("words", "column_touchpoint") },
    ...["contact_phase", "medium"].map((key) => ({ key, title: say("words", `column_${key}`) })),
    ...["grade", "importance"].map((key) => ({ key, title: say("words", `column_${key}`), number: true })),
    { key: "truth", title: say("words", "column_moment_of_truth") },
    ...names.map((key) => ({ key, title: say("report", "column_priority", { rule: say("scorecard", `value_${key}`) }), number: true }))];
  const priority = (item, key) => (item.rank[key] === null ? "–" : `${item.rank[key]}. (${decimal(item.priority[key], lang)})`);
  return dataTable(say("report", "table_scorecard"), columns, rows.map((row, i) => ({
    name: bdi(name(row)), contact_phase: word(say, "contact_phase", row.contact_phase), medium: word(say, "medium", row.medium),
    grade: row.grade ?? "–", importance: row.importance, truth: say("words", row.moment_of_truth ? "yes" : "no"),
    ...Object.fromEntries(names.map((key) => [key, priority(scores.items[i], key)])) })));
}

/** Sort the tools by what they keep: {ready: [{tool, content}], nothing: [tool], unreadable: [tool]}. */
function gatherReport(kept, vocabulary) {
  const found = { ready: [], nothing: [], unreadable: [] };
  for (const tool of vocabulary.tools) {
    const saved = kept[tool] ?? null;
    const content = saved === null ? { rows: [] } : isPlain(saved) ? REPORT_SECTIONS[tool].read(saved, vocabulary, kept) : null;
    if (content === null) found.unreadable.push(tool);
    else if (content.rows.length) found.ready.push({ tool, content });
    else found.nothing.push(tool);
  }
  return found;
}
