"""Draw the fan portfolio, and what fan rate and lifts become under other rules."""

from __future__ import annotations

from typing import Any, Final

import altair as alt

from touchpoints.charts.intervals import AnyChart, finish, over, rows_of, tooltips, zero_line
from touchpoints.charts.theme import PALETTE
from touchpoints.core.contacts import group_label
from touchpoints.core.fan_portfolio import FIELDS, FanPortfolio
from touchpoints.core.fan_rule_grid import FanRuleGrid
from touchpoints.core.result import register_chart

_GREY: Final = "#777777"
_SERIES: Final = {
    "fan rate (%)": ("fan_rate_pct", "low_pct", "high_pct"),
    "lift of grade 1": ("lift_1_points", "lift_1_points_low", "lift_1_points_high"),
    "lift of grade 2": ("lift_2_points", "lift_2_points_low", "lift_2_points_high"),
}


@register_chart(FanPortfolio)
def portfolio_chart(portfolio: FanPortfolio) -> AnyChart:
    """Draw the shares of the four fields.

    Args:
        portfolio: What `fan_portfolio` gave.

    Returns:
        Without groups two by two fields, satisfaction from left to right and bonding from bottom to
        top, with shares and intervals. With groups one row a group and a mark for each field.
    """
    rows = rows_of(portfolio.table)
    upper = [row for row in rows if row["bonded"]]
    if not portfolio.by:
        share = sum(row["share_pct"] for row in upper)
        apart = next(row["share_pct"] for row in upper if not row["content"])
        title = f"{share:.0f} % are bonded; {apart:.1f} % are, and not content"
        return finish(_fields(rows), title, portfolio)
    rows = [
        row
        | {
            "group": group_label(portfolio.by, [row[c] for c in portfolio.by]),
            "kind": row["field"].replace("_", " "),
        }
        for row in rows
    ]
    shares = [row["share_pct"] for row in rows if row["field"] == FIELDS[0][0]]
    title = f"Bonded and content: {min(shares):.0f} to {max(shares):.0f} %"
    kinds = [field.replace("_", " ") for field, *_ in FIELDS]
    series = ("kind", kinds, ["circle", "diamond", "square", "triangle-up"])
    chart = _dots(rows, "group", series, ("share_pct", "low_pct", "high_pct"), "customers (%)")
    return finish(chart.properties(height=alt.Step(26)), title, portfolio)


def _fields(rows: list[dict[str, Any]]) -> AnyChart:
    """Two by two fields whose shade and text tell the share."""
    rows = [
        row
        | {
            "satisfaction": "content" if row["content"] else "not content",
            "bonding": "bonded" if row["bonded"] else "not bonded",
            "share": f"{row['share_pct']:.1f} %",
            "interval": f"{row['low_pct']:.1f} to {row['high_pct']:.1f}",
        }
        for row in rows
    ]
    base = over(rows).encode(
        x=alt.X("satisfaction:N", sort=["not content", "content"], axis=alt.Axis(labelAngle=0)),
        y=alt.Y("bonding:N", sort=["bonded", "not bonded"]),
    )
    field = base.mark_rect(fill=PALETTE[0], stroke=_GREY).encode(
        fillOpacity=alt.FillOpacity(
            "share_pct:Q", scale=alt.Scale(domain=[0, 100], range=[0.05, 0.6]), legend=None
        ),
        tooltip=tooltips(rows[0]),
    )
    share = base.mark_text(fontSize=18, dy=-8).encode(text="share:N")
    interval = base.mark_text(fontSize=12, dy=14).encode(text="interval:N")
    return alt.layer(field, share, interval).properties(width=320, height=200)


@register_chart(FanRuleGrid)
def rule_grid_chart(grid: FanRuleGrid) -> AnyChart:
    """Draw one row a rule: the fan rate and the two lifts with their intervals.

    Args:
        grid: What `fan_rule_grid` gave.

    Returns:
        Three series of marks on one axis, rules sorted by their fan rate.
    """
    table = sorted(rows_of(grid.table), key=lambda row: -row["fan_rate_pct"])
    rows = [
        {"rule": row["rule"], "series": name, "n": row["n"]}
        | {key: row[column] for key, column in zip(("value", "low", "high"), columns, strict=True)}
        for row in table
        for name, columns in _SERIES.items()
    ]
    series = ("series", list(_SERIES), ["circle", "triangle-up", "triangle-down"])
    order = [row["rule"] for row in table]
    title = "per cent, or points"
    chart = _dots(rows, "rule", series, ("value", "low", "high"), title, order)
    low, high = table[-1]["fan_rate_pct"], table[0]["fan_rate_pct"]
    above = sum(row["lift_1_points_low"] > 0 for row in table)
    below = sum(row["lift_2_points_high"] < 0 for row in table)
    title = (
        f"Fan rates from {low:.0f} to {high:.0f} %; grade 1 above in {above}, "
        f"grade 2 below in {below} of {len(table)}"
    )
    whole: AnyChart = alt.layer(zero_line("x"), chart).properties(height=alt.Step(17))
    return finish(whole, title, grid)


def _dots(  # noqa: PLR0913, PLR0917  (rows, columns and words of an axis)
    rows: list[dict[str, Any]],
    group: str,
    series: tuple[str, list[str], list[str]],
    columns: tuple[str, str, str],
    title: str,
    order: list[str] | None = None,
) -> AnyChart:
    """Rows of groups with a mark and an interval for each series, told by colour and shape."""
    name, domain, shapes = series
    colors = [PALETTE[0], PALETTE[2], PALETTE[1], _GREY]
    value, low, high = columns
    base = over(rows).encode(
        y=alt.Y(f"{group}:N", sort=order, title=None, axis=alt.Axis(labelLimit=180))
    )
    lines = base.mark_rule(color=_GREY).encode(x=alt.X(f"{low}:Q", title=title), x2=f"{high}:Q")
    legend = alt.Legend(columns=1)
    points = base.mark_point(size=60, filled=True, opacity=1).encode(
        x=alt.X(f"{value}:Q", title=title),
        color=alt.Color(
            f"{name}:N",
            title=None,
            legend=legend,
            scale=alt.Scale(domain=domain, range=colors[: len(domain)]),
        ),
        shape=alt.Shape(
            f"{name}:N", title=None, legend=legend, scale=alt.Scale(domain=domain, range=shapes)
        ),
        tooltip=tooltips(rows[0]),
    )
    return alt.layer(lines, points)
