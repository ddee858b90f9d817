"""Markdown from plain texts, and the printable page made from it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from importlib.resources import files
from typing import Final

from markdown_it import MarkdownIt

#: What would be mark-up: within a line, and at its beginning.
_WITHIN: Final = re.compile(r"(`[^`|]+`)|[\\`*\[\]|]|(?<!\w)_|_(?!\w)|<(?=[A-Za-z/!?])|&(?=#?\w+;)")
_BEGINNING: Final = re.compile(r"^(?:(\d+)([.)])(?=\s|$)|([-+#>=~]))")
_LINK: Final = re.compile(r'(<a href="(?![a-z]+:)[^"#]*)\.md((?:#[^"]*)?">)')


def plain(text: str) -> str:
    r"""Return a text as Markdown that shows it as it is, with code between backticks.

    Args:
        text: One line without other mark-up.

    Example:
        >>> plain("2 * grade_1 | <b>"), plain("1. of May"), plain("type `a*b`")
        ('2 \\* grade_1 \\| \\<b>', '1\\. of May', 'type `a*b`')
    """
    within = _WITHIN.sub(lambda found: found[1] or f"\\{found[0]}", text)
    return _BEGINNING.sub(
        lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[0]}", within
    )


def bullets(items: Iterable[str], mark: str = "-") -> str:
    """Write a list of items that are Markdown already."""
    return "".join(f"{mark} {item}\n" for item in items)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table of cells that are Markdown already."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def page(title: str, *parts: str) -> str:
    """Write a page: its title, and parts with a blank line between them.

    Args:
        title: A plain text.
        parts: Markdown; empty ones are left out.
    """
    return "\n\n".join([f"# {plain(title)}", *(p.strip() for p in parts if p.strip())]) + "\n"


def text_page(text: str) -> bytes:
    """Make the file of a page to print from its Markdown, whose first line is the title."""
    title = text.partition("\n")[0].strip().removeprefix("# ").replace("\\", "")
    return printable(title, text).encode()


def printable(title: str, markdown: str) -> str:
    """Make a page of HTML that prints well and asks nobody for anything.

    Args:
        title: What the window shows, a plain text.
        markdown: The page; HTML in it is shown as text, and links to `.md` lead to `.html`.
    """
    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(markdown)
    body = _LINK.sub(r"\1.html\2", body)
    # A scroll box of its own keeps a wide table from widening the page on a phone.
    body = body.replace("<table>", '<div class="wide" tabindex="0"><table>')
    body = body.replace("</table>", "</table></div>")
    style = files("touchpoints.course.folder").joinpath("print.css").read_text("utf-8")
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{html.escape(title)}</title>
<style>
{style}</style>
</head>
<body>
<main>
{body}</main>
</body>
</html>
"""
