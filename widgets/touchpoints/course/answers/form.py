"""What the visible tests ask: is there an answer, and is it of the right form?

They need no data and no truth, so they run in a student's notebook as well as when marking.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from touchpoints.core.errors import InputError, listing
from touchpoints.course.answers.transport import to_plain


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
    plain = plain_answer(name, answer)
    if not isinstance(plain, str) or not plain.strip():
        raise AssertionError(f"{name} should be a text in quotes.")
    if allowed and plain not in allowed:
        raise AssertionError(f"{name} should be one of: {listing(allowed)}.")
    return plain


def names(name: str, answer: object, allowed: Collection[str] = ()) -> list[str]:
    """Return an answer that should be a list of different names; it may be empty.

    Raises:
        AssertionError: If it is none.
    """
    plain = plain_answer(name, answer)
    if not isinstance(plain, list) or not all(isinstance(item, str) for item in plain):
        raise AssertionError(f"{name} should be a list of texts, such as ['shop', 'hotline'].")
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
    plain = plain_answer(name, answer)
    if not isinstance(plain, dict) or not plain:
        raise AssertionError(f"{name} should be a Series or a dictionary by {keys}.")
    for key, value in plain.items():
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise AssertionError(  # noqa: TRY004  (what a test says)
                f"{name} should hold one number for {key}."
            )
    return plain
