"""The report, live: what it gathers, what it says when there is nothing, print, and the saved file."""

from __future__ import annotations

import json
import re

import pandas as pd
import pytest

import touchpoints as tp
from accessibility import axe
from browser.tool_page import write_tool_page

HOSTILE = "</style></title><script>document.title='owned'</script><img src=http://x.invalid/a onerror=1>&\"'\u202e\u0001"
CARD = {
    "rows": [
        {"touchpoint": "calls", "name_en": "Calls", "contact_phase": "post_contact", "grade": 4},
        {"touchpoint": "shop", "name_en": "Shop", "contact_phase": "contact", "grade": 2},
    ]
}
PLAN = {
    "rows": [
        {
            "touchpoint": "calls",
            "contact_phase": "post_contact",
            "medium": "offline",
            "personal": True,
            "contacts_per_month": 120,
            "minutes_per_contact": 12,
            "moved_pct": 30,
        },
        {
            "touchpoint": "shop",
            "contact_phase": "contact",
            "medium": "online",
            "personal": False,
            "contacts_per_month": 0,
            "minutes_per_contact": 0,
            "moved_pct": 0,
        },
    ],
    "source": "own",
    "budget_hours": 48,
}


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A page that holds nothing but the report."""
    report = tp.Report(keep="report", pages="tools/")
    return write_tool_page(tmp_path_factory.mktemp("report"), "page", report)


@pytest.fixture
def open_report(visit, address):
    """Open the report with what the tools keep: {tool: state}."""
    visits = []

    def opened(kept, **options):
        visited = visit(**options)
        visits.append(visited)
        page = visited.open(address)
        for tool, state in kept.items():
            text = state if isinstance(state, str) else json.dumps(state)
            page.evaluate("([k, v]) => localStorage.setItem(`touchpoints/1/${k}`, v)", [tool, text])
        page.reload()
        page.wait_for_selector(".tp-live[data-ready=true]")
        return page.locator(".tp-report")

    yield opened
    for visited in visits:
        assert visited.errors == []


@pytest.fixture
def report(open_report):
    return open_report({"scorecard": CARD, "balance": PLAN})


def button(report, name):
    return report.get_by_role("button", name=name, exact=True)


def write_step(report, *texts):
    button(report, "Add a step").click()
    for text in texts:
        report.page.keyboard.insert_text(text)
        report.page.keyboard.press("Tab")


def saved(report):
    with report.page.expect_download() as waiting:
        button(report, "Save as one HTML file").click()
    assert waiting.value.suggested_filename == "touchpoint-report.html"
    return waiting.value.path().read_text("utf-8")


@pytest.fixture
def reader(visit, tmp_path):
    """Open a saved file as somebody would who allows no script and no request."""

    def opened(text, **options):
        path = tmp_path / "saved.html"
        path.write_text(text, "utf-8")
        visited = visit(java_script_enabled=False, **options)
        visited.page.goto(path.as_uri())
        assert visited.requests == [path.as_uri()]
        assert visited.errors == []
        return visited.page

    return opened


def test_with_nothing_kept_it_says_so_and_leads_to_the_tools(open_report):
    report = open_report({})
    assert "Nothing is kept in this browser yet by: Scorecard, " in report.text_content()
    links = {a.text_content(): a.get_attribute("href") for a in report.locator("a").all()}
    assert links == {
        "Scorecard": "tools/scorecard.html",
        "On/offline balance": "tools/balance-planner.html",
        "Small things": "tools/small-things.html",
        "Five shifts": "tools/shifts-check.html",
    }
    assert button(report, "Print").is_disabled()
    assert button(report, "Save as one HTML file").is_disabled()
    assert not report.locator(".tp-preview").is_visible()


def test_each_section_has_question_finding_picture_table_care_and_date(report):
    sections = report.locator(".tp-sheet section")
    assert [s.get_attribute("data-tool") for s in sections.all()] == ["scorecard", "balance"]
    for section in sections.all():
        assert section.locator(".tp-question").text_content().endswith("?")
        assert section.locator(".tp-found").count() >= 1
        assert section.locator("figure svg[role=img][aria-label]").count() == 1
        assert section.locator(".tp-care").is_visible()
        assert re.search(r"as of \d+ \w+ 20\d\d\.", section.locator(".tp-asof").text_content())
    text = report.text_content()
    assert "Weakest link: Calls, grade 4." in text
    assert "First to mend (Each grade counts one step): Calls." in text
    assert "Personal contact takes 24.0 hours and 960 EUR a month." in text
    assert "After the moves: Personal contact takes 16.8 hours and 672 EUR" in text


def test_numbers_are_those_of_python(report):
    planner = tp.BalancePlanner(pd.DataFrame(PLAN["rows"]), budget_hours=48)
    before, after = planner.results.totals.to_dict("records")
    cells = report.locator("[data-tool=balance] .tp-data").first.locator("tbody tr").all()
    shown = {r.locator("th").text_content(): r.locator("td").all_text_contents() for r in cells}
    share = [f"{t['budget_share_pct']:.1f}" for t in (before, after)]
    assert shown["Per cent of the hours there are"][:2] == share
    card = tp.Scorecard(pd.DataFrame(CARD["rows"]))
    priorities = report.locator("[data-tool=scorecard] tbody tr").all()
    found = {
        r.locator("th").text_content(): r.locator("td").all_text_contents()[-2:] for r in priorities
    }
    for row in card.scores.table.to_dict("records"):
        want = [
            f"{row[f'rank_{k}']:.0f}. ({row[f'priority_{k}']:.1f})" for k in ("linear", "only_best")
        ]
        assert found[row["name_en"]] == want


def test_a_plan_that_follows_the_scorecard_is_told_with_its_touchpoints(open_report):
    report = open_report({"scorecard": CARD, "balance": {**PLAN, "source": "scorecard"}})
    rows = report.locator("[data-tool=balance] .tp-data").nth(1).locator("tbody th")
    assert rows.all_text_contents() == ["Shop", "Calls"]


def test_small_things_and_five_shifts_have_their_sections(open_report, reader):
    small = {
        "rows": [{**CARD["rows"][0], "reliable": "no", "listen": "yes", "note": "No call back."}]
    }
    shifts = {"answers": [{"shift": "insight", "own": 4, "company": 2, "note": ""}], "team": "x"}
    report = open_report({"small-things": small, "five-shifts": shifts})
    sections = report.locator(".tp-sheet section")
    assert [s.get_attribute("data-tool") for s in sections.all()] == ["small-things", "five-shifts"]
    assert "2 of 10 answers were seen, at 1 touchpoints." in sections.first.text_content()
    assert "1 of 5 shifts are answered, 1 of them without evidence." in sections.last.text_content()
    page = reader(saved(report))
    assert page.locator("svg").count() == 2
    assert "No call back." in page.locator("[data-tool=small-things]").text_content()
    assert "var(" not in page.locator("svg").first.evaluate("el => el.innerHTML")


def test_what_stands_in_the_example_is_called_synthetic(open_report):
    rows = [{**CARD["rows"][0], "touchpoint": "service_hotline"}, CARD["rows"][1]]
    report = open_report({"scorecard": {"rows": rows}})
    assert "1 of 2 touchpoints stand in the synthetic example too" in report.text_content()


def test_sections_can_be_left_out_and_that_is_kept(report):
    report.get_by_role("checkbox", name="Scorecard").uncheck()
    assert report.locator(".tp-sheet section").count() == 1
    report.page.reload()
    report.locator(".tp-sheet").wait_for()
    assert report.locator(".tp-sheet section").count() == 1
    assert not report.get_by_role("checkbox", name="Scorecard").is_checked()


def test_title_author_day_and_next_steps_are_shown_and_kept(report):
    report.get_by_label("Title", exact=True).fill("Our touchpoints")
    report.get_by_label("Author").fill("A. Writer")
    report.get_by_label("Date").fill("2025-03-31")
    write_step(report, "Call back", "Service", "June")
    write_step(report, "Measure the minutes")
    report.page.reload()
    report.locator(".tp-sheet").wait_for()
    assert report.locator(".tp-sheet-title").text_content() == "Our touchpoints"
    assert report.locator(".tp-byline").text_content() == "A. Writer, 31 March 2025"
    steps = report.locator(".tp-next tbody tr").all()
    assert steps[0].locator("th, td").all_text_contents() == ["Call back", "Service", "June"]
    button(report, "Remove step 1").click()
    assert report.locator(".tp-next tbody tr").count() == 1
    assert report.evaluate("el => el.contains(document.activeElement)")


def test_it_follows_a_tool_in_another_window(report):
    other = report.page.context.new_page()
    other.goto(report.page.url)
    state = json.dumps({"rows": [{**CARD["rows"][0], "grade": 6}]})
    other.evaluate("v => localStorage.setItem('touchpoints/1/scorecard', v)", state)
    report.get_by_text("Weakest link: Calls, grade 6.").first.wait_for()


@pytest.mark.parametrize(
    "state",
    [
        {"rows": [{"touchpoint": "<img src=x>"}]},
        {"rows": 3},
        {"rows": [None]},
        {"rows": [{**CARD["rows"][0], "contact_phase": "__proto__"}]},
        [],
        "3",
        {"rows": CARD["rows"] * 2},
    ],
    ids=str,
)
@pytest.mark.parametrize("tool", ["scorecard", "balance", "small-things"])
def test_what_cant_be_read_is_left_out_with_a_sentence(open_report, tool, state):
    report = open_report({"scorecard": CARD, "balance": PLAN, tool: state})
    assert report.locator(f"[data-tool={tool}]").count() == 0
    names = {"scorecard": "Scorecard", "balance": "On/offline balance"}
    name = names.get(tool, "Small things")
    told = report.locator(".tp-problem").text_content()
    assert told.startswith(f"What is kept can't be read and is left out: {name}.")


def test_shifts_that_cant_be_read_are_left_out_too(open_report):
    report = open_report(
        {"scorecard": CARD, "five-shifts": {"answers": [{"shift": "x", "own": 9}]}}
    )
    assert "left out: Five shifts." in report.locator(".tp-problem").text_content()


@pytest.mark.parametrize(
    "state",
    [
        {
            "title": 3,
            "date": "soon",
            "left_out": ["scorecard", 4, "x"],
            "next_steps": [3, {"what": 1}],
        },
        {"title": "x" * 301, "date": "2025-13-45", "left_out": {}, "next_steps": {"what": "x"}},
        "[]",
    ],
    ids=str,
)
def test_hostile_entries_of_its_own_are_not_taken_up(open_report, state):
    report = open_report({"scorecard": CARD, "balance": PLAN, "report": state})
    assert report.get_by_label("Title", exact=True).input_value() == ""
    assert report.get_by_label("Date").input_value() == ""
    assert report.locator(".tp-step").count() == 0
    assert report.locator("[data-tool=balance]").count() == 1


def test_the_saved_file_stands_alone(report, reader):
    report.get_by_label("Title", exact=True).fill("Our touchpoints")
    write_step(report, "Call back", "Service", "June")
    text = saved(report)
    assert not re.search(r"<script|<link|<img|\son\w+=|javascript:|url\(|@import", text)
    assert set(re.findall(r"https?://[^\"' ]+", text)) == {
        "http://www.w3.org/1999/xhtml",
        "http://www.w3.org/2000/svg",
    }
    page = reader(text)
    assert page.title() == "Our touchpoints"
    assert page.locator("h1").text_content() == "Our touchpoints"
    assert page.locator("svg").count() == 2
    assert page.locator("table").count() == 4
    assert page.locator(".tp-next td").all_text_contents() == ["Service", "June"]
    box = page.locator("svg").nth(1).bounding_box()
    assert box["width"] >= 600
    assert box["height"] >= 400


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_saved_file_is_light_whatever_the_page(open_report, reader, scheme):
    report = open_report({"balance": PLAN}, color_scheme=scheme)
    page = reader(saved(report), color_scheme=scheme)
    assert (
        page.locator("body").evaluate("el => getComputedStyle(el).backgroundColor")
        == "rgb(255, 255, 255)"
    )
    assert page.locator("svg text").first.get_attribute("fill") == "rgb(28, 36, 48)"


def test_hostile_texts_are_only_ever_text_in_the_file(open_report, reader):
    rows = [{**CARD["rows"][0], "name_en": HOSTILE}]
    report = open_report(
        {
            "scorecard": {"rows": rows},
            "balance": {**PLAN, "rows": [{**PLAN["rows"][0], "name_en": HOSTILE}]},
        }
    )
    report.get_by_label("Title", exact=True).fill(HOSTILE)
    report.get_by_label("Author").fill(HOSTILE)
    write_step(report, HOSTILE, HOSTILE, HOSTILE)
    assert report.page.title() == "Tool"
    page = reader(saved(report))
    clean = HOSTILE.replace("\u0001", "")
    assert page.locator("h1").text_content() == clean
    assert page.locator("script, img, link, iframe, object").count() == 0
    assert page.locator(".tp-next tbody").locator("th, td").all_text_contents() == [clean] * 3
    assert page.locator("[data-tool=scorecard] tbody th").text_content() == clean
    assert page.locator("style").count() == 1


def test_the_saved_file_fits_a_phone_and_keeps_nobody_out(report, visit, tmp_path):

    path = tmp_path / "saved.html"
    path.write_text(saved(report), "utf-8")
    visited = visit(width=360, height=740, bypass_csp=True)
    visited.page.goto(path.as_uri())
    assert visited.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert axe(visited.page) == []


def test_printing_shows_the_sheet_and_nothing_else(report):
    page = report.page
    page.evaluate("window.print = () => { window.asked = true; }")
    button(report, "Print").click()
    assert page.evaluate("window.asked")
    page.emulate_media(media="print")
    assert page.locator("body > .tp-print-alone h1").is_visible()
    assert not page.locator("main").is_visible()
    page.emulate_media(media="screen")
    assert not page.locator("body > .tp-print-alone").is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("body > .tp-print-alone").count() == 0


def test_german_and_a_phone(open_report):
    report = open_report({"scorecard": CARD, "balance": PLAN, "lang": ""}, width=360, height=740)
    page = report.page
    page.get_by_role("button", name="Deutsch").click()
    report.get_by_text("Schwächstes Glied").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert '<html xmlns="http://www.w3.org/1999/xhtml" lang="de">' in saved_german(report)


def saved_german(report):
    with report.page.expect_download() as waiting:
        button(report, "Als eine HTML-Datei sichern").click()
    return waiting.value.path().read_text("utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_anybody_out(open_report, scheme):

    report = open_report({"scorecard": CARD, "balance": PLAN}, color_scheme=scheme)
    write_step(report, "Call back")
    assert axe(report.page, ".tp-report") == []
