"""The five-shifts check, live on a page of its own: vectors, marks, a team's files, friendly and hostile."""

from __future__ import annotations

import csv
import io
import json

import pandas as pd
import pytest

import touchpoints as tp
from accessibility import axe
from browser.downloads import saved
from conftest import vectors
from touchpoints.core.disagreement import FEWEST_ANSWERS
from touchpoints.core.vocabulary import SHIFT_ANSWERS, SHIFTS
from touchpoints.site.assets import classic_script, host_script
from touchpoints.site.live import Module, live_element

MODULE = "touchpointHost.module('shiftscheck')"
NINE = vectors("shifts")[0]["answers"]
HEADER = "sheet,person,shift,own,company,note"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A page that holds nothing but the tool, made as the book's pages are."""
    folder = tmp_path_factory.mktemp("shifts")
    state = tp.ShiftsCheck(keep="shifts").get_state()
    module = Module(state)
    (folder / "host.js").write_text(host_script(), "utf-8")
    (folder / "tool.js").write_text(classic_script(module.name, module.esm), "utf-8")
    (folder / "tool.css").write_text(module.css, "utf-8")
    (folder / "page.html").write_text(
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Shifts</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="stylesheet" href="tool.css"><script defer src="host.js"></script>'
        '<script defer src="tool.js"></script></head><body><main><h1>Shifts</h1><h2>Tool</h2>'
        f"{live_element('one', state, with_state=True)}</main></body></html>",
        "utf-8",
    )
    return (folder / "page.html").as_uri()


@pytest.fixture
def check(visit, address):
    visited = visit()
    yield visited.open(address).locator(".tp-shifts")
    assert visited.errors == []


def marks(check, place, side):
    """The radio buttons of one position, by the number of the shift."""
    shift = check.locator(".tp-shift").nth(place - 1)
    return shift.get_by_role("group", name=side, exact=True).get_by_role("radio")


def note(check, place):
    return check.locator(".tp-shift").nth(place - 1).get_by_role("textbox")


def sheet(number, answers, *, person="", noted=(), about="company"):
    """A file as the tool exports it."""
    rows = [
        {"shift": s, about: answers.get(s), "note": "seen" if s in noted else ""} for s in SHIFTS
    ]
    content = {"sheet": f"s{number:08x}", "person": person, "rows": rows}
    return file(f"five-shifts-{number}.json", json.dumps(content))


def file(name, content):
    data = content if isinstance(content, bytes) else content.encode()
    return {"name": name, "mimeType": "text/plain", "buffer": data}


def nine():
    """The made-up team of the chapter as nine files."""
    return [
        sheet(i, {s: NINE[s][i] for s in SHIFTS}, person=f"member {i}", noted=SHIFTS[: i % 3])
        for i in range(9)
    ]


def load(check, *files):
    check.locator("input[type=file]").set_input_files(list(files))


def told(check):
    return check.locator(".tp-team .tp-status")


def problems(check):
    return check.locator(".tp-problem").all_text_contents()


def members(check):
    return check.locator(".tp-members li").count()


def own(check):
    """The panel of the reader's own answers."""
    return check.locator(".tp-panel").first


def table(check, panel):
    rows = check.locator(panel).locator(".tp-data tbody tr").all()
    return [r.locator("th, td").all_text_contents() for r in rows]


def kept(check):
    return json.loads(check.page.evaluate("localStorage.getItem('touchpoints/1/shifts')"))


@pytest.mark.parametrize("case", vectors("shifts"), ids=lambda c: c["name"])
def test_javascript_sums_up_as_the_vectors_say(opened, address, case):
    got = opened(address).evaluate(
        f"([a, shifts, scale, fewest]) => {MODULE}.teamDisagreement(a, shifts, scale, fewest)",
        [case["answers"], list(SHIFTS), list(SHIFT_ANSWERS), FEWEST_ANSWERS],
    )
    for row, want in zip(got, case["expected"], strict=True):
        assert row == pytest.approx(want, abs=1e-12), want["shift"]


