"""Read a table that somebody else made: CSV or Parquet, whole or not at all.

pandas reads on where a row is cut short, and fills it up: here, where an empty cell means "no
contact", that would invent an answer. So the shape of a CSV file is checked first.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from touchpoints.core.errors import InputError, echo, listing
from touchpoints.ingest.delimited import PARTED, delimiter_of, first_row, require_same_width

_KINDS: Final = {".csv": "CSV", ".tsv": "CSV", ".parquet": "Parquet", ".pq": "Parquet"}
_SAVE: Final = "save it as CSV (in a spreadsheet: CSV UTF-8) or as Parquet"


@dataclass(frozen=True)
class Table:
    """A file as it was found.

    Attributes:
        name: Name of the file without its folder.
        sha256: Hash of its bytes, 64 hexadecimal digits.
        size: Number of bytes.
        kind: CSV or Parquet, and for CSV what parts the cells.
        columns: Names of its columns.
        read: Gives the named columns as a frame, each cell of a CSV file as text.
        decimal_comma: Whether numbers may have a decimal comma (cells parted by semicolons).
    """

    name: str
    sha256: str
    size: int
    kind: str
    columns: tuple[str, ...]
    read: Callable[[Sequence[str]], pd.DataFrame]
    decimal_comma: bool = False


def open_table(path: Path) -> Table:
    """Read a file and see what it holds.

    Args:
        path: A CSV file (`.csv`, `.tsv`; cells parted by comma, semicolon or tabulator; UTF-8) or a
            Parquet file (`.parquet`, `.pq`).

    Returns:
        What was found; the columns are read when asked for.

    Raises:
        InputError: If it is no such file, is cut short, or names a column twice.
    """
    kind = _KINDS.get(path.suffix.lower())
    if kind is None:
        raise InputError(f"the file {echo(path.name)}", listing(_KINDS), _SAVE)
    try:
        if path.exists() and not path.is_file():
            raise InputError(f"{echo(path.name)}, which is no file", "a file", "name the file")
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{echo(path.name)}, which can't be read ({error.strerror})",
            "a CSV or Parquet file",
            "check the path",
        ) from None
    if not data:
        raise InputError(f"{echo(path.name)} without any byte", "a table", "save the file again")
    table = (_csv if kind == "CSV" else _parquet)(path.name, data)
    for column in table.columns:
        if table.columns.count(column) > 1:
            raise InputError(
                f"more than one column called {echo(column)} in {echo(path.name)}",
                "each column once",
                "rename or drop one of them",
            )
    return table


def _csv(name: str, data: bytes) -> Table:
    text = _decoded(name, data)
    delimiter = delimiter_of(name, text)
    header = first_row(name, text, delimiter)
    require_same_width(name, text, delimiter, len(header))

    def read(columns: Sequence[str]) -> pd.DataFrame:
        return pd.read_csv(
            io.StringIO(text, newline=""),
            sep=delimiter,
            header=0,
            names=list(header),
            usecols=list(columns),
            dtype=str,
            keep_default_na=False,
        )

    return Table(
        name,
        hashlib.sha256(data).hexdigest(),
        len(data),
        f"CSV, cells parted by {PARTED[delimiter]}",
        header,
        read,
        decimal_comma=delimiter == ";",
    )


def _decoded(name: str, data: bytes) -> str:
    """Decode UTF-8, with or without its mark."""
    if b"\0" in data:
        raise InputError(f"a byte 0 in {echo(name)}", "text in UTF-8", _SAVE)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{echo(name)}, byte {error.start + 1}: no UTF-8", "text in UTF-8", _SAVE
        ) from None


def _parquet(name: str, data: bytes) -> Table:
    try:
        import pyarrow as pa  # noqa: PLC0415  (an optional engine)
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError:
        raise InputError(
            "no reader of Parquet here",
            "an installed PyArrow",
            "run: pip install pyarrow, or save the file as CSV",
        ) from None
    try:
        columns = tuple(pq.read_schema(io.BytesIO(data)).names)
    except (pa.ArrowException, OSError):
        raise InputError(
            f"{echo(name)}, which is no Parquet file or is cut short", "a Parquet file", _SAVE
        ) from None

    def read(wanted: Sequence[str]) -> pd.DataFrame:
        try:
            table = pq.read_table(io.BytesIO(data), columns=list(wanted))
            frame: pd.DataFrame = table.to_pandas(ignore_metadata=True)
        except (pa.ArrowException, OSError):
            raise InputError(
                f"{echo(name)} with damaged pages", "a whole Parquet file", "save it again"
            ) from None
        return frame

    return Table(name, hashlib.sha256(data).hexdigest(), len(data), "Parquet", columns, read)
