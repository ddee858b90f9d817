"""Rubrics: how written work is marked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from touchpoints.core.errors import InputError
from touchpoints.core.quiz_fields import as_fields, as_list, as_whole, as_words, require_unlike
from touchpoints.course.fields import as_name, as_names, as_prose
from touchpoints.course.source_files import load_named

_POINTS: Final = (0, 100)


@dataclass(frozen=True)
class RubricLevel:
    """How well a criterion is met, and what that is worth."""

    points: int
    text: str


@dataclass(frozen=True)
class RubricRow:
    """One criterion.

    Attributes:
        id: Its name, unique in the rubric.
        criterion: What is looked at.
        goals: Ids of the learning goals it assesses.
        levels: From the fewest points (0) to the most.
    """

    id: str
    criterion: str
    goals: tuple[str, ...]
    levels: tuple[RubricLevel, ...]


@dataclass(frozen=True)
class Rubric:
    """A rubric.

    Attributes:
        name: Its name, which is that of its file.
        title: Its title.
        rows: The criteria.
    """

    name: str
    title: str
    rows: tuple[RubricRow, ...]

    @property
    def points(self) -> int:
        """What all rows together are worth."""
        return sum(row.levels[-1].points for row in self.rows)


def load_rubric(path: Path) -> Rubric:
    """Read and check a rubric.

    Args:
        path: The file, called like the rubric.

    Returns:
        The rubric.

    Raises:
        InputError: If anything is wrong; the message names file, row and field.
    """
    return load_named(path, "a rubric", read_rubric)


def read_rubric(content: Any, source: str = "rubric") -> Rubric:  # noqa: ANN401  (hostile)
    """Check a parsed rubric completely.

    Args:
        content: The file's content as plain data.
        source: Name of the file, for messages.

    Returns:
        The rubric.

    Raises:
        InputError: If anything is wrong; the message names file, row and field.

    Example:
        >>> levels = [{"points": 0, "text": "None."}, {"points": 4, "text": "Stated."}]
        >>> row = {"id": "method", "criterion": "Method", "goals": ["plan"], "levels": levels}
        >>> read_rubric({"name": "replication", "title": "Replication", "rows": [row]}).points
        4
    """
    fields = as_fields(content, source, ("name", "title", "rows"))
    rows = as_list(fields["rows"], f"{source}, rows", (1, 20))
    rubric = Rubric(
        as_name(fields["name"], f"{source}, name"),
        as_words(fields["title"], f"{source}, title"),
        tuple(_row(row, f"{source}, row {i}") for i, row in enumerate(rows, 1)),
    )
    require_unlike([row.id for row in rubric.rows], source, "row")
    return rubric


def _row(content: Any, place: str) -> RubricRow:  # noqa: ANN401
    fields = as_fields(content, place, ("id", "criterion", "goals", "levels"))
    levels = tuple(
        _level(level, f"{place}, level {i}")
        for i, level in enumerate(as_list(fields["levels"], f"{place}, levels", (2, 6)), 1)
    )
    points = [level.points for level in levels]
    if points[0] != 0 or points != sorted(set(points)):
        raise InputError(f"{place}, levels: {points} points", "0 first, then rising", "sort them")
    return RubricRow(
        as_name(fields["id"], f"{place}, id"),
        as_prose(fields["criterion"], f"{place}, criterion"),
        as_names(fields["goals"], f"{place}, goals", (1, 12)),
        levels,
    )


def _level(content: Any, place: str) -> RubricLevel:  # noqa: ANN401
    fields = as_fields(content, place, ("points", "text"))
    points = as_whole(fields["points"], f"{place}, points", _POINTS)
    return RubricLevel(points, as_prose(fields["text"], f"{place}, text"))
