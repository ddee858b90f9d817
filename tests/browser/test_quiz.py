"""The quiz, live on a page of its own: judging, comments, keyboard, what is kept, paper, both languages."""

from __future__ import annotations

import json

import pytest

import touchpoints as tp
from accessibility import axe
from browser.conftest import _serve, _StrictHandler
from browser.tool_page import write_tool_page
from conftest import ROOT, vectors
from touchpoints.questions import load_quiz
from touchpoints.ui.quiz_data import sheet_data

MODULE = "touchpointHost.module('quiz')"
FILE = ROOT / "tests" / "quizzes" / "all-kinds.yml"
SHEET = sheet_data(load_quiz(FILE))
QUESTIONS = {question["id"]: question for question in SHEET["questions"]}
PLACE = "touchpoints/1/quiz/all-kinds"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("quiz")
    write_tool_page(folder, "page", tp.Quiz(FILE))
    return folder


@pytest.fixture(scope="module")
def address(folder):
    return (folder / "page.html").as_uri()


@pytest.fixture(scope="module")
def strict_address(folder):
    for site in _serve(folder, _StrictHandler):
        yield site + "page.html"


@pytest.fixture
def quiz(visit, address):
    visited = visit()
    yield visited.open(address).locator(".tp-quiz")
    assert visited.errors == []


def question(quiz, text):
    return quiz.get_by_role("group", name=text)


def check(group):
    group.locator(".tp-check").click()


def result(group):
    return group.locator(".tp-result").text_content()


def kept(quiz):
    return json.loads(quiz.page.evaluate("place => localStorage.getItem(place)", PLACE))


@pytest.mark.parametrize("case", vectors("quiz"), ids=lambda c: c["name"])
def test_javascript_judges_as_the_vectors_say(opened, address, case):
    judged = opened(address).evaluate(
        f"([question, answer]) => {MODULE}.judge(question, answer)",
        [QUESTIONS[case["question"]], case["answer"]],
    )
    if case["right"] is None:
        assert judged is None
        return
    assert [judged["right"], judged["missing"]] == [case["right"], case["missing"]]
    assert [[c["place"], c["text"]["en"]] for c in judged["comments"]] == case["comments"]


@pytest.mark.parametrize("case", vectors("quiz_numbers"), ids=lambda c: c["name"])
def test_javascript_reads_numbers_as_the_vectors_say(opened, address, case):
    got = opened(address).evaluate(f"entered => {MODULE}.numberReadings(entered)", case["entered"])
    assert got == case["readings"]


def test_a_single_choice_is_judged_at_once_and_can_be_tried_again(quiz):
    group = question(quiz, "1. What is a touchpoint?")
    check(group)
    assert "Nothing to check yet" in result(group)
    group.get_by_label("A department").check()
    check(group)
    assert "✗ Not yet." in result(group)
    assert "A department: That is the owner inside." in result(group)
    assert "0 of 5 questions solved" in quiz.locator(".tp-count").text_content()
    group.get_by_label("Any place").check()
    assert result(group) == "", "a result belongs to the answer that was checked"
    check(group)
    assert "✓ Right." in result(group)
    assert "before, during or after" in result(group)
    assert "1 of 5 questions solved" in quiz.locator(".tp-count").text_content()
    assert kept(quiz)["tries"] == {"which-word": 2}
    group.get_by_role("button", name="Try again").click()
    assert result(group) == ""
    assert group.locator("input:checked").count() == 0
    assert "✓ solved" in group.text_content(), "what was solved once stays solved"
    assert kept(quiz)["answers"] == {}


def test_a_multiple_choice_tells_every_wrong_option_and_what_is_missing(quiz):
    group = question(quiz, "2. Which are channels?")
    for name in ("A friendly voice", "Customer service", "Phone"):
        group.get_by_label(name).check()
    check(group)
    assert "how a contact feels" in result(group)
    assert "That is a department" in result(group)
    for name in ("A friendly voice", "Customer service"):
        group.get_by_label(name).uncheck()
    check(group)
    assert "Something is still missing" in result(group)
    group.get_by_label("E-mail").check()
    check(group)
    assert "✓ Right." in result(group)


@pytest.mark.parametrize(
    ("entered", "words"),
    [
        ("2,9", "✓ Right."),
        ("2.9", "✓ Right."),
        ("8.7", "That is the sum."),
        ("5", "Add up, then divide"),
        ("many", "not a number"),
        ("<img src=x onerror=alert(1)>", "not a number"),
        ("", "Nothing to check yet"),
    ],
)
def test_a_number_is_judged(quiz, entered, words):
    group = question(quiz, "3. Grades 2, 3")
    field = group.get_by_role("textbox", name="Your number grades")
    assert field.get_attribute("inputmode") == "decimal"
    field.fill(entered)
    field.press("Enter")
    assert words in result(group)


