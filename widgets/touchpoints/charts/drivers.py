"""Draw what matters: the importance-performance map, and penalties against rewards."""

from __future__ import annotations

from typing import Any, Final

import altair as alt

from touchpoints.charts.intervals import AnyChart, finish, over, rows_of, tooltips, zero_line
from touchpoints.charts.theme import PALETTE
from touchpoints.core.contacts import TOUCHPOINT
from touchpoints.core.importance_performance import (
    PERFORMANCE,
    QUADRANTS,
    ImportancePerformance,
)
from touchpoints.core.penalty_reward import PenaltyReward
from touchpoints.core.result import register_chart

_GREY: Final = "#777777"
_SIDES: Final = ("bad", "good")
_AXES: Final = {
    "derived_pct": "derived importance (% of variance)",
    "stated": "stated importance (0 to 10)",
    "mean_grade": "mean grade (1 is best, to the right)",
    "grade_1_pct": "share of grade 1 (%)",
}


@register_chart(ImportancePerformance)
def importance_chart(result: ImportancePerformance) -> AnyChart:
    """Draw the map: better to the right, more important further up.

    Args:
        result: What `importance_performance` gave.

    Returns:
        A point a touchpoint with both intervals, lines at the cut-offs, a mark for each quadrant,
        and names where importance is high and performance isn't.
    """
    name, better_high = PERFORMANCE[result.value]
    matters = "derived_pct" if result.importance == "derived" else "stated"
    rows = [
        row | {"place": _words(row["quadrant"])}
        for row in rows_of(result.table)
        if row["quadrant"] in QUADRANTS
    ]
    scale = alt.Scale(zero=False, reverse=not better_high)
    x = alt.X(f"{name}:Q", scale=scale, title=_AXES[name])
    y = alt.Y(f"{matters}:Q", scale=alt.Scale(zero=False), title=_AXES[matters])
    domain = [_words(q) for q in QUADRANTS]
    colors = alt.Scale(domain=domain, range=[PALETTE[1], PALETTE[2], _GREY, PALETTE[0]])
    shapes = alt.Scale(domain=domain, range=["triangle-up", "circle", "square", "diamond"])
    legend = alt.Legend(columns=2)
    base = over(rows)
    across = base.mark_rule(color=_GREY, opacity=0.4).encode(
        x=alt.X(f"{name}_low:Q", scale=scale, title=_AXES[name]), x2=f"{name}_high:Q", y=y
    )
    up = base.mark_rule(color=_GREY, opacity=0.4).encode(
        x=x, y=alt.Y(f"{matters}_low:Q", title=_AXES[matters]), y2=f"{matters}_high:Q"
    )
    points = base.mark_point(size=80, filled=True, opacity=1).encode(
        x=x,
        y=y,
        color=alt.Color("place:N", title=None, scale=colors, legend=legend),
        shape=alt.Shape("place:N", title=None, scale=shapes, legend=legend),
        tooltip=tooltips(rows[0]),
    )
    first = [row | {"name": _words(row[TOUCHPOINT])} for row in rows if row["place"] == domain[0]]
    names = over(first).mark_text(align="left", dx=8, dy=-8).encode(x=x, y=y, text="name:N")
    cuts = over([{"x": result.performance_cut, "y": result.importance_cut}])
    lines = [
        cuts.mark_rule(strokeDash=[4, 3], color=_GREY, aria=False).encode(
            x=alt.X("x:Q", scale=scale)
        ),
        cuts.mark_rule(strokeDash=[4, 3], color=_GREY, aria=False).encode(y="y:Q"),
    ]
    layers = [*lines, across, up, points, *([names] if first else [])]
    chart = alt.layer(*layers).properties(height=340)
    return finish(chart, f"{len(first)} of {len(rows)} matter and are not done well", result)


@register_chart(PenaltyReward)
def penalty_reward_chart(result: PenaltyReward) -> AnyChart:
    """Draw for each touchpoint how far bad and good lie from the middle.

    Args:
        result: What `penalty_reward` gave.

    Returns:
        Two points with intervals a touchpoint, sorted by asymmetry, named with the class; the
        middle is the line at 0.
    """
    table = [row for row in rows_of(result.table) if row["asymmetry"] is not None]
    table.sort(key=lambda row: -row["asymmetry"])
    rows: list[dict[str, Any]] = [
        {
            "touchpoint": _words(row[TOUCHPOINT]),
            "against the middle": side,
            "difference": row[kind],
            "low": row[f"{kind}_low"],
            "high": row[f"{kind}_high"],
            "n": row[f"n_{side}"],
            "factor": row["factor"],
        }
        for row in table
        for side, kind in zip(_SIDES, ("penalty", "reward"), strict=True)
    ]
    order = [_words(row[TOUCHPOINT]) for row in table]
    y = alt.Y("touchpoint:N", sort=order, title=None, axis=alt.Axis(labelLimit=180))
    base = over(rows).encode(y=y)
    title = result.unit  # longer titles are cut off on phones
    bars = base.mark_rule(color=_GREY).encode(x=alt.X("low:Q", title=title), x2="high:Q")
    points = base.mark_point(size=70, filled=True, opacity=1).encode(
        x=alt.X("difference:Q", title=title),
        color=alt.Color(
            "against the middle:N",
            title=None,
            scale=alt.Scale(domain=list(_SIDES), range=[PALETTE[1], PALETTE[0]]),
        ),
        shape=alt.Shape(
            "against the middle:N",
            title=None,
            scale=alt.Scale(domain=list(_SIDES), range=["triangle-down", "circle"]),
        ),
        tooltip=tooltips(rows[0]) if rows else [],
    )
    chart = alt.layer(zero_line("x"), bars, points).properties(height=alt.Step(20))
    more = sum(row["asymmetry_low"] > 0 for row in table)
    less = sum(row["asymmetry_high"] < 0 for row in table)
    return finish(
        chart, f"Bad weighs more than good at {more}, less at {less} of {len(table)}", result
    )


def _words(key: str) -> str:
    return key.replace("_", " ")
