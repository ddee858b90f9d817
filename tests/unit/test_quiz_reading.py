"""Question files: what is wrong with one is told in one sentence that names file, question and field."""

from __future__ import annotations

import copy
import math

import pytest
import yaml

from conftest import ROOT
from refusals import refused
from touchpoints.core.quiz_reading import read_quiz

CONTENT = yaml.safe_load((ROOT / "tests/quizzes/all-kinds.yml").read_text("utf-8"))
SINGLE, MULTIPLE, NUMBER, ORDER, MATCH = range(5)
GONE = object()
TEXT = {"en": "x", "de": "x"}


def changed(path, value):
    """A copy with another value at a path of keys, or without it."""
    content = copy.deepcopy(CONTENT)
    *way, last = path
    place = content
    for key in way:
        place = place[key]
    if value is GONE:
        del place[last]
    else:
        place[last] = value
    return content


def q(number, *path):
    return ("questions", number, *path)


def test_all_kinds_are_read():
    sheet = read_quiz(CONTENT, "all-kinds.yml")
    assert [question.kind for question in sheet.questions] == [
        "single", "multiple", "number", "order", "match",
    ]  # fmt: skip
    assert sheet.question("mean-grade").unit.de == "Noten"
    assert sheet.question("mean-grade").mistakes[0].answer == 8.7
    assert [option.correct for option in sheet.question("which-fit").options] == [
        True, False, True, False,
    ]  # fmt: skip
    assert sheet.question("nothing") is None


