"""Draw the plan of a study: power and width for both grades over the number of customers asked."""

from __future__ import annotations

from typing import Final

import altair as alt

from touchpoints.charts.intervals import inline, rows_of
from touchpoints.charts.theme import PALETTE
from touchpoints.core.result import register_chart
from touchpoints.core.study_plan import StudyPlan

_WIDTH: Final = 290
_GRADES: Final = ("grade 1", "grade 2")


@register_chart(StudyPlan)
def study_chart(plan: StudyPlan) -> alt.VConcatChart:
    """Draw the chance to find each lift, and below it how wide its interval will be.

    Args:
        plan: What `plan_study` gave.

    Returns:
        Two panels with a line a grade; a dashed line stands at the number of the plan.
    """
    rows = [
        {
            "asked": row["asked"],
            "grade": name,
            "power_pct": row[f"power_{k}_pct"],
            "width_points": row[f"width_{k}_points"],
        }
        for row in rows_of(plan.table)
        for k, name in enumerate(_GRADES, 1)
    ]
    x = alt.X(
        "asked:Q",
        title="customers asked (equal steps multiply)",
        scale=alt.Scale(type="log"),
        axis=alt.Axis(format=",d", tickCount=5),
    )
    asked = alt.Chart().mark_rule(color="#777777", strokeDash=[4, 3], aria=False)
    asked = asked.encode(x=alt.datum(plan.assumptions.asked))
    scale = alt.Scale(domain=list(_GRADES), range=[PALETTE[0], PALETTE[1]])
    panels = []
    for column, title, height in (
        ("power_pct", "chance to find the lift (%)", 180),
        ("width_points", "interval (points)", 120),
    ):
        base = alt.Chart().encode(
            x=x,
            y=alt.Y(f"{column}:Q", title=title, scale=alt.Scale(zero=True)),
            color=alt.Color("grade:N", title=None, scale=scale),
        )
        marks = base.mark_point(size=50).encode(
            shape=alt.Shape("grade:N", title=None, scale=alt.Scale(domain=list(_GRADES))),
            tooltip=["grade:N", alt.Tooltip("asked:Q", format=",d"), f"{column}:Q"],
        )
        layers = alt.layer(asked, base.mark_line(), marks)
        panels.append(layers.properties(width=_WIDTH, height=height))
    chart: alt.VConcatChart = alt.vconcat(*panels, data=inline(rows))
    said = [f"{n:,} customers for grade {k}" for k, n in enumerate(plan.needed, 1)]
    title = f"To ask: {' and '.join(said)}"
    return chart.properties(title=alt.TitleParams(title), description=plan.text)
