"""`touchpoints course`: a course in a folder, data for every student, marks."""

from __future__ import annotations

import argparse
from types import ModuleType
from typing import Final

from touchpoints.cli import course_data, course_grade, course_new, course_quiz, course_slides

#: One module a command, each with `add_commands`.
_MODULES: Final[tuple[ModuleType, ...]] = (
    course_new,
    course_data,
    course_slides,
    course_quiz,
    course_grade,
)


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `course` and what belongs to it."""
    parser = commands.add_parser(
        "course",
        help="teach with the kit: a course in a folder, data for every student, marks",
        description="Make a running course, data that differ for each student, and marks.",
    )
    inner = parser.add_subparsers(dest="course_command", required=True, metavar="COMMAND")
    for module in _MODULES:
        module.add_commands(inner)
