"""The reader's progress: what quizzes keep is read, exported, imported and deleted, all in the browser."""

from __future__ import annotations

import csv
import io
import json

import pytest

import touchpoints as tp
from accessibility import axe
from browser.tool_page import write_tool_page
from conftest import ROOT
from touchpoints.questions import list_quizzes

FILE = ROOT / "tests" / "quizzes" / "all-kinds.yml"
OTHER = {
    "chapter": "other",
    "exercises": 2,
    "questions": [
        {
            "id": "one",
            "idea": ["C04"],
            "kind": "single",
            "ask": {"en": "One?", "de": "Eins?"},
            "options": [
                {"text": {"en": t, "de": t}, "comment": {"en": t, "de": t}, "correct": t == "a"}
                for t in "abc"
            ],
        }
    ],
}
RECORD = {
    "answers": {"which-word": 0},
    "tries": {"which-word": 3},
    "solved": ["which-word", "four-phases"],
    "exercises": [2],
    "touched": "2026-03-01T12:30:00.000Z",
}
PLACE = "touchpoints/1/quiz/all-kinds"


@pytest.fixture(scope="module")
def addresses(tmp_path_factory):
    folder = tmp_path_factory.mktemp("progress")
    return {
        "progress": write_tool_page(folder, "progress", tp.Progress([FILE, OTHER])),
        "quiz": write_tool_page(folder, "quiz", tp.Quiz(FILE)),
        "both": write_tool_page(folder, "both", tp.Quiz(FILE), tp.Progress([FILE, OTHER])),
    }


@pytest.fixture
def page(visit, addresses):
    visited = visit()
    yield visited.open(addresses["progress"])
    assert visited.errors == []


def keep(page, record):
    page.evaluate("([p, r]) => localStorage.setItem(p, JSON.stringify(r))", [PLACE, record])
    page.reload()
    page.locator(".tp-progress tbody tr").first.wait_for()


def kept(page):
    return json.loads(page.evaluate("place => localStorage.getItem(place)", PLACE) or "null")


def rows(page):
    found = page.locator(".tp-progress tbody tr").all()
    return [row.locator("th, td").all_text_contents() for row in found]


def choose_file(page, content, name="progress.json"):
    text = content if isinstance(content, str) else json.dumps(content)
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/json", "buffer": text.encode()}
    )
    page.locator(".tp-status:not(:empty), .tp-problem:not(:empty)").first.wait_for()
    return page.locator(".tp-status").text_content() + page.locator(".tp-problem").text_content()


def exported(**chapters):
    return {"touchpoint_kit_progress": 1, "chapters": chapters}


def test_what_a_quiz_keeps_is_shown(visit, addresses):
    visited = visit()
    page = visited.open(addresses["quiz"])
    page.get_by_label("Any place").check()
    page.locator(".tp-check").first.click()
    page.get_by_label("Exercise 3").check()
    visited.open(addresses["progress"])
    first, second = rows(page)
    assert first[:3] == ["all-kinds", "1 of 5", "1 of 3"]
    assert "20" in first[3]
    assert second == ["other", "0 of 1", "0 of 2", "not begun"]
    overall = page.locator(".tp-overall").text_content()
    assert overall == "All chapters: 1 of 6 questions solved, 1 of 5 exercises done."
    assert "Nothing is sent anywhere" in page.locator(".tp-progress").text_content()


def test_it_follows_what_happens_in_another_tab(visit, addresses):
    visited = visit()
    page = visited.open(addresses["progress"])
    other = page.context.new_page()
    other.goto(addresses["quiz"])
    other.get_by_label("Any place").check()
    other.locator(".tp-check").first.click()
    page.get_by_text("1 of 5").wait_for()
    page.get_by_role("button", name="Delete all").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    other.get_by_text("0 of 5 questions solved").wait_for()
    assert other.locator("input:checked").count() == 0
    assert visited.errors == []


def test_quiz_and_progress_on_one_page_agree(visit, addresses):
    visited = visit()
    page = visited.open(addresses["both"])
    page.locator(".tp-quiz").get_by_label("Any place").check()
    page.locator(".tp-check").first.click()
    assert rows(page)[0][1] == "1 of 5"
    choose_file(page, exported(**{"all-kinds": RECORD}))
    assert rows(page)[0][1:3] == ["2 of 5", "1 of 3"]
    assert "2 of 5 questions solved. 1 of 3" in page.locator(".tp-count").text_content()
    page.get_by_role("button", name="Start again").click()
    assert rows(page)[0][1:3] == ["0 of 5", "0 of 3"]
    assert visited.errors == []


def test_export_and_import_are_each_others_inverse(page):
    keep(page, RECORD)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Export JSON").click()
    text = waiting.value.path().read_text("utf-8")
    assert json.loads(text) == exported(**{"all-kinds": RECORD})
    page.get_by_role("button", name="Delete all").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    assert kept(page) is None
    said = choose_file(page, text)
    assert said == "“progress.json” was read and added to what is here (chapters: 1)."
    assert kept(page) == RECORD
    assert rows(page)[0][:3] == ["all-kinds", "2 of 5", "1 of 3"]
    assert tp.Progress([FILE]).table["tries"].tolist() == [0]
    twin = tp.Progress([FILE])
    twin.records = json.loads(text)["chapters"]
    assert twin.table["questions_solved"].tolist() == [2]


