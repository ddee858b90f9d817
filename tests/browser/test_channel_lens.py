"""The lens in the static page: both views, filters, own grades, exports, by mouse and by keyboard."""

from __future__ import annotations

import csv
import io
import itertools
import json
from xml.etree import ElementTree as ET

import pytest

from browser.conftest import LENS_PAGE, SCORECARD_PAGE
from browser.downloads import png_size_and_colours, saved
from conftest import vectors

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = [
    "<img src=x onerror=document.title='owned'>",
    "=1+1",
    "\u202eevil\u202c",
    "\u202enever ended",
    "bell\x07 and \x00 nothing",
    "long " * 1000,
    "line\nbreak",
]


def widget(page):
    return page.locator(".tp-channel-lens")


def plain(text):
    """A text without the marks that isolate the names in it."""
    return text.replace("\u2068", "").replace("\u2069", "")


def headline(page):
    return plain(widget(page).locator(".tp-lens-finding h3").text_content())


def marks(page):
    """Keys of the shown marks and where they stand, without the glide."""
    return page.evaluate("""() => {
        const svg = document.querySelector('.tp-lens');
        svg.getAnimations({subtree: true}).forEach((a) => a.finish());
        return Object.fromEntries([...svg.querySelectorAll('.tp-lens-mark')].map((g) => {
            const box = g.querySelector('.tp-lens-dot').getBoundingClientRect();
            return [g.dataset.key, {x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2),
                seen: getComputedStyle(g).visibility === 'visible'}];
        }));
    }""")


def rows(page):
    """The table beside the chart, one dictionary a row."""
    page.wait_for_selector(".tp-lens-table > div:not([aria-busy])")
    table = widget(page).locator(".tp-data")
    titles = table.locator("thead th").all_text_contents()
    cells = table.locator("tbody tr").evaluate_all(
        "all => all.map((tr) => [...tr.children].map((c) => c.textContent))"
    )
    return [dict(zip(titles, row, strict=True)) for row in cells]


def show(page):
    widget(page).get_by_label("Show touchpoints").check()


def parsed(picture):
    """The picture as XML, which it must be."""
    return ET.fromstring(picture)  # noqa: S314  (written by the page itself)


def keep_scorecard(page, site, records):
    """Enter grades where a reader does: in the scorecard of another chapter."""
    page.goto(site + SCORECARD_PAGE)
    page.wait_for_selector(".tp-scorecard")
    buffer = json.dumps({"rows": records}).encode()
    page.locator(".tp-scorecard input[type=file]").set_input_files(
        {"name": "own.json", "mimeType": "application/json", "buffer": buffer}
    )
    page.wait_for_function(f"document.querySelectorAll('.tp-row').length === {len(records)}")


def record(key, name, grade, channel="store", phase="contact", medium="offline"):
    return {
        "touchpoint": key,
        "name_en": name,
        "name_de": name,
        "contact_phase": phase,
        "medium": medium,
        "channel": channel,
        "grade": grade,
        "importance": 5,
        "moment_of_truth": False,
    }


@pytest.mark.parametrize("case", vectors("lens"), ids=lambda c: c["name"])
def test_javascript_sees_own_grades_as_the_vectors_say(opened, site, case):
    got = opened(site + LENS_PAGE).evaluate(
        """c => touchpointHost.module('channellens').lensOfScorecard(c.rows, {by: c.by, threshold: c.threshold,
            phases: ['pre_contact', 'contact', 'full_contact', 'post_contact']})""",
        case,
    )
    for part, wanted in case["expected"].items():
        assert len(got[part]) == len(wanted)
        for have, want in zip(got[part], wanted, strict=True):
            assert {k: have[k] for k in want} == pytest.approx(want, abs=1e-12)


