"""Draw a team's answers to the five shifts, the most disputed shift first."""

from __future__ import annotations

from typing import Final

import altair as alt

from touchpoints.charts.intervals import AnyChart, finish, inline, rows_of
from touchpoints.charts.theme import PALETTE
from touchpoints.core.disagreement import TeamDisagreement
from touchpoints.core.result import register_chart
from touchpoints.core.vocabulary import SHIFT_ANSWERS

_LOW, _HIGH = SHIFT_ANSWERS
_MARGIN: Final = 0.4


@register_chart(TeamDisagreement)
def disagreement_chart(team: TeamDisagreement) -> AnyChart:
    """Draw how often each answer was given, and the medians.

    Args:
        team: What `team_disagreement` gave.

    Returns:
        One row a shift, the most disputed first: a circle for each answer, the larger the more
        gave it, and an upright line at the median. Nobody can be told apart.
    """
    summary = rows_of(team.table)
    y = alt.Y("shift:N", sort=[row["shift"] for row in summary], title=None)
    scale = alt.Scale(domain=[_LOW - _MARGIN, _HIGH + _MARGIN])
    steps = alt.Axis(values=list(range(_LOW, _HIGH + 1)), format="d")
    given = [row for row in rows_of(team.answers) if row["n"]]
    circles = (
        alt.Chart(inline(given))
        .mark_circle(color=PALETTE[0], opacity=0.8)
        .encode(
            x=alt.X("answer:Q", title=f"answer ({_LOW} to {_HIGH})", scale=scale, axis=steps),
            y=y,
            size=alt.Size("n:Q", title="people", scale=alt.Scale(range=[40, 400])),
            tooltip=["shift:N", "answer:Q", "n:Q"],
        )
    )
    medians = (
        alt.Chart(inline(summary))
        .mark_tick(color=PALETTE[1], thickness=3, size=24)
        .encode(x="median:Q", y=y, tooltip=["shift:N", "n:Q", "median:Q"])
    )
    first = summary[0]
    title = f"Most disputed: {first['shift']}"
    if first["disagreement"] is None:
        title = "Too few answers to speak of spread"
    chart = alt.layer(circles, medians).properties(height=alt.Step(36))
    return finish(chart, title, team)
