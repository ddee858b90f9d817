"""Checks of single values in the sources of a course, beside those of question files."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any, Final

from touchpoints.core.errors import InputError, one_of
from touchpoints.core.quiz_fields import as_list, as_words, require_unlike, shown

#: Names of files and of what stands in them: those of the book have hyphens, those of notebooks
#: underscores.
NAME: Final = r"[a-z0-9]+(?:[-_][a-z0-9]+)*"
_NAME: Final = re.compile(NAME)
_PAGE: Final = re.compile(r"(?:book|notebooks)(?:/[a-z0-9]+(?:[-_][a-z0-9]+)*)+")
_NAME_LENGTH: Final = 60
_SPACES: Final = re.compile(r"[ \t\r\n]+")
_CODE: Final = re.compile(r"`([^`]+)`")


def as_name(value: Any, place: str) -> str:  # noqa: ANN401  (whatever the file holds)
    """Return the value if it is a name: small letters, digits, hyphens or underscores."""
    if isinstance(value, str) and len(value) <= _NAME_LENGTH and _NAME.fullmatch(value):
        return value
    raise InputError(
        f"{place}: {shown(value)}",
        f"small letters, digits, hyphens and underscores, {_NAME_LENGTH} at most",
        "rename it, for example fan-rule",
    )


def as_page(value: Any, place: str) -> str:  # noqa: ANN401
    """Return the value if it has the form of a page's address in the book."""
    if isinstance(value, str) and _PAGE.fullmatch(value):
        return value
    raise InputError(
        f"{place}: {shown(value)}",
        "the address of a page without ending, as book/fans/fans-and-grades",
        "take it from _toc.yml",
    )


def as_choice(value: Any, place: str, allowed: Collection[str]) -> str:  # noqa: ANN401
    """Return the value if it is one of a few words."""
    return one_of(f"{place}:", value if isinstance(value, str) else shown(value), allowed)


def as_names(content: Any, place: str, limits: tuple[int, int]) -> tuple[str, ...]:  # noqa: ANN401
    """Return a list of names, each once."""
    names = [as_name(name, place) for name in as_list(content, place, limits)]
    require_unlike(names, place, "name")
    return tuple(names)


def as_prose(value: Any, place: str) -> str:  # noqa: ANN401
    """Return a text that may hold code between backticks and no other mark-up."""
    if not isinstance(value, str):
        return as_words(value, place)
    text = _SPACES.sub(" ", value).strip()
    as_words(_CODE.sub(r"\1", text), place)
    return text


def as_sentences(content: Any, place: str, limits: tuple[int, int]) -> tuple[str, ...]:  # noqa: ANN401
    """Return a list of texts."""
    entries = enumerate(as_list(content, place, limits), 1)
    return tuple(as_prose(text, f"{place} {number}") for number, text in entries)


def as_flag(value: Any, place: str) -> bool:  # noqa: ANN401
    """Return the value if it is true or false."""
    if isinstance(value, bool):
        return value
    raise InputError(f"{place}: {shown(value)}", "true or false", "correct the value")
