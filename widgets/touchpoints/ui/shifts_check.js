// The five-shifts self-assessment. State lives in the model: the own sheet (answers, person, sheet) and the team.

const SHIFT_SIDES = ["company", "own"];
const WIDEST = 600;

function render({ model, el }) {
  const uid = freshId("shifts");
  const constants = model.get("_constants");
  const { shifts, scale, fewest_answers: fewest, most_members: most } = constants;
  const say = speaker(model);
  const text = (key, values) => say("shifts_check", key, values);
  // Reasons for leaving a file out are told in this tool's words where it has some.
  const tell = (section, key, values) => (section === "common" && key in TEXTS.en.shifts_check ? text(key, values) : say(section, key, values));
  let showNames = false; // off at each visit: with few people to a role, marks are nearly names
  let membersOpen = false;
  let parts = {};
  let width = WIDEST;

  const number = (value, digits) => decimal(value, model.get("lang"), digits);
  const sideName = (side) => text(`side_${side}`);
  const shiftName = (shift) => text(`shift_${shift}`);
  const memberName = (member) => shorten(member.person || text("unnamed"), 40);
  const change = (changes) => { model.set(changes); model.save_changes(); };
  const announce = (message) => { parts.status.textContent = message; };
  const announceTeam = (message) => { parts.teamStatus.textContent = message; };

  /** The mark of the own sheet; a sheet gets one when it first leaves the form. */
  function sheetMark() {
    if (!model.get("sheet")) change({ sheet: newSheet() });
    return model.get("sheet");
  }

  // The own answers.

  function paintProfile() {
    const answers = model.get("answers");
    parts.empty.hidden = answers.some((row) => PROFILE_SIDES.some((side) => row[side] !== null));
    const words = shiftWords(answers, { say, scale });
    parts.profile.replaceChildren(words.picture(width));
    parts.profileTable.replaceChildren(words.table());
  }

  function ownContent() {
    const mark = sheetMark();
    const person = model.get("person");
    return { name: `five-shifts-${mark}`, title: text("profile"), source: text("source_line"), columns: ["sheet", "person", "shift", "own", "company", "note"],
      records: model.get("answers").map((row) => ({ sheet: mark, person, ...row })), svg: parts.profile.querySelector("svg") };
  }

  function exportJson() {
    const { name } = ownContent();
    const rows = model.get("answers").map(({ shift, own, company, note }) => ({ shift, own, company, note }));
    download(`${name}.json`, "application/json", JSON.stringify({ sheet: model.get("sheet"), person: model.get("person"), rows }, null, 1) + "\n");
    announce(say("common", "exported", { file: `${name}.json` }));
  }

  // The team.

  const answersAbout = (side) => Object.fromEntries(shifts.map((shift, i) => [shift, model.get("team").map((member) => member.rows[i][side])]));

  function teamRows() {
    const side = model.get("about");
    const answers = answersAbout(side);
    return teamDisagreement(answers, shifts, scale, fewest).map((row) => {
      const marks = answers[row.shift].map((answer, member) => ({ answer, member })).filter(({ answer }) => answer !== null);
      const place = shifts.indexOf(row.shift);
      return { ...row, marks, title: shiftName(row.shift), note: teamNote(row), withNote: marks.filter(({ member }) => model.get("team")[member].rows[place].evidence).length };
    });
  }

  const inWords = (row) => ({ n: row.n, shift: shiftName(row.shift), apart: row.disagreement === null ? "–" : number(row.disagreement, 2), fewest,
    median: row.median === null ? "–" : number(row.median, row.median % 1 ? 1 : 0), lowest: row.lowest ?? "–", highest: row.highest ?? "–", range: row.range ?? "–" });

  const teamNote = (row) => text(row.n === 0 ? "row_none" : row.disagreement === null ? "row_few" : "row_note", inWords(row));

  function teamSummary(rows) {
    if (!model.get("team").length) return text("team_empty");
    if (rows[0].disagreement === null) return text("too_few", { fewest });
    return text(rows[0].disagreement === 0 ? "all_alike" : "most_disputed", inWords(rows[0]));
  }

  function teamTable(rows) {
    const columns = [["shift", text("column_shift")], ["n", text("column_n")], ["apart", text("column_apart")], ["median", text("column_median")], ["range", text("column_range")], ["with_note", text("column_with_note")]];
    return dataTable(text("team_table", { about: sideName(model.get("about")) }), columns.map(([key, title], i) => ({ key, title, number: i > 0 })), rows.map((row) => {
      const told = inWords(row);
      return { ...told, range: row.n ? text("range", told) : "–", with_note: text("of", { part: row.withNote, n: row.n }) };
    }));
  }

  function paintTeam() {
    const team = model.get("team");
    const rows = teamRows();
    parts.about.querySelector(`input[value="${model.get("about")}"]`).checked = true;
    parts.addOwn.textContent = text(team.some((member) => member.sheet === model.get("sheet")) ? "update_own" : "add_own");
    parts.summary.textContent = teamSummary(rows);
    parts.results.hidden = !team.length;
    parts.members.replaceChildren(...(team.length ? [membersList(team)] : []));
    if (!team.length) { parts.dots.replaceChildren(); parts.teamTable.replaceChildren(); return; }
    const told = rows.map((row) => `${row.title}: ${row.note}.`).join(" ");
    parts.dots.replaceChildren(drawTeamDots(rows, width, { scale, label: text("team_label", { about: sideName(model.get("about")), rows: told }), words: { median: text("key_median") }, names: showNames ? team.map(memberName) : null }));
    parts.teamTable.replaceChildren(teamTable(rows));
  }

  function membersList(team) {
    const twice = sameNames(team);
    const details = h("details", { class: "tp-members", open: membersOpen, ontoggle: () => { membersOpen = details.open; } }, h("summary", {}, text("members", { n: team.length })),
      twice.includes(true) ? h("p", { class: "tp-twice" }, text("same_names")) : null,
      h("ol", {}, ...team.map((member, i) => h("li", {}, h("span", {}, bdi(memberName(member)), " ", h("span", { class: "tp-small" }, "(", bdi(shorten(member.file, 40)), ")"),
        twice[i] ? h("span", { class: "tp-twice" }, ` ${text("same_name")}`) : null),
      h("button", { type: "button", class: "tp-button", "aria-label": text("remove_of", { n: i + 1, name: memberName(member) }), onclick: () => remove(i) }, text("remove"))))));
    return details;
  }

  function remove(i) {
    const team = model.get("team");
    change({ team: team.toSpliced(i, 1) });
    const buttons = parts.members.querySelectorAll("button");
    (buttons[Math.min(i, buttons.length - 1)] ?? parts.importer).focus();
    announceTeam(text("removed", { n: i + 1, name: memberName(team[i]), left: team.length - 1 }));
  }

  function addOwn() {
    const answers = model.get("answers");
    if (answers.every((row) => row.own === null && row.company === null)) { announceTeam(text("own_empty")); return; }
    const member = memberOf(sheetMark(), model.get("person"), text("own_file"), answers);
    const team = model.get("team");
    const place = team.findIndex((other) => other.sheet === member.sheet);
    admit(() => (place < 0 ? withMember(team, member, most) : team.with(place, member)), text("own_file"));
    if (model.get("team").some((other) => other.sheet === member.sheet)) announceTeam(text("own_added", { n: model.get("team").length }));
  }

  /** Take a new team up, or tell why not; returns whether it was taken. */
  function admit(make, file) {
    try {
      change({ team: make() });
      return true;
    } catch (error) {
      if (!(error instanceof ImportError)) throw error;
      parts.problems.append(h("p", { class: "tp-problem" }, importSentence(error, file, tell)));
      return false;
    }
  }

  /** Take in what can be read; each file that can't is named in a sentence of its own. */
  async function importFiles(files) {
    parts.problems.replaceChildren();
    announceTeam("");
    const read = await Promise.all(files.map(async (file) => {
      try { return readSheet(file.name, await readTextFile(file), constants); } catch (error) { return error; }
    }));
    const taken = files.filter((file, i) => admit(() => {
      if (read[i] instanceof Error) throw read[i];
      return withMember(model.get("team"), read[i], most);
    }, file.name));
    if (taken.length) announceTeam(text(taken.length === 1 ? "taken_one" : "taken", { files: taken.length, file: shorten(taken[0].name, 80), n: model.get("team").length }));
  }

  function teamContent() {
    const about = model.get("about");
    const records = teamRows().map((row) => ({ about, shift: row.shift, n: row.n, disagreement: toFourPlaces(row.disagreement), median: row.median, lowest: row.lowest, highest: row.highest, range: row.range, with_note: row.withNote }));
    return { name: `five-shifts-team-${about}`, title: `${text("team")}: ${sideName(about)}`, source: text("source_team", { n: model.get("team").length }), columns: Object.keys(records[0]), records, svg: parts.dots.querySelector("svg") };
  }

  function build() {
    const button = (label, action) => h("button", { type: "button", class: "tp-button", onclick: action }, label);
    const chooser = h("input", { type: "file", multiple: true, accept: ".csv,.json,text/csv,application/json", class: "tp-unseen", tabindex: "-1", "aria-hidden": "true",
      onchange: () => { const files = [...chooser.files]; chooser.value = ""; importFiles(files); } });
    const person = h("input", { type: "text", maxlength: 80, oninput: () => change({ person: person.value }) });
    parts = { person, status: h("p", { class: "tp-status", role: "status" }), teamStatus: h("p", { class: "tp-status", role: "status" }), problems: h("div", { role: "alert" }),
      empty: h("p", { class: "tp-note" }, text("profile_empty")), profile: h("div", { class: "tp-chart-box" }), profileTable: h("div", {}),
      importer: button(text("import"), () => chooser.click()), addOwn: button("", addOwn), members: h("div", {}), summary: h("p", { class: "tp-summary", "aria-live": "polite" }),
      about: segments(text("about"), SHIFT_SIDES.map((side) => [side, sideName(side)]), model.get("about"), (about) => change({ about }), `${uid}-about`),
      dots: h("div", { class: "tp-chart-box" }), teamTable: h("div", {}),
      form: shiftForm(model.get("answers"), { text, scale, uid, change: (shift, changes) => change({ answers: model.get("answers").map((row) => (row.shift === shift ? { ...row, ...changes } : row)) }) }) };
    parts.results = h("div", {}, h("div", { class: "tp-controls" }, parts.about, toggle(text("names"), showNames, (on) => { showNames = on; paintTeam(); })), h("p", { class: "tp-note" }, text("names_note")),
      parts.dots, h("p", { class: "tp-note" }, text("no_interval")), parts.teamTable, h("div", { class: "tp-toolbar" }, ...saveButtons(say, announceTeam, teamContent)));
    const heading = (key) => h("h3", {}, text(key));
    el.replaceChildren(h("section", { class: "tp-widget tp-shifts", lang: model.get("lang"), "aria-label": say("shifts_check", "title") },
      h("p", { class: "tp-note" }, text("how")), h("label", { class: "tp-field tp-person" }, h("span", {}, text("person")), person), parts.form.element,
      h("div", { class: "tp-panel" }, heading("profile"), parts.empty, parts.profile, parts.profileTable,
        h("div", { class: "tp-toolbar" }, ...saveButtons(say, announce, ownContent), button(say("common", "export_json"), exportJson)), parts.status),
      h("div", { class: "tp-panel tp-team" }, heading("team"), h("p", { class: "tp-note" }, text("team_how")), h("div", { class: "tp-toolbar" }, parts.importer, chooser, parts.addOwn),
        parts.teamStatus, parts.problems, parts.summary, parts.results, parts.members)));
    onPerson();
    paintProfile();
    paintTeam();
  }

  const onPerson = () => { if (parts.person.value !== model.get("person")) parts.person.value = model.get("person"); };
  const onAnswers = () => { parts.form.update(model.get("answers")); paintProfile(); };
  build();
  const ends = [listen(model, { answers: onAnswers, person: onPerson, sheet: paintTeam, team: paintTeam, about: paintTeam, lang: build }),
    followWidth(el, () => parts.profile, (now) => { width = Math.min(WIDEST, now); paintProfile(); paintTeam(); })];
  return () => { for (const end of ends) end(); };
}

/** Take up what the published page kept; what can't be read is dropped, the rest stays as it is. */
function restore(saved, model) {
  const constants = model.get("_constants");
  const restored = {};
  try {
    restored.answers = checkShiftAnswers(saved.answers, constants);
  } catch { /* the answers stay as they are */ }
  if (typeof saved.person === "string" && saved.person.length <= MAX_TEXT) restored.person = saved.person;
  if (SHEET.test(saved.sheet)) restored.sheet = saved.sheet;
  if (SHIFT_SIDES.includes(saved.about)) restored.about = saved.about;
  if (Array.isArray(saved.team)) {
    const members = saved.team.map((member) => checkMember(member, constants)).filter((member) => member !== null);
    restored.team = members.filter((member, i) => members.findIndex((other) => other.sheet === member.sheet) === i).slice(0, constants.most_members);
  }
  return restored;
}

export default { render, restore, teamDisagreement, readSheet, drawShiftProfile, drawTeamDots };
