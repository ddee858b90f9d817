"""Sources of slides: what they may hold, and that each names what is there."""

from __future__ import annotations

import re

import pytest

from touchpoints.core.errors import InputError
from touchpoints.course.lessons import load_lesson
from touchpoints.course.slides import list_decks, write_slides
from touchpoints.course.slides.source import Part, read_source
from touchpoints.course.sources import teaching_folder
from touchpoints.questions import list_quizzes

SOURCES = sorted((teaching_folder() / "slides").glob("*.md"))


def test_every_chapter_with_a_lesson_and_questions_has_slides():
    lessons = {path.stem for path in (teaching_folder() / "lessons").glob("*.yml")}
    asked = {place.name for place in list_quizzes()}
    assert {place.name for place in list_decks()} == lessons & asked == {p.stem for p in SOURCES}


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.stem)
def test_a_source_names_figures_tools_and_steps_that_are_there(path, root):
    place = next(p for p in list_decks() if p.name == path.stem)
    chapter = (root / f"{place.page}.md").read_text("utf-8")
    figures = re.findall(r"name: (fig-\S+)", chapter)
    steps = load_lesson(teaching_folder() / "lessons" / f"{path.stem}.yml").steps
    slides = read_source(path.read_text("utf-8"), path.name)
    parts = [part for slide in slides for part in slide.parts if isinstance(part, Part)]
    assert {part.name for part in parts if part.kind == "show"} <= set(figures)
    tools = [p.name for p in parts if p.kind == "tool"]
    tools += [s.tool.rpartition("/")[2] for s in steps if s.tool]
    assert all((root / "book" / "toolbox" / f"{name}.md").is_file() for name in tools)
    placed = [int(slide.step) for slide in slides if slide.step]
    assert placed == sorted(set(placed))
    assert set(placed) <= set(range(1, len(steps) + 1))


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.stem)
def test_the_ideas_of_a_source_are_those_of_its_chapter(path, root):
    place = next(p for p in list_decks() if p.name == path.stem)
    taught = set(
        re.findall(r"^### .*\((C\d\d)\)$", (root / f"{place.page}.md").read_text(), re.MULTILINE)
    )
    slides = read_source(path.read_text("utf-8"), path.name)
    told = {code for slide in slides for code in slide.idea.split(", ") if code}
    assert told == taught


def test_html_in_a_source_is_shown_as_text():
    hostile = (
        "## One\n\n<script>alert(1)</script>\n\n[go](javascript:alert(1)) <b onclick=x>b</b>\n"
    )
    (slide,) = read_source(hostile, "a.md")
    html = "".join(map(str, slide.parts))
    assert "<script" not in html
    assert "<b" not in html.replace("&lt;b", "")
    assert 'href="javascript' not in html


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "a.md without a slide"),
        ("Text.\n\n## One\n", "line 1: text before the first slide"),
        ("## One\n\n```{shwo} fig-net\n```\n", "did you mean 'show'"),
    ],
)
def test_a_faulty_source_is_told_in_one_sentence(text, words):
    with pytest.raises(InputError, match=re.escape(words)) as raised:
        read_source(text, "a.md")
    assert "\n" not in str(raised.value)


def test_code_stays_code():
    (slide,) = read_source("## One\n\n```python\n1 < 2\n```\n", "a.md")
    assert "1 &lt; 2" in str(slide.parts[0])


def test_unknown_chapters_and_languages_are_refused(tmp_path):
    with pytest.raises(InputError, match="did you mean 'fans-and-grades'"):
        write_slides(["fans-and-grade"], tmp_path / "s", book=tmp_path)
    with pytest.raises(InputError, match="language 'fr'"):
        write_slides([], tmp_path / "s", book=tmp_path, lang="fr")
    assert not (tmp_path / "s").exists()


def test_files_of_somebody_else_are_not_written_over(tmp_path):
    (tmp_path / "index.html").write_text("mine")
    with pytest.raises(InputError, match=r"other files in it \('index.html'\)"):
        write_slides([], tmp_path, book=tmp_path)
    assert (tmp_path / "index.html").read_text() == "mine"


def test_a_book_that_is_not_built_is_named(tmp_path):
    with pytest.raises(InputError, match="touchpoints build"):
        write_slides(["fans-and-grades"], tmp_path / "s", book=tmp_path)
