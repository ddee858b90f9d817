"""Draw the models of a trend over the grades beside what was observed."""

from __future__ import annotations

from typing import Final

import altair as alt

from touchpoints.charts.intervals import AnyChart, finish, inline, panels, rows_of, tooltips
from touchpoints.charts.theme import PALETTE
from touchpoints.core.contacts import GRADE, group_label
from touchpoints.core.grade_trend import GradeTrend, simplest
from touchpoints.core.result import register_chart
from touchpoints.core.trend_models import CATEGORICAL, ISOTONIC, LINEAR, STEP

_SHOWN: Final = (LINEAR, STEP, ISOTONIC)
_DASHES: Final = ([1, 0], [6, 3], [2, 2])


@register_chart(GradeTrend)
def trend_chart(trend: GradeTrend) -> AnyChart:
    """Draw observed fan rates with intervals, and the line, the step and the isotonic curve.

    Args:
        trend: What `grade_trend` gave.

    Returns:
        One panel a group; the models differ in colour and dash.
    """
    rows = [
        row | {"group": group_label(trend.by, [row[c] for c in trend.by])}
        for row in rows_of(trend.fits)
        if row["model"] in (*_SHOWN, CATEGORICAL)
    ]
    x = alt.X(f"{GRADE}:O", title="grade (1 is best)", axis=alt.Axis(labelAngle=0))
    base = alt.Chart()
    observed = base.transform_filter(alt.datum.model == CATEGORICAL)
    y = alt.Y("low_pct:Q", title="fan rate (%)")
    bars = observed.mark_rule(color="#777777").encode(x=x, y=y, y2="high_pct:Q")
    points = observed.mark_point(size=70, filled=True, color="#777777").encode(
        x=x, y="fan_rate_pct:Q", tooltip=tooltips(rows[0])
    )
    colors = alt.Scale(domain=list(_SHOWN), range=[PALETTE[0], PALETTE[1], PALETTE[2]])
    dashes = alt.Scale(domain=list(_SHOWN), range=[list(dash) for dash in _DASHES])
    lines = (
        base.transform_filter(alt.datum.model != CATEGORICAL)
        .mark_line(strokeWidth=2)
        .encode(
            x=x,
            y="fitted_pct:Q",
            color=alt.Color("model:N", title="model", scale=colors),
            strokeDash=alt.StrokeDash("model:N", title="model", scale=dashes),
        )
    )
    chart = panels(alt.layer(bars, lines, points, data=inline(rows)), rows)
    return finish(chart, _title(trend), trend)


def _title(trend: GradeTrend) -> str:
    best = simplest(rows_of(trend.table), "aic_excess")
    if len(best) == 1:
        return f"Among the graded, AIC prefers the {best[0]} model"
    often = max(dict.fromkeys(best), key=best.count)
    return f"AIC prefers the {often} model in {best.count(often)} of {len(best)} groups"
