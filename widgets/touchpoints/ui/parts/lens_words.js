// What the lens says in words: sentences, the table beside the chart, the rows of the CSV file.

/** A name from data inside a sentence: isolated, so that its direction marks end with it. */
const isolated = (text) => `\u2068${text}\u2069`;

/** "1 grade", "0.5 grades", in the reader's language. */
function gradesText(say, lang, value) {
  const digits = Math.min(2, (String(value).split(".")[1] ?? "").length);
  return say("channel_lens", value === 1 ? "one_grade" : "grades", { n: decimal(value, lang, digits) });
}

/**
 * The words of one state of the lens.
 * state: {view, by, own (the reader's scorecard), open (touchpoints shown), data, filters}.
 */
function lensWords(say, lang, state) {
  const tell = (key, values) => say("channel_lens", key, values);
  const grade = (value) => decimal(value, lang, 2);
  const count = (value) => decimal(value, lang, 0);
  const { own, by, view, data } = state;
  const percent = decimal(100 * data.confidence, lang, 0);
  const threshold = gradesText(say, lang, state.threshold);
  const name = (mark) => mark[`name_${lang}`] ?? mark.name_en;
  const group = (value) => word(say, by, value);
  const byText = `by_${by}` in TEXTS.en.channel_lens ? tell(`by_${by}`) : tell("by_other", { column: isolated(shorten(by)) });
  const laneName = (lane) => (view === "customer" ? word(say, "contact_phase", lane.group) : group(lane.group));
  const safe = (text, length = 60) => isolated(shorten(text, length));

  /** How far a touchpoint lies behind its group. */
  function gap(mark) {
    const worse = mark.gap_grades > 0;
    const values = { gap: grade(Math.abs(mark.gap_grades)), group: safe(group(mark.group)), group_mean: grade(mark.group_mean_grade) };
    if (values.gap === grade(0)) return tell("gap_none", values);
    const key = worse ? "gap_worse" : "gap_better";
    if (own) return tell(key, values);
    const [low, high] = worse ? [mark.gap_low, mark.gap_high] : [-mark.gap_high, -mark.gap_low];
    return tell(`${key}_interval`, { ...values, low: grade(low), high: grade(high), percent });
  }

  /** What there is to say of a touchpoint: its name and the rest of the sentence. */
  function mark(one) {
    const values = { phase: word(say, "contact_phase", one.contact_phase), medium: word(say, "medium", one.medium),
      mean: own ? count(one.mean_grade) : grade(one.mean_grade), percent, n: count(one.n) };
    if (!own) Object.assign(values, { low: grade(one.low), high: grade(one.high) });
    return { name: safe(name(one)), rest: [tell(own ? "mark_own" : "mark", values), gap(one), ...hedges(one)].join(" ") };
  }

  /** The same as one text. */
  function sentence(one) {
    const { name: start, rest } = mark(one);
    return `${start} ${rest}`;
  }

  /** What a reader must know before believing a gap. */
  function hedges(one) {
    if (own) return [];
    if (one.small_cell) return [tell("hedge_small", { small: data.small_cell })];
    return one.hidden && one.gap_low < state.threshold ? [tell("hedge_interval", { threshold })] : [];
  }

  /** The finding above the chart: a headline, the touchpoints it names, remarks. */
  function finding(lens) {
    const remarks = [];
    if (own) remarks.push(tell("own_note"));
    else if (Object.keys(state.filters).length) remarks.push(tell("subgroups"));
    if (!state.open) return { headline: report(lens), items: [], remarks: [tell("report_ask"), ...remarks] };
    const hidden = hiddenMarks(lens);
    if (hidden.length) {
      const hint = hidden.every((m) => m.small_cell) ? "_hint" : "";
      const key = (hidden.length === 1 ? "hidden_one" : "hidden_many") + hint;
      return { headline: tell(key, { n: hidden.length, by: byText, small: data.small_cell }), items: hidden.map(mark), marked: true, remarks };
    }
    const widest = lens.marks.reduce((most, m) => (m.gap_grades > most.gap_grades ? m : most));
    const shown = widest.gap_grades > 0 ? [{ before: tell("widest"), ...mark(widest) }] : [];
    return { headline: tell("nothing_hidden", { by: byText, threshold }), items: shown, remarks };
  }

  function report(lens) {
    const sorted = [...lens.groups].sort((a, b) => a.mean_grade - b.mean_grade);
    const [best, worst] = [sorted[0], sorted.at(-1)];
    return tell(sorted.length === 1 ? "report_one" : "report", { by: byText, best: grade(best.mean_grade), best_group: safe(group(best.group)),
      worst: grade(worst.mean_grade), worst_group: safe(group(worst.group)) });
  }

  function filterText() {
    return data.filters.filter(({ column }) => !own && state.filters[column] !== undefined)
      .map(({ column }) => `${word(say, "column", column)}: ${word(say, column, state.filters[column])}`);
  }

  function contacts(lens) {
    return count(lens.marks.reduce((sum, m) => sum + m.n, 0));
  }

  /** One sentence for those who hear a change. */
  function status(lens) {
    const lanes = view === "customer" ? lens.phases : lens.groups;
    const key = view === "customer" ? "status_customer" : state.open ? "status_company" : "status_report";
    const said = tell(key, { by: byText, marks: lens.marks.length, lanes: lanes.length, hidden: hiddenMarks(lens).length });
    return [said, ...filterText().map((text) => `${text}.`), own ? tell("source_scorecard_said") : tell("contacts", { n: contacts(lens) })].join(" ");
  }

  /** The line below a picture: where its numbers come from. */
  function source(lens) {
    const key = own ? "from_scorecard" : data.synthetic ? "from_synthetic" : "from_contacts";
    return [tell(key, { n: contacts(lens) }), ...filterText()].join("; ");
  }

  return { tell, grade, count, name, group, laneName, byText, threshold, percent, own, sentence, finding, status, source };
}

