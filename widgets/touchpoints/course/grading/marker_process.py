"""The other end of a marker: asks, waits for a bounded time, starts it again where it hangs."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, Final

from touchpoints.course.grading.line_process import EndedError, LineProcess

_START_SECONDS: Final = 120.0
_SECONDS: Final = 60.0


class MarkerError(Exception):
    """The marker could not do its work; this is no fault of the student."""


class MarkerProcess:
    """One marker, started when first asked.

    Args:
        assignment: Name of the assignment.
        key: The course's key file.
    """

    def __init__(self, assignment: str, key: Path) -> None:
        self._arguments = [assignment, str(key)]
        self._process: LineProcess | None = None

    def prepare(self, student: str, folder: Path) -> None:
        """Write a student's own data into a folder.

        Raises:
            MarkerError: If that fails.
        """
        self._ask({"do": "prepare", "student": student, "folder": str(folder)})

    def mark(self, student: str, answers: object, refused: object) -> list[dict[str, Any]]:
        """Mark a student's answers.

        Returns:
            Plain data of one `QuestionMark` a question.

        Raises:
            MarkerError: If that fails.
        """
        request = {"do": "mark", "student": student, "answers": answers, "refused": refused}
        marks: list[dict[str, Any]] = self._ask(request)["marks"]
        return marks

    def stop(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.end()
            self._process = None

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        seconds = _SECONDS if self._process else _START_SECONDS
        self._process = self._process or self._start()
        self._process.send(request)
        try:
            reply = self._process.reply(seconds)
        except EndedError as error:
            self._process = None
            raise MarkerError(f"Marking: {error}.") from None
        if "fault" in reply:
            raise MarkerError(reply["fault"])
        return reply

    def _start(self) -> LineProcess:
        paths = os.pathsep.join(path for path in sys.path if path)
        return LineProcess(
            [sys.executable, "-m", "touchpoints.course.grading.marker", *self._arguments],
            {**os.environ, "PYTHONPATH": paths, "PYTHONHASHSEED": "0"},
        )
