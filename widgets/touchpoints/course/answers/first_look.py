"""Expected answers: First look at my company."""

from __future__ import annotations

from typing import TYPE_CHECKING

from touchpoints.core.contacts import CUSTOMER, GRADE, TOUCHPOINT
from touchpoints.core.lens import channel_lens
from touchpoints.course.answers.frames import BAD, Frames, as_numbers, graded, most_met
from touchpoints.course.answers.targets import Target, count, target

if TYPE_CHECKING:
    import pandas as pd

_HALF = 0.5
_GRADES_NEAR = 0.006


def expected(data: Frames) -> dict[str, Target]:
    """Compute them from the student's data."""
    contacts = graded(data)
    answered = data.customers["panel_status"].astype(str) != "dropped_out"
    people, met = int(answered.sum()), most_met(data)
    reach = 100 * int((contacts[TOUCHPOINT] == met).sum()) / people
    with_contact = contacts[CUSTOMER].nunique()
    return {
        "n_touchpoints": count(len(data.touchpoints)),
        "n_panel": count(len(data.customers), {"answered": people}),
        "n_answered": count(
            people,
            {
                "everybody": len(data.customers),
                "twice": int((data.customers["panel_status"].astype(str) == "both_waves").sum()),
            },
        ),
        "n_contacts": count(len(contacts), {"rows": len(data.contacts)}),
        "contacts_per_customer": target(
            len(contacts) / people,
            0.02,
            {
                "with_contact": len(contacts) / with_contact,
                "panel": len(contacts) / len(data.customers),
                "rows": len(data.contacts) / people,
            },
        ),
        "most_met": count(met),
        "most_met_reach_pct": target(
            reach,
            mistakes={
                "panel": reach * people / len(data.customers),
                "of_contacts": 100 * (contacts[TOUCHPOINT] == met).mean(),
            },
        ),
    } | _lens(data, contacts)


def _lens(data: Frames, contacts: pd.DataFrame) -> dict[str, Target]:
    """What stands behind the means of the channels."""
    places = data.touchpoints.astype({TOUCHPOINT: str, "channel": str})
    lens = channel_lens(data.contacts, places, by="channel")
    groups = lens.groups.astype({"channel": str}).set_index("channel")["mean_grade"]
    table = lens.table.astype({TOUCHPOINT: str, "channel": str}).set_index(TOUCHPOINT)
    gap, own = table["gap_grades"], table["mean_grade"]
    hidden = str(gap.idxmax())
    channel = str(table.loc[hidden, "channel"])
    of_means = own.groupby(table["channel"]).mean()
    company = float(contacts[GRADE].mean())
    there = contacts[contacts[TOUCHPOINT] == hidden][GRADE]
    mates = table.index[table["channel"] == channel]
    around = contacts[contacts[TOUCHPOINT].isin(mates)][GRADE]
    return {
        "channel_means": target(
            as_numbers(groups), _GRADES_NEAR, {"of_means": as_numbers(of_means)}
        ),
        "hidden_touchpoint": count(
            [str(name) for name in gap.index[gap >= gap.max() - 1e-9]],
            {"worst": str(own.idxmax()), "best": str(gap.idxmin())},
        ),
        "gap_grades": target(
            gap.max(),
            _GRADES_NEAR,
            {"company": own[hidden] - company, "of_means": own[hidden] - of_means[channel]},
        ),
        "bad_pct_touchpoint": target(
            100 * (there >= BAD).mean(),
            mistakes={
                "from_5": 100 * (there > BAD).mean(),
                "of_all": 100 * (there >= BAD).sum() / max((contacts[GRADE] >= BAD).sum(), 1),
            },
        ),
        "bad_pct_channel": target(
            100 * (around >= BAD).mean(), mistakes={"from_5": 100 * (around > BAD).mean()}
        ),
        "true_statements": count(_statements(groups, own, gap, table["channel"], company)),
    }


def _statements(
    groups: pd.Series[float],
    own: pd.Series[float],
    gap: pd.Series[float],
    channel: pd.Series[str],
    company: float,
) -> list[str]:
    """Which of the four statements of the last question hold."""
    holds = {
        "A": channel[own.idxmax()] == groups.idxmax(),
        "B": bool((own[channel == groups.idxmin()] <= company).all()),
        "C": bool((gap >= _HALF).any()),
        "D": bool((channel.value_counts() == 1).any()),
    }
    return [letter for letter, true in holds.items() if true]
