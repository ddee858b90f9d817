"""The parts that charts of estimates share: marks with intervals, panels, small cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import altair as alt
import narwhals as nw

from touchpoints.charts.theme import PALETTE
from touchpoints.core.contacts import GRADE, SMALL_CELL, group_label, is_missing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchpoints.core.result import Result

AnyChart = alt.Chart | alt.LayerChart | alt.FacetChart

_GREY: Final = "#777777"
_SIZES: Final = {False: f"{SMALL_CELL} or more", True: f"under {SMALL_CELL} (small cell)"}
_PANELS_A_ROW: Final = 3
_WIDTH: Final = 360


def rows_of(table: object) -> list[dict[str, Any]]:
    """Return a small native table as plain rows that JSON can hold."""
    rows = nw.from_native(table, eager_only=True).rows(named=True)  # type: ignore[call-overload]
    return [{key: _plain(value) for key, value in row.items()} for row in rows]


def inline(rows: list[dict[str, Any]]) -> alt.Data:
    """Turn rows into the data of a chart, which then needs no other file."""
    return alt.Data(values=rows)  # type: ignore[no-untyped-call]


def over(rows: list[dict[str, Any]]) -> alt.Chart:
    """Start a chart of rows."""
    return alt.Chart(inline(rows))


def labelled(rows: list[dict[str, Any]], by: Sequence[str]) -> list[dict[str, Any]]:
    """Add `group` (the keys besides the grade) and `answers` (in words, for small cells)."""
    groups = [column for column in by if column != GRADE]
    return [
        row
        | {
            "group": group_label(groups, [row[c] for c in groups]),
            "answers": _SIZES[bool(row["small_cell"])],
        }
        for row in rows
    ]


def size_encoding() -> dict[str, Any]:
    """Tell small cells by shape as well as colour, so that either is enough."""
    domain = list(_SIZES.values())
    colors = alt.Scale(domain=domain, range=[PALETTE[0], _GREY])
    shapes = alt.Scale(domain=domain, range=["circle", "diamond"])
    return {
        "color": alt.Color("answers:N", title="answers", scale=colors),
        "shape": alt.Shape("answers:N", title="answers", scale=shapes),
    }


def dot_plot(  # noqa: PLR0913  (names of columns and words of an axis)
    rows: list[dict[str, Any]],
    *,
    estimate: str,
    low: str,
    high: str,
    title: str,
    zero: bool = False,
) -> AnyChart:
    """Draw one row a group: an estimate with its interval, sorted, on a common axis."""
    order = [row["group"] for row in sorted(rows, key=lambda row: -row[estimate])]
    base = over(rows).encode(
        y=alt.Y("group:N", sort=order, title=None, axis=alt.Axis(labelLimit=220))
    )
    lines = base.mark_rule(color=_GREY).encode(x=alt.X(f"{low}:Q", title=title), x2=f"{high}:Q")
    points = base.mark_point(size=80, filled=True).encode(
        x=alt.X(f"{estimate}:Q", title=title), tooltip=tooltips(rows[0]), **size_encoding()
    )
    layers = [zero_line("x"), lines, points] if zero else [lines, points]
    return alt.layer(*layers).properties(height=alt.Step(20))


def zero_line(axis: str) -> alt.Chart:
    """Draw the line of no difference."""
    rule = over([{"zero": 0}]).mark_rule(color=_GREY, strokeDash=[4, 3], aria=False)
    place: Any = alt.X("zero:Q") if axis == "x" else alt.Y("zero:Q")
    line: alt.Chart = rule.encode(place)
    return line


def panels(chart: AnyChart, rows: list[dict[str, Any]]) -> AnyChart:
    """Draw one panel a group, or none for a single group; the layers share the chart's data."""
    if len({row["group"] for row in rows}) == 1:
        return chart.properties(width=_WIDTH)
    small = chart.properties(width=170, height=150)
    return small.facet(facet=alt.Facet("group:N", title=None), columns=_PANELS_A_ROW)


def finish(chart: AnyChart, title: str, result: Result) -> AnyChart:
    """Give a chart the title that states its finding and the description for screen readers."""
    return chart.properties(title=alt.TitleParams(title), description=result.text)


def tooltips(row: dict[str, Any]) -> list[alt.Tooltip]:
    """Show every number of a row, rounded where it is not a count."""
    shown = []
    for key, value in row.items():
        if isinstance(value, float):
            shown.append(alt.Tooltip(f"{key}:Q", format=".1f"))
        elif value is not None:
            shown.append(alt.Tooltip(f"{key}:N"))
    return shown


def _plain(value: Any) -> Any:  # noqa: ANN401
    """Turn the number types of the engines into Python's own."""
    if is_missing(value):
        return None
    value = value.item() if hasattr(value, "item") else value
    return value if isinstance(value, bool | int | float) else str(value)
