"""The notebooks of a course, as students get them."""

from __future__ import annotations

import ast
import itertools
import json
import posixpath
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from touchpoints.course.sources import notebooks_folder

#: The widgets, whose texts have a language.
WIDGETS: Final = frozenset(
    {
        "BalancePlanner",
        "ChannelLens",
        "FanExplorer",
        "Progress",
        "Quiz",
        "Report",
        "Scorecard",
        "ShiftsCheck",
        "SmallThingsCheck",
        "StudyPlanner",
        "TrustSimulator",
    }
)
#: The kinds of notebooks, which are the names of their folders.
KINDS: Final = ("first_steps", "labs", "exercises")
#: How to open it, for readers of the book: whoever got the file has it open.
_OPEN: Final = re.compile(
    r"^To work on [^\n]+?, open it in JupyterLab.+?(?:\n\n|\Z)", re.MULTILINE | re.DOTALL
)
_TITLE: Final = re.compile(r"^# (.+)$", re.MULTILINE)
_MINUTES: Final = re.compile(r"\*(\d+) minutes")
#: The sentence in which a notebook names the chapters it builds on.
_NEEDS: Final = re.compile(r"^You need .+$", re.MULTILINE)
_LINK: Final = re.compile(r"\[([^\]\[]+)\]\(((?:\.\./)+|\./)?([\w/.-]+\.(?:md|ipynb))(#[\w-]*)?\)")


@dataclass(frozen=True)
class CourseNotebook:
    """A notebook that students work on: first steps, a lab or an exercise.

    Attributes:
        kind: One of `KINDS`.
        name: Name of its file, without ending.
        title: Its heading.
        minutes: How long it takes, as it says, or None.
        chapters: Addresses of the chapters it builds on; empty for one that comes first.
        content: The notebook as parsed JSON.
    """

    kind: str
    name: str
    title: str
    minutes: int | None
    chapters: tuple[str, ...]
    content: dict[str, Any]

    @property
    def address(self) -> str:
        """Address in the book, without ending."""
        return f"notebooks/{self.kind}/{self.name}"


def load_notebooks(folder: Path | None = None) -> tuple[CourseNotebook, ...]:
    """Read all first steps, labs and exercises, each sorted by name.

    Args:
        folder: Where they lie; by default the kit's own.
    """
    here = folder or notebooks_folder()
    return tuple(
        _read(kind, path)
        for kind in KINDS
        for path in sorted((here / kind).glob("*.ipynb"))
        if not path.name.endswith(".src.ipynb")
    )


def _read(kind: str, path: Path) -> CourseNotebook:
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    text = "\n".join(
        "".join(cell["source"]) for cell in content["cells"] if cell["cell_type"] == "markdown"
    )
    title, minutes, needs = _TITLE.search(text), _MINUTES.search(text), _NEEDS.search(text)
    chapters = [link[2].removesuffix(".md") for link in _LINK.findall(needs[0] if needs else "")]
    return CourseNotebook(
        kind,
        path.stem,
        title[1] if title else path.stem,
        int(minutes[1]) if minutes else None,
        tuple(chapters),
        content,
    )


def chosen_notebooks(
    notebooks: Iterable[CourseNotebook], chapters: Sequence[str]
) -> tuple[CourseNotebook, ...]:
    """Return the notebooks that build on none but the given chapters, in the order of these.

    Args:
        notebooks: All of them.
        chapters: Addresses of the chapters that are taught.
    """
    fit = [n for n in notebooks if set(n.chapters) <= set(chapters)]
    # A stable sort: what builds on nothing comes first, and labs stay before
    # exercises.
    return tuple(
        sorted(fit, key=lambda n: max((chapters.index(c) for c in n.chapters), default=-1))
    )


def student_notebook(
    notebook: CourseNotebook, *, language: str, book: str, others: Collection[str]
) -> bytes:
    """Write a notebook as students get it: no results in it, links that lead somewhere.

    Args:
        notebook: The notebook.
        language: Of the widgets' texts, "en" or "de".
        book: Address of the published book, or "", which leaves names without links.
        others: Addresses of the notebooks that students get, too.

    Returns:
        The notebook's file.
    """
    cells = []
    for cell in notebook.content["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code":
            source = in_language(source, language)
            cell = cell | {"outputs": [], "execution_count": None}  # noqa: PLW2901
        else:
            source = _linked(_OPEN.sub("", source), notebook, book, others)
        cells.append(cell | {"source": source.splitlines(keepends=True)})
    return notebook_bytes(notebook.content | {"cells": cells})


def notebook_bytes(content: dict[str, Any]) -> bytes:
    """Write a notebook's file."""
    return (json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()


def _linked(source: str, notebook: CourseNotebook, book: str, others: Collection[str]) -> str:
    """Let links lead to the published book or to notebooks beside; others become their text."""

    def replaced(found: re.Match[str]) -> str:
        text, up, path, anchor = found[1], found[2] or "", found[3], found[4] or ""
        there = posixpath.normpath(posixpath.join(posixpath.dirname(notebook.address), up + path))
        address = posixpath.splitext(there)[0]
        if address in others:
            return found[0]
        return f"[{text}]({book}/{address}.html{anchor})" if book else text

    return _LINK.sub(replaced, source)


def in_language(source: str, language: str) -> str:
    """Let the widgets of a cell speak a language.

    Args:
        source: Python.
        language: "en", which they speak anyway, or "de".

    Example:
        >>> print(in_language("card = tp.Scorecard(data)", "de"))
        card = tp.Scorecard(data, lang="de")
    """
    if language == "en" or "tp." not in source:
        return source
    text = source.encode()  # columns count bytes
    starts = [0, *itertools.accumulate(len(line) for line in text.splitlines(keepends=True))]
    ends = [
        starts[(node.end_lineno or 1) - 1] + (node.end_col_offset or 1) - 1
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WIDGETS
        and all(keyword.arg != "lang" for keyword in node.keywords)
    ]
    for end in sorted(ends, reverse=True):
        before = text[:end].rstrip()
        comma = b"" if before.endswith((b"(", b",")) else b", "
        text = text[:end] + comma + f'lang="{language}"'.encode() + text[end:]
    return text.decode()
