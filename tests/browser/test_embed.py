"""Bare pages of the tools, in a frame of another site, as learning platforms show them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from accessibility import axe
from browser.conftest import SCORECARD_TOOL, _Handler, _serve

FRAME = '<!doctype html><html lang="en"><title>Course</title><link rel="icon" href="data:,">{frame}</html>'
STARTED = (
    "[...document.querySelectorAll('.tp-live[data-model]')].every(v => v.dataset.ready === 'true')"
)


@pytest.fixture(scope="session")
def bare(book) -> list[str]:
    """Addresses of all bare pages."""
    return sorted(f"embed/{path.name}" for path in (book / "embed").glob("*.html"))


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """A learning platform on another host: takes HTML, gives the address of a page with it."""
    addresses = _serve(tmp_path, _Handler)
    # The same machine by another name is another site for the browser.
    address = next(addresses).replace("127.0.0.1", "localhost")

    def page(html: str) -> str:
        (tmp_path / "course.html").write_text(FRAME.format(frame=html), "utf-8")
        return f"{address}course.html"

    yield page
    next(addresses, None)


def in_frame(seen: Any, address: str) -> Any:
    seen.page.goto(address)
    frame = seen.page.frame_locator("iframe")
    frame.locator(".tp-live[data-ready=true]").first.wait_for()
    return frame


def test_every_tool_has_a_bare_page_and_its_page_says_how_to_use_it(book, pages, bare):
    tools = [p for p in pages if "/toolbox/" in p and (book / p).exists()]
    assert bare == sorted(f"embed/{Path(p).name}" for p in tools)
    for page in tools:
        text = (book / page).read_text("utf-8")
        assert 'id="embed-this-tool"' in text
        assert 'href="#embed-this-tool"' in text, "the contents of the page name it"
        assert f"embed/{Path(page).name}" in text


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_bare_pages_are_quiet_in_their_room_and_accessible(visit, strict_site, bare, width, scheme):
    seen = visit(width, color_scheme=scheme)
    for path in bare:
        page = seen.open(strict_site + path)
        assert page.evaluate(STARTED), path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert axe(page) == [], path
        assert page.locator("nav, .bd-sidebar").count() == 0
        assert seen.errors == [], path
        assert seen.foreign() == [], path


def test_bare_pages_work_from_a_folder(visit, book, bare):
    seen = visit()
    for path in bare:
        page = seen.open((book / path).as_uri())
        assert page.evaluate(STARTED), path
        assert seen.errors == [], path


def test_a_bare_page_has_title_language_and_the_way_to_the_book(visit, site):
    page = visit().open(site + "embed/scorecard.html")
    assert page.title() == "The scorecard – The touchpoint kit"
    assert page.locator("html").get_attribute("lang") == "en"
    with page.context.expect_page() as opened:
        page.locator("footer a").click()
    assert urlsplit(opened.value.url).path == f"/{SCORECARD_TOOL}"


def test_works_in_a_frame_of_another_site(visit, site, platform, bare):
    for path in bare:
        seen = visit()
        frame = in_frame(
            seen, platform(f'<iframe src="{site}{path}" width="100%" height="600"></iframe>')
        )
        assert frame.locator(".tp-widget").count() >= 1, path
        assert seen.errors == [], path
        assert {urlsplit(u).netloc for u in seen.requests} == {
            urlsplit(site).netloc,
            urlsplit(seen.page.url).netloc,
        }


def test_where_frames_may_keep_nothing_it_works_and_says_so(visit, site, platform):
    seen = visit()
    # Without allow-same-origin the browser refuses storage by an exception, as it does to foreign frames.
    frame = in_frame(
        seen,
        platform(
            f'<iframe sandbox="allow-scripts" src="{site}embed/scorecard.html" height="600"></iframe>'
        ),
    )
    frame.locator(".tp-row").first.locator(".tp-grade[data-grade='6']").click()
    checked = frame.locator(".tp-row").first.locator("input[type=radio]:checked")
    assert checked.get_attribute("value") == "6"
    assert "keeps nothing here" in frame.locator(".tp-kept").text_content()
    frame.get_by_role("button", name="Deutsch").click()
    assert "behält" in frame.locator(".tp-kept").text_content()
    assert seen.errors == []


def test_entries_stay_apart_from_those_in_the_book(visit, site):
    def first_grade(page):
        return (
            page.locator(".tp-row")
            .first.locator("input[type=radio]:checked")
            .get_attribute("value")
        )

    seen = visit()
    page = seen.open(site + "embed/scorecard.html")
    page.locator(".tp-row").first.locator(".tp-grade[data-grade='6']").click()
    assert "kept in this browser only" in page.locator(".tp-kept").text_content()
    seen.open(site + SCORECARD_TOOL)
    assert first_grade(page) == "1"
    page.locator(".tp-row").first.locator(".tp-grade[data-grade='3']").click()
    seen.open(site + "embed/scorecard.html")
    assert first_grade(page) == "6"
    kept = page.evaluate(
        "Object.keys(localStorage).filter(k => k.startsWith('touchpoints')).sort()"
    )
    assert kept == ["touchpoints/1/embed/scorecard", "touchpoints/1/scorecard"]


def test_the_address_chooses_the_language_until_the_reader_does(visit, site):
    seen = visit()
    page = seen.open(site + "embed/scorecard.html?lang=de")
    assert page.locator(".tp-scorecard").get_attribute("lang") == "de"
    page.get_by_role("button", name="English").click()
    seen.open(site + "embed/scorecard.html?lang=de")
    assert page.locator(".tp-scorecard").get_attribute("lang") == "en"
    other = visit().open(site + "embed/scorecard.html?lang=<x>")
    assert other.locator(".tp-scorecard").get_attribute("lang") == "en"


def test_the_snippet_of_the_toolbox_page_works_where_it_is_pasted(visit, site, platform):
    page = visit().open(site + SCORECARD_TOOL)
    code = page.locator(".tp-embed-snippet pre").text_content()
    pasted = code.replace('src="embed/', f'src="{site}embed/')
    frame = in_frame(visit(), platform(pasted))
    assert frame.locator(".tp-row").count() == 21


def test_without_javascript_there_is_a_table(visit, site):
    seen = visit(java_script_enabled=False)
    seen.page.goto(site + "embed/scorecard.html")
    assert seen.page.locator(".tp-live table tbody tr").count() == 21
