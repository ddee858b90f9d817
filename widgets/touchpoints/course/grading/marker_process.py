"""The other end of a marker: asks, waits for a bounded time, starts it again where it hangs."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any, Final

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
        self._process: subprocess.Popen[str] | None = None
        self._replies: queue.Queue[str] = queue.Queue()

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
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            for stream in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    stream.close()  # type: ignore[union-attr]
            process.wait()

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        seconds = _SECONDS if self._process else _START_SECONDS
        process = self._process or self._start()
        try:
            if process.stdin is not None:
                process.stdin.write(json.dumps(request) + "\n")
                process.stdin.flush()
            line = self._replies.get(timeout=seconds)
        except queue.Empty:
            self.stop()
            raise MarkerError(f"marking took more than {seconds:.0f} seconds") from None
        except OSError:
            line = ""
        if not line:
            self.stop()
            raise MarkerError("the marker ended early")
        reply: dict[str, Any] = json.loads(line)
        if "fault" in reply:
            raise MarkerError(reply["fault"])
        return reply

    def _start(self) -> subprocess.Popen[str]:
        paths = [path for path in sys.path if path]
        process = subprocess.Popen(  # noqa: S603  (our own interpreter)
            [sys.executable, "-m", "touchpoints.course.grading.marker", *self._arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONHASHSEED": "0"},
            start_new_session=True,
        )
        self._process, self._replies = process, queue.Queue()
        reader = threading.Thread(
            target=_pass_on, args=(process.stdout, self._replies), daemon=True
        )
        reader.start()
        return process


def _pass_on(lines: IO[str] | None, replies: queue.Queue[str]) -> None:
    with contextlib.suppress(ValueError, OSError):
        for line in lines or ():
            replies.put(line)
    replies.put("")
