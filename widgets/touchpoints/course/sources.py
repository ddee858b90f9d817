"""Where the sources of a course lie: goals, lessons, cases, assignments, notebooks."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parents[1]
_REPOSITORY: Final = _PACKAGE.parents[1]


def teaching_folder() -> Path:
    """Return the folder of the sources: the repository's if there is one, else the wheel's.

    Returns:
        The folder `teaching`.
    """
    in_repository = _REPOSITORY / "teaching"
    return in_repository if in_repository.is_dir() else _PACKAGE / "_teaching"


def notebooks_folder() -> Path:
    """Return the folder of labs and exercises: the repository's if there is one, else the wheel's.

    Returns:
        A folder with `labs` and `exercises`.
    """
    in_repository = _REPOSITORY / "notebooks"
    return in_repository if in_repository.is_dir() else _PACKAGE / "_notebooks"


def repository() -> Path | None:
    """Return the repository's folder, or None where the package is installed without it."""
    return _REPOSITORY if (_REPOSITORY / "pyproject.toml").is_file() else None
