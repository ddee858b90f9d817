"""The same runner in a container."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

from touchpoints.course.grading.environment import notebook_variables
from touchpoints.course.grading.limits import Limits

_NOBODY: Final = "65534:65534"
_SECONDS_TO_END: Final = 20


def docker_command(image: str, folder: Path, limits: Limits, name: str) -> list[str]:
    """Return the command that executes one notebook in a container.

    Args:
        image: An image in which the kit is installed.
        folder: The only folder that the container shares with this machine.
        limits: What the notebook may use up.
        name: Of the container, so that it can be ended.

    Returns:
        The command; the job goes to its standard input.

    Example:
        >>> docker_command("kit:1", Path("/x"), Limits(), "one")[:6]
        ['docker', 'run', '--rm', '--interactive', '--name', 'one']
    """
    memory = f"{limits.memory_mb}m"
    own = notebook_variables("/submission/.home")
    return [
        *("docker", "run", "--rm", "--interactive", "--name", name),
        *("--network", "none", "--read-only", "--cap-drop", "ALL"),
        *("--security-opt", "no-new-privileges", "--user", _user(folder)),
        *("--memory", memory, "--memory-swap", memory, "--cpus", "1"),
        *("--pids-limit", str(limits.processes + 8)),
        *("--tmpfs", "/tmp:size=64m"),  # noqa: S108  (of the container)
        *("--volume", f"{folder}:/submission:rw", "--workdir", "/submission"),
        *(part for key, value in own.items() for part in ("--env", f"{key}={value}")),
        image,
        *("python", "-s", "-P", "-m", "touchpoints.course.grading.runner"),
    ]


def _user(folder: Path) -> str:
    """Return the folder's owner, who alone can write to it; that is nobody where root grades."""
    if not hasattr(os, "getuid") or not folder.exists():
        return _NOBODY
    owner = folder.stat()
    return f"{owner.st_uid}:{owner.st_gid}" if owner.st_uid else _NOBODY


def has_docker() -> bool:
    """Say whether there is a command `docker`."""
    return shutil.which("docker") is not None


def docker_kill(name: str) -> None:
    """End a container; one that has ended is gone already."""
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        subprocess.run(  # noqa: S603  (a name of our own)
            ["docker", "kill", name],  # noqa: S607  (the user's own docker)
            check=False,
            capture_output=True,
            timeout=_SECONDS_TO_END,
        )
