"""Whether what the teaching material refers to is there, in itself and in the book."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from touchpoints.core.errors import nearest
from touchpoints.course.book_pages import BookPages
from touchpoints.course.cases import ROLE_PLAY
from touchpoints.course.goals import Assessment
from touchpoints.course.sources import notebooks_folder, teaching_folder
from touchpoints.course.teaching import Teaching
from touchpoints.questions import list_quizzes, load_quiz

_SOURCE: Final = ".src.ipynb"
_NAME: Final = re.compile(r"^name: (\w+)$", re.MULTILINE)


def assessments(teaching: Teaching) -> frozenset[Assessment]:
    """Return all that can assess a goal: questions of quizzes, exercises, assignments; rubric rows.

    Args:
        teaching: The teaching material, for its rubrics.
    """
    found = {
        Assessment("rubric", r.name, row.id) for r in teaching.rubrics.values() for row in r.rows
    }
    for place in list_quizzes():
        found |= {Assessment("quiz", place.name, q.id) for q in load_quiz(place.name).questions}
    for kind, folder in (
        ("exercise", notebooks_folder() / "exercises"),
        ("assignment", teaching_folder() / "assignments"),
    ):
        for path in folder.glob(f"*{_SOURCE}"):
            name = path.name.removesuffix(_SOURCE)
            found |= {Assessment(kind, name, question) for question in _questions(path)}
    return frozenset(found)


def _questions(source: Path) -> Iterator[str]:
    """Name the questions of an Otter Assign source."""
    for cell in json.loads(source.read_text("utf-8"))["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "raw" and text.startswith("# BEGIN QUESTION"):
            yield from _NAME.findall(text)


def broken(teaching: Teaching, book: BookPages, there: Collection[Assessment]) -> tuple[str, ...]:
    """Check what files refer to in other files.

    Args:
        teaching: The teaching material.
        book: What is known of the book.
        there: What can assess a goal, as `assessments` finds it.

    Returns:
        A sentence for each reference that leads nowhere, naming file and field; none if all is
        well.
    """
    return (
        *_goals(teaching, book, there),
        *_lessons(teaching, book),
        *_cases(teaching, book),
        *_rubrics(teaching),
        *_patterns(teaching),
    )


def _missing(place: str, name: object, known: Collection[object]) -> Iterator[str]:
    if name not in known:
        yield f"{place}: no {name}{nearest(name, known)}"


def _goals(teaching: Teaching, book: BookPages, there: Collection[Assessment]) -> Iterator[str]:
    taught = {name for lesson in teaching.lessons.values() for name in lesson.goals}
    guided = {guide.page for guide in teaching.guides.values()}
    for goal in teaching.goals.values():
        place = f"goals.yml, {goal.id}"
        yield from _missing(f"{place}, chapter", goal.chapter, book.pages)
        if goal.id not in taught and goal.chapter not in guided:
            yield f"{place}: no lesson or discussion guide works on it"
        for assessment in goal.assessed_by:
            yield from _missing(f"{place}, assessed_by", assessment, there)


def _lessons(teaching: Teaching, book: BookPages) -> Iterator[str]:
    for lesson in teaching.lessons.values():
        place = f"lessons/{lesson.name}.yml"
        yield from _missing(f"{place}, chapter", lesson.chapter, book.pages)
        for name in lesson.goals:
            yield from _missing(f"{place}, goals", name, teaching.goals)
            if name in teaching.goals and teaching.goals[name].chapter != lesson.chapter:
                yield f"{place}, goals: {name} is a goal of {teaching.goals[name].chapter}"
        for index, step in enumerate(lesson.steps):
            if step.tool:
                yield from _missing(f"{place}, step {index}, tool", step.tool, book.pages)


def _cases(teaching: Teaching, book: BookPages) -> Iterator[str]:
    for guide in teaching.guides.values():
        place = f"cases/{guide.name}.yml"
        yield from _missing(f"{place}, page", guide.page, book.pages)
        known = {case for page in book.pages.values() for case in page.cases.items()}
        words = {word for case in known for word in case}
        for case in guide.cases:
            yield from _missing(f"{place}, case", case.case, words)


def _rubrics(teaching: Teaching) -> Iterator[str]:
    for rubric in teaching.rubrics.values():
        for row in rubric.rows:
            for name in row.goals:
                place = f"rubrics/{rubric.name}.yml, {row.id}, goals"
                yield from _missing(place, name, teaching.goals)


def _patterns(teaching: Teaching) -> Iterator[str]:
    guides = {*teaching.guides, *((ROLE_PLAY,) if teaching.role_play else ())}
    for pattern in teaching.patterns.values():
        for session in pattern.sessions:
            place = f"patterns/{pattern.name}.yml, {session.title}"
            for name in session.lessons:
                yield from _missing(f"{place}, lessons", name, teaching.lessons)
            for name in session.cases:
                yield from _missing(f"{place}, cases", name, guides)
            if session.assignment:
                yield from _missing(
                    f"{place}, assignment", session.assignment, teaching.assignments
                )
