"""Whatever is wrong in a source of a course is told in one sentence with file and field."""

from __future__ import annotations

import copy

import pytest

from touchpoints.core.errors import InputError
from touchpoints.course.cases import load_guide, read_guide, read_role_play
from touchpoints.course.goals import load_goals, read_goals
from touchpoints.course.lessons import load_lesson, read_lesson
from touchpoints.course.patterns import read_pattern
from touchpoints.course.rubrics import load_rubric, read_rubric

GOALS = {
    "goals": [
        {
            "id": "fans-rule",
            "chapter": "book/fans/fans-and-grades",
            "ideas": ["C11", "C12"],
            "goal": "State a fan rule.",
            "level": "remember",
            "assessed_by": ["quiz:fans-and-grades/fan-rule"],
        }
    ]
}
LESSON = {
    "chapter": "book/fans/fans-and-grades",
    "minutes": 60,
    "goals": ["fans-rule"],
    "prepare": ["Open the explorer."],
    "opening": {"question": "Whose fan are you?", "minutes": 10, "expect": "Football."},
    "steps": [
        {"minutes": 30, "title": "A rule", "do": "Write one.", "work": "pairs", "tool": None},
        {
            "minutes": 20,
            "title": "Its gaps",
            "do": "Find what `fan` leaves out.",
            "work": "whole",
            "board": "who is missing?",
        },
    ],
    "misconceptions": [{"belief": "All are fans.", "answer": "Count."}],
    "homework": "Exercise 1.",
    "may_skip": "The second step.",
    "short": [0],
}
GUIDE = {
    "page": "book/cases/before-the-contact",
    "minutes": 45,
    "question": "Too late?",
    "cases": [{"case": "case-bank", "ask": ["Who tells it?"], "turn": "A date.", "trap": "Haste."}],
    "close": "Compare.",
}
ROLES = {"brief": "You sell.", "wants": "More.", "knows": "Little."}
PLAY = {
    "title": "Silo against customer",
    "minutes": 30,
    "situation": "A parcel is lost.",
    "roles": [
        {"name": "Web shop", "side": "channel", **ROLES},
        {"name": "Buyer", "side": "customer", **ROLES},
    ],
    "rounds": [{"minutes": 10, "what": "Complain."}, {"minutes": 20, "what": "Answer."}],
    "debrief": ["Who listened?"],
}
RUBRIC = {
    "name": "replication",
    "title": "Replication",
    "rows": [
        {
            "id": "method",
            "criterion": "Method",
            "goals": ["fans-rule"],
            "levels": [{"points": 0, "text": "None."}, {"points": 4, "text": "Stated."}],
        }
    ],
}
PATTERN = {
    "name": "weeks",
    "title": "Weeks",
    "every_days": 7,
    "sessions": [
        {
            "title": "Fans",
            "minutes": 90,
            "lessons": ["fans-and-grades"],
            "cases": [],
            "assignment": None,
            "homework": True,
        }
    ],
}

RIGHT = [
    (read_goals, GOALS),
    (read_lesson, LESSON),
    (read_guide, GUIDE),
    (read_role_play, PLAY),
    (read_rubric, RUBRIC),
    (read_pattern, PATTERN),
]

