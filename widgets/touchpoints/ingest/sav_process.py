"""Reads SPSS data in a process of its own, and writes them as JSON.

The library that knows the format is written in C; a damaged file can make it crash, and with it
whatever process it runs in. This script is started by `spss.py`: data come in on standard input,
texts go out on standard output. It imports nothing of the kit, so that it starts quickly.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
import pyreadstat

_MEMORY = 4_000_000_000


def read(data: bytes, most_rows: int, most_cells: int, missing: str) -> dict[str, Any]:
    """Read a file into texts.

    Args:
        data: Its bytes.
        most_rows: So many rows are read, and one more to see that there are too many.
        most_cells: The same for cells.
        missing: What stands for a value that the file declares as missing without a label.

    Returns:
        Names, questions, labels and cells, as JSON can hold them; a wide file has names alone.
    """
    _, meta = pyreadstat.read_sav(io.BytesIO(data), metadataonly=True)
    names = list(meta.column_names)
    limit = min(most_rows, most_cells // max(len(names), 1)) + 1
    frame, meta = pyreadstat.read_sav(io.BytesIO(data), user_missing=True, row_limit=limit)
    labels = {
        i: {_number(code): str(said) for code, said in known.items()}
        for i, column in enumerate(names)
        if (known := meta.variable_value_labels.get(column))
    }
    cells = [
        _cells(frame[column], meta.missing_ranges.get(column, ()), labels.get(i, {}), missing)
        for i, column in enumerate(names)
    ]
    return {
        "names": names,
        "questions": [label or "" for label in meta.column_labels],
        "labels": labels,
        "cells": cells,
    }


def _cells(
    column: pd.Series[Any],
    declared: Iterable[Any],
    labels: Mapping[str, str],
    missing: str,
) -> list[str]:
    """Write a column as texts."""
    texts = column.map(_number, na_action="ignore").fillna("").astype("object")
    out = pd.Series(data=False, index=column.index)
    for one in declared:
        if isinstance(one["lo"], str):
            out |= column == one["lo"]
        else:
            out |= pd.to_numeric(column, errors="coerce").between(one["lo"], one["hi"])
    cells: list[str] = texts.mask(out, texts.map(lambda code: labels.get(code, missing))).tolist()
    return cells


def _number(value: object) -> str:
    """Write a code without the decimals that SPSS gives every number."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def main() -> int:
    """Read what comes in; 1 says that it is no SPSS data."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such limits
        import resource  # noqa: PLC0415

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = _MEMORY if hard == resource.RLIM_INFINITY else min(_MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    most_rows, most_cells, missing = json.loads(sys.argv[1])
    try:
        read_ = read(sys.stdin.buffer.read(), most_rows, most_cells, missing)
    except Exception:  # noqa: BLE001  (whatever a damaged file makes of it)
        return 1
    sys.stdout.buffer.write(json.dumps(read_).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
