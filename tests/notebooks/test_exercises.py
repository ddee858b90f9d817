"""Exercises: solved they pass every check, unsolved none, and typical mistakes get their own answer."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from exercises import FOLDER, assigned, name_of, sources
from nbclient import NotebookClient

SOURCES = sources()

#: Exercise, task, what a learner may write, and what the answer says to it.
MISTAKES = [
    ("two_views", "store_mean", "store_mean = (1.5 + 2 + 5) / 3", "mean of three means"),
    ("two_views", "returns_gap", "returns_gap = 19 / 9 - 5", "The sign is turned round"),
    (
        "two_views",
        "by_medium",
        "by_medium = contacts.groupby('touchpoint')['grade'].mean()",
        "should hold offline and online",
    ),
    (
        "two_views",
        "bad_share",
        "most_bad, bad_share_pct = 'web_shop', 0.03",
        "in percent, not between 0 and 1",
    ),
    ("fan_rates", "answered", "n_answered = len(customers)", "Some dropped out"),
    (
        "fan_rates",
        "fan_status",
        "def is_fan(customers, threshold=4.0):\n    return (customers[items].mean(axis=1) >= threshold).fillna(False)",
        "Nobody knows whether they are fans",
    ),
    ("fan_rates", "wilson", "low_pct, high_pct = -2.6, 18.6", "fails with few customers"),
    ("fan_rates", "net_effect", "net_points = lifts.mean()", "plain mean of the lifts"),
    ("fan_rates", "too_narrow", "widening = 1 / widening", "Turn it round"),
    (
        "recommendation",
        "nps",
        "score_all = (score >= 9).mean() - (score <= 6).mean()",
        "multiply by 100",
    ),
    (
        "recommendation",
        "same_score",
        "company_b = company_a",
        "not yet 1.0 apart",
    ),
    ("recommendation", "standard_error", "se_points *= n**0.5", "spread of single answers"),
    (
        "recommendation",
        "difference",
        "def nps_difference(a, b, right=nps_difference):\n    return (-right(a, b)[0], 1)",
        "first minus second",
    ),
    ("contact_cycle", "matrix", "matrix = matrix[::-1]", "begins with the pre-contact"),
    ("contact_cycle", "account", "balance = lambda contacts, **_: 5", "-1"),
    ("contact_cycle", "personal_cost", "hours_after = 132", "halve the minutes"),
]


@pytest.fixture(scope="module")
def made():
    """All exercises by name: the notebook of tasks and the solved one."""
    return {name_of(source): assigned(source) for source in SOURCES}


def run(notebook, folder: Path, name: str):
    """Run a notebook to its end, whatever its cells raise."""
    # The checks travel in the file, which Otter opens by its name.
    nbformat.write(notebook, folder / f"{name}.ipynb")
    client = NotebookClient(
        notebook, timeout=120, allow_errors=True, resources={"metadata": {"path": str(folder)}}
    )
    client.execute()
    return notebook


def said(cell) -> str:
    return "".join(o.get("data", {}).get("text/plain", "") for o in cell.get("outputs", []))


def checks(notebook):
    return [c for c in notebook.cells if c.source.startswith("grader.check")]


def task_of(cell) -> str:
    return cell.source.split('"')[1]


def test_there_are_exercises():
    assert len(SOURCES) >= 4


@pytest.mark.parametrize("source", SOURCES, ids=name_of)
def test_the_notebook_of_tasks_is_that_of_its_source(source, made):
    path = FOLDER / f"{name_of(source)}.ipynb"
    assert path.read_text("utf-8") == made[name_of(source)][0], "run python scripts/exercises.py"


@pytest.mark.parametrize("source", SOURCES, ids=name_of)
def test_the_tasks_hold_no_solution(source, made):
    sheet = "\n".join(
        c.source for c in nbformat.reads(made[name_of(source)][0], as_version=4).cells
    )
    cells = [c.source for c in nbformat.read(source, as_version=4).cells if c.cell_type == "code"]
    lines = re.findall(r"^(.+?) *# SOLUTION$", "\n".join(cells), flags=re.MULTILINE)
    blocks = re.findall(r"# BEGIN SOLUTION\n(.+?)# END SOLUTION", "\n".join(cells), flags=re.DOTALL)
    assert lines
    assert not [text for text in [*lines, *blocks] if text in sheet]


@pytest.mark.parametrize("source", SOURCES, ids=name_of)
def test_the_solved_notebook_passes_every_check(source, made, tmp_path):
    name = name_of(source)
    notebook = nbformat.reads(made[name][1], as_version=4)
    passed = "assert all(result.score == result.possible for result in grader.check_all().results.values())"
    notebook.cells.append(nbformat.v4.new_code_cell(passed, id="all"))
    path = tmp_path / f"{name}.ipynb"
    nbformat.write(notebook, path)
    command = [
        "-m",
        "pytest",
        "--nbval-lax",
        "-p",
        "no:cacheprovider",
        "-c",
        "/dev/null",
        path.name,
    ]
    done = subprocess.run(
        [sys.executable, *command], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize("source", SOURCES, ids=name_of)
def test_unsolved_no_check_passes_and_each_says_what_to_do(source, made, tmp_path):
    name = name_of(source)
    notebook = run(nbformat.reads(made[name][0], as_version=4), tmp_path, name)
    raised = [o for c in notebook.cells for o in c.get("outputs", []) if o.output_type == "error"]
    assert raised == []
    for cell in checks(notebook):
        assert "failed" in said(cell), task_of(cell)
        assert "AssertionError" in said(cell), task_of(cell)
        assert "TypeError" not in said(cell), task_of(cell)


@pytest.mark.parametrize("name", sorted({m[0] for m in MISTAKES}))
def test_a_typical_mistake_gets_its_own_answer(name, made, tmp_path):
    notebook = nbformat.reads(made[name][1], as_version=4)
    wanted = []
    for cell in checks(notebook):
        for _, task, code, words in (m for m in MISTAKES if m[:2] == (name, task_of(cell))):
            wanted.append((task, words))
            place = next(i for i, c in enumerate(notebook.cells) if c is cell) + 1
            again = nbformat.v4.new_code_cell(
                cell.source, id=f"again-{task}", metadata={"wrong": task}
            )
            notebook.cells[place:place] = [
                nbformat.v4.new_code_cell(code, id=f"wrong-{task}"),
                again,
            ]
    answers = {
        c.metadata["wrong"]: said(c)
        for c in run(notebook, tmp_path, name).cells
        if "wrong" in c.metadata
    }
    assert [(task, words) for task, words in wanted if words not in answers[task]] == [], answers
