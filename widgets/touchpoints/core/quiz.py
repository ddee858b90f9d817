"""Questions of a chapter as plain typed data: what is asked, what is right, what each error says.

Nothing here knows how a question is shown, so a page, a notebook and an export to a learning
platform can share it. `quiz_reading` makes these objects from a parsed file, `quiz_judging` holds
an answer against them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

Kind = Literal["single", "multiple", "number", "order", "match"]


@dataclass(frozen=True)
class Text:
    """A text in both languages.

    Attributes:
        en: English.
        de: German.
    """

    en: str
    de: str

    def of(self, lang: str) -> str:
        """Return the text in a language, "en" or "de".

        Example:
            >>> Text("points", "Punkte").of("de")
            'Punkte'
        """
        return self.de if lang == "de" else self.en


@dataclass(frozen=True)
class Option:
    """One option of a choice.

    Attributes:
        text: What is offered.
        comment: Why it is right, or what was mixed up and where to look.
        correct: Whether it belongs to the answer.
    """

    text: Text
    comment: Text
    correct: bool = False


@dataclass(frozen=True)
class Mistake:
    """A known wrong way to a number.

    Attributes:
        answer: The number it leads to.
        tolerance: How far an entered number may lie from it, 0 or more.
        comment: What went wrong.
    """

    answer: float
    tolerance: float
    comment: Text


@dataclass(frozen=True)
class Item:
    """One item of an order.

    Attributes:
        text: What is to be put in its place.
        comment: Shown when it stands in another.
    """

    text: Text
    comment: Text


@dataclass(frozen=True)
class Pair:
    """One pair of a match.

    Attributes:
        left: What is given.
        right: What belongs to it; several pairs may have the same.
        comment: Shown when something else was chosen.
    """

    left: Text
    right: Text
    comment: Text


@dataclass(frozen=True)
class Asked:
    """What all kinds of question have.

    Attributes:
        id: Key of the question, unique in its sheet and stable.
        ideas: Codes of the ideas it is about, "C01" to "C39".
        ask: The question.
    """

    id: str
    ideas: tuple[str, ...]
    ask: Text


@dataclass(frozen=True)
class SingleQuestion(Asked):
    """Exactly one option is right."""

    kind: ClassVar[Kind] = "single"
    options: tuple[Option, ...]


@dataclass(frozen=True)
class MultipleQuestion(Asked):
    """One or more options are right."""

    kind: ClassVar[Kind] = "multiple"
    options: tuple[Option, ...]


@dataclass(frozen=True)
class NumberQuestion(Asked):
    """A number is asked for.

    Attributes:
        answer: The right number.
        tolerance: How far an entered number may lie from it, 0 or more.
        unit: Unit of the number, or nothing.
        comment: The way to the number, shown when it is right.
        mistakes: Known wrong ways.
        otherwise: A hint for any other number.
    """

    kind: ClassVar[Kind] = "number"
    answer: float
    tolerance: float
    unit: Text | None
    comment: Text
    mistakes: tuple[Mistake, ...]
    otherwise: Text


@dataclass(frozen=True)
class OrderQuestion(Asked):
    """Items are to be put in order.

    Attributes:
        items: The items in the right order.
        comment: Shown when all are in order.
    """

    kind: ClassVar[Kind] = "order"
    items: tuple[Item, ...]
    comment: Text


@dataclass(frozen=True)
class MatchQuestion(Asked):
    """To each left side the right side is to be chosen.

    Attributes:
        pairs: What belongs together.
        comment: Shown when all fit.
    """

    kind: ClassVar[Kind] = "match"
    pairs: tuple[Pair, ...]
    comment: Text


Question = SingleQuestion | MultipleQuestion | NumberQuestion | OrderQuestion | MatchQuestion


@dataclass(frozen=True)
class QuestionSheet:
    """The questions of a chapter.

    Attributes:
        chapter: Key of the chapter.
        exercises: How many exercises the chapter has, numbered from 1.
        questions: The questions in the order in which they are asked.
    """

    chapter: str
    exercises: int
    questions: tuple[Question, ...]

    def question(self, name: str) -> Question | None:
        """Return the question with this id, or nothing."""
        return next((q for q in self.questions if q.id == name), None)


def parts_of(question: Question) -> tuple[Option, ...] | tuple[Item, ...] | tuple[Pair, ...]:
    """Return the options, items or pairs of a question; nothing for a number."""
    if isinstance(question, SingleQuestion | MultipleQuestion):
        return question.options
    if isinstance(question, OrderQuestion):
        return question.items
    return question.pairs if isinstance(question, MatchQuestion) else ()


def right_sides(question: MatchQuestion) -> tuple[int, ...]:
    """Return the place of the first pair with each right side: what a reader chooses among."""
    rights = [pair.right for pair in question.pairs]
    return tuple(i for i, right in enumerate(rights) if rights.index(right) == i)


_DIGEST_BYTES: Final = 8


def shown_order(sheet: QuestionSheet, question: Question) -> tuple[int, ...]:
    """Shuffle what a question offers: the same for each visit, another for each question.

    The places of options, items or right sides are sorted by a hash of chapter, question and place.
    Items to be ordered never come in the right order.

    Args:
        sheet: The sheet of the question.
        question: One of its questions.

    Returns:
        Places as in the file, from 0, in the order to show; nothing for a number.
    """
    places = (
        right_sides(question)
        if isinstance(question, MatchQuestion)
        else tuple(range(len(parts_of(question))))
    )

    def mark(place: int) -> bytes:
        text = f"{sheet.chapter}/{question.id}/{place}"
        return hashlib.sha256(text.encode()).digest()[:_DIGEST_BYTES]

    order = tuple(sorted(places, key=mark))
    if isinstance(question, OrderQuestion) and order == places:
        return (*order[1:], order[0])
    return order
