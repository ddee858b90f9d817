"""The balance planner, live: the vectors, moves, the reader's scorecard, files, what is kept."""

from __future__ import annotations

import csv
import io
import json

import pandas as pd
import pytest

import touchpoints as tp
from accessibility import axe
from browser.downloads import saved
from browser.tool_page import write_tool_page
from conftest import vectors
from touchpoints.core.vocabulary import CONTACT_PHASES, MEDIA
from touchpoints.ui.balance_planner import COLUMNS

MODULE = "touchpointHost.module('balanceplanner')"
HEADER = "touchpoint,contact_phase,medium,personal,contacts_per_month,minutes_per_contact,moved_pct"
HOSTILE = [
    "<script>document.title='owned'</script>",
    "<img src=x onerror=document.title='owned'>",
    "=1+1",
    "\u202eevil\u202c",
    'quote " and, comma; semicolon',
    "long " * 2000,
]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A page with a scorecard and a planner."""
    data = tp.load("touchpoints").merge(tp.load("scorecard_example"), on="touchpoint")
    tools = tp.Scorecard(data, keep="scorecard"), tp.BalancePlanner(keep="balance")
    return write_tool_page(tmp_path_factory.mktemp("planner"), "page", *tools)


@pytest.fixture
def planner(visit, address):
    visited = visit()
    yield visited.open(address).locator(".tp-balance-planner")
    assert visited.errors == []


def move(planner, name, share, medium="online"):
    planner.get_by_role("slider", name=f"Move {medium}: {name}", exact=True).fill(str(share))


def totals(planner):
    rows = planner.locator(".tp-data").first.locator("tbody tr").all()
    return {r.locator("th").text_content(): r.locator("td").all_text_contents() for r in rows}


def load(planner, name, content):
    data = content if isinstance(content, bytes) else content.encode()
    file = {"name": name, "mimeType": "text/csv", "buffer": data}
    planner.locator("input[type=file]").set_input_files(file)


@pytest.mark.parametrize("case", vectors("balance"), ids=lambda c: c["name"])
def test_javascript_plans_as_the_vectors_say(opened, address, case):
    got = opened(address).evaluate(
        f"([c, phases, media]) => {MODULE}.planContacts(c.rows, {{phases, media, budget: c.budget_hours}})",
        [case, list(CONTACT_PHASES), list(MEDIA)],
    )
    for part, rows in case["expected"].items():
        for found, want in zip(got[part], rows, strict=True):
            numbers = {k: v for k, v in want.items() if isinstance(v, int | float)}
            assert {k: found[k] for k in numbers} == pytest.approx(numbers), part
            others = {k: v for k, v in want.items() if k not in numbers}
            assert {k: found[k] for k in others} == others, part


def test_a_move_shows_before_and_after_and_can_be_undone(planner):
    assert totals(planner)["Hours of personal contact"] == ["466.0"]
    move(planner, "Service hotline", 30)
    assert totals(planner)["Hours of personal contact"] == ["466.0", "462.7", "−3.3"]
    assert totals(planner)["Contacts without a person, of 3,955"] == ["2,947", "2,964", "+17"]
    told = planner.locator("[data-key=service_hotline] .tp-move-told").text_content()
    assert told.startswith("17 contacts a month go online: −3.3 hours, −132 EUR, +17 contacts")
    assert planner.locator("svg .tp-came").text_content().startswith("+ Service hotline 30 %")
    planner.get_by_role("button", name="Undo").click()
    assert totals(planner)["Hours of personal contact"] == ["466.0"]
    planner.get_by_role("button", name="Redo").click()
    assert totals(planner)["Hours of personal contact"][1] == "462.7"


def test_a_moved_contact_may_have_a_person_too(planner):
    move(planner, "Service hotline", 50)
    planner.get_by_role("button", name="Edit: Service hotline").click()
    field = planner.get_by_role(
        "spinbutton", name="Minutes of a moved contact (0: nobody there): Service hotline"
    )
    field.fill("4")
    field.press("Enter")
    assert totals(planner)["Contacts without a person, of 3,955"][2] == "0"
    assert totals(planner)["Hours of personal contact"][2] == "−3.7"


def test_phases_with_one_medium_are_said_and_marked(planner):
    assert planner.locator("svg .tp-warning").count() == 0
    move(planner, "Follow-up e-mail", 100, "offline")
    said = planner.locator(".tp-finding p").nth(1).text_content()
    assert "After the moves:" in said
    assert "Served by one medium only: Post-contact (offline)." in said
    assert planner.locator("svg .tp-warning").first.text_content() == "⚠ offline only"
    assert totals(planner)["Phases with one medium or none, of four"] == ["0", "1", "+1"]


def test_the_page_and_python_have_the_same_numbers(planner):
    move(planner, "Sales advice", 35)
    planner.get_by_role("checkbox", name="A person is there: Live chat").check()
    field = planner.get_by_role("spinbutton", name="Staff minutes of a contact: Live chat")
    field.fill("7.5")
    field.press("Enter")
    planner.get_by_label("Hours a month for personal contact").fill("480")
    planner.get_by_label("Hours a month for personal contact").press("Enter")
    name, content = saved(planner, "Export JSON")
    assert name == "balance-plan.json"
    state = json.loads(content)
    twin = tp.BalancePlanner(pd.DataFrame(state["rows"]), budget_hours=state["budget_hours"])
    before, after = twin.results.totals.to_dict("records")
    shown = totals(planner)
    assert shown["Hours of personal contact"][:2] == [f"{t['hours']:.1f}" for t in (before, after)]
    assert shown["EUR for personal contact"][:2] == [f"{t['eur']:,.0f}" for t in (before, after)]
    share = [f"{t['budget_share_pct']:.1f}" for t in (before, after)]
    assert shown["Per cent of the hours there are"][:2] == share


def test_the_scorecards_touchpoints_are_followed_with_the_plans_figures(planner):
    page = planner.page
    planner.get_by_role("radio", name="my scorecard").check()
    assert "Your scorecard holds nothing in this browser yet" in planner.text_content()
    card = page.locator(".tp-scorecard")
    card.get_by_role("button", name="Edit Home page").click()
    field = card.locator("[data-key=home_page]").get_by_label("Name", exact=True)
    field.fill("Front door")
    field.press("Enter")
    row = planner.locator("[data-key=home_page]")
    assert row.locator(".tp-name").text_content() == "Front door"
    assert row.locator("input[type=number]").first.input_value() == "975"
    assert planner.get_by_role("button", name="Add a touchpoint to Contact").count() == 0
    card.get_by_role("button", name="Add a touchpoint to Contact").click()
    new = planner.locator("[data-key=own_1]")
    new.get_by_role("spinbutton", name="Contacts a month: New touchpoint").fill("50")
    page.keyboard.press("Enter")
    page.reload()
    assert new.locator("input[type=number]").first.input_value() == "50"
    assert planner.get_by_role("radio", name="my scorecard").is_checked()


def test_a_hostile_scorecard_counts_as_none(planner):
    planner.page.evaluate(
        "localStorage.setItem('touchpoints/1/scorecard', '{\"rows\": [{\"touchpoint\": 3}]}')"
    )
    planner.page.reload()
    planner.get_by_role("radio", name="my scorecard").check()
    assert "Your scorecard holds nothing in this browser yet" in planner.text_content()
    assert planner.locator(".tp-row").count() == 21


def test_add_rename_place_and_remove(planner):
    planner.get_by_role("button", name="Add a touchpoint to Post-contact").click()
    planner.page.keyboard.type("Repair café")
    planner.page.keyboard.press("Enter")
    row = planner.locator("[data-key=own_1]")
    assert row.locator(".tp-name").text_content() == "Repair café"
    row.get_by_label("Medium").select_option("online")
    row.get_by_label("Contact phase").select_option("pre_contact")
    assert planner.locator(".tp-phase").first.locator(".tp-row").count() == 6
    row.get_by_role("button", name="Remove").click()
    assert planner.locator(".tp-row").count() == 21
    assert "Undo brings it back" in planner.locator(".tp-status").text_content()


def test_everything_by_keyboard_alone(planner):
    row = planner.locator("[data-key=service_hotline]")
    row.locator("input[type=number]").first.focus()
    keys = planner.page.keyboard
    for key in ("ControlOrMeta+a", "1", "2", "0", "Tab", "Tab", "Tab", "ArrowRight", "ArrowRight"):
        keys.press(key)
    told = row.locator(".tp-move-told").text_content()
    assert told.startswith("12 contacts a month go online")
    keys.press("ControlOrMeta+z")
    assert row.locator("input[type=range]").input_value() in {"0", "5"}


def test_a_wrong_number_is_refused_in_one_sentence(planner):
    field = planner.get_by_role("spinbutton", name="Staff minutes of a contact: Sales advice")
    field.fill("601")
    field.press("Enter")
    assert (
        "Found “601”; allowed is a number from 0 to 600"
        in planner.locator(".tp-problem").text_content()
    )
    assert field.input_value() == "25"
    budget = planner.get_by_label("Hours a month for personal contact")
    budget.fill("0")
    budget.press("Enter")
    assert "from 1 to 1000000" in planner.locator(".tp-problem").text_content()
    assert budget.input_value() == ""


@pytest.mark.parametrize(("kind", "ending"), [("Export CSV", "csv"), ("Export JSON", "json")])
def test_what_is_exported_can_be_imported(planner, kind, ending):
    move(planner, "Returns", 40)
    name, first = saved(planner, kind)
    assert name == f"balance-plan.{ending}"
    move(planner, "Returns", 0)
    load(planner, name, first)
    planner.get_by_text("21 touchpoints read").wait_for()
    assert saved(planner, kind)[1] == first


def test_csv_has_the_columns_of_python_and_the_results(planner):
    _, content = saved(planner, "Export CSV")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert tuple(rows[0])[: len(COLUMNS)] == COLUMNS
    crew = next(row for row in rows if row["touchpoint"] == "delivery_crew")
    assert (crew["hours"], crew["eur_after"]) == ("261.3333", "10453.3333")


@pytest.mark.parametrize("text", HOSTILE, ids=lambda t: repr(t[:12]))
def test_hostile_names_are_only_ever_text(planner, text):
    row = {"touchpoint": "odd", "name_en": text, "contact_phase": "contact", "personal": True}
    load(
        planner,
        "odd.json",
        json.dumps({"rows": [{**row, "moved_pct": 30, "contacts_per_month": 9}]}),
    )
    planner.get_by_text("1 touchpoints read").wait_for()
    assert planner.locator(".tp-row .tp-name").text_content() == text.strip()
    assert planner.page.title() == "Tool"
    assert planner.locator("script, img").count() == 0
    assert saved(planner, "Export SVG")[1].startswith(b"<?xml")


WRONG = [
    ("header only", f"{HEADER}\n", "has no row below its header"),
    ("no phase", "touchpoint,grade\na,1\n", "has no column “contact_phase”"),
    (
        "too many contacts",
        f"{HEADER}\na,contact,online,true,10000001,1,0\n",
        "allowed: a number from 0 to 10000000",
    ),
    ("negative", f"{HEADER}\na,contact,online,true,-1,1,0\n", "found “-1”"),
    ("more than all", f"{HEADER}\na,contact,online,true,1,1,101\n", "“moved_pct”: found “101”"),
    ("no number", f"{HEADER}\na,contact,online,true,many,1,0\n", "found “many”"),
    ("infinite", f"{HEADER}\na,contact,online,true,Infinity,1,0\n", "found “Infinity”"),
    ("thousands or a decimal", f'{HEADER}\na,contact,online,true,"1,200",1,0\n', "found “1,200”"),
    ("medium", f"{HEADER}\na,contact,phone,true,1,1,0\n", "allowed: offline, online"),
    ("flag", f"{HEADER}\na,contact,online,perhaps,1,1,0\n", "allowed: true or false"),
    (
        "twice",
        f"{HEADER}\na,contact,online,true,1,1,0\na,contact,online,true,1,1,0\n",
        "stands twice",
    ),
    ("broken JSON", '{"rows": [', "neither CSV nor JSON"),
    (
        "number as a list",
        '{"rows": [{"touchpoint": "a", "contact_phase": "contact", "eur_per_hour": [4]}]}',
        "found “[4]”",
    ),
]


@pytest.mark.parametrize(("content", "sentence"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
def test_a_wrong_file_gets_one_sentence_and_changes_nothing(planner, content, sentence):
    load(planner, "wrong.csv", content)
    problem = planner.locator(".tp-problem")
    problem.get_by_text("Nothing was changed.").wait_for()
    assert sentence in problem.text_content()
    assert planner.locator(".tp-row").count() == 21


def test_a_german_spreadsheet_is_read(planner):
    lines = "touchpoint;contact_phase;minutes_per_contact;personal\r\nLaden;contact;2,5;TRUE\r\n"
    load(planner, "plan.csv", lines)
    planner.get_by_text("1 touchpoints read").wait_for()
    field = planner.get_by_role("spinbutton", name="Staff minutes of a contact: Laden")
    assert field.input_value() == "2.5"


@pytest.mark.parametrize(
    "kept",
    [
        '{"rows": [{"touchpoint": "<img src=x>"}], "source": "own"}',
        '{"rows": 3, "source": 4, "budget_hours": "x"}',
        '{"rows": [null]}',
        "[]",
        "3",
    ],
)
def test_what_does_not_fit_is_not_taken_up(planner, kept):
    planner.page.evaluate("k => localStorage.setItem('touchpoints/1/balance', k)", kept)
    planner.page.reload()
    assert planner.locator(".tp-row").count() == 21
    assert totals(planner)["Hours of personal contact"] == ["466.0"]


def test_entries_are_kept_and_can_be_let_go(planner):
    move(planner, "Returns", 40)
    planner.page.reload()
    slider = planner.get_by_role("slider", name="Move online: Returns")
    assert slider.input_value() == "40"
    planner.page.locator(".tp-live").nth(1).get_by_role("button", name="Start again").click()
    assert slider.input_value() == "0"


def test_pictures_are_saved_and_say_that_figures_are_synthetic(planner):
    name, svg = saved(planner, "Export SVG")
    assert name == "balance-plan.svg"
    assert b"synthetic" in svg
    name, png = saved(planner, "Export PNG")
    assert name == "balance-plan.png"
    assert png.startswith(b"\x89PNG")


def test_german_and_a_phone(visit, address):
    visited = visit(width=360, height=700, has_touch=True)
    page = visited.open(address)
    page.evaluate("localStorage.setItem('touchpoints/lang', '\"de\"')")
    page.reload()
    assert page.get_by_text("Jede Phase hat Touchpoints offline und online.").first.is_visible()
    page.locator(".tp-balance-planner [data-key=live_chat] input[type=checkbox]").tap()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert visited.errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_anybody_out(visit, address, scheme):

    page = visit(color_scheme=scheme).open(address)
    planner = page.locator(".tp-balance-planner")
    move(planner, "Returns", 40)
    planner.get_by_role("button", name="Edit: Returns").click()
    assert axe(page, ".tp-balance-planner") == []


def test_print_shows_the_result_without_controls(planner):
    planner.page.emulate_media(media="print")
    assert not planner.locator(".tp-toolbar").first.is_visible()
    assert not planner.locator(".tp-totals-bar").is_visible()
    assert planner.locator("svg").is_visible()
