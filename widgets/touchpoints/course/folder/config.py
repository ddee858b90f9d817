"""What a lecturer chooses for a course: options or the file `course.yml`."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, Final

from touchpoints.core.errors import InputError, one_of
from touchpoints.core.quiz_fields import as_fields, as_list, as_whole, as_words, shown
from touchpoints.course.fields import as_choice, as_names
from touchpoints.course.teaching import Teaching
from touchpoints.plain_yaml import read_yaml

#: Name of the file with the choices, in the folder of the course.
CONFIG: Final = "course.yml"
LANGUAGES: Final = ("en", "de")
ASSIGNMENTS: Final = ("none", "practice", "graded")
_FORM: Final = "YAML as `touchpoints course new` writes it"
_TITLE_LENGTH: Final = 120
_BOOK: Final = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+(?:/[A-Za-z0-9._~%/-]*)?")


@dataclass(frozen=True)
class CourseConfig:
    """What a lecturer chooses.

    Attributes:
        title: Title of the course.
        language: Language of the widgets' texts, "en" or "de".
        start: Day of the first session, or None while it is open.
        pattern: Name of the pattern.
        weeks: Number of sessions, or None for all of the pattern.
        chapters: Names of the chapters, or () for those of the pattern.
        assignments: "none", "practice" or "graded".
        book: Address of the published book, or "".
    """

    title: str = "Touchpoint marketing"
    language: str = "en"
    start: date | None = None
    pattern: str = "weeks"
    weeks: int | None = None
    chapters: tuple[str, ...] = ()
    assignments: str = "practice"
    book: str = ""


#: Names of all choices.
CHOICES: Final = tuple(field.name for field in fields(CourseConfig))


def read_config(content: Any, teaching: Teaching, source: str) -> CourseConfig:  # noqa: ANN401
    """Check parsed choices completely; what is left out has its default.

    Args:
        content: The file's content, or the options, as plain data.
        teaching: The teaching material, whose patterns and chapters there are to choose from.
        source: What the messages call it.

    Returns:
        The choices.

    Raises:
        InputError: If anything is wrong; the message names the field and the nearest name.
    """
    known = as_fields({} if content is None else content, source, (), CHOICES)
    given = {name: value for name, value in known.items() if value is not None}
    if "pattern" in given:
        given["pattern"] = as_choice(given["pattern"], f"{source}, pattern", teaching.patterns)
    checked: Mapping[str, Any] = {
        name: _CHECKS[name](value, f"{source}, {name}") for name, value in given.items()
    }
    config = CourseConfig(**checked)
    for name in config.chapters:
        if name not in teaching.lessons:
            one_of(f"{source}, chapter", name, list(teaching.lessons))
    return config


def _title(value: Any, place: str) -> str:  # noqa: ANN401
    text = as_words(value, place)
    if len(text) > _TITLE_LENGTH:
        raise InputError(
            f"{place}: {len(text)} characters", f"{_TITLE_LENGTH} at most", "shorten it"
        )
    return text


def _start(value: Any, place: str) -> date:  # noqa: ANN401
    if type(value) is date:
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise InputError(
            f"{place}: {shown(value)}", "a day as 2026-10-12", "write year, month and day"
        ) from None


def _chapters(value: Any, place: str) -> tuple[str, ...]:  # noqa: ANN401
    return as_names(value, place, (0, 40)) if as_list(value, place, (0, 40)) else ()


def _book(value: Any, place: str) -> str:  # noqa: ANN401
    if isinstance(value, str) and (not value or _BOOK.fullmatch(value)):
        return value.rstrip("/").removesuffix("/book/index.html")
    raise InputError(
        f"{place}: {shown(value)}",
        "the address of the published book, as https://example.org/kit",
        "correct it or leave it out",
    )


_CHECKS: Final[dict[str, Any]] = {
    "title": _title,
    "language": lambda value, place: as_choice(value, place, LANGUAGES),
    "start": _start,
    "pattern": lambda value, _: value,
    "weeks": lambda value, place: as_whole(value, place, (1, 40)),
    "chapters": _chapters,
    "assignments": lambda value, place: as_choice(value, place, ASSIGNMENTS),
    "book": _book,
}


def load_config(path: Path, teaching: Teaching) -> CourseConfig:
    """Read and check the choices of a course.

    Args:
        path: The file `course.yml`.
        teaching: The teaching material.

    Returns:
        The choices.

    Raises:
        InputError: As `read_config`, and if the file can't be read.
    """
    return read_config(read_yaml(path, "the choices of a course", _FORM), teaching, path.name)


def config_text(config: CourseConfig, teaching: Teaching) -> str:
    """Write the choices as a file that explains itself.

    Args:
        config: The choices.
        teaching: The teaching material.

    Returns:
        YAML that `read_config` reads back as the same choices.
    """
    chapters = "".join(f"\n  - {name}" for name in config.chapters) or " []"
    return f"""# The choices of this course. After a change run `touchpoints course new` here again.
title: {_quoted(config.title)}
language: {config.language}  # of the tools' texts in the notebooks: {", ".join(LANGUAGES)}
start: {config.start or "null"}  # day of the first session, as 2026-10-12
pattern: {config.pattern}  # {", ".join(teaching.patterns)}
weeks: {config.weeks or "null"}  # number of sessions; null: all of the pattern
# Chapters by name; []: those of the pattern. There are:
# {_wrapped(teaching.lessons)}
chapters:{chapters}
assignments: {config.assignments}  # {", ".join(ASSIGNMENTS)}
book: {_quoted(config.book)}  # address of the published book, for links; "": names without links
"""


def _wrapped(names: Iterable[str]) -> str:
    return "\n# ".join(textwrap.wrap(", ".join(names), 90, break_on_hyphens=False))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
