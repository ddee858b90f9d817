"""Surveys drawn from assumed fan rates: what the tables of many surveys would look like.

The categories c of an answer about one touchpoint are the grades and "no contact". Given are the
share π_c of each category and the fan rate p_c among its answers. A customer is a fan once, for all
touchpoints, so the fan status is drawn first, with the chance P = Σ π_c p_c. Given the status, an
answer falls into a category by Bayes's rule,

    P(c | fan) = π_c p_c / P,    P(c | no fan) = π_c (1 - p_c) / (1 - P),

which gives exactly the assumed rates whatever the number of touchpoints. Beyond that, customers may
repeat themselves: each has a usual category, drawn in the same way, and gives it at each touchpoint
with the chance √ρ, else draws anew. Two answers of a customer then have the correlation ρ among
customers of one fan status, and the assumed rates still hold.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw
import numpy as np

from touchpoints.core.contacts import GRADE
from touchpoints.core.errors import InputError, listing
from touchpoints.core.fan_counts import CROSS_COLUMNS
from touchpoints.core.numbers import FloatArray, finite_number, refuse, whole
from touchpoints.core.vocabulary import GRADES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: The column that names a drawn survey.
SURVEY: Final = "survey"
_ALL_PCT: Final = 100
_ROUNDING: Final = 1e-6
_MOST_TOUCHPOINTS: Final = 1_000


@dataclass(frozen=True)
class AssumedSurvey:
    """What one touchpoint's table of grades is assumed to be like in the whole population.

    Attributes:
        grades: The grades that occur, ascending.
        shares: Share of each grade among all answers, then that of no contact; together 1.
        rates: Fan rate among the answers of each grade, then without contact, 0 to 1.
        touchpoints: How many alike touchpoints each customer answers about.
        clustering: ρ of the module's head, 0 to 1.
    """

    grades: tuple[int, ...]
    shares: FloatArray
    rates: FloatArray
    touchpoints: int
    clustering: float

    @classmethod
    def of(  # noqa: PLR0913  (what is assumed)
        cls,
        fan_rates_pct: Mapping[int, float],
        *,
        no_contact_rate_pct: float,
        grade_shares_pct: Mapping[int, float],
        no_contact_share_pct: float,
        touchpoints: int,
        clustering: float,
    ) -> AssumedSurvey:
        """Check the assumptions of `claim_power` and turn percentages into shares.

        Raises:
            InputError: If a number is out of its range, or rates and shares are of other grades.
        """
        grades = _grades(fan_rates_pct, grade_shares_pct)
        among = _percentages("grade_shares_pct", [grade_shares_pct[g] for g in grades])
        if abs(among.sum() - _ALL_PCT) > _ROUNDING:
            raise InputError(
                f"grade_shares_pct that come to {among.sum():g}",
                "shares of the contacts that come to 100",
                "correct them",
            )
        rates = [*(fan_rates_pct[g] for g in grades), no_contact_rate_pct]
        without = finite_number("no_contact_share_pct", no_contact_share_pct)
        if not 0 < without < _ALL_PCT:
            raise InputError(
                f"no_contact_share_pct {without:g}",
                "above 0 and below 100",
                "plan answers of both kinds",
            )
        repeated = finite_number("clustering", clustering)
        if not 0 <= repeated <= 1:
            raise InputError(f"clustering {repeated:g}", "0 to 1", "correct it")
        return cls(
            grades,
            np.append(among / _ALL_PCT * (1 - without / _ALL_PCT), without / _ALL_PCT),
            _percentages("a fan rate in per cent", rates) / _ALL_PCT,
            whole("touchpoints", touchpoints, 1, _MOST_TOUCHPOINTS),
            repeated,
        )

    @property
    def fan_rate(self) -> float:
        """Share of fans among the customers, P."""
        return float(self.shares @ self.rates)

    def draw(self, customers: int, surveys: int, rng: np.random.Generator) -> nw.DataFrame[Any]:
        """Draw surveys and count each as the claim test would.

        Args:
            customers: Customers who answer in each survey.
            surveys: How many surveys to draw.
            rng: Where chance comes from.

        Returns:
            Counts by `survey` and `grade` (nothing for no contact), as `count_contacts` gives them;
            with sums by customer where each answers about several touchpoints.
        """
        if self.touchpoints == 1:
            sums = self._draw_counts(customers, surveys, rng)
        else:
            sums = self._draw_by_customer(customers, surveys, rng)
        grades = [*(float(g) for g in self.grades), None]
        columns: dict[str, Any] = {
            SURVEY: np.repeat(np.arange(surveys), len(grades)),
            GRADE: grades * surveys,
        }
        columns |= {name: values.ravel() for name, values in sums.items()}
        frame = nw.from_dict(columns | {"unknown": [0] * len(columns[GRADE])}, backend="pandas")
        return frame.filter(nw.col("n") > 0)

    def _draw_counts(
        self, customers: int, surveys: int, rng: np.random.Generator
    ) -> dict[str, Any]:
        """One answer a customer: all that is needed is one multinomial draw a survey."""
        cells = np.concatenate([self.shares * self.rates, self.shares * (1 - self.rates)])
        drawn = rng.multinomial(customers, cells / cells.sum(), size=surveys)
        fans, others = np.split(drawn, 2, axis=1)
        return {"n": fans + others, "fans": fans}

    def _draw_by_customer(
        self, customers: int, surveys: int, rng: np.random.Generator
    ) -> dict[str, Any]:
        """Several answers a customer: their products are summed as in `count_fans_beside`."""
        is_fan, rows = self.draw_rows(customers, surveys, rng)
        reference = rows[..., -1:]
        sizes, squares, cross = rows.sum(1), (rows**2).sum(1), (rows * reference).sum(1)
        of_fans = rows * is_fan[..., None]
        fans, fan_squares = of_fans.sum(1), (of_fans**2).sum(1)
        fan_cross = (of_fans * reference).sum(1)
        return {
            "n": sizes,
            "fans": fans,
            "k": sizes,
            "s": fans,
            "ss": fan_squares,
            "sk": fan_squares,
            "kk": squares,
            "units": (rows > 0).sum(1),
            **dict(zip(CROSS_COLUMNS, (fan_cross, fan_cross, fan_cross, cross), strict=True)),
        }

    def draw_rows(self, customers: int, surveys: int, rng: np.random.Generator) -> tuple[Any, Any]:
        """Draw each customer's fan status and number of answers in each category.

        Returns:
            Whether each is a fan (survey × customer), and how many answers fall into each category
            (survey × customer × category), no contact last.
        """
        shape = (surveys, customers)
        is_fan = rng.random(shape) < self.fan_rate
        chances = np.array([self._given(fan=False), self._given(fan=True)])[is_fan.astype(int)]
        repeated = rng.binomial(self.touchpoints, math.sqrt(self.clustering), size=shape)
        usual = rng.multinomial(1, chances)
        rows = rng.multinomial(self.touchpoints - repeated, chances)
        return is_fan, rows + usual * repeated[..., None]

    def _given(self, *, fan: bool) -> FloatArray:
        """Chance of each category among fans or among the others."""
        weights = self.shares * (self.rates if fan else 1 - self.rates)
        total = weights.sum()
        # Without fans (or others) nobody is drawn by these chances; they must only exist.
        return weights / total if total > 0 else self.shares


def _grades(rates: Mapping[int, float], shares: Mapping[int, float]) -> tuple[int, ...]:
    """The grades of both mappings, which must be the same."""
    for name, given in (("fan_rates_pct", rates), ("grade_shares_pct", shares)):
        if not (hasattr(given, "keys") and given and all(g in GRADES for g in given)):
            raise InputError(
                f"{name} of the grades {listing(given) if hasattr(given, 'keys') else given}",
                f"a number for some of the grades {listing(GRADES)}",
                "pass for example {1: 50, 2: 25}",
            )
    if set(rates) != set(shares):
        raise InputError(
            f"rates of the grades {listing(sorted(rates))}, shares of {listing(sorted(shares))}",
            "a rate and a share for the same grades",
            "add or leave out what differs",
        )
    return tuple(sorted(rates))


def _percentages(name: str, values: Sequence[object]) -> FloatArray:
    array = np.array([finite_number(name, value) for value in values])
    refuse(~((array >= 0) & (array <= _ALL_PCT)), array, name, "0 to 100", "pass percentages")
    return array
