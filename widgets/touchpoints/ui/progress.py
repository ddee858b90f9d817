"""A reader's progress through the questions and exercises of all chapters."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd
import traitlets as t

from touchpoints.core.errors import InputError, listing, nearest
from touchpoints.core.quiz import QuestionSheet
from touchpoints.core.quiz_fields import shown
from touchpoints.core.quiz_record import QuizRecord, read_record
from touchpoints.questions import QuizPlace, list_quizzes, load_quiz
from touchpoints.ui.base import TouchpointWidget, texts
from touchpoints.ui.quiz import KEPT_AS
from touchpoints.ui.quiz_data import sheet_shape

#: The book's folder, in which the page of this widget stands: links start there.
_FOLDER: Final = "book"


class Progress(TouchpointWidget):
    """See what is solved and done in each chapter; export, import and delete it.

    On a published page it reads what the quizzes keep in the reader's browser; nothing is sent.
    In JupyterLab it starts empty and shows what is imported or assigned to `records`.

    Args:
        quizzes: Chapters to list, each as `Quiz` takes it; by default all of the book, in its
            order.
        lang: Language of the texts, "en" or "de".

    Attributes:
        records: By chapter, what was done there (`answers`, `tries`, `solved`, `exercises`,
            `touched`, as a `Quiz` has them) or nothing; observable.

    Raises:
        InputError: If questions or records can't be used, with the cure.

    Example:
        >>> progress = Progress([{"chapter": "own", "exercises": 2, "questions": []}])
        Traceback (most recent call last):
        ...
        touchpoints.core.errors.InputError: Found quiz, questions: 0 of them; allowed is 1 to 40;
        add or remove.
    """

    _name = "progress"
    _parts = ("dom", "controls", "records", "quiz_judging", "quiz_record")

    records = t.Dict().tag(sync=True)
    _chapters = t.List(t.Dict()).tag(sync=True)

    def __init__(
        self,
        quizzes: Sequence[str | Path | Mapping[str, Any]] | None = None,
        lang: str = "en",
    ) -> None:
        listed = list_quizzes()
        self._sheets = {
            sheet.chapter: sheet
            for sheet in map(load_quiz, [p.name for p in listed] if quizzes is None else quizzes)
        }
        places = {place.name: place for place in listed}
        chapters = [_chapter(sheet, places.get(name)) for name, sheet in self._sheets.items()]
        super().__init__(
            lang=lang,
            _chapters=chapters,
            _reads=[chapter["key"] for chapter in chapters],
            _fallback=_fallback(chapters, lang),
        )

    @property
    def table(self) -> pd.DataFrame:
        """One row a chapter.

        `chapter`, `questions`, `questions_solved`, `tries`, `exercises`, `exercises_done` and
        `last_touched`, a text, as the page exports them.
        """
        return pd.DataFrame(
            _row(sheet, read_record(sheet, self.records.get(name) or {}))
            for name, sheet in self._sheets.items()
        )

    @t.validate("records")
    def _check_records(self, proposal: Any) -> dict[str, Any]:  # noqa: ANN401
        records: dict[str, Any] = proposal["value"]
        for name, record in records.items():
            if name not in self._sheets:
                raise InputError(
                    f"chapter {shown(name)}",
                    listing(self._sheets),
                    f"choose one of these{nearest(name, self._sheets)}",
                )
            if record is not None:
                read_record(self._sheets[name], record)
        return records


def _row(sheet: QuestionSheet, record: QuizRecord) -> dict[str, Any]:
    return {
        "chapter": sheet.chapter,
        "questions": len(sheet.questions),
        "questions_solved": len(record.solved),
        "tries": sum(record.tries.values()),
        "exercises": sheet.exercises,
        "exercises_done": len(record.exercises),
        "last_touched": record.touched,
    }


def _chapter(sheet: QuestionSheet, place: QuizPlace | None) -> dict[str, Any]:
    """Describe a chapter to the front end: title, address, key, and what a record must fit."""
    title = place.title if place else sheet.chapter
    page = f"{posixpath.relpath(place.page, _FOLDER)}.html" if place and place.page else ""
    return {**sheet_shape(sheet), "key": KEPT_AS + sheet.chapter, "title": title, "page": page}


def _fallback(chapters: list[dict[str, Any]], lang: str) -> dict[str, Any]:
    """List the chapters with the number of their questions and exercises."""
    words = texts(lang)["progress"]
    return {
        "caption": words["fallback"],
        "columns": [words[key] for key in ("chapter", "questions_all", "exercises_all")],
        "rows": [[c["title"], str(len(c["questions"])), str(c["exercises"])] for c in chapters],
    }
