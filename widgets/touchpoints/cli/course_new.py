"""`touchpoints course new`: a running course in a folder, or what is new in one."""

from __future__ import annotations

import argparse
from pathlib import Path

from touchpoints.cli.book import build_book
from touchpoints.cli.kept_files import tell_outcome
from touchpoints.cli.repository import find_repository
from touchpoints.course.folder.config import ASSIGNMENTS, CHOICES, CONFIG, LANGUAGES
from touchpoints.course.folder.making import make_course
from touchpoints.course.folder.plan import Plan


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `new`."""
    parser = commands.add_parser(
        "new",
        help="make a course in a folder, or bring one up to date",
        description="Make a course: syllabus, week plan, notebooks, data, lesson plans. Run again, "
        f"it brings the folder up to date by its {CONFIG} and leaves alone what you changed.",
        epilog="example: touchpoints course new my-course --pattern blocks --start 2026-10-12",
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="a new one, or a course")
    parser.add_argument("--title", help="title of the course")
    parser.add_argument("--pattern", help="workshop (one day), blocks (five), weeks (twelve)")
    parser.add_argument("--start", metavar="DAY", help="day of the first session, as 2026-10-12")
    parser.add_argument("--weeks", type=int, help="number of sessions (default: the pattern's)")
    parser.add_argument(
        "--chapters",
        type=_names,
        metavar="NAMES",
        help="chapters, as fans-and-grades,journeys (default: the pattern's)",
    )
    parser.add_argument("--assignments", metavar="MODE", help=" or ".join(ASSIGNMENTS))
    parser.add_argument("--language", help=f"of the tools' texts: {' or '.join(LANGUAGES)}")
    parser.add_argument("--book", metavar="ADDRESS", help="of the published book, for links")
    parser.add_argument(
        "--slides", action="store_true", help="build the book and make the slides from it, too"
    )
    parser.set_defaults(run=_run)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _run(options: argparse.Namespace) -> int:
    folder: Path = options.folder
    made = make_course(folder, {name: getattr(options, name) for name in CHOICES})
    plan = made.plan
    print(
        f"{plan.config.title}: sessions {len(plan.sessions)}, chapters {len(plan.chapters)}, "
        f"assignments {len(plan.assignments)}"
    )
    tell_outcome(made.outcome, folder)
    if options.slides:
        print(f"Slides: {_slides(made.plan, folder / 'slides')}")
    print(f"Read {folder / 'README.md'} first; the choices are in {folder / CONFIG}.")
    return 0


def _slides(plan: Plan, folder: Path) -> Path:
    """Make the decks of the chapters that have one; sources of the lecturer's own count first."""
    book = build_book(find_repository())
    # What reads pages is needed here alone, and comes with the book's requirements.
    from touchpoints.course.slides import list_decks, write_slides  # noqa: PLC0415

    there = {place.name for place in list_decks()}
    write_slides(
        [t.lesson.name for t in plan.lessons if t.lesson.name in there],
        folder,
        book=book,
        lang=plan.config.language,
        title=plan.config.title,
    )
    return folder / "index.html"
