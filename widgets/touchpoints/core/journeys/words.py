"""How a path is written: touchpoints in the order of time, joined by "a > b > c"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from touchpoints.core.errors import InputError, echo, listing

#: Columns of a table of paths.
PATH: Final = "path"
CONVERSIONS: Final = "conversions"
NULLS: Final = "nulls"

#: Between two touchpoints of a path; spaces around the mark are optional when a path is read.
MARK: Final = ">"
SEPARATOR: Final = f" {MARK} "

#: Where every journey starts, and the two ways in which it can end.
START: Final = "(start)"
CONVERSION: Final = "(conversion)"
NULL: Final = "(null)"

#: In a flow: touchpoints without a name of their own, and journeys longer than it follows.
OTHERS: Final = "(others)"
ONWARDS: Final = "(onwards)"

_ALLOWED: Final = (
    f"a name without {MARK!r}, not empty, other than {listing((START, CONVERSION, NULL))}"
)


def require_names(column: str, names: Iterable[str]) -> None:
    """Raise an `InputError` for the first name that can't stand in a path.

    Args:
        column: Where the names come from, for the message.
        names: Names of touchpoints.

    Raises:
        InputError: If a name is empty, holds the mark between two touchpoints, begins or ends with
            a space, or is one of the chain's own states.

    Example:
        >>> require_names("touchpoint", ["live_chat", "home > page"])
        Traceback (most recent call last):
        ...
        touchpoints.core.errors.InputError: Found column 'touchpoint': 'home > page'; allowed is
        a name without '>', not empty, other than (start), (conversion), (null); rename it.
    """
    for name in names:
        if not name.strip():
            raise InputError(f"column {column!r}: an empty name", _ALLOWED, "fill or drop the rows")
        if MARK in name or name in {START, CONVERSION, NULL}:
            raise InputError(f"column {column!r}: {echo(name)}", _ALLOWED, "rename it")
        if name != name.strip():
            raise InputError(
                f"column {column!r}: {echo(name)}", "a name without spaces around it", "strip it"
            )
