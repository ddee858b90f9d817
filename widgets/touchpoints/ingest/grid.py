"""A survey file as it was found: headings, question texts and cells as text."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import pandas as pd

from touchpoints.core.errors import InputError, echo, listing
from touchpoints.ingest.decoding import decode
from touchpoints.ingest.delimited import PARTED, all_rows, delimiter_of, lines_above
from touchpoints.ingest.files import kind_of, read_bytes

#: A first line that tells Excel what parts the cells.
_SEPARATOR_LINE: Final = re.compile(r"\A\ufeff?\"?sep=(.)\"?\r?\n", re.IGNORECASE)
#: What the kind of a file begins with where a survey platform wrote it.
QUALTRICS: Final = "Qualtrics export"
LIMESURVEY: Final = "LimeSurvey export"
_LIMESURVEY_HEADINGS: Final = frozenset({"submitdate", "lastpage", "startlanguage"})
_QUALTRICS_HEADERS: Final = 3
#: Rows that may stand above the headings.
_MOST_TITLES: Final = 10


@dataclass(frozen=True)
class Grid:
    """A table of texts.

    Attributes:
        name: Name of the file.
        kind: What the file is, in words.
        headings: Names of the columns.
        questions: Text of the question behind each column, or nothing.
        cells: The cells as text; columns are numbered, the index is the row as a spreadsheet
            counts it.
        labels: For some columns what a code stands for.
        sheet: The sheet of a workbook that was read.
        decimal_comma: Whether numbers are likely to have a decimal comma.
        notes: What belongs into the report of findings.
    """

    name: str
    kind: str
    headings: tuple[str, ...]
    questions: tuple[str, ...]
    cells: pd.DataFrame
    labels: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    sheet: str | None = None
    decimal_comma: bool = False
    notes: tuple[str, ...] = ()

    def column(self, heading: str) -> pd.Series[Any]:
        """Return the cells under a heading."""
        return self.cells[self.headings.index(heading)]


def open_grid(path: Path, sheet: str | None = None) -> Grid:
    """Read a survey file into a table of texts.

    Args:
        path: The file.
        sheet: The sheet of a workbook; by default the first that is not empty.

    Returns:
        The table.

    Raises:
        InputError: If the file can't be read whole, has no row, or names a column twice.
    """
    data = read_bytes(path)
    kind = kind_of(path.name, data)
    if kind == "text":
        grid = _from_text(path.name, data)
    elif kind == "xlsx":
        from touchpoints.ingest.workbook import from_workbook  # noqa: PLC0415  (openpyxl)

        grid = from_workbook(path.name, data, sheet)
    else:
        from touchpoints.ingest.spss import from_spss  # noqa: PLC0415  (pyreadstat)

        grid = from_spss(path.name, data)
    return _checked(grid)


def _from_text(name: str, data: bytes) -> Grid:
    text, encoding = decode(name, data)
    told = _SEPARATOR_LINE.match(text)
    text = text[told.end() :] if told else text
    titles, text = lines_above(text)
    delimiter = told[1] if told and told[1] in PARTED else delimiter_of(name, text)
    rows = all_rows(name, text, delimiter)
    notes = (
        [f"above the headings stands {listing(map(echo, said))}: left out"]
        if (said := [title for title in titles if title])
        else []
    )
    if encoding != "utf-8":
        guessed = encoding[:3] != "utf"
        notes.append(
            f"the file is in {f'the encoding {encoding}, guessed' if guessed else encoding}"
        )
    grid = grid_of_rows(
        name,
        f"CSV in {encoding}, cells parted by {PARTED[delimiter]}",
        rows,
        first=(2 if told else 1) + len(titles),
        notes=tuple(notes),
    )
    return replace(grid, decimal_comma=delimiter != ",")


def grid_of_rows(  # noqa: PLR0913  (what a grid has)
    name: str,
    kind: str,
    rows: Sequence[Sequence[str]],
    *,
    first: int = 1,
    sheet: str | None = None,
    notes: tuple[str, ...] = (),
) -> Grid:
    """Make a grid of rows of equal width; the first that is no title is the header.

    Raises:
        InputError: If there is no header or no row.
    """
    first_filled = next((i for i, row in enumerate(rows) if len(row)), None)
    if first_filled is None:
        raise InputError(
            f"nothing but empty lines in {echo(name)}", "a header and rows", "check the file"
        )
    start = below_titles(rows, first_filled)
    if titles := [echo(_only(row)) for row in rows[first_filled:start] if _only(row)]:
        notes = (*notes, f"above the headings stands {listing(titles)}: left out")
    cells = pd.DataFrame(list(rows[start + 1 :]), dtype="object")
    cells.index = pd.RangeIndex(first + start + 1, first + start + 1 + len(cells))
    headings = [heading.strip().removeprefix("\ufeff") for heading in rows[start]]
    cells = cells.reindex(columns=range(len(headings))).fillna("")
    grid = Grid(name, kind, tuple(headings), ("",) * len(headings), cells, sheet=sheet, notes=notes)
    return _limesurvey(_qualtrics(grid))


def below_titles(rows: Sequence[Sequence[str]], start: int) -> int:
    """Find the headings below a title: the first row with two names or more.

    Whoever types into a spreadsheet often puts a title above the table.

    Args:
        rows: All rows.
        start: Place of the first that is not empty.

    Returns:
        Place of the headings; where ten rows hold one text each, nothing is known of a title.

    Example:
        >>> below_titles([["Autumn survey", ""], [], ["Grade till", "Age"], ["2", "34"]], 0)
        2
    """
    for i, row in enumerate(rows[start : start + _MOST_TITLES + 1], start):
        if sum(bool(cell.strip()) for cell in row) > 1:
            return i
    return start


def _only(row: Sequence[str]) -> str:
    return next((cell.strip() for cell in row if cell.strip()), "")


def _qualtrics(grid: Grid) -> Grid:
    """Take the second and third header row of a Qualtrics export for what they are."""
    if len(grid.cells) < _QUALTRICS_HEADERS - 1 or not _names_imports(grid.cells.iloc[1]):
        return grid
    questions = tuple(" ".join(str(text).split()) for text in grid.cells.iloc[0])
    return replace(
        grid,
        kind=f"{QUALTRICS}, {grid.kind}",
        questions=questions,
        cells=grid.cells.iloc[2:],
    )


def _names_imports(row: pd.Series[Any]) -> bool:
    """Tell whether every cell of a row is JSON with an ImportId."""

    def names_one(cell: str) -> bool:
        try:
            return "ImportId" in json.loads(cell)
        except (ValueError, TypeError, RecursionError):
            return False

    return bool(row.str.startswith("{").all() and row.map(names_one).all())


def _limesurvey(grid: Grid) -> Grid:
    if {heading.partition(".")[0].casefold() for heading in grid.headings} & _LIMESURVEY_HEADINGS:
        return replace(grid, kind=f"{LIMESURVEY}, {grid.kind}")
    return grid


def _checked(grid: Grid) -> Grid:
    """Refuse what can't be told apart or is not there; leave out empty rows."""
    named = [heading for heading in grid.headings if heading]
    for heading, times in Counter(named).items():
        if times > 1:
            raise InputError(
                f"more than one column called {echo(heading)} in {echo(grid.name)}",
                "each column once",
                "rename or drop one of them",
            )
    filled = (grid.cells != "").any(axis="columns")
    if not filled.any():
        raise InputError(
            f"no row in {echo(grid.name)} below its header, {listing(map(echo, named[:5]))}",
            "one row at least",
            "export the answers, not the empty form",
        )
    notes = grid.notes
    if not filled.all():
        notes = (*notes, f"{int((~filled).sum()):,} empty rows are left out")
    nameless = [i for i, h in enumerate(grid.headings) if not h]
    if nameless:
        notes = (*notes, f"{len(nameless)} columns without a name are left out")
    return replace(grid, cells=grid.cells[filled], notes=notes)
