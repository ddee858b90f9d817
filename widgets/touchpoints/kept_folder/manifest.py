"""What the kit wrote into a folder: path and hash, kept beside the files."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Final

from touchpoints.core.errors import InputError, echo

_VERSION: Final = 1
_LARGEST_BYTES: Final = 1_000_000
_MOST_FILES: Final = 5_000
_HASH: Final = re.compile(r"[0-9a-f]{64}")
#: Names that every file system takes: no separators, no drive, no control characters, no end
#: that Windows drops.
_PART: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._ -]*(?<![. ])")


def digest(content: bytes) -> str:
    """Return the hash of a file's content."""
    return hashlib.sha256(content).hexdigest()


def is_safe(path: str) -> bool:
    """Tell whether a path stays within a folder on every system.

    Example:
        >>> is_safe("students/install.html"), is_safe("../grades.csv"), is_safe("C:/x")
        (True, False, False)
    """
    parts = path.split("/")
    return len(path) <= 200 and all(_PART.fullmatch(part) for part in parts)  # noqa: PLR2004


def read_manifest(path: Path) -> dict[str, str]:
    """Read which files were written, and the hash of each.

    Args:
        path: The manifest.

    Returns:
        Hash by path, relative to the folder.

    Raises:
        InputError: If it is not what the kit writes, or names a place outside the folder.
    """
    try:
        with path.open("rb") as file:
            text = file.read(_LARGEST_BYTES + 1)
        content = json.loads(text) if len(text) <= _LARGEST_BYTES else None
    except (OSError, ValueError, RecursionError):
        content = None
    files = content.get("files") if isinstance(content, dict) else None
    version = content.get("version") if isinstance(content, dict) else None
    if not isinstance(files, dict) or version != _VERSION:
        raise _odd(path, "no list of files")
    if len(files) > _MOST_FILES:
        raise _odd(path, f"{len(files)} files")
    for name, value in files.items():
        if not is_safe(name):
            raise _odd(path, f"the path {echo(name)}")
        if not isinstance(value, str) or not _HASH.fullmatch(value):
            raise _odd(path, f"no hash of {echo(name)}")
    return files


def _odd(path: Path, found: str) -> InputError:
    return InputError(
        f"{path.name} with {found}",
        "the file as the kit wrote it",
        "take it from a copy of the folder, or begin anew in an empty one",
    )


def manifest_text(files: Mapping[str, str]) -> bytes:
    """Write a manifest.

    Args:
        files: Hash by path.
    """
    content: dict[str, Any] = {"version": _VERSION, "files": dict(sorted(files.items()))}
    return (json.dumps(content, indent=1) + "\n").encode()


def inside(folder: Path, path: str) -> Path:
    """Return the place of a file, unless a link on the way leads elsewhere.

    Args:
        folder: The folder that the kit fills.
        path: A safe path relative to it.

    Returns:
        The place.

    Raises:
        InputError: If a folder on the way, or the file, is a link.
    """
    place = folder
    for part in PurePosixPath(path).parts:
        place /= part
        if place.is_symlink():
            raise InputError(
                f"{echo(str(place))}, which is a link",
                "files and folders",
                "put the file itself there",
            )
    return place
