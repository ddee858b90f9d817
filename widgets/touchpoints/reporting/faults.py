"""What is said when a part of a report fails by a fault of the kit: on the page, and as a warning.

A report of many sections must not end with one of them, and the fault must not stay hidden. The
page names the kind of fault alone, because its message may hold a cell of the file.
"""

from __future__ import annotations

import traceback
import warnings
from pathlib import Path


def warn_of_fault(part: str, error: Exception) -> str:
    """Warn of a fault with its message and place, for whoever runs the command.

    Args:
        part: What failed.
        error: How.

    Returns:
        The kind of fault, for the page.
    """
    place = traceback.extract_tb(error.__traceback__)[-1]
    kind = type(error).__name__
    where = f"{Path(place.filename).name}, line {place.lineno}"
    warnings.warn(f"{part}: {kind}: {error} in {where}", UserWarning, stacklevel=2)
    return kind
