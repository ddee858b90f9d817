"""Start the process that executes a notebook, end it in time, and read what it hands over."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import stat
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from touchpoints.core.errors import InputError
from touchpoints.course.answers.transport import from_plain
from touchpoints.course.grading.confinement import TIME_OVER
from touchpoints.course.grading.limits import Limits
from touchpoints.course.grading.runner import RESULT
from touchpoints.course.grading.starter import Starter, new_starter, readable_folders

_NOBODY: Final = 65534


@dataclass(frozen=True)
class Execution:
    """What came of executing a notebook. All of it was said by a process that nobody trusts.

    Attributes:
        ended: "finished", "time" (it had its time) or "itself" (it ended before its last cell).
        answers: Plain values by name.
        refused: For answers that can't be handed over: why.
        errors: Number of the code cell and what went wrong there.
        lines: How many lines it printed, if these were many; else 0.
    """

    ended: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)
    errors: tuple[tuple[int, str], ...] = ()
    lines: int = 0


class Executor:
    """Executes notebooks, each in a process and a folder of its own.

    Args:
        limits: What each may use up.
        image: A Docker image that has the kit; none for a process on this machine.
    """

    def __init__(self, limits: Limits, image: str | None = None) -> None:
        self.limits = limits
        self.image = image
        self._idle: list[Starter] = []
        self._busy: list[Starter] = []
        self._stopped = False
        self._lock = threading.Lock()

    def execute(
        self, cells: Sequence[str], answers: Sequence[str], prepare: Callable[[Path], None]
    ) -> Execution:
        """Execute the cells of a notebook.

        Args:
            cells: Sources of its code cells.
            answers: Names of the variables that it should hand over.
            prepare: Puts into a folder what the notebook may read: the student's own data.

        Returns:
            What came of it.
        """
        with _folder() as folder, self._starter() as starter:
            prepare(folder)
            (folder / ".home").mkdir()
            _give_away(folder)
            job = {
                "cells": list(cells),
                "answers": list(answers),
                "limits": asdict(self.limits),
                "readable": [] if self.image else readable_folders(),
            }
            code = starter.run(job, folder, self.limits)
            return _read(folder / RESULT, code, self.limits)

    def stop(self) -> None:
        """End everything that runs and start nothing more."""
        with self._lock:
            self._stopped = True
            for starter in [*self._busy, *self._idle]:
                starter.end()

    @contextlib.contextmanager
    def _starter(self) -> Iterator[Starter]:
        with self._lock:
            if self._stopped:
                raise KeyboardInterrupt
            starter = self._idle.pop() if self._idle else new_starter(self.image)
            self._busy.append(starter)
        try:
            yield starter
        finally:
            with self._lock:
                self._busy.remove(starter)
                self._idle.append(starter)


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="touchpoints-grade-")).resolve()
    try:
        yield folder
    finally:
        _remove(folder)


def _remove(folder: Path) -> None:
    """Remove what a notebook left, also folders that it closed."""
    if folder.is_symlink():  # what it may have put in the place of its folder
        folder.unlink()
        return
    if not _is_root():  # who needs no permission, and must not be led to change any elsewhere
        _open_folders(folder)
    shutil.rmtree(folder, ignore_errors=True)


def _open_folders(folder: Path) -> None:
    with contextlib.suppress(OSError):
        folder.chmod(stat.S_IRWXU)
    for path, inner, _ in os.walk(folder):  # from the top: what is opened can be walked into
        for place in (Path(path, name) for name in inner):
            with contextlib.suppress(OSError):
                if not place.is_symlink():
                    place.chmod(stat.S_IRWXU)


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _give_away(folder: Path) -> None:
    """Let nobody own the folder where the grader is root: the notebook will be run as nobody."""
    if _is_root():
        for path in (folder, *folder.rglob("*")):
            os.chown(path, _NOBODY, _NOBODY, follow_symlinks=False)


def _read(path: Path, code: int, limits: Limits) -> Execution:
    """Read the file of results as something that a stranger wrote."""
    broken = Execution("time" if code == TIME_OVER else "itself")
    most = int(limits.answers_mb * 1_000_000) + 100_000
    try:
        # Neither a link to a file of the lecturer's is followed nor a pipe waited for.
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        with os.fdopen(os.open(path, flags), "rb") as file:
            content = file.read(most + 1)
        said = json.loads(content) if len(content) <= most else None
    except (OSError, ValueError, RecursionError):
        return broken
    return _checked(said, code) or broken


def _checked(said: object, code: int) -> Execution | None:
    if not isinstance(said, dict):
        return None
    answers, refused, errors, lines = (
        said.get(key) for key in ("answers", "refused", "errors", "lines")
    )
    if not (isinstance(answers, dict) and isinstance(refused, dict) and isinstance(errors, list)):
        return None
    finished = said.get("finished") is True and code != TIME_OVER
    known: dict[str, Any] = {}
    why = {str(name)[:100]: str(told)[:400] for name, told in list(refused.items())[:100]}
    for name, value in answers.items():
        try:
            known[name] = from_plain(value)
        except InputError as error:
            why[name] = str(error)
    return Execution(
        "finished" if finished else "time" if code == TIME_OVER else "itself",
        known,
        why,
        tuple(
            (error["cell"], str(error.get("error"))[:400])
            for error in errors[:50]
            if isinstance(error, dict) and type(error.get("cell")) is int
        ),
        lines if type(lines) is int and lines >= 0 else 0,
    )
