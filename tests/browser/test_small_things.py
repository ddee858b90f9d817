"""The small-things check in the page: answers, strips, files, and what it hands to the scorecard."""

from __future__ import annotations

import csv
import io
import json

import pytest

from accessibility import axe
from browser.conftest import SCORECARD_PAGE, SCORECARD_TOOL
from browser.test_channel_lens import parsed
from browser.test_scorecard import HOSTILE, exported, load
from conftest import vectors

PAGE = "book/toolbox/small-things.html"
SVG = "{http://www.w3.org/2000/svg}"
THINGS = [
    "reliable",
    "request",
    "invite",
    "listen",
    "find_out",
    "think_ahead",
    "interact",
    "interest",
    "respect",
    "in_time",
]


@pytest.fixture
def check(visit, site):
    return visit().open(site + PAGE)


def widget(page):
    return page.locator(".tp-small-things")


def choose(page, name):
    widget(page).get_by_role("combobox", name="Touchpoint").select_option(label=name)


def answer(page, question, value):
    widget(page).get_by_role("group", name=question).get_by_role(
        "radio", name=value, exact=True
    ).check()


def finding(page):
    return widget(page).locator(".tp-finding").text_content()


def strip_names(page):
    return page.evaluate(
        "[...document.querySelectorAll('.tp-strips > text')].map(t => t.textContent)"
    )


@pytest.mark.parametrize("case", vectors("small_things"), ids=lambda c: c["name"])
def test_javascript_counts_as_the_vectors_say(opened, site, case):
    result = opened(site + PAGE).evaluate(
        "([rows, things]) => touchpointHost.module('smallthingscheck').countSmallThings(rows, things)",
        [case["rows"], THINGS],
    )
    assert result == case["expected"]


def test_an_answer_changes_strip_finding_and_table_and_can_be_undone(check):
    page = check
    assert "Thinks ahead (4 of 8)" in finding(page)
    choose(page, "Returns")
    answer(page, "Does it think one step ahead?", "yes")
    assert "Thinks ahead (3 of 8)" in finding(page)
    cells = widget(page).locator("table").first.locator("tr", has_text="Returns")
    assert "done" in cells.locator("td").nth(5).text_content()
    titles = page.locator(".tp-strips g title").all_text_contents()
    assert titles.count("Thinks ahead: missing") == 3
    page.get_by_role("button", name="Undo").click()
    assert "Thinks ahead (4 of 8)" in finding(page)


def test_strips_stand_with_most_missing_first_and_say_what_was_seen(check):
    names = [n for n in strip_names(check) if "missing" not in n and n != "Reliable"]
    touchpoints = names[names.index("In time") + 1 :]
    assert touchpoints[:3] == ["Follow-up e-mail", "Live chat", "Service hotline"]
    assert "4 of 9 missing" in strip_names(check)
    assert "Reliability, above all in the article, is missing at: Service hotline." in finding(
        check
    )


def test_everything_by_keyboard_alone(check):
    page = check
    widget(page).get_by_role("combobox", name="Touchpoint").focus()
    page.keyboard.press("ArrowDown")
    assert widget(page).locator(".tp-check h3").text_content() == "Phone enquiry"
    widget(page).get_by_role("group", name="Is what was promised kept?").get_by_role(
        "radio", name="partly"
    ).focus()
    page.keyboard.press("ArrowRight")
    assert "is missing at: Phone enquiry, Service hotline" in finding(page)
    page.keyboard.press("ControlOrMeta+z")
    assert "Phone enquiry" not in finding(page)
    widget(page).get_by_label("Evidence, one line").focus()
    page.keyboard.type("12 May: they hung up")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert widget(page).get_by_label("Hand to my scorecard").is_checked()
    assert "handed to the scorecard" in widget(page).get_by_role("status").text_content()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Undo").click()
    assert widget(page).get_by_label("Evidence, one line").input_value() == ""


def test_add_rename_remove(check):
    page = check
    page.get_by_role("button", name="Add touchpoint").click()
    page.keyboard.type("Showroom")
    page.keyboard.press("Enter")
    assert "Showroom" in strip_names(page)
    widget(page).get_by_label("Channel").fill("pop-up shop")
    widget(page).get_by_label("Channel").press("Enter")
    rows = json.loads(exported(page, "Export JSON"))["rows"]
    assert (rows[-1]["name_en"], rows[-1]["channel"]) == ("Showroom", "pop-up shop")
    assert {rows[-1][thing] for thing in THINGS} == {None}
    widget(page).get_by_role("button", name="Remove").click()
    assert "Showroom" not in strip_names(page)
    assert "Undo brings it back" in widget(page).get_by_role("status").text_content()


def test_the_example_is_called_synthetic_until_it_is_gone(check):
    page = check
    assert widget(page).get_by_text("are synthetic: invented").is_visible()
    load(page, "own.csv", "touchpoint,contact_phase,listen\nshop,contact,yes\n")
    page.wait_for_function("document.querySelectorAll('.tp-strips > g').length === 10")
    assert not widget(page).get_by_text("are synthetic: invented").is_visible()


