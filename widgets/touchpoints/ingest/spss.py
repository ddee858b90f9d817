"""SPSS data (.sav): codes as text, with what each code stands for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pandas as pd

from touchpoints.core.errors import InputError, echo
from touchpoints.ingest.files import MOST_CELLS, MOST_ROWS, require_shape
from touchpoints.ingest.grid import Grid
from touchpoints.ingest.needed import needed

#: What stands in a cell that the file itself calls missing, if it doesn't say why.
MISSING: Final = "(missing)"

_PROCESS: Final = Path(__file__).with_name("sav_process.py")
_MOST_SECONDS: Final = 120


def from_spss(name: str, data: bytes) -> Grid:
    """Read SPSS data, in a process of its own: a damaged file can crash the library that reads it.

    Args:
        name: Name of the file.
        data: Its bytes.

    Returns:
        Its cells as text, value labels beside them. A value that the file declares as missing is
        not empty: it is written as its label, because "refused" is not "no contact".

    Raises:
        InputError: If it can't be read whole, or takes more than two minutes.
    """
    needed("pyreadstat")
    read = _read(name, data)
    names, cells = read["names"], dict(enumerate(read["cells"]))
    rows = len(cells[0]) if cells else 0
    require_shape(name, rows, len(names))
    return Grid(
        name,
        "SPSS data",
        tuple(names),
        tuple(read["questions"]),
        pd.DataFrame(cells, index=pd.RangeIndex(1, rows + 1), dtype="object"),
        labels={int(column): known for column, known in read["labels"].items()},
    )


def _read(name: str, data: bytes) -> dict[str, Any]:
    """Start the process, and take what it says for what it is: texts."""
    asked = json.dumps([MOST_ROWS, MOST_CELLS, MISSING])
    try:
        # -P: a file beside the survey must not be taken for a library.
        done = subprocess.run(  # noqa: S603  (Python itself, on a file of the kit)
            [sys.executable, "-P", str(_PROCESS), asked],
            input=data,
            capture_output=True,
            timeout=_MOST_SECONDS,
            check=False,
        )
        if done.returncode == 0:
            read: dict[str, Any] = json.loads(done.stdout)
            return read
    except (subprocess.TimeoutExpired, ValueError, RecursionError):
        pass
    raise InputError(
        f"{echo(name)}, which is no SPSS data or is cut short",
        "a whole .sav file",
        "save it again in SPSS, or as CSV",
    )
