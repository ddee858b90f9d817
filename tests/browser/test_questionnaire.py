"""The questionnaire opened by double-click: two respondents, one file, nothing asked of the net."""

from __future__ import annotations

import csv
import io

import pytest

import touchpoints as tp
from accessibility import axe
from touchpoints.instrument import Touchpoint, checked_touchpoints, make_questionnaire
from touchpoints.instrument.html_form import html_form

NAMES = [("shop", "Our shop", "Unser Laden"), ("chat", "Chat", "Chatberatung")]
SURVEY = make_questionnaire("Nordlicht Wohnen", checked_touchpoints(NAMES))
HOSTILE = "</script><img src=http://x.invalid/a onerror=alert(1)>"


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("survey") / "questionnaire.html"
    path.write_text(html_form(SURVEY), "utf-8")
    return path


def group(page, name):
    return page.locator(f"[data-question={name}]")


def check(page, name, value):
    group(page, name).locator(f"input[value='{value}']").check()


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def saved_rows(page, keep=None):
    page.locator("details").evaluate("d => { d.open = true; }")
    with page.expect_download() as waiting:
        press(page, "Save all answers (CSV)")
    text = waiting.value.path().read_text("utf-8")
    if keep:
        keep.write_text(text, "utf-8")
    return text.splitlines()[0], list(csv.DictReader(io.StringIO(text)))


def test_two_respondents_the_first_by_keyboard_alone(visit, file):
    seen = visit()
    page = seen.open(file.as_uri())
    page.locator("[data-question=bonding_1] input").first.focus()
    for _ in range(5):  # each statement: Space takes the first answer, an arrow the second
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Tab")  # to "Clear this answer"
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")  # round to the last: 10
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    for _ in range(2):
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")  # on to the grade, which is there now
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Please hand the device back.").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("input:checked").count() == 0
    page.get_by_role("button", name="Deutsch").click()
    assert page.locator("html").get_attribute("lang") == "de"
    check(page, "contact_chat", "no")
    check(page, "satisfaction", "6")
    press(page, "Fertig")
    page.get_by_text("Ohne Antwort: 8.").wait_for()
    press(page, "Trotzdem abschließen")
    press(page, "Nächste Person")
    header, rows = saved_rows(page, file.with_name("survey.csv"))
    assert header == ",".join(SURVEY.columns)
    read = tp.read_survey(file.with_name("survey.csv"))
    assert (read.mapping.form, read.mapping.doubts) == ("wide", ())
    assert sorted(read.customers["recommendation"].dropna()) == [10]
    assert read.contacts["grade"].dropna().tolist() == [2, 2]
    first, second = sorted(rows, key=lambda row: row["age_group"], reverse=True)
    assert len({row.pop("respondent_id") for row in rows}) == 2
    assert {n: first[n] for n in first if n.startswith("bonding")} == dict.fromkeys(
        (f"bonding_{n}" for n in range(1, 6)), "2"
    )
    others = {n: v for n, v in first.items() if not n.startswith("bonding")}
    assert others == {
        "contact_shop": "yes",
        "grade_shop": "2",
        "contact_chat": "yes",
        "grade_chat": "2",
        "satisfaction": "1",
        "recommendation": "10",
        "age_group": "18-29",
    }
    assert {n: v for n, v in second.items() if v} == {"contact_chat": "no", "satisfaction": "6"}
    assert seen.requests == [file.as_uri()]
    assert seen.errors == []


def test_answers_outlive_a_reload_and_a_grade_leaves_with_its_contact(visit, file):
    page = visit().open(file.as_uri())
    check(page, "contact_shop", "yes")
    check(page, "grade_shop", "5")
    page.reload()
    assert group(page, "grade_shop").locator("input:checked").get_attribute("value") == "5"
    check(page, "contact_shop", "no")
    assert not group(page, "grade_shop").is_visible()
    check(page, "contact_shop", "yes")
    assert group(page, "grade_shop").locator("input:checked").count() == 0
    group(page, "contact_shop").get_by_role("button", name="Clear this answer").click()
    press(page, "Finish")
    page.get_by_text("Nothing is answered yet.").wait_for()
    check(page, "age_group", "60+")
    press(page, "Finish")
    press(page, "Go to the first open question")
    assert page.evaluate("document.activeElement.name") == "bonding_1"
    press(page, "Finish all the same")
    page.reload()
    _, rows = saved_rows(page)
    assert [row["age_group"] for row in rows] == ["60+"]
    page.get_by_text("Not yet saved to a file: 0.").wait_for()
    page.once("dialog", lambda dialog: dialog.dismiss())
    press(page, "Delete all answers here")
    assert len(saved_rows(page)[1]) == 1
    page.once("dialog", lambda dialog: dialog.accept())
    press(page, "Delete all answers here")
    page.get_by_text("All answers here are deleted.").wait_for()
    assert saved_rows(page)[1] == []