def test_marks_and_notes_are_drawn_at_once(check):
    profile = check.locator(".tp-profile")
    key = profile.locator(".tp-mark").count()
    assert check.get_by_text("Mark an answer to see your profile.").is_visible()
    marks(check, 1, "What I practise").nth(3).check(force=True)
    marks(check, 1, "My company").nth(1).check(force=True)
    marks(check, 2, "What I practise").nth(2).check(force=True)
    assert not check.get_by_text("Mark an answer to see your profile.").is_visible()
    assert profile.locator(".tp-mark").count() == key + 3
    hollow = profile.locator(".tp-hollow").count()
    first = check.locator(".tp-shift").first
    assert first.get_by_text("Without evidence").is_visible()
    note(check, 1).fill("Three talks in the shop")
    assert not first.get_by_text("Without evidence").is_visible()
    assert profile.locator(".tp-hollow").count() == hollow - 2
    assert profile.locator("polyline.tp-line-own").count() == 1
    rows = table(check, ".tp-panel >> nth=0")
    assert rows[0] == ["From data to insight", "4", "2", "Three talks in the shop"]
    assert rows[1] == ["From needs to life scarcities", "3", "left open", "without evidence"]
    label = profile.get_attribute("aria-label")
    assert "From data to insight: What I practise 4, My company 2." in label
    marks(check, 1, "My company").nth(5).check(force=True)
    assert table(check, ".tp-panel >> nth=0")[0][2] == "left open"


def test_the_two_positions_differ_in_shape(check):
    for side in ("What I practise", "My company"):
        marks(check, 3, side).nth(2).check(force=True)
    profile = check.locator(".tp-profile")
    assert profile.locator("circle.tp-mark-own").last.get_attribute("cx")
    assert profile.locator("polygon.tp-mark-company").last.get_attribute("points")
    circle, square = (
        profile.locator(f".tp-mark-{side}").last.bounding_box() for side in ("own", "company")
    )
    assert circle["y"] + circle["height"] <= square["y"], "equal answers don't hide each other"


def test_everything_by_keyboard_alone(check):
    page = check.page
    marks(check, 1, "What I practise").last.focus()
    page.keyboard.press("ArrowLeft")
    assert marks(check, 1, "What I practise").nth(4).is_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert marks(check, 1, "My company").nth(0).is_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("A letter")
    assert table(check, ".tp-panel >> nth=0")[0] == ["From data to insight", "5", "1", "A letter"]
    assert note(check, 1).evaluate("e => e === document.activeElement")


@pytest.mark.parametrize("kind", ["CSV", "JSON"])
def test_what_is_exported_is_read_by_a_team(check, visit, address, kind):
    marks(check, 3, "My company").nth(1).check(force=True)
    marks(check, 4, "What I practise").nth(4).check(force=True)
    note(check, 3).fill('=nobody; could, "reply"\nto it')
    check.get_by_role("textbox", name="Your name or role").fill("shop, north")
    name, content = saved(own(check), f"Export {kind}")
    assert name.startswith("five-shifts-s")
    other = visit().open(address).locator(".tp-shifts")
    load(other, file(name, content))
    other.get_by_text(f"“{name}” read; the team has 1 members.").wait_for()
    member = kept(other)["team"][0]
    assert member["sheet"] == kept(check)["sheet"]
    assert member["person"] == "shop, north"
    assert member["rows"][2] == {"shift": "dialogue", "own": None, "company": 2, "evidence": True}
    assert member["rows"][3] == {"shift": "people", "own": 5, "company": None, "evidence": False}
    assert "nobody" not in json.dumps(kept(other)["team"])


def test_the_csv_keeps_a_note_a_text(check):
    marks(check, 1, "My company").nth(0).check(force=True)
    note(check, 1).fill("=1+1")
    _, content = saved(own(check), "Export CSV")
    records = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert ",".join(records[0]) == HEADER
    assert [r["shift"] for r in records] == list(SHIFTS)
    assert (records[0]["company"], records[0]["note"]) == ("1", "'=1+1")


