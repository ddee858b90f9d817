"""Draw journeys: credits by one method and by all, transitions, channel against touchpoint."""

from __future__ import annotations

from typing import Any, Final

import altair as alt

from touchpoints.charts.intervals import (
    AnyChart,
    finish,
    over,
    rows_of,
    tooltips,
)
from touchpoints.charts.theme import PALETTE
from touchpoints.core.journeys import (
    METHODS,
    Attribution,
    AttributionByGroup,
    AttributionComparison,
    RemovalEffects,
    ShapleyValues,
    Transitions,
)
from touchpoints.core.journeys.words import CONVERSION, NULL, START
from touchpoints.core.result import register_chart

_GREY: Final = "#777777"
_NOTHING: Final = "No journey converted"
#: From this share on a cell of the heat map is dark and its number white.
_DARK_FROM: Final = 65
_SHAPES: Final = (
    "triangle-left",
    "triangle-right",
    "circle",
    "square",
    "diamond",
    "cross",
    "triangle-up",
)


@register_chart(Attribution)
def attribution_chart(result: Attribution) -> AnyChart:
    """Draw the share of conversions that each touchpoint gets by a rule.

    Args:
        result: What `attribute` gave.

    Returns:
        One row a touchpoint: the share with its interval.
    """
    rows = rows_of(result.table)
    chart = _estimates(rows, "share_pct", ("low_pct", "high_pct"), "share of conversions (%)")
    title = f"By the rule {result.rule} most credit goes to {rows[0]['touchpoint']}"
    return finish(chart, title if result.conversions else _NOTHING, result)


@register_chart(RemovalEffects)
def removal_chart(result: RemovalEffects) -> AnyChart:
    """Draw the removal effects.

    Args:
        result: What `removal_effects` gave.

    Returns:
        One row a touchpoint: the effect in percent of the conversion probability, with interval.
    """
    rows = _in_percent(rows_of(result.table), ("removal_effect", "low", "high"))
    axis = "conversion probability lost in the chain (%)"
    chart = _estimates(rows, "removal_effect_pct", ("low_pct", "high_pct"), axis)
    title = f"Removing {rows[0]['touchpoint']} costs the chain most"
    return finish(chart, title if result.conversions else _NOTHING, result)


@register_chart(ShapleyValues)
def shapley_chart(result: ShapleyValues) -> AnyChart:
    """Draw the Shapley values.

    Args:
        result: What `shapley_values` gave.

    Returns:
        One row a touchpoint: the value in percent, with the error bounds where orders were drawn.
    """
    rows = _in_percent(rows_of(result.table), ("shapley_value", "low", "high"))
    axis = "share of the conversion probability (%)"
    chart = _estimates(rows, "shapley_value_pct", ("low_pct", "high_pct"), axis)
    title = f"{rows[0]['touchpoint']} has the largest Shapley value"
    return finish(chart, title if result.conversions else _NOTHING, result)


@register_chart(AttributionComparison)
def comparison_chart(result: AttributionComparison) -> AnyChart:
    """Draw the credits by all methods.

    Args:
        result: What `compare_attribution` gave.

    Returns:
        One row a touchpoint, the widest spread first; a mark of its own shape and colour for each
        method, and a line from the lowest to the highest.
    """
    rows = rows_of(result.table)
    axis = alt.X("share_pct:Q", title="share of conversions (%)")
    spread = {row["touchpoint"]: _spread(row) for row in rows}
    y = _names(sorted(spread, key=lambda name: -spread[name]))
    marks = [
        {
            "touchpoint": row["touchpoint"],
            "method": method,
            "share_pct": 100 * row[method] / (result.conversions or 1),
            "credit": row[method],
        }
        for row in rows
        for method in METHODS
    ]
    scale = alt.Scale(domain=list(METHODS), range=list(_SHAPES))
    colors = alt.Scale(domain=list(METHODS), range=[*PALETTE[:6], _GREY])
    legend = alt.Legend(columns=1)  # what a phone has room for
    points = (
        over(marks)
        .mark_point(size=80, filled=True, opacity=0.85)
        .encode(
            x=axis,
            y=y,
            shape=alt.Shape("method:N", scale=scale, title=None, legend=legend),
            color=alt.Color("method:N", scale=colors, title=None, legend=legend),
            tooltip=tooltips(marks[0]),
        )
    )
    lines = (
        over(rows).mark_rule(color=_GREY).encode(x=alt.X("lowest_pct:Q"), x2="highest_pct:Q", y=y)
    )
    widest = max(spread, key=lambda name: spread[name])
    title = f"The method matters most for {widest}" if result.conversions else _NOTHING
    chart = alt.layer(lines, points).properties(height=alt.Step(24))
    return finish(chart, title, result)


