"""What a chapter says of itself: how long it takes to read, and how to cite it."""

from __future__ import annotations

import html
import os
import re
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: Silent reading of non-fiction in English: the mean of 190 studies (Brysbaert 2019, Journal of
#: Memory and Language 109, 104047).
WORDS_A_MINUTE: Final = 238

#: What is not read as prose: code and its output, formulas, markup for single formats.
_NOT_PROSE: Final = (
    nodes.literal_block,
    nodes.math,
    nodes.math_block,
    nodes.raw,
    nodes.Invisible,
)
_FOLDED: Final = "dropdown"
_OUTPUT: Final = "cell_output"
_LATEX: Final = str.maketrans({c: f"\\{c}" for c in "&%$#_{}"})


def prose_words(node: nodes.Node) -> int:
    """Count the words of a page's prose: no code, no output, no formula, nothing folded away.

    Args:
        node: The page's tree, or a part of it.

    Example:
        >>> prose_words(nodes.paragraph("", "", nodes.Text("two words "), nodes.math("", "a b")))
        2
    """
    if isinstance(node, nodes.Text):
        return len(re.findall(r"\w\S*", node))
    if isinstance(node, _NOT_PROSE) or {_FOLDED, _OUTPUT} & set(
        getattr(node, "attributes", {}).get("classes", ())
    ):
        return 0
    return sum(prose_words(child) for child in node.children)


def reading_line(words: int) -> str:
    """Say how long a text takes to read.

    Args:
        words: Number of its words.

    Example:
        >>> reading_line(2380)
        '<p class="tp-reading">About 10 minutes to read (2,380 words).</p>'
    """
    minutes = max(1, round(words / WORDS_A_MINUTE))
    unit = "minute" if minutes == 1 else "minutes"
    return f'<p class="tp-reading">About {minutes} {unit} to read ({words:,} words).</p>'


def built_on() -> datetime:
    """Return the day of the build; `SOURCE_DATE_EPOCH` sets it, as reproducible builds want."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(given), UTC) if given else datetime.now(UTC)


def reference(title: str, book: str, author: str, url: str = "") -> str:
    """Write a chapter's reference in the manner of the APA.

    Args:
        title: Title of the chapter.
        book: Title of the book.
        author: Its author.
        url: Address of the chapter, if the book has one.
    """
    day = built_on()
    text = (
        f"{author}. ({day.year}). {title}. In {book} (version {version('touchpoint-kit')}, "
        f"{day.day} {day:%B %Y})."
    )
    return f"{text} {url}".rstrip()


def bibtex(name: str, title: str, book: str, author: str, url: str = "") -> str:
    """Write a chapter's reference for BibTeX.

    Args:
        name: Name of the page; the entry's key is made of it.
        title: Title of the chapter.
        book: Title of the book.
        author: Its author.
        url: Address of the chapter, if the book has one.
    """
    day = built_on()
    fields = {
        "author": f"{{{author.translate(_LATEX)}}}",
        "title": f"{{{title.translate(_LATEX)}}}",
        "howpublished": f"In: {book.translate(_LATEX)}, version {version('touchpoint-kit')}",
        "year": str(day.year),
        "note": f"{day:%Y-%m-%d}",
    }
    if url:
        fields["url"] = url
    lines = ",\n".join(f"  {key} = {{{value}}}" for key, value in fields.items())
    return f"@misc{{touchpoint-kit-{name.rsplit('/', 1)[-1].replace('_', '-')},\n{lines}\n}}"


def _copyable(text: str) -> str:
    """Write a text in the form to which the book's copy buttons attach themselves."""
    pre = f"<pre>{html.escape(text)}\n</pre>"
    return f'<div class="highlight-none notranslate"><div class="highlight">{pre}</div></div>'


def citation(name: str, title: str, book: str, author: str, url: str) -> str:
    """Write the folded box "Cite this chapter"."""
    plain = reference(title, book, author, url)
    entry = bibtex(name, title, book, author, url)
    return (
        '<details class="tp-cite"><summary>Cite this chapter</summary>'
        f"{_copyable(plain)}<p>For BibTeX:</p>{_copyable(entry)}</details>"
    )


def is_chapter(doctree: nodes.document) -> bool:
    """Tell chapters and labs, which open with their goals, from tools and reference pages."""
    return any("goals" in section["ids"] for section in doctree.findall(nodes.section))


def page_url(app: Sphinx, pagename: str) -> str:
    """Return a page's address on the web, or nothing where the book has no base address."""
    base = app.config.html_baseurl
    return f"{base.rstrip('/')}/{app.builder.get_target_uri(pagename)}" if base else ""


def _complete(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    if doctree is None or not is_chapter(doctree):
        return
    line = reading_line(prose_words(doctree))
    title = app.env.titles[pagename].astext()
    box = citation(
        pagename, title, app.config.html_title, app.config.author, page_url(app, pagename)
    )
    context["body"] = context["body"].replace("</h1>", f"</h1>\n{line}", 1) + box


def connect(app: Sphinx) -> None:
    """Connect to Sphinx."""
    app.connect("html-page-context", _complete)
