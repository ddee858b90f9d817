"""The one kind of error that wrong input raises."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable
from typing import TypeVar

_LONGEST_ECHO = 60
_T = TypeVar("_T")


class InputError(ValueError):
    """Input that can't be used, told in one sentence.

    The sentence says what was found, where, what is allowed and how to mend it, so that a reader
    who never opened the source can go on.

    Args:
        found: What was found and where ("column 'grade', row 3: 7").
        allowed: What is allowed there ("a whole number from 1 to 6").
        mend: What to do about it ("correct the cell or leave it empty").

    Example:
        >>> print(InputError("column 'grade', row 3: 7", "1 to 6", "correct the cell"))
        Found column 'grade', row 3: 7; allowed is 1 to 6; correct the cell.
    """

    def __init__(self, found: str, allowed: str, mend: str) -> None:
        self.found = found
        self.allowed = allowed
        self.mend = mend
        super().__init__(f"Found {found}; allowed is {allowed}; {mend}.")


def echo(value: object) -> str:
    """Show a value from outside in a message: quoted, without control characters, shortened.

    Example:
        >>> echo("wood" * 30)
        "'woodwoodwoodwoodwoodwoodwoodwoodwoodwoodwoodwoodwoodwoodwoo…'"
    """
    if not isinstance(value, str):
        return str(value)[:_LONGEST_ECHO]
    shown = value if len(value) <= _LONGEST_ECHO else value[: _LONGEST_ECHO - 1] + "…"
    return repr(shown)


def listing(values: Iterable[object]) -> str:
    """Join allowed values for a message.

    Example:
        >>> listing(["offline", "online"])
        'offline, online'
    """
    return ", ".join(str(v) for v in values)


def nearest(name: object, known: Iterable[object]) -> str:
    """Return " (did you mean …?)" when a known name is close to the given one, else "".

    Example:
        >>> nearest("touchpoint", ["touchpoints", "journeys"])
        " (did you mean 'touchpoints'?)"
    """
    close = difflib.get_close_matches(str(name), [str(k) for k in known], n=1, cutoff=0.6)
    return f" (did you mean {close[0]!r}?)" if close else ""


def one_of(what: str, value: object, allowed: Collection[_T]) -> _T:
    """Return the value if it is one of the allowed ones.

    Args:
        what: What the value chooses ("preset").
        value: What was given.
        allowed: What there is to choose from.

    Returns:
        The value.

    Raises:
        InputError: Otherwise; it lists what is allowed, and says what may have been meant.

    Example:
        >>> one_of("world", "mixd", ["effect", "halo", "mixed"])
        Traceback (most recent call last):
        ...
        touchpoints.core.errors.InputError: Found world 'mixd'; allowed is effect, halo, mixed;
        choose one (did you mean 'mixed'?).
    """
    for known in allowed:
        if value == known:
            return known
    mend = f"choose one{nearest(value, allowed)}"
    raise InputError(f"{what} {echo(value)}", listing(allowed) or "nothing", mend)
