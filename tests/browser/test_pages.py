"""Every page, on a desktop and on a phone: quiet console, no foreign request, accessible."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest

from accessibility import axe

DESKTOP, PHONE, SMALL_PHONE = 1280, 390, 360
#: Texts of a chart that its picture cuts off: titles, names, legends.
CUT_OFF = """(chart) => {
  const room = chart.getBoundingClientRect();
  return [...chart.querySelectorAll("text")].filter((text) => {
    const { left, right, bottom, width } = text.getBoundingClientRect();
    return width && (left < room.left - 1 || right > room.right + 1 || bottom > room.bottom + 1);
  }).map((text) => text.textContent);
}"""


# Each width and each scheme once: the layout does not depend on the colours, and the book is long.
@pytest.mark.parametrize(
    ("width", "least", "scheme", "turn"),
    [(DESKTOP, DESKTOP, "light", 0), (PHONE, SMALL_PHONE, "dark", 1)],
)
def test_every_page_is_quiet_in_its_room_and_accessible(
    visit, site, pages, width, least, scheme, turn
):
    charts = 0
    seen = visit(width, color_scheme=scheme)
    for number, path in enumerate(pages):
        page = seen.open(site + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        # axe takes longer than all the rest: it looks at one page in this form, at the next in the
        # other. What pages share, and each kind of page, it sees in both.
        assert number % 2 != turn or axe(page) == [], f"{path} in {scheme}"
        charts += _check_charts(page, path)
        page.set_viewport_size({"width": least, "height": 900})
        # Charts follow the new width a moment later.
        page.wait_for_function("width => document.documentElement.scrollWidth <= width", arg=least)
        # Asked last, so that what a page does a moment later counts, too.
        assert seen.errors == [], path
        assert seen.foreign() == [], path
        page.set_viewport_size({"width": width, "height": 900})
    assert charts >= 2


def _check_charts(page, path):
    """Charts fill the room there is, and all their texts stay in it; the number of charts."""
    charts = page.locator(".tp-chart svg.marks").all()
    article = page.locator("article.bd-article").bounding_box()
    for chart in charts:
        assert 250 <= chart.bounding_box()["width"] <= article["width"], path
        assert chart.evaluate(CUT_OFF) == [], path
    return len(charts)


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.targets: set[str] = set()

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if named.get("id"):
            self.targets.add(str(named["id"]))
        for attribute in ("href", "src"):
            if named.get(attribute):
                self.links.append(str(named[attribute]))


def _read(path: Path) -> _Links:
    parser = _Links()
    parser.feed(path.read_text("utf-8"))
    return parser


def test_internal_links_lead_somewhere(book, pages):
    read = {path: _read(book / path) for path in pages}
    broken = []
    for path, parser in read.items():
        for link in parser.links:
            if ":" in link.split("/")[0] or link.startswith("//"):
                continue
            target, fragment = urldefrag(
                urljoin(path, link.split("?")[0] if "#" not in link else link)
            )
            target = unquote(target.split("?")[0])
            if not (book / target).exists() or (
                fragment and target in read and unquote(fragment) not in read[target].targets
            ):
                broken.append((path, link))
    assert broken == []


def test_references_to_formulas_show_the_number_of_the_formula(book, pages):
    text = "".join((book / path).read_text("utf-8") for path in pages)
    shown = dict(re.findall(r'id="equation-([\w-]+)".*?class="eqno">(\(\d+\))', text, re.DOTALL))
    named = re.findall(r'href="[^"]*#equation-([\w-]+)">(\(\d+\))', text)
    assert named
    assert [(label, number) for label, number in named if shown.get(label) != number] == []


def test_icons_are_drawn_by_one_font_and_no_script(visit, site, pages):
    seen = visit()
    page = seen.open(site + pages[1])
    page.evaluate("document.fonts.ready")
    asked = [r.split("/fontawesome/")[1] for r in seen.requests if "/fontawesome/" in r]
    assert {re.sub(r"^[\d.]+/|\?.*", "", name) for name in asked} == {
        "css/all.min.css",
        "webfonts/fa-solid-900.woff2",
    }
    assert page.evaluate("document.fonts.check(\"900 1em 'Font Awesome 6 Free'\", '\\uf0c9')")


def test_no_page_names_a_script_or_style_of_another_host(book, pages):
    for path in pages:
        text = (book / path).read_text("utf-8")
        for tag in ('src="http', "src='http", 'rel="stylesheet" href="http', "unpkg.com", "cdn."):
            assert tag not in text, path
