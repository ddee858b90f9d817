"""Draw a small-things check: a strip per touchpoint."""

from __future__ import annotations

from typing import Any, Final

import altair as alt

from touchpoints.charts.intervals import over, rows_of
from touchpoints.charts.theme import PALETTE
from touchpoints.core.result import register_chart
from touchpoints.core.small_things import ANSWERS, SMALL_THINGS, SmallThings

_UNSEEN: Final = "not seen"
_LABELS: Final = (*zip(ANSWERS, ("done", "partly", "missing"), strict=True),)
_DOMAIN: Final = [label for _, label in _LABELS] + [_UNSEEN]
#: The last is a dash.
_SHAPES: Final = ["square", "triangle-up", "cross", "M-0.6,-0.15h1.2v0.3h-1.2Z"]
_COLOURS: Final = [PALETTE[0], PALETTE[4], PALETTE[1], "#888888"]


@register_chart(SmallThings)
def small_things_chart(check: SmallThings) -> alt.Chart:
    """Draw which small things are done, partly done, missing or not seen.

    Args:
        check: What `check_small_things` gave.

    Returns:
        One row a touchpoint, most missing first; one column a small thing; the answer told by
        shape as well as colour.
    """
    table = rows_of(check.table)
    named = "name_en" if "name_en" in table[0] else "touchpoint"
    labels = dict(_LABELS)
    rows: list[dict[str, Any]] = [
        {
            "touchpoint": row[named],
            "small thing": thing,
            "answer": labels.get(row[thing], _UNSEEN),
            "missing": f"{row['n_missing']} of {row['n_seen']} seen",
        }
        for row in table
        for thing in SMALL_THINGS
    ]
    chart: alt.Chart = (
        over(rows)
        .mark_point(size=110, opacity=1)
        .encode(
            x=alt.X(
                "small thing:N",
                sort=list(SMALL_THINGS),
                title=None,
                axis=alt.Axis(orient="top", labelAngle=-55),
            ),
            y=alt.Y("touchpoint:N", sort=[row[named] for row in table], title=None),
            color=alt.Color(
                "answer:N", title=None, scale=alt.Scale(domain=_DOMAIN, range=_COLOURS)
            ),
            shape=alt.Shape("answer:N", title=None, scale=alt.Scale(domain=_DOMAIN, range=_SHAPES)),
            tooltip=["touchpoint:N", "small thing:N", "answer:N", "missing:N"],
        )
        .properties(
            title=alt.TitleParams(_title(check)), description=check.text, height=alt.Step(26)
        )
    )
    return chart


def _title(check: SmallThings) -> str:
    if not check.most_missing:
        return "Nothing is missing where it was looked at"
    return f"Most often missing: {', '.join(check.most_missing)}"
