"""`touchpoints course quiz`: the book's questions for a learning platform."""

from __future__ import annotations

import argparse
from pathlib import Path

from touchpoints.course.moodle_questions import moodle_xml
from touchpoints.questions import list_quizzes, load_quiz
from touchpoints.writing import require_free, write_whole


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `quiz`."""
    parser = commands.add_parser(
        "quiz",
        help="write the chapters' questions as Moodle XML",
        description="Write the questions of chapters, or of your own files, as one Moodle XML file "
        "with a category a chapter: in Moodle, Question bank, Import, Moodle XML format.",
        epilog="example: touchpoints course quiz fans-and-grades --lang de -o questions.xml",
    )
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="chapters or .yml files (default: all chapters)"
    )
    parser.add_argument("--lang", choices=("en", "de"), default="en", help="default: en")
    parser.add_argument(
        "-o", "--out", type=Path, metavar="OUT", default=Path("questions.xml"), help="the file"
    )
    parser.add_argument("--overwrite", action="store_true", help="replace OUT if it is there")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    out: Path = options.out
    require_free(out, overwrite=options.overwrite)
    titles = {place.name: place.title for place in list_quizzes()}
    sheets = [load_quiz(name) for name in options.names or titles]
    text = moodle_xml([(titles.get(s.chapter, s.chapter), s) for s in sheets], options.lang)
    write_whole(out, text, overwrite=options.overwrite)
    asked = sum(len(sheet.questions) for sheet in sheets)
    print(f"{asked} questions of {len(sheets)} chapters are in {out}")
    return 0
