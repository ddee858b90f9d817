"""Cells parted by commas, semicolons or tabulators: read strictly, whole or not at all.

A reader that fills up a row cut short would invent answers, because an empty cell means something.
So every row must be as wide as the header, and quotes must be closed.
"""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from touchpoints.core.errors import InputError, echo
from touchpoints.ingest.files import MOST_ROWS, require_shape

if TYPE_CHECKING:
    import _csv

DELIMITERS: Final = (",", ";", "\t")
#: What a kind of file is called after what parts its cells.
PARTED: Final = {",": "commas", ";": "semicolons", "\t": "tabulators"}
#: Lines that may stand above the header.
_MOST_TITLES: Final = 10
#: Characters of a cell: more is an unclosed quote that swallowed the rest of the file.
_LONGEST_CELL: Final = 131_072


def lines_above(text: str) -> tuple[list[str], str]:
    r"""Part a title from the table below it: a header of a survey has two cells or more.

    Returns:
        The lines above, without spaces around them, and the rest.

    Example:
        >>> lines_above("Autumn survey\n\nid;grade_till\n1;2\n")
        (['Autumn survey', ''], 'id;grade_till\n1;2\n')
    """
    lines = text.split("\n", _MOST_TITLES)
    place = next((i for i, line in enumerate(lines) if any(m in line for m in DELIMITERS)), 0)
    if '"' in "".join(lines[:place]):
        place = 0  # the line breaks within a quoted cell
    return [line.strip() for line in lines[:place]], "\n".join(lines[place:])


def delimiter_of(name: str, text: str) -> str:
    r"""Find what parts the cells: the mark under which the first row is widest.

    Args:
        name: Name of the file, for messages.
        text: Its content.

    Returns:
        One of `DELIMITERS`.

    Example:
        >>> delimiter_of("own.csv", "a;b\n1,5;2\n")
        ';'
    """
    return max(DELIMITERS, key=lambda mark: _width(name, text, mark))


def first_row(name: str, text: str, delimiter: str) -> tuple[str, ...]:
    """Return the names of the columns, without spaces around them.

    Raises:
        InputError: If there is nothing but empty lines, or a quote is not closed.
    """
    with _reading(name, text, delimiter) as rows:
        row: list[str] = next((row for row in rows if row), [])
    if not row:
        raise InputError(
            f"nothing but empty lines in {echo(name)}", "a header and rows", "check the file"
        )
    return tuple(cell.strip() for cell in row)


def require_same_width(name: str, text: str, delimiter: str, width: int) -> None:
    """Check the shape of a table without keeping its cells.

    Raises:
        InputError: For the first row with fewer or more cells than the header.
    """
    with _reading(name, text, delimiter) as rows:
        # Lengths alone, made and compared without a line of Python a row.
        odd = set(map(len, rows)) - {0, width}
    _refuse_odd_widths(name, text, delimiter, odd, width)


def all_rows(name: str, text: str, delimiter: str) -> list[list[str]]:
    """Read every row, empty lines as empty lists, so that places count as in the file.

    Raises:
        InputError: If a row is not as wide as the first, a quote is not closed, or there are more
            rows, columns or cells than are read.
    """
    width = len(first_row(name, text, delimiter))
    with _reading(name, text, delimiter) as reader:
        # One more than is read: a file of line ends would fill the memory with empty rows.
        rows = list(itertools.islice(reader, MOST_ROWS + 1))
    require_shape(name, len(rows), width)
    _refuse_odd_widths(name, text, delimiter, set(map(len, rows)) - {0, width}, width)
    return rows


def _refuse_odd_widths(name: str, text: str, delimiter: str, odd: set[int], width: int) -> None:
    for cells in odd:
        with _reading(name, text, delimiter) as again:
            next(row for row in again if len(row) == cells)
        raise InputError(
            f"{cells} cells in line {again.line_num} of {echo(name)}",
            f"{width} cells, as in the header",
            "mend the line; where it is the last one, save the whole file again",
        )


@contextlib.contextmanager
def _reading(name: str, text: str, delimiter: str) -> Iterator[_csv.Reader]:
    """Give a strict reader; what it can't read is told in one sentence.

    The longest cell is a setting of the whole process, which other code may have changed.
    """
    before = csv.field_size_limit(_LONGEST_CELL)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield rows
    except csv.Error as error:
        raise InputError(
            f"{echo(name)} broken near line {rows.line_num} ({error})",
            "cells whose quotes are closed",
            "mend the line or save the file again",
        ) from None
    finally:
        csv.field_size_limit(before)


def _width(name: str, text: str, delimiter: str) -> int:
    """Count the cells of the first row; 0 where quoted cells break under a wrong mark."""
    try:
        return len(first_row(name, text, delimiter))
    except InputError:
        return 0
