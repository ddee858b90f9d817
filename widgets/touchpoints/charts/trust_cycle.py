"""Draw simulated trust accounts over the contact cycles."""

from __future__ import annotations

from typing import Any, Final

import altair as alt

from touchpoints.charts.intervals import AnyChart, inline, rows_of, tooltips
from touchpoints.charts.theme import PALETTE
from touchpoints.core.result import register_chart
from touchpoints.core.trust_simulation import TrustCourse
from touchpoints.core.vocabulary import CONTACT_PHASES

_PHASES: Final = len(CONTACT_PHASES)
_GREY: Final = "#777777"
_LINES: Final = ("median customer", "expected without chance")
_WIDTH: Final = 440


@register_chart(TrustCourse)
def trust_chart(course: TrustCourse) -> alt.VConcatChart:
    """Draw the accounts of the customers, and below them the share in credit.

    Args:
        course: What `simulate_trust` gave.

    Returns:
        Above: median, a band from the lower to the upper quartile, the course without chance
        (dashed), and the line between debt and credit. Below: the share in credit with its
        interval. Both over the cycles, four steps a cycle, one for each phase.
    """
    # A contact stands at the end of its quarter of the cycle: cycle 1 ends at 1.
    rows = [
        row | {"contact": row["cycle"] - 1 + (CONTACT_PHASES.index(row["contact_phase"]) + 1) / 4}
        for row in rows_of(course.table)
    ]
    x = alt.X("contact:Q", title="contact cycle", axis=alt.Axis(tickMinStep=1, format="d"))
    above = _accounts(rows, x).properties(width=_WIDTH, height=200)
    below = _in_credit(rows, x).properties(width=_WIDTH, height=110)
    chart: alt.VConcatChart = alt.vconcat(above, below, data=inline(rows))
    return chart.properties(title=alt.TitleParams(_title(rows)), description=course.text)


def _accounts(rows: list[dict[str, Any]], x: alt.X) -> AnyChart:
    base = alt.Chart().encode(x=x)
    y = alt.Y("q25_points:Q", title="trust account (points)")
    band = base.mark_area(opacity=0.25, color=PALETTE[0]).encode(y=y, y2="q75_points:Q")
    zero = alt.Chart().mark_rule(color=_GREY).encode(y=alt.datum(0))
    lines = alt.Scale(domain=list(_LINES), range=[PALETTE[0], PALETTE[1]])
    dashes = alt.Scale(domain=list(_LINES), range=[[1, 0], [6, 4]])
    drawn = [
        base.transform_calculate(line=f"'{name}'")
        .mark_line()
        .encode(
            y=f"{column}:Q",
            color=alt.Color("line:N", title=None, scale=lines),
            strokeDash=alt.StrokeDash("line:N", title=None, scale=dashes),
        )
        for name, column in zip(_LINES, ("median_points", "expected_points"), strict=True)
    ]
    points = base.mark_point(opacity=0, size=120).encode(
        y="median_points:Q", tooltip=tooltips(rows[0])
    )
    return alt.layer(band, zero, *drawn, points)


def _in_credit(rows: list[dict[str, Any]], x: alt.X) -> AnyChart:
    base = alt.Chart().encode(x=x)
    y = alt.Y("low_pct:Q", title="in credit (%)", scale=alt.Scale(domain=[0, 100]))
    band = base.mark_area(opacity=0.3, color=PALETTE[2]).encode(y=y, y2="high_pct:Q")
    line = base.mark_line(color=PALETTE[2]).encode(y="in_credit_pct:Q")
    points = base.mark_point(opacity=0, size=120).encode(
        y="in_credit_pct:Q", tooltip=tooltips(rows[0])
    )
    return alt.layer(band, line, points)


def _title(rows: list[dict[str, Any]]) -> str:
    last = rows[-1]
    return f"{last['in_credit_pct']:.0f} % are in credit after {last['cycle']} cycles (simulated)"
