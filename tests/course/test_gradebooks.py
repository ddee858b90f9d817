"""Gradebooks, files for platforms, feedback, marks and the state, on made results."""

from __future__ import annotations

import csv
import html
import io
import os

import openpyxl
import pytest

from touchpoints.course.assignment import Assignment, Question
from touchpoints.course.grading.feedback import feedback_name, feedback_page
from touchpoints.course.grading.gradebook import Line, csv_of, gradebook_table, xlsx_of
from touchpoints.course.grading.lms import lms_files
from touchpoints.course.grading.marking import mark_questions
from touchpoints.course.grading.results import Case, QuestionMark, Result
from touchpoints.course.grading.session import own_folder
from touchpoints.course.grading.state import STATE, State, state_key
from touchpoints.course.students.roster import Student

TEST = """
from otter.test_files import test_case
OK_FORMAT = False
name = "q"
points = 3
@test_case(points=1, success_message="A number.")
def test_kind(n):
    assert isinstance(n, int), "n should be a whole number."
@test_case(points=2, hidden=True, failure_message="Count again.")
def test_right(n, expected):
    secret_name = expected["n"]
    assert n == secret_name, f"{n} is not right."
"""
QUESTIONS = (Question("q", 3, ("n",), TEST),)
SHEET = Assignment("sheet", "A sheet", QUESTIONS, "", "")
EVIL = '=HYPERLINK("http://x")<script>alert(1)</script>\u202e\x07'


@pytest.mark.parametrize(
    ("answers", "refused", "points", "messages"),
    [
        ({"n": 5}, {}, 3, ["A number.", ""]),
        ({"n": 4}, {}, 1, ["A number.", "4 is not right. Count again."]),
        ({"n": "x"}, {}, 0, ["n should be a whole number.", "x is not right. Count again."]),
        ({}, {}, 0, ["n should be a whole number.", "None is not right. Count again."]),
        ({}, {"n": "Too large."}, 0, ["n: Too large.", "n: Too large. Count again."]),
    ],
)
def test_marks_are_those_of_the_tests(answers, refused, points, messages):
    (mark,) = mark_questions(QUESTIONS, answers, refused, {"n": 5})
    assert mark.points == points
    assert mark.possible == 3
    if messages:
        assert [case.message for case in mark.cases] == messages
    assert not [case for case in mark.cases if "secret_name" in case.message]


def test_a_test_that_fails_itself_costs_its_points_alone():
    broken = TEST.replace('expected["n"]', 'expected["unknown"]')
    (mark,) = mark_questions((Question("q", 3, ("n",), broken),), {"n": 5}, {}, {"n": 5})
    assert mark.points == 1
    assert (
        mark.cases[1].message == "This answer has another form than the task asks for. Count again."
    )


def result(points=2.5, status="graded", message="m"):
    mark = QuestionMark("q", points, 3, answered=True, cases=(Case(False, 3, message),))
    return Result(status, (mark,), ((2, "stopped with NameError: x"),), "a note")


LINES = [
    Line(Student("4711", "Ada Ernst"), result(), "77", "a/b.ipynb"),
    Line(Student("4712", EVIL), result(1 / 3, message=EVIL), "", EVIL),
    Line(Student("4713", "Bo"), Result("missing")),
    Line(Student("4714", "Cy"), Result("failed", note="the marker ended")),
]


def rows(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_work_that_was_not_graded_has_empty_cells():
    table = gradebook_table(SHEET, LINES)
    total = table[0].index("total")
    assert [row[total] for row in table[1:]] == [2.5, 0.333333, None, None]


def test_no_cell_starts_a_formula():
    table = gradebook_table(SHEET, LINES)
    files = [csv_of(table), *lms_files(SHEET, LINES).values()]
    for cell in (cell for content in files for row in rows(content) for cell in row):
        assert cell[:1] not in {"=", "+", "@", "\t", "\r"}
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_of({"a": table})))["a"]
    assert not [cell for row in sheet for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize("cell", ["\x01=1+1", "\ud83d=1+1", "\x0b\x0c@x", "\uffff+1"])
def test_what_is_taken_out_of_a_cell_hides_no_formula(cell):
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_of({"a": [["file"], [cell]]})))["a"]
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value.startswith("'")
    assert rows(csv_of([[cell]]))[0][0].startswith("'")


