"""The Sphinx extension that makes the book's pages live without a kernel.

It replaces what Jupyter Book does by default with a public CDN: widgets (RequireJS and
html-manager), charts (Vega) and formulas (MathJax). All of it is written into the book at build
time, as classic scripts, so that the book works from a web server, from an unzipped folder
(`file://`) and under a strict Content-Security-Policy.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from touchpoints.charts.renderers import BOOK_VARIABLE
from touchpoints.site import (
    assets,
    chapters,
    describe,
    embed,
    fingerprint,
    glossary,
    live,
    mathml,
    theme,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def _announce_build(_: Sphinx) -> None:
    """Let the kernels that run the notebooks know that their output goes into the book."""
    os.environ[BOOK_VARIABLE] = "1"


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the extension."""
    app.connect("builder-inited", _announce_build)
    fingerprint.connect(app)
    live.connect(app)
    assets.connect(app)
    embed.connect(app)
    glossary.connect(app)
    chapters.connect(app)
    describe.connect(app)
    mathml.connect(app)
    theme.connect(app)
    return {
        # A change in how pages are made has to make all pages anew.
        "env_version": fingerprint.number(fingerprint.of_site()),
        "parallel_read_safe": False,
        "parallel_write_safe": True,
    }
