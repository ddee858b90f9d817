"""The host: the three ways a page is opened, the language, storage, failure, no JavaScript."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from browser.conftest import SCORECARD_PAGE, SCORECARD_TOOL

WORKING = "[...document.querySelectorAll('.tp-live[data-model], .tp-chart')].every(v => v.dataset.ready === 'true')"


def _grade_first(page, grade: str) -> None:
    page.locator(".tp-row").first.locator(f".tp-grade[data-grade='{grade}']").click()


def _first_grade(page) -> str:
    return page.locator(".tp-row").first.locator("input[type=radio]:checked").get_attribute("value")


def test_works_from_a_folder(visit, book):
    page = visit().open((book / SCORECARD_PAGE).as_uri())
    assert page.evaluate(WORKING)
    _grade_first(page, "4")
    assert _first_grade(page) == "4"


def test_works_under_a_strict_policy(visit, strict_site):
    page = visit().open(strict_site + SCORECARD_PAGE)
    assert page.evaluate(WORKING)
    _grade_first(page, "4")
    assert _first_grade(page) == "4"
    assert page.locator(".tp-chart-view svg").count() >= 1


def test_scripts_and_styles_of_the_scorecard_stay_small(book):
    html = (book / SCORECARD_TOOL).read_text("utf-8")
    names = re.findall(r"_assets/([\w.-]+)\?", html)
    own = [n for n in names if not n.startswith(("vega-", "charts"))]
    base = {"book.css", "glossary.js", "menus.js", "host.js", "host.css"}
    assert base | {"scorecard.js", "scorecard.css"} == set(own)
    assert sum((book / "_assets" / n).stat().st_size for n in own) < 130_000


def test_without_charts_no_vega(book, pages):
    for path in pages:
        html = (book / path).read_text("utf-8")
        assert ("vega-" in html) == ('class="tp-chart"' in html), path


def test_language_switch_is_page_wide_and_remembered(visit, site):
    seen = visit()
    page = seen.open(site + SCORECARD_TOOL)
    page.get_by_role("button", name="Deutsch").click()
    assert page.locator(".tp-row").first.locator("legend").text_content().startswith("Note")
    assert page.get_by_role("button", name="Neu beginnen").is_visible()
    seen.open(site + SCORECARD_TOOL)
    assert page.get_by_role("button", name="Deutsch").get_attribute("aria-pressed") == "true"
    assert page.locator(".tp-row").first.locator("legend").text_content().startswith("Note")


def test_entries_are_kept_and_can_be_reset(visit, site):
    seen = visit()
    page = seen.open(site + SCORECARD_TOOL)
    before = _first_grade(page)
    _grade_first(page, "6")
    seen.open(site + SCORECARD_TOOL)
    assert _first_grade(page) == "6"
    page.get_by_role("button", name="Start again").click()
    assert _first_grade(page) == before
    seen.open(site + SCORECARD_TOOL)
    assert _first_grade(page) == before


def test_what_is_entered_in_another_tab_shows_here(visit, site):
    seen = visit()
    page = seen.open(site + SCORECARD_PAGE)
    before = _first_grade(page)
    other = page.context.new_page()
    other.goto(site + SCORECARD_PAGE)
    other.locator(".tp-live[data-ready=true]").first.wait_for()
    _grade_first(other, "6")
    row = page.locator(".tp-row").first
    row.locator("input[type=radio][value='6']:checked").wait_for(state="attached")
    card = other.locator(".tp-live").filter(has=other.locator(".tp-scorecard"))
    card.get_by_role("button", name="Start again").click()
    row.locator(f"input[type=radio][value='{before}']:checked").wait_for(state="attached")
    assert seen.errors == []


@pytest.mark.parametrize(
    "kept",
    [
        "{",
        "null",
        "[]",
        '{"rows": 3}',
        '{"rows": [{"touchpoint": "x"}]}',
        '{"rows": [{"touchpoint": "x", "contact_phase": "contact", "grade": 9}]}',
    ],
)
def test_spoilt_storage_leaves_the_original(visit, site, kept):
    seen = visit()
    seen.page.goto(site + "book/about.html")
    seen.page.evaluate("kept => localStorage.setItem('touchpoints/1/scorecard', kept)", kept)
    page = seen.open(site + SCORECARD_PAGE)
    assert page.locator(".tp-row").count() == 21
    assert seen.errors == []


def test_works_where_storage_is_refused(visit, site):
    seen = visit(alone=True)
    seen.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused'); }})"
    )
    page = seen.page
    page.goto(site + SCORECARD_PAGE)
    page.wait_for_selector(".tp-live[data-ready=true]")
    _grade_first(page, "3")
    assert _first_grade(page) == "3"


def test_a_failing_widget_says_so_and_keeps_its_table(visit, site):
    seen = visit(alone=True)
    seen.page.route(
        "**/scorecard.js*",
        lambda route: route.fulfill(
            content_type="text/javascript",
            body="touchpointHost.define('scorecard', () => ({ render() { throw new Error('broken'); } }));",
        ),
    )
    page = seen.open(site + SCORECARD_PAGE)
    live = page.locator(".tp-live").first
    assert "could not start" in live.get_by_role("alert").text_content()
    assert live.locator("tbody tr").count() == 21


def test_without_javascript_there_is_a_table(visit, site):
    seen = visit(java_script_enabled=False)
    seen.page.goto(site + SCORECARD_PAGE)
    table = seen.page.locator(".tp-live table").first
    assert table.locator("tbody tr").count() == 21
    assert "Service hotline" in table.text_content()
    assert seen.page.locator(".tp-chart svg").count() >= 1


def test_dark_mode_changes_the_widget(visit, site):
    colours = {
        scheme: visit(color_scheme=scheme)
        .open(site + SCORECARD_PAGE)
        .evaluate("getComputedStyle(document.querySelector('.tp-widget')).backgroundColor")
        for scheme in ("light", "dark")
    }
    assert colours == {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 24, 30)"}


def test_two_views_share_one_model(visit, site, book: Path):
    html = (book / SCORECARD_PAGE).read_text("utf-8")
    view = re.search(r'<div class="tp-live" data-model="\w+">', html).group()
    seen = visit(alone=True)
    seen.page.route(
        f"**/{SCORECARD_PAGE}",
        lambda route: route.fulfill(
            content_type="text/html; charset=utf-8",
            body=html.replace(view, f"{view}</div>{view}", 1),
        ),
    )
    page = seen.open(site + SCORECARD_PAGE)
    assert page.locator(".tp-scorecard").count() == 2
    page.locator(".tp-scorecard").first.locator(".tp-row").first.locator(
        ".tp-grade[data-grade='5']"
    ).click()
    second = page.locator(".tp-scorecard").nth(1).locator(".tp-row").first
    assert second.locator("input[type=radio]:checked").get_attribute("value") == "5"