def test_moodle():
    found = rows(lms_files(SHEET, LINES)["moodle.csv"])
    assert {"Identifier", "Grade", "Last modified (grade)", "ID number"} <= set(found[0])
    assert found[1][:5] == ["Participant 77", "Ada Ernst", "4711", "2.5", "3"]
    assert [row[2] for row in found[1:]] == ["4711", "4712"]
    assert found[1][-1] == "graded: q 2.5 of 3. a note"


def test_ilias():
    found = rows(lms_files(SHEET, LINES)["ilias.csv"])
    assert found[0] == [
        "update", "usr_id", "login", "lastname", "firstname", "status", "mark", "notice", "comment",
        "plagiarism", "plag_comment",
    ]  # fmt: skip
    assert found[1][:3] == ["1", "77", "4711"]
    assert (found[1][6], found[2][0], found[2][6]) == ("2.5", "0", "0.33")


def test_canvas():
    found = rows(lms_files(SHEET, LINES)["canvas.csv"])
    assert found[0] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "A sheet"]
    assert found[1] == ["    Points Possible", "", "", "", "", "3"]
    assert found[2] == ["Ada Ernst", "77", "4711", "4711", "", "2.5"]


def test_a_fault_of_the_grader_is_not_told_to_the_student():
    page = feedback_page(SHEET, "4714", Result("failed", note="KeyError: the secret"))
    assert "not graded" in page
    assert "secret" not in page


def test_a_new_folder_of_results_is_its_owners_alone(tmp_path):
    out = own_folder(tmp_path / "marks")
    assert (out / "feedback").is_dir()
    assert os.name == "nt" or out.stat().st_mode & 0o077 == 0


def test_feedback_on_what_is_missing_points_at_the_cell_that_failed():
    mark = QuestionMark("q", 0, 3, answered=False, cases=())
    failed = ((2, "stopped with NameError: x"),)
    assert 'href="#errors"' in feedback_page(SHEET, "a", Result("graded", (mark,), failed))
    assert 'href="#errors"' not in feedback_page(SHEET, "a", Result("graded", (mark,)))


def test_feedback_escapes_everything():
    page = feedback_page(SHEET, EVIL, result(message=EVIL))
    assert "<script" not in page
    assert "\u202e" not in page
    assert "\x07" not in page
    assert "2.5" in page
    assert "script-src" not in html.unescape(page)


@pytest.mark.parametrize("student", ["a/b", "..", ".", "", "CON:", "ü", "a b", "x" * 500, "a\0b"])
def test_names_of_feedback_stay_in_their_folder(tmp_path, student):
    name = feedback_name(student)
    assert (tmp_path / name).parent == tmp_path
    assert len(name) < 110
    assert not name.startswith(".html")
    (tmp_path / name).touch()


def test_names_of_feedback_differ():
    students = ["a/b", "a_b", "a\\b", "ä", "ö", "A"]
    assert len({feedback_name(student) for student in students}) == len(students)


@pytest.mark.parametrize("rest", ["", '{"key": "b", "res', "\n", "{}\n", "[" * 9000 + "\n"])
def test_a_state_that_broke_off_keeps_what_is_whole(tmp_path, rest):
    state = State(tmp_path)
    state.add("a", result())
    with (tmp_path / STATE).open("a") as file:
        file.write(rest)
    again = State(tmp_path)
    assert again.get("a") == result()
    again.add("c", result(1))
    assert State(tmp_path).get("c") == result(1)


def test_keys_differ_with_each_part():
    assert (
        len({state_key(*parts) for parts in (("a", "b"), ("ab",), ("a", "b", ""), ("", "ab"))}) == 4
    )