def test_a_report_of_means_comes_first_and_the_touchpoints_behind_it_on_demand(lens):
    page = lens
    assert (
        headline(page) == "Report by channel: mean grades from 2.07 (delivery) to 2.47 (print/TV)"
    )
    assert len(rows(page)) == 9
    assert not any(mark["seen"] for mark in marks(page).values())
    show(page)
    assert headline(page).startswith("Nothing is hidden by channel")
    assert len(rows(page)) == 21
    assert all(mark["seen"] for mark in marks(page).values())
    hotline = next(row for row in rows(page) if row["Touchpoint"] == "Service hotline")
    assert hotline["n"] == "314"
    assert hotline["Mean grade (95\u00a0% interval)"] == "2.72 (2.56 to 2.87)"
    assert hotline["Gap (95\u00a0% interval)"].startswith("0.33 (")


def test_a_smaller_gap_hides_more(lens):
    page = lens
    show(page)
    widget(page).get_by_role("combobox", name="Hidden from a gap of").select_option("0.3 grades")
    assert headline(page) == "Hidden by channel: 2 touchpoints behind better means"
    hidden = [row["Touchpoint"] for row in rows(page) if row["Hidden"] == "yes"]
    assert hidden == ["City car park", "Service hotline"]
    assert page.locator(".tp-lens-ring").count() == 2
    assert "0.3 grades or more" in widget(page).locator(".tp-legend").text_content()


def test_the_same_marks_are_regrouped_by_phase(lens):
    page = lens
    show(page)
    page.evaluate(
        "window.before = new Map([...document.querySelectorAll('.tp-lens-mark')].map((g) => [g.dataset.key, g]))"
    )
    company = marks(page)
    widget(page).get_by_role("radio", name="Customer’s view").check()
    assert page.evaluate(
        "[...document.querySelectorAll('.tp-lens-mark')].every((g) => window.before.get(g.dataset.key) === g)"
    )
    customer = marks(page)
    assert {k: m["x"] for k, m in customer.items()} == {k: m["x"] for k, m in company.items()}
    phases = page.locator(".tp-lens-title").all_text_contents()
    assert phases == ["Pre-contact", "Contact", "Full contact", "Post-contact"]
    order = sorted(customer, key=lambda key: customer[key]["y"])
    assert order[0] == "friends_recommendation"
    assert order[-1] == "follow_up_email"
    said = widget(page).locator("[role=status]").last.text_content()
    assert said.startswith(
        "Customer’s view: 21 touchpoints in 4 contact phases, 0 hidden by channel."
    )


@pytest.mark.parametrize(("motion", "glides"), [("no-preference", True), ("reduce", False)])
def test_marks_glide_unless_the_reader_wants_no_motion(visit, site, motion, glides):
    page = visit(reduced_motion=motion).open(site + LENS_PAGE)
    running = page.evaluate("""() => {
        const box = document.querySelector('.tp-channel-lens');
        box.querySelector('input[type=checkbox]').click();
        document.querySelector('.tp-lens').getAnimations({subtree: true}).forEach((a) => a.finish());
        const input = box.querySelector('input[value=customer]');
        input.click();
        return document.querySelector('.tp-lens').getAnimations({subtree: true}).length;
    }""")
    assert (running > 0) == glides


def test_a_filter_finds_a_hint_and_says_that_it_is_one(lens):
    page = lens
    show(page)
    widget(page).get_by_role("combobox", name="Age group").select_option("18-29")
    widget(page).get_by_role("combobox", name="Staff").select_option("true")
    assert headline(page) == "Perhaps hidden by channel: 1 touchpoint, with fewer than 30 customers"
    item = widget(page).locator(".tp-lens-finding li").text_content()
    assert "Instalment offer" in item
    assert "n\u00a0=\u00a01)" in item
    assert "a hint, not a finding" in item
    assert "some arise by chance" in widget(page).locator(".tp-lens-finding").text_content()
    ringed = page.locator(".tp-lens-mark:has(.tp-lens-ring)")
    assert ringed.evaluate_all("all => all.map((g) => g.dataset.key)") == ["financing_offer"]
    assert "tp-hollow" in ringed.first.get_attribute("class")
    small = [row for row in rows(page) if row["n"].endswith("*")]
    assert len(small) == 10
    assert len(rows(page)) == 14, "touchpoints without a contact are not there"
    widget(page).get_by_role("combobox", name="Grouped by").select_option("medium")
    assert headline(page).startswith("Perhaps hidden by medium: 2 touchpoints")
    assert page.locator(".tp-lens-title").all_text_contents() == ["offline", "online"]


