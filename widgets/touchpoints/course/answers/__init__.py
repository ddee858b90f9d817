"""What is right for one student's data: the expected answers of each assignment."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from touchpoints.core.errors import one_of
from touchpoints.course.answers import (
    contact_or_mood,
    fans_and_grades,
    first_look,
    journeys_and_planning,
    only_grade_1,
    priorities,
    replication,
)
from touchpoints.course.answers.transport import from_plain, to_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from touchpoints.course.answers.frames import Frames

#: The assignments, in the order of rising difficulty, and what computes their answers.
ANSWERS: Final[Mapping[str, Callable[[Frames], Mapping[str, Any]]]] = MappingProxyType(
    {
        "first_look": first_look.expected,
        "fans_and_grades": fans_and_grades.expected,
        "priorities": priorities.expected,
        "only_grade_1": only_grade_1.expected,
        "contact_or_mood": contact_or_mood.expected,
        "journeys_and_planning": journeys_and_planning.expected,
        "replication": replication.expected,
    }
)


def expected_answers(assignment: str, data: Frames) -> dict[str, Any]:
    """Compute the expected answers to an assignment from a student's data.

    Args:
        assignment: Name of the assignment.
        data: The student's data.

    Returns:
        For each name that its hidden tests look up a plain dictionary: `value`, `tolerance` (of a
        number) and `mistakes` (what typical mistakes lead to on these data).

    Raises:
        InputError: If there is no such assignment.
    """
    return dict(ANSWERS[one_of("assignment", assignment, ANSWERS)](data))


__all__ = ["ANSWERS", "expected_answers", "from_plain", "to_plain"]
