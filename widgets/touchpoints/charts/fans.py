"""Draw fan rates: by grade with no contact as a band, or by any other group."""

from __future__ import annotations

from typing import Any

import altair as alt

from touchpoints.charts.intervals import (
    AnyChart,
    dot_plot,
    finish,
    inline,
    labelled,
    panels,
    rows_of,
    size_encoding,
    tooltips,
)
from touchpoints.charts.theme import PALETTE
from touchpoints.core.contacts import GRADE
from touchpoints.core.fans import FanRates
from touchpoints.core.result import register_chart

_RATE = "fan rate (%)"


@register_chart(FanRates)
def fan_rate_chart(rates: FanRates) -> AnyChart:
    """Draw fan rates with their intervals.

    Args:
        rates: What `fan_rate` gave.

    Returns:
        Grouped by grade: one point a grade and a band for no contact, one panel for each further
        group. Otherwise: one row a group. Small cells have a mark of their own.
    """
    rows = labelled(rows_of(rates.table), rates.by)
    if GRADE in rates.by:
        return finish(_by_grade(rows), _grade_title(rows), rates)
    chart = dot_plot(rows, estimate="fan_rate_pct", low="low_pct", high="high_pct", title=_RATE)
    return finish(chart, _title(rows), rates)


def _by_grade(rows: list[dict[str, Any]]) -> AnyChart:
    """Points by grade over the band of no contact; all layers read the same rows."""
    base = alt.Chart()
    none = base.transform_filter(f"datum.{GRADE} === null")
    graded = base.transform_filter(f"datum.{GRADE} !== null")
    y = alt.Y("low_pct:Q", title=_RATE)
    band = none.mark_rect(opacity=0.2, fill=PALETTE[1]).encode(y=y, y2="high_pct:Q")
    middle = none.mark_rule(color=PALETTE[1], strokeDash=[6, 3]).encode(y="fan_rate_pct:Q")
    name = none.mark_text(align="left", dx=4, dy=-6, text="no contact").encode(
        x=alt.value(0), y="fan_rate_pct:Q"
    )
    x = alt.X(f"{GRADE}:O", title="grade (1 is best)", axis=alt.Axis(format="d", labelAngle=0))
    bars = graded.mark_rule().encode(x=x, y=y, y2="high_pct:Q")
    points = graded.mark_point(size=80, filled=True).encode(
        x=x, y="fan_rate_pct:Q", tooltip=tooltips(rows[0]), **size_encoding()
    )
    return panels(alt.layer(band, middle, name, bars, points, data=inline(rows)), rows)


def _grade_title(rows: list[dict[str, Any]]) -> str:
    """Say how the best grade stands beside no contact."""
    best = {r["group"]: r["fan_rate_pct"] for r in rows if r[GRADE] == 1}
    none = {r["group"]: r["fan_rate_pct"] for r in rows if r[GRADE] is None}
    both = [group for group in best if group in none]
    if not both:
        top = max(rows, key=lambda row: row["fan_rate_pct"])
        name = "no contact" if top[GRADE] is None else f"grade {top[GRADE]:g}"
        return f"The fan rate is highest at {name}: {top['fan_rate_pct']:.0f} %"
    if len(both) == 1:
        one = both[0]
        return f"{best[one]:.0f} % are fans at grade 1, {none[one]:.0f} % without contact"
    above = sum(best[group] > none[group] for group in both)
    return f"Grade 1 has a higher fan rate than no contact in {above} of {len(both)} groups"


def _title(rows: list[dict[str, Any]]) -> str:
    if len(rows) == 1:
        return f"{rows[0]['fan_rate_pct']:.0f} % are fans"
    low, *_, high = sorted(rows, key=lambda row: row["fan_rate_pct"])
    return (
        f"The fan rate runs from {low['fan_rate_pct']:.0f} % ({low['group']}) "
        f"to {high['fan_rate_pct']:.0f} % ({high['group']})"
    )
