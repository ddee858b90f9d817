"""Two decks in a real browser: nothing from elsewhere, tools that compute, notes, phone, paper."""

from __future__ import annotations

import pytest
from pypdf import PdfReader

from accessibility import axe
from browser.conftest import until
from touchpoints.cli.course_slides import print_deck
from touchpoints.course.slides import write_slides

EXPLORER, SCORECARD = "fans-and-grades", "moments-of-truth"

#: What stands out of its box, slide by slide; a tool's own box may be scrolled.
OVERFLOWING = """() => [...document.querySelectorAll("section.tp-slide")].flatMap((slide, place) =>
  [".tp-sheet", ".tp-slide-body", "figure", "figure .output"].flatMap((part) =>
    [...slide.querySelectorAll(part)]
      .filter((box) => !box.closest(".tp-slide-tool"))
      .filter((box) => box.scrollHeight > box.clientHeight + 2 || box.scrollWidth > box.clientWidth + 2)
      .map((box) => `${place + 1} ${part}`)))"""


@pytest.fixture(scope="module")
def decks(book, tmp_path_factory):
    folder = tmp_path_factory.mktemp("slides")
    write_slides([EXPLORER, SCORECARD], folder, book=book, title="Touchpoints at our university")
    return folder


@pytest.fixture(scope="module")
def strict_decks(decks, strictly):
    with strictly(decks) as address:
        yield address


def go_to(page, kind):
    """Show the first slide of a kind, and return its number."""
    place = page.evaluate(
        "kind => [...document.querySelectorAll('section.tp-slide')].findIndex(s => s.classList.contains(kind))",
        kind,
    )
    page.evaluate("place => Reveal.slide(place)", place)
    return place


def present(page):
    return page.evaluate("Reveal.getIndices().h")


@pytest.mark.parametrize("name", [EXPLORER, SCORECARD])
def test_nothing_comes_from_elsewhere_and_all_fits(visit, strict_decks, name):
    for size in ((1280, 720), (1024, 768)):
        opened = visit(*size)
        page = opened.open(f"{strict_decks}{name}.html")
        until(
            page,
            "[...document.querySelectorAll('figure .tp-chart')].every(c => c.style.getPropertyValue('--larger'))",
        )
        assert opened.foreign() == []
        assert opened.errors == []
        assert page.evaluate(OVERFLOWING) == []
        widths = page.evaluate(
            "[...document.querySelectorAll('.tp-chart svg')].map(s => s.getBoundingClientRect().width)"
        )
        assert widths
        assert min(widths) > size[0] / 3
        assert 10 <= page.evaluate("Reveal.getTotalSlides()") <= 25


def test_a_tool_computes_by_keyboard_and_its_keys_turn_no_slide(visit, decks):
    page = visit(1280, 720).open((decks / f"{EXPLORER}.html").as_uri())
    place = go_to(page, "tp-is-tool")
    before = page.locator(".tp-explorer").inner_text()
    page.locator(".tp-explorer select").nth(1).focus()
    page.keyboard.press("ArrowDown")
    page.wait_for_function(
        "before => document.querySelector('.tp-explorer').innerText !== before", arg=before
    )
    page.keyboard.press("ArrowRight")
    assert present(page) == place
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    assert present(page) == place or page.evaluate("Reveal.getIndices().f") == 0
    page.keyboard.press("PageDown")
    assert present(page) == place + 1


def test_the_mouse_hits_what_it_points_at_on_a_large_screen(visit, decks):
    page = visit(1920, 1080).open((decks / f"{SCORECARD}.html").as_uri())
    go_to(page, "tp-is-tool")
    grade = page.locator(".tp-scorecard input[type=radio][value='5']").first
    box = grade.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert grade.is_checked()


def test_an_overview_leaves_the_tools_alone(visit, decks):
    page = visit(1280, 720).open((decks / f"{EXPLORER}.html").as_uri())
    slides = page.locator("section.tp-slide").count()
    assert page.evaluate("Reveal.getTotalSlides()") == slides
    go_to(page, "tp-is-tool")
    page.keyboard.press("o")
    page.keyboard.press("o")
    assert page.locator(".tp-explorer[aria-hidden]").count() == 0
    assert page.locator(".tp-explorer").is_visible()


def test_the_speakers_window_follows_and_shows_the_notes(visit, strict_decks):
    opened = visit(1280, 720)
    page = opened.open(f"{strict_decks}{EXPLORER}.html")
    with page.expect_popup() as waiting:
        page.keyboard.press("s")
    speaker = waiting.value
    until(speaker, "globalThis.Reveal?.isReady()")
    place = go_to(page, "tp-is-step")
    until(speaker, "place => Reveal.getIndices().h === place", place)
    assert "until minute" in speaker.locator(".speaker-notes").inner_text()
    assert "this until" in speaker.locator(".tp-slide-clock").inner_text()
    speaker.keyboard.press("PageUp")
    until(page, "place => Reveal.getIndices().h === place - 1", place)
    assert not page.locator("aside.notes").first.is_visible()
    assert opened.errors == []


def test_slides_are_accessible_light_and_dark(visit, decks):
    kinds = ("tp-is-title", "tp-is-idea", "tp-is-chart", "tp-is-tool", "tp-is-quiz")
    for scheme, looked_at in (("light", kinds), ("dark", kinds[1:4])):
        page = visit(1280, 720, color_scheme=scheme, reduced_motion="reduce").open(
            (decks / f"{EXPLORER}.html").as_uri()
        )
        for kind in looked_at:
            go_to(page, kind)
            page.evaluate("() => { while (Reveal.nextFragment()); }")
            assert axe(page) == []
        assert page.locator("[role=application]").count() == 0


def test_a_phone_gets_a_list_with_live_tools(visit, decks):
    page = visit(390, 844).open((decks / f"{SCORECARD}.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator(".reveal").count() == 0
    assert page.locator(".tp-scorecard").is_visible()
    assert axe(page, ".tp-is-belief") == []


def test_german_tools_and_questions(visit, book, tmp_path):
    (deck,) = write_slides([EXPLORER], tmp_path, book=book, lang="de")
    page = visit(1280, 720).open(deck.as_uri())
    assert page.locator(".tp-explorer").get_attribute("lang") == "de"
    assert page.locator(".tp-is-quiz [lang=de] li").count() >= 3


def test_own_slides_take_the_place_of_the_kits(book, tmp_path):
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / f"{EXPLORER}.md").write_text(
        "## Our own slide\n\nOur words.\n", "utf-8"
    )
    (deck,) = write_slides([EXPLORER], tmp_path, book=book)
    text = deck.read_text("utf-8")
    assert "Our own slide" in text
    assert "A fan is a bonded customer" not in text
    assert text.count("tp-is-step") + text.count("tp-is-tool") >= 5


def test_paper_has_a_page_for_each_slide(decks):
    slides = (decks / f"{EXPLORER}.html").read_text("utf-8").count('<section class="tp-slide ')
    pages = PdfReader(print_deck(decks / f"{EXPLORER}.html")).pages
    assert len(pages) == slides
    assert all(
        page.mediabox.width / page.mediabox.height == pytest.approx(16 / 9) for page in pages
    )
    assert all(page.extract_text().strip() for page in pages)
