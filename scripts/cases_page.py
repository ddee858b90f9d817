"""Write the page "The cases at a glance" from the labels in the case book.

usage: python scripts/cases_page.py

Each case stands under a heading with a label of its own, `(case-…)=`. The line after the heading
gives its phase, the ideas it illustrates and the article that tells it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from contents import ROOT, pages

PAGE = ROOT / "book" / "cases" / "overview.md"

_LABEL = re.compile(r"^\((case-[\w-]+)\)=$", re.MULTILINE)
_CASE = re.compile(
    r"^\((case-[\w-]+)\)=\n### (.+)\n\n"
    r"\*Phase:\* (.+?) · \*Ideas?:\* (.+?) · \*Told by:\* \{cite:t\}`(\w+)`",
    re.MULTILINE,
)
_IDEA = re.compile(r"<(c\d\d)>")
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)

INTRODUCTION = """# The cases at a glance

The five articles argue with examples: {count} of them, by our count. An airline quarrels with an
actor, a shop for shoes orders pizza, a bank boasts with a word. Such stories stay in the mind
better than any number. That is their strength, and the reason to be careful with them.

Here each is retold in our own words, with the facts that the article gives and no others. Where
we know more, the text says so and cites. Where a story is one-sided, retold at third hand,
without a date or a name, a note says *Read it with care*.

**What a case can do.** It shows that something is possible. It gives an idea a face, and a class
something to argue about. It can refute a sentence that begins with "always" or "never".

**What a case can't do.** It doesn't say how common something is, or what would have happened
otherwise. And nobody tells the stories that went nowhere: of all the airlines that answered a
quarrel openly, we hear of the one.

Four questions fit every case. *Who tells it, and what do they want? Who in the story isn't heard?
What happened afterwards that we aren't told? What would have to be different for the opposite
lesson?*

The tables are written from the case book by `python scripts/cases_page.py`; a test holds each
case to its place. The last page is another kind of case: {doc}`the invented retailer of this book
</book/cases/nordlicht-wohnen>`, followed through all its parts in 90 minutes.
"""


@dataclass(frozen=True)
class Case:
    """A case and where it belongs.

    Attributes:
        label: Target of links to it.
        title: Its heading.
        phase: Phase of the contact cycle, in words.
        ideas: Codes of the ideas it illustrates.
        article: Citation key of the article that tells it.
        page: Address of its page in the book, without ending.
        page_title: Title of that page.
    """

    label: str
    title: str
    phase: str
    ideas: tuple[str, ...]
    article: str
    page: str
    page_title: str


def read_cases(page: str, text: str) -> list[Case]:
    """Read the cases of one page.

    Args:
        page: Address in the book, without ending.
        text: The Markdown of the page.

    Raises:
        ValueError: If a case has no line with phase, ideas and article, or names no idea.
    """
    title = _TITLE.search(text)
    cases = [
        Case(label, heading, phase, tuple(_IDEA.findall(ideas)), article, page, title[1])
        for label, heading, phase, ideas, article in _CASE.findall(text)
        if title
    ]
    bare = set(_LABEL.findall(text)) - {case.label for case in cases if case.ideas}
    if bare:
        raise ValueError(f"{page}: phase, ideas and article are missing for {sorted(bare)}")
    return cases


def all_cases(texts: dict[str, str]) -> list[Case]:
    """Read the cases of all pages, in their order.

    Args:
        texts: Markdown by page, as `contents.pages` gives it.
    """
    return [case for page, text in texts.items() for case in read_cases(page, text)]


def page(cases: list[Case]) -> str:
    """Write the page: one table for each page of the case book."""
    by_page: dict[str, list[Case]] = {}
    for case in cases:
        by_page.setdefault(case.page, []).append(case)
    introduction = INTRODUCTION.replace("{count}", str(len(cases)))
    return "\n".join([introduction, *(_table(found) for found in by_page.values())])


def _table(cases: list[Case]) -> str:
    """Write the table of the cases that share a page."""
    rows = "".join(
        f"| {{ref}}`{case.title} <{case.label}>` | {case.phase} "
        f"| {', '.join(f'{{ref}}`{code.upper()} <{code}>`' for code in case.ideas)} "
        f"| {{cite:t}}`{case.article}` |\n"
        for case in cases
    )
    head = f"## {cases[0].page_title}\n\nRetold on the page {{doc}}`/{cases[0].page}`.\n\n"
    # The class of the tables of columns: on a phone each row becomes a block.
    table = f"| Case | Phase | Idea | Told by |\n|---|---|---|---|\n{rows}"
    return f"{head}```{{table}}\n:class: tp-columns\n\n{table}```\n"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(all_cases(pages())), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
