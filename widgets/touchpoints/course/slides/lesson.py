"""What slides need of a lesson plan: opening, steps, misconceptions, homework."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from touchpoints.core.errors import InputError, echo
from touchpoints.plain_yaml import read_yaml

_FORM: Final = "a lesson plan like those in teaching/lessons"


@dataclass(frozen=True)
class Step:
    """One step of a lesson.

    Attributes:
        minutes: How long it takes.
        title: Its name.
        do: What the lecturer does, as text.
        tool: The toolbox page it uses, or nothing.
        board: What stands on the board, or nothing.
        work: Who works: "alone", "pairs", "groups" or "whole".
        until: The minute of the lesson at which it ends.
    """

    minutes: int
    title: str
    do: str
    tool: str
    board: str
    work: str
    until: int


@dataclass(frozen=True)
class Lesson:
    """A lesson plan as the slides use it.

    Attributes:
        question: The opening question.
        expect: What answers to expect.
        opening_minutes: How long the opening takes.
        steps: What follows.
        misconceptions: Beliefs and the answer to each.
        homework: What is done at home.
        minutes: How long the whole lesson takes.
    """

    question: str
    expect: str
    opening_minutes: int
    steps: tuple[Step, ...]
    misconceptions: tuple[tuple[str, str], ...]
    homework: str
    minutes: int


def read_lesson(path: Path) -> Lesson:
    """Read a lesson plan.

    Args:
        path: The YAML file.

    Returns:
        What slides need of it.

    Raises:
        InputError: If a field that slides need is missing or of another kind.
    """
    plan = read_yaml(path, "a lesson plan", _FORM)
    opening = _field(plan, "opening", dict, path)
    minute = _field(opening, "minutes", int, path)
    steps = []
    for step in _field(plan, "steps", list, path):
        minutes = _field(step, "minutes", int, path)
        minute += minutes
        texts = {name: _field(step, name, str, path) for name in ("title", "do", "work")}
        tool, board = step.get("tool") or "", step.get("board") or ""
        steps.append(Step(minutes=minutes, tool=str(tool), board=str(board), until=minute, **texts))
    wrong = [
        (_field(m, "belief", str, path), _field(m, "answer", str, path))
        for m in _field(plan, "misconceptions", list, path)
    ]
    return Lesson(
        question=_field(opening, "question", str, path),
        expect=_field(opening, "expect", str, path),
        opening_minutes=_field(opening, "minutes", int, path),
        steps=tuple(steps),
        misconceptions=tuple(wrong),
        homework=_field(plan, "homework", str, path),
        minutes=minute,
    )


def _field(mapping: Any, name: str, kind: type, path: Path) -> Any:  # noqa: ANN401  (checked here)
    value = mapping.get(name) if isinstance(mapping, dict) else None
    if not isinstance(value, kind) or isinstance(value, bool):
        raise InputError(
            f"{path.name}, {name}: {echo(value)}", f"{kind.__name__} there", f"see {_FORM}"
        )
    return value
