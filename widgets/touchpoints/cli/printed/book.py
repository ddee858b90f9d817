"""Put all chapters into one page: cover, contents, parts, hints and solutions."""

from __future__ import annotations

import html
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import metadata, version
from pathlib import Path
from typing import Final

from touchpoints.cli.chromium import print_page
from touchpoints.cli.errors import CommandError
from touchpoints.cli.printed.chapter import Chapter, anchor, read_chapter
from touchpoints.site.chapters import built_on

#: Pixels between the margins of A4 as `print.css` sets them.
_WIDTH: Final = 650
_PAGE: Final = "printed-book.html"
_SOLUTIONS: Final = "hints-and-solutions"
_PLACE: Final = re.compile(r'<span data-page-of="([^"]+)">')
_TITLE: Final = "The touchpoint kit"
_STYLE: Final = Path(__file__).with_name("print.css")

#: A part: its caption and its chapters.
Part = tuple[str, list[Chapter]]


def read_parts(html_folder: Path, toc: Path) -> list[Part]:
    """Read the built book in the order of its table of contents.

    Args:
        html_folder: Folder of the built book.
        toc: The table of contents.

    Returns:
        The parts; the first holds the opening page and has no caption.
    """
    from sphinx_external_toc.parsing import parse_toc_yaml  # noqa: PLC0415  (only with the book)

    root = parse_toc_yaml(toc).root
    named = [("", [root.docname])]
    named += [(tree.caption or "", [str(item) for item in tree.items]) for tree in root.subtrees]
    names = {name for _, part in named for name in part}

    def chapter(name: str) -> Chapter:
        text = (html_folder / f"{name}.html").read_text(encoding="utf-8")
        return read_chapter(name, text, names)

    return [(caption, [chapter(name) for name in part]) for caption, part in named]


def _cover() -> str:
    day = built_on()
    return (
        f'<header class="tp-cover"><p class="tp-title">{_TITLE}</p>'
        f"<p>{metadata('touchpoint-kit')['Author']}</p>"
        f"<p>Version {version('touchpoint-kit')}, {day.day} {day:%B %Y}</p>"
        "<p>This is the printed form of a book whose tools compute in the page. Here each tool is "
        "a picture of its first state and a table. Code that the pages keep folded is left out; "
        "hints and solutions stand at the end.</p>"
        "<p>Texts, pictures and data: CC BY 4.0. Code: MIT.</p></header>"
    )


def _line(target: str, title: str, style: str) -> str:
    return (
        f'<li class="{style}"><a href="#{target}"><span>{html.escape(title)}</span>'
        f'<span data-page-of="{target}"></span></a></li>'
    )


def _part_anchor(caption: str) -> str:
    return "part-" + "".join(c if c.isalnum() else "-" for c in caption.lower())


def _contents(parts: Sequence[Part]) -> str:
    lines = []
    for caption, chapters in parts:
        if caption:
            lines.append(_line(_part_anchor(caption), caption, "tp-part"))
        lines += [_line(anchor(c.name), c.title, "tp-chapter") for c in chapters]
    lines.append(_line(_SOLUTIONS, "Hints and solutions", "tp-part"))
    return f'<nav class="tp-contents"><h1>Contents</h1><ol>{"".join(lines)}</ol></nav>'


def _body(parts: Sequence[Part]) -> str:
    written = []
    for caption, chapters in parts:
        if caption:
            written.append(
                f'<h1 class="tp-part" id="{_part_anchor(caption)}">{html.escape(caption)}</h1>'
            )
        written += [
            f'<article class="bd-article" id="{anchor(c.name)}">{c.body}</article>'
            for c in chapters
        ]
    return "\n".join(written)


def _solutions(parts: Sequence[Part]) -> str:
    boxes = [
        f"<h2>{html.escape(chapter.title)}</h2>{''.join(chapter.folded)}"
        for _, chapters in parts
        for chapter in chapters
        if chapter.folded
    ]
    heading = f'<h1 class="tp-part" id="{_SOLUTIONS}">Hints and solutions</h1>'
    return f'{heading}<article class="bd-article tp-solutions">{"".join(boxes)}</article>'


def _once(addresses: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(addresses))


def book_page(parts: Sequence[Part]) -> str:
    """Write the page that is printed.

    Args:
        parts: The parts of the book.
    """
    chapters = [chapter for _, part in parts for chapter in part]
    # Charts are pictures already; only the host and the tools run.
    scripts = [s for s in _once(s for c in chapters for s in c.scripts) if _runs(s)]
    styles = ["_static/pygments.css", *_once(s for c in chapters for s in c.styles)]
    head = [f'<link rel="stylesheet" href="{html.escape(s)}">' for s in styles]
    head.append(f"<style>{_STYLE.read_text(encoding='utf-8')}</style>")
    head += [f'<script defer src="{html.escape(s)}"></script>' for s in scripts]
    return (
        '<!DOCTYPE html>\n<html lang="en" data-theme="light"><head><meta charset="utf-8">'
        f"<title>{_TITLE}</title>{''.join(head)}</head><body>"
        f"{_cover()}{_contents(parts)}{_body(parts)}{_solutions(parts)}"
        "</body></html>"
    )


def _runs(script: str) -> bool:
    name = script.rsplit("/", 1)[-1]
    return not name.startswith(("vega-", "charts.", "glossary.", "menus."))


def with_page_numbers(page: str, numbers: Mapping[str, int]) -> str:
    """Fill in the numbers of the pages that are referred to.

    Args:
        page: The page; elements with `data-page-of` are empty.
        numbers: Number of the printed page of each place, from 1.

    Example:
        >>> with_page_numbers('<span data-page-of="a"></span>', {"a": 7})
        '<span data-page-of="a">7</span>'
    """
    return _PLACE.sub(lambda m: f"{m[0]}{numbers.get(m[1], '')}", page)


def print_book(html_folder: Path, toc: Path, pdf: Path) -> int:
    """Print the built book as one PDF.

    Chromium numbers no references, so the book is printed twice: the first print says on which
    page each place stands.

    Args:
        html_folder: Folder of the built book.
        toc: Its table of contents.
        pdf: The file to write.

    Returns:
        The number of pages.

    Raises:
        CommandError: If a browser or the PDF library is missing, or printing fails.
    """
    try:
        from pypdf import PdfReader  # noqa: PLC0415  (an extra)
    except ImportError:
        raise CommandError("pypdf is missing; run: pip install -r requirements.txt") from None
    page = book_page(read_parts(html_folder, toc))
    # Beside the book, so that its pictures and scripts have the addresses they have there.
    path = html_folder / _PAGE
    try:
        with tempfile.TemporaryDirectory() as folder:
            draft = Path(folder) / "draft.pdf"
            path.write_text(page, encoding="utf-8")
            print_page(path, draft, width=_WIDTH)
            reader = PdfReader(draft)
            places = reader.named_destinations.items()
            numbers = {n.lstrip("/"): reader.get_destination_page_number(d) for n, d in places}
            path.write_text(
                with_page_numbers(page, {k: v + 1 for k, v in numbers.items() if v is not None}),
                encoding="utf-8",
            )
            print_page(path, draft, width=_WIDTH)
            pages = len(PdfReader(draft).pages)
            shutil.move(draft, pdf)
    finally:
        path.unlink(missing_ok=True)
    return pages