const REPORT_COLUMNS = ["touchpoints", "customers", "n", "mean_grade", "low", "high", "small_cell"];
const MARK_COLUMNS = ["n", "mean_grade", "low", "high", "group_mean_grade", "gap_grades", "gap_low", "gap_high", "hidden", "small_cell"];

/** Columns and records of the CSV file: keys and plain numbers, with the choice that made them. */
function lensRecords(lens, lanes, state) {
  const chosen = state.own ? [] : state.data.filters.map(({ column }) => column);
  const choice = { source: state.own ? "scorecard" : "survey",
    ...Object.fromEntries(chosen.map((column) => [column, state.filters[column] ?? "all"])) };
  const head = ["source", ...chosen.filter((column) => column !== state.by)];
  if (!state.open) {
    return { columns: [...head, state.by, ...REPORT_COLUMNS],
      records: lens.groups.map((g) => ({ ...g, ...choice, [state.by]: g.group })) };
  }
  const columns = [...new Set([...head, "touchpoint", "name_en", "name_de", "contact_phase", "medium", state.by, ...MARK_COLUMNS])];
  const flag = (mark) => ({ hidden: Number(mark.hidden), small_cell: Number(mark.small_cell) });
  return { columns, records: lanes.flatMap((lane) => lane.marks).map((m) => ({ ...m, ...choice, [state.by]: m.group, ...flag(m) })) };
}

/** The table beside the chart. */
function lensTable(lens, lanes, state, words, say) {
  const { tell, grade, count } = words;
  const range = (low, high) => (low === null ? "" : ` (${grade(low)} ${tell("to")} ${grade(high)})`);
  const flag = (value) => (value ? say("words", "yes") : say("words", "no"));
  const title = (key) => tell(state.own ? `column_${key}_own` : `column_${key}`, { percent: words.percent, small: state.data.small_cell });
  const number = (key, text) => ({ key, title: text, number: true });
  const groupTitle = word(say, "column", state.by);
  // A star, explained in the caption: a column of its own would push the others out of sight.
  const n = (row) => count(row.n) + (row.small_cell ? "*" : "");
  const caption = (key) => [tell(key, { by: words.byText }), ...(state.own ? [] : [title("small")])].join(" ");
  if (!state.open) {
    return dataTable(caption("caption_report"),
      [{ key: "group", title: groupTitle }, number("touchpoints", tell("column_touchpoints")), ...(state.own ? [] : [number("customers", tell("column_customers"))]),
        number("n", "n"), number("mean", title("group_interval"))],
      lens.groups.map((g) => ({ group: bdi(shorten(words.group(g.group))), touchpoints: count(g.touchpoints), customers: count(g.customers), n: n(g),
        mean: grade(g.mean_grade) + range(g.low, g.high) })));
  }
  return dataTable(caption("caption"),
    [{ key: "name", title: say("words", "column_touchpoint") }, { key: "group", title: groupTitle }, { key: "phase", title: say("words", "column_contact_phase") },
      ...(state.own ? [] : [number("n", "n")]), number("mean", title("mean")), number("group_mean", tell("column_group_mean")), number("gap", title("gap")),
      { key: "hidden", title: tell("column_hidden") }],
    lanes.flatMap((lane) => lane.marks).map((m) => ({
      name: bdi(shorten(words.name(m))), group: bdi(shorten(words.group(m.group))), phase: word(say, "contact_phase", m.contact_phase), n: n(m),
      mean: state.own ? count(m.mean_grade) : grade(m.mean_grade) + range(m.low, m.high), group_mean: grade(m.group_mean_grade),
      gap: grade(m.gap_grades) + range(m.gap_low, m.gap_high), hidden: flag(m.hidden),
      className: m.hidden ? "tp-is-hidden" : null })));
}