def test_several_files_at_once_make_a_team_disagreement_first(check):
    load(check, *nine())
    check.get_by_text("9 files read; the team has 9 members.").wait_for()
    assert "“From sending to dialogue” first: two members stand 1.67 apart" in (
        check.locator(".tp-summary").text_content()
    )
    rows = table(check, ".tp-team")
    assert [row[2] for row in rows] == ["1.67", "1.17", "0.61", "0.50", "0.39"]
    assert rows[0] == ["From sending to dialogue", "9", "1.67", "3", "1 to 5 (4)", "0 of 9"]
    assert rows[3][-1] == "6 of 9"
    assert check.locator(".tp-dot").count() == 45
    assert check.get_by_text("No interval: where all were asked").is_visible()
    titles = check.locator(".tp-team-dots .tp-title").all_text_contents()
    assert titles == [row[0] for row in rows]


def test_the_page_and_python_have_the_same_numbers(check):
    load(check, *nine())
    told(check).filter(has_text="9 members").wait_for()
    name, content = saved(check.locator(".tp-team"), "Export CSV")
    assert name == "five-shifts-team-company.csv"
    records = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    frame = pd.DataFrame(
        [(i, s, NINE[s][i]) for s in SHIFTS for i in range(9)],
        columns=["member", "shift", "answer"],
    )
    want = tp.team_disagreement(frame).table
    assert [r["shift"] for r in records] == want["shift"].tolist()
    for column in ("n", "disagreement", "median", "lowest", "highest", "range"):
        got = [float(r[column]) for r in records]
        assert got == pytest.approx(want[column].tolist(), abs=1e-4), column
    twin = tp.ShiftsCheck()
    twin.team = kept(check)["team"]
    assert twin.results["company"].table.equals(want)


def test_own_positions_are_a_switch_away(check):
    load(check, *(sheet(i, {"people": i + 1}, about="own") for i in range(3)))
    told(check).filter(has_text="3 members").wait_for()
    assert "nothing can be said of spread" in check.locator(".tp-summary").text_content()
    check.get_by_role("radio", name="What I practise", exact=True).last.check(force=True)
    assert table(check, ".tp-team")[0][:4] == ["From consumers to people", "3", "1.33", "2"]
    check.page.reload()
    assert table(check, ".tp-team")[0][:3] == ["From consumers to people", "3", "1.33"]


def test_fewer_than_three_answers_say_nothing_of_spread(check):
    load(check, sheet(1, {"people": 1}), sheet(2, {"people": 5}))
    told(check).filter(has_text="2 members").wait_for()
    assert "With fewer than 3 answers" in check.locator(".tp-summary").text_content()
    people = next(row for row in table(check, ".tp-team") if "people" in row[0])
    assert people == ["From consumers to people", "2", "–", "3", "1 to 5 (–)", "0 of 2"]
    assert check.get_by_text("n = 2: too few to speak of spread").count() == 1


def test_names_are_in_the_chart_only_when_asked_for(check):
    load(check, *nine())
    told(check).filter(has_text="9 members").wait_for()
    chart = check.locator(".tp-team-dots")
    assert "member 4" not in chart.text_content()
    _, svg = saved(check.locator(".tp-team"), "Export SVG")
    assert b"member 4" not in svg
    assert svg.count(b"<circle") == 45
    check.get_by_role("checkbox", name="Show names in the chart").check()
    assert "member 4" in chart.text_content()
    assert chart.locator(".tp-number").count() == 45
    check.page.reload()
    chart.wait_for()
    assert "member 4" not in chart.text_content()


