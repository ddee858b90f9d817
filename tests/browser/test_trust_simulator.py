"""The trust simulator, live on a page of its own: the vectors, sliders, presets, what is kept, files."""

from __future__ import annotations

import csv
import io

import pytest

import touchpoints as tp
from accessibility import axe
from browser.downloads import saved
from browser.tool_page import write_tool_page
from conftest import vectors
from touchpoints.core.trust_cycle import TRUST_LIMITS
from touchpoints.core.vocabulary import CONTACT_PHASES

MODULE = "touchpointHost.module('trustsimulator')"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A page that holds nothing but the tool."""
    return write_tool_page(
        tmp_path_factory.mktemp("simulator"), "page", tp.TrustSimulator(keep="trust")
    )


@pytest.fixture
def simulator(visit, address):
    visited = visit()
    yield visited.open(address).locator(".tp-simulator")
    assert visited.errors == []


def slider(simulator, name):
    return simulator.get_by_role("slider", name=name, exact=True)


def cells(simulator):
    """The rows of the table, which follows the drawing."""
    simulator.locator(".tp-data").wait_for()
    return [r.locator("th, td").all_text_contents() for r in simulator.locator("tbody tr").all()]


@pytest.mark.parametrize("case", vectors("trust_cycle"), ids=lambda c: c["name"])
def test_javascript_follows_the_customers_of_the_vectors(opened, address, case):
    got = opened(address).evaluate(
        f"([c, phases]) => {{ const f = {MODULE};"
        " return [f.simulateTrust(c.parameters, phases, {customers: c.n_customers, cycles: c.n_cycles, seed: c.seed}),"
        " f.expectedTrust(c.parameters, phases, c.n_cycles)]; }",
        [case, list(CONTACT_PHASES)],
    )
    found = [[c[k] for k in ("takingPart", "q25", "median", "q75", "inCredit")] for c in got[0]]
    assert found == case["simulated"]
    for row, want in zip(got[1], case["expected"], strict=True):
        assert row == pytest.approx(want, abs=1e-12)


def test_the_page_and_python_have_the_same_numbers(simulator):
    slider(simulator, "Scenario A: Chance of a good contact, Full contact").fill("61")
    twin = tp.TrustSimulator()
    twin.scenario_a = {**twin.scenario_a, "good_pct": [95, 95, 61, 95]}
    _, data = saved(simulator, "Export CSV")
    records = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    for letter, course in twin.results.items():
        own = [r for r in records if r["scenario"] == letter]
        assert [r["contact_phase"] for r in own] == course.table["contact_phase"].tolist()
        for column in ("n", "taking_part", "in_credit", "q25_points", "median_points"):
            assert [float(r[column]) for r in own] == course.table[column].tolist(), column
        for column in ("low_pct", "high_pct", "expected_points"):
            want = course.table[column].tolist()
            assert [float(r[column]) for r in own] == pytest.approx(want, abs=1e-4)


def test_the_table_without_scripts_is_that_of_the_page(simulator):
    assert cells(simulator) == tp.TrustSimulator()._fallback["rows"]


def test_the_table_follows_a_slider(simulator):
    before = cells(simulator)
    assert len(before) == 10
    assert before[-1][:3] == ["10", "23.2 (16.9 … 28.2)", "97.0 (95.7 … 97.9)"]
    slider(simulator, "Scenario A: Chance of a good contact, Contact").fill("0")
    last = simulator.locator("tbody tr").last
    last.locator("td").first.filter(has_not_text="23.2").wait_for()
    assert cells(simulator)[-1][4:] == before[-1][4:]
    assert "Scenario A: " in simulator.locator(".tp-summary").text_content()


def test_the_keyboard_moves_a_slider_and_keeps_its_place(simulator):
    control = slider(simulator, "Scenario B: Chance of a good contact, Pre-contact")
    control.focus()
    control.press("ArrowLeft")
    control.press("ArrowLeft")
    assert control.input_value() == "93"
    assert control.get_attribute("aria-valuetext") == "93 %"
    assert control.evaluate("e => e === document.activeElement")
    chosen = simulator.get_by_role("combobox", name="Scenario B: Start from")
    assert chosen.input_value() == "own"


def test_a_preset_sets_all_sliders(simulator):
    chosen = simulator.get_by_role("combobox", name="Scenario A: Start from")
    chosen.select_option("post_contact_forgotten")
    quality = slider(simulator, "Scenario A: Chance of a good contact, Post-contact")
    assert quality.input_value() == "40"
    chosen.select_option("own")
    assert chosen.input_value() == "post_contact_forgotten"
    assert "32.2 % in credit" in simulator.locator(".tp-summary").text_content()


def test_carry_over_and_word_of_mouth_share_the_whole(simulator):
    simulator.get_by_text("More assumptions").first.click()
    slider(simulator, "Scenario A: Carry-over").fill("90")
    assert slider(simulator, "Scenario A: Word of mouth").input_value() == "10"


def test_every_parameter_can_be_changed(simulator):
    simulator.get_by_text("More assumptions").first.click()
    fields = simulator.locator(".tp-scenario-a input[type=range]").count()
    assert fields == len(TRUST_LIMITS) + 2 * (len(CONTACT_PHASES) - 1)
    simulator.get_by_role("combobox", name="Scenario A: Phase of the mishap").select_option(
        "contact"
    )
    slider(simulator, "Scenario A: Mishap for all in cycle").fill("3")
    twin = tp.TrustSimulator()
    twin.scenario_a = {**twin.scenario_a, "mishap_cycle": 3, "mishap_phase": "contact"}
    share = twin.results["a"].table["in_credit_pct"].iloc[-1]
    assert f"{share:.1f} % in credit" in simulator.locator(".tp-summary").text_content()


def test_entries_are_kept_and_can_be_let_go(simulator):
    slider(simulator, "Scenario B: Chance of a good contact, Contact").fill("33")
    simulator.get_by_role("button", name="Other luck").click()
    simulator.page.reload()
    control = slider(simulator, "Scenario B: Chance of a good contact, Contact")
    assert control.input_value() == "33"
    assert simulator.get_by_label("Seed of chance").input_value() == "2"
    simulator.page.get_by_role("button", name="Start again").click()
    assert control.input_value() == "95"
    assert simulator.get_by_label("Seed of chance").input_value() == "1"


@pytest.mark.parametrize(
    "kept",
    [
        '{"scenario_a": {"good_pct": [1, 2]}, "seed": "x"}',
        '{"scenario_a": null, "scenario_b": 3, "seed": -1}',
        '{"scenario_a": {"good_pct": ["<img src=x>", 1, 1, 1]}, "seed": 1.5}',
        "[]",
    ],
)
def test_what_does_not_fit_is_not_taken_up(simulator, kept):
    simulator.page.evaluate("k => localStorage.setItem('touchpoints/1/trust', k)", kept)
    simulator.page.reload()
    control = slider(simulator, "Scenario A: Chance of a good contact, Contact")
    assert control.input_value() == "95"
    assert simulator.get_by_label("Seed of chance").input_value() == "1"


def test_a_wrong_seed_is_refused_in_one_sentence(simulator):
    field = simulator.get_by_label("Seed of chance")
    field.fill("-3")
    field.press("Enter")
    assert "allowed is a whole number from 0" in simulator.locator(".tp-status").text_content()
    assert field.input_value() == "1"
    field.fill("12")
    field.press("Enter")
    assert simulator.locator(".tp-status").text_content() == ""


def test_pictures_are_saved(simulator):
    name, svg = saved(simulator, "Export SVG")
    assert name == "trust-cycle.svg"
    assert b"teaching model" in svg
    assert svg.count(b"<polyline") == 6
    name, png = saved(simulator, "Export PNG")
    assert name == "trust-cycle.png"
    assert png.startswith(b"\x89PNG")


def test_german_and_a_phone(visit, address):
    visited = visit(width=360, height=700)
    page = visited.open(address)
    page.evaluate("localStorage.setItem('touchpoints/lang', '\"de\"')")
    page.reload()
    page.get_by_text("Weitere Annahmen").first.click()
    assert page.get_by_text("Ein Lehrmodell, kein Befund").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert visited.errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_anybody_out(visit, address, scheme):

    page = visit(color_scheme=scheme).open(address)
    page.locator(".tp-data").wait_for()
    page.get_by_text("More assumptions").first.click()
    assert axe(page) == []
