"""Learning goals: what somebody can do afterwards, and what shows it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from touchpoints.core.errors import InputError
from touchpoints.core.quiz_fields import as_fields, as_key, as_list, as_words, require_unlike, shown
from touchpoints.core.quiz_reading import IDEAS
from touchpoints.course.fields import NAME, as_choice, as_page
from touchpoints.course.source_files import load_source

#: The levels of Bloom's revised taxonomy, the simplest first.
LEVELS: Final = ("remember", "understand", "apply", "analyse", "evaluate", "create")
#: What can assess a goal.
KINDS: Final = ("quiz", "exercise", "assignment", "rubric")
_REFERENCE: Final = re.compile(rf"({'|'.join(KINDS)}):({NAME})/({NAME})")
_MOST: Final = 200


@dataclass(frozen=True, order=True)
class Assessment:
    """A place where a goal is assessed.

    Attributes:
        kind: "quiz", "exercise", "assignment" or "rubric".
        file: Name of the question file, notebook or rubric.
        id: Id of the question or row in it.
    """

    kind: str
    file: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.file}/{self.id}"


@dataclass(frozen=True)
class Goal:
    """A learning goal.

    Attributes:
        id: Stable key.
        chapter: Address of its chapter in the book, without ending.
        ideas: Codes of the ideas it is about; empty where a chapter teaches a method.
        goal: The sentence, which begins with a verb.
        level: One of `LEVELS`.
        assessed_by: What shows whether it is reached, at least one.
    """

    id: str
    chapter: str
    ideas: tuple[str, ...]
    goal: str
    level: str
    assessed_by: tuple[Assessment, ...]


def load_goals(path: Path) -> tuple[Goal, ...]:
    """Read and check a file of goals.

    Args:
        path: The file, `goals.yml`.

    Returns:
        The goals in its order.

    Raises:
        InputError: If anything is wrong; the message names file, goal and field.
    """
    return load_source(path, "a file of learning goals", read_goals)


def read_goals(content: Any, source: str = "goals") -> tuple[Goal, ...]:  # noqa: ANN401  (hostile)
    """Check parsed goals completely.

    Args:
        content: The file's content as plain data.
        source: Name of the file, for messages.

    Returns:
        The goals in its order.

    Raises:
        InputError: If anything is wrong; the message names file, goal and field.

    Example:
        >>> entry = {"id": "fans-rule", "chapter": "book/fans/fans-and-grades", "ideas": ["C11"]}
        >>> entry |= {"goal": "State a fan rule.", "level": "remember", "assessed_by": []}
        >>> read_goals({"goals": [entry]}, "goals.yml")
        Traceback (most recent call last):
        ...
        touchpoints.core.errors.InputError: Found goals.yml, goal 'fans-rule', assessed_by: 0 of
        them; allowed is 1 to 12; add or remove.
    """
    entries = as_list(as_fields(content, source, ("goals",))["goals"], f"{source}, goals", (1, 200))
    goals = tuple(_goal(entry, source, number) for number, entry in enumerate(entries, 1))
    require_unlike([goal.id for goal in goals], source, "id")
    return goals


def _goal(content: Any, source: str, number: int) -> Goal:  # noqa: ANN401
    names = ("id", "chapter", "ideas", "goal", "level", "assessed_by")
    fields = as_fields(content, f"{source}, goal {number}", names)
    name = as_key(fields["id"], f"{source}, goal {number}, id")
    place = f"{source}, goal {name!r}"
    ideas = as_list(fields["ideas"], f"{place}, ideas", (0, len(IDEAS)))
    for idea in ideas:
        if idea not in IDEAS:
            raise InputError(f"{place}, ideas: {shown(idea)}", "C01 to C39", "correct the code")
    require_unlike(ideas, place, "idea")
    given = as_list(fields["assessed_by"], f"{place}, assessed_by", (1, 12))
    require_unlike([str(entry) for entry in given], place, "assessed_by")
    return Goal(
        name,
        as_page(fields["chapter"], f"{place}, chapter"),
        tuple(ideas),
        _sentence(fields["goal"], f"{place}, goal"),
        as_choice(fields["level"], f"{place}, level", LEVELS),
        tuple(_assessment(entry, f"{place}, assessed_by") for entry in given),
    )


def _sentence(value: Any, place: str) -> str:  # noqa: ANN401
    text = as_words(value, place)
    if len(text) > _MOST or not text[0].isupper() or not text.endswith("."):
        raise InputError(
            f"{place}: {shown(text)}",
            f"one sentence of {_MOST} characters at most with a capital and a full stop",
            'write what one can do afterwards, as "State a fan rule."',
        )
    return text


def _assessment(value: Any, place: str) -> Assessment:  # noqa: ANN401
    found = _REFERENCE.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise InputError(
            f"{place}: {shown(value)}",
            f"kind:file/id with the kinds {', '.join(KINDS)}",
            "write it as quiz:fans-and-grades/fan-rule",
        )
    return Assessment(*found.groups())
