// What a small-things check says: sentences and tables, for the check and for the report.

function smallThingsWords(rows, counts, { say, name, things }) {
  const text = (key, values) => say("small_things", key, values);
  const short = (row) => shorten(name(row));

  /** What was seen, in two or three sentences. */
  function finding() {
    const seen = counts.things.reduce((sum, thing) => sum + thing.n_seen, 0);
    const sentences = [text("seen", { seen, all: rows.length * things.length, n: rows.length })];
    const most = counts.things.filter((thing) => counts.most_missing.includes(thing.small_thing));
    sentences.push(most.length
      ? text("most_missing", { things: most.map((t) => `${word(say, "small_thing", t.small_thing)} (${text("of_seen", { missing: t.n_missing, seen: t.n_seen })})`).join(", ") })
      : text("none_missing"));
    const failing = rows.filter((row) => row[things[0]] === "no");
    if (failing.length) sentences.push(text("unreliable", { names: failing.map(short).join(", ") }));
    return sentences.join(" ");
  }

  function tables() {
    const byKey = new Map(rows.map((row) => [row.touchpoint, row]));
    const columns = [{ key: "name", title: say("words", "column_touchpoint") },
      ...things.map((thing) => ({ key: thing, title: word(say, "small_thing", thing) })), ...["n_missing", "n_seen"].map((key) => ({ key, title: text(key), number: true })), { key: "note", title: text("note") }];
    const records = counts.order.map((key) => {
      const row = byKey.get(key);
      const { n_missing, n_seen } = counts.touchpoints.find((t) => t.touchpoint === key);
      return { name: bdi(short(row)), note: bdi(row.note), n_missing, n_seen,
        ...Object.fromEntries(things.map((thing) => [thing, answerWord(say, row[thing])])) };
    });
    const tallies = ["n_seen", "n_done", "n_partly", "n_missing"];
    const perThing = counts.things.map((t) => ({ ...t, small_thing: word(say, "small_thing", t.small_thing) }));
    return [dataTable(text("table_touchpoints"), columns, records),
      dataTable(text("table_things", { n: rows.length }), [{ key: "small_thing", title: text("column_thing") }, ...tallies.map((key) => ({ key, title: text(key), number: true }))], perThing)];
  }

  return { finding, tables };
}
