"""The lecturer's list of students: a CSV file of a learning platform or of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from touchpoints.core.errors import InputError, echo
from touchpoints.core.spreadsheet_cells import safe_cell
from touchpoints.course.students.key import folded
from touchpoints.ingest.delimited import all_rows, delimiter_of
from touchpoints.plain_text import read_text

_LARGEST_KB: Final = 5_000
_LONGEST: Final = 200
#: Columns that name a student, the surest first. After `student`, which is ours: those of Canvas,
#: ILIAS and Moodle as their documentation has them, in English and German.
_IDS: Final = (
    "student", "student_id", "sis user id", "matriculation number", "matrikelnummer", "id number",
    "id-nummer", "username", "anmeldename", "benutzername", "login", "sis login id", "email",
    "email address", "e-mail", "e-mail-adresse",
)  # fmt: skip
_NAMES: Final = (("name",), ("first name", "last name"), ("first name", "surname"),
                 ("vorname", "nachname"))  # fmt: skip
#: Canvas names students in a column `Student`, and has a row for the points of each assignment.
_CANVAS: Final = {"student", "id", "section"}
_CANVAS_POINTS: Final = "Points Possible"
_FORM: Final = "a CSV file with a column student, one row a student"


@dataclass(frozen=True)
class Student:
    """One row of a roster.

    Attributes:
        id: What names the student, as it stands in the file, without spaces around it.
        name: The name if the file has one, else an empty text.
    """

    id: str
    name: str


@dataclass(frozen=True)
class Roster:
    """The students of a course.

    Attributes:
        students: In the order of the file.
        column: Header of the column that was taken for their ids.
    """

    students: tuple[Student, ...]
    column: str


def read_roster(path: Path) -> Roster:
    """Read a roster, whole or not at all.

    Args:
        path: A CSV file of up to 5 MB in UTF-8, with or without its mark; cells parted by comma,
            semicolon or tabulator. The ids stand in the column `student`, or in one that learning
            platforms use.

    Returns:
        The students, each once.

    Raises:
        InputError: If the file can't be read or is cut short; if there is no such column or no
            student; if an id is empty, a formula, or stands there twice, also in another case or
            Unicode form; the message says in which row.
    """
    header, rows = _table(path)
    canvas = set(header) >= _CANVAS
    column = _id_column(header, path.name, canvas=canvas)
    names = next((found for found in _NAMES if set(found) <= set(header)), ())
    if canvas:
        names = ("student",)
    places = [header.index(name) for name in names]
    at = header.index(column)
    students: list[Student] = []
    seen: dict[str, tuple[int, str]] = {}
    for number, row in rows:
        if canvas and not row[at].strip() and row[places[0]].strip() == _CANVAS_POINTS:
            continue
        student = _id(row[at], number, path.name)
        _require_new(seen, student, number)
        name = " ".join(" ".join(row[place] for place in places).split())
        students.append(Student(student, "".join(filter(str.isprintable, name))[:_LONGEST]))
    if not students:
        raise InputError(f"no student in {echo(path.name)}", _FORM, "export the roster again")
    return Roster(tuple(students), column)


def _table(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Read header and rows, each with its number; empty rows don't count."""
    text = read_text(path, _FORM, most_kb=_LARGEST_KB)
    rows = all_rows(path.name, text, delimiter_of(path.name, text))
    found = [(number, row) for number, row in enumerate(rows, 1) if any(map(str.strip, row))]
    header = [cell.strip().casefold() for cell in found[0][1]] if found else []
    return header, found[1:]


def _id_column(header: Sequence[str], name: str, *, canvas: bool) -> str:
    wanted = _IDS[1:] if canvas else _IDS
    for column in wanted:
        if header.count(column) > 1:
            raise InputError(
                f"more than one column called {echo(column)} in {echo(name)}",
                "each column once",
                "drop one of them",
            )
        if column in header:
            return column
    raise InputError(
        f"no column student in {echo(name)}, but {echo(', '.join(header))}",
        _FORM,
        "call the column with the ids student",
    )


def _id(cell: str, number: int, name: str) -> str:
    student = cell.strip()
    where = f"row {number} of {echo(name)}"
    if not student:
        raise InputError(
            f"no id in {where}", "an id for each student", "fill it in or drop the row"
        )
    if safe_cell(student) != student:
        raise InputError(f"{echo(student)} in {where}", "an id, no formula", "correct the cell")
    if len(student) > _LONGEST or not student.isprintable():
        raise InputError(
            f"{echo(student)} in {where}",
            f"an id of up to {_LONGEST} printable characters",
            "correct the cell",
        )
    return student


def _require_new(seen: dict[str, tuple[int, str]], student: str, number: int) -> None:
    form = folded(student)
    if form in seen:
        before, known = seen[form]
        same = "twice" if known == student else f"and {echo(known)}, which differ in form alone,"
        raise InputError(
            f"{echo(student)} {same} in rows {before} and {number}",
            "each student once",
            "drop one of the rows",
        )
    seen[form] = number, student
