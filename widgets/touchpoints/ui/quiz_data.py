"""What the front ends of quiz and progress are told of question sheets, as plain data."""

from __future__ import annotations

import dataclasses
from typing import Any

from touchpoints.core.quiz import Question, QuestionSheet, parts_of, shown_order


def sheet_data(sheet: QuestionSheet) -> dict[str, Any]:
    """Write a sheet with all that is asked, offered and commented."""
    return _sheet(sheet, {q.id: dataclasses.asdict(q) for q in sheet.questions})


def sheet_shape(sheet: QuestionSheet) -> dict[str, Any]:
    """Write what a record of the sheet must fit, without its texts."""
    return _sheet(sheet, {q.id: {"id": q.id} for q in sheet.questions})


def _sheet(sheet: QuestionSheet, questions: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        "chapter": sheet.chapter,
        "exercises": sheet.exercises,
        "questions": [{**questions[q.id], **_shape(sheet, q)} for q in sheet.questions],
    }


def _shape(sheet: QuestionSheet, question: Question) -> dict[str, Any]:
    """Say what an answer looks like: its kind, how many places it has, which may be chosen.

    `shown` holds the places to choose among, in the order to show.
    """
    return {
        "kind": question.kind,
        "size": len(parts_of(question)),
        "shown": list(shown_order(sheet, question)),
    }
