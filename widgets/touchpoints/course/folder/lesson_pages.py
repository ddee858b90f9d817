"""Plans of lessons, discussion guides, role play and rubrics as pages for the lecturer."""

from __future__ import annotations

from typing import Final

from touchpoints.course.cases import SIDES, DiscussionGuide, RolePlay
from touchpoints.course.folder.markdown import bullets, page, plain, table
from touchpoints.course.folder.material import Material
from touchpoints.course.folder.plan import TaughtLesson
from touchpoints.course.lessons import Lesson, Step
from touchpoints.course.rubrics import Rubric

_WORK: Final = {
    "whole": "whole class",
    "pairs": "in pairs",
    "groups": "in groups",
    "alone": "alone",
}
_SIDE: Final = {"channel": "For the channels", "customer": "For the customers"}


def lesson_page(taught: TaughtLesson, material: Material) -> str:
    """Write the plan of a lesson as Markdown.

    Args:
        taught: The lesson, and whether the course has it in its short version.
        material: What the course is made of.
    """
    lesson = taught.lesson
    goals = [material.teaching.goals[name] for name in lesson.goals]
    note = (
        f"**In this course: the short version of {taught.minutes} minutes.** Steps in brackets "
        "belong to the long one."
        if taught.short
        else f"{lesson.minutes} minutes; {lesson.short_minutes} in the short version."
    )
    return page(
        f"Lesson: {_title(lesson, material)}",
        f"{note} Chapter: *{material.link(lesson.chapter)}*.",
        f"## Goals\n\n{bullets(f'{plain(g.goal)} *({g.level})*' for g in goals)}",
        f"## Before\n\n{bullets(map(plain, lesson.prepare))}" if lesson.prepare else "",
        f"## At a glance\n\n{_glance(taught)}",
        _opening(lesson),
        *(_step(number, step, material) for number, step in enumerate(lesson.steps, 1)),
        f"## What is often mistaken\n\n{_misconceptions(lesson)}",
        f"## Homework\n\n{plain(lesson.homework)}",
        f"## If time is short\n\n{plain(lesson.may_skip)}",
    )


def _title(lesson: Lesson, material: Material) -> str:
    found = material.book.pages.get(lesson.chapter)
    return found.title if found else lesson.name


def _glance(taught: TaughtLesson) -> str:
    lesson = taught.lesson
    rows = [("", "Opening question", _WORK["whole"], str(lesson.opening.minutes))]
    for index, step in enumerate(lesson.steps):
        left_out = taught.short and index not in lesson.short
        title = f"({plain(step.title)})" if left_out else plain(step.title)
        short = "" if index in lesson.short else ", long version only"
        minutes = f"({step.minutes})" if left_out else str(step.minutes)
        rows.append((str(index + 1), title, _WORK[step.work], f"{minutes}{short}"))
    return table(("Step", "What", "Who", "Minutes"), rows)


def _opening(lesson: Lesson) -> str:
    opening = lesson.opening
    return (
        f"## Opening ({opening.minutes} minutes)\n\n> {plain(opening.question)}\n\n"
        f"*What to expect:* {plain(opening.expect)}"
    )


def _step(number: int, step: Step, material: Material) -> str:
    parts = [
        f"## {number}. {plain(step.title)} ({step.minutes} minutes, {_WORK[step.work]})",
        plain(step.do),
        f"*On the slide:* {' / '.join(map(plain, step.task))}" if step.task else "",
        f"*Tool:* {material.link(step.tool)}" if step.tool else "",
        f"*On the board:* {plain(step.board)}" if step.board else "",
    ]
    return "\n\n".join(part for part in parts if part)


def _misconceptions(lesson: Lesson) -> str:
    rows = [(plain(one.belief), plain(one.answer)) for one in lesson.misconceptions]
    return table(("What is said", "Answer"), rows)


def guide_page(guide: DiscussionGuide | RolePlay, material: Material) -> str:
    """Write a discussion guide or the role play as Markdown.

    Args:
        guide: The guide.
        material: What the course is made of.
    """
    if isinstance(guide, RolePlay):
        return _role_play(guide)
    found = material.book.pages.get(guide.page)
    cases = found.cases if found else {}
    parts = [
        f"## {plain(cases.get(one.case, one.case))}\n\n{bullets(map(plain, one.ask), '1.')}\n"
        f"*What turns the discussion:* {plain(one.turn)}\n\n*What goes wrong:* {plain(one.trap)}"
        for one in guide.cases
    ]
    return page(
        f"Discussion guide: {found.title if found else guide.name}",
        f"{guide.minutes} minutes. The cases are told on the page {material.link(guide.page)}.",
        f"> {plain(guide.question)}",
        *parts,
        f"## Close\n\n{plain(guide.close)}",
    )


def _role_play(play: RolePlay) -> str:
    rounds = [(str(i), plain(r.what), str(r.minutes)) for i, r in enumerate(play.rounds, 1)]
    return page(
        f"Role play: {play.title}",
        f"{play.minutes} minutes.",
        f"## The situation\n\n{plain(play.situation)}",
        f"## Rounds\n\n{table(('', 'What', 'Minutes'), rounds)}",
        *(_roles(play, side) for side in SIDES),
        f"## Afterwards\n\n{bullets(map(plain, play.debrief), '1.')}",
    )


def _roles(play: RolePlay, side: str) -> str:
    # Quotes print with a line around them, each on one page: cards to cut out.
    cards = [
        f"> ### {plain(role.name)}\n>\n> {plain(role.brief)}\n>\n> *Wants:* {plain(role.wants)}"
        f"\n>\n> *Knows:* {plain(role.knows)}"
        for role in play.roles
        if role.side == side
    ]
    return "\n\n".join([f"## {_SIDE[side]}", *cards])


def rubric_page(rubric: Rubric) -> str:
    """Write a rubric as Markdown.

    Args:
        rubric: The rubric.
    """
    parts = []
    for row in rubric.rows:
        levels = [(str(level.points), plain(level.text)) for level in row.levels]
        parts.append(f"## {plain(row.criterion)}\n\n{table(('Points', 'What is there'), levels)}")
    blank = [(plain(r.criterion), f"of {r.levels[-1].points}", "") for r in rubric.rows]
    total = ("**Together**", f"of {rubric.points}", "")
    return page(
        f"Rubric: {rubric.title}",
        f"{rubric.points} points together. The level that fits best counts; points in between are "
        "fine where a text lies in between, with a word why.",
        *parts,
        f"## Sheet\n\n{table(('Criterion', 'Points', 'Why'), [*blank, total])}",
    )
