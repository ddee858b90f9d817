"""Write `teaching/book.yml`: what a course needs to know of the book, where there is no book.

usage: python scripts/course_book.py

A course is also made from an installed package, which has no pages. The file holds their titles,
how long they take, what they cite, the cases on them, and the bibliography.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from cases_page import all_cases
from contents import ROOT, pages
from pybtex.database import parse_file
from pybtex.plugin import find_plugin

FILE = ROOT / "teaching" / "book.yml"
BIBLIOGRAPHY = ROOT / "book" / "references.bib"
HEAD = "# Written from the book by `python scripts/course_book.py`.\n"

_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_TIME = re.compile(r"^- \*\*Time:\*\* (.+)$", re.MULTILINE)
_CITED = re.compile(r"\{cite(?::t)?\}`([\w, ]+)`")


def of_page(text: str) -> dict[str, Any]:
    """Read title, time and citations of a page.

    Args:
        text: Its Markdown.
    """
    title, time = _TITLE.search(text), _TIME.search(text)
    cited = [key.strip() for keys in _CITED.findall(text) for key in keys.split(",")]
    found = {
        "title": title[1] if title else "",
        "time": time[1] if time else "",
        "cites": list(dict.fromkeys(cited)),
    }
    return {name: value for name, value in found.items() if value}


def content(texts: dict[str, str]) -> str:
    """Write the file.

    Args:
        texts: Markdown by page, as `contents.pages` gives it.
    """
    entries = {name: of_page(text) for name, text in texts.items()}
    for case in all_cases(texts):
        entries[case.page].setdefault("cases", {})[case.label] = case.title
    cited = {key for entry in entries.values() for key in entry.get("cites", ())}
    sources = {key: text for key, text in _sources().items() if key in cited}
    whole = {"pages": entries, "sources": sources}
    return HEAD + str(yaml.safe_dump(whole, allow_unicode=True, sort_keys=False, width=110))


def _sources() -> dict[str, str]:
    """Format the bibliography as the book's page does, as plain text by key, sorted by author."""
    style = find_plugin("pybtex.style.formatting", "plain")()
    found = style.format_bibliography(parse_file(str(BIBLIOGRAPHY)))
    return {entry.key: entry.text.render_as("text") for entry in found}


def main() -> None:
    """Write the file."""
    FILE.write_text(content(pages()), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
