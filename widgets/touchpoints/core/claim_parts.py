"""The parts of the claim "only grade 1 counts", tested one by one on given contrasts.

    best     Δ1 > 0              a contact graded 1 goes with more fans than no contact
    second   Δ2 < 0              one graded 2 with fewer
    others   Δ3, …, Δ6 < margin  and no other grade lifts by the margin or more

Each part has two one-sided p-values. `p_for` tests against the part's opposite; a part that speaks
of several grades holds only if it holds for all, so its p-value is the largest of theirs, without
any adjustment (intersection-union test). `p_against` asks whether the data show the opposite; there
one grade is enough, so these p-values are adjusted after Holm over all grades of the group.

References:
    Berger, R. L. (1982). Multiparameter hypothesis testing and acceptance sampling. Technometrics
    24, 295-300.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from touchpoints.core.errors import InputError, echo
from touchpoints.core.inversion import BoundsAt, z_against
from touchpoints.core.multiplicity import holm, within
from touchpoints.core.normal import cdf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchpoints.core.numbers import FloatArray

#: The verdicts, in the words of all results of the claim test.
CONSISTENT: Final = "consistent"
CONTRADICTED: Final = "contradicted"
UNDECIDED: Final = "undecided"
NOT_IDENTIFIABLE: Final = "not identifiable"
VERDICTS: Final = (CONSISTENT, CONTRADICTED, UNDECIDED, NOT_IDENTIFIABLE)

BEST: Final = "grade 1 lifts"
SECOND: Final = "grade 2 lowers"
OTHERS: Final = "grades 3 to 6 do not lift"
PARTS: Final = (BEST, SECOND, OTHERS)

_MOST_ALPHA: Final = 0.5
_MOST_MARGIN: Final = 100


@dataclass(frozen=True)
class Part:
    """One part of the claim in one group.

    Attributes:
        part: Which one of `PARTS`.
        grades: The grades there are data for.
        p_for: Largest p-value of its grades against the part's opposite; 1 without data.
        p_against: Smallest adjusted p-value for the opposite; 1 without data.
        verdict: Consistent, contradicted or undecided.
    """

    part: str
    grades: tuple[int, ...]
    p_for: float
    p_against: float
    verdict: str


def require_levels(margin_points: object, alpha: object) -> None:
    """Raise an `InputError` for a margin or a level of the tests that is out of its range."""
    for name, value, most, wrong_at_0 in (
        ("margin_points", margin_points, _MOST_MARGIN, False),
        ("alpha", alpha, _MOST_ALPHA, True),
    ):
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not (number and 0 <= value < most) or (wrong_at_0 and value == 0):  # type: ignore[operator]
            least = "above 0" if wrong_at_0 else "0 or more"
            raise InputError(
                f"{name} {echo(value)}", f"{least} and below {most:g}", f"pass another {name}"
            )


def part_of(grade: float) -> str:
    """Name the part of the claim that speaks of a grade.

    Example:
        >>> part_of(4.0)
        'grades 3 to 6 do not lift'
    """
    return PARTS[min(int(grade), len(PARTS)) - 1]


def judge_parts(  # noqa: PLR0913  (contrasts, and what is asked of them)
    groups: Sequence[tuple[Any, ...]],
    grades: FloatArray,
    points: FloatArray,
    points_at: BoundsAt,
    *,
    margin_points: float,
    alpha: float,
) -> dict[tuple[Any, ...], list[Part]]:
    """Test the three parts in each group.

    Args:
        groups: The group of each contrast.
        grades: Its grade, 1 to 6.
        points: The contrast in percentage points.
        points_at: Its bounds at normal quantiles.
        margin_points: What grades 3 to 6 must stay below.
        alpha: Level of each one-sided test.

    Returns:
        The parts of each group, in the order of `PARTS`.
    """
    parts = [part_of(grade) for grade in grades]
    at_0 = z_against(points_at, points, 0.0)
    at_margin = z_against(points_at, points, margin_points)
    z = np.select(
        [[part == BEST for part in parts], [part == SECOND for part in parts]],
        [at_0, -at_0],
        -at_margin,
    )
    p_for, p_against = cdf(-z), within(holm, cdf(z), groups)
    result: dict[tuple[Any, ...], list[Part]] = {}
    for group in dict.fromkeys(groups):
        result[group] = []
        for name in PARTS:
            own = [i for i, part in enumerate(parts) if part == name and groups[i] == group]
            for_it = max((float(p_for[i]) for i in own), default=1.0)
            against = min((float(p_against[i]) for i in own), default=1.0)
            verdict = CONTRADICTED if against <= alpha else UNDECIDED
            verdict = CONSISTENT if for_it <= alpha else verdict
            tested = tuple(int(grades[i]) for i in own)
            result[group].append(Part(name, tested, for_it, against, verdict))
    return result


def together(parts: Sequence[Part]) -> str:
    """Join the verdicts: one contradicted part contradicts the claim, all must be consistent.

    Example:
        >>> together([
        ...     Part(BEST, (1,), 0.01, 1.0, CONSISTENT), Part(SECOND, (), 1.0, 1.0, UNDECIDED)
        ... ])
        'undecided'
    """
    verdicts = {part.verdict for part in parts}
    if CONTRADICTED in verdicts:
        return CONTRADICTED
    return CONSISTENT if verdicts == {CONSISTENT} else UNDECIDED