def test_what_stands_in_the_storage_is_checked(visit, file):
    page = visit().open(file.as_uri())
    check(page, "satisfaction", "3")
    page.evaluate(
        """() => { const key = Object.keys(localStorage)[0];
           localStorage.setItem(key, JSON.stringify({ draft: { satisfaction: "9", age_group: "60+" }, rows: [
             { id: "=1+1", answers: {} }, 7,
             { id: "rabcdefgh", saved: "x", answers: { grade_shop: "2", contact_chat: "yes", grade_chat: "4", bonding_1: "a,b" } } ] })); }"""
    )
    page.reload()
    assert page.locator("input:checked").evaluate_all("all => all.map(i => i.name)") == [
        "age_group"
    ]
    _, rows = saved_rows(page)
    assert [{n: v for n, v in row.items() if v} for row in rows] == [
        {"respondent_id": "rabcdefgh", "contact_chat": "yes", "grade_chat": "4"}
    ]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_all_can_read_it_and_hostile_names_are_text(visit, tmp_path, width, scheme):
    touchpoint = Touchpoint("shop", {"en": HOSTILE, "de": "W" * 80})
    path = tmp_path / "hostile.html"
    path.write_text(html_form(make_questionnaire(HOSTILE, [touchpoint])), "utf-8")
    # axe needs a script of its own, which the page's policy would refuse.
    seen = visit(width, color_scheme=scheme, bypass_csp=True)
    page = seen.open(path.as_uri())
    assert page.locator("legend", has_text=HOSTILE).count() == 9
    check(page, "contact_shop", "yes")
    press(page, "Finish")
    page.locator("summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe(page) == []
    press(page, "Finish all the same")
    assert axe(page) == []
    press(page, "Next respondent")
    page.get_by_role("button", name="Deutsch").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("img").count() == 0
    assert seen.requests == [path.as_uri()]
    assert seen.errors == []


def test_touchpoints_come_in_another_order_to_others_but_not_on_paper(visit, tmp_path):
    names = [(f"t{n}", f"Place {n}", f"Ort {n}") for n in range(12)]
    path = tmp_path / "many.html"
    path.write_text(html_form(make_questionnaire("A", checked_touchpoints(names))), "utf-8")
    page = visit().open(path.as_uri())
    keys = "[...document.querySelectorAll('.touchpoint')].map(t => t.dataset.key)"
    first = page.evaluate(keys)
    check(page, "age_group", "60+")
    press(page, "Finish")
    press(page, "Finish all the same")
    press(page, "Next respondent")
    second = page.evaluate(keys)
    assert first != second  # alike by chance once in 479,001,600 times
    assert sorted(first) == sorted(second) == sorted(key for key, _, _ in names)
    check(page, "contact_t3", "no")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(keys) == [key for key, _, _ in names]
    page.emulate_media(media="print")
    assert group(page, "grade_t3").is_visible()
    assert not page.get_by_role("button", name="Finish").is_visible()
    chosen = group(page, "contact_t3").locator("input")
    looks = chosen.evaluate_all("all => all.map(i => getComputedStyle(i).appearance)")
    assert set(looks) == {"none"}
    assert page.get_by_text("Number of this sheet").is_visible()
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(keys) == second


def test_without_storage_answers_are_kept_while_the_page_is_open_and_it_says_so(visit, file):
    seen = visit(alone=True)
    seen.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no'); } });"
    )
    page = seen.open(file.as_uri())
    check(page, "age_group", "30-44")
    press(page, "Finish")
    press(page, "Finish all the same")
    page.locator("summary").click()
    assert page.get_by_text("This browser keeps nothing").is_visible()
    assert [row["age_group"] for row in saved_rows(page)[1]] == ["30-44"]
    assert seen.errors == []
