"""Draw odds ratios on a scale where halving and doubling are equally far from 1."""

from __future__ import annotations

import altair as alt

from touchpoints.charts.intervals import AnyChart, finish, over, rows_of, tooltips
from touchpoints.charts.theme import PALETTE
from touchpoints.core.proportional_odds import ProportionalOdds
from touchpoints.core.result import register_chart

_GREY = "#777777"


@register_chart(ProportionalOdds)
def odds_chart(odds: ProportionalOdds) -> AnyChart:
    """Draw the odds ratio of each level against the first, with its interval.

    Args:
        odds: What `proportional_odds` gave.

    Returns:
        One row a level; the dashed line at 1 is no difference.
    """
    rows = [
        row | {"compared": f"{row['factor']}: {row['level']} / {row['against']}"}
        for row in rows_of(odds.table)
    ]
    order = [row["compared"] for row in rows]
    scale = alt.Scale(type="log", nice=False, padding=10)
    title = "odds ratio (log scale)"
    base = over(rows).encode(
        y=alt.Y("compared:N", sort=order, title=None, axis=alt.Axis(labelLimit=220))
    )
    x = alt.X(
        "low:Q", title=title, scale=scale, axis=alt.Axis(values=[0.1, 0.25, 0.5, 1, 2, 4, 10])
    )
    bars = base.mark_rule(color=_GREY).encode(x=x, x2="high:Q")
    points = base.mark_point(size=80, filled=True, color=PALETTE[0]).encode(
        x=alt.X("odds_ratio:Q", title=title, scale=scale), tooltip=tooltips(rows[0])
    )
    none = (
        over([{"one": 1}]).mark_rule(color=_GREY, strokeDash=[4, 3], aria=False).encode(x="one:Q")
    )
    chart = alt.layer(none, bars, points).properties(height=alt.Step(24))
    clear = sum(row["low"] > 1 or row["high"] < 1 for row in rows)
    return finish(chart, f"{clear} of {len(rows)} odds ratios lie clearly apart from 1", odds)
