"""`touchpoints course slides`: one deck of slides a chapter, with live tools, and as PDF."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from touchpoints.cli.book import build_book
from touchpoints.cli.chromium import need_chromium, print_page
from touchpoints.cli.repository import find_repository

_WIDTH: Final = 1280


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `slides`."""
    parser = commands.add_parser(
        "slides",
        help="write slides with live charts and tools, speaker notes and, if wanted, PDF",
        description=(
            "Build what changed of the book, and write one deck a chapter from it, from the lesson "
            "plans and the quizzes. A file FOLDER/sources/CHAPTER.md takes the place of the kit's."
        ),
        epilog="example: touchpoints course slides slides --chapters fans-and-grades --pdf",
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="folder to write into")
    parser.add_argument(
        "--chapters", nargs="+", metavar="CHAPTER", help="chapters by name (default: all)"
    )
    parser.add_argument(
        "--lang", default="en", help="language of tools and questions: en or de (default: en)"
    )
    parser.add_argument("--title", default="", help="title of the course, for the first slides")
    parser.add_argument(
        "--pdf", action="store_true", help="print each deck as PDF, too (needs Chromium)"
    )
    parser.set_defaults(run=_slides)


def _slides(options: argparse.Namespace) -> int:
    if options.pdf:
        need_chromium()
    book = build_book(find_repository())
    # What reads pages is needed here alone, and comes with the book's requirements.
    from touchpoints.course.slides import list_decks, write_slides  # noqa: PLC0415

    decks = write_slides(
        options.chapters or [place.name for place in list_decks()],
        options.folder,
        book=book,
        lang=options.lang,
        title=options.title,
    )
    for deck in decks:
        if options.pdf:
            print_deck(deck)
        print(f"{deck}{' and as PDF' if options.pdf else ''}")
    print(f"All decks: {options.folder / 'index.html'}")
    return 0


def print_deck(deck: Path) -> Path:
    """Print a deck as PDF beside it, one slide a page.

    Args:
        deck: The file of the deck.

    Returns:
        The PDF.

    Raises:
        CommandError: If there is no browser, or it does not print.
    """
    pdf = deck.with_suffix(".pdf")
    print_page(deck.resolve(), pdf, width=_WIDTH, query="print-pdf")
    return pdf
