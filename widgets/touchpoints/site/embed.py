"""Write a bare page for each tool of the toolbox, for learning platforms to put into a frame.

Every page in a folder `toolbox` that shows a widget gets `embed/<page>.html` with the widget alone:
no theme, no navigation, a style of its own. A section at the end of the toolbox page says how to
use it. Nothing here knows the tools: a new toolbox page has its bare page at once.
"""

from __future__ import annotations

import html
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes

from touchpoints.site.assets import asset_name, asset_tags, page_assets, write_text
from touchpoints.site.live import VIEW_TYPE, env_pages

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_FOLDER: Final = "embed"
_SNIPPET: Final = "tp-embed-snippet"
_HEIGHT_PX: Final = 900
#: Before and after the collectors of titles and contents and the maker of live places (500).
_EARLY: Final = 400
_LATE: Final = 600

_PAGE: Final = """<!doctype html>
<html lang="en" data-keep="embed/">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – {book}</title>
{tags}
</head>
<body>
<main>
<h1>{title}</h1>
{tools}
</main>
<footer>
<a href="../{doc}.html" target="_blank" rel="noopener">{title}: what it is for, in {book}</a>
</footer>
</body>
</html>
"""


def is_tool(doc: str) -> bool:
    """Tell the pages of the toolbox.

    Example:
        >>> is_tool("book/toolbox/scorecard"), is_tool("book/about")
        (True, False)
    """
    return PurePosixPath(doc).parent.name == "toolbox"


def address_of(doc: str) -> str:
    """Name a tool's bare page, from the root of the book.

    Example:
        >>> address_of("book/toolbox/scorecard")
        'embed/scorecard.html'
    """
    return f"{_FOLDER}/{PurePosixPath(doc).name}.html"


def snippet(doc: str, title: str, base: str) -> str:
    """Write the frame that a learning platform takes.

    Args:
        doc: The toolbox page.
        title: Its title.
        base: Address of the book, or nothing if this copy doesn't know it.

    Example:
        >>> print(snippet("book/toolbox/lens", "The lens", "https://example.org/book"))
        <iframe src="https://example.org/book/embed/lens.html"
          title="The lens" width="100%" height="900" loading="lazy"></iframe>
    """
    address = f"{base.rstrip('/')}/{address_of(doc)}" if base else address_of(doc)
    return (
        f'<iframe src="{html.escape(address)}"\n  title="{html.escape(title)}" '
        f'width="100%" height="{_HEIGHT_PX}" loading="lazy"></iframe>'
    )


def bare_page(doc: str, title: str, book: str, tools: str, page: dict[str, Any]) -> str:
    """Write a tool's bare page.

    Args:
        doc: The toolbox page.
        title: Its title.
        book: The book's title.
        tools: The live places of the page, as HTML.
        page: What is known of the page's modules.
    """

    def address(name: str, content: str | None) -> str:
        return f"../{asset_name(name, content)}"

    style = f'<link rel="stylesheet" href="{address("embed.css", None)}">'
    tags = asset_tags(page_assets({**page, "charts": False}), address)
    return _PAGE.format(
        title=html.escape(title),
        book=html.escape(book),
        doc=doc,
        tools=tools,
        tags=f"{style}\n{tags}",
    )


def _add_section(app: Sphinx, doctree: nodes.document) -> None:
    """Tell at the end of a toolbox page how to embed its tool."""
    doc = app.env.docname
    if not is_tool(doc) or not any(VIEW_TYPE in raw.astext() for raw in doctree.findall(nodes.raw)):
        return
    section = nodes.section(ids=["embed-this-tool"], names=["embed this tool"])
    section += nodes.title("", "Embed this tool")
    up = "../" * doc.count("/")
    bare = nodes.reference("", "bare page", refuri=f"{up}{address_of(doc)}", internal=True)
    section += nodes.paragraph(
        "",
        "",
        nodes.Text("For a learning platform there is a "),
        bare,
        nodes.Text(
            " with the tool alone. Paste this where the platform takes HTML. What readers enter "
            "stays in their own browser, apart from what they enter here; where a platform lets "
            "frames keep nothing, the tool works and says so. For German put ?lang=de behind the "
            "address; choose a height that suits your page."
        ),
    )
    section += nodes.literal_block("", "", language="html", classes=[_SNIPPET])
    # The first child is the front matter.
    next(doctree.findall(nodes.section)).append(section)


def _collect_tools(app: Sphinx, doctree: nodes.document) -> None:
    """Keep the live places of a toolbox page for its bare page."""
    doc = app.env.docname
    if is_tool(doc):
        raws = (raw.astext() for raw in doctree.findall(nodes.raw))
        env_pages(app)[doc]["tools"] = "\n".join(t for t in raws if 'class="tp-live"' in t)


def _fill_snippet(app: Sphinx, doctree: nodes.document, doc: str) -> None:
    """Write the frame; only now, because the book's address may change without the page."""
    base = app.config.html_baseurl
    for block in list(doctree.findall(nodes.literal_block)):
        if _SNIPPET not in block["classes"]:
            continue
        code = snippet(doc, app.env.titles[doc].astext(), base)
        block.rawsource = code
        block.children = [nodes.Text(code)]
        if not base:
            hint = nodes.Text(
                "Put the address where this copy of the book is published in front of "
                f"“{address_of(doc)}”: the copy itself does not know it."
            )
            block.parent.append(nodes.paragraph("", "", hint))


def _write_pages(app: Sphinx, error: Exception | None) -> None:
    """Write all bare pages at the end of the build."""
    if error is not None or app.builder.format != "html":
        return
    out = Path(app.outdir)
    for doc, page in env_pages(app).items():
        if page.get("tools"):
            title = app.env.titles[doc].astext()
            text = bare_page(doc, title, app.config.html_title, page["tools"], page)
            write_text(out / address_of(doc), text)


def connect(app: Sphinx) -> None:
    """Connect to Sphinx."""
    app.connect("doctree-read", _add_section, priority=_EARLY)
    app.connect("doctree-read", _collect_tools, priority=_LATE)
    app.connect("doctree-resolved", _fill_snippet)
    app.connect("build-finished", _write_pages)
