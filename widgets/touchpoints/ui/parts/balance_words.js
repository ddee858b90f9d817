// What a plan says: sentences and tables, for the planner and for the report.

function planWords(plan, { say, lang, name }) {
  const text = (key, values) => say("balance_planner", key, values);
  const number = (value, digits = 0) => decimal(value, lang, digits);
  const phase = (key) => word(say, "contact_phase", key);

  /** Which phases have one medium only, or none: `served` or `served_after`. */
  function served(key) {
    const one = plan.phases.filter((p) => !["both", "none"].includes(p[key]));
    const none = plan.phases.filter((p) => p[key] === "none");
    const only = one.map((p) => text("only", { phase: phase(p.contact_phase), medium: word(say, "medium", p[key]) }));
    return [only.length ? text("one_medium", { list: only.join(", ") }) : null,
      none.length ? text("no_touchpoint", { list: none.map((p) => phase(p.contact_phase)).join(", ") }) : null]
      .filter(Boolean).join(" ") || text("both_media");
  }

  const [before, after] = plan.totals;
  const cost = ({ hours, eur }) => text("cost", { hours: number(hours, 1), eur: number(eur) });
  /** The finding: cost and phases now, and after the moves if any. */
  const finding = () => [`${cost(before)} ${served("served")}`,
    plan.moves ? `${text("after_moves")} ${cost(after)} ${served("served_after")}` : null].filter(Boolean);

  /** Hours and EUR, now and after the moves, in a few signs. */
  const totalsLine = () => fromTo(...plan.totals.map(({ hours, eur }) => text("chart_cost", { hours: number(hours, 1), eur: number(eur) })));

  function totalsTable() {
    const lines = [["hours", 1], ["eur", 0], ["budget_share_pct", 1], ["without_person", 0], ["one_medium", 0]]
      .filter(([key]) => before[key] !== null);
    const columns = [{ key: "what", title: text("a_month") }, { key: "before", title: text("now"), number: true },
      ...(plan.moves ? [{ key: "after", title: text("after"), number: true }, { key: "change", title: text("change"), number: true }] : [])];
    return dataTable(text("totals"), columns, lines.map(([key, digits]) => ({ what: text(`total_${key}`, { n: number(before.contacts) }),
      before: number(before[key], digits), after: number(after[key], digits), change: decimal(after[key] - before[key], lang, digits, true) })));
  }

  function rowsTable(rows) {
    const pair = (item, key, digits) => fromTo(number(item[key], digits), number(item[`${key}_after`], digits));
    const columns = [{ key: "name", title: say("words", "column_touchpoint") }, { key: "phase", title: say("words", "column_contact_phase") },
      { key: "medium", title: say("words", "column_medium") },
      ...["contacts", "hours", "eur", "without_person"].map((key) => ({ key, title: text(`column_${key}`), number: true }))];
    return dataTable(text("table"), columns, rows.map((row, i) => ({ name: bdi(name(row)), phase: phase(row.contact_phase),
      medium: word(say, "medium", row.medium) + (row.moved_pct ? ` (${number(row.moved_pct)} % → ${word(say, "medium", otherMedium(row.medium))})` : ""),
      contacts: number(row.contacts_per_month), hours: pair(plan.items[i], "hours", 1),
      eur: pair(plan.items[i], "eur", 0), without_person: pair(plan.items[i], "without_person", 0) })));
  }

  /** What the move of one touchpoint does. */
  function move(row, item) {
    if (!row.moved_pct) return "";
    return text("moved", { contacts: number((row.contacts_per_month * row.moved_pct) / 100), medium: word(say, "medium", otherMedium(row.medium)),
      hours: decimal(item.hours_after - item.hours, lang, 1, true), eur: decimal(item.eur_after - item.eur, lang, 0, true),
      alone: decimal(item.without_person_after - item.without_person, lang, 0, true) });
  }
  return { finding, totalsTable, totalsLine, rowsTable, move, number };
}

/** A figure, or how it changes. */
function fromTo(before, after) {
  return before === after ? before : `${before} → ${after}`;
}

function otherMedium(medium) {
  return medium === "offline" ? "online" : "offline";
}
