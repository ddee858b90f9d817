"""Write the page "Where each idea comes from" from the labels in the chapters.

usage: python scripts/ideas_page.py

Each idea has a code, C01 to C39, and a chapter teaches it under a heading with the label of that
code. What stands on the page is read from there: the idea's heading, the chapter, the tools and
datasets of its cells, its exercises, the article it cites. The cases come from the case book.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cases_page import Case, all_cases
from contents import ROOT, pages

PAGE = ROOT / "book" / "ideas.md"

#: The ideas of the articles.
CODES = tuple(f"c{number:02}" for number in range(1, 40))
#: Citation keys of the five articles.
ARTICLES = ("kanaele", "fans", "vertrauen", "koehler", "koch")
TOOLS = {
    "Scorecard": "scorecard",
    "SmallThingsCheck": "small-things check",
    "ChannelLens": "lens",
    "FanExplorer": "fan explorer",
    "TrustSimulator": "trust simulator",
    "ShiftsCheck": "five-shifts check",
    "BalancePlanner": "balance planner",
    "StudyPlanner": "study planner",
}

_LABEL = re.compile(r"^\((c\d\d)\)=\n+#+ (.+?)(?: \(C\d\d\))?$", re.MULTILINE)
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_LOADED = re.compile(r"tp\.load\(\"(\w+)\"")
_EXERCISE = re.compile(r"^\*\*(\d+)\. ", re.MULTILINE)
_CITED = re.compile(r"\{cite(?::t)?\}`([\w, ]+)`")

INTRODUCTION = """# Where each idea comes from

Thirty-nine ideas stand in five articles by practitioners. Each has a code, and each is taught
somewhere in this book. The articles claim them; the chapters say what would test them.

The page is written from the chapters and the case book by `python scripts/ideas_page.py`.
"""


@dataclass(frozen=True)
class Chapter:
    """A chapter and what it has for its ideas.

    Attributes:
        name: Address in the book, without ending.
        title: Its title.
        ideas: Headings by code.
        tools: Tools in its cells.
        datasets: Datasets that its cells load.
        exercises: Number of its exercises.
        article: Citation key of the article whose ideas it teaches.
    """

    name: str
    title: str
    ideas: dict[str, str]
    tools: tuple[str, ...]
    datasets: tuple[str, ...]
    exercises: int
    article: str


def read_chapter(name: str, text: str) -> Chapter:
    """Read what the page needs from a chapter's source.

    Args:
        name: Address in the book, without ending.
        text: The Markdown of the chapter.

    Raises:
        ValueError: If the chapter teaches ideas and cites no article, or has no exercise.
    """
    title = _TITLE.search(text)
    ideas = dict(_LABEL.findall(text))
    cited = [key.strip() for keys in _CITED.findall(text) for key in keys.split(",")]
    article = next((key for key in cited if key in ARTICLES), "")
    exercises = len(_EXERCISE.findall(text.partition("\n## Exercises\n")[2]))
    if ideas and not (article and exercises and title):
        raise ValueError(f"{name}: a chapter with ideas cites its article and has exercises")
    return Chapter(
        name,
        title[1] if title else name,
        ideas,
        tuple(word for tool, word in TOOLS.items() if f"tp.{tool}(" in text),
        tuple(dict.fromkeys(_LOADED.findall(text))),
        exercises,
        article,
    )


def chapters(texts: dict[str, str]) -> list[Chapter]:
    """Read the chapters in the order of the table of contents.

    Args:
        texts: Markdown by page, as `contents.pages` gives it.
    """
    return [c for c in (read_chapter(name, text) for name, text in texts.items()) if c.ideas]


def page(taught: list[Chapter], cases: list[Case]) -> str:
    """Write the page.

    Args:
        taught: The chapters with ideas.
        cases: The cases of the case book; an idea names its own.

    Raises:
        ValueError: If an idea is taught nowhere or twice.
    """
    of_code: dict[str, Chapter] = {}
    for chapter in taught:
        for code in chapter.ideas:
            if code in of_code:
                raise ValueError(f"{code} has a label in {of_code[code].name} and {chapter.name}")
            of_code[code] = chapter
    missing = [code for code in CODES if code not in of_code]
    if missing or len(of_code) > len(CODES):
        raise ValueError(f"taught nowhere: {missing}; unknown: {sorted(set(of_code) - set(CODES))}")
    return "\n".join([INTRODUCTION, *(_section(chapter, cases) for chapter in taught)])


def _section(chapter: Chapter, cases: list[Case]) -> str:
    """Write what a chapter teaches, with what, and which cases tell of it."""
    data = ", ".join(
        f"{{ref}}`{name} <data-{name.replace('_', '-')}>`" for name in chapter.datasets
    )
    have = {
        "Chapter": f"{{doc}}`/{chapter.name}`",
        "Article": f"{{cite:t}}`{chapter.article}`",
        "Tools": ", ".join(chapter.tools),
        "Data": data,
        "Exercises": f"1 to {chapter.exercises}",
    }
    about = ". ".join(f"{name}: {what}" for name, what in have.items() if what)
    ideas = "".join(
        f"- **{code.upper()}** {{ref}}`{heading} <{code}>`{_told(code, cases)}\n"
        for code, heading in chapter.ideas.items()
    )
    return f"## {chapter.title}\n\n{about}.\n\n{ideas}"


def _told(code: str, cases: list[Case]) -> str:
    """Name the cases of an idea."""
    of_idea = [f"{{ref}}`{case.title} <{case.label}>`" for case in cases if code in case.ideas]
    return f". Cases: {' · '.join(of_idea)}" if of_idea else ""


def main() -> None:
    """Write the page."""
    texts = pages()
    PAGE.write_text(page(chapters(texts), all_cases(texts)), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
