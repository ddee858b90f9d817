"""Draw the picture that messengers and networks show beside a link to a page."""

from __future__ import annotations

import html
import textwrap
from typing import Final

#: Pixels, the size that the networks ask for.
WIDTH: Final = 1200
HEIGHT: Final = 630

_LETTERS_A_LINE: Final = 24
_MOST_LINES: Final = 4
_LINE: Final = 84
_PAPER, _INK, _BLUE, _WARM = "#fbf9f4", "#1c2430", "#0b57b8", "#b04800"
# Strokes and gaps along a circle with a circumference of 603.
_ARC: Final = ("118 485", _BLUE)
_DASHED_ARC: Final = ("28 17 28 17 28 485", _WARM)


def preview_svg(title: str, book: str) -> str:
    """Draw a page's preview: its title, the book's, and the contact cycle as the book's sign.

    Args:
        title: Title of the page; what doesn't fit into four lines ends in an ellipsis.
        book: Title of the book.

    Returns:
        An SVG of 1200 × 630.
    """
    lines = textwrap.wrap(
        title, _LETTERS_A_LINE, max_lines=_MOST_LINES, placeholder=" …", break_long_words=False
    )
    top = (HEIGHT - _LINE * (len(lines) - 1)) / 2 - 10
    spans = "".join(
        f'<tspan x="80" y="{top + _LINE * number:.0f}">{html.escape(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    # Four arcs with gaps: the phases. The last one, which closes the cycle, is dashed.
    arcs = "".join(
        f'<circle r="96" stroke-dasharray="{dashes}" '
        f'transform="rotate({90 * quarter - 80})" stroke="{colour}"/>'
        for quarter, (dashes, colour) in enumerate([_ARC] * 3 + [_DASHED_ARC])
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{_PAPER}"/>'
        f'<rect width="24" height="{HEIGHT}" fill="{_BLUE}"/>'
        f'<g transform="translate(1050 500)" fill="none" stroke-width="18">{arcs}</g>'
        f'<g font-family="Liberation Sans, Arial, Helvetica, sans-serif" fill="{_INK}">'
        f'<text x="80" y="92" font-size="34" fill="{_BLUE}">{html.escape(book)}</text>'
        f'<text font-size="72" font-weight="bold">{spans}</text></g></svg>'
    )
