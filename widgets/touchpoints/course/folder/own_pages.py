"""Pages to print of the texts that a lecturer changed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from touchpoints.core.errors import InputError, echo
from touchpoints.course.folder.markdown import text_page
from touchpoints.course.folder.update import MANIFEST
from touchpoints.kept_folder.manifest import digest, inside, read_manifest


def own_pages(folder: Path, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Make the pages to print of those texts that were changed in the folder.

    Who changes `syllabus.md` and prints `syllabus.html` wants to see the own words.

    Args:
        folder: The folder of the course; it need not be there.
        files: What the kit would write, by path.

    Returns:
        Pages by path, for the changed texts alone.

    Raises:
        InputError: If a changed text is not UTF-8.
    """
    manifest = folder / MANIFEST
    before = read_manifest(manifest) if manifest.exists() else {}
    pages = {}
    for path, content in files.items():
        page = f"{path.removesuffix('.md')}.html"
        place = inside(folder, path)
        if not path.endswith(".md") or page not in files or not place.is_file():
            continue
        there = place.read_bytes()
        if there != content and digest(there) != before.get(path):
            pages[page] = text_page(_decoded(path, there))
    return pages


def _decoded(path: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(
            f"{echo(path)}, which is not UTF-8", "a text in UTF-8", "save it as UTF-8"
        ) from None
