"""The question files of the book, and files that mean harm."""

from __future__ import annotations

import re
import shutil

import pytest

from conftest import ROOT
from refusals import refused
from touchpoints import questions
from touchpoints.questions import list_quizzes, load_quiz, questions_folder

FIXTURE = (ROOT / "tests" / "quizzes" / "all-kinds.yml").read_text("utf-8")
PLACES = list_quizzes()
LABEL = re.compile(r"^\((c\d\d)\)=$", re.MULTILINE)
LINK = re.compile(r"\{ref\}`[^`]*<(c\d\d)>`")
EXERCISE = re.compile(r"^\*\*(\d+)\. ", re.MULTILINE)


def chapter_text(place):
    return (ROOT / f"{place.page}.md").read_text("utf-8")


def test_there_are_question_files_and_nothing_else():
    names = {path.name for path in questions_folder().iterdir()}
    assert names == {"README.md"} | {f"{place.name}.yml" for place in PLACES}
    assert PLACES


@pytest.mark.parametrize("place", PLACES, ids=lambda p: p.name)
def test_a_file_fits_its_chapter(place):
    sheet = load_quiz(place.name)
    text = chapter_text(place)
    assert len(sheet.questions) >= 5
    assert len({q.kind for q in sheet.questions}) >= 3
    # A page of the case book teaches no idea of its own: there it's the ideas that it links.
    taught = {code.upper() for code in LABEL.findall(text) or LINK.findall(text)}
    assert {idea for q in sheet.questions for idea in q.ideas} <= taught
    exercises = EXERCISE.findall(text.partition("\n## Exercises\n")[2])
    assert [int(n) for n in exercises] == list(range(1, sheet.exercises + 1))


@pytest.mark.parametrize("place", PLACES, ids=lambda p: p.name)
def test_a_chapter_shows_its_questions(place):
    assert f'tp.Quiz("{place.name}")' in chapter_text(place)


def test_places_stand_in_the_order_of_the_book():
    toc = (ROOT / "_toc.yml").read_text("utf-8")
    at = [toc.index(f"{place.page}\n") for place in PLACES]
    assert at == sorted(at)
    for place in PLACES:
        assert chapter_text(place).partition("\n# ")[2].startswith(place.title)


def test_without_the_repository_the_files_come_from_the_package(tmp_path, monkeypatch):
    package = tmp_path / "touchpoints"
    (package / "_questions").mkdir(parents=True)
    shutil.copy(ROOT / "tests/quizzes/all-kinds.yml", package / "_questions")
    monkeypatch.setattr(questions, "_HERE", package)
    monkeypatch.setattr(questions, "_REPOSITORY", tmp_path / "nowhere")
    assert [(p.name, p.title, p.page) for p in list_quizzes()] == [("all-kinds", "all-kinds", "")]
    assert load_quiz("all-kinds").exercises == 3


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (BOMB, "own.yml, line 2: an alias (*) is not allowed here"),
        ("chapter: own\nchapter: own\n", "own.yml, line 2: key 'chapter' twice"),
        ("chapter: own\nquestions:\n- {id: a, id: b}\n", "line 3: key 'id' twice"),
        ("? [a, b]\n: c\n", "line 1: key None twice or not a word"),
        ("a: [1, 2\nb: 3\n", "own.yml, line 2: "),
        ("a: !!python/object/apply:os.system [ls]\n", "own.yml, line 1: could not determine a constructor"),
        ("a: 2026-13-45\n", "own.yml: 'month must be in 1..12'"),
        ("a: " + "9" * 5000, "own.yml: 'Exceeds the limit"),
        ("[" * 5000, "own.yml"),
        ("a: \x07\n", "own.yml"),
        ("--- 1\n--- 2\n", "own.yml, line 2"),
        ("", "own.yml: nothing"),
        ("- a\n", "own.yml: ['a']"),
        ("x" * 500_001, "'own.yml' with more than 500 kB"),
        (b"chapter: \xff\xfe", "'own.yml', byte 10: no UTF-8"),
        (FIXTURE, "own.yml, chapter: 'all-kinds'"),
    ],
    ids=range(16),
)  # fmt: skip
def test_files_that_mean_harm_get_one_sentence(tmp_path, content, found):
    path = tmp_path / "own.yml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    refused(found, "", "", load_quiz, path)


def test_a_file_of_ones_own_is_read(tmp_path):
    path = tmp_path / "own.yml"
    path.write_text("\ufeff" + FIXTURE.replace("chapter: all-kinds", "chapter: own"), "utf-8")
    assert load_quiz(str(path)).chapter == "own"
    refused("which can't be read (No such file", "", "path", load_quiz, tmp_path / "none.yml")
    refused("which can't be read", "", "path", load_quiz, tmp_path)
