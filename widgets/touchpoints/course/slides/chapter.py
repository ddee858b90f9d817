"""Read a built chapter for what its slides show: goals, question, figures, tools, sources."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final
from urllib.parse import urldefrag, urljoin

from bs4 import BeautifulSoup, Tag
from markupsafe import Markup

from touchpoints.core.errors import InputError, echo, listing, nearest
from touchpoints.core.inline_parts import script_safe

_OUTSIDE: Final = re.compile(r"^[a-z]+:")
#: Height of a chart, and of a row of one with rows, in pixels before it is enlarged.
_HEIGHT_PX: Final = 190
_STEP_PX: Final = 13
#: What a slide has no use for.
_NOT_SHOWN: Final = ".headerlink, .caption-number, .tp-reading, .tp-cite, button, details"


def plain(text: str) -> str:
    r"""Put a text on one line.

    Example:
        >>> plain(" one\n  two ")
        'one two'
    """
    return " ".join(text.split())


class Chapter:
    """A page of the built book, asked for its parts.

    Attributes:
        page: Its address in the book, without ending.
        title: Its title.
        images: Addresses, from the root of the book, of the pictures that were taken.
        scripts: Addresses of the scripts that charts and tools of the page need, in their order.
        styles: Addresses of their style sheets.
    """

    def __init__(self, book: Path, page: str) -> None:
        """Read a page.

        Args:
            book: Folder of the built book.
            page: Address of the page, without ending.

        Raises:
            InputError: If the book lacks the page.
        """
        path = book / f"{page}.html"
        if not path.is_file():
            raise InputError(
                f"no page {echo(page)} in {book}", "a whole built book", "run: touchpoints build"
            )
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        article = soup.select_one("article.bd-article")
        if article is None:
            raise InputError(f"{path.name} without an article", "a page of the book", "build it")
        self.page = page
        self.images: set[str] = set()
        assets = [str(t.get("src") or t.get("href")) for t in soup.select("head [src], head link")]
        own = [self._from_root(a.partition("?")[0]) for a in assets if "_assets/" in a]
        self.scripts = [a for a in own if a.endswith(".js")]
        self.styles = [a for a in own if a.endswith(".css")]
        for tag in article.select(_NOT_SHOWN):
            tag.decompose()
        self._article = article
        self.title = plain(article.h1.get_text()) if article.h1 else page
        self.sources = self._sources()
        self.article_source = self._article_source()
        self._mend_addresses()

    def section(self, name: str) -> Markup:
        """Return what stands in a section, without its heading; nothing if there is no such one."""
        found = self._article.select_one(f"section#{name}")
        if found is None:
            return Markup("")
        inner = [child for child in found.children if isinstance(child, Tag)]
        return _trusted(c for c in inner if c.name not in {"h1", "h2", "h3", "section", "span"})

    def figures(self) -> list[str]:
        """Name the chapter's figures, in their order."""
        return [str(f["id"]) for f in self._article.select("figure[id]")]

    def question_before(self, name: str) -> str:
        """Return the question that the chapter asks before a figure, or nothing."""
        for paragraph in self._paragraphs(name, before=True):
            asked = [plain(e.get_text()) for e in paragraph.select("em")]
            return next((a for a in reversed(asked) if a.endswith("?")), "")
        return ""

    def reading(self, name: str) -> Markup:
        """Return the paragraph in which the chapter reads a figure, or nothing."""
        for paragraph in self._paragraphs(name, before=False):
            return _trusted([paragraph])
        return Markup("")

    def show(self, name: str) -> Markup:
        """Return a figure, formula or table of the chapter.

        Args:
            name: Its name in the chapter's source.

        Raises:
            InputError: If the chapter has none of that name.
        """
        found = self._find(name)
        for script in found.select(".tp-chart > script"):
            script.string = script_safe(flatten(json.loads(script.string or "")))
        return _trusted([found])

    def tools(self) -> list[str]:
        """Name the modules of the page's tools, as "fanexplorer", in their order."""
        states = self._article.select("script.tp-state")
        return [str(json.loads(state.string or "")["module"]) for state in states]

    def tool(self, module: str, lang: str) -> Markup:
        """Return a tool of the page with its state, or nothing.

        Args:
            module: Name of its module, as "fanexplorer".
            lang: Language in which it begins.
        """
        for script in self._article.select("script.tp-state"):
            view = script.find_next_sibling("div", class_="tp-live")
            content = json.loads(script.string or "")
            if content["module"] == module and isinstance(view, Tag):
                content["state"]["lang"] = lang
                script.string = script_safe(content)
                return _trusted([script, view])
        return Markup("")

    def _find(self, name: str) -> Tag:
        found = self._article.find(id=name)
        if not isinstance(found, Tag) or found.name == "section":
            known = self.figures()
            raise InputError(
                f"{self.page} without {echo(name)}",
                f"a name of its figures: {listing(known)}",
                f"choose one of these{nearest(name, known)}",
            )
        return found

    def _paragraphs(self, name: str, *, before: bool) -> list[Tag]:
        """Return the nearest paragraph before or after a figure, in the same section."""
        node = self._find(name)
        while isinstance(node.parent, Tag) and node.parent.name != "section":
            node = node.parent
        found = node.find_previous_sibling("p") if before else node.find_next_sibling("p")
        return [found] if isinstance(found, Tag) else []

    def _from_root(self, address: str) -> str:
        """Turn an address on the page into one from the book's folder."""
        return posixpath.normpath(urljoin(self.page, urldefrag(address).url))

    def _sources(self) -> list[str]:
        """List what the chapter cites, in its order."""
        links = self._article.select('a[href*="bibliography.html#"][title]')
        return list(dict.fromkeys(plain(str(link["title"])) for link in links))

    def _article_source(self) -> str:
        """Return the label of the article whose claims the chapter tells, or nothing."""
        link = self._article.select_one(
            'section[id^="what-the"] a[href*="bibliography.html#"], '
            'section#what-is-claimed a[href*="bibliography.html#"]'
        )
        return plain(link.get_text()) if link else ""

    def _mend_addresses(self) -> None:
        """Let pictures lead to the deck's own; links within the book become text."""
        for image in self._article.select("img[src]"):
            source = str(image["src"])
            if not _OUTSIDE.match(source):
                address = self._from_root(source)
                self.images.add(address)
                image["src"] = f"_images/{posixpath.basename(address)}"
                del image["style"]
        for link in self._article.select("a"):
            if not _OUTSIDE.match(str(link.get("href", ""))):
                link.unwrap()


