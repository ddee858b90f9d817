"""Run an assignment's notebook on a company's data, and mark it, within one process.

The notebooks hold plain Python, so their cells run as they are; `touchpoints course grade` runs them
in processes of their own. Marks come from the same test files on the same plain values.
"""

from __future__ import annotations

import contextlib
import io
from functools import cache
from typing import Any
from unittest import mock

import nbformat
import pandas as pd
from otter.test_files import ExceptionTestFile

import touchpoints as tp
from touchpoints.core.errors import InputError
from touchpoints.course.answers import expected_answers, to_plain
from touchpoints.course.assignment import Assignment
from touchpoints.course.assignments import load_assignment
from touchpoints.course.students import CourseKey, StudentData, student_data


@cache
def data_of(student: str) -> StudentData:
    """Make a student's data."""
    return student_data(CourseKey("tests", bytes(32)), student)


@cache
def assignment(name: str) -> Assignment:
    """Load an assignment once."""
    return load_assignment(name)


@cache
def _expected(name: str, student: str) -> dict[str, Any]:
    return expected_answers(name, data_of(student))


def run(notebook: str, student: str) -> tuple[dict[str, Any], list[Exception]]:
    """Run a notebook's cells to the end; return its variables and what was raised."""
    variables: dict[str, Any] = {}
    raised = []
    with mock.patch.object(tp, "course_data", return_value=data_of(student)):
        for cell in nbformat.reads(notebook, as_version=4).cells:
            if cell.cell_type == "code" and "grader" not in cell.source:
                raised += execute(cell.source, variables)
    return variables, raised


def execute(source: str, variables: dict[str, Any]) -> list[Exception]:
    """Run code as a notebook does: what it raises ends the cell only, and is returned."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(source, variables)  # noqa: S102  (the kit's own notebooks)
    except Exception as error:  # noqa: BLE001  (whatever a cell raises)
        return [error]
    return []


def solved(name: str, student: str) -> dict[str, Any]:
    """Return what a reference solution leaves, with frames of its own to change."""
    return {
        key: value.copy() if isinstance(value, pd.DataFrame) else value
        for key, value in _solved(name, student).items()
    }


@cache
def _solved(name: str, student: str) -> dict[str, Any]:
    variables, raised = run(assignment(name).solved, student)
    assert raised == []
    return variables


@cache
def _test(name: str, question: str) -> ExceptionTestFile:
    test = next(q.test for q in assignment(name).questions if q.name == question)
    return ExceptionTestFile.from_string(test)


def marked(name: str, variables: dict[str, Any], student: str) -> dict[str, tuple[float, str]]:
    """Mark all questions: points, and what the failed tests say."""
    result = {}
    for question in assignment(name).questions:
        answers: dict[str, Any] = {}
        for answer in question.answers:
            # What can't be handed in counts as no answer.
            with contextlib.suppress(InputError):
                answers[answer] = to_plain(variables.get(answer))
        test = _test(name, question.name)
        test.run(answers | {"expected": _expected(name, student)})
        failed = [r for r in test.test_case_results if not r.passed]
        result[question.name] = (test.score, "\n".join(r.message for r in failed))
    return result


def points(name: str, variables: dict[str, Any], student: str) -> float:
    """What a submission earns in all."""
    return sum(score for score, _ in marked(name, variables, student).values())


def visible(name: str, question: str, variables: dict[str, Any]) -> str:
    """What the visible tests of a question say in a notebook, to its own values."""
    test = _test(name, question)
    shown = [case for case in test.test_cases if not case.hidden]
    only = ExceptionTestFile(test.name, test.path, shown, all_or_nothing=False)
    only.source = test.source
    only.run(variables)
    return "\n".join(r.message for r in only.test_case_results if not r.passed)
