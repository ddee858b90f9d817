"""Two ways to start the process that executes a notebook, both ended in time."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Protocol

from touchpoints.course.grading.confinement import TIME_OVER
from touchpoints.course.grading.docker import docker_command, docker_kill
from touchpoints.course.grading.environment import python_environment
from touchpoints.course.grading.limits import Limits
from touchpoints.course.grading.line_process import EndedError, LateError, LineProcess

#: Seconds for starting Python, besides the notebook's own.
_START_SECONDS: Final = 60.0
_GRACE_SECONDS: Final = 10.0
#: What a notebook of the course imports, wherever it is installed.
_LIBRARIES: Final = ("touchpoints", "numpy", "pandas", "IPython", "narwhals", "altair")
_BOOT: Final = (
    "import sys; sys.path[:0] = {paths!r}; sys.dont_write_bytecode = True; "
    "from touchpoints.course.grading import runner; sys.exit(runner.{function}())"
)
_ENDED_ITSELF: Final = 1


class Starter(Protocol):
    """Starts the process of one notebook after the other."""

    def run(self, job: Mapping[str, Any], folder: Path, limits: Limits) -> int:
        """Run a job to its end, or to the end of its time; return how it ended."""

    def end(self) -> None:
        """End what runs."""


class ForkStarter:
    """Forks each notebook's process from one that has loaded the libraries: a second less each."""

    def __init__(self) -> None:
        self._process: LineProcess | None = None
        self._group = 0

    def run(self, job: Mapping[str, Any], folder: Path, limits: Limits) -> int:
        """Run a job."""
        if self._process is None:
            self._process = LineProcess(_command("serve"), python_environment(Path(os.devnull)))
        request = {**job, "folder": str(folder), "environment": python_environment(folder)}
        self._process.send(request)
        try:
            self._group = int(self._process.reply(_START_SECONDS)["process"])
            return int(self._process.reply(limits.seconds + _GRACE_SECONDS)["code"])
        except EndedError as error:
            self._process = None
            return TIME_OVER if isinstance(error, LateError) else _ENDED_ITSELF
        finally:
            self._end_group()

    def end(self) -> None:
        """End the notebook's process and the one that it came from."""
        self._end_group()
        if self._process is not None:
            self._process.end()

    def _end_group(self) -> None:
        if self._group:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._group, signal.SIGKILL)
        self._group = 0


class SingleStarter:
    """Starts a process of its own for each notebook: a container, or where there is no fork.

    Args:
        image: Docker image, or None.
    """

    def __init__(self, image: str | None) -> None:
        self._image = image
        self._process: subprocess.Popen[bytes] | None = None
        self._name = ""

    def run(self, job: Mapping[str, Any], folder: Path, limits: Limits) -> int:
        """Run a job."""
        self._name = f"touchpoints-{secrets.token_hex(8)}"
        self._process = subprocess.Popen(  # noqa: S603  (our own interpreter, or docker)
            docker_command(self._image, folder, limits, self._name)
            if self._image
            else _command("main"),
            cwd=folder,
            # The client needs the lecturer's variables; the container does not get them.
            env=None if self._image else python_environment(folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait = limits.seconds + _START_SECONDS
            self._process.communicate(json.dumps(job).encode(), timeout=wait)
        except subprocess.TimeoutExpired:
            return TIME_OVER
        finally:
            self.end()
        return self._process.returncode

    def end(self) -> None:
        """End the process, and its container."""
        if self._image and self._name:
            docker_kill(self._name)
        if self._process is not None:
            self._process.kill()
            self._process.wait()


def new_starter(image: str | None) -> Starter:
    """Return what fits this system."""
    return ForkStarter() if image is None and hasattr(os, "fork") else SingleStarter(image)


def readable_folders() -> list[str]:
    """Return the folders of Python and of the kit, which a notebook has to read."""
    datasets = Path(_package_folders()[0]).parent / "datasets"
    found = [sys.prefix, sys.base_prefix, *_package_folders()]
    return [*dict.fromkeys(found), *([str(datasets)] if datasets.is_dir() else [])]


def _command(function: str) -> list[str]:
    boot = _BOOT.format(paths=_package_folders(), function=function)
    return [sys.executable, "-s", "-P", "-c", boot]


def _package_folders() -> list[str]:
    """Return the folders where the libraries lie, the kit's own first."""
    specs = [importlib.util.find_spec(name) for name in _LIBRARIES]
    return list(
        dict.fromkeys(
            str(Path(spec.origin).resolve().parents[1]) for spec in specs if spec and spec.origin
        )
    )
