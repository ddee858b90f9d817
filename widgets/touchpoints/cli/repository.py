"""Find the repository: the book and the notebooks are there, not in the installed package."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from touchpoints.cli.errors import CommandError


def find_repository(start: Path | None = None) -> Path:
    """Return the folder of the repository.

    Args:
        start: A file within the package; by default this one.

    Returns:
        The folder that holds `_config.yml` and `_toc.yml`.

    Raises:
        CommandError: If the package is installed without its repository.
    """
    package = (start or Path(__file__)).resolve()
    for folder in package.parents:
        if (folder / "_config.yml").is_file() and (folder / "_toc.yml").is_file():
            return folder
    raise CommandError(
        "this command needs the repository with the book and the notebooks; "
        f"get it from {address()}"
    )


def address() -> str:
    """Return the repository's address as the package's metadata give it."""
    try:
        urls = metadata("touchpoint-kit").get_all("Project-URL") or []
    except PackageNotFoundError:
        urls = []
    named = dict(re.split(r",\s*", url, maxsplit=1) for url in urls)
    return str(named.get("Repository", "the project's page"))
