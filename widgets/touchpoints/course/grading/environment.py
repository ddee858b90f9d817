"""The variables that a notebook sees: none of the lecturer's."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def notebook_variables(home: str) -> dict[str, str]:
    """Return what makes a run the same each time, wherever it takes place.

    Args:
        home: Folder that libraries may write their settings to.

    Example:
        >>> notebook_variables("/x/.home")["PYTHONHASHSEED"]
        '0'
    """
    return {
        **dict.fromkeys(("HOME", "IPYTHONDIR", "MPLCONFIGDIR"), home),
        "PYTHONHASHSEED": "0",
        # One thread each: the order of sums, and with it the last digit, stays the same.
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "POLARS_MAX_THREADS": "1",
    }


def python_environment(folder: Path) -> dict[str, str]:
    """Return all variables of a notebook's process on this machine.

    Args:
        folder: The only folder that it may write to.
    """
    own = {
        **notebook_variables(str(folder / ".home")),
        "TMPDIR": str(folder),
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
    }
    if sys.platform == "win32":
        own |= {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return own
