"""Mend what the theme and its helpers get wrong on every page of the book."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from touchpoints.site.assets import add_assets

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

_TEMPLATES: Final = Path(__file__).resolve().parent / "templates"

#: docutils marks bibliographies with a role that WAI-ARIA 1.3 deprecates, inside lists that hold
#: more than list items: plain elements say the same. A table wider than a phone scrolls in a box
#: that the keyboard must reach.
_FAULTS: Final = (
    (' role="doc-biblioentry"', ""),
    ('<div role="list" class="citation-list">', "<div>"),
    (
        '<div class="pst-scrollable-table-container">',
        '<div class="pst-scrollable-table-container" tabindex="0">',
    ),
)
#: The theme draws its icons by a font, and loads 1.6 MB more on every page: a script that draws
#: them anew, and all fonts in advance, two of which it never shows (from a folder: an error each).
_UNUSED_ICONS: Final = re.compile(
    r"<(?:script|link)\b[^>]*/fontawesome/[^>]*/"
    r"(?:js/all\.min\.js|webfonts/)[^>]*>(?:</script>)?"
)


def mend_body(body: str) -> str:
    """Mend the faults of a page's body that keep it from being accessible.

    Example:
        >>> mend_body('<div class="citation" role="doc-biblioentry">')
        '<div class="citation">'
    """
    for faulty, plain in _FAULTS:
        body = body.replace(faulty, plain)
    return body


def is_remote_launcher(script: object) -> bool:
    """Tell the scripts of Jupyter Book's launcher of remote kernels, which names a public CDN."""
    return "thebe" in f"{script} {getattr(script, 'attributes', '')}".lower()


def without_unused_icons(tags: str) -> str:
    """Leave away the tags that load icons nobody sees.

    Example:
        >>> without_unused_icons('<script src="vendor/fontawesome/6/js/all.min.js?d=1"></script>')
        ''
    """
    return _UNUSED_ICONS.sub("", tags)


def _mend_page(
    _app: Sphinx, _pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    context["script_files"] = [s for s in context["script_files"] if not is_remote_launcher(s)]
    if "body" in context:
        context["body"] = mend_body(context["body"])
    context["without_unused_icons"] = without_unused_icons
    add_assets(context, {"book.css": None, "menus.js": None})


def _find_templates(_app: Sphinx, config: Config) -> None:
    config.templates_path.append(str(_TEMPLATES))


def connect(app: Sphinx) -> None:
    """Connect to Sphinx, after myst-nb and the theme have added their scripts."""
    app.connect("config-inited", _find_templates)
    app.connect("html-page-context", _mend_page, priority=900)
