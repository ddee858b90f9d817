"""Make data for 500 students twice, each from scratch, and compare every byte.

usage: python benchmarks/student_data.py [students]   (500 if not said)

One core, one process; a third run finds all of it there and writes nothing.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
import time
from pathlib import Path

from side_by_side import Row, keep, seconds

from touchpoints.course.students import CourseKey
from touchpoints.course.students.handing_out import HandedOut, hand_out
from touchpoints.course.students.roster import Student

STUDENTS = 500
KEY = CourseKey("benchmark", bytes(range(32)))


def timed(students: list[Student], folder: Path) -> tuple[str, HandedOut]:
    """Write all data and say how long it took: of one core, and by the clock."""
    start, core = time.perf_counter(), time.process_time()
    done = hand_out(students, KEY, folder, lambda: None)
    core, clock = time.process_time() - core, time.perf_counter() - start
    return f"{seconds(core)} of one core, {seconds(clock)} by the clock", done


def fingerprint(folder: Path) -> tuple[str, int, int]:
    """Return the hash over all files, their number and their bytes."""
    digest, size = hashlib.sha256(), 0
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in paths:
        content = path.read_bytes()
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(content).digest())
        size += len(content)
    return digest.hexdigest(), len(paths), size


def main() -> None:
    """Measure."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else STUDENTS
    students = [Student(f"student {k}", "") for k in range(number)]
    with tempfile.TemporaryDirectory() as place:
        folders = [Path(place) / name for name in ("first", "second")]
        # The second time in another order of the roster: only the lecturer's list may differ.
        (first, _), (second, _) = (
            timed(order, folder)
            for order, folder in zip((students, students[::-1]), folders, strict=True)
        )
        lists = [folder / "lecturer" / "handout.csv" for folder in folders]
        if len({frozenset(path.read_text("utf-8").splitlines()) for path in lists}) > 1:
            raise SystemExit("The lists of codes differ.")
        again, kept = timed(students, folders[0])
        for path in lists:
            path.unlink()
        found = [fingerprint(folder) for folder in folders]
    if found[0] != found[1] or kept.made:
        raise SystemExit(f"Two runs, other bytes: {found}; made again: {kept.made}.")
    rows = [
        Row(f"data for {number} students", None, first),
        Row("the same from scratch, roster in reverse", None, second),
        Row("again: all is there and checked", None, again),
    ]
    digest, files, size = found[0]
    said = (
        f"All {files:,} files of the two runs ({size / 1e6:,.0f} MB: tables, ZIP files, truths) "
        f"are the same byte for byte: SHA-256 over all of them {digest[:16]}…"
    )
    keep("student_data", "Data for every student", rows, [said])


if __name__ == "__main__":
    main()
