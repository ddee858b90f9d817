"""What came of one submission, as it is kept and shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

#: What can become of a student's work, and how the gradebook says it.
STATUSES: Final = {
    "graded": "graded",
    "time": "graded up to the time limit",
    "itself": "graded up to where the notebook ended its own process",
    "unreadable": "no points: the file can't be read",
    "double": "not graded: more than one notebook",
    "missing": "nothing handed in",
    "failed": "not graded: the grader could not do it",
}


@dataclass(frozen=True)
class Case:
    """One test case of a question.

    Attributes:
        passed: Whether it passed.
        points: What it is worth.
        message: What its author wrote for this outcome; may be empty.
    """

    passed: bool
    points: float
    message: str


@dataclass(frozen=True)
class QuestionMark:
    """What a question got.

    Attributes:
        name: Of the question.
        points: What it got.
        possible: What it is worth.
        answered: Whether all its answers were handed over.
        cases: Its test cases.
    """

    name: str
    points: float
    possible: float
    answered: bool
    cases: tuple[Case, ...]


@dataclass(frozen=True)
class Result:
    """What a submission got.

    Attributes:
        status: One of `STATUSES`.
        marks: One a question, in their order; none where nothing could be executed.
        errors: Number of the code cell and what went wrong there.
        note: What else the lecturer and the student should know; may be empty.
    """

    status: str
    marks: tuple[QuestionMark, ...] = ()
    errors: tuple[tuple[int, str], ...] = ()
    note: str = ""

    @property
    def points(self) -> float:
        """What all questions together got."""
        # Sums of thirds and tenths shall look the same in every file.
        return round(sum(mark.points for mark in self.marks), 6)

    @property
    def counts(self) -> bool:
        """Whether the points are marks: work that nobody graded has none."""
        return self.status in {"graded", "time", "itself", "unreadable"}


def points_text(points: float) -> str:
    """Write points with two decimals at most, as learning platforms keep them.

    Example:
        >>> points_text(20.0), points_text(1 / 3)
        ('20', '0.33')
    """
    return f"{points:.2f}".rstrip("0").rstrip(".")


def result_to_plain(result: Result) -> dict[str, Any]:
    """Turn a result into plain data.

    Example:
        >>> plain = result_to_plain(Result("missing", note="late"))
        >>> result_from_plain(plain) == Result("missing", note="late")
        True
    """
    return asdict(result)


def result_from_plain(plain: dict[str, Any]) -> Result:
    """Undo `result_to_plain`, also after JSON.

    Raises:
        KeyError: If something is missing.
        TypeError: If something is of another kind.
    """
    errors = tuple((int(cell), str(said)) for cell, said in plain["errors"])
    return Result(plain["status"], marks_from_plain(plain["marks"]), errors, plain["note"])


def marks_from_plain(plain: Iterable[Mapping[str, Any]]) -> tuple[QuestionMark, ...]:
    """Undo `asdict` on marks.

    Raises:
        KeyError: If something is missing.
        TypeError: If something is of another kind.

    Example:
        >>> mark = QuestionMark("fans", 1, 2, answered=True, cases=(Case(True, 1, ""),))
        >>> marks_from_plain([asdict(mark)]) == (mark,)
        True
    """
    return tuple(
        QuestionMark(**{**mark, "cases": tuple(Case(**case) for case in mark["cases"])})
        for mark in plain
    )
