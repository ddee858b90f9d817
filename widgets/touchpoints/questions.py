"""The questions of the book's chapters, and the only code that reads question files."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from touchpoints.core.errors import InputError, echo, listing, nearest
from touchpoints.core.quiz import QuestionSheet
from touchpoints.core.quiz_reading import read_quiz
from touchpoints.plain_yaml import read_yaml

_HERE: Final = Path(__file__).resolve().parent
_REPOSITORY: Final = _HERE.parents[1]
_ENDINGS: Final = (".yml", ".yaml")
_WHAT: Final = "a question file"
_FORM: Final = "YAML as in book/questions/README.md"
_TITLE: Final = re.compile(r"^# (.+)$", re.MULTILINE)
_PAGE: Final = re.compile(r"^\s*(?:- )?(?:file|root):\s*(\S+)\s*$", re.MULTILINE)


def questions_folder() -> Path:
    """Return the folder of the question files: the repository's if there is one, else the wheel's.

    Returns:
        A folder with one `.yml` file a chapter.
    """
    in_repository = _REPOSITORY / "book" / "questions"
    return in_repository if in_repository.is_dir() else _HERE / "_questions"


@dataclass(frozen=True)
class QuizPlace:
    """A chapter of the book that has questions.

    Attributes:
        name: Name of the question file without ending, which is that of the chapter.
        title: Title of the chapter.
        page: Address of the chapter in the book without ending, or "" where there is no book.
    """

    name: str
    title: str
    page: str


def list_quizzes() -> list[QuizPlace]:
    """List the chapters that have questions, in the order of the book.

    From a wheel, which has no book, the order is alphabetical and the name stands for the title.

    Returns:
        One entry a question file.
    """
    names = sorted(path.stem for path in questions_folder().glob("*.yml"))
    toc = _REPOSITORY / "_toc.yml"
    if not toc.is_file():
        return [QuizPlace(name, name, "") for name in names]
    pages = {posixpath.basename(p): p for p in _PAGE.findall(toc.read_text(encoding="utf-8"))}
    listed = [QuizPlace(name, _title(pages[name]), pages[name]) for name in pages if name in names]
    return listed + [QuizPlace(name, name, "") for name in names if name not in pages]


def _title(page: str) -> str:
    source = _REPOSITORY / f"{page}.md"
    title = _TITLE.search(source.read_text(encoding="utf-8")) if source.is_file() else None
    return title[1] if title else posixpath.basename(page)


def load_quiz(what: str | Path | Mapping[str, Any]) -> QuestionSheet:
    """Read and check the questions of a chapter.

    Args:
        what: Name of a chapter of the book, path of a file of one's own (ending in .yml or .yaml),
            or the content of such a file as plain data.

    Returns:
        The checked questions.

    Raises:
        InputError: If there is no such chapter or file, or anything in it is wrong; the message
            names file, question and field.

    Example:
        >>> load_quiz("none.yml")
        Traceback (most recent call last):
        ...
        touchpoints.core.errors.InputError: Found 'none.yml', which can't be read (No such file or
        directory); allowed is a question file; check the path.
    """
    if isinstance(what, Mapping):
        return read_quiz(what)
    if isinstance(what, str) and not what.endswith(_ENDINGS):
        names = [place.name for place in list_quizzes()]
        if what not in names:
            raise InputError(
                f"no questions {echo(what)}",
                listing(names) or "nothing",
                f"choose one of these{nearest(what, names)}, or give a path ending in .yml",
            )
        return _read_file(questions_folder() / f"{what}.yml")
    if not isinstance(what, str | Path):
        raise InputError(
            f"questions {echo(what)}", "a name, a path or plain data", "choose one of these"
        )
    return _read_file(Path(what))


def _read_file(path: Path) -> QuestionSheet:
    """Read a question file, which is called like its chapter."""
    sheet = read_quiz(read_yaml(path, _WHAT, _FORM), path.name)
    if sheet.chapter != path.stem:
        raise InputError(
            f"{path.name}, chapter: {echo(sheet.chapter)}",
            f"the file's name, {path.stem}",
            "rename one of them",
        )
    return sheet
