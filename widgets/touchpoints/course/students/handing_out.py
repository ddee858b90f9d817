"""Data for a whole roster: a folder and a ZIP file a student, and the lecturer's folder.

    FOLDER/lecturer/   key.json, handout.csv, truth/CODE.json: never handed out
    FOLDER/data/CODE/  a student's files
    FOLDER/zip/        CODE.zip, a student's files with the folder `data` around them

Students are taken in the order of their codes, so that not even the times of the files tell where
somebody stands in the roster.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from touchpoints.core.errors import InputError, echo
from touchpoints.core.spreadsheet_cells import safe_cell
from touchpoints.course.students.company import NOTICE
from touchpoints.course.students.key import FORMAT, CourseKey
from touchpoints.course.students.roster import Student
from touchpoints.course.students.student_data import StudentData, student_data
from touchpoints.course.students.writing import student_files, zipped
from touchpoints.writing import HALF, write_folder, write_whole

LECTURER: Final = "lecturer"
KEY_FILE: Final = "key.json"
_PRIVATE: Final = """PRIVATE: for the lecturer alone.

key.json     makes all data and all expected answers; keep a copy in a safe place
handout.csv  which student has which code
truth/       what is true in each student's data

Hand out only what lies in the folders data and zip. Nothing here belongs on a learning platform or
in a repository; the file .gitignore keeps Git from taking it.
"""


@dataclass(frozen=True)
class HandedOut:
    """What was done.

    Attributes:
        made: Students whose data were written.
        kept: Students whose data were there already, byte for byte.
    """

    made: int
    kept: int


def course_key(folder: Path, course: str | None, key_file: Path | None) -> CourseKey:
    """Read the course's key, or make it the first time.

    Args:
        folder: Where all data go.
        course: Name of the course; None for that of the key.
        key_file: The key; None for the one in the lecturer's folder.

    Raises:
        InputError: If the key is of another course, or a key file was named that is not there.
    """
    path = key_file or folder / LECTURER / KEY_FILE
    if key_file is None and not path.exists():
        if any((folder / LECTURER / "truth").glob("*.json")):
            raise InputError(
                f"data in {echo(str(folder))} and no key for them",
                "the key that made them",
                "put your copy of key.json back, or take another folder",
            )
        key = CourseKey.new(course or "course")
        _make_folders(folder)
        key.write(path)
        return key
    key = CourseKey.read(path)
    if course is not None and course != key.course:
        raise InputError(
            f"course {echo(course)} and a key of course {echo(key.course)}",
            "the key's own course",
            "leave --course out, or take another folder for another course",
        )
    return key


def hand_out(
    students: Sequence[Student], key: CourseKey, folder: Path, done: Callable[[], None]
) -> HandedOut:
    """Write the data of all students; what is there already stays as it is.

    Args:
        students: The roster.
        key: The course's key.
        folder: Where all data go; data of students who are not in the roster are left alone.
        done: Called after each student.

    Returns:
        How many were written and kept.

    Raises:
        InputError: If two students get the same code, or something can't be written.
    """
    codes = _codes(students, key)
    _make_folders(folder)
    _clear_halves(folder)
    _write_handout(students, key, folder)
    made = 0
    for code in sorted(codes):
        if not _is_whole(folder, code):
            _write(student_data(key, codes[code]), folder)
            made += 1
        done()
    return HandedOut(made, len(students) - made)


def _codes(students: Sequence[Student], key: CourseKey) -> dict[str, str]:
    codes = {key.code(student.id): student.id for student in students}
    if len(codes) < len(students):
        raise InputError(
            "two students with the same code, by chance",
            "a code for each student",
            "take another folder, so that a new key is made",
        )
    return codes


def _make_folders(folder: Path) -> None:
    place = folder / LECTURER
    try:
        (place / "truth").mkdir(parents=True, exist_ok=True)
        (folder / "zip").mkdir(exist_ok=True)
        place.chmod(0o700)
    except OSError as error:
        raise InputError(
            f"{echo(str(folder))}, where folders can't be made ({error.strerror})",
            "a folder to write to",
            "name another with --out",
        ) from None
    write_whole(place / "PRIVATE.txt", _PRIVATE, overwrite=True)
    write_whole(place / ".gitignore", "*\n", overwrite=True)


def _clear_halves(folder: Path) -> None:
    """Remove what an interrupted run was just writing."""
    for place in (folder / "data", folder / "zip", folder / LECTURER, folder / LECTURER / "truth"):
        for half in place.glob(HALF):
            shutil.rmtree(half) if half.is_dir() else half.unlink()


def _write_handout(students: Sequence[Student], key: CourseKey, folder: Path) -> None:
    text = io.StringIO()
    sheet = csv.writer(text, lineterminator="\n")
    sheet.writerow(["student", "name", "code"])
    for student in students:
        sheet.writerow([student.id, safe_cell(student.name), key.code(student.id)])
    write_whole(folder / LECTURER / "handout.csv", text.getvalue(), overwrite=True)


def _write(data: StudentData, folder: Path) -> None:
    """Write one student: the truth last, because it says which files are whole."""
    files = student_files(data)
    packed = zipped(files)
    write_folder(folder / "data" / data.code, files, overwrite=True)
    write_whole(folder / "zip" / f"{data.code}.zip", packed, overwrite=True)
    truth = {
        "synthetic": NOTICE,
        "format": FORMAT,
        "code": data.code,
        "company": asdict(data.company),
        **data.truth,
        "sha256": {
            **{name: _hash(content) for name, content in files.items()},
            "zip": _hash(packed),
        },
    }
    text = json.dumps(truth, indent=1, ensure_ascii=False) + "\n"
    write_whole(_truth_file(folder, data.code), text, overwrite=True)


def _is_whole(folder: Path, code: str) -> bool:
    """Tell whether a student's files are all there and as they were written."""
    try:
        told = json.loads(_truth_file(folder, code).read_bytes())["sha256"]
        packed = told.pop("zip")
        here = {path.name: _hash(path.read_bytes()) for path in (folder / "data" / code).iterdir()}
        return bool(here == told and _hash((folder / "zip" / f"{code}.zip").read_bytes()) == packed)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _truth_file(folder: Path, code: str) -> Path:
    return folder / LECTURER / "truth" / f"{code}.json"


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
