"""The quiz of a chapter: each answer is judged at once, each wrong one gets a comment."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import traitlets as t

from touchpoints.core.quiz import (
    MatchQuestion,
    NumberQuestion,
    OrderQuestion,
    Question,
    QuestionSheet,
    shown_order,
)
from touchpoints.core.quiz_judging import Judgement, judge
from touchpoints.core.quiz_record import RECORD_FIELDS, check_record_field
from touchpoints.questions import load_quiz
from touchpoints.ui.base import TouchpointWidget, texts
from touchpoints.ui.quiz_data import sheet_data

#: What the names under which readers' answers are kept begin with.
KEPT_AS: Final = "quiz/"


class Quiz(TouchpointWidget):
    """Answer a chapter's questions and tick off its exercises.

    The questions are practice: whoever looks into the page's source finds the answers. Each answer
    is judged in the page; in JupyterLab `results` judges the same answers in Python.

    Args:
        questions: Name of a chapter of the book, path of a question file of one's own, or the
            content of such a file as plain data.
        lang: Language of the texts, "en" or "de".
        keep: Name under which a published page keeps the answers in the browser; by default one
            made of the chapter's, where the page "Your progress" finds them.

    Attributes:
        answers: The answer last checked, by question id; observable, like all that follow.
        tries: How often an answer was checked, by question id.
        solved: Ids of the questions answered rightly at least once.
        exercises: Numbers of the exercises ticked off.
        touched: When anything was last done, an ISO 8601 time, or "" if never.

    Raises:
        InputError: If the questions or an assigned answer can't be used, with the cure.

    Example:
        >>> both = {"en": "Yes.", "de": "Ja."}
        >>> options = [{"text": {"en": t, "de": t}, "comment": both} for t in "abc"]
        >>> options[0]["correct"] = True
        >>> question = {"id": "first", "idea": ["C04"], "kind": "single", "ask": both}
        >>> quiz = Quiz(
        ...     {"chapter": "own", "exercises": 2, "questions": [{**question, "options": options}]}
        ... )
        >>> quiz.answers = {"first": 0}
        >>> quiz.results["first"].right
        True
    """

    _name = "quiz"
    _parts = ("dom", "records", "quiz_judging", "quiz_record", "quiz_answers")

    answers = t.Dict().tag(sync=True)
    tries = t.Dict().tag(sync=True)
    solved = t.List(t.Any()).tag(sync=True)
    exercises = t.List(t.Any()).tag(sync=True)
    touched = t.Unicode().tag(sync=True)
    _sheet = t.Dict().tag(sync=True)

    def __init__(
        self,
        questions: str | Path | Mapping[str, Any],
        lang: str = "en",
        *,
        keep: str = "",
    ) -> None:
        self._questions = load_quiz(questions)
        super().__init__(
            lang=lang,
            _sheet=sheet_data(self._questions),
            _kept={
                "key": keep or KEPT_AS + self._questions.chapter,
                "traits": list(RECORD_FIELDS),
            },
            _fallback=_fallback(self._questions, lang),
        )

    @property
    def results(self) -> dict[str, Judgement]:
        """The judgement of each answer, by question id; what is not answered yet is left out."""
        questions = [q for q in self._questions.questions if q.id in self.answers]
        judged = {q.id: judge(q, self.answers[q.id]) for q in questions}
        return {name: judgement for name, judgement in judged.items() if judgement is not None}

    @t.validate(*RECORD_FIELDS)
    def _check(self, proposal: Any) -> Any:  # noqa: ANN401
        return check_record_field(self._questions, proposal["trait"].name, proposal["value"])


def _fallback(sheet: QuestionSheet, lang: str) -> dict[str, Any]:
    """List questions and what they offer, without saying what is right."""
    words = texts(lang)["quiz"]
    return {
        "caption": words["fallback"],
        "columns": [words["question"], words["offered"]],
        "rows": [
            [f"{i}. {question.ask.of(lang)}", _offered(sheet, question, lang)]
            for i, question in enumerate(sheet.questions, 1)
        ],
    }


def _offered(sheet: QuestionSheet, question: Question, lang: str) -> str:
    """Write what is offered in the order shown: (a) … (b) …, or the unit of a number."""
    if isinstance(question, NumberQuestion):
        number = texts(lang)["quiz"]["your_number"]
        return f"{number} ({question.unit.of(lang)})" if question.unit else number
    order = shown_order(sheet, question)
    if isinstance(question, MatchQuestion):
        lefts = "; ".join(pair.left.of(lang) for pair in question.pairs)
        return f"{lefts} – {_lettered([question.pairs[i].right.of(lang) for i in order])}"
    parts = question.items if isinstance(question, OrderQuestion) else question.options
    return _lettered([parts[i].text.of(lang) for i in order])


def _lettered(offered: Sequence[str]) -> str:
    return "; ".join(
        f"({letter}) {text}" for letter, text in zip(string.ascii_lowercase, offered, strict=False)
    )
