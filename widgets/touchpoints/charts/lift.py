"""Draw lifts over no contact and the net effect they add up to."""

from __future__ import annotations

from typing import Any, Final

import altair as alt

from touchpoints.charts.intervals import (
    AnyChart,
    dot_plot,
    finish,
    inline,
    labelled,
    over,
    panels,
    rows_of,
    tooltips,
    zero_line,
)
from touchpoints.charts.sides import side_of, side_scales
from touchpoints.charts.theme import PALETTE
from touchpoints.core.contacts import GRADE
from touchpoints.core.grade_contrasts import GradeContrasts
from touchpoints.core.lift import Lifts
from touchpoints.core.net_effect import NetContactEffect
from touchpoints.core.result import register_chart
from touchpoints.core.standardised import StandardisedLifts

_SIDES: Final = ("clearly above", "not clear", "clearly below")
_POINTS = "percentage points over no contact"


@register_chart(Lifts)
def lift_chart(lifts: Lifts) -> AnyChart:
    """Draw the lift of each grade with its interval.

    Args:
        lifts: What `lift_over_no_contact` gave.

    Returns:
        One point a grade, with a mark that tells whether the interval lies above 0, below or
        across; one panel a group.
    """
    rows = [
        row | {"side": side_of(row, _SIDES)} for row in labelled(rows_of(lifts.table), lifts.by)
    ]
    return finish(_points_by_grade(rows, "interval"), _lift_title(rows), lifts)


@register_chart(GradeContrasts)
def contrast_chart(contrasts: GradeContrasts) -> AnyChart:
    """Draw the contrast of each grade with its interval, marked after Holm's adjustment.

    Args:
        contrasts: What `grade_contrasts` gave.

    Returns:
        As `lift_chart`, but a mark tells clear from not clear by the p-value adjusted within the
        group, so a point may count as not clear although its interval lies beside 0.
    """
    level = 1 - contrasts.confidence
    rows = [
        row | {"side": side_of(row, _SIDES) if row["p_holm"] <= level else _SIDES[1]}
        for row in labelled(rows_of(contrasts.table), contrasts.by)
    ]
    return finish(_points_by_grade(rows, "after Holm"), _lift_title(rows), contrasts)


@register_chart(StandardisedLifts)
def standardised_chart(lifts: StandardisedLifts) -> AnyChart:
    """Draw the standardised lift of each grade with its interval.

    Args:
        lifts: What `standardised_lift_from_counts` gave.

    Returns:
        As `lift_chart`; the title says what was held alike.
    """
    rows = [
        row | {"side": side_of(row, _SIDES)} for row in labelled(rows_of(lifts.table), lifts.by)
    ]
    title = f"Alike in {lifts.stratum.replace('_', ' ')}. {_lift_title(rows)}"
    return finish(_points_by_grade(rows, "interval"), title, lifts)


def _points_by_grade(rows: list[dict[str, Any]], legend: str) -> AnyChart:
    """Points with intervals over the grades, one panel a group; marks as `side` says."""
    x = alt.X(f"{GRADE}:O", title="grade (1 is best)", axis=alt.Axis(format="d", labelAngle=0))
    y = alt.Y("low_points:Q", title="points over no contact")  # a panel is low
    base = alt.Chart()
    bars = base.mark_rule().encode(x=x, y=y, y2="high_points:Q")
    colors, shapes = side_scales(_SIDES)
    points = base.mark_point(size=90, filled=True).encode(
        x=x,
        y="lift_points:Q",
        color=alt.Color("side:N", title=legend, scale=colors),
        shape=alt.Shape("side:N", title=legend, scale=shapes),
        tooltip=tooltips(rows[0]),
    )
    # Without a field the line has no words for screen readers: it is hidden from them.
    zero = base.mark_rule(color="#777777", strokeDash=[4, 3], aria=False).encode(y=alt.datum(0))
    return panels(alt.layer(zero, bars, points, data=inline(rows)), rows)


@register_chart(NetContactEffect)
def net_effect_chart(effect: NetContactEffect) -> AnyChart:
    """Draw the net contact effect: what the grades add up to, or the effects of several groups.

    Args:
        effect: What `net_contact_effect` gave.

    Returns:
        For one group: a bar for each grade's contribution and the sum with its interval. For
        several: one row a group.
    """
    rows = labelled(rows_of(effect.table), effect.by)
    if len(rows) == 1:
        return finish(_sum(effect, rows[0]), _net_title(rows), effect)
    chart = dot_plot(
        rows,
        estimate="net_effect_points",
        low="low_points",
        high="high_points",
        title=_POINTS,
        zero=True,
    )
    return finish(chart, _net_title(rows), effect)


def _sum(effect: NetContactEffect, net: dict[str, Any]) -> AnyChart:
    """Contributions by grade and their sum."""
    parts = [row | {"part": f"grade {row[GRADE]:g}"} for row in rows_of(effect.components)]
    order = [*(row["part"] for row in parts), "net effect"]
    y = alt.Y("part:N", sort=order, title=None)
    x = alt.X("contribution_points:Q", title="share of contacts x lift (percentage points)")
    bars = over(parts).mark_bar().encode(x=x, y=y, tooltip=tooltips(parts[0]))
    whole = over([net | {"part": "net effect"}]).encode(y=y)
    line = whole.mark_rule(color=PALETTE[1]).encode(x="low_points:Q", x2="high_points:Q")
    point = whole.mark_point(size=110, filled=True, shape="diamond", color=PALETTE[1]).encode(
        x="net_effect_points:Q", tooltip=tooltips(net)
    )
    return alt.layer(zero_line("x"), bars, line, point).properties(height=alt.Step(24))


def _lift_title(rows: list[dict[str, Any]]) -> str:
    """Name the grades that lie clearly above and below, or count the groups where they do."""
    groups = len({row["group"] for row in rows})
    if groups > 1:
        first = sum(row[GRADE] == 1 and row["side"] == _SIDES[0] for row in rows)
        second = sum(row[GRADE] == 2 and row["side"] == _SIDES[2] for row in rows)  # noqa: PLR2004
        return (
            f"Of {groups} groups, grade 1 lies clearly above no contact in {first}, "
            f"grade 2 clearly below in {second}"
        )
    above, _, below = (
        ", ".join(f"{row[GRADE]:g}" for row in rows if row["side"] == side) for side in _SIDES
    )
    if not above and not below:
        return "No grade lies clearly above or below no contact"
    said = [f"above: {above}" if above else "above: none", f"below: {below or 'none'}"]
    return f"Grades clearly apart from no contact, {'; '.join(said)}"


def _net_title(rows: list[dict[str, Any]]) -> str:
    if len(rows) == 1:
        return f"All grades together: {rows[0]['net_effect_points']:+.1f} points over no contact"
    clear = sum(side_of(row, _SIDES) != _SIDES[1] for row in rows)
    return f"The net effect is clearly apart from 0 in {clear} of {len(rows)} groups"