def test_an_import_adds_and_loses_nothing(page):
    keep(page, RECORD)
    other = {
        "answers": {"which-word": 2, "mean-grade": "2,9"},
        "tries": {"which-word": 1, "mean-grade": 1},
        "solved": ["mean-grade"],
        "exercises": [1],
        "touched": "2026-02-01T12:30:00.000Z",
    }
    choose_file(page, exported(**{"all-kinds": other}))
    assert kept(page) == {
        "answers": {"which-word": 0, "mean-grade": "2,9"},
        "tries": {"which-word": 3, "mean-grade": 1},
        "solved": ["which-word", "four-phases", "mean-grade"],
        "exercises": [1, 2],
        "touched": "2026-03-01T12:30:00.000Z",
    }


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "is no progress exported here (not readable as JSON)"),
        ("", "not readable as JSON"),
        ("[]", "another kind of file"),
        ("null", "another kind of file"),
        ('{"chapters": {}}', "another kind of file"),
        ('{"touchpoint_kit_progress": 2, "chapters": {}}', "another kind of file"),
        ('{"touchpoint_kit_progress": 1, "chapters": []}', "another kind of file"),
        ('{"rows": [{"touchpoint": "x"}]}', "another kind of file"),
        (" " * 2_000_001, "has 2001 kB"),
    ],
)  # fmt: skip
def test_a_file_that_is_none_of_ours_changes_nothing(page, content, words):
    keep(page, RECORD)
    before = rows(page)
    said = choose_file(page, content, "<img src=x onerror=alert(1)>.json")
    assert words in said
    assert said.endswith("Nothing was changed.")
    assert "<img src=x" in said
    assert rows(page) == before
    assert kept(page) == RECORD


@pytest.mark.parametrize(
    "record",
    [
        None,
        [],
        "x",
        {"answers": [1], "tries": "x", "solved": 4, "exercises": {}},
        {"answers": {"which-word": 99, "gone": 1}, "tries": {"which-word": 1e99}, "solved": ["gone", 7], "exercises": [0, 1.5, "2"]},
        {"answers": {"mean-grade": "9" * 1000, "four-phases": [3, 3, 3, 3]}, "touched": "2099-99-99T00:00:00Z"},
    ],
    ids=range(6),
)  # fmt: skip
def test_entries_that_fit_nothing_are_left_out_and_nothing_is_lost(page, record):
    keep(page, RECORD)
    said = choose_file(page, exported(**{"all-kinds": record, "gone": {}, "__proto__": {}}))
    assert "entries left out because they fit no question or exercise of this book" in said
    assert kept(page) == RECORD


def test_deleting_asks_first(page):
    keep(page, RECORD)
    page.get_by_role("button", name="Delete all").click()
    assert page.evaluate("document.activeElement.textContent") == "Keep"
    page.keyboard.press("Enter")
    assert "Nothing was deleted." in page.locator(".tp-status").text_content()
    assert page.evaluate("document.activeElement.textContent").startswith("Delete all")
    assert kept(page) == RECORD
    page.evaluate("localStorage.setItem('touchpoints/1/scorecard', '{}')")
    page.get_by_role("button", name="Delete all").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    assert kept(page) is None
    assert rows(page)[0] == ["all-kinds", "0 of 5", "0 of 3", "not begun"]
    assert page.evaluate("localStorage.getItem('touchpoints/1/scorecard')") == "{}"


def test_the_table_is_exported(page):
    keep(page, RECORD)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Export CSV").click()
    text = waiting.value.path().read_bytes().decode("utf-8-sig")
    first, second = csv.DictReader(io.StringIO(text))
    twin = tp.Progress([FILE, OTHER])
    twin.records = {"all-kinds": RECORD}
    want = {k: str(v) for k, v in twin.table.iloc[0].items()}
    assert {k: v for k, v in first.items() if k != "title"} == want
    assert second["questions_solved"] == "0"


def test_a_record_of_an_older_book_is_not_rewritten_by_looking(page):
    older = {**RECORD, "solved": ["which-word", "gone"], "exercises": [2, 9]}
    keep(page, older)
    assert rows(page)[0][1:3] == ["1 of 5", "1 of 3"]
    choose_file(page, exported(other={"exercises": [1], "touched": "2026-03-02T00:00:00Z"}))
    assert kept(page) == older


def test_german_and_a_phone(visit, addresses):
    visited = visit(width=360, height=700)
    page = visited.open(addresses["progress"])
    keep(page, RECORD)
    page.get_by_role("button", name="Deutsch").click()
    assert rows(page)[0] == ["all-kinds", "2 von 5", "1 von 3", "01.03.2026"]
    assert "Nichts wird gesendet" in page.locator(".tp-progress").text_content()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    scroll = page.locator(".tp-scroll")
    assert scroll.evaluate("e => e.scrollWidth <= e.clientWidth")
    assert visited.errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_anybody_out(visit, addresses, scheme):

    page = visit(color_scheme=scheme).open(addresses["progress"])
    keep(page, RECORD)
    page.get_by_role("button", name="Delete all").click()
    assert axe(page) == []


def test_without_javascript_there_are_the_chapters(visit, addresses):
    page = visit(java_script_enabled=False).page
    page.goto(addresses["progress"])
    assert page.locator(".tp-live tbody tr").count() == 2


def test_in_the_book_a_chapters_quiz_counts_on_the_page_of_progress(visit, site):
    place = list_quizzes()[0]
    visited = visit()
    page = visited.open(f"{site}{place.page}.html")
    page.locator(".tp-quiz").get_by_label("Exercise 1").check()
    page = visited.open(site + "book/progress.html")
    assert rows(page)[0][0] == place.title
    assert rows(page)[0][2].startswith("1 of ")
    page.locator(".tp-progress").get_by_role("link", name=place.title).click()
    page.locator(".tp-quiz").wait_for()
    assert page.locator(".tp-quiz").get_by_label("Exercise 1").is_checked()
    assert visited.errors == []
    assert visited.foreign() == []