@pytest.mark.parametrize("kind", ["CSV", "JSON"])
def test_what_is_exported_can_be_imported(check, kind):
    page = check
    first = exported(page, f"Export {kind}")
    answer(page, "Does it come at the right time?", "no")
    load(page, f"check.{kind.lower()}", first)
    page.wait_for_function(
        "document.querySelector('.tp-status').textContent.includes('8 touchpoints read')"
    )
    assert exported(page, f"Export {kind}") == first


@pytest.mark.parametrize("text", HOSTILE, ids=lambda t: repr(t[:12]))
def test_hostile_texts_are_only_ever_text(check, text):
    page = check
    record = {
        "touchpoint": "odd",
        "name_en": text,
        "contact_phase": "contact",
        "note": text,
        "listen": "no",
    }
    load(page, "odd.json", json.dumps({"rows": [{**record, "to_scorecard": True, "grade": 3}]}))
    page.wait_for_function("document.querySelectorAll('.tp-strips > g').length === 10")
    assert page.locator(".tp-check h3").text_content() == text.strip()
    assert page.locator(".tp-small-things script, .tp-small-things img").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    cells = next(csv.DictReader(io.StringIO(exported(page, "Export CSV").lstrip("\ufeff"))))
    assert not cells["note"].startswith(("=", "+", "-", "@"))
    page.goto(page.url.replace(PAGE, SCORECARD_TOOL))
    page.wait_for_selector(".tp-proposals")
    assert page.locator(".tp-proposals li").count() == 1
    page.locator(".tp-proposals button").click()
    assert page.locator(".tp-small-note:visible").count() == 1
    assert page.locator(".tp-scorecard script, .tp-scorecard img").count() == 0
    assert page.title() != "owned"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


WRONG = [
    (
        "touchpoint,contact_phase,listen\na,contact,maybe\n",
        "Row 2, column “listen”: found “maybe”; allowed: yes, partly, no",
    ),
    (
        "touchpoint,contact_phase,grade\na,contact,7\n",
        "allowed: a whole number from 1 to 6, or nothing",
    ),
    ("touchpoint,contact_phase,to_scorecard\na,contact,soon\n", "allowed: true or false"),
    ("touchpoint,listen\na,yes\n", "has no column “contact_phase”"),
    ("touchpoint,contact_phase\na,contact\na,contact\n", "the key “a” stands twice"),
    (b"\x00\x01", "neither CSV nor JSON"),
]


@pytest.mark.parametrize(("content", "sentence"), WRONG)
def test_a_wrong_file_gets_one_sentence_and_changes_nothing(check, content, sentence):
    before = exported(check, "Export JSON")
    load(check, "wrong.csv", content)
    check.wait_for_function("document.querySelector('.tp-problem').textContent !== ''")
    assert sentence in widget(check).locator(".tp-problem").text_content()
    assert exported(check, "Export JSON") == before


@pytest.mark.parametrize(
    "kept", ["{", "null", '{"rows": 3}', '{"rows": [{"touchpoint": "x"}]}', '{"rows": [null]}']
)
def test_spoilt_storage_leaves_check_and_scorecard_as_they_were(visit, site, kept):
    seen = visit()
    seen.page.goto(site + "book/index.html")
    seen.page.evaluate("kept => localStorage.setItem('touchpoints/1/small-things', kept)", kept)
    page = seen.open(site + SCORECARD_PAGE)
    assert page.locator(".tp-strips > g").count() == 80
    assert page.locator(".tp-row").count() == 21
    assert page.locator(".tp-proposals").count() == 0
    assert seen.errors == []


def hand(page, name, grade=None):
    choose(page, name)
    widget(page).get_by_label("Hand to my scorecard").check()
    if grade:
        widget(page).get_by_label("My grade").select_option(grade)


def grade_of(page, key):
    return page.locator(f".tp-row[data-key={key}] input[type=radio]:checked").get_attribute("value")


def test_on_one_page_a_note_appears_at_once_and_a_grade_only_when_taken_up(visit, site):
    page = visit().open(site + SCORECARD_PAGE)
    row = page.locator(".tp-row[data-key=service_hotline]")
    assert not row.locator(".tp-small-note").is_visible()
    hand(page, "Service hotline", "3")
    note = row.locator(".tp-small-note").text_content()
    assert note.startswith(
        "Small things: 3 of 9 missing. Missing: Reliable, Thinks ahead, In time."
    )
    assert grade_of(page, "service_hotline") == "5", "nothing changes by itself"
    page.get_by_role("button", name="Grade Service hotline 3 (now: 5)").click()
    assert grade_of(page, "service_hotline") == "3"
    assert page.locator(".tp-proposals").count() == 0
    page.locator(".tp-scorecard").get_by_role("button", name="Undo").click()
    assert grade_of(page, "service_hotline") == "5"
    assert page.get_by_role("button", name="Grade Service hotline 3 (now: 5)").is_visible()
    widget(page).get_by_label("Hand to my scorecard").uncheck()
    assert not row.locator(".tp-small-note").is_visible()
    assert page.locator(".tp-proposals").count() == 0


