"""An expected answer: its value, how far an answer may lie from it, and what typical mistakes give.

Expected answers are plain values, so that a lecturer can keep them as JSON beside the truth.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypedDict

from touchpoints.course.answers.transport import to_plain

#: Numbers may differ in how they were rounded, not in how they were computed.
ROUNDING: Final = 0.051


class Target(TypedDict):
    """One expected answer.

    Attributes:
        value: The right answer, plain.
        tolerance: Largest distance of a number from it.
        mistakes: For the key of each typical mistake, what it leads to on these data.
    """

    value: Any
    tolerance: float
    mistakes: dict[str, Any]


def target(
    value: object, tolerance: float = ROUNDING, mistakes: Mapping[str, object] | None = None
) -> Target:
    """Make an expected answer of anything that `to_plain` reads.

    Example:
        >>> target(12.5, mistakes={"share": 0.125})
        {'value': 12.5, 'tolerance': 0.051, 'mistakes': {'share': 0.125}}
    """
    return Target(
        value=to_plain(value),
        tolerance=tolerance,
        mistakes={key: to_plain(wrong) for key, wrong in (mistakes or {}).items()},
    )


def count(value: object, mistakes: Mapping[str, object] | None = None) -> Target:
    """Make an expected answer that must be met exactly: a count, a name, names."""
    return target(value, 0.0, mistakes)