def test_every_mark_by_keyboard_alone(lens):
    page = lens
    switch = widget(page).get_by_role("radio", name="Company’s view")
    switch.focus()
    page.keyboard.press("ArrowRight")
    assert widget(page).get_by_role("radio", name="Customer’s view").is_checked()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('tp-lens-mark')"):
            break
    detail = widget(page).locator(".tp-lens-detail")
    assert plain(detail.text_content()).startswith("Friends' recommendation (Pre-contact, offline)")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.key") == "review_portal"
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.dataset.key") == "follow_up_email"
    assert (
        page.evaluate("document.activeElement.getAttribute('aria-label')") == detail.text_content()
    )
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    assert page.evaluate("document.activeElement.dataset.key") == "friends_recommendation"
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.classList.contains('tp-lens-mark')")
    assert detail.text_content().startswith("Point at a line")


def test_a_line_pointed_at_is_told_as_a_sentence(lens):
    page = lens
    show(page)
    page.locator(".tp-lens-mark[data-key=live_chat]").hover()
    detail = widget(page).locator(".tp-lens-detail")
    assert "Live chat" in detail.text_content()
    assert "n\u00a0=\u00a0524" in detail.text_content()
    page.mouse.move(0, 0)
    assert detail.text_content().startswith("Point at a line")


def test_own_grades_come_from_the_scorecard_of_another_chapter(visit, site):
    seen = visit()
    page = seen.open(site + LENS_PAGE)
    widget(page).get_by_label("my scorecard").check()
    assert "Grade your touchpoints" in widget(page).locator(".tp-lens-empty").text_content()
    assert not page.locator(".tp-lens").is_visible()
    own = [
        record("a", "Desk", 1),
        record("b", "Hall", 1),
        record("c", "Garage", 5, phase="post_contact"),
    ]
    keep_scorecard(page, site, [*own, record("d", "Ungraded", None)])
    seen.open(site + LENS_PAGE)
    assert widget(page).get_by_label("my scorecard").is_checked(), "the choice was kept"
    assert not widget(page).get_by_role("combobox", name="Age group").is_visible()
    show(page)
    assert headline(page) == "Hidden by channel: 1 touchpoint behind a better mean"
    assert "Garage" in widget(page).locator(".tp-lens-finding li").text_content()
    assert "not a sample" in widget(page).locator(".tp-lens-finding").text_content()
    assert [row["Touchpoint"] for row in rows(page)] == ["Desk", "Hall", "Garage"]
    assert page.locator(".tp-lens-interval, .tp-lens-band").count() == 0
    options = widget(page).get_by_role("combobox", name="Grouped by").locator("option")
    assert options.all_text_contents() == ["Channel", "Medium"]
    assert seen.errors == []


@pytest.mark.parametrize("text", HOSTILE, ids=lambda t: repr(t[:12]))
def test_hostile_names_are_only_ever_text(visit, site, text):
    seen = visit()
    page = seen.page
    channel = "\u202e<b>bad</b>"
    keep_scorecard(
        page, site, [record("odd", text, 6, channel), record("fine", "Fine", 1, channel)]
    )
    seen.open(site + LENS_PAGE)
    widget(page).get_by_label("my scorecard").check()
    show(page)
    assert page.locator(".tp-lens-title").text_content() == channel
    assert widget(page).locator("img, script, b").count() == 0
    assert page.title() != "owned"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    _, content = saved(widget(page), "Export CSV")
    cells = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert len(cells) == 2
    assert cells[0]["name_en"].removeprefix("'") == text.strip()
    assert not cells[0]["name_en"].startswith(("=", "+", "-", "@"))
    _, picture = saved(widget(page), "Export SVG")
    parsed(picture)
    assert seen.errors == []


