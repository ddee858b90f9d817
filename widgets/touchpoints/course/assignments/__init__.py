"""The assignments of a course, as made from their sources."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from touchpoints.core.errors import one_of
from touchpoints.course.answers import ANSWERS
from touchpoints.course.assignment import Assignment, Question
from touchpoints.course.sources import teaching_folder

#: Beside the source, in a folder of the assignment's name.
SHEET: Final = "assignment.json"
TASKS: Final = "tasks.ipynb"
SOLVED: Final = "solved.ipynb"
TESTS: Final = "tests"


def assignments_folder() -> Path:
    """Return the folder of the assignments' sources."""
    return teaching_folder() / "assignments"


def list_assignments() -> tuple[str, ...]:
    """Return the names of all assignments, in the order of rising difficulty.

    Example:
        >>> list_assignments()[0]
        'first_look'
    """
    return tuple(ANSWERS)


def load_assignment(name: str) -> Assignment:
    """Load an assignment.

    Args:
        name: One of `list_assignments()`.

    Returns:
        What students get, its reference solution, and how each question is marked.

    Raises:
        InputError: If there is none of that name.

    Example:
        >>> load_assignment("first_look").points
        20
    """
    folder = assignments_folder() / one_of("assignment", name, list_assignments())
    sheet = json.loads((folder / SHEET).read_text("utf-8"))
    questions = tuple(
        Question(
            row["name"],
            row["points"],
            tuple(row["answers"]),
            (folder / TESTS / f"{row['name']}.py").read_text("utf-8"),
        )
        for row in sheet["questions"]
    )
    tasks, solved = ((folder / file).read_text("utf-8") for file in (TASKS, SOLVED))
    return Assignment(name, sheet["title"], questions, tasks, solved)


__all__ = ["list_assignments", "load_assignment"]
