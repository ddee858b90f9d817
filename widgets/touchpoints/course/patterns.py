"""Patterns of a course: which lessons, cases and assignments in which session."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from touchpoints.core.errors import InputError
from touchpoints.core.quiz_fields import as_fields, as_list, as_whole, as_words
from touchpoints.course.fields import as_flag, as_name, as_names
from touchpoints.course.source_files import load_named

_MINUTES: Final = (20, 480)
_SESSIONS: Final = (1, 40)


@dataclass(frozen=True)
class Session:
    """One session of a pattern.

    Attributes:
        title: Its title.
        minutes: How long it takes, breaks included.
        lessons: Names of the lessons, in order.
        cases: Names of the discussion guides, or "role-play".
        assignment: Name of the assignment that is handed out at the end, or None.
        homework: Whether the lessons' homework is given.
        leave_out: Place in the order in which sessions go where a course has fewer weeks, from 1;
            0 for a session that stays.
        breaks: Minutes of it that are breaks.
    """

    title: str
    minutes: int
    lessons: tuple[str, ...]
    cases: tuple[str, ...]
    assignment: str | None
    homework: bool
    leave_out: int = 0
    breaks: int = 0


@dataclass(frozen=True)
class Pattern:
    """A pattern of a course.

    Attributes:
        name: Its name, which is that of its file.
        title: Its title.
        every_days: Days from one session to the next; 0 if all are on one day.
        sessions: The sessions, in order.
    """

    name: str
    title: str
    every_days: int
    sessions: tuple[Session, ...]


def load_pattern(path: Path) -> Pattern:
    """Read and check a pattern.

    Args:
        path: The file, called like the pattern.

    Returns:
        The pattern.

    Raises:
        InputError: If anything is wrong; the message names file, session and field.
    """
    return load_named(path, "a pattern of a course", read_pattern)


def read_pattern(content: Any, source: str = "pattern") -> Pattern:  # noqa: ANN401  (hostile)
    """Check a parsed pattern completely.

    Args:
        content: The file's content as plain data.
        source: Name of the file, for messages.

    Returns:
        The pattern.

    Raises:
        InputError: If anything is wrong, or a lesson, guide or assignment stands in two sessions;
            the message names file, session and field.
    """
    fields = as_fields(content, source, tuple(Pattern.__dataclass_fields__))
    entries = as_list(fields["sessions"], f"{source}, sessions", _SESSIONS)
    sessions = tuple(_session(s, f"{source}, session {i}") for i, s in enumerate(entries, 1))
    _require_once([name for s in sessions for name in s.lessons], source, "lesson")
    _require_once([name for s in sessions for name in s.cases], source, "case")
    _require_once([s.assignment for s in sessions if s.assignment], source, "assignment")
    ranks = sorted(s.leave_out for s in sessions if s.leave_out)
    if ranks != list(range(1, len(ranks) + 1)):
        raise InputError(f"{source}, leave_out: {ranks}", "1, 2, 3 … each once", "number them")
    return Pattern(
        as_name(fields["name"], f"{source}, name"),
        as_words(fields["title"], f"{source}, title"),
        as_whole(fields["every_days"], f"{source}, every_days", (0, 31)),
        sessions,
    )


def _session(content: Any, place: str) -> Session:  # noqa: ANN401
    required = ("title", "minutes", "lessons", "cases", "assignment", "homework")
    fields = as_fields(content, place, required, ("leave_out", "breaks"))
    given = fields["assignment"]
    return Session(
        as_words(fields["title"], f"{place}, title"),
        as_whole(fields["minutes"], f"{place}, minutes", _MINUTES),
        as_names(fields["lessons"], f"{place}, lessons", (0, 6)),
        as_names(fields["cases"], f"{place}, cases", (0, 6)),
        None if given is None else as_name(given, f"{place}, assignment"),
        as_flag(fields["homework"], f"{place}, homework"),
        as_whole(fields.get("leave_out", 0), f"{place}, leave_out", (0, _SESSIONS[1])),
        as_whole(fields.get("breaks", 0), f"{place}, breaks", (0, 120)),
    )


def _require_once(names: list[str], source: str, what: str) -> None:
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"{source}: {what} {name} twice", "each once", "remove one")