#: Reader, what it is given, way to the changed value, the value, what the message says.
WRONG = [
    (read_goals, GOALS, ["goals", 0, "assessed_by"], [], "assessed_by: 0 of them"),
    (read_goals, GOALS, ["goals", 0, "assessed_by", 0], "fan-rule", "kind:file/id"),
    (read_goals, GOALS, ["goals", 0, "assessed_by", 0], "quizz:a/b", "kind:file/id"),
    (read_goals, GOALS, ["goals", 0, "level"], "aply", "did you mean 'apply'"),
    (read_goals, GOALS, ["goals", 0, "ideas", 0], "C40", "C01 to C39"),
    (read_goals, GOALS, ["goals", 0, "goal"], "state it", "one sentence of 200"),
    (read_goals, GOALS, ["goals", 0, "goal"], "<b>State.</b>", "plain text"),
    (read_goals, GOALS, ["goals", 0, "chapter"], "../../etc/passwd", "address of a page"),
    (read_goals, GOALS, ["goals", 0, "more"], 1, "field 'more'"),
    (read_goals, GOALS, ["goals"], GOALS["goals"] * 2, "id 'fans-rule' twice"),
    (read_lesson, LESSON, ["minutes"], 90, "opening and steps of 60 minutes"),
    (read_lesson, LESSON, ["short"], [0, 1], "short: 60 minutes with the opening"),
    (read_lesson, LESSON, ["short"], [2], "a whole number from 0 to 1"),
    (read_lesson, LESSON, ["steps", 1, "work"], "pair", "did you mean 'pairs'"),
    (read_lesson, LESSON, ["steps", 1, "tool"], "javascript:alert(1)", "address of a page"),
    (read_lesson, LESSON, ["steps", 1, "do"], "a\x07b", "plain text"),
    (read_lesson, LESSON, ["steps", 0, "task"], "Write one.", "step 0, task: 'Write one.'"),
    (read_lesson, LESSON, ["steps", 0, "task"], [], "task: 0 of them"),
    (read_lesson, LESSON, ["steps", 0, "task"], ["One."] * 4, "task: 4 of them"),
    (read_lesson, LESSON, ["steps", 0, "task"], ["Write <b>one</b>."], "plain text"),
    (read_lesson, LESSON, ["steps", 0, "task"], ["word " * 20] * 2, "task: 40 words"),
    (read_lesson, LESSON, ["homework"], 7, "lesson, homework: 7"),
    (read_lesson, LESSON, ["homework"], "one `tick", "plain text"),
    (read_lesson, LESSON, ["opening"], "Begin.", "lesson, opening: 'Begin.'"),
    (read_guide, GUIDE, ["cases"], [], "cases: 0 of them"),
    (read_guide, GUIDE, ["cases", 0, "ask"], "Why?", "ask: 'Why?'"),
    (read_role_play, PLAY, ["minutes"], 45, "rounds of 30 minutes"),
    (read_role_play, PLAY, ["roles", 1, "side"], "channel", "no role of side customer"),
    (read_role_play, PLAY, ["roles", 1, "name"], "Web shop", "role 'Web shop' twice"),
    (read_rubric, RUBRIC, ["rows", 0, "levels", 0, "points"], 1, "0 first, then rising"),
    (read_rubric, RUBRIC, ["rows", 0, "levels", 1, "points"], 0, "0 first, then rising"),
    (read_rubric, RUBRIC, ["rows", 0, "levels", 1, "points"], True, "a whole number"),
    (read_pattern, PATTERN, ["sessions", 0, "leave_out"], 2, "1, 2, 3 … each once"),
    (read_pattern, PATTERN, ["sessions", 0, "homework"], "yes", "true or false"),
    (read_pattern, PATTERN, ["sessions"], PATTERN["sessions"] * 2, "fans-and-grades twice"),
]


@pytest.mark.parametrize(("read", "content"), RIGHT, ids=[read.__name__ for read, _ in RIGHT])
def test_a_right_source_is_read(read, content):
    assert read(copy.deepcopy(content), "source")


@pytest.mark.parametrize(
    ("read", "content", "way", "value", "said"), WRONG, ids=[f"{w[2]}-{w[4][:20]}" for w in WRONG]
)
def test_a_wrong_value_is_named(read, content, way, value, said):
    changed = copy.deepcopy(content)
    inner = changed
    for key in way[:-1]:
        inner = inner[key]
    inner[way[-1]] = value
    with pytest.raises(InputError) as raised:
        read(changed)
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("odd", [None, [], "text", 7, {"goals": {}}, {1: 2}])
@pytest.mark.parametrize("read", [read for read, _ in RIGHT], ids=lambda read: read.__name__)
def test_something_else_is_refused(read, odd):
    with pytest.raises(InputError):
        read(odd)


@pytest.mark.parametrize("load", [load_lesson, load_guide, load_rubric])
def test_a_file_is_called_like_what_is_in_it(tmp_path, load):
    import yaml

    content = {load_lesson: LESSON, load_guide: GUIDE, load_rubric: RUBRIC}[load]
    path = tmp_path / "other.yml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    with pytest.raises(InputError, match="rename one of them"):
        load(path)


def test_yaml_that_is_none_is_refused(tmp_path):
    path = tmp_path / "goals.yml"
    path.write_text("goals: [&a 1, *a]", encoding="utf-8")
    with pytest.raises(InputError, match="alias"):
        load_goals(path)