@register_chart(Transitions)
def transitions_chart(result: Transitions) -> AnyChart:
    """Draw where journeys go as a heat map.

    Args:
        result: What `transitions` gave.

    Returns:
        A row for each place that journeys leave, a column for each that they reach; the number in
        a cell is the share of the row's visits in percent, where it is 1 or more.
    """
    rows = rows_of(result.table)
    names = sorted({row["source"] for row in rows} - {START})
    between = [r for r in rows if r["source"] != START and r["target"] not in {CONVERSION, NULL}]
    base = over(rows).encode(
        x=alt.X(
            "target:N",
            sort=[*names, CONVERSION, NULL],
            title="to",
            axis=alt.Axis(labelAngle=-90, labelLimit=160, orient="top"),
        ),
        y=alt.Y("source:N", sort=[START, *names], title="from", axis=alt.Axis(labelLimit=160)),
        tooltip=tooltips(rows[0]),
    )
    scale = alt.Scale(range=["#e6eff6", "#00406b"], domain=[0, 100])
    color = alt.Color("share_pct:Q", title="share of visits (%)", scale=scale)
    cells = base.mark_rect(stroke=_GREY, strokeWidth=0.3).encode(color=color)
    numbers = (
        base.transform_filter("datum.share_pct >= 1")
        .mark_text(fontSize=10)
        .encode(
            text=alt.Text("share_pct:Q", format=".0f"),
            color=alt.condition(
                f"datum.share_pct >= {_DARK_FROM}", alt.value("#ffffff"), alt.value("#000000")
            ),
        )
    )
    title = "All journeys have one contact"
    if between:
        most = max(between, key=lambda row: row["n"])
        title = f"Journeys go most often from {most['source']} to {most['target']}"
    chart = alt.layer(cells, numbers).properties(width=alt.Step(24), height=alt.Step(22))
    return finish(chart, title, result)


@register_chart(AttributionByGroup)
def by_group_chart(result: AttributionByGroup) -> AnyChart:
    """Draw the credit of each group against that of its touchpoints.

    Args:
        result: What `attribution_by_group` gave.

    Returns:
        One row a group: a bar put together from its touchpoints' credits, and a diamond at the
        credit it gets where it is counted as a whole.
    """
    groups, parts = rows_of(result.table), rows_of(result.touchpoints)
    order = [row["group"] for row in groups]
    y = alt.Y("group:N", sort=order, title=result.by, axis=alt.Axis(labelLimit=160))
    bars = (
        over(parts)
        .mark_bar(color=PALETTE[5], stroke="#000000", strokeWidth=0.6)
        .encode(
            x=alt.X("credit:Q", title=["conversions: touchpoints (bar),", "whole group (diamond)"]),
            y=y,
            order=alt.Order("credit:Q", sort="descending"),
            detail="touchpoint:N",
            tooltip=tooltips(parts[0]),
        )
    )
    whole = (
        over(groups)
        .mark_point(shape="diamond", size=110, filled=True, color=PALETTE[1])
        .encode(x="credit:Q", y=y, tooltip=tooltips(groups[0]))
    )
    apart = max(groups, key=lambda row: abs(row["difference"]))
    title = f"Both views give each {result.by} the same credit ({result.method})"
    if abs(apart["difference"]) >= 0.05:  # noqa: PLR2004  (what one decimal can't show)
        title = f"The views by {result.by} and by touchpoint differ most for {apart['group']}"
    chart = alt.layer(bars, whole).properties(height=alt.Step(28))
    return finish(chart, title if result.conversions else _NOTHING, result)


def _estimates(
    rows: list[dict[str, Any]], estimate: str, bounds: tuple[str, str], title: str
) -> AnyChart:
    """Draw one row a touchpoint, in the order of the table: an estimate with its interval."""
    known = [row for row in rows if row[estimate] is not None] or rows
    base = over(known).encode(y=_names([row["touchpoint"] for row in known]))
    lines = base.mark_rule(color=_GREY).encode(x=alt.X(f"{bounds[0]}:Q"), x2=f"{bounds[1]}:Q")
    points = base.mark_point(size=80, filled=True, color=PALETTE[0]).encode(
        x=alt.X(f"{estimate}:Q", title=title), tooltip=tooltips(known[0])
    )
    return alt.layer(lines, points).properties(height=alt.Step(20))


def _names(order: list[str]) -> alt.Y:
    return alt.Y("touchpoint:N", sort=order, title=None, axis=alt.Axis(labelLimit=220))


def _in_percent(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> list[dict[str, Any]]:
    """Add shares as percentages, which is how a chart shows them."""
    return [
        {name: value for name, value in row.items() if name not in columns}
        | {f"{c}_pct": None if row[c] is None else 100 * row[c] for c in columns}
        for row in rows
    ]


def _spread(row: dict[str, Any]) -> float:
    return float((row["highest_pct"] or 0.0) - (row["lowest_pct"] or 0.0))