def test_the_page_follows_a_scorecard_that_changes_in_another_tab(visit, site):
    seen = visit()
    first = seen.page
    keep_scorecard(
        first, site, [record("a", "Desk", 1), record("b", "Hall", 1), record("c", "Garage", 2)]
    )
    second = first.context.new_page()
    second.goto(site + LENS_PAGE)
    widget(second).get_by_label("my scorecard").check()
    show(second)
    assert headline(second).startswith("Nothing is hidden")
    first.locator(".tp-row", has_text="Garage").locator(".tp-grade[data-grade='6']").click()
    second.wait_for_function(
        "document.querySelector('.tp-lens-finding h3').textContent.startsWith('Hidden')"
    )


@pytest.mark.parametrize("kept", ["[]", "3", '{"rows": 3}', '{"rows": [{"touchpoint": "x"}]}', "{"])
def test_a_spoilt_scorecard_counts_as_none(visit, site, kept):
    seen = visit()
    seen.page.goto(site + "book/about.html")
    seen.page.evaluate("kept => localStorage.setItem('touchpoints/1/scorecard', kept)", kept)
    page = seen.open(site + LENS_PAGE)
    widget(page).get_by_label("my scorecard").check()
    assert widget(page).locator(".tp-lens-empty").is_visible()
    assert seen.errors == []


@pytest.mark.parametrize(
    "kept",
    [
        "null",
        "[]",
        '{"view": 3, "by": "x", "filters": 7}',
        '{"filters": {"age_group": "old", "x": "y"}}',
    ],
)
def test_spoilt_choices_leave_the_first_state(visit, site, kept):
    seen = visit()
    seen.page.goto(site + "book/about.html")
    seen.page.evaluate("kept => localStorage.setItem('touchpoints/1/lens', kept)", kept)
    page = seen.open(site + LENS_PAGE)
    assert headline(page).startswith("Report by channel")
    assert widget(page).get_by_role("combobox", name="Age group").input_value() == ""
    assert seen.errors == []


def test_choices_are_kept_and_can_be_reset(visit, site):
    seen = visit()
    page = seen.open(site + LENS_PAGE)
    widget(page).get_by_role("radio", name="Customer’s view").check()
    widget(page).get_by_role("combobox", name="Age group").select_option("60+")
    seen.open(site + LENS_PAGE)
    assert widget(page).get_by_role("radio", name="Customer’s view").is_checked()
    assert widget(page).get_by_role("combobox", name="Age group").input_value() == "60+"
    page.get_by_role("button", name="Start again").click()
    assert headline(page).startswith("Report by channel")
    assert widget(page).get_by_role("combobox", name="Age group").input_value() == ""


def test_german_says_the_same(lens):
    page = lens
    show(page)
    page.get_by_role("button", name="Deutsch").click()
    assert headline(page).startswith("Nichts ist verdeckt nach Kanal")
    hotline = next(row for row in rows(page) if row["Touchpoint"] == "Service-Hotline")
    assert hotline["Mittlere Note (95-%-Intervall)"] == "2,72 (2,56 bis 2,87)"
    assert hotline["Kanal"] == "Telefon"


def test_csv_holds_the_table_with_the_choice_that_made_it(lens):
    page = lens
    name, content = saved(widget(page), "Export CSV")
    assert name == "lens-company-channel.csv"
    report = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(report) == 9
    show(page)
    widget(page).get_by_role("combobox", name="Age group").select_option("60+")
    _, content = saved(widget(page), "Export CSV")
    cells = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(cells) == 21
    hotline = next(row for row in cells if row["touchpoint"] == "service_hotline")
    assert (hotline["age_group"], hotline["staff_involved"], hotline["channel"]) == (
        "60+",
        "all",
        "phone",
    )
    assert set(hotline) >= {
        "n",
        "mean_grade",
        "low",
        "high",
        "gap_grades",
        "gap_low",
        "gap_high",
        "hidden",
        "small_cell",
    }
    assert float(hotline["gap_grades"]) == pytest.approx(
        float(hotline["mean_grade"]) - float(hotline["group_mean_grade"]), abs=0.0011
    )


