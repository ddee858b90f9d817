"""What the visible tests ask: is there an answer, and is it of the right form?

They need no data and no truth, so they run in a student's notebook as well as when marking.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any, Final

from touchpoints.core.errors import InputError, listing
from touchpoints.course.answers.transport import to_plain

#: How the data write names of touchpoints and channels; people see other ones in charts.
_KEY: Final = re.compile(r"[a-z][a-z0-9_]*")
#: A name and a number stand in two columns.
_PAIR: Final = 2


def plain_answer(name: str, answer: object) -> Any:  # noqa: ANN401  (whatever was answered)
    """Return an answer as plain values.

    Raises:
        AssertionError: If there is none, or it is of no kind that can be marked.
    """
    if answer is None or answer is ...:
        raise AssertionError(f"{name} has no value yet: replace the three dots.")
    try:
        return to_plain(answer)
    except InputError as error:
        raise AssertionError(f"{name}: {error}") from None


def number(name: str, answer: object, low: float, high: float, what: str = "") -> float:
    """Return an answer that should be a number from low to high.

    Args:
        name: Of the variable.
        answer: What it holds.
        low: Smallest value that makes sense.
        high: Largest one.
        what: What the number is, for the message ("in percent, not between 0 and 1").

    Raises:
        AssertionError: If it is none.
    """
    plain = plain_answer(name, answer)
    plain = _alone(plain)
    hint = f" ({what})" if what else ""
    if isinstance(plain, bool) or not isinstance(plain, int | float):
        raise AssertionError(  # noqa: TRY004  (what a test says)
            f"{name} should be one number{hint}."
        )
    if not low <= plain <= high:
        raise AssertionError(f"{name} should lie between {low:g} and {high:g}{hint}.")
    return float(plain)


def whole(name: str, answer: object, low: int = 0) -> int:
    """Return an answer that should be a whole number.

    Raises:
        AssertionError: If it is none.
    """
    found = number(name, answer, low, float("inf"))
    if not found.is_integer():
        raise AssertionError(f"{name} should be a whole number.")
    return int(found)


def text(name: str, answer: object, allowed: Collection[str] = ()) -> str:
    """Return an answer that should be a text, or one of some words.

    Raises:
        AssertionError: If it is none.
    """
    plain = _alone(plain_answer(name, answer))
    if not isinstance(plain, str) or not plain.strip():
        raise AssertionError(f"{name} should be one text in quotes.")
    plain = plain.strip()
    if allowed and plain not in allowed:
        raise AssertionError(f"{name} should be one of: {listing(allowed)}.")
    return plain


def key(name: str, answer: object) -> str:
    """Return an answer that should be a name as the data write it, such as `price_tags`.

    Raises:
        AssertionError: If it is none.
    """
    return _as_in_data(name, text(name, answer))


def keys(name: str, answer: object) -> list[str]:
    """Return an answer that should be a list of names as the data write them; it may be empty.

    Raises:
        AssertionError: If it is none.
    """
    return [_as_in_data(name, item) for item in names(name, answer)]


def names(name: str, answer: object, allowed: Collection[str] = ()) -> list[str]:
    """Return an answer that should be a list of different names; it may be empty.

    Raises:
        AssertionError: If it is none.
    """
    plain = plain_answer(name, answer)
    if isinstance(plain, dict):
        plain = list(plain.values())  # a column of names, whatever its rows are numbered with
    if not isinstance(plain, list) or not all(isinstance(item, str) for item in plain):
        example = list(allowed)[:2] or ["shop", "hotline"]
        raise AssertionError(f"{name} should be a list of texts, such as {example}.")
    plain = [item.strip() for item in plain]
    if len(set(plain)) < len(plain):
        raise AssertionError(f"{name} names something twice.")
    if allowed and not set(plain) <= set(allowed):
        raise AssertionError(f"{name} may hold only: {listing(allowed)}.")
    return plain


def numbers(name: str, answer: object, keys: str) -> dict[str, float]:
    """Return an answer that should be a number for each of some keys: a dictionary or a Series.

    Args:
        name: Of the variable.
        answer: What it holds.
        keys: What the keys are, for the message ("channels").

    Raises:
        AssertionError: If it is none.
    """
    plain = _paired(plain_answer(name, answer))
    if not isinstance(plain, dict) or not plain:
        raise AssertionError(f"{name} should be a Series or a dictionary by {keys}.")
    # Grouping may leave a name that nothing has: there is no number to mark.
    held = {key: value for key, value in plain.items() if value is not None}
    if not held:
        raise AssertionError(f"{name} holds no number at all.")
    for key, value in held.items():
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise AssertionError(  # noqa: TRY004  (what a test says)
                f"{name} should hold one number for {key}."
            )
    return held


def _alone(plain: Any) -> Any:  # noqa: ANN401  (a plain value)
    """Return the only value of a list or Series that has just one, as `frame.loc[…]` gives it."""
    values = list(plain.values()) if isinstance(plain, dict) else plain
    return values[0] if isinstance(values, list) and len(values) == 1 else plain


def _as_in_data(name: str, found: str) -> str:
    if not _KEY.fullmatch(found):
        raise AssertionError(
            f"{name} holds {found!r}: write the name as in the data, in small letters with _, "
            "such as 'price_tags'."
        )
    return found


def _paired(plain: Any) -> Any:  # noqa: ANN401  (a plain value)
    """Turn the rows of a frame of two columns, a name and a number, into a dictionary."""
    rows = plain if isinstance(plain, list) else []
    if not rows or not all(isinstance(row, dict) and len(row) == _PAIR for row in rows):
        return plain
    pairs = [tuple(row.values()) for row in rows]
    # As a dictionary on its way writes its keys: "1", not "1.0".
    named: dict[str, Any] = to_plain(dict(pairs))
    return named if len(named) == len(pairs) else plain
