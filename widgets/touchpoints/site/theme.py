"""Mend what the theme and its helpers get wrong on every page of the book."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any, Final

from touchpoints.site.assets import asset_url

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: docutils marks bibliographies with a role that WAI-ARIA 1.3 deprecates, inside lists that hold
#: more than list items. Plain elements say the same.
_ROLES: Final = (
    (' role="doc-biblioentry"', ""),
    ('<div role="list" class="citation-list">', "<div>"),
)


def mend_roles(body: str) -> str:
    """Take the faulty roles out of a page's body.

    Example:
        >>> mend_roles('<div class="citation" role="doc-biblioentry">')
        '<div class="citation">'
    """
    for faulty, plain in _ROLES:
        body = body.replace(faulty, plain)
    return body


def is_remote_launcher(script: object) -> bool:
    """Tell the scripts of Jupyter Book's launcher of remote kernels, which names a public CDN."""
    return "thebe" in f"{script} {getattr(script, 'attributes', '')}".lower()


def _mend_page(
    _app: Sphinx, _pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    context["script_files"] = [s for s in context["script_files"] if not is_remote_launcher(s)]
    if "body" in context:
        context["body"] = mend_roles(context["body"])
    url = html.escape(asset_url(context, "book.css"))
    context["metatags"] = f'{context.get("metatags", "")}\n<link rel="stylesheet" href="{url}">\n'


def connect(app: Sphinx) -> None:
    """Connect to Sphinx, after myst-nb and the theme have added their scripts."""
    app.connect("html-page-context", _mend_page, priority=900)
