"""SPSS data (.sav): codes as text, with what each code stands for."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any, Final

import pandas as pd

from touchpoints.core.errors import InputError, echo
from touchpoints.ingest.files import MOST_CELLS, MOST_ROWS, require_shape
from touchpoints.ingest.grid import Grid
from touchpoints.ingest.needed import needed

#: What stands in a cell that the file itself calls missing, if it doesn't say why.
MISSING: Final = "(missing)"


def from_spss(name: str, data: bytes) -> Grid:
    """Read SPSS data.

    Args:
        name: Name of the file.
        data: Its bytes.

    Returns:
        Its cells as text, value labels beside them. A value that the file declares as missing is
        not empty: it is written as its label, because "refused" is not "no contact".

    Raises:
        InputError: If it can't be read whole.
    """
    reader = needed("pyreadstat")
    _, meta = _read(reader, name, data, metadataonly=True)
    names = list(meta.column_names)
    require_shape(name, meta.number_rows or 0, len(names))
    limit = min(MOST_ROWS, MOST_CELLS // max(len(names), 1)) + 1
    frame, meta = _read(reader, name, data, user_missing=True, row_limit=limit)
    require_shape(name, len(frame), len(names))
    labels = {
        i: {_number(code): str(said) for code, said in known.items()}
        for i, column in enumerate(names)
        if (known := meta.variable_value_labels.get(column))
    }
    cells = {
        i: _cells(frame[column], meta.missing_ranges.get(column, ()), labels.get(i, {}))
        for i, column in enumerate(names)
    }
    return Grid(
        name,
        "SPSS data",
        tuple(names),
        tuple(label or "" for label in meta.column_labels),
        pd.DataFrame(cells, index=pd.RangeIndex(1, len(frame) + 1)),
        labels=labels,
    )


def _read(reader: Any, name: str, data: bytes, **options: Any) -> tuple[pd.DataFrame, Any]:  # noqa: ANN401
    try:
        frame, meta = reader.read_sav(io.BytesIO(data), **options)
    except (
        reader.ReadstatError,
        reader.PyreadstatError,
        UnicodeDecodeError,
        ValueError,
        OverflowError,
    ):
        raise InputError(
            f"{echo(name)}, which is no SPSS data or is cut short",
            "a whole .sav file",
            "save it again in SPSS, or as CSV",
        ) from None
    return frame, meta


def _cells(
    column: pd.Series[Any],
    missing: Iterable[Mapping[str, Any]],
    labels: Mapping[str, str],
) -> pd.Series[Any]:
    """Write a column as text."""
    texts = column.map(_number, na_action="ignore").fillna("").astype("object")
    declared = pd.Series(data=False, index=column.index)
    for one in missing:
        if isinstance(one["lo"], str):
            declared |= column == one["lo"]
        else:
            declared |= pd.to_numeric(column, errors="coerce").between(one["lo"], one["hi"])
    said = texts.map(lambda code: labels.get(code, MISSING))
    return (
        texts.mask(declared, said)
        .reset_index(drop=True)
        .set_axis(pd.RangeIndex(1, len(column) + 1))
    )


def _number(value: object) -> str:
    """Write a code without the decimals that SPSS gives every number."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
