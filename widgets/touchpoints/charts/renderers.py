"""How a chart reaches the reader: in the book by the page's own host, in JupyterLab offline."""

from __future__ import annotations

import html
import os
from typing import Any, Final

import altair as alt
import vl_convert as vlc

from touchpoints.core.inline_parts import script_safe

#: Set by the book's build; tells that the output goes into a page without a kernel.
BOOK_VARIABLE: Final = "TOUCHPOINTS_BOOK"

_MIME: Final = "application/vnd.vegalite+json"


def render_for_book(spec: dict[str, Any], **_: object) -> dict[str, str]:
    """Write a chart for a page of the book.

    The specification stands in a script element that the page's host reads; readers without
    JavaScript get the same chart as a picture.

    Args:
        spec: A Vega-Lite specification.

    Returns:
        A MIME bundle with `text/html`.
    """
    # A page may be a phone's: where the chart names no width it takes the page's. (JupyterLab gives
    # its outputs no width before they are drawn, so there the theme's width holds.)
    fitted = {"width": "container", "autosize": {"type": "fit-x", "contains": "padding"}}
    on_page = {**fitted, **spec} if "mark" in spec or "layer" in spec else spec
    # What has the role of a picture hides what is in it, so a chart with controls is a group.
    role = "group" if any("bind" in param for param in spec.get("params", [])) else "img"
    label = html.escape(str(spec.get("description", "")), quote=True)
    picture = vlc.vegalite_to_svg(spec)
    return {
        "text/html": (
            f'<div class="tp-chart" role="{role}" tabindex="0" aria-label="{label}">'
            f'<script type="{_MIME}">{script_safe(on_page)}</script>'
            f"<noscript>{picture}</noscript></div>"
        )
    }


def enable_renderer() -> None:
    """Choose the renderer for where the code runs: the book's build or a live notebook."""
    alt.renderers.register("touchpoints-book", render_for_book)
    if os.environ.get(BOOK_VARIABLE):
        alt.renderers.enable("touchpoints-book")
    else:
        alt.renderers.enable("jupyter", offline=True)