def flatten(spec: dict[str, Any]) -> dict[str, Any]:
    """Make a chart wide and low, so that it can be enlarged until its letters are read from afar.

    Args:
        spec: A Vega-Lite specification.

    Returns:
        The same chart: lower, with rows closer together, and with parts side by side.

    Example:
        >>> flatten({"mark": "bar"})["height"], flatten({"mark": "bar", "height": {"step": 30}})
        (190, {'mark': 'bar', 'height': {'step': 13}})
        >>> list(flatten({"vconcat": [{"mark": "bar"}]}))
        ['hconcat']
    """
    if "vconcat" in spec:
        rest = {key: value for key, value in spec.items() if key != "vconcat"}
        return {"hconcat": [flatten(part) for part in spec["vconcat"]], **rest}
    if "spec" in spec:
        columns = {"columns": 2 * spec["columns"]} if "columns" in spec else {}
        return {**spec, "spec": flatten(spec["spec"]), **columns}
    height = spec.get("height", _HEIGHT_PX)
    if isinstance(height, dict):
        return {**spec, "height": {**height, "step": min(height.get("step", _STEP_PX), _STEP_PX)}}
    return {**spec, "height": min(height, _HEIGHT_PX)}


def _trusted(tags: Iterable[Tag]) -> Markup:
    """Write elements of the built book as HTML: it was made, and escaped, by the book's build."""
    return Markup("\n".join(str(tag) for tag in tags))  # noqa: S704
