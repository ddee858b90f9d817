"""The gradebook: one row a student, one column a question, for people and spreadsheets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from touchpoints.core.spreadsheet_cells import safe_cell
from touchpoints.course.grading.results import STATUSES, Result

if TYPE_CHECKING:
    from touchpoints.course.assignment import Assignment
    from touchpoints.course.students.roster import Student

_LONGEST: Final = 32_000
#: Excel takes no control characters, and no file halves of characters, as odd file names have.
_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
Cell = str | float | int | None


@dataclass(frozen=True)
class Line:
    """One student's line.

    Attributes:
        person: From the roster.
        result: What the work got.
        platform: Number that the learning platform gave the person, or "".
        source: The file, or "".
    """

    person: Student
    result: Result
    platform: str = ""
    source: str = ""


def gradebook_table(assignment: Assignment, lines: Iterable[Line]) -> list[list[Cell]]:
    """Build the table with its headings.

    Work that was not graded has empty cells, so that nobody takes them for marks of 0.
    """
    headings: list[Cell] = ["student", "name", "total", "possible", "status"]
    names = [question.name for question in assignment.questions]
    headings += [f"{question.name} ({question.points:g})" for question in assignment.questions]
    table = [[*headings, "note", "file"]]
    for line in lines:
        points = {mark.name: mark.points for mark in line.result.marks}
        counts = line.result.counts
        table.append(
            [
                line.person.id,
                line.person.name,
                _plain(line.result.points) if counts else None,
                _plain(assignment.points),
                STATUSES[line.result.status],
                *(_plain(points.get(name, 0)) if counts else None for name in names),
                line.result.note,
                line.source,
            ]
        )
    return table


def csv_of(table: Iterable[Sequence[Cell]], *, bom: bool = False) -> bytes:
    """Write a table as CSV in UTF-8; texts can't start a formula.

    Args:
        table: Rows of cells.
        bom: Whether the file starts with the mark by which Excel knows UTF-8.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([_shown(cell) for cell in row] for row in table)
    return text.getvalue().encode("utf-8-sig" if bom else "utf-8")


def xlsx_of(sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> bytes:
    """Write tables as sheets of one Excel file; the first row of each stays in sight."""
    from openpyxl import Workbook  # noqa: PLC0415  (only here)
    from openpyxl.styles import Font  # noqa: PLC0415

    book = Workbook()
    book.remove(book.active)
    for title, table in sheets.items():
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "B2"
        for row in table:
            sheet.append([_shown(cell) for cell in row])
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        for column in sheet.columns:
            longest = max(len(str(cell.value or "")) for cell in column)
            sheet.column_dimensions[column[0].column_letter].width = min(60, longest + 2)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _plain(points: float) -> float | int:
    return int(points) if float(points).is_integer() else points


def _shown(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    # Before `safe_cell`: what is taken out must not have hidden the start of a formula.
    return safe_cell(_UNPRINTABLE.sub("", cell)[:_LONGEST])
