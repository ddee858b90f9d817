"""Draw touchpoint scores: the two rankings side by side."""

from __future__ import annotations

import altair as alt
import narwhals as nw

from touchpoints.charts.theme import PALETTE
from touchpoints.core.result import register_chart
from touchpoints.core.scoring import TouchpointScores
from touchpoints.core.scoring_rule import VALUE_FUNCTIONS

_LABELS = {"linear": "each grade one step", "only_best": "only grade 1 counts"}


@register_chart(TouchpointScores)
def score_chart(scores: TouchpointScores) -> alt.LayerChart | alt.FacetChart:
    """Draw the priorities of the graded touchpoints under both value functions.

    Args:
        scores: What `score_touchpoints` gave.

    Returns:
        A dumbbell chart: one row a touchpoint, two marks told apart by shape and colour. Those
        with marks far apart are the touchpoints whose urgency hangs on what a grade is worth.
    """
    table = nw.from_native(scores.table, eager_only=True)
    graded = table.filter(~nw.col("rank_linear").is_null())
    named = "name_en" if "name_en" in graded.columns else "touchpoint"
    columns = {
        "touchpoint": graded.get_column(named).to_list(),
        "grade": graded.get_column("grade").to_list(),
    }
    rows = [
        {
            "touchpoint": key,
            "grade": grade,
            "value function": _LABELS[name],
            "priority": priority,
        }
        for name in VALUE_FUNCTIONS
        for key, grade, priority in zip(
            columns["touchpoint"],
            columns["grade"],
            graded.get_column(f"priority_{name}").to_list(),
            strict=True,
        )
    ]
    order = graded.sort("priority_linear", descending=True).get_column(named).to_list()
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("touchpoint:N", sort=order, title=None, axis=alt.Axis(labelLimit=150)),
        x=alt.X("priority:Q", title="priority (importance × (1 − quality) × weight)"),
    )
    lines = base.mark_line(color="#888888", strokeWidth=1).encode(detail="touchpoint:N")
    points = base.mark_point(size=80, opacity=1).encode(
        color=alt.Color("value function:N", scale=alt.Scale(range=list(PALETTE[:2])), title=None),
        shape=alt.Shape("value function:N", title=None),
        tooltip=[
            "touchpoint:N",
            "grade:Q",
            "value function:N",
            alt.Tooltip("priority:Q", format=".1f"),
        ],
    )
    return alt.layer(lines, points).properties(
        title=alt.TitleParams("What comes first depends on what a grade 2 is worth"),
        description=scores.text,
        height=alt.Step(18),
    )
