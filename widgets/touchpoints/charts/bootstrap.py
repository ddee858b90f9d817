"""Draw analytic and bootstrap intervals of contrasts side by side."""

from __future__ import annotations

from typing import Final

import altair as alt

from touchpoints.charts.intervals import (
    AnyChart,
    finish,
    inline,
    labelled,
    panels,
    rows_of,
    tooltips,
)
from touchpoints.charts.theme import PALETTE
from touchpoints.core.bootstrap_contrasts import BootstrapContrasts
from touchpoints.core.contacts import GRADE
from touchpoints.core.result import register_chart

_KINDS: Final = {"formula": "", "customers drawn anew": "bootstrap_"}


@register_chart(BootstrapContrasts)
def bootstrap_chart(result: BootstrapContrasts) -> AnyChart:
    """Draw each contrast twice, once with each interval.

    Args:
        result: What `bootstrap_contrasts` gave.

    Returns:
        One panel a group; the two kinds differ in colour, shape and place.
    """
    rows = [
        row | {"interval": kind, "low": row[f"{name}low_points"], "high": row[f"{name}high_points"]}
        for row in labelled(rows_of(result.table), result.by)
        for kind, name in _KINDS.items()
    ]
    x = alt.X(f"{GRADE}:O", title="grade (1 is best)", axis=alt.Axis(format="d", labelAngle=0))
    offset = alt.XOffset("interval:N", sort=list(_KINDS))
    colors = alt.Scale(domain=list(_KINDS), range=[PALETTE[0], PALETTE[1]])
    shapes = alt.Scale(domain=list(_KINDS), range=["circle", "diamond"])
    color = alt.Color("interval:N", title="interval", scale=colors)
    base = alt.Chart().encode(x=x, xOffset=offset, color=color)
    bars = base.mark_rule(strokeWidth=2).encode(
        y=alt.Y("low:Q", title="percentage points over no contact"),
        y2="high:Q",
    )
    points = base.mark_point(size=26, filled=True).encode(
        y="lift_points:Q",
        shape=alt.Shape("interval:N", title="interval", scale=shapes),
        tooltip=tooltips(rows[0]),
    )
    zero = (
        alt.Chart().mark_rule(color="#777777", strokeDash=[4, 3], aria=False).encode(y=alt.datum(0))
    )
    chart = panels(alt.layer(zero, bars, points, data=inline(rows)), rows)
    return finish(chart, "Two intervals of each lift, from a formula and from drawing", result)
