"""What a course knows of the book: titles, times, cases, literature."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from touchpoints.core.quiz_fields import as_fields, as_list, as_mapping, as_words
from touchpoints.course.fields import as_name, as_page
from touchpoints.course.sources import teaching_folder
from touchpoints.plain_yaml import read_yaml

_FORM: Final = "what scripts/course_book.py writes"


@dataclass(frozen=True)
class BookPage:
    """A page of the book.

    Attributes:
        address: Its address, without ending.
        title: Its title.
        time: How long it takes, in words, or "".
        cites: Keys of what it cites.
        cases: Headings of the cases on it, by label.
    """

    address: str
    title: str
    time: str
    cites: tuple[str, ...]
    cases: dict[str, str]


@dataclass(frozen=True)
class BookPages:
    """The pages of the book, by address and in its order, and its sources, by key."""

    pages: dict[str, BookPage]
    sources: dict[str, str]


def load_book_pages(path: Path | None = None) -> BookPages:
    """Read what a course knows of the book.

    Args:
        path: The file; by default the kit's own, `teaching/book.yml`.

    Returns:
        Pages and sources.

    Raises:
        InputError: If the file is not what the script writes.
    """
    here = path or teaching_folder() / "book.yml"
    content = read_yaml(here, "what a course knows of the book", _FORM)
    fields = as_fields(content, here.name, ("pages", "sources"))
    pages = as_mapping(fields["pages"], f"{here.name}, pages")
    sources = as_mapping(fields["sources"], f"{here.name}, sources")
    return BookPages(
        {name: _page(name, entry, f"{here.name}, {name}") for name, entry in pages.items()},
        {str(key): as_words(text, f"{here.name}, {key}") for key, text in sources.items()},
    )


def _page(address: str, content: Any, place: str) -> BookPage:  # noqa: ANN401
    fields = as_fields(content, place, ("title",), ("time", "cites", "cases"))
    cases = as_mapping(fields.get("cases", {}), f"{place}, cases")
    return BookPage(
        as_page(address, place),
        as_words(fields["title"], f"{place}, title"),
        as_words(fields["time"], f"{place}, time") if "time" in fields else "",
        tuple(as_name(key, place) for key in as_list(fields.get("cites", []), place, (0, 100))),
        {str(label): as_words(text, f"{place}, {label}") for label, text in cases.items()},
    )
