"""Assignments: solved they earn all points in every world, empty none, and typical mistakes what they deserve."""

from __future__ import annotations

import nbformat
import pytest
from assignments import FOLDER, made, name_of, sources

from assignment_forms import NOT_THE_FORM, RIGHT
from assignment_mistakes import MISTAKES
from assignment_runs import assignment, data_of, execute, marked, points, run, solved, visible
from touchpoints.course.answers import ANSWERS
from touchpoints.course.assignments import list_assignments

NAMES = list_assignments()
#: Their companies lie in three different worlds.
STUDENTS = ("student 6", "student 1", "student 13")
#: What these ask for comes from the student, not from the data.
OWN_TOUCHPOINTS = ("own_list", "own_scores", "own_choice")
ONE, ANOTHER = "student 13", "student 1"


@pytest.fixture(scope="module")
def files():
    """What Otter makes of each source."""
    return {name_of(source): made(source) for source in sources()}


def test_the_students_live_in_three_worlds():
    worlds = {data_of(student).truth["world"] for student in STUDENTS}
    assert worlds == {"effect", "halo", "mixed"}


def test_each_assignment_has_a_source_and_expected_answers(files):
    assert set(files) == set(NAMES) == set(ANSWERS)


@pytest.mark.parametrize("name", NAMES)
def test_the_stored_files_are_those_of_the_source(name, files):
    folder = FOLDER / name
    stored = {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert stored == files[name], "run python scripts/assignments.py"


@pytest.mark.parametrize("name", NAMES)
def test_an_assignment_is_worth_twenty_points(name):
    assert assignment(name).points == 20
    assert "20 points" in assignment(name).tasks


@pytest.mark.parametrize("name", NAMES)
def test_the_tasks_hold_no_hidden_test_and_no_solution(name):
    assert "hidden=True" not in assignment(name).tasks
    assert "expected[" not in assignment(name).tasks
    given = nbformat.reads(assignment(name).tasks, as_version=4)
    right = nbformat.reads(assignment(name).solved, as_version=4)
    changed = [a.source != b.source for a, b in zip(given.cells, right.cells, strict=True)]
    assert sum(changed) >= len(assignment(name).questions)


@pytest.mark.parametrize("student", STUDENTS)
@pytest.mark.parametrize("name", NAMES)
def test_the_reference_solution_earns_all_points(name, student):
    variables = solved(name, student)
    result = marked(name, variables, student)
    for question in assignment(name).questions:
        assert visible(name, question.name, variables) == "", question.name
        score, said = result[question.name]
        assert score == question.points, f"{question.name}: {said}"


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_submission_earns_nothing_and_each_check_says_what_to_do(name):
    variables, raised = run(assignment(name).tasks, ONE)
    assert raised == []
    assert points(name, variables, ONE) == 0
    for question in assignment(name).questions:
        said = visible(name, question.name, variables)
        assert "AssertionError" in said, question.name
        assert "TypeError" not in said, said


@pytest.mark.parametrize("name", NAMES)
def test_another_students_solution_earns_few_points(name):
    result = marked(name, solved(name, ANOTHER), ONE)
    # Touchpoints of one's own are no data of the kit: who copies them must be found by a reader.
    own = [q for q in assignment(name).questions if q.name not in OWN_TOUCHPOINTS]
    assert sum(result[q.name][0] for q in own) <= 0.4 * sum(q.points for q in own), result


@pytest.mark.parametrize(("name", "question", "code", "deserved", "words"), MISTAKES)
def test_a_typical_mistake_earns_what_it_deserves(name, question, code, deserved, words):
    variables = solved(name, ONE)
    assert execute(code, variables) == []
    score, said = marked(name, variables, ONE)[question]
    assert (score, words in said) == (deserved, True), said


@pytest.mark.parametrize(("name", "question", "code"), RIGHT)
def test_a_right_answer_in_another_form_earns_its_points(name, question, code):
    variables = solved(name, ONE)
    assert execute(f"import numpy as np, pandas as pd\n{code}", variables) == []
    assert visible(name, question, variables) == ""
    score, said = marked(name, variables, ONE)[question]
    assert score == next(q.points for q in assignment(name).questions if q.name == question), said


@pytest.mark.parametrize(("name", "question", "code", "words"), NOT_THE_FORM)
def test_the_visible_check_tells_another_form(name, question, code, words):
    variables = solved(name, ONE)
    assert execute(code, variables) == []
    assert words in visible(name, question, variables)


@pytest.mark.parametrize("name", NAMES)
def test_each_assignment_says_how_answers_may_be_rounded(name):
    assert "rounded to" in assignment(name).tasks


def test_each_assignment_has_several_typical_mistakes():
    assert all(sum(m[0] == name for m in MISTAKES) >= 4 for name in NAMES)
