"""Small pieces of a slide as HTML: paragraph, list, task, line of a source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from markupsafe import Markup, escape

_ADDRESS: Final = re.compile(r"https?://\S+?(?=\.?$|\.?\s)")


def paragraph(style: str, text: str) -> Markup:
    """Write a paragraph; nothing if it would be empty.

    Example:
        >>> paragraph("tp-slide-ask", "1 < 2?")
        Markup('<p class="tp-slide-ask">1 &lt; 2?</p>')
    """
    return Markup('<p class="{}">{}</p>').format(style, text) if text else Markup("")


def bullets(items: Iterable[str]) -> Markup:
    """Write a list; what isn't marked as HTML is shown as text."""
    return Markup("<ul>{}</ul>").format(
        Markup("").join(Markup("<li>{}</li>").format(item) for item in items)
    )


def task_lines(lines: Sequence[str]) -> Markup:
    """Write what the class is asked to do: one sentence, or a list of several.

    Example:
        >>> task_lines(["Count."])
        Markup('<div class="tp-slide-task"><p>Count.</p></div>')
    """
    inner = Markup("<p>{}</p>").format(lines[0]) if len(lines) == 1 else bullets(lines)
    return Markup('<div class="tp-slide-task">{}</div>').format(inner)


def source_line(text: str) -> Markup:
    """Write a source with its address as a link."""
    match = _ADDRESS.search(text)
    if match is None:
        return escape(text)
    return Markup('{}<a href="{}">{}</a>{}').format(
        text[: match.start()], match[0], match[0], text[match.end() :]
    )
