// What a small-things check hands over to the scorecard: notes, and proposals that the reader may take up.
// Nothing of the card changes by itself, and no grade follows from the answers: one that comes was the reader's own.

/** The note beside a touchpoint: what is missing, how much was seen, the evidence; empty where nothing was handed over. */
function smallThingsNote(row, things, say) {
  if (!row) return "";
  const { n_missing, n_seen } = countSmallThings([row], things).touchpoints[0];
  const named = (answer) => things.filter((thing) => row[thing] === answer).map((thing) => word(say, "small_thing", thing)).join(", ");
  const parts = [say("scorecard", "small_counts", { counts: say("words", "missing_of_seen", { missing: n_missing, seen: n_seen }) })];
  if (named("no")) parts.push(say("scorecard", "small_missing", { things: named("no") }));
  if (named("partly")) parts.push(say("scorecard", "small_partly", { things: named("partly") }));
  if (row.note) parts.push(say("scorecard", "small_evidence", { note: row.note }));
  return parts.join(" ");
}

/**
 * The proposals that would change the card: a touchpoint it has not, a grade that differs.
 * take(row, changes): what the reader takes up, as one step that undo takes back.
 */
function drawProposals(handed, rows, { say, name, take }) {
  const present = new Map(rows.map((row) => [row.touchpoint, row]));
  const proposals = handed.filter((row) => !present.has(row.touchpoint) || (row.grade !== null && row.grade !== present.get(row.touchpoint).grade));
  if (!proposals.length) return [];
  const offer = (row) => {
    const own = present.get(row.touchpoint);
    const values = { name: shorten(name(row)), grade: row.grade, now: own?.grade ?? say("scorecard", "grade_none") };
    const key = own ? "proposal_grade" : row.grade === null ? "proposal_add" : "proposal_add_graded";
    return h("li", {}, h("button", { type: "button", class: "tp-button", onclick: () => take(row, { grade: row.grade }) }, bdi(say("scorecard", key, values))));
  };
  return [h("div", { class: "tp-proposals", role: "region", "aria-label": say("scorecard", "proposals") }, h("h3", {}, say("scorecard", "proposals")),
    h("p", { class: "tp-note" }, say("scorecard", "proposals_note")), h("ul", {}, ...proposals.map(offer)))];
}
