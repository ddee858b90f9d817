"""Expected answers: the computed part of the replication project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from touchpoints.core.claim import only_best_counts
from touchpoints.core.claim_from_counts import only_best_counts_from_counts
from touchpoints.core.contacts import GRADE, TOUCHPOINT
from touchpoints.core.fan_rule import FAN
from touchpoints.core.lift import lift_from_counts, lift_over_no_contact
from touchpoints.core.standardised import standardised_lift_from_counts
from touchpoints.course.answers.frames import Frames, with_fans
from touchpoints.course.answers.targets import Target, count, target
from touchpoints.data import load

if TYPE_CHECKING:
    from collections.abc import Callable

_TOP: Final = "top_box"
_MOOD: Final = "mean_of_other_ratings"
_UNKNOWN: Final = "fewer_than_3"
_WEIGHT: Final = "panel_weight"


def expected(data: Frames) -> dict[str, Target]:
    """Compute them from the student's data and the airport's counts."""
    return {**_own(data), **_airport(airport_touchpoint(data.code))}


def airport_touchpoint(code: str) -> str:
    """Return the airport's touchpoint that goes with a code of data.

    Example:
        >>> airport_touchpoint("a"), airport_touchpoint("b")
        ('wifi', 'airtrain')
    """
    names = sorted(load("sfo_contact_ratings")[TOUCHPOINT].astype(str).unique())
    return str(names[sum(map(ord, code)) % len(names)])


def _own(data: Frames) -> dict[str, Target]:
    """The claim in the student's data, weighted and with the control."""
    rows = with_fans(data)
    columns = ["customer_id", TOUCHPOINT, GRADE, FAN, _WEIGHT]
    rows = rows[columns].astype({_WEIGHT: float, GRADE: float})
    weighted = lift_over_no_contact(rows, by=None, weights=_WEIGHT).table.set_index(GRADE)
    plain = lift_over_no_contact(rows, by=None).table.set_index(GRADE)
    control = str(data.truth["negative_control"])
    table = only_best_counts(rows, negative_control=control).table.astype({TOUCHPOINT: str})
    seen = table.loc[table["pattern"] == "consistent", TOUCHPOINT].tolist()
    beyond = table.loc[table["verdict"] == "consistent", TOUCHPOINT].tolist()
    pooled = only_best_counts(rows, by=None, weights=_WEIGHT).table
    found = {
        "n_tested": count(len(table)),
        "own_seen": count(seen, {"beyond": beyond} if beyond != seen else {}),
        "own_beyond": count(beyond, {"seen": seen}),
        "own_verdict": count(pooled["verdict"].iloc[0], {"pattern": pooled["pattern"].iloc[0]}),
    }
    for grade in (1, 2):
        for name, column in (("lift", "lift_points"), ("low", "low_points")):
            right, without = weighted.loc[grade, column], plain.loc[grade, column]
            found[f"own_{name}_{grade}"] = target(right, mistakes={"unweighted": without})
        found[f"own_high_{grade}"] = target(weighted.loc[grade, "high_points"])
    return found


def _airport(place: str) -> dict[str, Target]:
    """The same claim at one touchpoint of the airport, raw and with mood held constant."""
    years = _with_grades(load("sfo_contact_ratings"), place)
    raw = years.groupby(GRADE, dropna=False)[["n", _TOP]].sum().reset_index()
    lifts = lift_from_counts(raw, by=None, fans=_TOP).table.set_index(GRADE)["lift_points"]
    yearly = lift_from_counts(years, by="year", fans=_TOP).table
    second = yearly[yearly[GRADE] == 2]["lift_points"]  # noqa: PLR2004  (grade 2)
    mood = _with_grades(load("sfo_mood"), place)
    known = mood[mood[_MOOD].astype(str) != _UNKNOWN].astype({_MOOD: str})
    held = standardised_lift_from_counts(known, stratum=_MOOD, by=None, fans=_TOP).table
    constant = held.set_index(GRADE)["lift_points"]
    everyone = standardised_lift_from_counts(
        mood.astype({_MOOD: str}), stratum=_MOOD, by=None, fans=_TOP
    ).table.set_index(GRADE)["lift_points"]
    test = only_best_counts_from_counts(raw, by=None, fans=_TOP).table
    raters = 100 * float(raw[_TOP].sum() / raw["n"].sum())
    rate = (100 * raw[_TOP] / raw["n"]).set_axis(raw[GRADE].fillna(0).astype(int))
    plain = _plain_mean(known)
    return {
        "airport_touchpoint": count(place),
        **{
            f"airport_lift_{g}": target(
                lifts[g], mistakes={"rate": rate[g], "everybody": rate[g] - raters}
            )
            for g in (1, 2)
        },
        "years_below": count(int((second < 0).sum()), {"above": int((second >= 0).sum())}),
        **{
            f"held_{g}": target(
                constant[g],
                mistakes={"raw": lifts[g], "few_others": everyone[g], "plain_mean": plain(g)},
            )
            for g in (1, 2)
        },
        "airport_verdict": count(test["verdict"].iloc[0], {"pattern": test["pattern"].iloc[0]}),
    }


def _with_grades(table: pd.DataFrame, place: str) -> pd.DataFrame:
    """Rows of one touchpoint, with the rating 5 as grade 1 and "never used" as no contact."""
    own = table[table[TOUCHPOINT].astype(str) == place]
    rating = pd.to_numeric(own["rating"].astype(str), errors="coerce")
    return own.assign(**{GRADE: 6 - rating}).astype({"n": int, _TOP: int})


def _plain_mean(known: pd.DataFrame) -> Callable[[int], float]:
    """The mean of the lifts within classes of mood, each class counting the same."""
    rate = known.assign(rate=100 * known[_TOP] / known["n"], grade=known[GRADE].fillna(0))
    wide = rate.pivot_table(index=_MOOD, columns=GRADE, values="rate", observed=True)
    return lambda grade: float(np.nanmean(wide[grade] - wide[0]))
