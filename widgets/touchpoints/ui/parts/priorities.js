// The panels under the scorecard: two rankings side by side, and the shares of the media.

const FIRST = 8;

/** The two priority lists. The right one tells how far each touchpoint moved against the left. */
function drawPriorities(rows, scores, rule, { name, say, lang, showAll }) {
  const names = Object.keys(rule.values);
  const byKey = new Map(rows.map((row) => [row.touchpoint, row]));
  const most = Math.max(0, ...scores.items.flatMap((i) => names.map((n) => i.priority[n] ?? 0)));
  return h("div", { class: "tp-rankings" }, ...names.map((n, column) => {
    const graded = scores.items.filter((i) => i.rank[n] !== null).sort((a, b) => a.rank[n] - b.rank[n]);
    const urgent = graded.filter((i) => i.priority[n] > 0);
    const empty = graded.length ? "nothing_to_mend" : "nothing_graded";
    const shown = showAll ? urgent : urgent.slice(0, FIRST);
    const items = shown.map((item) => priorityItem(item, n, byKey.get(item.touchpoint), {
      most, name, say, lang, moved: column ? item.rank[names[0]] - item.rank[n] : 0 }));
    return h("div", { class: "tp-ranking" },
      h("h4", {}, say("scorecard", `value_${n}`)),
      items.length ? h("ol", {}, ...items) : h("p", { class: "tp-note" }, say("scorecard", empty)));
  }));
}

function priorityItem(item, n, row, { most, moved, name, say, lang }) {
  const value = decimal(item.priority[n], lang);
  const bar = h("span", { class: "tp-bar", "aria-hidden": "true" });
  bar.style.setProperty("--part", String(item.priority[n] / most));
  const move = moved === 0 ? null : h("span", { class: moved > 0 ? "tp-up" : "tp-down" },
    h("span", { "aria-hidden": "true" }, `${moved > 0 ? "▲" : "▼"}${Math.abs(moved)}`),
    h("span", { class: "tp-unseen" },
      say("scorecard", moved > 0 ? "rank_up" : "rank_down", { n: Math.abs(moved) })));
  return h("li", { value: item.rank[n] },
    h("span", { class: "tp-clip", title: name(row) }, bdi(name(row))), " ",
    h("span", { class: "tp-value" }, h("span", { class: "tp-unseen" }, say("scorecard", "priority_value", { value })),
      h("span", { "aria-hidden": "true" }, value)), " ", move, bar);
}

/** One bar for the touchpoints and one for their importance, each split by medium. */
function drawShares(scores, { say, lang }) {
  const share = (medium, key) => scores.media.find((m) => m.medium === medium)?.[key] ?? 0;
  const kinds = [["share_pct", "shares_count"], ["importance_share_pct", "shares_importance"]];
  const known = kinds.filter(([key]) => scores.media.every((m) => m[key] !== null));
  return h("div", { class: "tp-shares" }, ...known.map(([key, text]) => {
    const offline = decimal(share("offline", key), lang, 0);
    const online = decimal(share("online", key), lang, 0);
    const label = say("scorecard", "shares_label", { what: say("scorecard", text), offline, online });
    const bar = h("div", { class: "tp-share", role: "img", "aria-label": label },
      h("span", { class: "tp-share-offline" }), h("span", { class: "tp-share-online" }));
    bar.style.setProperty("--offline", `${share("offline", key)}%`);
    return h("div", {},
      h("p", { class: "tp-share-text" },
        `${offline} % ${word(say, "medium", "offline")} · ${online} % ${word(say, "medium", "online")} `,
        h("span", { class: "tp-note" }, say("scorecard", text))), bar);
  }));
}
