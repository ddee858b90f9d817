"""Marks in the columns that Moodle, ILIAS and Canvas import.

The columns follow the importers' published sources; no running system was at hand.

- Moodle, "Upload grading worksheet" of an assignment: it looks for `Identifier` ("Participant" and
  the number from the name of the downloaded folder), `Grade` and `Last modified (grade)`, with
  commas between, in UTF-8; these words are those of Moodle in English. The column `ID number`
  serves the course's own import (Grades, Import, CSV file), where columns are chosen by hand.
- ILIAS: the status file `status.csv` of the extension ExerciseStatusFile: all eleven columns have
  to be there in this order, members are known by `usr_id`, a row counts where `update` is 1.
- Canvas, gradebook import: the first columns are fixed, the second row says the points possible,
  the heading of the last column names the assignment.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from touchpoints.course.grading.gradebook import Cell, Line, csv_of
from touchpoints.course.grading.results import STATUSES, points_text

if TYPE_CHECKING:
    from touchpoints.course.assignment import Assignment


def lms_files(assignment: Assignment, lines: Sequence[Line]) -> dict[str, bytes]:
    """Write the three files.

    Args:
        assignment: What was graded.
        lines: One a student; work that was not graded is left out, so that no mark is overwritten.

    Returns:
        Name of each file and its content.
    """
    graded = [line for line in lines if line.result.counts]
    return {
        "moodle.csv": csv_of(_moodle(assignment, graded)),
        "ilias.csv": csv_of(_ilias(graded)),
        "canvas.csv": csv_of(_canvas(assignment, graded)),
    }


def _moodle(assignment: Assignment, lines: Sequence[Line]) -> list[list[Cell]]:
    headings: list[Cell] = ["Identifier", "Full name", "ID number", "Grade", "Maximum grade"]
    rows: list[list[Cell]] = [
        [
            f"Participant {line.platform}" if line.platform else "",
            line.person.name,
            line.person.id,
            points_text(line.result.points),
            points_text(assignment.points),
            "",
            _comment(line),
        ]
        for line in lines
    ]
    return [[*headings, "Last modified (grade)", "Feedback comments"], *rows]


def _ilias(lines: Sequence[Line]) -> list[list[Cell]]:
    headings: list[Cell] = ["update", "usr_id", "login", "lastname", "firstname", "status", "mark"]
    rows: list[list[Cell]] = [
        [
            1 if line.platform else 0,
            line.platform,
            line.person.id,
            line.person.name,
            "",
            # Whether it is passed, the lecturer says: the grader knows points alone.
            "notgraded",
            points_text(line.result.points),
            "",
            _comment(line),
            "",
            "",
        ]
        for line in lines
    ]
    return [[*headings, "notice", "comment", "plagiarism", "plag_comment"], *rows]


def _canvas(assignment: Assignment, lines: Sequence[Line]) -> list[list[Cell]]:
    headings: list[Cell] = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    possible: list[Cell] = ["    Points Possible", "", "", "", "", points_text(assignment.points)]
    rows: list[list[Cell]] = [
        [
            line.person.name,
            line.platform,
            # The roster's id may be either; Canvas looks up the one and then the other.
            line.person.id,
            line.person.id,
            "",
            points_text(line.result.points),
        ]
        for line in lines
    ]
    return [[*headings, assignment.title], possible, *rows]


def _comment(line: Line) -> str:
    result = line.result
    marks = ", ".join(
        f"{mark.name} {points_text(mark.points)} of {points_text(mark.possible)}"
        for mark in result.marks
    )
    said = f"{STATUSES[result.status]}{f': {marks}' if marks else ''}. {result.note}"
    return " ".join(said.split()).strip()[:500]
