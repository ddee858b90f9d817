"""The touchpoints of a survey, and the file that a user lists them in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from touchpoints.core.errors import InputError, echo, listing
from touchpoints.ingest.delimited import all_rows, delimiter_of
from touchpoints.plain_text import read_text

#: More make a questionnaire long; a rule of thumb of the kit.
MOST_RECOMMENDED: Final = 12
_MOST: Final = 60
_LARGEST_KB: Final = 100
_LONGEST_NAME: Final = 80
_LONGEST_KEY: Final = 40
_KEY: Final = re.compile(r"[a-z][a-z0-9_]*")
_COLUMNS: Final = ("touchpoint", "name_en", "name_de")
#: Controls, halves of characters, and marks that turn the direction of the text around a name.
_UNSEEN: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Touchpoint:
    """A touchpoint as a survey asks about it.

    Attributes:
        key: Lower_snake_case, the end of the names of its two columns.
        names: Its name by language (`en`, `de`).
    """

    key: str
    names: dict[str, str]


def checked_name(what: str, text: str) -> str:
    """Return a name without spaces around it, if a page can show it as it is.

    Args:
        what: What it names, for the message ("company").
        text: 1 to 80 characters, none of them a control character.

    Raises:
        InputError: Otherwise.

    Example:
        >>> checked_name("company", " Nordlicht Wohnen ")
        'Nordlicht Wohnen'
    """
    name = text.strip()
    unseen = _UNSEEN.search(name) or any(unicodedata.category(c) in {"Cc", "Cs"} for c in name)
    if unseen or not 0 < len(name) <= _LONGEST_NAME:
        raise InputError(
            f"{what} {echo(text)}",
            f"1 to {_LONGEST_NAME} characters that can be seen, on one line",
            "correct the name",
        )
    return name


def checked_touchpoints(rows: Iterable[tuple[str, str, str]]) -> tuple[Touchpoint, ...]:
    """Check touchpoints given as key, English and German name.

    Args:
        rows: 1 to 60 of them; the keys in lower_snake_case, each once.

    Returns:
        The touchpoints in their order.

    Raises:
        InputError: If a key or a name can't be used; the message names the touchpoint.

    Example:
        >>> checked_touchpoints([("shop", "Our shop", "Unser Laden")])[0].names["de"]
        'Unser Laden'
    """
    found: dict[str, Touchpoint] = {}
    for number, (key, name_en, name_de) in enumerate(rows, start=1):
        if not _KEY.fullmatch(key) or len(key) > _LONGEST_KEY:
            raise InputError(
                f"touchpoint {number}, key {echo(key)}",
                f"lower-case letters a to z, digits and _, a letter first, at most {_LONGEST_KEY}",
                "write it as in sales_advice",
            )
        if key in found:
            raise InputError(f"touchpoint {key} twice", "each key once", "rename one of them")
        names = {
            "en": checked_name(f"English name of touchpoint {key}", name_en),
            "de": checked_name(f"German name of touchpoint {key}", name_de),
        }
        found[key] = Touchpoint(key, names)
    if not 0 < len(found) <= _MOST:
        raise InputError(f"{len(found)} touchpoints", f"1 to {_MOST}", "list those that matter")
    return tuple(found.values())


def read_touchpoints(path: Path) -> tuple[Touchpoint, ...]:
    """Read a list of touchpoints: CSV in UTF-8 with touchpoint, name_en, name_de.

    Args:
        path: The file, cells parted by commas, semicolons or tabulators; further columns are
            passed over.

    Returns:
        The touchpoints in the order of the file.

    Raises:
        InputError: If it can't be read as such a file, or a row can't be used.
    """
    text = read_text(path, "a CSV file of touchpoints", most_kb=_LARGEST_KB)
    header, *rows = (row for row in all_rows(path.name, text, delimiter_of(path.name, text)) if row)
    names = [name.strip() for name in header]
    missing = [name for name in _COLUMNS if names.count(name) != 1]
    if missing:
        raise InputError(
            f"{echo(path.name)} with the columns {echo(listing(names))}",
            f"{listing(_COLUMNS)}, each once",
            f"add or rename {missing[0]}",
        )
    key, english, german = (names.index(name) for name in _COLUMNS)
    return checked_touchpoints(
        (row[key].strip(), row[english].strip(), row[german].strip()) for row in rows
    )