def test_a_sheet_counts_once_and_equal_names_are_told(check):
    first = sheet(1, {"people": 1}, person="service")
    load(check, first, sheet(2, {"people": 2}, person="Service"))
    told(check).filter(has_text="2 members").wait_for()
    check.locator(".tp-members summary").click()
    assert check.get_by_text("Some members have the same name").is_visible()
    assert check.get_by_text("(same name)").count() == 2
    load(check, {**first, "name": "again.json"}, sheet(3, {"people": 3}, person="shop"))
    told(check).filter(has_text="“five-shifts-3.json” read; the team has 3 members.").wait_for()
    (problem,) = problems(check)
    assert (
        "“again.json” is a sheet that is in the team already (from “five-shifts-1.json”)" in problem
    )
    assert problem.endswith(
        "remove that one first to take this one in. This file was left out, all else stays."
    )


def test_files_without_a_mark_are_told_apart_by_what_they_say(check):
    plain = "shift,company\npeople,{}\n"
    load(
        check, *(file(f"{i}.csv", plain.format(i)) for i in (1, 2)), file("3.csv", plain.format(2))
    )
    told(check).filter(has_text="2 members").wait_for()
    assert len(problems(check)) == 1
    assert problems(check)[0].startswith(
        "“3.csv” is a sheet that is in the team already (from “2.csv”)"
    )


def test_a_member_can_be_removed(check):
    load(check, *nine())
    told(check).filter(has_text="9 members").wait_for()
    check.locator(".tp-members summary").click()
    check.get_by_role("button", name="Remove member 1, member 0").click()
    assert told(check).text_content() == "Member 1, member 0, removed. The team has 8 members."
    assert members(check) == 8
    assert check.locator(".tp-dot").count() == 40
    focused = "document.activeElement.getAttribute('aria-label')"
    assert check.page.evaluate(focused) == "Remove member 1, member 1"
    for _ in range(8):
        check.page.keyboard.press("Enter")
    assert check.page.evaluate("document.activeElement.textContent") == "Import answers …"
    assert check.get_by_text("Nobody is in the team yet.").is_visible()


def test_the_own_answers_join_the_team_and_are_renewed_there(check):
    add = check.get_by_role("button", name="my own answers")
    add.click()
    assert "all open" in told(check).text_content()
    marks(check, 1, "My company").nth(4).check(force=True)
    add.click()
    assert told(check).text_content() == "Your own answers are in the team; it has 1 members."
    assert add.text_content() == "Put my own answers in anew"
    marks(check, 1, "My company").nth(3).check(force=True)
    add.click()
    assert members(check) == 1
    assert kept(check)["team"][0]["rows"][0]["company"] == 4


def test_entries_are_kept_and_can_be_let_go(check):
    marks(check, 2, "My company").nth(0).check(force=True)
    note(check, 2).fill("A shelf")
    load(check, sheet(1, {"people": 1}))
    told(check).filter(has_text="1 members").wait_for()
    check.page.reload()
    assert marks(check, 2, "My company").nth(0).is_checked()
    assert note(check, 2).input_value() == "A shelf"
    assert members(check) == 1
    check.page.get_by_role("button", name="Start again").click()
    assert note(check, 2).input_value() == ""
    assert marks(check, 2, "My company").last.is_checked()
    assert members(check) == 0


ROWS = [{"shift": s, "own": 1, "company": 2, "note": ""} for s in SHIFTS]
MEMBER = {"sheet": "s1", "person": "a", "file": "f", "rows": ROWS}


@pytest.mark.parametrize(
    "state",
    [
        [],
        {"answers": 3, "person": 4, "sheet": "<b>", "team": "x", "about": "all"},
        {"answers": [{**ROWS[0], "own": 9}], "team": [None, 3, {}, {**MEMBER, "person": 3}]},
        {"answers": [{**ROWS[0], "shift": "__proto__"}], "team": [{**MEMBER, "rows": "five"}]},
        {"team": [{**MEMBER, "rows": [{**ROWS[0], "company": "<img src=x>"}]}]},
    ],
    ids=lambda s: json.dumps(s)[:30],
)
def test_what_does_not_fit_is_not_taken_up(check, state):
    check.page.evaluate("k => localStorage.setItem('touchpoints/1/shifts', k)", json.dumps(state))
    check.page.reload()
    assert marks(check, 1, "What I practise").last.is_checked()
    assert check.get_by_text("Nobody is in the team yet.").is_visible()


