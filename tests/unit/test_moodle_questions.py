"""Questions as Moodle XML, read again by the rules of Moodle's documentation."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from touchpoints.cli import main
from touchpoints.core.quiz import (
    MatchQuestion,
    MultipleQuestion,
    NumberQuestion,
    Option,
    OrderQuestion,
    QuestionSheet,
    SingleQuestion,
    Text,
)
from touchpoints.course.moodle_questions import moodle_xml
from touchpoints.questions import list_quizzes, load_quiz

PLACES = list_quizzes()

#: The shares of a question's points that Moodle's import accepts (its "grade options").
_SHARES = (100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20)
_SMALL_SHARES = (16.66667, 14.28571, 12.5, 11.11111, 10, 5, 0)
ACCEPTED = {sign * share for share in (*_SHARES, *_SMALL_SHARES) for sign in (1, -1)}


def read(text):
    """All questions by kind of sheet and id, as Moodle would store them."""
    root = ET.fromstring(text)  # noqa: S314  (our own text)
    return {q.findtext("idnumber"): q for q in root if q.get("type") != "category"}


def answers(question):
    return [
        (float(a.get("fraction")), a.findtext("text"), a.findtext("feedback/text"), a)
        for a in question.findall("answer")
    ]


@pytest.mark.parametrize("lang", ["en", "de"])
@pytest.mark.parametrize("place", PLACES, ids=lambda p: p.name)
def test_each_question_keeps_its_answers_and_its_comments(place, lang):
    sheet = load_quiz(place.name)
    found = read(moodle_xml([(place.title, sheet)], lang))
    assert list(found) == [f"{sheet.chapter}/{q.id}" for q in sheet.questions]
    for question, element in zip(sheet.questions, found.values(), strict=True):
        assert element.findtext("questiontext/text").startswith(question.ask.of(lang))
        given = answers(element)
        assert {share for share, *_ in given} <= ACCEPTED
        match question:
            case SingleQuestion() | MultipleQuestion():
                assert element.get("type") == "multichoice"
                single = isinstance(question, SingleQuestion)
                assert element.findtext("single") == ("true" if single else "false")
                assert [(s > 0, t, c) for s, t, c, _ in given] == [
                    (o.correct, o.text.of(lang), o.comment.of(lang)) for o in question.options
                ]
                assert sum(s for s, *_ in given if s > 0) == pytest.approx(100, abs=1e-4)
            case NumberQuestion():
                assert element.get("type") == "numerical"
                share, text, comment, answer = given[0]
                assert (share, float(text), comment) == (
                    100,
                    question.answer,
                    question.comment.of(lang),
                )
                assert float(answer.findtext("tolerance")) == question.tolerance
                assert given[-1][:3] == (0, "*", question.otherwise.of(lang))
                assert len(given) == 2 + len(question.mistakes)
            case OrderQuestion():
                right = {s.findtext("answer/text"): s.findtext("text") for s in parts(element)}
                assert [right[str(i)] for i in range(1, len(question.items) + 1)] == [
                    item.text.of(lang) for item in question.items
                ]
            case MatchQuestion():
                assert [
                    (s.findtext("text"), s.findtext("answer/text")) for s in parts(element)
                ] == [(p.left.of(lang), p.right.of(lang)) for p in question.pairs]


def parts(element):
    assert element.get("type") == "matching"
    return element.findall("subquestion")


def test_choosing_everything_earns_nothing():
    yes, no = Text("a", "a"), Text("b", "b")
    options = (Option(yes, yes, correct=True), Option(no, no), Option(no, no), Option(no, no))
    sheet = QuestionSheet("c", 0, (MultipleQuestion("q", ("C01",), yes, options),))
    shares = [share for share, *_ in answers(read(moodle_xml([("C", sheet)], "en"))["c/q"])]
    assert shares == [100, -33.33333, -33.33333, -33.33333]


def test_texts_stay_texts():
    bad = Text("<script>alert(1)</script> & ]]>", "x")
    sheet = QuestionSheet("c", 0, (NumberQuestion("q", ("C01",), bad, 1, 0, None, bad, (), bad),))
    text = moodle_xml([("A/B <b>", sheet)], "en")
    assert "<script" not in text
    question = read(text)["c/q"]
    assert question.findtext("questiontext/text") == bad.en
    assert question.find("questiontext").get("format") == "plain_text"
    category = ET.fromstring(text).findtext("question/category/text")  # noqa: S314
    assert category == "$course$/top/Touchpoint kit/A//B <b>"


def test_the_command_writes_all_chapters_once(tmp_path, capsys):
    out = tmp_path / "q.xml"
    assert main(["course", "quiz", "--lang", "de", "-o", str(out)]) == 0
    asked = sum(len(load_quiz(place.name).questions) for place in PLACES)
    assert f"{asked} questions of {len(PLACES)} chapters" in capsys.readouterr().out
    assert len(read(out.read_text("utf-8"))) == asked
    assert main(["course", "quiz", "-o", str(out)]) == 1
    assert "--overwrite" in capsys.readouterr().err
    assert main(["course", "quiz", "fans-and-grade", "-o", str(tmp_path / "n.xml")]) == 1
    assert "fans-and-grades" in capsys.readouterr().err
    assert not (tmp_path / "n.xml").exists()
