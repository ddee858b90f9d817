"""Draw the plan of a survey: power and width of the interval over the number of customers."""

from __future__ import annotations

from typing import Final

import altair as alt

from touchpoints.charts.intervals import inline, rows_of, tooltips
from touchpoints.charts.theme import PALETTE
from touchpoints.core.planning import LiftPlan
from touchpoints.core.result import register_chart

_WIDTH: Final = 420


@register_chart(LiftPlan)
def plan_chart(plan: LiftPlan) -> alt.VConcatChart:
    """Draw the chance to find the lift, and below it how wide its interval will be.

    Args:
        plan: What `plan_lift` gave.

    Returns:
        Two curves over the number of customers; a dashed line stands at the number needed.
    """
    rows = rows_of(plan.table)
    needed = alt.Chart().mark_rule(color="#777777", strokeDash=[4, 3], aria=False)
    needed = needed.encode(x=alt.datum(plan.customers))
    x = alt.X("customers:Q", title="customers asked", axis=alt.Axis(format=",d", tickCount=6))
    curves = []
    for place, (column, title, top) in enumerate(
        [
            ("power_pct", "chance to find the lift (%)", 100),
            ("width_points", "interval (points)", None),
        ]
    ):
        scale = alt.Scale(domain=[0, top]) if top else alt.Scale(zero=True)
        base = alt.Chart().encode(x=x, y=alt.Y(f"{column}:Q", title=title, scale=scale))
        line = base.mark_line(color=PALETTE[place])
        points = base.mark_point(color=PALETTE[place], size=50).encode(tooltip=tooltips(rows[0]))
        layers = alt.layer(needed, line, points)
        curves.append(layers.properties(width=_WIDTH, height=(200, 120)[place]))
    chart: alt.VConcatChart = alt.vconcat(*curves, data=inline(rows))
    title = (
        f"{plan.customers:,} customers find a lift of {plan.lift_points:+g} points "
        f"with a chance of {100 * plan.power:g} %"
    )
    return chart.properties(title=alt.TitleParams(title), description=plan.text)
