"""Draw the lens: the touchpoints behind each channel's mean."""

from __future__ import annotations

from typing import Any, Final

import altair as alt

from touchpoints.charts.intervals import AnyChart, finish, over, rows_of, tooltips
from touchpoints.charts.theme import PALETTE
from touchpoints.core.contacts import TOUCHPOINT
from touchpoints.core.lens import LensResult
from touchpoints.core.result import register_chart
from touchpoints.core.vocabulary import GRADES

_KINDS: Final = ("touchpoint", "hidden touchpoint")


@register_chart(LensResult)
def lens_chart(lens: LensResult) -> AnyChart:
    """Draw mean grades of touchpoints in rows of their channels.

    Args:
        lens: What `channel_lens` gave.

    Returns:
        One row a channel (or department, or medium): a tick for its mean, a point for each
        touchpoint, and for hidden ones a mark of their own with interval and name.
    """
    rows = [row | {"kind": _KINDS[row["hidden"]]} for row in rows_of(lens.table)]
    groups = rows_of(lens.groups)
    scale = alt.Scale(domain=[GRADES[0], GRADES[-1]])
    order = [row[lens.by] for row in sorted(groups, key=lambda row: row["mean_grade"])]
    y = alt.Y(f"{lens.by}:N", sort=order, title=None)
    axis = alt.Axis(values=list(GRADES), format="d")
    x = alt.X("mean_grade:Q", scale=scale, axis=axis, title="mean grade (1 is best)")
    ticks = (
        over(groups)
        .mark_tick(thickness=3, size=26, color="#777777")
        .encode(x=x, y=y, tooltip=tooltips(groups[0]))
    )
    layers: list[Any] = [ticks, _points(rows, x, y)]
    hidden = [row for row in rows if row["hidden"]]
    if hidden:
        base = over(hidden).encode(y=y)
        layers += [
            base.mark_rule(color=PALETTE[1]).encode(x=alt.X("low:Q", scale=scale), x2="high:Q"),
            base.mark_text(dy=-12).encode(x=x, text=f"{TOUCHPOINT}:N"),
        ]
    return finish(alt.layer(*layers).properties(height=alt.Step(40)), _title(lens, hidden), lens)


def _points(rows: list[dict[str, Any]], x: alt.X, y: alt.Y) -> alt.Chart:
    """Touchpoints; hidden ones differ in shape and colour."""
    colors = alt.Scale(domain=list(_KINDS), range=[PALETTE[0], PALETTE[1]])
    shapes = alt.Scale(domain=list(_KINDS), range=["circle", "triangle-right"])
    points: alt.Chart = (
        over(rows)
        .mark_point(size=90, filled=True)
        .encode(
            x=x,
            y=y,
            color=alt.Color("kind:N", title=None, scale=colors),
            shape=alt.Shape("kind:N", title=None, scale=shapes),
            tooltip=tooltips(rows[0]),
        )
    )
    return points


def _title(lens: LensResult, hidden: list[dict[str, Any]]) -> str:
    if not hidden:
        return f"No touchpoint lies {lens.least_gap} or more behind its {lens.by}"
    worst = max(hidden, key=lambda row: row["gap_grades"])
    return (
        f"The mean of {worst[lens.by]} ({worst['group_mean_grade']:.1f}) hides "
        f"{worst[TOUCHPOINT]} ({worst['mean_grade']:.1f})"
    )