def test_pictures_hold_what_is_seen(lens):
    page = lens
    show(page)
    widget(page).get_by_role("radio", name="Customer’s view").check()
    name, content = saved(widget(page), "Export SVG")
    assert name == "lens-customer-channel.svg"
    root = parsed(content)
    texts = [el.text for el in root.iter(f"{SVG}text")]
    assert {"Pre-contact", "Live chat", "Service hotline"} <= set(texts)
    assert any("synthetic" in (text or "") for text in texts), "the picture says what it is made of"
    assert plain(root.find(f"{SVG}title").text) == headline(page)
    size = page.evaluate(
        "(({width, height}) => [width, height])(document.querySelector('.tp-lens').viewBox.baseVal)"
    )
    assert (float(root.get("width")), float(root.get("height"))) == (size[0], size[1] + 24)
    name, content = saved(widget(page), "Export PNG")
    assert name == "lens-customer-channel.png"
    width, height, colours = png_size_and_colours(content)
    assert (width, height) == (2 * size[0], 2 * (size[1] + 24))
    assert colours > 10, "not blank"


def test_a_report_as_a_picture_hides_its_touchpoints(lens):
    _, content = saved(widget(lens), "Export SVG")
    texts = {el.text for el in parsed(content).iter(f"{SVG}text")}
    assert "print/TV" in texts
    assert "Live chat" not in texts


def test_works_from_a_folder_and_under_a_strict_policy(visit, book, strict_site):
    for address in ((book / LENS_PAGE).as_uri(), strict_site + LENS_PAGE):
        page = visit().open(address)
        widget(page).get_by_role("radio", name="Customer’s view").check()
        assert headline(page).startswith("Nothing is hidden")
        assert saved(widget(page), "Export PNG")[1].startswith(b"\x89PNG")


def test_without_javascript_there_is_a_table(visit, site):
    seen = visit(java_script_enabled=False)
    seen.page.goto(site + LENS_PAGE)
    table = seen.page.locator(".tp-live table")
    assert table.locator("tbody tr").count() == 21
    assert "Service hotline" in table.text_content()


def test_print_shows_the_finding_without_controls(lens):
    page = lens
    show(page)
    page.emulate_media(media="print")
    assert not widget(page).locator(".tp-controls").is_visible()
    assert page.locator(".tp-lens").is_visible()
    assert page.locator(".tp-lens-finding").is_visible()


@pytest.mark.parametrize("width", [360, 390])
def test_on_a_phone_names_and_marks_do_not_collide(visit, site, width):
    page = visit(width, 800, has_touch=True).open(site + LENS_PAGE)
    show(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    places = page.evaluate("""() => {
        document.querySelector('.tp-lens').getAnimations({subtree: true}).forEach((a) => a.finish());
        return [...document.querySelectorAll('.tp-lens-mark')].map((g) => ({
            name: g.querySelector('text').getBoundingClientRect().right, at: g.querySelector('.tp-lens-at').getBoundingClientRect().left,
            row: g.querySelector('.tp-lens-hit').getBoundingClientRect().toJSON() }));
    }""")
    assert all(p["name"] < p["at"] for p in places)
    assert all(p["row"]["height"] >= 24 for p in places)
    tops = sorted(p["row"]["y"] for p in places)
    assert all(b - a >= 23.5 for a, b in itertools.pairwise(tops))
    page.locator(".tp-lens-mark[data-key=sales_advice]").tap()
    assert "Sales advice" in widget(page).locator(".tp-lens-detail").text_content()
