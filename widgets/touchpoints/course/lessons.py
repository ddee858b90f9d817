"""Lesson plans: one chapter in so many minutes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from touchpoints.core.errors import InputError
from touchpoints.core.quiz_fields import (
    as_fields,
    as_list,
    as_whole,
    as_words,
    require_unlike,
)
from touchpoints.course.fields import as_choice, as_names, as_page, as_prose, as_sentences
from touchpoints.course.source_files import load_named

#: What the short version of a lesson may take.
SHORT_MINUTES: Final = 45
#: Who works with whom.
WORK: Final = ("whole", "pairs", "groups", "alone")
_MINUTES: Final = (20, 240)
_PART: Final = (1, 120)
#: What a task may take, so that a slide shows it large: lines, and words in all of them.
TASK_LINES: Final = (1, 3)
TASK_WORDS: Final = 36


@dataclass(frozen=True)
class Opening:
    """How a lesson begins.

    Attributes:
        question: What the lecturer asks.
        minutes: How long it takes.
        expect: What usually comes, and how to use it.
    """

    question: str
    minutes: int
    expect: str


@dataclass(frozen=True)
class Step:
    """One step of a lesson.

    Attributes:
        minutes: How long it takes.
        title: Its heading.
        do: What happens, for the lecturer.
        tool: Address of the page in the book that it needs, without ending, or None.
        board: What stands on the board afterwards, or None.
        work: "whole" class, "pairs", "groups" or "alone".
        task: What the class is asked to do, as its slide shows it: lines of `TASK_WORDS` words in
            all; none in a plan without.
    """

    minutes: int
    title: str
    do: str
    tool: str | None
    board: str | None
    work: str
    task: tuple[str, ...] = ()


@dataclass(frozen=True)
class Misconception:
    """A typical misconception and the answer to it."""

    belief: str
    answer: str


@dataclass(frozen=True)
class Lesson:
    """The plan of a lesson.

    Attributes:
        chapter: Address of its chapter in the book, without ending.
        minutes: How long it takes: opening and all steps.
        goals: Ids of the learning goals it works on.
        prepare: What the lecturer does before.
        opening: How it begins.
        steps: What follows, in order.
        misconceptions: What is typically mistaken, with answers.
        homework: What is done at home.
        may_skip: What can be left out where time is short.
        short: Indexes of the steps of the version of 45 minutes.
    """

    chapter: str
    minutes: int
    goals: tuple[str, ...]
    prepare: tuple[str, ...]
    opening: Opening
    steps: tuple[Step, ...]
    misconceptions: tuple[Misconception, ...]
    homework: str
    may_skip: str
    short: tuple[int, ...]

    @property
    def name(self) -> str:
        """Name of the lesson, which is that of the chapter's file."""
        return self.chapter.rpartition("/")[2]

    @property
    def short_minutes(self) -> int:
        """Minutes of the short version."""
        return self.opening.minutes + sum(self.steps[index].minutes for index in self.short)


def load_lesson(path: Path) -> Lesson:
    """Read and check the plan of a lesson; its file is called like its chapter.

    Args:
        path: The file.

    Returns:
        The lesson.

    Raises:
        InputError: If anything is wrong; the message names file and field.
    """
    return load_named(path, "the plan of a lesson", read_lesson, "chapter")


def read_lesson(content: Any, source: str = "lesson") -> Lesson:  # noqa: ANN401  (hostile)
    """Check the parsed plan of a lesson completely.

    Args:
        content: The file's content as plain data.
        source: Name of the file, for messages.

    Returns:
        The lesson.

    Raises:
        InputError: If anything is wrong, the minutes of the parts don't add up, or the short
            version takes more than 45; the message names file and field.
    """
    names = tuple(Lesson.__dataclass_fields__)
    fields = as_fields(content, source, names)
    opening = as_fields(fields["opening"], f"{source}, opening", ("question", "minutes", "expect"))
    steps = as_list(fields["steps"], f"{source}, steps", (1, 12))
    lesson = Lesson(
        chapter=as_page(fields["chapter"], f"{source}, chapter"),
        minutes=as_whole(fields["minutes"], f"{source}, minutes", _MINUTES),
        goals=as_names(fields["goals"], f"{source}, goals", (1, 12)),
        prepare=as_sentences(fields["prepare"], f"{source}, prepare", (0, 12)),
        opening=Opening(
            as_prose(opening["question"], f"{source}, opening, question"),
            as_whole(opening["minutes"], f"{source}, opening, minutes", _PART),
            as_prose(opening["expect"], f"{source}, opening, expect"),
        ),
        steps=tuple(_step(step, f"{source}, step {i}") for i, step in enumerate(steps)),
        misconceptions=_misconceptions(fields["misconceptions"], source),
        homework=as_prose(fields["homework"], f"{source}, homework"),
        may_skip=as_prose(fields["may_skip"], f"{source}, may_skip"),
        short=_short(fields["short"], len(steps), source),
    )
    _require_minutes(lesson, source)
    return lesson


def _step(content: Any, place: str) -> Step:  # noqa: ANN401
    required, further = ("minutes", "title", "do", "work"), ("task", "tool", "board")
    fields = as_fields(content, place, required, further)
    task, tool, board = fields.get("task"), fields.get("tool"), fields.get("board")
    return Step(
        as_whole(fields["minutes"], f"{place}, minutes", _PART),
        as_words(fields["title"], f"{place}, title"),
        as_prose(fields["do"], f"{place}, do"),
        None if tool is None else as_page(tool, f"{place}, tool"),
        None if board is None else as_prose(board, f"{place}, board"),
        as_choice(fields["work"], f"{place}, work", WORK),
        () if task is None else _task(task, f"{place}, task"),
    )


def _task(content: Any, place: str) -> tuple[str, ...]:  # noqa: ANN401
    lines = as_sentences(content, place, TASK_LINES)
    words = sum(len(line.split()) for line in lines)
    if words > TASK_WORDS:
        raise InputError(
            f"{place}: {words} words", f"{TASK_WORDS} at most, for a slide", "say it shorter"
        )
    return lines


def _misconceptions(content: Any, source: str) -> tuple[Misconception, ...]:  # noqa: ANN401
    found = []
    for number, entry in enumerate(as_list(content, f"{source}, misconceptions", (1, 10)), 1):
        place = f"{source}, misconception {number}"
        fields = as_fields(entry, place, ("belief", "answer"))
        belief, answer = (as_prose(fields[k], f"{place}, {k}") for k in ("belief", "answer"))
        found.append(Misconception(belief, answer))
    return tuple(found)


def _short(content: Any, steps: int, source: str) -> tuple[int, ...]:  # noqa: ANN401
    place = f"{source}, short"
    indexes = [as_whole(i, place, (0, steps - 1)) for i in as_list(content, place, (1, steps))]
    require_unlike([str(index) for index in indexes], place, "step")
    if indexes != sorted(indexes):
        raise InputError(f"{place}: {indexes}", "indexes in rising order", "sort them")
    return tuple(indexes)


def _require_minutes(lesson: Lesson, source: str) -> None:
    together = lesson.opening.minutes + sum(step.minutes for step in lesson.steps)
    if together != lesson.minutes:
        raise InputError(
            f"{source}: opening and steps of {together} minutes",
            f"the {lesson.minutes} of the lesson",
            "correct the minutes of a step or of the lesson",
        )
    if lesson.short_minutes > SHORT_MINUTES:
        raise InputError(
            f"{source}, short: {lesson.short_minutes} minutes with the opening",
            f"{SHORT_MINUTES} at most",
            "leave a step out",
        )
