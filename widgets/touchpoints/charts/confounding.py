"""Draw lifts by several methods: a range of assumptions, one row a method."""

from __future__ import annotations

from typing import Any, Final

import altair as alt

from touchpoints.charts.intervals import AnyChart, finish, inline, over, rows_of, tooltips
from touchpoints.charts.sides import SIDE_COLORS, side_of, side_scales
from touchpoints.core.confounding import ConfoundingSensitivity
from touchpoints.core.confounding.methods import METHODS
from touchpoints.core.confounding.ranges import ABOVE, BELOW, NOTHING
from touchpoints.core.contacts import GRADE, group_label
from touchpoints.core.result import register_chart

_SIDES: Final = ("above", "not clear", "below")
_MARKS: Final = {ABOVE: "▲", BELOW: "▼", NOTHING: "?"}
_WIDTH: Final = 120


@register_chart(ConfoundingSensitivity)
def confounding_chart(result: ConfoundingSensitivity) -> AnyChart:
    """Draw each grade's lift by each method, or for several groups each grade's reading.

    Args:
        result: What `sensitivity_to_confounding` gave.

    Returns:
        For one group: dots with intervals, one row a method, one panel a grade. For several: one
        row a group and one column a grade, with a mark that tells what the methods say together.
    """
    ranges = rows_of(result.ranges)
    groups = {tuple(row[c] for c in result.by) for row in ranges}
    if len(groups) > 1:
        return finish(_readings(ranges, result.by), _reading_title(ranges, len(groups)), result)
    rows = [row | {"side": side_of(row, _SIDES)} for row in rows_of(result.table) if _told(row)]
    return finish(_by_method(rows), _title(ranges), result)


def _by_method(rows: list[dict[str, Any]]) -> AnyChart:
    """One panel a grade; the methods in their order from top to bottom."""
    base = alt.Chart().encode(
        y=alt.Y("method:N", sort=list(METHODS), title=None, axis=alt.Axis(labelLimit=190))
    )
    colors, shapes = side_scales(_SIDES)
    x = alt.X("low_points:Q", title="percentage points")
    lines = base.mark_rule().encode(x=x, x2="high_points:Q")
    legend = alt.Legend(columns=1)
    points = base.mark_point(size=60, filled=True).encode(
        x="lift_points:Q",
        color=alt.Color("side:N", title="interval", scale=colors, legend=legend),
        shape=alt.Shape("side:N", title="interval", scale=shapes, legend=legend),
        tooltip=tooltips(rows[0]),
    )
    zero = (
        alt.Chart().mark_rule(color="#777777", strokeDash=[4, 3], aria=False).encode(x=alt.datum(0))
    )
    chart: AnyChart = alt.layer(zero, lines, points, data=inline(rows))
    panel = chart.properties(width=_WIDTH, height=alt.Step(14))
    # One beside the other would not fit on a phone: names of methods are long.
    return panel.facet(facet=alt.Facet(f"{GRADE}:O", title="grade"), columns=1)


def _readings(rows: list[dict[str, Any]], by: tuple[str, ...]) -> AnyChart:
    """What the methods say together, by group and grade."""
    marked = [
        row | {"group": group_label(by, [row[c] for c in by]), "mark": _MARKS[row["reading"]]}
        for row in rows
    ]
    colors = alt.Scale(domain=[ABOVE, NOTHING, BELOW], range=list(SIDE_COLORS))
    chart: alt.Chart = (
        over(marked)
        .mark_text(size=15)
        .encode(
            x=alt.X(f"{GRADE}:O", title="grade (1 is best)", axis=alt.Axis(labelAngle=0)),
            y=alt.Y("group:N", title=None, axis=alt.Axis(labelLimit=220)),
            text="mark:N",
            color=alt.Color("reading:N", title="methods together", scale=colors),
            tooltip=tooltips(marked[0]),
        )
        .properties(width=300, height=alt.Step(22))
    )
    return chart


def _told(row: dict[str, Any]) -> bool:
    return row["low_points"] is not None


def _title(ranges: list[dict[str, Any]]) -> str:
    """Name the grades that all methods put on one side."""
    above, below = (
        ", ".join(f"{row[GRADE]:g}" for row in ranges if row["reading"] == reading) or "none"
        for reading in (ABOVE, BELOW)
    )
    return f"Grades apart from no contact by every method, above: {above}; below: {below}"


def _reading_title(ranges: list[dict[str, Any]], groups: int) -> str:
    best = sum(row[GRADE] == 1 and row["reading"] == ABOVE for row in ranges)
    second = sum(row[GRADE] == 2 and row["reading"] == BELOW for row in ranges)  # noqa: PLR2004
    return (
        f"Of {groups} groups, every method puts grade 1 above no contact in {best}, "
        f"grade 2 below in {second}"
    )
