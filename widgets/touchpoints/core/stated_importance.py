"""Stated importance: what people answered when asked how important a touchpoint is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from touchpoints.core.contacts import TOUCHPOINT
from touchpoints.core.errors import InputError, listing
from touchpoints.core.frames import require_columns, require_numbers, require_rows, to_eager
from touchpoints.core.intervals import t_values
from touchpoints.core.vocabulary import IMPORTANCE_RANGE

if TYPE_CHECKING:
    from touchpoints.core.frames import IntoFrame


def stated_importance(
    frame: IntoFrame, touchpoints: tuple[str, ...], confidence: float
) -> dict[str, Any]:
    """Take the mean of stated importance for each touchpoint.

    Args:
        frame: `touchpoint` and `importance` (0 to 10), one row an answer.
        touchpoints: Those to look up; others in the frame are left aside.
        confidence: Of the intervals (Student's t, cut at the ends of the scale).

    Returns:
        Columns `stated_n`, `stated`, `stated_low` and `stated_high`; without bounds for a single
        answer, which says nothing about others.

    Raises:
        InputError: If a column is missing, an importance is out of range, or a touchpoint has none.
    """
    data = to_eager(frame)
    require_columns(data, (TOUCHPOINT, "importance"))
    require_rows(data, "table of importance")
    require_numbers(data, "importance", *IMPORTANCE_RANGE)
    names = np.asarray([str(name) for name in data.get_column(TOUCHPOINT).to_list()])
    missing = [name for name in touchpoints if name not in set(names)]
    if missing:
        raise InputError(
            f"no stated importance of {listing(missing)}",
            "one answer or more a touchpoint",
            "add them, or leave these touchpoints out",
        )
    value = np.asarray(data.get_column("importance").to_list(), dtype=np.float64)
    kept = np.isin(names, touchpoints)
    place = np.searchsorted(np.asarray(touchpoints), names[kept])
    n = np.bincount(place)
    mean = np.bincount(place, weights=value[kept]) / n
    squares = np.bincount(place, weights=(value[kept] - mean[place]) ** 2)
    several = np.maximum(n - 1, 1)
    half = t_values(confidence, several.astype(np.float64)) * np.sqrt(squares / several / n)
    half = np.where(n > 1, half, np.nan)
    return {
        "stated_n": n,
        "stated": mean,
        "stated_low": np.maximum(mean - half, IMPORTANCE_RANGE[0]),
        "stated_high": np.minimum(mean + half, IMPORTANCE_RANGE[1]),
    }
