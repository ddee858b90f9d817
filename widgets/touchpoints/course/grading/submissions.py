"""Find the notebooks in what a learning platform delivers, and whose they are."""

from __future__ import annotations

import hashlib
import os
import stat
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final

from touchpoints.core.errors import InputError, echo
from touchpoints.course.grading.notebook_cells import LARGEST_MB, code_cells
from touchpoints.course.grading.people import Finder
from touchpoints.course.students.roster import Student

_MOST_FILES: Final = 20_000
_MOST_IN_ALL_MB: Final = 4_000
_BYTES: Final = LARGEST_MB * 1_000_000
_OF_NOBODY: Final = ("__MACOSX", ".ipynb_checkpoints")
_WANTED: Final = "a folder or ZIP file of submissions"


@dataclass(frozen=True)
class Submission:
    """One student's work.

    Attributes:
        person: Whose it is.
        source: The file, as the lecturer knows it.
        platform: Number that the learning platform gave the person, or "".
        cells: Sources of the code cells; None if the file can't be read.
        digest: SHA-256 of the cells, so that the same work is known again.
        problem: Why the file can't be read, or that there is more than one; else empty.
        double: Whether there is more than one notebook, and none is that of the assignment.
    """

    person: Student
    source: str
    platform: str
    cells: tuple[str, ...] | None
    digest: str
    problem: str = ""
    double: bool = False


@dataclass(frozen=True)
class Found:
    """All that lies in the folder or ZIP file.

    Attributes:
        submissions: One a student.
        unmatched: Files that belong to nobody, each with the reason.
        missing: Who handed in nothing.
    """

    submissions: tuple[Submission, ...]
    unmatched: tuple[tuple[str, str], ...]
    missing: tuple[Student, ...]


@dataclass(frozen=True)
class _File:
    """A file: its code cells, or why it has none, and how many bytes of it could be read.

    Outputs are let go at once: with many pictures a whole course would fill the memory.
    """

    path: PurePosixPath
    cells: tuple[str, ...] | None = None
    problem: str = ""
    read: int | None = None


@dataclass
class _Sorted:
    """Files by person, and those of nobody."""

    of: dict[str, list[tuple[_File, str]]] = field(default_factory=lambda: defaultdict(list))
    unmatched: list[tuple[str, str]] = field(default_factory=list)


def find_submissions(place: Path, people: Sequence[Student], assignment: str) -> Found:
    """Find the submissions.

    Args:
        place: A folder, or a ZIP file, which is read without being unpacked.
        people: The roster.
        assignment: Name of the assignment: of several notebooks the one of this name counts.

    Returns:
        What was found.

    Raises:
        InputError: If there is no such folder or ZIP file, or it is too large.
    """
    finder, by_id = Finder(people), {person.id: person for person in people}
    found = _Sorted()
    for file in _files(place):
        names = [*file.path.parts[:-1], file.path.stem]
        guesses = [finder.whose(name) for name in names]
        known = next((guess for guess in guesses if guess.person), None)
        if known is None or known.person is None:
            why = next((g.why for g in guesses if "several" in g.why), guesses[-1].why)
            found.unmatched.append((str(file.path), file.problem or why))
        else:
            found.of[known.person.id].append((file, known.platform))
    submissions = tuple(
        _submission(by_id[student], files, assignment)
        for student, files in sorted(found.of.items())
    )
    there = {submission.person.id for submission in submissions}
    missing = tuple(person for person in people if person.id not in there)
    return Found(submissions, tuple(sorted(found.unmatched)), missing)


def _submission(person: Student, files: list[tuple[_File, str]], assignment: str) -> Submission:
    notebooks = [pair for pair in files if pair[0].path.suffix.casefold() == ".ipynb"]
    if not notebooks:
        file, platform = files[0]
        said = file.problem or f"{file.path.name} is no notebook (.ipynb)"
        return Submission(person, str(file.path), platform, None, "", said)
    notebooks = [pair for pair in notebooks if pair[0].read is not None] or notebooks
    named = [pair for pair in notebooks if pair[0].path.stem.endswith(assignment)]
    chosen = named if len(named) == 1 else notebooks
    sources = ", ".join(sorted(str(file.path) for file, _ in chosen))
    file, platform = chosen[0]
    if len(chosen) > 1:
        said = f"{len(chosen)} notebooks: {sources}"
        return Submission(person, sources, platform, None, "", said, double=True)
    if file.cells is None:
        return Submission(person, sources, platform, None, "", file.problem)
    return Submission(person, sources, platform, file.cells, _digest(file.cells))


