"""Expected answers: Contact or mood?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from touchpoints.core.confounding import sensitivity_to_confounding
from touchpoints.core.confounding.methods import EARLIER, RAW, STANDARDISED
from touchpoints.core.contacts import GRADE, TOUCHPOINT
from touchpoints.core.fan_rule import FAN
from touchpoints.core.lift import lift_over_no_contact
from touchpoints.course.answers.frames import Frames, with_fans
from touchpoints.course.answers.targets import Target, count, target

if TYPE_CHECKING:
    import pandas as pd

ABOVE: Final = "above"
BELOW: Final = "below"
OPEN: Final = "open"
READINGS: Final = (ABOVE, BELOW, OPEN)
#: The verdicts on grade 1.
LIFTS, LOWERS, UNKNOWN = "lifts", "lowers", "not identifiable"
VERDICTS: Final = (LIFTS, LOWERS, UNKNOWN)


def expected(data: Frames) -> dict[str, Target]:
    """Compute them from the student's data."""
    rows = with_fans(data)
    control = str(data.truth["negative_control"])
    is_control = rows[TOUCHPOINT] == control
    others = _methods(rows[~is_control]).set_index("method")["lift_points"]
    at_control = lift_over_no_contact(rows[is_control]).table
    row = at_control[at_control[GRADE] == 1].iloc[0]
    second = at_control[at_control[GRADE] == 2].iloc[0]  # noqa: PLR2004  (grade 2)
    return {
        "control": count(control),
        "raw_points": target(
            others[RAW], mistakes={"with_control": _within(rows.assign(all=0), ["all"])}
        ),
        "earlier_points": target(
            others[EARLIER],
            mistakes={
                "raw": others[RAW],
                "with_control": _within(rows, ["earlier"]),
                "plain_mean": _within(rows[~is_control], ["earlier"], weighted=False),
            },
        ),
        "standardised_points": target(
            others[STANDARDISED],
            mistakes={
                "raw": others[RAW],
                "earlier": others[EARLIER],
                "with_control": _within(rows, ["age_group", "orders"]),
            },
        ),
        "control_points": target(
            row["lift_points"],
            mistakes={"grade_2": second["lift_points"], "elsewhere": others[RAW]},
        ),
        "control_low": target(row["low_points"]),
        "control_high": target(row["high_points"]),
        **_range(rows, control),
    }


def _methods(rows: pd.DataFrame) -> pd.DataFrame:
    """Grade 1 pooled, by the methods that hold something constant."""
    result = sensitivity_to_confounding(
        rows, by=None, covariates=("age_group", "orders"), earlier="earlier"
    )
    return result.table[result.table[GRADE] == 1]


def _within(rows: pd.DataFrame, classes: list[str], *, weighted: bool = True) -> float:
    """Mean of the lifts within classes, for what mistakes lead to."""
    known = rows.dropna(subset=classes)
    graded = known[known[GRADE] == 1].groupby(classes)[FAN].agg(["mean", "size"])
    none = known[known[GRADE].isna()].groupby(classes)[FAN].agg(rate="mean", people="size")
    both = graded.join(none)
    both = both[both["people"] >= 2]  # noqa: PLR2004  (one person is nobody to compare with)
    weight = both["size"] if weighted else both["size"] ** 0
    return 100 * float(((both["mean"] - both["rate"]) * weight).sum() / weight.sum())


def _range(rows: pd.DataFrame, control: str) -> dict[str, Target]:
    """What each method says of grade 1, and what follows."""
    result = sensitivity_to_confounding(
        rows,
        by=None,
        covariates=("age_group", "orders"),
        earlier="earlier",
        earlier_fan="was_fan",
        negative_control=control,
    )
    table = result.table[result.table[GRADE] == 1]
    readings = {
        str(method): reading_of(low, high)
        for method, low, high in zip(
            table["method"], table["low_points"], table["high_points"], strict=True
        )
    }
    estimates = table["lift_points"]
    return {
        "above": count([m for m, reading in readings.items() if reading == ABOVE]),
        "not_above": count([m for m, reading in readings.items() if reading != ABOVE]),
        "lowest_points": target(estimates.min()),
        "highest_points": target(estimates.max()),
        "verdict": count(verdict_of(readings), {"most": _most(readings)}),
    }


def reading_of(low: float, high: float) -> str:
    """Say on which side of no contact an interval lies.

    Example:
        >>> reading_of(0.4, 8.0), reading_of(-1.0, 3.0)
        ('above', 'open')
    """
    if low > 0:
        return ABOVE
    return BELOW if high < 0 else OPEN


def verdict_of(readings: dict[str, str]) -> str:
    """Return the verdict that follows: only what every method says may be concluded.

    Example:
        >>> verdict_of({"raw": "above", "earlier bonding held constant": "open"})
        'not identifiable'
    """
    said = set(readings.values())
    return {frozenset({ABOVE}): LIFTS, frozenset({BELOW}): LOWERS}.get(frozenset(said), UNKNOWN)


def _most(readings: dict[str, str]) -> str:
    """What a vote of the methods would say."""
    values = list(readings.values())
    return verdict_of({"most": max(READINGS, key=values.count)})
