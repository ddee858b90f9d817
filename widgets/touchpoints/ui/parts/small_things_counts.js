// What a small-things check comes to, as touchpoints.core.small_things counts it in Python.
// Both are held to tests/vectors/small_things.json. Counts alone: there are no weights.

/** The counts of each touchpoint, their order (most missing first), the counts of each small thing. */
function countSmallThings(rows, things) {
  const tally = (answers) => {
    const of = (wanted) => answers.filter((answer) => answer === wanted).length;
    const [n_done, n_partly, n_missing] = [of("yes"), of("partly"), of("no")];
    return { n_seen: n_done + n_partly + n_missing, n_done, n_partly, n_missing };
  };
  const touchpoints = rows.map((row) => ({ touchpoint: row.touchpoint, ...tally(things.map((thing) => row[thing])) }));
  const order = [...touchpoints].sort((a, b) => b.n_missing - a.n_missing || b.n_partly - a.n_partly).map((t) => t.touchpoint);
  const byThing = things.map((thing) => ({ small_thing: thing, n_touchpoints: rows.length, ...tally(rows.map((row) => row[thing])) }));
  const most = Math.max(0, ...byThing.map((t) => t.n_missing));
  return { touchpoints, order, things: byThing,
    most_missing: byThing.filter((t) => most > 0 && t.n_missing === most).map((t) => t.small_thing) };
}

/** Check the rows of a check, from a file or from the browser's storage; returns clean rows or throws ImportError. */
function checkSmallThings(records, vocabulary) {
  return checkTable(records, (record, line) => checkSmallRow(record, line, vocabulary));
}

function checkSmallRow(record, line, vocabulary) {
  const answer = (thing) => {
    const given = givenOr(record, thing, null);
    return given === null ? null : asOneOf(given, line, thing, vocabulary.answers);
  };
  const note = givenOr(record, "note", "");
  return {
    ...checkPlace(record, line, vocabulary),
    ...Object.fromEntries(vocabulary.small_things.map((thing) => [thing, answer(thing)])),
    note: note === "" ? "" : asText(note, line, "note"),
    grade: checkGrade(record, line, vocabulary),
    to_scorecard: asFlag(givenOr(record, "to_scorecard", false), line, "to_scorecard"),
  };
}
