// The balance of offline and online, as touchpoints.core.contact_balance computes it in Python.
// Both are held to the vectors in tests/vectors/balance.json.

/** Personal time, cost and contacts without a person of one touchpoint, a month, before and after its move. */
function costOf(row) {
  const contacts = row.contacts_per_month;
  const moved = (contacts * row.moved_pct) / 100;
  const stay = contacts - moved;
  const hours = (of) => (row.personal ? (of * row.minutes_per_contact) / 60 : 0);
  const alone = (of) => (row.personal ? 0 : of);
  const after = hours(stay) + (moved * row.moved_minutes) / 60;
  return {
    touchpoint: row.touchpoint,
    hours: hours(contacts), hours_after: after,
    eur: hours(contacts) * row.eur_per_hour, eur_after: after * row.eur_per_hour,
    without_person: alone(contacts), without_person_after: alone(stay) + (row.moved_minutes > 0 ? 0 : moved),
  };
}

/** Per cent of a touchpoint's contacts that are in a medium once all has moved. */
function shareIn(row, medium) {
  return row.medium === medium ? 100 - row.moved_pct : row.moved_pct;
}

function howServed(counts, media) {
  const there = media.filter((_, i) => counts[i] > 0);
  return there.length === media.length ? "both" : there[0] ?? "none";
}

/** The whole plan: items, cells (phase by medium), phases and totals, before and after. */
function planContacts(rows, { phases, media, budget }) {
  const sum = (list, value) => list.reduce((total, entry) => total + value(entry), 0);
  const items = rows.map(costOf);
  const cells = phases.flatMap((phase) => media.map((medium) => {
    const part = rows.filter((row) => row.contact_phase === phase);
    const own = part.filter((row) => row.medium === medium);
    const left = part.filter((row) => shareIn(row, medium) > 0);
    return {
      contact_phase: phase, medium, touchpoints: own.length, touchpoints_after: left.length,
      contacts: sum(own, (row) => row.contacts_per_month),
      contacts_after: sum(left, (row) => (row.contacts_per_month * shareIn(row, medium)) / 100),
    };
  }));
  const served = (phase, key) => howServed(cells.filter((cell) => cell.contact_phase === phase).map((cell) => cell[key]), media);
  const served_of = phases.map((phase) => ({
    contact_phase: phase, served: served(phase, "touchpoints"), served_after: served(phase, "touchpoints_after") }));
  const totals = [["before", ""], ["after", "_after"]].map(([plan, ending]) => {
    const hours = sum(items, (item) => item[`hours${ending}`]);
    return {
      plan, contacts: sum(rows, (row) => row.contacts_per_month), hours, eur: sum(items, (item) => item[`eur${ending}`]),
      without_person: sum(items, (item) => item[`without_person${ending}`]),
      budget_share_pct: budget === null ? null : (100 * hours) / budget,
      one_medium: served_of.filter((phase) => phase[`served${ending}`] !== "both").length,
    };
  });
  return { items, cells, phases: served_of, totals, moves: rows.some((row) => row.moved_pct > 0) };
}
