"""What a reader has done with the questions of a chapter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from touchpoints.core.errors import InputError, listing, nearest
from touchpoints.core.quiz import QuestionSheet
from touchpoints.core.quiz_fields import as_list, as_whole, shown
from touchpoints.core.quiz_judging import check_answer

_MOST_TRIES: Final = 100_000
_MOST_TICKS: Final = 100


@dataclass(frozen=True)
class QuizRecord:
    """What a reader has done with the questions of a chapter.

    Attributes:
        answers: The answer last checked, by question.
        tries: How often an answer was checked, by question.
        solved: Questions answered rightly at least once, in the order of the sheet.
        exercises: Numbers of the exercises ticked off, ascending.
        touched: When anything was last done, an ISO 8601 time, or "" if never.
    """

    answers: Mapping[str, Any] = field(default_factory=dict)
    tries: Mapping[str, int] = field(default_factory=dict)
    solved: tuple[str, ...] = ()
    exercises: tuple[int, ...] = ()
    touched: str = ""


#: Fields of a record, as the page keeps and exports them.
RECORD_FIELDS: Final = ("answers", "tries", "solved", "exercises", "touched")


def check_record_field(sheet: QuestionSheet, name: str, value: object) -> Any:  # noqa: ANN401
    """Check one field of a record against the questions it is about.

    Args:
        sheet: The questions.
        name: One of `RECORD_FIELDS`.
        value: The field's value, as plain data.

    Returns:
        The clean value as plain data.

    Raises:
        InputError: If the value can't be used.

    Example:
        >>> check_record_field(QuestionSheet("own", 3, ()), "exercises", [3, 1, 1])
        [1, 3]
    """
    match name:
        case "answers":
            return {
                key: check_answer(question, answer)
                for key, answer in _by_question(sheet, name, value).items()
                if (question := sheet.question(key)) is not None
            }
        case "tries":
            tries = _by_question(sheet, name, value)
            for key, count in tries.items():
                as_whole(count, f"tries of {key!r}", (0, _MOST_TRIES))
            return tries
        case "solved":
            known = [question.id for question in sheet.questions]
            solved = as_list(value, name, (0, len(known)))
            for key in solved:
                _require_known(key, known)
            return [key for key in known if key in solved]
        case "exercises":
            numbers = as_list(value, name, (0, _MOST_TICKS))
            for number in numbers:
                as_whole(number, "exercise", (1, sheet.exercises))
            return sorted(set(numbers))
        case _:
            return _time(value)


def read_record(sheet: QuestionSheet, content: object) -> QuizRecord:
    """Check a kept or exported record.

    Args:
        sheet: The questions it is about.
        content: The record as plain data; fields may be missing.

    Returns:
        The record.

    Raises:
        InputError: If a field is unknown or its value can't be used.

    Example:
        >>> read_record(QuestionSheet("own", 3, ()), {"exercises": [2]}).exercises
        (2,)
    """
    if not isinstance(content, Mapping):
        raise InputError(
            f"record of {sheet.chapter!r}: {shown(content)}",
            listing(RECORD_FIELDS),
            "take one that the page exported",
        )
    for name in content:
        if name not in RECORD_FIELDS:
            raise InputError(
                f"record of {sheet.chapter!r}, field {shown(name)}",
                listing(RECORD_FIELDS),
                f"remove or rename it{nearest(name, RECORD_FIELDS)}",
            )
    clean = {name: check_record_field(sheet, name, value) for name, value in content.items()}
    for name in ("solved", "exercises"):
        clean[name] = tuple(clean.get(name, ()))
    return QuizRecord(**clean)


def _by_question(sheet: QuestionSheet, name: str, value: object) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise InputError(f"{name}: {shown(value)}", "values by question", "correct the value")
    known = [question.id for question in sheet.questions]
    for key in value:
        _require_known(key, known)
    return {key: value[key] for key in known if key in value}


def _require_known(key: object, known: list[str]) -> None:
    if key not in known:
        raise InputError(
            f"question {shown(key)}",
            listing(known) or "nothing",
            f"choose one{nearest(key, known)}",
        )


def _time(value: object) -> str:
    if isinstance(value, str):
        try:
            if value:
                dt.datetime.fromisoformat(value)
        except ValueError:
            pass
        else:
            return value
    raise InputError(f"touched: {shown(value)}", "an ISO 8601 time, or nothing", "correct it")
