"""What the hidden tests ask: is the answer right for this student's data?

A wrong answer of a typical kind gets the sentence of that mistake. No message holds the right one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from touchpoints.course.answers import form
from touchpoints.course.answers.targets import Target

_INFINITE: Final = float("inf")
_PERCENT: Final = 100
#: Slips that happen with any number, and what each makes of it.
_SLIPS: Final[tuple[tuple[str, Callable[[float], float]], ...]] = (
    ("{name} looks like a share between 0 and 1: multiply by 100.", lambda v: v / _PERCENT),
    ("{name} is a hundred times what it should be.", lambda v: v * _PERCENT),
    ("The sign of {name} is turned round.", lambda v: -v),
)

Sentences = Mapping[str, str]


def check_number(
    name: str, answer: object, expected: Target, wrong: Sentences | None = None
) -> None:
    """Pass if a number is right.

    Args:
        name: Of the variable, for messages.
        answer: What was answered.
        expected: The right answer, and what mistakes lead to.
        wrong: For the key of a mistake, the sentence that answers it.

    Raises:
        AssertionError: If it is wrong: with the sentence of the mistake, or of a slip.
    """
    found = form.number(name, answer, -_INFINITE, _INFINITE)
    right, near = float(expected["value"]), expected["tolerance"]
    if abs(found - right) <= near:
        return
    for key, sentence in (wrong or {}).items():
        value = expected["mistakes"].get(key)
        if value is not None and abs(found - value) <= near:
            raise AssertionError(sentence)
    for sentence, slip in _SLIPS:
        # Close to 0 every slip looks like every other.
        if abs(slip(right) - right) > 2 * near and abs(found - slip(right)) <= abs(right) * 1e-3:
            raise AssertionError(sentence.format(name=name))
    raise AssertionError(f"{name} is not right for your data.")


def check_numbers(
    name: str, answer: object, expected: Target, wrong: Sentences | None = None
) -> None:
    """Pass if there is the right number for each key, and no other key.

    Args:
        name: Of the variable, for messages.
        answer: A dictionary or Series.
        expected: The right ones, and what mistakes lead to.
        wrong: For the key of a mistake, the sentence that answers it.

    Raises:
        AssertionError: If a key is missing or too many, or a number is wrong.
    """
    found = form.numbers(name, answer, "names")
    right, near = expected["value"], expected["tolerance"]
    if set(found) != set(right):
        lacking, extra = sorted(set(right) - set(found)), sorted(set(found) - set(right))
        said = [f"lacks {', '.join(lacking)}"] * bool(lacking)
        said += [f"should not hold {', '.join(extra)}"] * bool(extra)
        raise AssertionError(f"{name} {' and '.join(said)}.")
    if _alike(found, right, near):
        return
    for key, sentence in (wrong or {}).items():
        value = expected["mistakes"].get(key)
        if value is not None and set(value) == set(found) and _alike(found, value, near):
            raise AssertionError(sentence)
    for sentence, slip in _SLIPS:
        slipped = {key: slip(value) for key, value in right.items()}
        if _alike(found, slipped, near / _PERCENT):
            raise AssertionError(sentence.format(name=name))
    off = [key for key in right if abs(found[key] - right[key]) > near]
    raise AssertionError(
        f"{name} is right for {len(right) - len(off)} of {len(right)}; look at {off[0]}."
    )


def check_name(name: str, answer: object, expected: Target, wrong: Sentences | None = None) -> None:
    """Pass if a name is right; a list of right ones is a tie, and each of them will do.

    Raises:
        AssertionError: If it is wrong.
    """
    _check(name, form.text(name, answer), expected, wrong)


def check_flag(name: str, answer: object, expected: Target, wrong: Sentences | None = None) -> None:
    """Pass if a flag is right.

    Raises:
        AssertionError: If it is wrong, or no flag.
    """
    found = form.plain_answer(name, answer)
    if not isinstance(found, bool):
        raise AssertionError(  # noqa: TRY004  (what a test says)
            f"{name} should be True or False, without quotes."
        )
    _check(name, found, expected, wrong)


def check_names(
    name: str, answer: object, expected: Target, wrong: Sentences | None = None
) -> None:
    """Pass if a list holds the right names, in any order.

    Raises:
        AssertionError: If names are missing or too many.
    """
    found, right = set(form.names(name, answer)), set(expected["value"])
    if found == right:
        return
    for key, sentence in (wrong or {}).items():
        value = expected["mistakes"].get(key)
        if value is not None and found == set(value):
            raise AssertionError(sentence)
    raise AssertionError(
        f"{name}: {len(found & right)} of your {len(found)} belong there, and "
        f"{len(right - found)} are missing."
    )


def _check(name: str, found: object, expected: Target, wrong: Sentences | None) -> None:
    """Pass if an answer is the right one, or one of several."""
    right = expected["value"]
    if found in (right if isinstance(right, list) else [right]):
        return
    for key, sentence in (wrong or {}).items():
        if found == expected["mistakes"].get(key):
            raise AssertionError(sentence)
    raise AssertionError(f"{name} is not right for your data.")


def _alike(found: Mapping[str, Any], other: Mapping[str, Any], near: float) -> bool:
    """Say whether all numbers are near each other."""
    return all(other[key] is not None and abs(found[key] - other[key]) <= near for key in found)
