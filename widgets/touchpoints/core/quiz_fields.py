"""Checks of single values of a question file: each returns the clean value or raises."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from touchpoints.core.errors import InputError, echo, listing, nearest
from touchpoints.core.quiz import Text

_LANGUAGES: Final = ("en", "de")
_SHOWN_BITS: Final = 200
_KEY: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_KEY_LENGTH: Final = 60
_TEXT_LENGTH: Final = 1000
#: Line ends and tabs of the file are spaces; a no-break space is meant.
_SPACES: Final = re.compile(r"[ \t\r\n]+")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]")
_MARKUP: Final = re.compile(r"<[A-Za-z/!][^<>]*>|\*\*|__|`|\]\(|&#?\w+;")


def shown(value: object) -> str:
    """Show a value from outside in a message."""
    if isinstance(value, int) and value.bit_length() > _SHOWN_BITS:
        return "a number of very many digits"
    return "nothing" if value is None else echo(value)


def as_mapping(content: Any, place: str) -> Mapping[str, Any]:  # noqa: ANN401
    """Return the content if it has fields."""
    if not isinstance(content, Mapping):
        raise InputError(
            f"{place}: {shown(content)}", "fields with values", "write each as name: value"
        )
    return content


def as_fields(
    content: Any,  # noqa: ANN401
    place: str,
    required: Sequence[str],
    optional: Sequence[str] = (),
) -> Mapping[str, Any]:
    """Check that all required fields are there and no unknown one."""
    fields = as_mapping(content, place)
    known = [*required, *optional]
    for name in fields:
        if name not in known:
            raise InputError(
                f"{place}, field {shown(name)}",
                listing(known),
                f"remove or rename it{nearest(name, known)}",
            )
    for name in required:
        if name not in fields:
            raise InputError(f"{place}: no field {name!r}", listing(known), "add the field")
    return fields


def as_list(content: Any, place: str, limits: tuple[int, int]) -> list[Any]:  # noqa: ANN401
    """Return the content as a list if it is one of allowed length."""
    low, high = limits
    if not isinstance(content, list | tuple):
        raise InputError(
            f"{place}: {shown(content)}", f"a list of {low} to {high}", "correct the value"
        )
    if not low <= len(content) <= high:
        raise InputError(f"{place}: {len(content)} of them", f"{low} to {high}", "add or remove")
    return list(content)


def as_key(value: Any, place: str) -> str:  # noqa: ANN401
    """Return the value if it is a key: small letters, digits, hyphens."""
    if isinstance(value, str) and len(value) <= _KEY_LENGTH and _KEY.fullmatch(value):
        return value
    raise InputError(
        f"{place}: {shown(value)}",
        f"small letters, digits and hyphens, {_KEY_LENGTH} at most",
        "rename it, for example four-phases",
    )


def as_whole(value: Any, place: str, limits: tuple[int, int]) -> int:  # noqa: ANN401
    """Return the value if it is a whole number within the limits."""
    low, high = limits
    if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
        return value
    raise InputError(
        f"{place}: {shown(value)}", f"a whole number from {low} to {high}", "correct the value"
    )


def as_text(content: Any, place: str) -> Text:  # noqa: ANN401
    """Return the content as a text in both languages."""
    given = as_fields(content, place, _LANGUAGES)
    return Text(*(as_words(given[lang], f"{place}, {lang}") for lang in _LANGUAGES))


def as_words(value: Any, place: str) -> str:  # noqa: ANN401
    """Return one text without line ends, if it is plain."""
    text = _SPACES.sub(" ", value).strip() if isinstance(value, str) else ""
    if not text or len(text) > _TEXT_LENGTH:
        found = f"{len(text)} characters" if text else shown(value)
        raise InputError(
            f"{place}: {found}",
            f"a text of 1 to {_TEXT_LENGTH} characters",
            "write one; put it in quotes if it is a number or has a colon",
        )
    odd = _CONTROL.search(text) or _MARKUP.search(text)
    if odd:
        raise InputError(
            f"{place}: {odd[0]!a}", "plain text", "write it without mark-up or control characters"
        )
    return text


def require_unlike(values: Sequence[str], place: str, what: str) -> None:
    """Refuse values that stand twice."""
    for value in values:
        if values.count(value) > 1:
            raise InputError(
                f"{place}, {what} {echo(value)} twice", "each once", "remove or rename one"
            )


def require_unlike_texts(texts: Sequence[Text], place: str, what: str) -> None:
    """Refuse texts that are alike in a language."""
    for lang in _LANGUAGES:
        require_unlike([text.of(lang) for text in texts], place, f"{what} ({lang})")
