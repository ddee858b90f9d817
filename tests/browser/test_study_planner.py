"""The study planner, live on a page of its own: the vectors, sliders, the warning, what is kept, files."""

from __future__ import annotations

import csv
import io
import json

import pytest

import touchpoints as tp
from accessibility import axe
from browser.downloads import saved
from browser.tool_page import write_tool_page
from conftest import vectors

MODULE = "touchpointHost.module('studyplanner')"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A page that holds nothing but the tool."""
    return write_tool_page(tmp_path_factory.mktemp("study"), "page", tp.StudyPlanner(keep="study"))


@pytest.fixture
def planner(visit, address):
    visited = visit()
    yield visited.open(address).locator(".tp-study")
    assert visited.errors == []


def slider(planner, name):
    return planner.get_by_role("slider", name=name, exact=True)


def verdict(planner):
    return planner.locator(".tp-verdict").text_content()


def test_javascript_plans_as_the_vectors_do(planner):
    cases = vectors("planning")
    got = planner.page.evaluate(
        f"cases => cases.map((c) => {MODULE}.planStudy(c.assumptions))", cases
    )
    for found, case in zip(got, cases, strict=True):
        assert found["needed"] == case["needed"], case["name"]
        assert len(found["rows"]) == len(case["rows"])
        for row, want in zip(found["rows"], case["rows"], strict=True):
            assert row == pytest.approx(want, rel=1e-9, abs=1e-9), case["name"]


def test_the_normal_distribution_and_its_quantiles_belong_together(planner):
    z = [-8.5, -5, -1.5, 0, 0.3, 2.5, 6]
    got = planner.page.evaluate(f"z => z.map({MODULE}.normalCdf)", z)
    want = [
        0,
        2.866515718791939e-07,
        0.06680720126885807,
        0.5,
        0.6179114221889526,
        0.9937903346742238,
        0.9999999990134123,
    ]
    assert got == pytest.approx(want, abs=1e-15)
    back = planner.page.evaluate(f"p => p.map({MODULE}.normalQuantile)", got[1:])
    assert back == pytest.approx(z[1:], abs=1e-6)


def test_the_page_and_python_have_the_same_numbers(planner):
    slider(planner, "Answers: Response rate").fill("45")
    planner.get_by_label("Customers you would ask").fill("2500")
    twin = tp.StudyPlanner()
    twin.plan = {**twin.plan, "response_pct": 45, "asked": 2500}
    _, data = saved(planner, "Export CSV")
    records = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    want = twin.results.table.to_dict("records")
    assert [int(r["asked"]) for r in records] == [row["asked"] for row in want]
    for record, row in zip(records, want, strict=True):
        for column in row:
            assert float(record[column]) == pytest.approx(row[column], abs=1e-4)
        assert (record["response_pct"], record["lift_2_points"]) == ("45", "-5")


def test_the_table_without_scripts_is_that_of_the_page(planner):
    planner.locator(".tp-data").wait_for()
    rows = planner.locator("tbody tr").all()
    shown = [row.locator("th, td").all_text_contents() for row in rows]
    assert shown == tp.StudyPlanner()._fallback["rows"]


def test_the_warning_says_what_the_plan_can_not_decide(planner):
    assert "⚠ This plan can’t decide grade 2. Of 100 such studies about 73" in verdict(planner)
    assert "Ask 16,702 customers" in verdict(planner)
    asked = planner.get_by_label("Customers you would ask")
    asked.fill("16701")
    assert "can’t decide grade 2" in verdict(planner)
    asked.fill("16702")
    assert verdict(planner) == "✓ This plan finds both lifts with the chance you want."
    asked.fill("500")
    assert "This plan decides neither" in verdict(planner)
    slider(planner, "Grade 2: Lift worth seeing (points)").fill("-30")
    slider(planner, "All customers: Fan rate without contact").fill("60")
    asked.fill("1000")
    assert "This plan can’t decide grade 1" in verdict(planner)
    text = planner.locator(".tp-summary").text_content()
    assert "Of 1,000 customers asked about 300 answer: 180 without contact" in text


def test_the_keyboard_moves_a_slider_and_the_plan_follows(planner):
    control = slider(planner, "Risks you accept: False alarm (two-sided)")
    control.focus()
    control.press("ArrowRight")
    assert control.get_attribute("aria-valuetext") == "5.1 %"
    assert control.evaluate("e => e === document.activeElement")
    twin = tp.StudyPlanner()
    twin.plan = {**twin.plan, "alpha_pct": 5.1}
    assert (
        f"ask {twin.results.needed[0]:,} customers" in planner.locator(".tp-summary").text_content()
    )
    table = planner.locator("tbody")
    table.filter(has_text=f"{twin.results.needed[1]:,} (grade 2)").wait_for()


def test_assumptions_that_do_not_fit_give_way(planner):
    slider(planner, "Grade 1: Share of the contacts").fill("80")
    assert slider(planner, "Grade 2: Share of the contacts").input_value() == "20"
    slider(planner, "All customers: Fan rate without contact").fill("95")
    assert (
        slider(planner, "Grade 1: Lift worth seeing (points)").get_attribute("aria-valuetext")
        == "+4.5"
    )
    slider(planner, "All customers: Fan rate without contact").fill("2")
    lift = slider(planner, "Grade 2: Lift worth seeing (points)")
    assert lift.get_attribute("aria-valuetext") == "−1.5"
    lift.fill("-20")
    assert lift.get_attribute("aria-valuetext") == "−1.5"


def test_a_wrong_number_of_customers_is_refused_in_one_sentence(planner):
    field = planner.get_by_label("Customers you would ask")
    field.fill("2")
    field.press("Enter")
    said = planner.locator(".tp-status")
    assert "Found “2”; allowed is a whole number from 10 to 1,000,000" in said.text_content()
    assert field.input_value() == "4000"
    field.fill("5000")
    assert said.text_content() == ""


def test_entries_are_kept_and_can_be_let_go(planner):
    control = slider(planner, "Answers: Design effect")
    control.fill("2.5")
    planner.page.reload()
    assert control.input_value() == "2.5"
    planner.page.get_by_role("button", name="Start again").click()
    assert control.input_value() == "1"


@pytest.mark.parametrize(
    "kept",
    [
        '{"plan": {"asked": 100}}',
        '{"plan": "<img src=x>"}',
        json.dumps({"plan": {**tp.StudyAssumptions().to_dict(), "share_1_pct": 90, "asked": 100}}),
        "[]",
    ],
)
def test_what_does_not_fit_is_not_taken_up(planner, kept):
    planner.page.evaluate("k => localStorage.setItem('touchpoints/1/study', k)", kept)
    planner.page.reload()
    assert planner.get_by_label("Customers you would ask").input_value() == "4000"


def test_pictures_are_saved(planner):
    name, svg = saved(planner, "Export SVG")
    assert name == "study-plan.svg"
    assert "a plan, all rates and shares are assumed" in svg.decode()
    assert svg.count(b"<polyline") == 4
    name, png = saved(planner, "Export PNG")
    assert name == "study-plan.png"
    assert png.startswith(b"\x89PNG")


def test_german_and_a_phone(visit, address):
    visited = visit(width=360, height=700)
    page = visited.open(address)
    page.evaluate("localStorage.setItem('touchpoints/lang', '\"de\"')")
    page.reload()
    assert (
        "Dieser Plan kann über Note 2 nicht entscheiden"
        in page.locator(".tp-verdict").text_content()
    )
    assert page.get_by_role("slider", name="Note 1: Anteil an den Kontakten").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    ticks = page.locator(".tp-study-power .tp-tick[text-anchor=middle]").all_text_contents()
    assert ticks[:-1] == ["1.000", "3.000", "10.000", "30.000"], "as many as have room"
    assert visited.errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_anybody_out(visit, address, scheme):
    page = visit(color_scheme=scheme).open(address)
    page.locator(".tp-data").wait_for()
    assert axe(page) == []
