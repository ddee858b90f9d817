"""Hold an answer against its question: right or not, and the comments that help.

An answer is plain data: the place of the chosen option (single), a list of places (multiple), a
text or number (number), all places in the reader's order (order), for each left side the place of
the pair whose right side was chosen, or nothing (match). Places count from 0, as in the file. The
page judges in JavaScript; `tests/vectors/quiz.json` holds both to the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from touchpoints.core.errors import InputError
from touchpoints.core.quiz import (
    MatchQuestion,
    MultipleQuestion,
    NumberQuestion,
    OrderQuestion,
    Question,
    SingleQuestion,
    Text,
    parts_of,
    right_sides,
)
from touchpoints.core.quiz_fields import shown

#: Room for the last bits of a difference of decimal numbers.
_SLACK: Final = 1e-9
_LARGEST: Final = 1e15
_ANSWER_LENGTH: Final = 40
_BLANKS: Final = re.compile(r"[ \t\u00a0\u2009\u202f'’]")
_NUMBER: Final = re.compile(r"(?P<sign>[+-]?)(?P<digits>[0-9.,]*[0-9])[%€]?")
_DECIMAL: Final = re.compile(r"[0-9]*[.,]?[0-9]+")
_ENGLISH: Final = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_GERMAN: Final = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?")


@dataclass(frozen=True)
class Comment:
    """A comment on an answer.

    Attributes:
        place: Place of the option, item or pair it is about, or nothing for the whole answer.
        text: The comment.
    """

    place: int | None
    text: Text


@dataclass(frozen=True)
class Judgement:
    """What an answer is worth.

    Attributes:
        right: Whether the answer is right as a whole.
        comments: What helps, in the order of the file.
        missing: Whether nothing chosen is wrong but something right was not chosen.
    """

    right: bool
    comments: tuple[Comment, ...]
    missing: bool = False


def number_readings(entered: object) -> tuple[float, ...]:
    """Read a number with decimal comma or point.

    "1,234" can be read in two ways; both are returned, because the reader's language is not known.

    Args:
        entered: What was entered: a text, perhaps with a % or € sign, or a number.

    Returns:
        The numbers it may mean; nothing if it is none.

    Example:
        >>> number_readings("−2,9 %"), number_readings("1.234,5"), number_readings("1,234")
        ((-2.9,), (1234.5,), (1.234, 1234.0))
        >>> number_readings("two")
        ()
    """
    if isinstance(entered, int | float) and not isinstance(entered, bool):
        return (float(entered),) if abs(entered) <= _LARGEST else ()
    if not isinstance(entered, str) or len(entered) > _ANSWER_LENGTH:
        return ()
    match = _NUMBER.fullmatch(_BLANKS.sub("", entered).replace("−", "-"))
    if match is None:
        return ()
    digits = match["digits"]
    readings = []
    if _DECIMAL.fullmatch(digits):
        readings.append(digits.replace(",", "."))
    if _ENGLISH.fullmatch(digits):
        readings.append(digits.replace(",", ""))
    if _GERMAN.fullmatch(digits):
        readings.append(digits.replace(".", "").replace(",", "."))
    return tuple(float(match["sign"] + reading) for reading in readings)


def judge(question: Question, answer: object) -> Judgement | None:
    """Judge an answer.

    Args:
        question: The question.
        answer: The answer, as the module's text describes it.

    Returns:
        The judgement; nothing where there is nothing to judge yet: no choice, a left side without
        its right one, a text that is no number.

    Raises:
        InputError: If the answer is of another shape than the question asks for.

    Example:
        >>> yes, no = Text("yes", "ja"), Text("no", "nein")
        >>> question = NumberQuestion("n", ("C25",), yes, 2.9, 0.05, None, yes, (), no)
        >>> judge(question, "2,95").right, judge(question, 3).comments[0].text.en
        (True, 'no')
    """
    given = check_answer(question, answer)
    match question:
        case SingleQuestion() | MultipleQuestion():
            return _judge_choice(question, given)
        case NumberQuestion():
            return _judge_number(question, given)
        case OrderQuestion():
            return _judge_places(question, given, list(range(len(question.items))))
        case MatchQuestion():
            rights = [pair.right for pair in question.pairs]
            return _judge_places(question, given, [rights.index(right) for right in rights])


def check_answer(question: Question, answer: object) -> Any:  # noqa: ANN401  (plain data)
    """Check that an answer has the shape that its question asks for.

    Args:
        question: The question.
        answer: The answer, as the module's text describes it.

    Returns:
        The answer as plain data; chosen places in the order of the file.

    Raises:
        InputError: If it has another shape.

    Example:
        >>> question = OrderQuestion("o", ("C19",), Text("a", "a"), (), Text("b", "b"))
        >>> check_answer(question, [0])
        Traceback (most recent call last):
        ...
        touchpoints.core.errors.InputError: Found answer to 'o': [0]; allowed is all 0 places in an
        order; start from what the question offers.
    """
    size = len(parts_of(question))
    places = list(answer) if isinstance(answer, list | tuple) else None

    def among(values: Iterable[object], allowed: Iterable[int]) -> bool:
        known = list(allowed)
        return all(isinstance(v, int) and not isinstance(v, bool) and v in known for v in values)

    match question:
        case SingleQuestion():
            allowed = f"a place from 0 to {size - 1}, or nothing"
            good = answer is None or among([answer], range(size))
            clean: Any = answer
        case MultipleQuestion():
            allowed = f"a list of places from 0 to {size - 1}"
            good = places is not None and among(places, range(size))
            clean = sorted(set(places)) if places is not None and good else None
        case NumberQuestion():
            allowed = f"a number, or a text of {_ANSWER_LENGTH} characters at most"
            is_text = isinstance(answer, str) and len(answer) <= _ANSWER_LENGTH
            good = is_text or len(number_readings(answer)) > 0
            clean = answer
        case OrderQuestion():
            allowed = f"all {size} places in an order"
            good = places is not None and among(places, range(size)) and len(places) == size
            good = good and len(set(places or [])) == size
            clean = places
        case MatchQuestion():
            allowed = f"{size} places of right sides, or nothing for some"
            chosen = [place for place in places or [] if place is not None]
            good = len(places or []) == size and among(chosen, right_sides(question))
            clean = places
    if not good:
        raise InputError(
            f"answer to {question.id!r}: {shown(answer)}",
            allowed,
            "start from what the question offers",
        )
    return clean


def _judge_choice(
    question: SingleQuestion | MultipleQuestion, answer: int | list[int] | None
) -> Judgement | None:
    chosen = [answer] if isinstance(answer, int) else answer
    if not chosen:
        return None
    options = question.options
    wrong = [place for place in chosen if not options[place].correct]
    right = [place for place, option in enumerate(options) if option.correct]
    is_right = chosen == right
    told = right if is_right else wrong
    comments = tuple(Comment(place, options[place].comment) for place in told)
    return Judgement(is_right, comments, missing=not wrong and not is_right)


def _judge_number(question: NumberQuestion, answer: object) -> Judgement | None:
    readings = number_readings(answer)
    if not readings:
        return None

    def meant(number: float, tolerance: float) -> bool:
        reach = tolerance + _SLACK * max(1.0, abs(number))
        return any(abs(reading - number) <= reach for reading in readings)

    if meant(question.answer, question.tolerance):
        return Judgement(right=True, comments=(Comment(None, question.comment),))
    known = (m.comment for m in question.mistakes if meant(m.answer, m.tolerance))
    return Judgement(right=False, comments=(Comment(None, next(known, question.otherwise)),))


def _judge_places(
    question: OrderQuestion | MatchQuestion, answer: list[int | None], right: list[int]
) -> Judgement | None:
    if None in answer:
        return None
    parts = parts_of(question)
    wrong = [place for place in range(len(parts)) if answer[place] != right[place]]
    if isinstance(question, OrderQuestion):
        # Told in the order of the file, so that the comments don't depend on the reader's order.
        wrong = sorted(place for position in wrong if (place := answer[position]) is not None)
    if not wrong:
        return Judgement(right=True, comments=(Comment(None, question.comment),))
    return Judgement(
        right=False, comments=tuple(Comment(place, parts[place].comment) for place in wrong)
    )
