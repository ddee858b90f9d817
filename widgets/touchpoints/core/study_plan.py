"""A study of one touchpoint: can it decide grade 1, and the rarer and smaller lift of grade 2?

Of the customers asked, a part answers; of the answers, a part comes from customers with contact,
and of these a part gives the grade g. With r the response rate, D the design effect, c the share
with contact and s_g the share of grade g among the contacts, N customers asked come to

    n_g = N r c s_g / D,    n_0 = N r (1 - c) / D

independent answers of grade g and without contact. Power, size and width follow from these as in
`planning`, at a two-sided level.

References:
    Kish, L. (1965). Survey Sampling. Wiley, for the design effect.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from touchpoints.core.errors import InputError
from touchpoints.core.intervals import newcombe
from touchpoints.core.numbers import finite_number
from touchpoints.core.planning import answers_needed, power_at
from touchpoints.core.result import Result

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Lowest and highest value of each assumption.
STUDY_LIMITS: Final[Mapping[str, tuple[float, float]]] = MappingProxyType(
    {
        "no_contact_rate_pct": (2, 95),
        "contact_share_pct": (1, 95),
        "share_1_pct": (1, 98),
        "lift_1_points": (1, 90),
        "share_2_pct": (1, 98),
        "lift_2_points": (-90, -1),
        "response_pct": (1, 100),
        "design_effect": (1, 20),
        "alpha_pct": (0.1, 20),
        "power_pct": (50, 99),
        "asked": (10, 1_000_000),
    }
)
#: Lowest and highest fan rate, in per cent, that a lift may lead to.
RATE_LIMITS: Final = (0.5, 99.5)

_ALL_PCT: Final = 100
#: Of a computed number of customers: less is rounding, not a customer.
_ROUNDING: Final = 1e-9
_STEPS: Final = (1, 2, 5)


@dataclass(frozen=True)
class StudyAssumptions:
    """What the plan of a study assumes; the numbers of the kit's example are made up.

    Attributes:
        no_contact_rate_pct: Fan rate without contact, 2 to 95 %.
        contact_share_pct: Share of the answers that come from customers with contact, 1 to 95.
        share_1_pct: Share of grade 1 among the contacts, 1 to 98.
        lift_1_points: Lift of grade 1 worth seeing, 1 to 90 percentage points.
        share_2_pct: Share of grade 2 among the contacts; both shares come to at most 100.
        lift_2_points: Lift of grade 2 worth seeing, -90 to -1 percentage points.
        response_pct: Share of the customers asked who answer, 1 to 100.
        design_effect: How many answers tell as much as one independent answer, 1 to 20.
        alpha_pct: Chance of a false alarm of each two-sided test, 0.1 to 20 %.
        power_pct: Wanted chance to find a lift, 50 to 99 %.
        asked: Customers asked, a whole number from 10 to 1,000,000.

    Raises:
        InputError: If a number is out of its range, or the assumptions don't fit each other.

    Example:
        >>> StudyAssumptions(asked=5000).asked
        5000
    """

    no_contact_rate_pct: float = 30
    contact_share_pct: float = 40
    share_1_pct: float = 30
    lift_1_points: float = 15
    share_2_pct: float = 40
    lift_2_points: float = -5
    response_pct: float = 30
    design_effect: float = 1
    alpha_pct: float = 5
    power_pct: float = 80
    asked: int = 4000

    def __post_init__(self) -> None:
        for name, (low, high) in STUDY_LIMITS.items():
            value = finite_number(name, getattr(self, name))
            whole = name != "asked" or value.is_integer()
            if not (low <= value <= high and whole):
                kind = "a whole number from" if name == "asked" else "from"
                raise InputError(
                    f"{name} {value:g}", f"{kind} {low:g} to {high:g}", f"correct {name}"
                )
            object.__setattr__(self, name, int(value) if value.is_integer() else value)
        shares = self.share_1_pct + self.share_2_pct
        if shares > _ALL_PCT:
            raise InputError(
                f"shares of grades 1 and 2 that come to {shares:g} %",
                "at most 100 % of the contacts",
                "lower one of them",
            )
        for grade in (1, 2):
            rate = self.no_contact_rate_pct + self.lift_points(grade)
            if not RATE_LIMITS[0] <= rate <= RATE_LIMITS[1]:
                raise InputError(
                    f"a fan rate of {rate:g} % at grade {grade}",
                    f"{RATE_LIMITS[0]:g} to {RATE_LIMITS[1]:g} %",
                    f"correct no_contact_rate_pct or lift_{grade}_points",
                )

    def to_dict(self) -> dict[str, float]:
        """Return the assumptions as plain data, as a page receives them."""
        return asdict(self)

    def lift_points(self, grade: int) -> float:
        """Return the lift of grade 1 or 2 that is worth seeing."""
        return (self.lift_1_points, self.lift_2_points)[grade - 1]

    def share(self, grade: int) -> float:
        """Return the share of grade 1 or 2, or of no contact (0), among the answers, 0 to 1."""
        contact = self.contact_share_pct / 100
        if grade == 0:
            return 1 - contact
        return contact * (self.share_1_pct, self.share_2_pct)[grade - 1] / 100

    @property
    def independent_per_asked(self) -> float:
        """Independent answers that one customer asked comes to."""
        return self.response_pct / 100 / self.design_effect


@dataclass(frozen=True)
class StudyPlan(Result):
    """What a study of the assumed touchpoint can decide.

    Attributes:
        table: One row a number of customers asked (round numbers, the number of the plan, and those
            needed): `asked`, `answers`, and for both grades `graded_1` (answers with grade 1),
            `power_1_pct` (chance to find the lift), `width_1_points` (expected width of its
            interval at the confidence 1 - alpha), and `graded_2`, `power_2_pct`, `width_2_points`.
        assumptions: What was assumed.
        needed: Customers to ask for grade 1 and for grade 2.
    """

    table: Any
    assumptions: StudyAssumptions
    needed: tuple[int, int]

    def at_asked(self) -> dict[str, float]:
        """Return the row of the number of customers that the plan asks."""
        row = self.table[self.table["asked"] == self.assumptions.asked].iloc[0]
        return {str(name): float(value) for name, value in row.items()}

    @property
    def text(self) -> str:
        """Say what the study would find, grade by grade, and whom it would have to ask."""
        row, given = self.at_asked(), self.assumptions
        said = []
        for grade, needed in enumerate(self.needed, 1):
            power, width = row[f"power_{grade}_pct"], row[f"width_{grade}_points"]
            verdict = "can't decide" if power < given.power_pct else "can decide"
            said.append(
                f"it {verdict} grade {grade}: a lift of {given.lift_points(grade):+g} points is "
                f"found with a chance of {power:.1f} %, its interval will be about {width:.1f} "
                f"points wide, and {needed:,} customers would have to be asked"
            )
        return (
            f"A study that asks {given.asked:,} customers gets about {row['answers']:,.0f} "
            f"answers; "
            f"{'; '.join(said)}. This is a plan, no estimate: all rates and shares are assumed."
        )


def plan_study(assumptions: StudyAssumptions | None = None) -> StudyPlan:
    """Plan a study of one touchpoint that is to decide grade 1 and grade 2.

    Args:
        assumptions: What is assumed; by default the kit's example, whose numbers are made up.

    Returns:
        The plan as a frozen result.

    Raises:
        InputError: If the assumptions are none.

    Example:
        >>> plan = plan_study(StudyAssumptions(asked=4000, lift_2_points=-5))
        >>> plan.needed
        (2627, 16702)
        >>> {k: round(v, 1) for k, v in plan.at_asked().items() if "power" in k}
        {'power_1_pct': 93.0, 'power_2_pct': 26.7}
    """
    given = StudyAssumptions() if assumptions is None else assumptions
    if not isinstance(given, StudyAssumptions):
        raise InputError(
            f"assumptions {given!r}", "StudyAssumptions", "pass StudyAssumptions(asked=4000)"
        )
    needed = (_needed(given, 1), _needed(given, 2))
    asked = np.array(_sizes(given.asked, needed))
    table = pd.DataFrame({"asked": asked, "answers": asked * given.response_pct / 100})
    for grade in (1, 2):
        p_1, p_2 = _rates(given, grade)
        n_1, n_2 = (asked * given.independent_per_asked * given.share(g) for g in (grade, 0))
        low, high = newcombe(p_1 * n_1, n_1, p_2 * n_2, n_2, confidence=1 - given.alpha_pct / 100)
        table[f"graded_{grade}"] = table["answers"] * given.share(grade)
        table[f"power_{grade}_pct"] = 100 * power_at(p_1, p_2, n_1, n_2, given.alpha_pct / 100)
        table[f"width_{grade}_points"] = 100 * (high - low)
    return StudyPlan(table, given, needed)


def _rates(given: StudyAssumptions, grade: int) -> tuple[float, float]:
    """Fan rates at the grade and without contact, 0 to 1."""
    none = given.no_contact_rate_pct
    return (none + given.lift_points(grade)) / 100, none / 100


def _needed(given: StudyAssumptions, grade: int) -> int:
    """Customers to ask so that the lift of the grade is found."""
    shares = (given.share(grade), given.share(0))
    chances = (given.power_pct / 100, given.alpha_pct / 100)
    answers = answers_needed(*_rates(given, grade), *shares, *chances)
    return math.ceil(answers / given.independent_per_asked * (1 - _ROUNDING))


def _sizes(asked: int, needed: tuple[int, int]) -> list[int]:
    """The plan's number and those needed, among round numbers from a fifth to twice as many."""
    low, high = min(asked, *needed) / 5, 2 * max(asked, *needed)
    powers = range(1, math.ceil(math.log10(high)) + 1)
    rounded = {step * 10**power for power in powers for step in _STEPS}
    return sorted({n for n in rounded if low <= n <= high} | {asked, *needed})
