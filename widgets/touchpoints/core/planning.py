"""How many answers a comparison needs: power, sample size and expected width of the interval.

Everything is planned for the normal approximation of the difference of two independent shares.
With d = p_1 - p_2, the pooled share p̄ = (n_1 p_1 + n_2 p_2) / (n_1 + n_2) and the upper normal
quantiles z,

    power = Φ( (|d| - z_{α/2} √(p̄(1 - p̄)(1/n_1 + 1/n_2))) / √(p_1(1 - p_1)/n_1 + p_2(1 - p_2)/n_2) )

counts the chance of a significant difference of the right sign. Solved for the number of answers,
with s_1 and s_2 as the shares of all answers that fall into the two groups,

    n = ( (z_{α/2} √(p̄(1 - p̄)(1/s_1 + 1/s_2)) + z_{1-power} √(Σ pᵢ(1 - pᵢ)/sᵢ)) / d )².

References:
    Fleiss, J. L., Levin, B. & Paik, M. C. (2003). Statistical Methods for Rates and Proportions,
    3rd ed. Wiley, chapter 4 (without the correction for continuity, as R's power.prop.test).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, overload

import numpy as np
import pandas as pd

from touchpoints.core.errors import InputError
from touchpoints.core.intervals import newcombe
from touchpoints.core.normal import cdf, quantile
from touchpoints.core.numbers import FloatArray, finite_number, floats, refuse
from touchpoints.core.result import Result

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Numbers = npt.NDArray[Any] | Sequence[float]

#: Sizes of the table of a plan, as parts of the number of customers needed.
_GRID: Final = tuple(k / 10 for k in range(1, 21))
_WHOLE_PCT: Final = 100
#: Smaller differences need more people than there are.
_SMALLEST: Final = 1e-6


@overload
def power_two_proportions(
    p_1: float, p_2: float, *, n_per_group: float, alpha: float = ...
) -> float: ...
@overload
def power_two_proportions(
    p_1: float, p_2: float, *, n_per_group: Numbers, alpha: float = ...
) -> FloatArray: ...
def power_two_proportions(
    p_1: float, p_2: float, *, n_per_group: float | Numbers, alpha: float = 0.05
) -> Any:
    """Give the chance to find a difference of two shares, at equal sizes of the two groups.

    The formula stands at the head of this module. Only a significant difference of the right sign
    counts, so equal shares give α/2.

    Args:
        p_1: True share of the first group, above 0 and below 1.
        p_2: True share of the second.
        n_per_group: Answers in each group, above 0; a number or several.
        alpha: Chance of a false alarm of the two-sided test, between 0 and 1.

    Returns:
        The power from 0 to 1: a number for a number, an array for several.

    Raises:
        InputError: If a number is missing or out of its range.

    Example:
        >>> round(power_two_proportions(0.50, 0.75, n_per_group=50), 6)
        0.740166
    """
    shares = _shares(p_1, p_2)
    size = floats(n_per_group, "n_per_group")
    bad = ~(np.isfinite(size) & (size > 0))
    refuse(bad, size, "n_per_group", "above 0", "plan at least one answer")
    power = power_at(*shares, size, size, _chance("alpha", alpha))
    return power if size.ndim else float(power)


def sample_size_two_proportions(
    p_1: float, p_2: float, *, power: float = 0.8, alpha: float = 0.05
) -> float:
    """Give the answers each of two equally large groups needs for a difference to be found.

    Args:
        p_1: True share of the first group, above 0 and below 1.
        p_2: True share of the second, another one.
        power: Wanted chance to find the difference, above alpha and below 1.
        alpha: Chance of a false alarm of the two-sided test, between 0 and 1.

    Returns:
        Answers in each group, not rounded: plan the next whole number.

    Raises:
        InputError: If a number is missing or out of its range, or the shares are (all but) equal.

    Example:
        >>> round(sample_size_two_proportions(0.25, 0.20), 1)
        1093.7
    """
    first, second = _shares(p_1, p_2)
    return answers_needed(first, second, 0.5, 0.5, *_chances(power, alpha)) / 2


def expected_interval_width(
    p_1: float, p_2: float, *, n_1: float, n_2: float, confidence: float = 0.95
) -> float:
    """Give the width that the interval of a difference will have: Newcombe's, at expected counts.

    From 30 answers a group on it lies above the mean width over all samples, by less than 1.5 %
    (tested by adding up all samples).

    Args:
        p_1: True share of the first group, above 0 and below 1.
        p_2: True share of the second.
        n_1: Answers in the first group, above 0.
        n_2: Answers in the second.
        confidence: Of the interval, between 0 and 1.

    Returns:
        Upper minus lower bound, from 0 to 2; times 100 it is in percentage points.

    Raises:
        InputError: If a number is missing or out of its range.

    Example:
        >>> round(expected_interval_width(0.25, 0.20, n_1=1094, n_2=1094), 4)
        0.0698
    """
    first, second = _shares(p_1, p_2)
    sizes = [finite_number(name, n) for name, n in (("n_1", n_1), ("n_2", n_2))]
    for name, n in zip(("n_1", "n_2"), sizes, strict=True):
        if not 0 < n < math.inf:
            raise InputError(f"{name} {n:g}", "above 0", "plan at least one answer")
    low, high = newcombe(
        first * sizes[0], sizes[0], second * sizes[1], sizes[1], confidence=confidence
    )
    return high - low


@dataclass(frozen=True)
class LiftPlan(Result):
    """How many customers to ask so that a lift is found.

    Attributes:
        table: One row a number of customers asked: `customers`, `graded` (expected with the
            grade), `no_contact`, `power_pct` (chance to find the lift), `width_points` (expected
            width of the lift's interval at the confidence 1 - alpha, in percentage points).
        customers: Customers needed for the wanted power, all grades together.
        no_contact_rate_pct: Assumed fan rate without contact.
        lift_points: Assumed lift in percentage points.
        power: Wanted power.
        alpha: Chance of a false alarm.
    """

    table: Any
    customers: int
    no_contact_rate_pct: float
    lift_points: float
    power: float
    alpha: float

    @property
    def text(self) -> str:
        """Say how many customers are needed, and what the interval will then be like."""
        row = self.table[self.table["customers"] >= self.customers].iloc[0]
        return (
            f"If the fan rate is {self.no_contact_rate_pct:g} % without contact and "
            f"{self.no_contact_rate_pct + self.lift_points:g} % at the grade, "
            f"{self.customers:,} customers ({row['graded']:,.0f} with the grade, "
            f"{row['no_contact']:,.0f} without contact) give a chance of {100 * self.power:g} % "
            f"to find the lift of {self.lift_points:+g} points at a level of "
            f"{100 * self.alpha:g} %; its interval will be about {row['width_points']:.1f} points "
            "wide. This is a plan, no estimate: all rates and shares are assumed."
        )


def plan_lift(  # noqa: PLR0913  (what a plan assumes)
    *,
    no_contact_rate_pct: float,
    lift_points: float,
    grade_share_pct: float,
    no_contact_share_pct: float,
    power: float = 0.8,
    alpha: float = 0.05,
) -> LiftPlan:
    """Plan how many customers to ask so that the lift of one grade at one touchpoint is found.

    A lift compares two groups of unequal size: those who give the grade and those without contact.
    The sample size is the module's formula with the two shares as s_1 and s_2.

    Args:
        no_contact_rate_pct: Assumed fan rate without contact, above 0 and below 100.
        lift_points: Assumed lift in percentage points, above or below 0.
        grade_share_pct: Share of all asked customers who give the grade, above 0.
        no_contact_share_pct: Share of all asked customers without contact; the two shares come to
            at most 100.
        power: Wanted chance to find the lift, above alpha and below 1.
        alpha: Chance of a false alarm of the two-sided test, between 0 and 1.

    Returns:
        The plan as a frozen result.

    Raises:
        InputError: If a number is missing or out of its range.

    Example:
        >>> plan = plan_lift(
        ...     no_contact_rate_pct=25, lift_points=-5, grade_share_pct=30, no_contact_share_pct=40
        ... )
        >>> plan.customers
        3205
        >>> plan.table[["customers", "power_pct", "width_points"]].round(1).iloc[9].tolist()
        [3205.0, 80.0, 6.9]
    """
    rate, lift = (
        finite_number("no_contact_rate_pct", no_contact_rate_pct),
        finite_number("lift", lift_points),
    )
    reached = rate + lift
    if not (0 < rate < _WHOLE_PCT and 0 < reached < _WHOLE_PCT):
        raise InputError(
            f"a fan rate of {rate:g} % without contact and {reached:g} % at the grade",
            "above 0 and below 100 %",
            "correct no_contact_rate_pct or lift_points",
        )
    s_1, s_2 = _group_shares(grade_share_pct, no_contact_share_pct)
    p_1, p_2 = reached / 100, rate / 100
    chances = _chances(power, alpha)
    needed = math.ceil(answers_needed(p_1, p_2, s_1, s_2, *chances))
    sizes = sorted({max(math.ceil(part * needed), 1) for part in _GRID})
    table = pd.DataFrame({"customers": sizes})
    table["graded"], table["no_contact"] = table["customers"] * s_1, table["customers"] * s_2
    n_1, n_2 = table["graded"].to_numpy(), table["no_contact"].to_numpy()
    table["power_pct"] = 100 * power_at(p_1, p_2, n_1, n_2, alpha)
    low, high = newcombe(p_1 * n_1, n_1, p_2 * n_2, n_2, confidence=1 - alpha)
    table["width_points"] = 100 * (high - low)
    return LiftPlan(table, needed, rate, lift, *chances)


def power_at(p_1: float, p_2: float, n_1: FloatArray, n_2: FloatArray, alpha: float) -> FloatArray:
    """Chance of a significant difference of the right sign."""
    pooled = (n_1 * p_1 + n_2 * p_2) / (n_1 + n_2)
    equal = np.sqrt(pooled * (1 - pooled) * (1 / n_1 + 1 / n_2))
    apart = np.sqrt(p_1 * (1 - p_1) / n_1 + p_2 * (1 - p_2) / n_2)
    return cdf((abs(p_1 - p_2) - quantile(1 - alpha / 2) * equal) / apart)


def answers_needed(  # noqa: PLR0913, PLR0917  (two shares of each kind)
    p_1: float, p_2: float, s_1: float, s_2: float, power: float, alpha: float
) -> float:
    """Answers in all that give the power, where the groups are the shares s_1 and s_2 of them."""
    if abs(p_1 - p_2) < _SMALLEST:
        raise InputError(
            f"shares of {p_1:g} and {p_2:g}",
            "shares that differ by a millionth or more",
            "say how large a difference you want to be able to find",
        )
    pooled = (s_1 * p_1 + s_2 * p_2) / (s_1 + s_2)
    equal = math.sqrt(pooled * (1 - pooled) * (1 / s_1 + 1 / s_2))
    apart = math.sqrt(p_1 * (1 - p_1) / s_1 + p_2 * (1 - p_2) / s_2)
    reach = quantile(1 - alpha / 2) * equal + quantile(power) * apart
    return (reach / (p_1 - p_2)) ** 2


def _shares(p_1: object, p_2: object) -> tuple[float, float]:
    return _chance("p_1", p_1), _chance("p_2", p_2)


def _group_shares(grade_share_pct: object, no_contact_share_pct: object) -> tuple[float, float]:
    graded = finite_number("grade_share_pct", grade_share_pct)
    without = finite_number("no_contact_share_pct", no_contact_share_pct)
    if not (graded > 0 and without > 0 and graded + without <= _WHOLE_PCT):
        raise InputError(
            f"{graded:g} % with the grade and {without:g} % without contact",
            "two shares above 0 that come to at most 100 %",
            "correct grade_share_pct or no_contact_share_pct",
        )
    return graded / 100, without / 100


def _chances(power: object, alpha: object) -> tuple[float, float]:
    wanted, level = _chance("power", power), _chance("alpha", alpha)
    if wanted <= level:
        raise InputError(
            f"power {wanted:g} at alpha {level:g}", "a power above alpha", "pass for example 0.8"
        )
    return wanted, level


def _chance(name: str, value: object) -> float:
    number = finite_number(name, value)
    if not 0 < number < 1:
        raise InputError(f"{name} {number:g}", "above 0 and below 1", f"pass {name} as a share")
    return number
