"""Quiz and progress as Python objects."""

from __future__ import annotations

import json

import pytest
import yaml

import touchpoints as tp
from conftest import ROOT
from refusals import refused
from touchpoints.questions import list_quizzes

FILE = ROOT / "tests" / "quizzes" / "all-kinds.yml"
RECORD = {
    "answers": {"which-word": 0},
    "tries": {"which-word": 3},
    "solved": ["which-word"],
    "exercises": [2],
    "touched": "2026-03-01T12:30:00.000Z",
}


def test_answers_are_judged_by_the_core():
    quiz = tp.Quiz(FILE)
    assert quiz.results == {}
    quiz.answers = {"which-word": 1, "mean-grade": "2,9", "which-phase": [0, None, 0]}
    assert {name: judged.right for name, judged in quiz.results.items()} == {
        "which-word": False,
        "mean-grade": True,
    }
    assert quiz.results["which-word"].comments[0].text.en == "That is a channel."


def test_a_quiz_comes_from_a_name_a_path_or_plain_data():
    content = yaml.safe_load(FILE.read_text("utf-8"))
    assert tp.Quiz(str(FILE))._sheet == tp.Quiz(FILE)._sheet == tp.Quiz(content)._sheet
    for place in list_quizzes():
        assert tp.Quiz(place.name)._sheet["chapter"] == place.name
    refused("no questions 'moments-of-thruth'", "", "path", tp.Quiz, "moments-of-thruth")
    refused("questions 3", "a name, a path", "choose", tp.Quiz, 3)


def test_what_is_kept_has_a_key_of_the_chapter():
    assert tp.Quiz(FILE)._kept["key"] == "quiz/all-kinds"
    assert tp.Quiz(FILE, keep="own")._kept["key"] == "own"


@pytest.mark.parametrize(
    ("trait", "value", "found"),
    [
        ("answers", {"which-word": 7}, "answer to 'which-word': 7"),
        ("answers", {"which-one": 1}, "question 'which-one'"),
        ("tries", {"which-word": "often"}, "tries of 'which-word': 'often'"),
        ("solved", ["all"], "question 'all'"),
        ("exercises", [0], "exercise: 0"),
        ("touched", "today", "touched: 'today'"),
    ],
)
def test_wrong_values_are_refused_and_nothing_changes(trait, value, found):
    quiz = tp.Quiz(FILE)
    before = getattr(quiz, trait)
    refused(found, "", "", lambda: setattr(quiz, trait, value))
    assert getattr(quiz, trait) == before


@pytest.mark.parametrize("lang", ["en", "de"])
def test_readers_without_scripts_get_questions_and_no_answers(lang):
    quiz = tp.Quiz(FILE, lang)
    table = quiz._fallback
    assert len(table["rows"]) == 5
    told = json.dumps(table, ensure_ascii=False)
    assert ("Abteilung" in told) == (lang == "de")
    for question in quiz._sheet["questions"]:
        for part in question.get("options") or question.get("items") or [question]:
            assert part["comment"][lang] not in told
    question = next(q for q in quiz._sheet["questions"] if q["kind"] == "order")
    offered = [question["items"][i]["text"][lang] for i in question["shown"]]
    assert (
        "; ".join(f"({x}) {t}" for x, t in zip("abcd", offered, strict=True)) == table["rows"][3][1]
    )


def test_progress_lists_the_book_in_its_order():
    progress = tp.Progress()
    places = list_quizzes()
    assert [c["chapter"] for c in progress._chapters] == [p.name for p in places]
    assert progress._reads == [f"quiz/{p.name}" for p in places]
    assert len(progress._fallback["rows"]) == len(places)
    for chapter in progress._chapters:
        assert (ROOT / "book" / chapter["page"]).with_suffix(".md").is_file()


def test_progress_counts_records():
    progress = tp.Progress([FILE])
    assert progress.table["questions_solved"].tolist() == [0]
    progress.records = {"all-kinds": RECORD}
    assert progress.table.iloc[0].to_dict() == {
        "chapter": "all-kinds",
        "questions": 5,
        "questions_solved": 1,
        "tries": 3,
        "exercises": 3,
        "exercises_done": 1,
        "last_touched": "2026-03-01T12:30:00.000Z",
    }
    progress.records = {"all-kinds": None}
    assert progress.table["tries"].tolist() == [0]


@pytest.mark.parametrize(
    ("records", "found"),
    [
        ({"all-kind": RECORD}, "chapter 'all-kind'"),
        ({"all-kinds": {**RECORD, "solved": ["x"]}}, "question 'x'"),
        ({"all-kinds": []}, "record of 'all-kinds'"),
    ],
)
def test_wrong_records_are_refused_and_nothing_changes(records, found):
    progress = tp.Progress([FILE])
    progress.records = {"all-kinds": RECORD}
    refused(found, "", "", lambda: setattr(progress, "records", records))
    assert progress.records == {"all-kinds": RECORD}
