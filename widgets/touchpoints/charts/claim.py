"""Draw the verdicts of the claim test: each part of the claim, the pattern and the claim itself."""

from __future__ import annotations

from typing import Final

import altair as alt

from touchpoints.charts.intervals import AnyChart, finish, over, rows_of, tooltips
from touchpoints.charts.theme import PALETTE
from touchpoints.core.claim import OnlyBestCounts
from touchpoints.core.claim_parts import BEST, CONSISTENT, OTHERS, PARTS, SECOND, VERDICTS
from touchpoints.core.contacts import group_label
from touchpoints.core.result import register_chart

#: Colour and shape of each of `VERDICTS`.
VERDICT_COLORS: Final = (PALETTE[2], PALETTE[1], "#777777", PALETTE[4])
VERDICT_SHAPES: Final = ("circle", "cross", "diamond", "triangle-up")
_WIDTH: Final = 420
#: Pixels around the chart: the names above the columns lean to the right, beyond the last one.
_PADDING: Final = {"left": 5, "top": 5, "right": 14, "bottom": 5}
#: What a phone has room for above a column.
_SHORT: Final = {BEST: "1 lifts", SECOND: "2 lowers", OTHERS: "3–6 do not"}
_COLUMNS: Final = (*PARTS, "pattern", "claim")


@register_chart(OnlyBestCounts)
def claim_chart(result: OnlyBestCounts) -> AnyChart:
    """Draw one row a group and one mark for each part, the pattern and the claim.

    Args:
        result: What `only_best_counts` gave.

    Returns:
        Marks whose shape and colour tell the verdict.
    """
    rows = []
    for row in rows_of(result.table):
        for column, verdict in (("pattern", row["pattern"]), ("claim", row["verdict"])):
            group = group_label(result.by, [row[c] for c in result.by])
            rows.append({"group": group, "what": column, "says": verdict, "reason": row["reason"]})
    for row in rows_of(result.parts):
        if not row["beyond_control"]:
            group = group_label(result.by, [row[c] for c in result.by])
            p = f"p for it {row['p_for']:.3f}, against it {row['p_against']:.3f}"
            rows.append({"group": group, "what": row["part"], "says": row["verdict"], "reason": p})
    short = " : ".join(f"datum.label == '{part}' ? '{name}'" for part, name in _SHORT.items())
    axis = alt.Axis(
        orient="top", labelAngle=-40, labelExpr=f"{short} : datum.label", labelOverlap=False
    )
    x = alt.X("what:N", sort=list(_COLUMNS), title=None, axis=axis)
    color = alt.Scale(domain=list(VERDICTS), range=list(VERDICT_COLORS))
    legend = alt.Legend(columns=1)
    shape = alt.Scale(domain=list(VERDICTS), range=list(VERDICT_SHAPES))
    chart = (
        over(rows)
        .mark_point(size=110, filled=True)
        .encode(
            x=x,
            y=alt.Y("group:N", title=None, axis=alt.Axis(labelLimit=220)),
            color=alt.Color("says:N", title=None, scale=color, legend=legend),
            shape=alt.Shape("says:N", title=None, scale=shape, legend=legend),
            tooltip=tooltips(rows[0]),
        )
        .properties(width=_WIDTH, height=alt.Step(24), padding=_PADDING)
    )
    table = rows_of(result.table)
    seen = sum(row["pattern"] == CONSISTENT for row in table)
    held = sum(row["verdict"] == CONSISTENT for row in table)
    title = f"“Only grade 1 counts”: seen in {seen} of {len(table)} groups, beyond mood in {held}"
    if len(table) == 1:
        title = f"“Only grade 1 counts”: {table[0]['verdict']}"
    return finish(chart, title, result)
