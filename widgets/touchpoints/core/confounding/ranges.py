"""What several methods say together about a grade."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from touchpoints.core.contacts import GRADE

if TYPE_CHECKING:
    from touchpoints.core.confounding.methods import Row

#: The readings: all intervals on one side of no contact, or not.
ABOVE: Final = "above no contact by every method"
BELOW: Final = "below no contact by every method"
NOTHING: Final = "nothing can be concluded"
READINGS: Final = (ABOVE, BELOW, NOTHING)

#: One method alone is no range.
_LEAST_METHODS: Final = 2


def range_of(rows: list[Row]) -> dict[str, Any]:
    """Join the methods' rows of one group and grade.

    Args:
        rows: Those rows; rows without an interval don't count.

    Returns:
        `grade`, `methods`, lowest and highest of the estimates and of the intervals (None without
        any), `reading`.

    Example:
        >>> raw = {"grade": 1, "lift_points": 30.0, "low_points": 20.0, "high_points": 40.0}
        >>> held = {"grade": 1, "lift_points": 2.0, "low_points": -3.0, "high_points": 7.0}
        >>> range_of([raw, held])["reading"]
        'nothing can be concluded'
    """
    told = [row for row in rows if row.get("low_points") is not None]
    columns = {name: [row[f"{name}_points"] for row in told] for name in ("lift", "low", "high")}
    reading = NOTHING
    if len(told) >= _LEAST_METHODS and min(columns["low"]) > 0:
        reading = ABOVE
    elif len(told) >= _LEAST_METHODS and max(columns["high"]) < 0:
        reading = BELOW
    return {
        GRADE: rows[0][GRADE],
        "methods": len(told),
        "lowest_points": min(columns["lift"], default=None),
        "highest_points": max(columns["lift"], default=None),
        "low_points": min(columns["low"], default=None),
        "high_points": max(columns["high"], default=None),
        "reading": reading,
    }
