"""Mark answers: Otter's own tests on what the notebook handed over and what is right for it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from touchpoints.course.assignment import Expected, Question
from touchpoints.course.grading.results import Case, QuestionMark

#: Otter ends its message with the kind and the text of what the test raised; before that it quotes
#: the test, which students must not see.
_RAISED: Final = re.compile(r"\A.*?^(?P<kind>\w+): (?P<text>.*)\Z", re.DOTALL | re.MULTILINE)
_HEADER: Final = re.compile(r"\A❌ Test case failed\nError at line [^\n]*\n(?:  [^\n]*\n)*")
_LONGEST: Final = 500
_OTHER_FORM: Final = "This answer has another form than the task asks for."


def mark_questions(
    questions: Sequence[Question],
    answers: Mapping[str, object],
    refused: Mapping[str, str],
    expected: Expected,
) -> tuple[QuestionMark, ...]:
    """Mark all questions of an assignment.

    Args:
        questions: With the sources of their tests.
        answers: What the notebook handed over, checked on arrival.
        refused: For answers that could not be handed over: why.
        expected: What is right for the student's data.

    Returns:
        One mark a question. A test that fails to run costs the points of its case, never the run.
    """
    return tuple(_mark(question, answers, refused, expected) for question in questions)


def _mark(
    question: Question, answers: Mapping[str, object], why: Mapping[str, str], expected: Expected
) -> QuestionMark:
    from otter.test_files import ExceptionTestFile  # noqa: PLC0415  (some seconds to load)

    tests = ExceptionTestFile.from_string(question.test)
    tests.run({**answers, "expected": expected})
    reasons = [f"{name}: {why[name]}" for name in question.answers if name in why]
    cases = [
        Case(
            done.passed,
            float(done.test_case.points),
            _said(done, reasons),
        )
        for done in tests.test_case_results
    ]
    return QuestionMark(
        question.name,
        round(float(tests.score), 6),
        question.points,
        all(name in answers for name in question.answers),
        tuple(cases),
    )


def _said(done: Any, reasons: Sequence[str]) -> str:  # noqa: ANN401  (Otter has no types)
    """Say what the author of a test wrote for this outcome, and what the test itself said."""
    if done.passed:
        return str(done.test_case.success_message or "")[:_LONGEST]
    raised = _RAISED.match(_HEADER.sub("", done.message or ""))
    told = raised["text"] if raised and raised["kind"] == "AssertionError" else _OTHER_FORM
    parts = (" ".join(reasons) or told, done.test_case.failure_message or "")
    return " ".join(str(part).strip() for part in parts if part)[:_LONGEST]