def test_across_pages_a_new_touchpoint_waits_and_joins_as_one_step(visit, site):
    seen = visit()
    page = seen.open(site + PAGE)
    page.get_by_role("button", name="Add touchpoint").click()
    page.keyboard.type("Showroom")
    page.keyboard.press("Enter")
    answer(page, "Does it listen rather than talk over people?", "no")
    widget(page).get_by_label("Hand to my scorecard").check()
    for _ in range(2):  # and still after a reload
        seen.open(site + SCORECARD_TOOL)
        assert page.locator(".tp-row").count() == 21
        assert page.locator(".tp-proposals button").all_text_contents() == ["Add Showroom"]
    page.locator(".tp-proposals button").click()
    added = page.locator(".tp-row", has_text="Showroom")
    assert (
        added.locator(".tp-small-note").text_content()
        == "Small things: 1 of 1 missing. Missing: Listens."
    )
    page.get_by_role("button", name="Undo").click()
    assert page.locator(".tp-row").count() == 21


def test_another_tab_sees_it_live(visit, site):
    seen = visit()
    page = seen.open(site + SCORECARD_TOOL)
    other = page.context.new_page()
    other.goto(site + PAGE)
    other.wait_for_selector(".tp-live[data-ready=true]")
    hand(other, "Live chat", "1")
    page.wait_for_selector(".tp-proposals button")
    assert "Grade Live chat 1 (now: 4)" in page.locator(".tp-proposals").text_content()


def test_the_readers_scorecard_gives_its_touchpoints_and_keeps_its_own(visit, site):
    seen = visit()
    page = seen.open(site + PAGE)
    assert not page.get_by_role("button", name="from my scorecard").is_visible()
    seen.open(site + SCORECARD_TOOL)
    page.locator(".tp-row").first.locator(".tp-grade[data-grade='4']").click()
    seen.open(site + PAGE)
    page.get_by_role("button", name="Take 13 touchpoints from my scorecard").click()
    rows = json.loads(exported(page, "Export JSON"))["rows"]
    assert len(rows) == 21
    assert rows[0]["reliable"] == "yes", "answers that were here stay"
    assert {row["grade"] for row in rows} == {None}
    assert not page.get_by_role("button", name="from my scorecard").is_visible()


def test_pictures_hold_the_strips(check):
    with check.expect_download() as waiting:
        check.get_by_role("button", name="Export SVG").click()
    root = parsed(waiting.value.path().read_bytes())
    texts = [el.text for el in root.iter(f"{SVG}text")]
    assert {"Reliable", "In time", "Service hotline", "3 of 9 missing"} <= set(texts)
    assert "example entries are synthetic" in texts[-1]
    with check.expect_download() as waiting:
        check.get_by_role("button", name="Export PNG").click()
    assert waiting.value.path().read_bytes().startswith(b"\x89PNG")


def test_german_words_throughout(check):
    check.get_by_role("button", name="Deutsch").click()
    assert "Denkt voraus (4 von 8)" in finding(check)
    assert check.get_by_role("group", name="Wird gehalten, was versprochen wurde?").is_visible()


def test_works_from_a_folder_and_under_a_strict_policy(visit, book, strict_site):
    for address in ((book / PAGE).as_uri(), strict_site + PAGE):
        page = visit().open(address)
        choose(page, "Returns")
        answer(page, "Does it think one step ahead?", "yes")
        assert "Thinks ahead (3 of 8)" in finding(page)


def test_without_javascript_there_is_a_table(visit, site):
    seen = visit(java_script_enabled=False)
    seen.page.goto(site + PAGE)
    table = seen.page.locator(".tp-live table")
    assert table.locator("tbody tr").count() == 8
    assert "synthetic" in table.locator("caption").text_content()


def test_print_shows_the_strips_without_the_form(check):
    check.emulate_media(media="print")
    assert not widget(check).locator(".tp-check").is_visible()
    assert widget(check).locator(".tp-strips").is_visible()


def test_on_the_narrowest_phone_strips_stay_in_the_page_and_answers_can_be_tapped(visit, site):
    page = visit(360, 740, has_touch=True, color_scheme="dark").open(site + PAGE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator(".tp-strips").bounding_box()["width"] <= 340
    label = (
        widget(page)
        .get_by_role("group", name="Is what was promised kept?")
        .locator("label", has_text="partly")
    )
    assert label.bounding_box()["height"] >= 24
    label.tap()
    assert label.locator("input").is_checked()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_proposals_and_notes_are_seen(visit, site, scheme):

    page = visit(color_scheme=scheme).open(site + SCORECARD_PAGE)
    hand(page, "Service hotline", "3")
    widget(page).locator(".tp-place summary").click()
    assert axe(page, "article.bd-article") == []
