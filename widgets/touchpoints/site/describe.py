"""Tell search engines and messengers what a page is about: description, preview, sitemap.

Without a base address there is no address to put into previews and sitemap, so there are none.
"""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import vl_convert as vlc
from docutils import nodes

from touchpoints.site.chapters import page_url
from touchpoints.site.preview import HEIGHT, WIDTH, preview_svg

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: Letters of a description that search engines show.
_LONGEST: Final = 200
_SENTENCE: Final = re.compile(r"[.!?](?=\s)")
#: Pages that Sphinx makes itself.
_MADE: Final = {"genindex": "Index", "search": "Search"}
_PREVIEWS: Final = "_previews"


def shorten(text: str, longest: int = _LONGEST) -> str:
    """Shorten a text to whole sentences, or else to whole words.

    Args:
        text: The text; white space is closed up.
        longest: Most letters.

    Example:
        >>> shorten("One two. Three four five.", 16)
        'One two.'
        >>> shorten("One two three four", 10)
        'One two …'
    """
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    ends = [match.end() for match in _SENTENCE.finditer(text) if match.end() <= longest]
    if ends and ends[-1] * 2 >= longest:
        return text[: ends[-1]]
    return text[: longest - 1].rsplit(" ", 1)[0] + " …"


def description(doctree: nodes.document, metadata: dict[str, Any]) -> str:
    """Describe a page: by its front matter's `description`, or else by its first paragraph."""
    given = metadata.get("description")
    if given:
        return shorten(str(given))
    opening = (
        node
        for node in doctree.findall(nodes.paragraph)
        if isinstance(node.parent, nodes.section) and node.astext().strip()
    )
    return shorten(next((node.astext() for node in opening), ""))


def meta_tags(properties: dict[str, str]) -> str:
    """Write meta elements: names with a colon are OpenGraph's properties."""

    def tag(name: str, value: str) -> str:
        kind = "property" if name.startswith("og:") else "name"
        return f'<meta {kind}="{name}" content="{html.escape(value)}">'

    return "\n".join(tag(name, value) for name, value in properties.items() if value)


def _preview_name(pagename: str) -> str:
    return f"{_PREVIEWS}/{pagename.replace('/', '-')}.png"


def _describe(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    book = str(app.config.html_title)
    if doctree is None:  # search, index: made by Sphinx from no page
        title = _MADE.get(pagename, pagename)
        text = f"{title}: {book}"
    else:
        title = app.env.titles[pagename].astext()
        text = description(doctree, app.env.metadata.get(pagename, {})) or f"{title}: {book}"
    root = pagename == app.config.root_doc
    properties = {
        "description": text,
        "og:title": title,
        "og:description": text,
        "og:site_name": book,
        "og:type": "website" if root else "article",
        "og:url": page_url(app, pagename),
    }
    if app.config.html_baseurl and doctree is not None:
        image = f"{app.config.html_baseurl.rstrip('/')}/{_preview_name(pagename)}"
        properties |= {
            "og:image": image,
            "og:image:width": str(WIDTH),
            "og:image:height": str(HEIGHT),
            "og:image:alt": f"{title}, {book}",
            "twitter:card": "summary_large_image",
        }
        _draw_preview(app, pagename, title)
    context["metatags"] = f"{context.get('metatags', '')}\n{meta_tags(properties)}\n"


def _draw_preview(app: Sphinx, pagename: str, title: str) -> None:
    path = Path(app.outdir) / _preview_name(pagename)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(vlc.svg_to_png(preview_svg(title, str(app.config.html_title))))


def sitemap(addresses: list[str]) -> str:
    """Write a sitemap after sitemaps.org.

    Example:
        >>> sitemap(["https://example.org/a.html"]).count("<loc>https://example.org/a.html</loc>")
        1
    """
    urls = "".join(f"<url><loc>{html.escape(address)}</loc></url>\n" for address in addresses)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>\n'
    )


def _write_sitemap(app: Sphinx, error: Exception | None) -> None:
    if error is None and app.builder.format == "html" and app.config.html_baseurl:
        pages = [page_url(app, page) for page in sorted(app.env.found_docs)]
        (Path(app.outdir) / "sitemap.xml").write_text(sitemap(pages), encoding="utf-8")


def connect(app: Sphinx) -> None:
    """Connect to Sphinx."""
    app.connect("html-page-context", _describe)
    app.connect("build-finished", _write_sitemap)
