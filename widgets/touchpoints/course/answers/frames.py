"""A student's data as the expected answers need them."""

from __future__ import annotations

from typing import Any, Final, Protocol

import pandas as pd

from touchpoints.core.contacts import GRADE, TOUCHPOINT
from touchpoints.core.fan_rule import BONDING_ITEMS, FAN, FanRule

#: Grades from here on are bad contacts, in all assignments.
BAD: Final = 4


class Frames(Protocol):
    """The frames of one company, with the columns of the datasets of the same names."""

    @property
    def code(self) -> str:
        """Code of the data; it stands in the notebook and says nothing about the student."""

    @property
    def touchpoints(self) -> pd.DataFrame:
        """One row a touchpoint."""

    @property
    def customers(self) -> pd.DataFrame:
        """One row a customer of the panel."""

    @property
    def contacts(self) -> pd.DataFrame:
        """One row a customer who answered and a touchpoint."""

    @property
    def journeys(self) -> pd.DataFrame:
        """One row a logged contact."""

    @property
    def truth(self) -> dict[str, Any]:
        """What is true in these data; it names the touchpoint that can't matter."""


def graded(data: Frames) -> pd.DataFrame:
    """Return the contacts that got a grade, with the grade as a float."""
    return data.contacts.dropna(subset=GRADE).astype({GRADE: float, TOUCHPOINT: str})


def with_fans(data: Frames) -> pd.DataFrame:
    """Return the contacts, graded or not, of customers whose fan status is known.

    Returns:
        The columns of the contacts and of the customers, `fan` as a flag, `was_fan` in the earlier
        wave (nothing for those who joined) and `earlier`, the mean of the earlier bonding items
        rounded to halves.
    """
    people = FanRule().apply(data.customers).dropna(subset=FAN).astype({FAN: bool})
    before = [f"{item}_previous" for item in BONDING_ITEMS]
    people["was_fan"] = FanRule(items=tuple(before)).apply(people[before])[FAN]
    total = people[before].astype("Float64").sum(axis=1, min_count=len(before)).astype(float)
    people["earlier"] = (total * 0.4 + 0.5) // 1 / 2
    people["orders"] = people["orders_per_year"].clip(upper=3)
    rows = data.contacts.merge(people, on="customer_id")
    return rows.astype({TOUCHPOINT: str, "age_group": str})


def most_met(data: Frames) -> str:
    """Return the touchpoint with most graded contacts; equals in the alphabet's order."""
    counts = graded(data).groupby(TOUCHPOINT).size()
    return str(counts.sort_index().idxmax())


def as_numbers(series: pd.Series[Any]) -> dict[str, float]:
    """Return a Series as a dictionary by text."""
    return {str(key): float(value) for key, value in series.items()}
