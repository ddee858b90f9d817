"""Try what shuts a notebook away on this machine, before any notebook of a student is executed."""

from __future__ import annotations

import os
import secrets
import socket
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from touchpoints.course.grading.execution import Executor

#: What is tried, and how it is said. True: it is shut away.
HOLDS: Final = {
    "reading": "files outside its folder can't be read (but for Python's own)",
    "writing": "files outside its folder can't be written or removed",
    "network": "no network",
    "processes": "processes are counted and ended with it",
    "memory": "memory is limited",
}
LACKS: Final = {
    "reading": "it can read every file that you can, a key file among them",
    "writing": "it can write and remove every file that you can",
    "network": "it can reach the network",
    "processes": "it can start too many processes, or some that go on after it",
    "memory": "its memory is not limited",
}
_FORKS: Final = 64

_CELL: Final = """
import os, socket
def works(attempt):
    try:
        attempt()
    except BaseException:
        return False
    return True
reading = not any([works(lambda: open(name).read()) for name in {secrets!r}])
writing = not works(lambda: open({secret!r}, "a").close())
writing = writing and not works(lambda: os.remove({secret!r}))
def datagrams():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        way.connect(("192.0.2.1", 9))  # sends nothing; asks whether there is a way out
network = not works(lambda: socket.create_connection(("127.0.0.1", {port}), 2).close())
network = network and not works(datagrams)
def many():
    ends = []
    try:
        for _ in range({forks}):
            mine, other = os.pipe()
            if os.fork() == 0:
                os.close(other)
                os.read(mine, 1)
                os._exit(0)
            os.close(mine)
            ends.append(other)
    finally:
        for end in ends:
            os.close(end)
def outside():
    try:
        os.kill({grader}, 0)
    except ProcessLookupError:
        raise
    except OSError:
        pass  # it is there, if out of reach: processes are not alone here
processes = hasattr(os, "fork") and not works(many) and not works(outside)
memory = not works(lambda: bytearray({memory}))
"""


def try_isolation(executor: Executor, secrets_of_course: Sequence[Path]) -> dict[str, bool]:
    """Execute a notebook that tries to break out.

    Args:
        executor: As it will be used.
        secrets_of_course: Files that a notebook must not read, as the key, wherever they lie.

    Returns:
        For each key of `HOLDS` whether it holds here. What could not be tried counts as not.
    """
    limits = replace(executor.limits, seconds=20.0, memory_mb=min(executor.limits.memory_mb, 2048))
    trier = Executor(limits, executor.image)
    with tempfile.TemporaryDirectory() as outside, socket.socket() as server:
        secret = Path(outside) / secrets.token_hex(8)
        secret.write_text("secret", encoding="utf-8")
        server.bind(("127.0.0.1", 0))
        server.listen()
        cell = _CELL.format(
            secret=str(secret),
            secrets=[str(secret), *(str(path.resolve()) for path in secrets_of_course)],
            port=server.getsockname()[1],
            forks=_FORKS,
            grader=os.getpid(),
            memory=(limits.memory_mb + 256) * 1024 * 1024,
        )
        try:
            done = trier.execute([cell], list(HOLDS), lambda _: None)
        finally:
            trier.stop()
    return {name: done.answers.get(name) is True for name in HOLDS}


def told(tried: dict[str, bool]) -> list[str]:
    """Say what holds on this machine and what does not, one sentence each."""
    system = "" if sys.platform.startswith("linux") else " (this system has nothing for it)"
    return [
        f"yes: {HOLDS[name]}" if holds else f"NO: {LACKS[name]}{system}"
        for name, holds in tried.items()
    ]
