"""Answers against the vectors; shapes that are refused; the order in which questions offer."""

from __future__ import annotations

import dataclasses

import pytest

from conftest import ROOT, vectors
from refusals import refused
from touchpoints.core.quiz import OrderQuestion, shown_order
from touchpoints.core.quiz_judging import check_answer, judge, number_readings
from touchpoints.core.quiz_record import QuizRecord, read_record
from touchpoints.questions import load_quiz

SHEET = load_quiz(ROOT / "tests" / "quizzes" / "all-kinds.yml")


@pytest.mark.parametrize("case", vectors("quiz"), ids=lambda c: c["name"])
def test_answers_are_judged_as_the_vectors_say(case):
    judged = judge(SHEET.question(case["question"]), case["answer"])
    if case["right"] is None:
        assert judged is None
        return
    assert judged.right is case["right"]
    assert judged.missing is case["missing"]
    assert [[c.place, c.text.en] for c in judged.comments] == case["comments"]


@pytest.mark.parametrize("case", vectors("quiz_numbers"), ids=lambda c: c["name"])
def test_numbers_are_read_as_the_vectors_say(case):
    assert list(number_readings(case["entered"])) == case["readings"]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("which-word", 3),
        ("which-word", -1),
        ("which-word", True),
        ("which-word", [0]),
        ("which-word", "0"),
        ("which-fit", 0),
        ("which-fit", [4]),
        ("which-fit", ["0"]),
        ("mean-grade", [2.9]),
        ("mean-grade", None),
        ("mean-grade", float("nan")),
        ("mean-grade", "9" * 41),
        pytest.param("mean-grade", 10**5000, id="huge"),
        ("four-phases", [0, 1, 2]),
        ("four-phases", [0, 1, 2, 2]),
        ("four-phases", [0, 1, 2, 4]),
        ("which-phase", [0, 1]),
        ("which-phase", [0, 1, 2]),
        ("which-phase", {"0": 1}),
    ],
)
def test_an_answer_of_another_shape_is_refused(question, answer):
    refused(f"answer to '{question}'", "", "offers", judge, SHEET.question(question), answer)


def test_chosen_places_stand_in_the_order_of_the_file():
    assert check_answer(SHEET.question("which-fit"), (2, 0, 2)) == [0, 2]


def test_what_is_offered_is_shuffled_the_same_each_time():
    orders = {q.id: shown_order(SHEET, q) for q in SHEET.questions}
    assert orders == {
        q.id: shown_order(load_quiz(ROOT / "tests/quizzes/all-kinds.yml"), q)
        for q in SHEET.questions
    }
    assert sorted(orders["which-fit"]) == [0, 1, 2, 3]
    assert orders["mean-grade"] == ()
    assert sorted(orders["which-phase"]) == [0, 1], (
        "a right side that belongs twice is offered once"
    )
    question = SHEET.question("which-fit")
    shuffled = {shown_order(SHEET, dataclasses.replace(question, id=f"q{i}")) for i in range(50)}
    assert len(shuffled) > 10


def test_items_never_come_in_the_right_order():
    question = SHEET.question("four-phases")
    short = dataclasses.replace(question, items=question.items[:3])
    assert isinstance(short, OrderQuestion)
    orders = {shown_order(SHEET, dataclasses.replace(short, id=f"q{i}")) for i in range(100)}
    assert len(orders) == 5
    assert (0, 1, 2) not in orders


RECORD = {
    "answers": {"which-word": 1, "mean-grade": "2,9"},
    "tries": {"which-word": 2, "mean-grade": 1},
    "solved": ["mean-grade"],
    "exercises": [3, 1],
    "touched": "2026-03-01T12:30:00.000Z",
}


def test_a_record_is_read():
    assert read_record(SHEET, RECORD) == QuizRecord(
        answers={"which-word": 1, "mean-grade": "2,9"},
        tries={"which-word": 2, "mean-grade": 1},
        solved=("mean-grade",),
        exercises=(1, 3),
        touched="2026-03-01T12:30:00.000Z",
    )
    assert read_record(SHEET, {}) == QuizRecord()


@pytest.mark.parametrize(
    ("field", "value", "found"),
    [
        ("answers", {"which-wrod": 1}, "question 'which-wrod'"),
        ("answers", {"which-word": 9}, "answer to 'which-word': 9"),
        ("answers", [1], "answers: [1]"),
        ("tries", {"which-word": -1}, "tries of 'which-word': -1"),
        ("tries", {"which-word": 1.5}, "tries of 'which-word': 1.5"),
        ("solved", "which-word", "solved: 'which-word'"),
        ("solved", [7], "question 7"),
        ("exercises", [4], "exercise: 4"),
        ("exercises", {1: True}, "exercises: {1: True}"),
        ("touched", "yesterday", "touched: "),
        ("touched", 5, "touched: 5"),
        ("points", 5, "field 'points'"),
    ],
)
def test_a_record_that_does_not_fit_is_refused(field, value, found):
    refused(found, "", "", read_record, SHEET, {**RECORD, field: value})


def test_a_record_is_a_mapping():
    refused("record of 'all-kinds': [1]", "answers", "exported", read_record, SHEET, [1])


def test_the_core_model_serves_without_the_widget():
    """What an export to a learning platform needs is there: kind, texts, what is right."""
    kinds = {q.kind: type(q).__name__ for q in SHEET.questions}
    assert kinds == {
        "single": "SingleQuestion",
        "multiple": "MultipleQuestion",
        "number": "NumberQuestion",
        "order": "OrderQuestion",
        "match": "MatchQuestion",
    }
    with pytest.raises(dataclasses.FrozenInstanceError):
        SHEET.chapter = "x"
