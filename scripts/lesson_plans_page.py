"""Write the page "Lesson plans and goals" from the sources of a course.

usage: python scripts/lesson_plans_page.py
"""

from __future__ import annotations

from contents import ROOT

from touchpoints.course.book_pages import BookPages, load_book_pages
from touchpoints.course.folder.markdown import plain
from touchpoints.course.goals import KINDS, Goal
from touchpoints.course.lessons import Lesson
from touchpoints.course.teaching import Teaching, load_teaching

PAGE = ROOT / "book" / "teaching" / "lesson-plans.md"

INTRODUCTION = """# Lesson plans and goals

There is a plan for each chapter: minutes, an opening question, steps with a tool, what is often
mistaken with an answer, homework, and a version of 45 minutes. `touchpoints course new` writes the
whole plans into a course's folder, as Markdown and to print; {doc}`/book/teaching/start-a-course`
says how. This page is the overview of {lessons} lessons, {goals} learning
goals and {guides} discussion guides.

**Each goal is assessed somewhere.** Below a goal stands what shows whether it is reached: a
question of a quiz, a task with checks in an exercise, a question of an assignment, a row of a
rubric. A goal that nothing assesses is a wish, and a test of the kit fails on it. The words in
brackets are the levels of Bloom's revised taxonomy; they say what a task asks for, not how hard it
is.

The page is written from `teaching/` by `python scripts/lesson_plans_page.py`.
"""


def page(teaching: Teaching, book: BookPages) -> str:
    """Write the page.

    Args:
        teaching: The teaching material.
        book: What is known of the book; its order is that of the page.
    """
    order = list(book.pages)
    lessons = sorted(teaching.lessons.values(), key=lambda lesson: order.index(lesson.chapter))
    taught = {name for lesson in lessons for name in lesson.goals}
    guides = sorted(teaching.guides.values(), key=lambda guide: order.index(guide.page))
    # Not a format string: the introduction holds the braces of MyST.
    introduction = INTRODUCTION
    counts = {"lessons": lessons, "goals": teaching.goals, "guides": guides}
    for name, found in counts.items():
        introduction = introduction.replace(f"{{{name}}}", str(len(found)))
    of_cases = [goal for goal in teaching.goals.values() if goal.id not in taught]
    cases = "".join(
        f"- {{doc}}`/{guide.page}`: {guide.minutes} minutes, {len(guide.cases)} cases. "
        f"*{plain(guide.question)}*\n"
        for guide in guides
    )
    return "\n".join(
        [
            introduction,
            *(_lesson(lesson, teaching, book) for lesson in lessons),
            f"## Cases\n\n{cases}\n{_role_play(teaching)}{_goals(of_cases)}",
        ]
    )


def _lesson(lesson: Lesson, teaching: Teaching, book: BookPages) -> str:
    goals = [teaching.goals[name] for name in lesson.goals]
    return (
        f"## {book.pages[lesson.chapter].title}\n\n"
        f"{{doc}}`The chapter </{lesson.chapter}>` · {lesson.minutes} minutes, short version "
        f"{lesson.short_minutes}\n\n> {plain(lesson.opening.question)}\n\n{_goals(goals)}"
    )


def _goals(goals: list[Goal]) -> str:
    return "".join(
        f"- {plain(goal.goal)} *({goal.level})*\\\n  {_assessed(goal)}\n" for goal in goals
    )


def _assessed(goal: Goal) -> str:
    """Name what assesses a goal, by kind and file."""
    parts = []
    for kind in KINDS:
        found = [a for a in goal.assessed_by if a.kind == kind]
        files = dict.fromkeys(a.file for a in found)
        parts += [
            f"{kind} *{file}*: {', '.join(a.id for a in found if a.file == file)}" for file in files
        ]
    return " · ".join(parts)


def _role_play(teaching: Teaching) -> str:
    play = teaching.role_play
    if play is None:
        return ""
    return f"**Role play: {play.title}**, {play.minutes} minutes, {len(play.roles)} roles.\n\n"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(load_teaching(), load_book_pages()), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
