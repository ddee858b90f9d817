"""Grade two hundred submissions, hostile ones among them: seconds and memory.

usage: python benchmarks/grade_submissions.py   (wants psutil, which comes with JupyterLab's kernel)

The command `touchpoints course grade` is run as a lecturer does, two at one time: first on all,
then once more, when every result is known. Memory is the sum over the command and all its processes
(proportional set size: shared pages count once), sampled ten times a second.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import psutil
from side_by_side import Row, keep, seconds

from touchpoints.course.assignments import load_assignment
from touchpoints.course.students import CourseKey

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from handed_in import ten_submissions

ASSIGNMENT = "first_look"
JOBS = 2
SECONDS = 20
#: How many of each kind.
KINDS = {
    "solution": 100, "partly": 40, "empty": 20, "syntax": 20,
    "loops": 4, "memory": 4, "deletes": 3, "prints": 3, "steals": 3, "broken": 3,
}  # fmt: skip
_MB = 1024**2


class _Memory:
    """Largest memory of a process and all that come from it."""

    def __init__(self, process: int) -> None:
        self.most = 0
        self._root = psutil.Process(process)
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        try:
            while self._root.is_running() and self._root.status() != psutil.STATUS_ZOMBIE:
                self.most = max(self.most, sum(map(_size, self._tree())))
                time.sleep(0.1)
        except psutil.NoSuchProcess:
            return

    def _tree(self) -> list[psutil.Process]:
        return [self._root, *self._root.children(recursive=True)]


def _size(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0


def main() -> None:
    """Make the submissions, grade them twice and keep the table."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        submissions = _hand_in(place)
        first, most = _grade(place)
        again, _ = _grade(place)
        text = (place / "out" / "gradebook.csv").read_text("utf-8-sig")
    found = Counter(
        (row["student"][:-4], row["total"]) for row in csv.DictReader(text.splitlines())
    )
    kinds = ", ".join(
        f"{kind}: {count} with {total} points" for (kind, total), count in sorted(found.items())
    )
    rows = [
        Row(f"{submissions} submissions, graded", None, seconds(first)),
        Row(f"{submissions} submissions, all known from an earlier run", None, seconds(again)),
        Row("largest memory of the command and all its processes", None, f"{most / _MB:,.0f} MB"),
    ]
    said = (
        f"One run each, assignment {ASSIGNMENT}, {JOBS} at one time, {SECONDS} seconds for a "
        f"notebook. {kinds}."
    )
    keep("grade_submissions", "Grading", rows, [said])


def _hand_in(place: Path) -> int:
    assignment = load_assignment(ASSIGNMENT)
    CourseKey("Benchmark", bytes(range(32))).write(place / "key.json")
    (place / "precious").mkdir()
    texts = ten_submissions(
        assignment.solved, assignment.tasks, place / "key.json", place / "precious" / "file"
    )
    (place / "in").mkdir()
    students = [f"{kind}-{n:03}" for kind, count in KINDS.items() for n in range(count)]
    for student in students:
        (place / "in" / f"{student}.ipynb").write_text(texts[student[:-4]], encoding="utf-8")
    (place / "roster.csv").write_text("\n".join(["student", *students]), encoding="utf-8")
    return len(students)


def _grade(place: Path) -> tuple[float, int]:
    command = [
        *(sys.executable, "-m", "touchpoints.cli", "course", "grade", place / "in"),
        *("--assignment", ASSIGNMENT, "--key", place / "key.json"),
        *("--roster", place / "roster.csv", "--out", place / "out"),
        *("--jobs", str(JOBS), "--seconds", str(SECONDS)),
    ]
    start = time.perf_counter()
    process = subprocess.Popen(command, env=os.environ, stdout=subprocess.DEVNULL)
    memory = _Memory(process.pid)
    if process.wait():
        raise SystemExit("the command failed")
    return time.perf_counter() - start, memory.most


if __name__ == "__main__":
    main()
