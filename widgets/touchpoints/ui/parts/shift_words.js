// One person's answers as picture and table, for the check and for the report.

/** An answer without a note. */
const lacksEvidence = (row) => (row.own !== null || row.company !== null) && row.note.trim() === "";

function shiftWords(answers, { say, scale }) {
  const text = (key, values) => say("shifts_check", key, values);
  const sideName = (side) => text(`side_${side}`);
  const shiftName = (shift) => text(`shift_${shift}`);
  const shown = (value) => (value === null ? text("open") : String(value));

  function picture(width) {
    const rows = answers.map((row) => ({ ...row, evidence: !lacksEvidence(row), from: text(`shift_from_${row.shift}`), to: text(`shift_to_${row.shift}`) }));
    const told = rows.map((row) => text("profile_row", { shift: shiftName(row.shift), ...Object.fromEntries(PROFILE_SIDES.map((side) => [side, `${sideName(side)} ${shown(row[side])}`])) }));
    return drawShiftProfile(rows, width, { scale, label: text("profile_label", { low: scale[0], high: scale[1], rows: told.join(" ") }),
      words: { own: sideName("own"), company: sideName("company"), hollow: text("hollow") } });
  }

  function table() {
    const columns = [{ key: "shift", title: text("column_shift") }, ...PROFILE_SIDES.map((side) => ({ key: side, title: sideName(side), number: true })), { key: "evidence", title: text("column_evidence") }];
    return dataTable(text("profile_table"), columns, answers.map((row) => ({ shift: shiftName(row.shift), own: shown(row.own), company: shown(row.company),
      evidence: lacksEvidence(row) ? text("without") : bdi(row.note) })));
  }

  return { picture, table };
}