def items(group):
    return group.locator(".tp-item").all_text_contents()


def test_items_are_ordered_by_keyboard_and_the_focus_stays(quiz):
    group = question(quiz, "4. Put the phases")
    names = [item["text"]["en"] for item in QUESTIONS["four-phases"]["items"]]
    assert items(group) == [names[i] for i in QUESTIONS["four-phases"]["shown"]]
    check(group)
    assert "Not yet" in result(group)
    for place, name in enumerate(names):
        while items(group).index(name) > place:
            button = group.get_by_role("button", name=f"Move up: {name}", exact=True)
            button.focus()
            button.press("Enter")
            moved = group.locator("p[role=status]").text_content()
            assert moved == f"{name}: place {items(group).index(name) + 1} of 4"
            focused = quiz.page.evaluate("document.activeElement.getAttribute('aria-label')")
            way = "down" if items(group).index(name) == 0 else "up"
            assert focused == f"Move {way}: {name}"
    assert items(group) == names
    assert result(group) == ""
    check(group)
    assert "And then it begins again." in result(group)
    assert kept(quiz)["answers"]["four-phases"] == [0, 1, 2, 3]


def test_items_are_ordered_by_finger(visit, address):
    page = visit(width=390, height=800, has_touch=True).open(address)
    group = question(page.locator(".tp-quiz"), "4. Put the phases")
    before = items(group)
    button = group.get_by_role("button", name=f"Move down: {before[0]}", exact=True)
    box = button.bounding_box()
    assert box["width"] >= 36
    assert box["height"] >= 36
    button.tap()
    assert items(group)[:2] == [before[1], before[0]]


def test_pairs_are_matched(quiz):
    group = question(quiz, "5. Which phase")
    for name in ("Reading a review", "Paying"):
        group.get_by_role("combobox", name=name).select_option(label="Pre-contact")
    check(group)
    assert "Nothing to check yet" in result(group)
    group.get_by_role("combobox", name="Asking a friend").select_option(label="Pre-contact")
    check(group)
    assert "Paying: Here the purchase happens." in result(group)
    assert "Reputation" not in result(group)
    group.get_by_role("combobox", name="Paying").select_option(label="Full contact")
    check(group)
    assert "All fit." in result(group)


def test_the_result_is_tied_to_its_question_and_told_alone(quiz):
    first, second = question(quiz, "1. What"), question(quiz, "2. Which are")
    for group in (first, second):
        region = group.locator(".tp-result")
        assert region.get_attribute("role") == "status"
        assert group.get_attribute("aria-describedby") == region.get_attribute("id")
    first.get_by_label("A department").check()
    check(first)
    quiz.page.evaluate(
        """() => {
            globalThis.told = 0;
            const region = document.querySelector(".tp-result");
            new MutationObserver(() => { globalThis.told++; }).observe(region, { childList: true });
        }"""
    )
    second.get_by_label("Phone").check()
    second.get_by_label("E-mail").check()
    check(second)
    assert "✓ Right." in result(second)
    assert quiz.page.evaluate("globalThis.told") == 0, "another question's result is not told again"
    check(first)
    assert quiz.page.evaluate("globalThis.told") == 1, "a second check of the same answer is told"


def test_everything_is_kept_and_can_be_let_go(quiz):
    page = quiz.page
    question(quiz, "1. What").get_by_label("A department").check()
    check(question(quiz, "1. What"))
    question(quiz, "3. Grades").locator("input").fill("2,9")
    check(question(quiz, "3. Grades"))
    quiz.get_by_label("Exercise 2").check()
    assert "1 of 3 exercises done" in quiz.locator(".tp-count").text_content()
    page.reload()
    assert "That is the owner inside" in result(question(quiz, "1. What"))
    assert question(quiz, "3. Grades").locator("input").input_value() == "2,9"
    assert quiz.get_by_label("Exercise 2").is_checked()
    assert "1 of 5 questions solved. 1 of 3" in quiz.locator(".tp-count").text_content()
    page.get_by_role("button", name="Start again").click()
    assert result(question(quiz, "1. What")) == ""
    assert question(quiz, "3. Grades").locator("input").input_value() == ""
    assert not quiz.get_by_label("Exercise 2").is_checked()
    assert page.evaluate("place => localStorage.getItem(place)", PLACE) is None


