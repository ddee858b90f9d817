// The drawing of a plan: each phase with what serves it offline and online, and what personal contact costs.

const BALANCE = { gap: 10, title: 26, head: 44, line: 17, foot: 8, between: 10, most: 9, bar: 38, letter: 6.6, bold: 7.4 };

/** The lines of a cell after the moves: what stays, what came; {label, person, came}. */
function cellLines(rows, medium, { name, number }) {
  return rows.filter((row) => shareIn(row, medium) > 0).map((row) => {
    const came = row.medium !== medium;
    const share = shareIn(row, medium);
    return { label: name(row), share: share < 100 ? ` ${number(share)} %` : "", came, person: came ? row.moved_minutes > 0 : row.personal };
  });
}

/** Draw into a width given in pixels, so that the texts keep their size on a phone. */
function drawBalance(rows, plan, width, context) {
  const { say, phases, media, number, label } = context;
  const text = (key, values) => say("balance_planner", key, values);
  const cell = (width - BALANCE.gap) / 2;
  const svg = s("svg", { class: "tp-balance", role: "img", "aria-label": label });
  let y = 0;
  for (const phase of phases) {
    const own = rows.filter((row) => row.contact_phase === phase);
    const lists = media.map((medium) => cellLines(own, medium, context));
    const lines = Math.min(BALANCE.most + 1, Math.max(1, ...lists.map((list) => list.length)));
    const height = BALANCE.head + lines * BALANCE.line + BALANCE.foot;
    const { served_after } = plan.phases.find((entry) => entry.contact_phase === phase);
    const warning = served_after === "both" ? "" : served_after === "none" ? text("chart_none") : text("chart_only", { medium: word(say, "medium", served_after) });
    svg.append(s("text", { class: "tp-phase-name", x: 0, y: y + 17 }, word(say, "contact_phase", phase)));
    if (warning) svg.append(s("text", { class: "tp-warning", x: width, y: y + 17, "text-anchor": "end" }, `⚠ ${warning}`));
    media.forEach((medium, i) => drawCell(svg, { x: i * (cell + BALANCE.gap), y: y + BALANCE.title, width: cell, height,
      counts: plan.cells.find((entry) => entry.contact_phase === phase && entry.medium === medium), list: lists[i] }, context));
    y += BALANCE.title + height + BALANCE.between;
  }
  y = drawCosts(svg, rows, plan, width, y, context);
  for (const [key, value] of Object.entries({ viewBox: `0 0 ${width} ${y}`, width, height: y })) svg.setAttribute(key, value);
  return svg;
}

function drawCell(svg, { x, y, width, height, counts, list }, { say, number }) {
  const text = (key, values) => say("balance_planner", key, values);
  const change = (key) => fromTo(number(counts[key]), number(counts[`${key}_after`]));
  const empty = list.length === 0;
  svg.append(s("rect", { class: empty ? "tp-cell tp-cell-empty" : "tp-cell", x: x + 0.5, y: y + 0.5, width: width - 1, height: height - 1, rx: 5 }),
    s("text", { class: "tp-cell-name", x: x + 8, y: y + 18 }, `${word(say, "medium", counts.medium)}: ${change("touchpoints")}`),
    s("text", { class: "tp-tick", x: x + 8, y: y + 34 }, text("chart_contacts", { n: change("contacts") })));
  if (empty) svg.append(s("text", { class: "tp-warning", x: x + 8, y: y + BALANCE.head + 12 }, text("chart_empty")));
  const shown = list.length > BALANCE.most + 1 ? list.slice(0, BALANCE.most) : list;
  shown.forEach((line, i) => {
    const at = y + BALANCE.head + i * BALANCE.line + 12;
    const room = Math.floor((width - 30) / (line.came ? BALANCE.bold : BALANCE.letter)) - line.share.length - (line.came ? 2 : 0);
    svg.append(s("circle", { class: line.person ? "tp-person" : "tp-alone", cx: x + 13, cy: at - 4, r: 4 }),
      s("text", { class: line.came ? "tp-came" : "tp-stays", x: x + 22, y: at },
        `${line.came ? "+ " : ""}${shorten(line.label, Math.max(6, room))}${line.share}`, s("title", {}, line.label)));
  });
  if (shown.length < list.length) {
    svg.append(s("text", { class: "tp-tick", x: x + 22, y: y + BALANCE.head + shown.length * BALANCE.line + 12 },
      text("chart_more", { n: list.length - shown.length })));
  }
}

/** Bars of what personal contact costs, dearest first; returns the lower edge. */
function drawCosts(svg, rows, plan, width, top, { say, number, name }) {
  const text = (key, values) => say("balance_planner", key, values);
  const costly = rows.map((row, i) => ({ row, ...plan.items[i] })).filter((item) => item.eur > 0 || item.eur_after > 0)
    .sort((a, b) => b.eur - a.eur || b.eur_after - a.eur_after).slice(0, 12);
  if (!costly.length) return top;
  const most = Math.max(...costly.map((item) => Math.max(item.eur, item.eur_after)));
  svg.append(s("text", { class: "tp-phase-name", x: 0, y: top + 20 }, text("chart_costs")));
  costly.forEach((item, i) => {
    const y = top + 30 + i * BALANCE.bar;
    const bar = (kind, value, at) => s("rect", { class: kind, x: 0.5, y: at, width: Math.max(0.5, ((width - 1) * value) / most), height: 7 });
    const told = text("chart_cost", { hours: number(item.hours, 1), eur: number(item.eur) });
    const label = item.eur === item.eur_after ? told : text("chart_change", { eur: number(item.eur), after: number(item.eur_after) });
    const room = Math.floor((width - label.length * BALANCE.letter - 12) / BALANCE.letter);
    svg.append(s("text", { class: "tp-stays", x: 0, y: y + 12 }, shorten(name(item.row), Math.max(6, room)), s("title", {}, name(item.row))),
      s("text", { class: "tp-tick", x: width, y: y + 12, "text-anchor": "end" }, label),
      bar("tp-now", item.eur, y + 17), ...(plan.moves ? [bar("tp-after", item.eur_after, y + 25)] : []));
  });
  return top + 34 + costly.length * BALANCE.bar;
}