def test_of_what_was_kept_a_member_twice_is_taken_up_once(check):
    state = {"team": [MEMBER, {**MEMBER, "person": "b"}, None]}
    check.page.evaluate("k => localStorage.setItem('touchpoints/1/shifts', k)", json.dumps(state))
    check.page.reload()
    check.locator(".tp-team-dots").wait_for()
    assert members(check) == 1


GOOD = f"{HEADER}\ns00000001,a,people,1,2,\n"
WRONG = [
    ("answer", f"{HEADER}\n,,people,1,6,\n", "row 2, column “company”: found “6”; allowed: a whole number from 1 to 5, or nothing; correct the cell."),
    ("half", f"{HEADER}\n,,people,1.5,2,\n", "row 2, column “own”: found “1.5”"),
    ("word", f"{HEADER}\n,,people,much,2,\n", "found “much”"),
    ("shift", f"{HEADER}\n,,dialog,1,2,\n", "found “dialog”; allowed: insight, life_scarcities, dialogue"),
    ("proto", f"{HEADER}\n,,__proto__,1,2,\n", "found “__proto__”"),
    ("twice", f"{HEADER}\n,,people,1,2,\n,,people,1,2,\n", "row 3: “people” stands twice"),
    ("two people", f"{HEADER}\n,a,people,1,2,\n,b,dialogue,1,2,\n", "row 3: another “person”"),
    ("two sheets", f"{HEADER}\ns1,a,people,1,2,\ns2,a,dialogue,1,2,\n", "row 3: another “sheet”"),
    ("no shift", "person,own\na,1\n", "has no column “shift” (found: person, own)"),
    ("no answers", "shift,note\npeople,x\n", "has no column “company” (found: shift, note)"),
    ("all open", f"{HEADER}\n,,people,,,seen\n", "has no answer: all are left open"),
    ("header only", HEADER + "\n", "has no row of answers"),
    ("empty", "", "has no row of answers"),
    ("quote", f'{HEADER}\n"a,A\n', "begins in line 2 never ends"),
    ("broken JSON", '{"rows": [', "neither CSV nor JSON"),
    ("JSON list of numbers", "[1, 2]", "neither CSV nor JSON"),
    ("JSON of no rows", '{"rows": []}', "has no row of answers"),
    ("person is no text", json.dumps({"person": {"a": 1}, "rows": ROWS}), "column “person”"),
    ("note is no text", json.dumps({"rows": [{**ROWS[0], "note": [1]}]}), "column “note”"),
    ("answer is a list", json.dumps({"rows": [{**ROWS[0], "own": [1]}]}), "column “own”: found “[1]”"),
    ("answer is true", json.dumps({"rows": [{**ROWS[0], "own": True}]}), "found “true”"),
    ("binary", b"\x00\x01\x02PK", "neither CSV nor JSON"),
    ("too large", b"x" * 2_000_001, "allowed are 2000 kB"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "sentence"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
def test_a_wrong_file_is_named_in_one_sentence_and_the_others_are_read(check, content, sentence):
    load(check, sheet(7, {"people": 5}))
    told(check).filter(has_text="1 members").wait_for()
    load(check, file("wrong.csv", content), file("good.csv", GOOD))
    told(check).filter(has_text="“good.csv” read; the team has 2 members.").wait_for()
    (problem,) = problems(check)
    assert "“wrong.csv”" in problem
    assert sentence in problem
    assert problem.endswith("This file was left out, all else stays.")
    assert members(check) == 2


HOSTILE = [
    "<script>document.title='owned'</script>",
    "<img src=x onerror=document.title='owned'>",
    "=1+1",
    "\u202eevil\u202c",
    "long " * 1900,
    "\u0000\u0008 odd",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda t: repr(t[:12]))
def test_hostile_names_are_only_ever_text(check, text):
    content = json.dumps({"person": text, "sheet": text, "rows": [{**ROWS[0], "note": text}]})
    load(check, file(f"{text[:40].replace('/', '')}.json".replace("\u0000", ""), content))
    told(check).filter(has_text="1 members").wait_for()
    check.get_by_role("checkbox", name="Show names in the chart").check()
    check.locator(".tp-members summary").click()
    page = check.page
    assert check.locator("script, img").count() == 0
    assert page.title() == "Shifts"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    _, svg = saved(check.locator(".tp-team"), "Export SVG")
    parsed = "x => new DOMParser().parseFromString(x, 'image/svg+xml').querySelector('parsererror')"
    assert page.evaluate(parsed, svg.decode()) is None


def test_a_team_has_room_for_a_hundred(check):
    load(check, *(sheet(i, {"people": i % 5 + 1}) for i in range(101)))
    told(check).filter(has_text="100 files read; the team has 100 members.").wait_for()
    assert len(problems(check)) == 1
    assert (
        "“five-shifts-100.json” finds the team full; allowed are 100 members" in problems(check)[0]
    )
    assert check.locator(".tp-dot").count() == 100


@pytest.mark.parametrize("panel", [".tp-panel >> nth=0", ".tp-team"])
def test_pictures_are_saved(check, panel):
    marks(check, 1, "My company").nth(1).check(force=True)
    load(check, *nine())
    told(check).filter(has_text="9 members").wait_for()
    name, svg = saved(check.locator(panel), "Export SVG")
    assert name.startswith("five-shifts-")
    assert b"Touchpoint kit, five shifts" in svg
    name, png = saved(check.locator(panel), "Export PNG")
    assert name.endswith(".png")
    assert png.startswith(b"\x89PNG")


def test_two_views_of_the_page_keep_their_buttons_apart(check):
    names = check.locator("input[type=radio]").evaluate_all("all => all.map(i => i.name)")
    assert len(set(names)) == 2 * len(SHIFTS) + 1


def test_print_shows_the_result_without_the_form(check):
    load(check, *nine())
    told(check).filter(has_text="9 members").wait_for()
    check.page.emulate_media(media="print")
    assert not check.locator(".tp-shifts-form").is_visible()
    assert not check.locator(".tp-members").is_visible()
    assert check.locator(".tp-profile").is_visible()
    assert check.locator(".tp-team-dots").is_visible()


def test_german_and_a_phone(visit, address):
    visited = visit(width=360, height=700, has_touch=True)
    page = visited.open(address)
    page.evaluate("localStorage.setItem('touchpoints/lang', '\"de\"')")
    page.reload()
    check = page.locator(".tp-shifts")
    load(check, *nine())
    check.get_by_text("9 Dateien gelesen; das Team hat 9 Mitglieder.").wait_for()
    assert "1,67 auseinander" in check.locator(".tp-summary").text_content()
    marks(check, 1, "Meine Firma").nth(1).tap(force=True)
    assert marks(check, 1, "Meine Firma").nth(1).is_checked()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    outside = """all => all.filter(t => t.getBoundingClientRect().right
        > t.ownerSVGElement.getBoundingClientRect().right + 1).map(t => t.textContent)"""
    assert check.locator("svg text").evaluate_all(outside) == []
    box = check.locator(".tp-marks label").first.bounding_box()
    assert min(box["width"], box["height"]) >= 24
    assert visited.errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_anybody_out(visit, address, scheme):
    page = visit(color_scheme=scheme).open(address)
    check = page.locator(".tp-shifts")
    marks(check, 1, "My company").nth(1).check(force=True)
    load(check, *nine(), file("wrong.csv", ""))
    told(check).filter(has_text="9 members").wait_for()
    check.get_by_role("checkbox", name="Show names in the chart").check()
    check.locator(".tp-members summary").click()
    assert axe(page) == []
