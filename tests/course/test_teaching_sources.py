"""The teaching material fits together and fits the book; whatever refers to nothing is named."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import contents
import course_book
import lesson_plans_page
import pytest

from touchpoints.course.assignments import load_assignment
from touchpoints.course.book_pages import BookPages, load_book_pages
from touchpoints.course.folder.config import CourseConfig
from touchpoints.course.folder.plan import make_plan
from touchpoints.course.goals import Assessment
from touchpoints.course.lessons import SHORT_MINUTES
from touchpoints.course.references import assessments, broken
from touchpoints.course.teaching import Teaching, load_teaching


@pytest.fixture(scope="module")
def teaching() -> Teaching:
    return load_teaching()


@pytest.fixture(scope="module")
def book() -> BookPages:
    return load_book_pages()


@pytest.fixture(scope="module")
def there(teaching) -> frozenset[Assessment]:
    return assessments(teaching)


def test_every_reference_leads_somewhere(teaching, book, there):
    assert broken(teaching, book, there) == ()


def test_what_can_assess_is_found_in_all_four_places(there):
    assert {a.kind for a in there} == {"quiz", "exercise", "assignment", "rubric"}
    assert Assessment("exercise", "fan_rates", "fan_status") in there


def test_what_the_course_knows_of_the_book_is_up_to_date(root: Path):
    expected = course_book.content(contents.pages(root))
    assert (root / "teaching" / "book.yml").read_text("utf-8") == expected


def test_the_page_of_lesson_plans_is_up_to_date(root: Path, teaching, book):
    expected = lesson_plans_page.page(teaching, book)
    assert (root / "book" / "teaching" / "lesson-plans.md").read_text("utf-8") == expected


@pytest.mark.parametrize("name", sorted(load_teaching().lessons))
def test_minutes_of_a_lesson_add_up(teaching, name):
    lesson = teaching.lessons[name]
    assert lesson.opening.minutes + sum(step.minutes for step in lesson.steps) == lesson.minutes
    assert lesson.short_minutes <= SHORT_MINUTES


@pytest.mark.parametrize("name", sorted(load_teaching().lessons))
def test_every_step_tells_the_class_what_to_do(teaching, book, name):
    lesson = teaching.lessons[name]
    for step in lesson.steps:
        assert step.task, step.title
        task = " ".join(step.task)
        assert step.title != task != step.board
        if step.tool:
            assert book.pages[step.tool].title.removeprefix("The ") in task, step.title
            quoted = set(re.findall(r"“([^…”]+)”", task))
            assert quoted <= set(re.findall(r'"([^"]+)"', step.do)), step.title


@pytest.mark.parametrize("name", ["workshop", "blocks", "weeks"])
def test_sessions_of_a_pattern_fit_their_minutes(teaching, name):
    plan = make_plan(CourseConfig(pattern=name), teaching)
    assert all(session.spare >= 0 for session in plan.sessions)
    taught = [t.minutes for s in plan.sessions for t in s.lessons]
    guided = [g.minutes for s in plan.sessions for g in s.guides]
    breaks = [s.breaks + s.spare for s in plan.sessions]
    assert sum(taught) + sum(guided) + sum(breaks) == sum(s.minutes for s in plan.sessions)


@pytest.mark.parametrize("name", ["blocks", "weeks"])
def test_an_assignment_is_given_out_when_its_chapters_were_taught(teaching, book, name):
    taught: list[str] = []
    for session in make_plan(CourseConfig(pattern=name), teaching).sessions:
        taught += [book.pages[lesson.lesson.chapter].title for lesson in session.lessons]
        if session.assignment:
            tasks = load_assignment(session.assignment).tasks
            needs = re.findall(r"\*([A-Z][^*]+)\*", re.search(r"You need the [^.:]+", tasks)[0])
            asked = [n for n in needs if n in {page.title for page in book.pages.values()}]
            assert asked
            assert set(asked) <= set(taught), session.title


def test_the_page_says_which_pattern_gives_out_what(root: Path, teaching):
    given = {
        name: [s.assignment for s in pattern.sessions if s.assignment]
        for name, pattern in teaching.patterns.items()
    }
    page = (root / "book" / "teaching" / "assignments.md").read_text("utf-8")
    order = [x.replace("-", "_") for x in re.findall(r"^\(assignment-(.+)\)=$", page, re.MULTILINE)]
    assert "all seven are given out, the project in the last session" in page
    assert sorted(given["weeks"]) == sorted(order)
    assert teaching.patterns["weeks"].sessions[-1].assignment == "replication"
    assert "in five blocks the first four; in the workshop none" in page
    assert sorted(given["blocks"]) == sorted(order[:4])
    assert given["workshop"] == []


def changed_goal(teaching: Teaching, **changes) -> Teaching:
    goal = teaching.goals["channels-claims"]
    return replace(teaching, goals=teaching.goals | {goal.id: replace(goal, **changes)})


def changed_lesson(teaching: Teaching, **changes) -> Teaching:
    lesson = teaching.lessons["fans-and-grades"]
    return replace(teaching, lessons=teaching.lessons | {lesson.name: replace(lesson, **changes)})


def changed_session(teaching: Teaching, **changes) -> Teaching:
    pattern = teaching.patterns["weeks"]
    sessions = (replace(pattern.sessions[0], **changes), *pattern.sessions[1:])
    return replace(
        teaching, patterns=teaching.patterns | {"weeks": replace(pattern, sessions=sessions)}
    )


BROKEN = [
    (
        lambda t: changed_goal(t, assessed_by=(Assessment("quiz", "fans-and-grades", "fan-rul"),)),
        (
            "goals.yml, channels-claims, assessed_by: no quiz:fans-and-grades/fan-rul "
            "(did you mean 'quiz:fans-and-grades/fan-rule'?)"
        ),
    ),
    (
        lambda t: changed_goal(t, chapter="book/fans/fans-and-grade"),
        (
            "goals.yml, channels-claims, chapter: no book/fans/fans-and-grade "
            "(did you mean 'book/fans/fans-and-grades'?)"
        ),
    ),
    (
        lambda t: changed_lesson(t, goals=("fans-rul",)),
        "lessons/fans-and-grades.yml, goals: no fans-rul (did you mean 'fans-rule'?)",
    ),
    (
        lambda t: changed_lesson(t, goals=()),
        "goals.yml, fans-rule: no lesson or discussion guide works on it",
    ),
    (
        lambda t: changed_session(t, lessons=("fans",)),
        "patterns/weeks.yml, What customers meet, lessons: no fans",
    ),
    (
        lambda t: changed_session(t, cases=("roleplay",)),
        "patterns/weeks.yml, What customers meet, cases: no roleplay (did you mean 'role-play'?)",
    ),
    (
        lambda t: changed_session(t, assignment="first_loo"),
        (
            "patterns/weeks.yml, What customers meet, assignment: no first_loo "
            "(did you mean 'first_look'?)"
        ),
    ),
]


@pytest.mark.parametrize(("change", "said"), BROKEN, ids=[said[:50] for _, said in BROKEN])
def test_a_reference_that_leads_nowhere_is_named(teaching, book, there, change, said):
    assert said in broken(change(teaching), book, there)
