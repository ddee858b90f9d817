"""Ten submissions, graded with the command: points, states, feedback, and that nobody is harmed."""

from __future__ import annotations

import contextlib
import csv
import html
import io
import json
import re
import signal
import subprocess
import sys
import time

import openpyxl
import pytest

from handed_in import ten_submissions
from touchpoints.cli import main
from touchpoints.course.assignments import load_assignment
from touchpoints.course.students import CourseKey

NAME = "first_look"
TOTAL = 20


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder of a course after a run that was interrupted and one that went on."""
    folder = tmp_path_factory.mktemp("grading")
    assignment = load_assignment(NAME)
    CourseKey("A course", bytes(range(32))).write(folder / "key.json")
    (folder / "precious").mkdir()
    (folder / "precious" / "file").write_text("still here")
    texts = ten_submissions(
        assignment.solved, assignment.tasks, folder / "key.json", folder / "precious" / "file"
    )
    (folder / "in").mkdir()
    for name, text in texts.items():
        (folder / "in" / f"{name}.ipynb").write_text(text)
    (folder / "in" / "stranger.ipynb").write_text(texts["empty"])
    roster = [*texts, "absent"]
    (folder / "roster.csv").write_text("student,name\n" + "".join(f"{s},{s} X\n" for s in roster))
    interrupt(folder)
    with (folder / "out" / "state.jsonl").open("a") as state:
        state.write('{"key": "broke off')
    with contextlib.redirect_stdout(io.StringIO()) as said:
        assert main(options(folder)) == 0
    (folder / "said").write_text(said.getvalue())
    return folder


def options(folder):
    files = (("key", "key.json"), ("roster", "roster.csv"), ("out", "out"))
    named = [f"--{name}={folder / file}" for name, file in files]
    more = ["--assignment", NAME, "--seconds", "8", "--jobs", "2"]
    return ["course", "grade", str(folder / "in"), *named, *more]


def interrupt(folder):
    """Start the command and press Ctrl-C as soon as a result is kept."""
    state = folder / "out" / "state.jsonl"
    run = subprocess.Popen(
        [sys.executable, "-m", "touchpoints.cli", *options(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    end = time.monotonic() + 120
    while not (state.exists() and state.read_bytes().endswith(b"\n")):
        assert run.poll() is None
        assert time.monotonic() < end
        time.sleep(0.05)
    run.send_signal(signal.SIGINT)
    said, _ = run.communicate(timeout=60)
    assert run.returncode == 130
    (folder / "interrupted").write_text(said)
    (folder / "kept").write_text(str(len(state.read_text().splitlines())))


def gradebook(folder):
    text = (folder / "out" / "gradebook.csv").read_text("utf-8-sig")
    return {row["student"]: row for row in csv.DictReader(text.splitlines())}


@pytest.mark.parametrize(
    ("student", "total", "status"),
    [
        ("solution", "20", "graded"),
        ("empty", "0", "graded"),
        ("syntax", "20", "graded"),
        ("loops", None, "graded"),
        ("memory", "20", "graded"),
        ("deletes", "20", "graded"),
        ("prints", "20", "graded"),
        ("steals", "20", "graded"),
        ("broken", "0", "no points: the file can't be read"),
        ("absent", "", "nothing handed in"),
    ],
)
def test_points_and_state(place, student, total, status):
    row = gradebook(place)[student]
    assert row["status"] == status
    if total is not None:
        assert row["total"] == total


def test_partly_wrong_gets_some_points(place):
    assert 0 < float(gradebook(place)["partly"]["total"]) < TOTAL


def test_an_endless_cell_costs_its_own_question_alone(place):
    row = gradebook(place)["loops"]
    # `n_panel = 0` after the endless cell was still executed: one point of three is gone.
    assert (row["total"], row["counts (3)"]) == ("19", "2")


def test_nobody_is_harmed(place):
    assert (place / "precious" / "file").read_text() == "still here"


def test_what_can_not_be_matched_is_listed(place):
    assert "stranger.ipynb" in (place / "out" / "not-matched.csv").read_text("utf-8-sig")


def test_the_excel_file_says_the_same(place):
    book = openpyxl.load_workbook(place / "out" / "gradebook.xlsx")
    rows = list(book["Gradebook"].iter_rows(values_only=True))
    found = {row[0]: row[rows[0].index("total")] for row in rows[1:]}
    assert found == {
        name: float(row["total"]) if row["total"] else None
        for name, row in gradebook(place).items()
    }
    assert book.sheetnames == ["Gradebook", "Not matched"]


@pytest.mark.parametrize(
    ("student", "told"),
    [
        ("syntax", "Code cell 1 <bdi>could not be read in its line 1"),
        ("loops", "it does not come to an end"),
        ("memory", "MemoryError"),
        ("prints", "It printed 1,001,00"),
        ("steals", "RuntimeError"),
        ("broken", "breaks off or is damaged"),
        ("empty", "Not all variables of this question had a value"),
    ],
)
def test_feedback_tells_what_happened(place, student, told):
    assert told in (place / "out" / "feedback" / f"{student}.html").read_text("utf-8")


def test_feedback_quotes_no_test_and_nobody_else(place):
    names = set(gradebook(place))
    for page in (place / "out" / "feedback").iterdir():
        text = page.read_text("utf-8")
        assert "expected[" not in text
        assert "Error at line" not in text
        assert not {other for other in names - {page.stem} if f"<bdi>{other}</bdi>" in text}
        assert "default-src 'none'" in html.unescape(text)
        assert not re.search(r"(?:src|href)=.?(?:https?:|//)", text)


def test_an_interrupted_run_says_how_to_go_on(place):
    assert "The same command goes on from there." in (place / "interrupted").read_text()


def test_the_next_run_grades_only_what_is_new(place):
    kept = int((place / "kept").read_text())
    assert 1 <= kept < len(list((place / "in").iterdir())) - 2
    assert f"{kept:5} of these were known from an earlier run" in (place / "said").read_text()
    lines = (place / "out" / "state.jsonl").read_text().splitlines()
    assert len({json.loads(line)["key"] for line in lines}) == len(lines) == 9
