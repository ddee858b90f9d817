"""Excel workbooks: stored values alone; no formula is computed, no grade guessed of a date."""

from __future__ import annotations

import datetime as dt
import io
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from touchpoints.core.errors import InputError, echo, listing, nearest
from touchpoints.ingest.files import MOST_ROWS, require_shape
from touchpoints.ingest.grid import Grid, below_titles, grid_of_rows
from touchpoints.ingest.needed import needed
from touchpoints.ingest.zip_guard import look_into

#: What stands in a cell whose formula was never computed.
NOT_COMPUTED: Final = "(formula without a stored result)"

_DAMAGED: Final = (KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError)


def from_workbook(name: str, data: bytes, sheet: str | None) -> Grid:
    """Read one sheet of a workbook.

    Args:
        name: Name of the file.
        data: Its bytes.
        sheet: Which sheet; by default the first that is not empty.

    Returns:
        Its cells as text. Dates are written as 2025-02-01, so that they are seen to be dates.

    Raises:
        InputError: If it can't be read whole, or its header has merged cells.
    """
    seen = look_into(name, data)
    with warnings.catch_warnings():
        # openpyxl warns of what it leaves out, as drawings and styles: no answer is among that.
        warnings.simplefilter("ignore")
        names, chosen, rows = _read(name, data, sheet, computed=True)
        if seen.formulas:
            _, _, formulas = _read(name, data, chosen, computed=False)
            rows = [_with_uncomputed(*pair) for pair in zip(rows, formulas, strict=True)]
    width = max(map(len, rows))
    texts = [[*map(_text, row), *[""] * (width - len(row))] for row in rows]
    header = texts[below_titles(texts, next(i for i, row in enumerate(texts) if any(row)))]
    if seen.merged and _has_gap(header, texts):
        raise InputError(
            f"merged cells in the header of {echo(name)}",
            "one name in each column of the first row",
            "unmerge the cells and give each column its own name",
        )
    notes = () if len(names) == 1 else (_sheets(names, chosen),)
    kind = f"Excel workbook, sheet {echo(chosen)}"
    # Rows above the header stay, as empty ones, so that places count as in the spreadsheet.
    shaped = [row if any(row) else [] for row in texts]
    return grid_of_rows(name, kind, shaped, sheet=chosen, notes=notes)


def _sheets(names: list[str], chosen: str) -> str:
    return (
        f"the workbook has {len(names)} sheets, {listing(map(echo, names))}; read is "
        f"{echo(chosen)}; name another under `sheet` in the mapping file"
    )


def _read(
    name: str, data: bytes, sheet: str | None, *, computed: bool
) -> tuple[list[str], str, list[tuple[Any, ...]]]:
    """Return the names of the sheets, which was read, and its rows."""
    opened = needed("openpyxl").load_workbook
    try:
        book = opened(io.BytesIO(data), read_only=True, data_only=computed, keep_links=False)
        sheets = {one.title: one for one in book.worksheets}
        chosen = list(sheets) if sheet is None else [sheet] if sheet in sheets else []
        for title in chosen:
            rows = list(_rows(name, sheets[title]))
            if any(any(cell is not None for cell in row) for row in rows):
                return list(sheets), title, rows
    except InputError:
        raise
    except (*_DAMAGED, zipfile.BadZipFile, OSError, OverflowError, RecursionError):
        raise InputError(
            f"{echo(name)}, whose sheets can't be read",
            "a workbook saved by a spreadsheet",
            "open it in a spreadsheet and save it as .xlsx or CSV UTF-8",
        ) from None
    if sheet is not None and not chosen:
        raise InputError(
            f"no sheet {echo(sheet)} in {echo(name)}",
            listing(map(echo, sheets)),
            f"name one of them in the mapping file{nearest(sheet, sheets)}",
        )
    where = echo(name) if sheet is None else f"sheet {echo(sheet)} of {echo(name)}"
    raise InputError(f"nothing in {where}", "a sheet with a header and rows", "check the file")


def _rows(name: str, sheet: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401  (of openpyxl)
    """Read rows one by one, and stop at the first that makes the table too large.

    A row is as long as the place of its last cell says: a small file of far cells would otherwise
    fill the memory before anybody counts.
    """
    sheet.reset_dimensions()  # what a sheet says of its size may be wrong
    width = 0
    rows = sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 1)
    for count, row in enumerate(rows, 1):
        width = max(width, len(row))
        require_shape(name, count, width)
        yield row


def _with_uncomputed(row: tuple[Any, ...], formulas: tuple[Any, ...]) -> tuple[Any, ...]:
    """Mark cells that hold a formula and no stored result: empty, they would mean no contact."""
    return tuple(
        NOT_COMPUTED if value is None and formula is not None else value
        for value, formula in zip(row, formulas, strict=True)
    )


def _has_gap(header: list[str], texts: list[list[str]]) -> bool:
    """Tell whether a column with answers has no name."""
    return any(not header[i] and any(row[i] for row in texts) for i in range(len(header)))


def _text(value: object) -> str:
    """Write a stored value as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(" ") if value.time() != dt.time() else value.date().isoformat()
    return str(value)
