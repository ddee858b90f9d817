"""Every case of the case book has its place, its note and its questions, and stands in the table."""

from __future__ import annotations

import re
from pathlib import Path

import cases_page
import contents
import ideas_page
import pytest

ROOT = Path(cases_page.ROOT)
TEXTS = contents.pages(ROOT)
CASES = cases_page.all_cases(TEXTS)
PHASES = {"pre-contact", "contact", "full contact", "post-contact", "all phases"}
#: Who and what the five articles name.
NAMED = [
    "Alec Baldwin", "Amazon", "American Airlines", "Benjamin Franklin", "Berkman", "BMW Welt",
    "brand eins", "Cluetrain", "CURE", "Egypt", "Facebook", "Focus Money", "Fred Reichheld", "Harari",
    "IKEA", "Jan Carlzon", "Markenverband", "Naomi Klein", "No Logo", "online banking",
    "online pharmacy", "Searls", "Shaw", "telephone company", "Tim Cook", "UPS", "Zappos",
]  # fmt: skip

CASE = """# A page

(case-a)=
### A case

*Phase:* contact · *Ideas:* {ref}`C21 <c21>`, {ref}`C22 <c22>` · *Told by:* {cite:t}`vertrauen`

It happened.
"""

every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.label)


def _text_of(case: cases_page.Case) -> str:
    """What stands between a case's label and the next heading of its rank or above."""
    after = TEXTS[case.page].split(f"({case.label})=\n### ")[1]
    return re.split(r"^(?:\(case-|## )", after, flags=re.MULTILINE)[0]


def test_the_page_is_what_the_case_book_says(root: Path):
    shown = (root / "book" / "cases" / "overview.md").read_text("utf-8")
    assert shown == cases_page.page(CASES)


def test_each_label_in_the_book_is_in_the_table_once(root: Path):
    found = [
        label
        for path in sorted((root / "book").rglob("*.md"))
        for label in re.findall(r"^\((case-[^)]+)\)=", path.read_text("utf-8"), re.MULTILINE)
    ]
    table = re.findall(r"^\| \{ref\}`.+ <(case-[\w-]+)>`", cases_page.page(CASES), re.MULTILINE)
    assert sorted(table) == sorted(found)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("name", NAMED)
def test_what_the_articles_name_is_told(name: str):
    assert any(name in _text_of(case) for case in CASES)


def test_each_article_is_heard():
    assert {case.article for case in CASES} == set(ideas_page.ARTICLES)


@every_case
def test_a_case_has_place_note_and_questions(case: cases_page.Case):
    text = _text_of(case)
    assert case.phase in PHASES
    assert set(case.ideas) <= set(ideas_page.CODES)
    assert text.count("```{admonition} Read it with care") == 1
    questions = re.findall(r"^- \S", text.split("For discussion:\n")[1], re.MULTILINE)
    assert 2 <= len(questions) <= 3


def test_a_case_is_read():
    assert cases_page.read_cases("book/a", CASE) == [
        cases_page.Case(
            "case-a", "A case", "contact", ("c21", "c22"), "vertrauen", "book/a", "A page"
        )
    ]


@pytest.mark.parametrize("part", ["*Phase:* contact · ", "{ref}`C21 <c21>`, {ref}`C22 <c22>`"])
def test_a_case_without_its_place_is_told(part: str):
    with pytest.raises(ValueError, match=r"missing for \['case-a'\]"):
        cases_page.read_cases("book/a", CASE.replace(part, "C21"))
