"""`touchpoints course data`: an own company and survey for every student of a roster."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from touchpoints.course.students.handing_out import LECTURER, course_key, hand_out
from touchpoints.course.students.roster import read_roster


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `data`."""
    parser = commands.add_parser(
        "data",
        help="make an own company and survey for every student of a roster",
        description="Make synthetic data that differ for each student, from a secret key that is "
        "made the first time. Running it again writes only what is missing.",
        epilog="example: touchpoints course data --roster roster.csv --out course-data",
    )
    parser.add_argument(
        "--roster",
        type=Path,
        required=True,
        metavar="FILE",
        help="CSV with a column student, or as a learning platform exports it",
    )
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="FOLDER",
        help=f"gets the folders data, zip and {LECTURER} (private)",
    )
    parser.add_argument(
        "--key", type=Path, metavar="FILE", help=f"default: FOLDER/{LECTURER}/key.json"
    )
    parser.add_argument(
        "--course",
        metavar="NAME",
        help="name of the course, when its key is made (default: course)",
    )
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    roster = read_roster(options.roster)
    key = course_key(options.out, options.course, options.key)
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    )  # fmt: skip
    with Progress(*columns, console=Console(file=sys.stderr)) as progress:
        task = progress.add_task("students", total=len(roster.students))
        done = hand_out(roster.students, key, options.out, lambda: progress.advance(task))
    print(f"Students: {len(roster.students)}, named by the column {roster.column}.")
    print(f"Written: {done.made}; there already: {done.kept}.")
    print(f"To hand out: {options.out / 'data'} or {options.out / 'zip'}, one each by its code.")
    print(f"PRIVATE, keep a copy, never hand out: {options.out / LECTURER} (key, codes, truth).")
    return 0
