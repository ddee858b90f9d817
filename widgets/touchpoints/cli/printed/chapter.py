"""Turn a page of the built book into a chapter of the printed one."""

from __future__ import annotations

import base64
import html
import posixpath
import re
from collections.abc import Container
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote, urldefrag, urljoin

from bs4 import BeautifulSoup, Tag

_PICTURE: Final = re.compile(r"<noscript>(<svg.*?</svg>)</noscript>", re.DOTALL)

#: What paper has no use for: links to headings, buttons, code that the page keeps folded.
_NOT_PRINTED: Final = (
    ".headerlink, .tp-reading, .tp-cite, button, details.above-input, .tp-chart script"
)
#: A chart's room was measured with a narrow font; the browser's own may be wider.
_NARROW_FONT: Final = "Liberation Sans, Arial, Helvetica, sans-serif"
#: Beginnings of what the text folds away so that the reader thinks first.
_FOLDED: Final = ("Hint", "Solution", "Answer")
_OUTSIDE: Final = re.compile(r"^[a-z]+:")
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5")


@dataclass
class Chapter:
    """A page as it is printed.

    Attributes:
        name: Its address in the book, without ending.
        title: Its title.
        body: Its HTML.
        folded: Its hints and solutions, each with the exercise it belongs to.
        scripts: Addresses of the scripts that its tools need.
        styles: Addresses of their style sheets.
    """

    name: str
    title: str
    body: str
    folded: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)


def anchor(name: str, fragment: str = "") -> str:
    """Name a place in the printed book.

    Args:
        name: Address of the page, without ending.
        fragment: Identifier within the page.

    Example:
        >>> anchor("book/glossary", "term-fan")
        'book.glossary--term-fan'
    """
    return name.replace("/", ".") + (f"--{fragment}" if fragment else "")


def read_chapter(name: str, text: str, names: Container[str]) -> Chapter:
    """Read a page of the built book.

    Args:
        name: Its address in the book, without ending.
        text: Its HTML.
        names: Addresses of all pages of the printed book; links to others become plain text.

    Returns:
        The chapter.
    """
    soup = BeautifulSoup(_PICTURE.sub(_as_image, text), "html.parser")
    article = soup.select_one("article.bd-article")
    if article is None:
        raise ValueError(f"{name}: a page without an article")
    for tag in article.select(_NOT_PRINTED):
        tag.decompose()
    _describe_charts(article)
    _put_tables_behind_tools(article)
    _point(article, name, names)
    title = _text(article.h1)
    folded = _take_out_folded(article, name)
    _lower_headings(article)
    assets = [
        str(tag.get("src") or tag.get("href")) for tag in soup.select("head [src], head link")
    ]
    own = [_from_root(name, address) for address in assets if "_assets/" in address]
    return Chapter(
        name=name,
        title=title,
        body=article.decode_contents(),
        folded=folded,
        scripts=[a for a in own if a.endswith(".js")],
        styles=[a for a in own if a.endswith(".css")],
    )


def _text(tag: Tag | None) -> str:
    return " ".join(tag.get_text().split()) if tag else ""


def _as_image(match: re.Match[str]) -> str:
    """Put a chart's picture into an image, where its identifiers can't meet those of others."""
    picture = match[1].replace("system-ui, sans-serif", _NARROW_FONT)
    data = base64.b64encode(picture.encode()).decode()
    return f'<img src="data:image/svg+xml;base64,{data}">'


def _from_root(name: str, address: str) -> str:
    """Turn an address on a page into one from the book's folder."""
    return urljoin(name, urldefrag(address.partition("?")[0]).url)


def _describe_charts(article: Tag) -> None:
    for chart in article.select(".tp-chart"):
        for image in chart.select("img"):
            image["alt"] = chart["aria-label"]
        chart.attrs = {"class": "tp-printed-chart"}


def _put_tables_behind_tools(article: Tag) -> None:
    """Keep the table of a tool's first state, which the tool replaces when it starts."""
    for place in article.select(".tp-live"):
        for table in place.select(".pst-scrollable-table-container"):
            place.insert_after(BeautifulSoup(str(table), "html.parser"))


def _point(article: Tag, name: str, names: Container[str]) -> None:
    """Let links and pictures lead to their places in the one page that is printed."""
    for tag in article.select("[id]"):
        tag["id"] = anchor(name, str(tag["id"]))
    for image in article.select("img[src]"):
        if not _OUTSIDE.match(str(image["src"])):
            image["src"] = _from_root(name, str(image["src"]))
    for link in article.select("a[href]"):
        href = str(link["href"])
        if _OUTSIDE.match(href):
            if _text(link).removeprefix("doi:").rstrip("/") not in href:
                link["class"] = "tp-outside"
            continue
        target, fragment = urldefrag(urljoin(f"{name}.html", href))
        page = posixpath.splitext(unquote(target))[0]
        if page in names:
            link["href"] = f"#{anchor(page, unquote(fragment))}"
        else:
            link.unwrap()


def _take_out_folded(article: Tag, name: str) -> list[str]:
    """Take hints and solutions out; each leaves a word on the page where it stands."""
    folded = []
    for number, box in enumerate(article.select(".admonition.dropdown, details"), 1):
        heading = box.select_one(".admonition-title, summary")
        kind = _text(heading)
        if heading is None or (box.name == "details" and not kind.startswith(_FOLDED)):
            box["open"] = ""
            continue
        place = anchor(name, f"folded-{number}")
        heading.decompose()
        before = box.find_previous_sibling("p")
        exercise = _text(before.strong) if isinstance(before, Tag) else ""
        label = f"{exercise.rstrip('.')}: {kind.lower()}" if exercise else kind
        folded.append(
            f'<div class="tp-folded" id="{place}"><p><strong>{html.escape(label)}</strong></p>'
            f"{box.decode_contents()}</div>"
        )
        word = BeautifulSoup(
            f'<p class="tp-see"><a href="#{place}">{html.escape(kind)}: page '
            f'<span data-page-of="{place}"></span></a></p>',
            "html.parser",
        )
        box.replace_with(word)
    return folded


def _lower_headings(article: Tag) -> None:
    """Make room above chapters for the parts."""
    for level, heading in reversed(list(enumerate(_HEADINGS, 1))):
        for tag in article.select(heading):
            tag.name = f"h{level + 1}"
