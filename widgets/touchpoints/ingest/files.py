"""What a file is, told by its bytes and not by its name, and how large it may be."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from touchpoints.core.errors import InputError, echo, listing

#: Larger files are refused before a byte is read.
MOST_BYTES: Final = 100_000_000
#: More columns, rows or cells are no survey of respondents.
MOST_COLUMNS: Final = 5_000
MOST_ROWS: Final = 500_000
MOST_CELLS: Final = 20_000_000

#: Kinds by the end of the name.
KINDS: Final = {".csv": "text", ".tsv": "text", ".txt": "text", ".xlsx": "xlsx", ".sav": "sav"}

_WAY_OUT: Final = "turn it into Parquet and work on that (page 'Any frame, any size')"
_STARTS: Final = {
    b"$FL2": "sav",
    b"$FL3": "zsav",
    b"PAR1": "a Parquet file",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"%PDF": "a PDF document",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
    b"SQLite format 3": "an SQLite database",
    b"{\\rtf": "an RTF document",
}
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGES: Final = (b"<!doctype html", b"<html", b"<head", b"<table", b"<?xml", b"<svg")
_HEAD: Final = 1024


def read_bytes(path: Path) -> bytes:
    """Read a file of up to 100 MB whose name ends as one of a survey does.

    Raises:
        InputError: If it is no such file, can't be read, is empty or too large.
    """
    if path.suffix.lower() not in KINDS:
        raise InputError(
            f"the file {echo(path.name)}",
            f"{listing(KINDS)}",
            "save or export it as .xlsx, .sav or CSV UTF-8",
        )
    try:
        if path.exists() and not path.is_file():
            raise InputError(f"{echo(path.name)}, which is no file", "a file", "name the file")
        if (size := path.stat().st_size) > MOST_BYTES:
            raise _too_large(path.name, size)
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise InputError(
            f"{echo(path.name)}, which can't be read ({error.strerror})",
            "a CSV, XLSX or SAV file",
            "check the path",
        ) from None
    if len(data) > MOST_BYTES:  # it has grown, or tells no size
        raise _too_large(path.name, len(data))
    if not data:
        raise InputError(f"{echo(path.name)} without any byte", "a table", "save the file again")
    return data


def kind_of(name: str, data: bytes) -> str:
    """Tell what a file is, and refuse one that is something else than its name says.

    Args:
        name: Name of the file.
        data: Its bytes.

    Returns:
        "text", "xlsx" or "sav".

    Raises:
        InputError: If the content doesn't fit the name, or is of no kind that is read.
    """
    ending = Path(name).suffix.lower()
    wanted, found = KINDS[ending], _content(data)
    if found == wanted:
        return wanted
    right = next((end for end, kind in KINDS.items() if kind == found), None)
    if right is None:
        raise InputError(
            f"{echo(name)}, which is {found}",
            "a table as CSV, XLSX or SAV",
            _MENDS.get(found, "export the answers again, and not only rename the file"),
        )
    raise InputError(
        f"{echo(name)}, which holds {_SAID[found]}",
        f"{_SAID[wanted]} under a name that ends in {ending}",
        f"rename it to end in {right}",
    )


_PROTECTED: Final = "protected by a password"
_ZSAV: Final = "a compressed SPSS file (.zsav)"
_MENDS: Final = {
    _PROTECTED: "take the password off and save it again",
    _ZSAV: "save it as .sav",
}
_SAID: Final = {"text": "text", "xlsx": "an Excel workbook", "sav": "SPSS data"}


def _content(data: bytes) -> str:
    """Name the content; a name with a space is one that can't be read."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "xlsx"  # which other archive it may be is seen when it is opened
    if data.startswith(_OLE):
        return _ole(data)
    for start, kind in _STARTS.items():
        if data.startswith(start):
            return _ZSAV if kind == "zsav" else kind
    if data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGES):
        return "a web page or XML"
    return "text"


def _ole(data: bytes) -> str:
    """Tell an encrypted workbook from an old one: both are in the same container."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return _PROTECTED
    return "an old Excel or other Office file (.xls, .doc)"


def _too_large(name: str, size: int) -> InputError:
    return InputError(
        f"{echo(name)} with {size / 1e6:,.0f} MB", f"{MOST_BYTES / 1e6:.0f} MB at most", _WAY_OUT
    )


def require_shape(name: str, rows: int, columns: int) -> None:
    """Refuse a table that is too wide, too long or both.

    Raises:
        InputError: If it has more columns, rows or cells than are read.
    """
    for count, most, what in (
        (columns, MOST_COLUMNS, "columns"),
        (rows, MOST_ROWS, "rows"),
        (rows * columns, MOST_CELLS, "cells"),
    ):
        if count > most:
            raise InputError(
                f"{count:,} {what} in {echo(name)}",
                f"{most:,} {what} at most",
                "export the questions you need, or " + _WAY_OUT,
            )