def _digest(cells: tuple[str, ...]) -> str:
    hashed = hashlib.sha256()
    for cell in cells:
        content = cell.encode("utf-8", "surrogatepass")
        hashed.update(len(content).to_bytes(8, "big") + content)
    return hashed.hexdigest()


def _files(place: Path) -> Iterator[_File]:
    if place.is_dir():
        return _in_folder(place)
    if place.is_file() and zipfile.is_zipfile(place):
        return _in_archive(place)
    raise InputError(f"{echo(str(place))}, which is none", _WANTED, "check the path")


def _in_folder(place: Path) -> Iterator[_File]:
    read = count = 0
    for folder, inner, names in os.walk(place):
        inner[:] = sorted(name for name in inner if not _of_nobody(name))
        for name in sorted(names):
            path = Path(folder, name)
            shown = PurePosixPath(path.relative_to(place).as_posix())
            if _of_nobody(name):
                continue
            count += 1
            _require_fewer(count, read, place)
            file = _read_file(path, shown)
            read += file.read or 0
            yield file


def _read_file(path: Path, shown: PurePosixPath) -> _File:
    if not stat.S_ISREG(path.lstat().st_mode):
        return _File(shown, problem="a link or no plain file: not followed")
    if path.suffix.casefold() != ".ipynb":
        return _File(shown)
    try:
        with path.open("rb") as file:
            return _notebook(shown, file.read(_BYTES + 1))
    except OSError as error:
        return _File(shown, problem=f"can't be read ({error.strerror})")


def _in_archive(place: Path) -> Iterator[_File]:
    read = 0
    with _opened(place) as archive:
        entries = archive.infolist()
        _require_fewer(len(entries), 0, place)
        for entry in sorted(entries, key=lambda e: e.filename):
            shown = PurePosixPath(entry.filename.replace("\\", "/"))
            if entry.filename.endswith("/") or any(_of_nobody(part) for part in shown.parts):
                continue
            file = _read_entry(archive, entry, shown)
            read += file.read or 0
            _require_fewer(0, read, place)
            yield file


def _opened(place: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(place)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise InputError(
            f"{echo(str(place))}, whose table of contents is damaged",
            _WANTED,
            "download it again",
        ) from None


def _read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, shown: PurePosixPath) -> _File:
    if not shown.parts or shown.is_absolute() or ".." in shown.parts or ":" in shown.parts[0]:
        problem = "a path that leads out of the archive, or to no file in it"
        return _File(PurePosixPath(shown.name), problem=problem)
    if stat.S_ISLNK(entry.external_attr >> 16):
        return _File(shown, problem="a link: not followed")
    if shown.suffix.casefold() != ".ipynb":
        return _File(shown)
    try:
        with archive.open(entry) as file:
            return _notebook(shown, file.read(_BYTES + 1))
    except (
        OSError,
        RuntimeError,
        NotImplementedError,
        zipfile.BadZipFile,
        EOFError,
        ValueError,
    ) as e:
        return _File(shown, problem=f"can't be unpacked ({' '.join(str(e).split())[:80]})")
    except Exception as error:  # noqa: BLE001  (zlib, lzma and bz2 have errors of their own)
        return _File(shown, problem=f"can't be unpacked ({type(error).__name__})")


def _notebook(shown: PurePosixPath, content: bytes) -> _File:
    if len(content) > _BYTES:
        return _File(shown, problem=f"larger than {LARGEST_MB} MB")
    try:
        return _File(shown, code_cells(content), read=len(content))
    except InputError as error:
        return _File(shown, problem=str(error), read=len(content))


def _of_nobody(name: str) -> bool:
    return name in _OF_NOBODY or (name.startswith(".") and name not in {".", ".."})


def _require_fewer(files: int, read: int, place: Path) -> None:
    if files > _MOST_FILES or read > _MOST_IN_ALL_MB * 1_000_000:
        raise InputError(
            f"{place.name} with more than {_MOST_FILES:,} files or {_MOST_IN_ALL_MB:,} MB",
            _WANTED,
            "grade it in parts",
        )
