"""What the theme gives on every page: a way round by keyboard, search, menus on a phone."""

from __future__ import annotations

import pytest

from accessibility import axe

DESKTOP, PHONE = 1280, 390
PAGE = "book/trust/the-contact-cycle.html"
FOCUSED = """() => {
  const { activeElement: el } = document, style = getComputedStyle(el);
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const place = ["bd-sidebar-primary", "bd-header-article", "bd-article", "prev-next-area", "bd-sidebar-secondary"];
  return { visible: ring || style.boxShadow !== "none", text: el.textContent.trim(),
           part: place.find((name) => el.closest(`.${name}`)) ?? "" };
}"""


def tab_through(page, most=200):
    """Press Tab until the focus leaves the page; what had it, in order."""
    seen = []
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        seen.append(page.evaluate(FOCUSED))
    return seen


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_the_focus_is_visible_and_goes_through_the_page_in_order(visit, site, width):
    stops = tab_through(visit(width, reduced_motion="reduce").open(site + PAGE))
    assert stops[0]["text"] == "Skip to main content"
    assert [s for s in stops if not s["visible"]] == []
    parts = list(dict.fromkeys(s["part"] for s in stops if s["part"]))
    whole = [
        "bd-sidebar-primary",
        "bd-header-article",
        "bd-article",
        "prev-next-area",
        "bd-sidebar-secondary",
    ]
    assert parts == (whole if width == DESKTOP else whole[1:4])


def test_the_skip_link_leads_to_the_content(visit, site):
    page = visit().open(site + PAGE)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["part"] in {"bd-header-article", "bd-article"}


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_less_motion_means_none(visit, site, motion):
    page = visit(PHONE, reduced_motion=motion).open(site + PAGE)
    moving = page.evaluate(
        """[...document.querySelectorAll('*')].filter((el) => {
             const { transitionDuration, animationDuration, scrollBehavior } = getComputedStyle(el);
             return scrollBehavior === 'smooth' || parseFloat(transitionDuration) || parseFloat(animationDuration);
           }).length"""
    )
    assert (moving == 0) is (motion == "reduce")


@pytest.mark.parametrize(("width", "scheme"), [(DESKTOP, "dark"), (PHONE, "light")])
def test_search_finds_and_its_page_is_accessible(visit, site, width, scheme):
    seen = visit(width, color_scheme=scheme)
    page = seen.open(site + PAGE)
    page.keyboard.press("Control+k")
    page.get_by_role("searchbox").last.fill("fan rate")
    page.keyboard.press("Enter")
    page.get_by_text("Search finished").wait_for()
    page.get_by_role("link", name="Fans and grades").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe(page) == []
    assert seen.errors == []
    assert seen.foreign() == []


def test_search_works_from_a_folder(visit, book):
    page = visit().open(f"{book.as_uri()}/search.html?q=bonding")
    page.get_by_text("Search finished").wait_for()
    assert page.locator("#search-results li").count() > 3


def test_words_that_were_searched_for_keep_their_contrast(visit, site):
    page = visit(color_scheme="dark").open(f"{site}{PAGE}?highlight=trust")
    page.locator("span.highlighted").first.wait_for()
    assert axe(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_menu_of_a_phone_takes_the_focus_and_gives_it_back(visit, site, scheme):
    page = visit(360, color_scheme=scheme, reduced_motion="reduce").open(site + PAGE)
    button = page.locator("button.primary-toggle")
    button.focus()
    page.keyboard.press("Enter")
    page.locator(".bd-sidebar-primary a").first.wait_for(state="visible")
    assert page.evaluate(FOCUSED)["part"] == "bd-sidebar-primary"
    assert axe(page) == []
    page.keyboard.press("Escape")
    page.locator(".bd-sidebar-primary a").first.wait_for(state="hidden")
    assert button.evaluate("el => el === document.activeElement")


def test_pages_lead_to_the_one_before_and_the_one_after(book, pages):
    for path in pages[1:-1]:
        text = (book / path).read_text("utf-8")
        assert 'class="left-prev"' in text, path
        assert 'class="right-next"' in text, path
