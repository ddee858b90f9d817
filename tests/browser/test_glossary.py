"""Definitions where a term is used: hover, focus, tap, Escape; from a folder and under a strict policy."""

from __future__ import annotations

import json

import pytest

PAGE = "book/trust/the-contact-cycle.html"
TERM = 'article a:has(> .std-term):has-text("full contact")'
MEANING = "The third phase: buying and paying"


@pytest.fixture(params=["web server", "strict policy", "folder"])
def page(request, visit, book, site, strict_site):
    address = {"web server": site, "strict policy": strict_site, "folder": book.as_uri() + "/"}
    opened = visit(390).open(address[request.param] + PAGE)
    opened.locator(TERM).first.scroll_into_view_if_needed()
    return opened


def test_a_definition_comes_with_the_pointer_and_can_be_pointed_at(page):
    tip = page.get_by_role("tooltip")
    page.hover(TERM)
    assert MEANING in tip.inner_text()
    assert "voller Kontakt" in tip.inner_text()
    assert page.locator(TERM).first.get_attribute("aria-describedby") == tip.get_attribute("id")
    page.clock.install()
    tip.hover()
    page.clock.fast_forward(2000)
    assert tip.bounding_box()["x"] >= 0
    assert tip.bounding_box()["x"] + tip.bounding_box()["width"] <= 390
    page.mouse.move(5, 5)
    page.clock.fast_forward(2000)
    tip.wait_for(state="hidden")
    assert page.locator(TERM).first.get_attribute("aria-describedby") is None


def test_a_definition_comes_with_the_focus_and_goes_with_escape(page):
    tip = page.get_by_role("tooltip")
    page.focus(TERM)
    assert MEANING in tip.inner_text()
    page.mouse.move(5, 5)
    assert tip.is_visible(), "it stays while the focus stays"
    page.keyboard.press("Escape")
    assert not tip.is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert tip.is_visible()
    page.keyboard.press("Tab")
    assert MEANING not in tip.text_content() or not tip.is_visible()


def test_the_first_tap_defines_and_the_second_leads_to_the_glossary(visit, site):
    page = visit(390, has_touch=True).open(site + PAGE)
    page.locator(TERM).first.tap()
    assert MEANING in page.get_by_role("tooltip").inner_text()
    assert page.url.endswith(PAGE)
    page.locator(TERM).first.tap()
    page.wait_for_url("**/glossary.html#term-full-contact")


def test_a_definition_is_not_printed(visit, site):
    page = visit().open(site + PAGE)
    page.focus(TERM)
    page.emulate_media(media="print")
    assert not page.locator(".tp-definition").is_visible()


def test_every_entry_has_a_meaning_and_a_german_term(book):
    script = (book / "_assets" / "glossary.js").read_text("utf-8")
    entries = json.loads(script.split("const DEFINITIONS = ")[1].split(";\n")[0])
    named = (book / "book" / "glossary.html").read_text("utf-8").count('<dt id="term-')
    assert len(entries) == named > 50
    assert all(e["meaning"] and e["german"].startswith("German: ") for e in entries.values())
