"""A citation is copied without asking for the clipboard, also from a folder."""

from __future__ import annotations

PAGE = "book/trust/the-contact-cycle.html"


def test_a_citation_can_be_copied(visit, book):
    page = visit(390).open(book.as_uri() + "/" + PAGE)
    page.get_by_text("Cite this chapter").click()
    for number, start in enumerate(("The touchpoint kit developers. (20", "@misc{touchpoint-kit-")):
        page.locator(".tp-cite button").nth(number).click()
        page.evaluate("document.body.prepend(document.createElement('textarea'))")
        page.locator("textarea").first.focus()
        page.keyboard.press("Control+V")
        assert page.locator("textarea").first.input_value().startswith(start)
    assert page.locator("textarea").first.input_value().strip().endswith("}")
