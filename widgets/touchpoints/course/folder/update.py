"""Where a course may be written, and how it is brought up to date."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from touchpoints.core.errors import InputError, echo
from touchpoints.course.folder.config import CONFIG
from touchpoints.kept_folder import Outcome, update_folder

#: Name of the file that makes a folder a course.
MANIFEST: Final = ".touchpoints-course.json"


def require_course(folder: Path) -> None:
    """Check that a course may be written here.

    Args:
        folder: The folder; it need not be there.

    Raises:
        InputError: If it is a file, has no folder above it, or holds something that is no course.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{echo(str(folder))}, which is no folder", "a folder", "name another")
    if not folder.exists():
        if not folder.resolve().parent.is_dir():
            raise InputError(
                f"no folder {echo(str(folder.resolve().parent))}",
                "a folder that is there",
                "make it first",
            )
        return
    if (folder / MANIFEST).exists():
        return
    # What begins with a dot are marks of the system or of version control.
    there = sorted(p.name for p in folder.iterdir() if not p.name.startswith("."))
    if there not in ([], [CONFIG]):
        other = next(name for name in there if name != CONFIG)
        raise InputError(
            f"{echo(str(folder))}, which holds {echo(other)} and is no course",
            f"an empty folder, one with {CONFIG} alone, or a course",
            "name another folder",
        )


def update_course(folder: Path, files: Mapping[str, bytes]) -> Outcome:
    """Write the files of a course; what the lecturer changed or deleted stays as it is.

    Args:
        folder: The folder of the course; made if it isn't there.
        files: Content by path, relative to the folder.

    Returns:
        What became of the files.

    Raises:
        InputError: If no course may be written there, or `update_folder` refuses.
    """
    require_course(folder)
    return update_folder(folder, files, MANIFEST)
