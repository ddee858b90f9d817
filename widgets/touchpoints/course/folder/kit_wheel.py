"""The kit itself, as students install it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from touchpoints.core.errors import InputError
from touchpoints.course.sources import repository

#: What the notebooks of a course need beside the kit and what it brings itself.
_BESIDE: Final = ("ipykernel", "jupyterlab", "otter-grader", "polars")
#: What the kit brings, at the versions of this machine, so that all students compute alike.
_BROUGHT: Final = (
    "altair",
    "anywidget",
    "jsonschema",
    "narwhals",
    "numpy",
    "pandas",
    "vl-convert-python",
)


def kit_wheel() -> dict[str, bytes]:
    """Build the wheel of the kit, if this is its repository.

    The kit need not be published for students to install it, and all have the lecturer's version.

    Returns:
        The file by its name; empty where the package is installed without its repository.

    Raises:
        InputError: If the wheel can't be built.
    """
    root = repository()
    if root is None:
        return {}
    if find_spec("hatchling") is None:
        raise InputError("no hatchling", "what requirements.txt installs", "install it from there")
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
        done = subprocess.run(  # noqa: S603  (our own interpreter)
            command, cwd=root, capture_output=True, text=True, check=False
        )
        wheels = list(Path(folder).glob("*.whl"))
        if done.returncode or len(wheels) != 1:
            last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise InputError(
                f"a wheel that can't be built ({last})",
                "the repository as it was got",
                "get it anew or undo changes",
            )
        return {wheels[0].name: wheels[0].read_bytes()}


def requirements(wheel: str | None) -> str:
    """Write what students install.

    Args:
        wheel: Name of the kit's wheel beside the file, or None where there is none.

    Returns:
        Text of `requirements.txt`, with the versions of this machine.
    """
    kit = f"./{wheel}" if wheel else f"touchpoint-kit=={version('touchpoint-kit')}"
    pins = "".join(f"{name}=={version(name)}\n" for name in sorted((*_BESIDE, *_BROUGHT)))
    return f"# What the notebooks of this course need; install.html says how.\n{kit}\n{pins}"
