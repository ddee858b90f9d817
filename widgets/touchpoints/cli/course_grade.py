"""`touchpoints course grade`: marks, feedback and files for learning platforms."""

from __future__ import annotations

import argparse
import importlib.util
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from touchpoints.cli.errors import CommandError

if TYPE_CHECKING:
    from touchpoints.course.grading.session import Step
    from touchpoints.course.grading.submissions import Found

_NEEDED: Final = ("otter", "openpyxl", "IPython")
_MOST_SHOWN: Final = 10


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `grade`."""
    parser = commands.add_parser(
        "grade",
        help="grade what students handed in",
        description="Execute each notebook shut away from everything but the student's own data, "
        "mark the answers against the student's own truth, and write gradebook and feedback. An "
        "interrupted run goes on where it stopped.",
        epilog="example: touchpoints course grade submissions.zip --assignment first_look "
        "--key key.json --roster roster.csv --out marks",
    )
    parser.add_argument(
        "submissions",
        type=Path,
        metavar="SUBMISSIONS",
        help="folder or ZIP file as Moodle, ILIAS or Canvas deliver it, or one named by ids",
    )
    for name, metavar, said in (
        ("assignment", "NAME", "name of the assignment, as first_look"),
        ("key", "KEY", "the course's key file"),
        ("roster", "ROSTER", "the list of students that their data were made from"),
        ("out", "FOLDER", "for the results; that of an earlier run is gone on with"),
    ):
        kind = str if name == "assignment" else Path
        parser.add_argument(f"--{name}", required=True, type=kind, metavar=metavar, help=said)
    parser.add_argument(
        "--jobs",
        type=_whole,
        default=max(1, (os.cpu_count() or 2) - 1),
        metavar="N",
        help="submissions at one time (default: %(default)s)",
    )
    parser.add_argument(
        "--seconds",
        type=_whole,
        default=60,
        metavar="S",
        help="that a notebook may take; a cell gets half of what is left (default: %(default)s)",
    )
    parser.add_argument(
        "--memory",
        type=_whole,
        default=2048,
        metavar="MB",
        help="for each process of a notebook, Python's libraries included (default: %(default)s)",
    )
    parser.add_argument(
        "--docker", metavar="IMAGE", help="execute in containers of an image that has the kit"
    )
    parser.set_defaults(run=_run)


def _whole(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def _run(options: argparse.Namespace) -> int:
    _require_installed(options.docker)
    from touchpoints.course.assignments import load_assignment  # noqa: PLC0415  (pandas)
    from touchpoints.course.grading import session  # noqa: PLC0415
    from touchpoints.course.grading.execution import Executor  # noqa: PLC0415
    from touchpoints.course.grading.limits import Limits  # noqa: PLC0415
    from touchpoints.course.grading.submissions import find_submissions  # noqa: PLC0415
    from touchpoints.course.grading.trial import told, try_isolation  # noqa: PLC0415
    from touchpoints.course.students import CourseKey  # noqa: PLC0415
    from touchpoints.course.students.roster import read_roster  # noqa: PLC0415

    assignment = load_assignment(options.assignment)
    CourseKey.read(options.key)  # refuse a wrong file before anything runs
    found = find_submissions(
        options.submissions, read_roster(options.roster).students, assignment.name
    )
    out = session.own_folder(options.out)
    limits = Limits(seconds=options.seconds, memory_mb=options.memory)
    executor = Executor(limits, options.docker)
    print("How a notebook is shut away here, tried just now:")
    tried = try_isolation(executor, [options.key, options.roster])
    print(*(f"  {line}" for line in told(tried)), sep="\n", flush=True)
    course = session.Course(assignment, options.key, options.jobs)
    steps: list[Step] = []
    try:
        with closing(session.grade_all(found, course, executor, out)) as done:
            for step in _with_bar(done, found):
                steps.append(step)  # noqa: PERF402  (what is done counts when the rest is cut off)
    except KeyboardInterrupt:
        print(f"\nStopped: {len(steps)} of {len(found.submissions)} are graded and kept in {out}.")
        print("The same command goes on from there.")
        raise
    session.write_results(assignment, found, steps, out)
    _tell(found, steps, out)
    return 0


def _with_bar(steps: Iterator[Step], found: Found) -> Iterator[Step]:
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import track  # noqa: PLC0415

    yield from track(
        steps,
        description="Grading",
        total=len(found.submissions),
        console=Console(stderr=True),
    )


def _tell(found: Found, steps: list[Step], out: Path) -> None:
    from touchpoints.course.grading.results import STATUSES  # noqa: PLC0415

    counts = Counter(step.result.status for step in steps)
    counts["missing"] = len(found.missing)
    for status, text in STATUSES.items():
        if counts[status]:
            print(f"{counts[status]:5} {text}")
    if known := sum(step.known for step in steps):
        print(f"{known:5} of these were known from an earlier run")
    if found.unmatched:
        print(f"{len(found.unmatched):5} files belong to nobody in the roster (not-matched.csv):")
        for file, why in found.unmatched[:_MOST_SHOWN]:
            print(f"      {ascii(file)[1:-1]}: {why}")
    print(f"Gradebook, feedback and the files for Moodle, ILIAS and Canvas are in {out}")


def _require_installed(docker: str | None) -> None:
    if missing := [name for name in _NEEDED if importlib.util.find_spec(name) is None]:
        raise CommandError(
            f'{", ".join(missing)} not installed; pip install "touchpoint-kit[course]" brings it.'
        )
    if docker:
        from touchpoints.course.grading.docker import has_docker  # noqa: PLC0415

        if not has_docker():
            raise CommandError("There is no command docker; install Docker or leave out --docker.")
