"""A process of ours that answers requests, one line of JSON each, within a bounded time."""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import threading
from collections.abc import Mapping, Sequence
from typing import IO, Any


class EndedError(Exception):
    """The process has ended."""


class LateError(EndedError):
    """The process took too long and was ended."""


class LineProcess:
    """Such a process, started at once.

    Args:
        command: What to start.
        environment: All its variables.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(  # noqa: S603  (our own interpreter)
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            env=dict(environment),
            start_new_session=True,
        )
        self._replies: queue.Queue[str] = queue.Queue()
        arguments = (self._process.stdout, self._replies)
        threading.Thread(target=_pass_on, args=arguments, daemon=True).start()

    def send(self, request: Mapping[str, Any]) -> None:
        """Send a request; `reply` tells if nobody took it."""
        with contextlib.suppress(OSError, ValueError):
            if self._process.stdin is not None:
                self._process.stdin.write(json.dumps(request) + "\n")
                self._process.stdin.flush()

    def reply(self, seconds: float) -> dict[str, Any]:
        """Wait for the next answer.

        Raises:
            EndedError: If there is none in time; the process is then ended.
        """
        try:
            line = self._replies.get(timeout=seconds)
        except queue.Empty:
            self.end()
            raise LateError(f"no answer in {seconds:.0f} seconds") from None
        if not line:
            self.end()
            raise EndedError("the process ended early")
        said: dict[str, Any] = json.loads(line)
        return said

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        with contextlib.suppress(OSError, ValueError):
            if self._process.stdin is not None:
                self._process.stdin.close()
        self._process.wait()


def _pass_on(lines: IO[str] | None, replies: queue.Queue[str]) -> None:
    with contextlib.suppress(ValueError, OSError):
        for line in lines or ():
            replies.put(line)
    replies.put("")
    if lines is not None:
        lines.close()