@pytest.mark.parametrize(
    "saved",
    [
        "{",
        "[]",
        '{"answers": {"which-word": 9, "gone": 1, "four-phases": [0, 0, 0, 0]}, "tries": 3, "solved": {}, "exercises": [9, "x"]}',
        '{"answers": [], "solved": ["gone"], "exercises": "all", "touched": "<b>"}',
        '{"answers": {"__proto__": 1, "which-fit": ["0"], "mean-grade": {"en": "x"}, "which-phase": [7]}, "tries": {"which-word": -1}}',
    ],
)
def test_what_was_kept_and_does_not_fit_is_left_out(quiz, saved):
    quiz.page.evaluate("([place, saved]) => localStorage.setItem(place, saved)", [PLACE, saved])
    quiz.page.reload()
    assert "0 of 5 questions solved. 0 of 3" in quiz.locator(".tp-count").text_content()
    assert [r.text_content() for r in quiz.locator(".tp-result").all()] == [""] * 5


def test_what_fits_is_taken_up_beside_what_does_not(quiz):
    saved = {
        "answers": {"which-word": 0, "gone": 1},
        "tries": {},
        "solved": ["which-word", "gone"],
        "exercises": [1, 9],
    }
    quiz.page.evaluate(
        "([place, saved]) => localStorage.setItem(place, saved)", [PLACE, json.dumps(saved)]
    )
    quiz.page.reload()
    assert "1 of 5 questions solved. 1 of 3" in quiz.locator(".tp-count").text_content()


def test_the_language_changes_and_what_is_entered_stays(visit, address):
    visited = visit(width=360, height=700)
    page = visited.open(address)
    quiz = page.locator(".tp-quiz")
    question(quiz, "3. Grades").locator("input").fill("7")
    question(quiz, "1. What").get_by_label("A department").check()
    check(question(quiz, "1. What"))
    page.get_by_role("button", name="Deutsch").click()
    assert "Noch nicht." in result(question(quiz, "1. Was ist"))
    assert "Eine Abteilung: Das ist der Zuständige im Haus." in result(question(quiz, "1. Was ist"))
    assert question(quiz, "3. Noten").locator("input").input_value() == "7"
    assert "0 von 5 Fragen gelöst" in quiz.locator(".tp-count").text_content()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert visited.errors == []


def test_on_paper_boxes_are_empty_and_answers_hidden(quiz):
    group = question(quiz, "1. What")
    group.get_by_label("Any place").check()
    check(group)
    quiz.page.emulate_media(media="print")
    assert not group.locator(".tp-result").is_visible()
    assert not group.locator(".tp-check").is_visible()
    assert group.locator("input").first.evaluate("e => getComputedStyle(e).appearance") == "none"
    shown = [row.bounding_box()["y"] for row in quiz.locator(".tp-order li").all()]
    assert shown == sorted(shown)
    assert (
        question(quiz, "5. Which")
        .get_by_text("Pre-contact · ")
        .or_(question(quiz, "5. Which").get_by_text("Full contact · "))
        .is_visible()
    )
    assert not quiz.locator(".tp-count").is_visible()


def test_paper_gives_no_order_away(quiz):
    group = question(quiz, "4. Put the phases")
    before = items(group)
    for name in ("Pre-contact", "Contact", "Full contact"):
        while items(group).index(name) > ["Pre-contact", "Contact", "Full contact"].index(name):
            group.get_by_role("button", name=f"Move up: {name}", exact=True).click()
    assert items(group) != before
    quiz.page.emulate_media(media="print")
    rows = {
        row.text_content().rstrip("↑↓"): row.bounding_box()["y"]
        for row in group.locator("li").all()
    }
    assert sorted(rows, key=rows.get) == before


def test_works_under_a_strict_policy(visit, strict_address):
    visited = visit()
    quiz = visited.open(strict_address).locator(".tp-quiz")
    group = question(quiz, "1. What")
    group.get_by_label("Any place").check()
    check(group)
    assert "✓ Right." in result(group)
    assert visited.errors == []
    assert visited.foreign() == []


def test_without_javascript_there_are_the_questions_and_no_answers(visit, address):
    page = visit(java_script_enabled=False).page
    page.goto(address)
    table = page.locator(".tp-live table")
    assert table.locator("tbody tr").count() == 5
    assert "A department" in table.text_content()
    assert "That is the owner inside" not in table.text_content()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_anybody_out(visit, address, scheme):

    page = visit(color_scheme=scheme).open(address)
    quiz = page.locator(".tp-quiz")
    question(quiz, "1. What").get_by_label("A department").check()
    check(question(quiz, "1. What"))
    question(quiz, "3. Grades").locator("input").fill("2.9")
    check(question(quiz, "3. Grades"))
    assert axe(page) == []
