"""Every idea of the articles is taught somewhere, and the page says where."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import cases_page
import contents
import ideas_page
import pytest

CHAPTER = """# A chapter

As the article claims {cite}`kanaele`, and as others found {cite}`mittal1998`.

(c01)=
### Channel thinking (C01)

tp.load("contacts"), tp.load("touchpoints"), tp.load("contacts"), tp.ChannelLens(keep="lens")

## Exercises

**1. By hand.** Do.

**2. Own company.** Do.
"""


def test_the_page_is_what_the_chapters_and_the_case_book_say(root: Path):
    texts = contents.pages(root)
    expected = ideas_page.page(ideas_page.chapters(texts), cases_page.all_cases(texts))
    assert (root / "book" / "ideas.md").read_text("utf-8") == expected


def test_every_idea_is_taught_once(root: Path):
    codes = [
        code for chapter in ideas_page.chapters(contents.pages(root)) for code in chapter.ideas
    ]
    assert sorted(codes) == list(ideas_page.CODES)


def test_a_chapter_is_read():
    chapter = ideas_page.read_chapter("book/a", CHAPTER)
    assert chapter == ideas_page.Chapter(
        name="book/a",
        title="A chapter",
        ideas={"c01": "Channel thinking"},
        tools=("lens",),
        datasets=("contacts", "touchpoints"),
        exercises=2,
        article="kanaele",
    )


@pytest.mark.parametrize("part", ["{cite}`kanaele`", "## Exercises"])
def test_a_chapter_with_ideas_needs_its_article_and_exercises(part: str):
    with pytest.raises(ValueError, match="cites its article and has exercises"):
        ideas_page.read_chapter("book/a", CHAPTER.replace(part, ""))


def test_an_idea_taught_nowhere_or_twice_is_told(root: Path):
    taught = ideas_page.chapters(contents.pages(root))
    without = [
        dataclasses.replace(c, ideas={k: v for k, v in c.ideas.items() if k != "c07"})
        for c in taught
    ]
    with pytest.raises(ValueError, match=r"taught nowhere: \['c07'\]"):
        ideas_page.page(without, [])
    with pytest.raises(ValueError, match="has a label in"):
        ideas_page.page([*taught, taught[0]], [])