@pytest.mark.parametrize(
    ("path", "value", "found", "allowed"),
    [
        (("chapter",), GONE, "f.yml: no field 'chapter'", "exercises"),
        (("chapter",), "All kinds", "f.yml, chapter: 'All kinds'", "hyphens"),
        (("chapter",), 7, "f.yml, chapter: 7", "hyphens"),
        (("chapter",), "a" * 61, "f.yml, chapter: ", "60"),
        (("author",), "me", "f.yml, field 'author'", "chapter"),
        (("exercises",), "5", "f.yml, exercises: '5'", "a whole number from 0 to 30"),
        (("exercises",), True, "f.yml, exercises: True", "a whole number"),
        (("exercises",), 31, "exercises: 31", "0 to 30"),
        pytest.param(("exercises",), 10**5000, "exercises: a number of very many digits", "0 to 30", id="huge"),
        (("questions",), {}, "f.yml, questions: {}", "a list"),
        (("questions",), [], "questions: 0 of them", "1 to 40"),
        (("questions",), None, "questions: nothing", "a list"),
        (q(SINGLE), "what?", "f.yml, question 1: 'what?'", "fields"),
        (q(SINGLE, "kind"), "choice", "f.yml, question 1, kind: 'choice'", "single, multiple"),
        (q(SINGLE, "kind"), ["single"], "question 1, kind:", "single"),
        (q(SINGLE, "kind"), GONE, "question 1, kind: 'nothing'", "single"),
        (q(SINGLE, "id"), "Which word", "question 1, id: 'Which word'", "hyphens"),
        (q(SINGLE, "id"), "which-fit", "f.yml, id 'which-fit' twice", "once"),
        (q(SINGLE, "idea"), "C04", "question 'which-word', idea: 'C04'", "a list"),
        (q(SINGLE, "idea"), [], "'which-word', idea: 0 of them", "1 to 39"),
        (q(SINGLE, "idea"), ["C40"], "'which-word', idea: 'C40'", "C01 to C39"),
        (q(SINGLE, "idea"), [["C01"]], "'which-word', idea: ['C01']", "C01 to C39"),
        (q(SINGLE, "idea"), ["C01", "C01"], "idea 'C01' twice", "once"),
        (q(SINGLE, "ask"), "What?", "'which-word', ask: 'What?'", "fields"),
        (q(SINGLE, "ask", "de"), GONE, "'which-word', ask: no field 'de'", "en, de"),
        (q(SINGLE, "ask", "fr"), "Quoi?", "'which-word', ask, field 'fr'", "en, de"),
        (q(SINGLE, "ask", "de"), "  ", "'which-word', ask, de: '  '", "1 to 1000"),
        (q(SINGLE, "ask", "de"), False, "'which-word', ask, de: False", "1 to 1000"),
        (q(SINGLE, "ask", "en"), "x" * 1001, "ask, en: 1001 characters", "1 to 1000"),
        (q(SINGLE, "ask", "en"), "a <b>bold</b> one", "ask, en: '<b>'", "plain text"),
        (q(SINGLE, "ask", "en"), "a **bold** one", "ask, en: '**'", "plain text"),
        (q(SINGLE, "ask", "en"), "see [it](x)", "ask, en: ']('", "plain text"),
        (q(SINGLE, "ask", "en"), "a\u202eb", "ask, en: '\\u202e'", "plain text"),
        (q(SINGLE, "answer"), 1, "question 1, field 'answer'", "options"),
        (q(SINGLE, "options"), [], "'which-word', options: 0 of them", "3 to 6"),
        (q(SINGLE, "options", 0, "correct"), GONE, "options: 0 with correct: true", "exactly one"),
        (q(SINGLE, "options", 1, "correct"), True, "options: 2 with correct: true", "exactly one"),
        (q(SINGLE, "options", 1, "correct"), "yes", "option 2, correct: 'yes'", "true or false"),
        (q(SINGLE, "options", 1, "comment"), GONE, "option 2: no field 'comment'", "text"),
        (q(SINGLE, "options", 1, "coment"), TEXT, "option 2, field 'coment'", "comment"),
        (q(SINGLE, "options", 1, "text"), {"en": "A department", "de": "x"}, "option (en) 'A department' twice", "once"),
        (q(MULTIPLE, "options"), [{"text": {"en": t, "de": t}, "comment": TEXT} for t in "abc"], "'which-fit', options: none with correct", "one or more"),
        (q(NUMBER, "answer"), "2,9", "'mean-grade', answer: '2,9'", "a number from"),
        (q(NUMBER, "answer"), math.nan, "'mean-grade', answer: nan", "a number from"),
        (q(NUMBER, "answer"), math.inf, "'mean-grade', answer: inf", "a number from"),
        pytest.param(q(NUMBER, "answer"), 10**5000, "answer: a number of very many digits", "a number from", id="huge answer"),
        (q(NUMBER, "tolerance"), -0.1, "'mean-grade', tolerance: -0.1", "from 0"),
        (q(NUMBER, "tolerance"), True, "'mean-grade', tolerance: True", "from 0"),
        (q(NUMBER, "unit"), None, "'mean-grade', unit: nothing", "fields"),
        (q(NUMBER, "mistakes"), [], "'mean-grade', mistakes: 0 of them", "1 to 6"),
        (q(NUMBER, "otherwise"), GONE, "no field 'otherwise'", "otherwise"),
        (q(NUMBER, "mistakes", 0, "answer"), 2.94, "mistake 1: numbers that the right answer covers too", "one place"),
        (q(NUMBER, "mistakes", 0, "answer"), 2.96, "mistake 1: numbers that the right answer covers too", "one place"),
        (q(NUMBER, "mistakes"), [{"answer": a, "tolerance": 1, "comment": TEXT} for a in (6, 8)], "mistake 2: numbers that mistake 1 covers too", "one place"),
        (q(ORDER, "items"), CONTENT["questions"][ORDER]["items"][:2], "'four-phases', items: 2 of them", "3 to 6"),
        (q(ORDER, "items", 1, "text"), {"en": "Pre-contact", "de": "x"}, "item (en) 'Pre-contact' twice", "once"),
        (q(ORDER, "comment"), GONE, "no field 'comment'", "comment"),
        (q(MATCH, "pairs", 1, "left"), {"en": "x", "de": "Eine Bewertung lesen"}, "left (de) 'Eine Bewertung lesen' twice", "once"),
        (q(MATCH, "pairs", 1, "right"), {"en": "Pre-contact", "de": "Vorkontakt"}, "one right side for all", "two or more"),
        (q(MATCH, "pairs", 1, "right"), {"en": "Pre-contact", "de": "anders"}, "right (en) 'Pre-contact' twice", "once"),
        (q(MATCH, "pairs", 2), None, "pair 3: nothing", "fields"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(path, value, found, allowed):
    refused(found, allowed, "", read_quiz, changed(path, value), "f.yml")


@pytest.mark.parametrize("content", [None, [], "text", 3])
def test_a_file_holds_fields(content):
    refused("f.yml: ", "fields", "name: value", read_quiz, content, "f.yml")


def test_line_ends_in_a_text_are_spaces_and_no_break_spaces_stay():
    content = changed(q(SINGLE, "ask", "de"), "Was ist\n  ein\u00a0Touchpoint?\n")
    assert read_quiz(content).questions[0].ask.de == "Was ist ein\u00a0Touchpoint?"


def test_tolerances_may_lie_side_by_side():
    assert read_quiz(changed(q(NUMBER, "mistakes", 0, "answer"), 2.97)).questions[NUMBER]
