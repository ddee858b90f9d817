"""The pages of the book in the order of its table of contents."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

_PAGE = re.compile(r"file: (book/\S+)")


def pages(root: Path = ROOT) -> dict[str, str]:
    """Read the pages of the book.

    Args:
        root: Folder of the repository.

    Returns:
        The Markdown of each page under its address in the book, without ending.
    """
    names = _PAGE.findall((root / "_toc.yml").read_text("utf-8"))
    return {name: (root / f"{name}.md").read_text("utf-8") for name in names}
