"""Make a question sheet from a parsed file; whatever is wrong with it is told in one sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from touchpoints.core.errors import InputError, one_of
from touchpoints.core.quiz import (
    Item,
    MatchQuestion,
    Mistake,
    MultipleQuestion,
    NumberQuestion,
    Option,
    OrderQuestion,
    Pair,
    Question,
    QuestionSheet,
    SingleQuestion,
)
from touchpoints.core.quiz_fields import (
    as_fields,
    as_key,
    as_list,
    as_mapping,
    as_text,
    as_whole,
    require_unlike,
    require_unlike_texts,
    shown,
)

#: Codes of the ideas that a question may be about.
IDEAS: Final = tuple(f"C{number:02}" for number in range(1, 40))

_QUESTIONS: Final = (1, 40)
_PARTS: Final = (3, 6)
_MISTAKES: Final = (1, 6)
_EXERCISES: Final = (0, 30)
_LARGEST: Final = 1e12


def read_quiz(content: Any, source: str = "quiz") -> QuestionSheet:  # noqa: ANN401  (hostile)
    """Check a parsed question file completely and turn it into a sheet.

    `book/questions/README.md` describes the fields. Unknown fields are refused, every text is there
    in English and German, ids are unique, and no number is judged in two ways.

    Args:
        content: The file's content as plain data.
        source: Name of the file, for messages.

    Returns:
        The sheet.

    Raises:
        InputError: If anything is wrong; the message names file, question and field.

    Example:
        >>> both = {"en": "Yes.", "de": "Ja."}
        >>> options = [{"text": {"en": t, "de": t}, "comment": both} for t in "abc"]
        >>> options[0]["correct"] = True
        >>> question = {"id": "first", "idea": ["C04"], "kind": "single", "ask": both}
        >>> sheet = read_quiz(
        ...     {"chapter": "own", "exercises": 2, "questions": [{**question, "options": options}]}
        ... )
        >>> sheet.questions[0].options[0].correct
        True
    """
    fields = as_fields(content, source, ("chapter", "exercises", "questions"))
    chapter = as_key(fields["chapter"], f"{source}, chapter")
    exercises = as_whole(fields["exercises"], f"{source}, exercises", _EXERCISES)
    entries = as_list(fields["questions"], f"{source}, questions", _QUESTIONS)
    questions = tuple(_question(q, source, i) for i, q in enumerate(entries, 1))
    require_unlike([q.id for q in questions], source, "id")
    return QuestionSheet(chapter, exercises, questions)


def _question(content: Any, source: str, number: int) -> Question:  # noqa: ANN401
    place = f"{source}, question {number}"
    given = as_mapping(content, place).get("kind")
    kind = one_of(f"{place}, kind:", given if isinstance(given, str) else shown(given), _KINDS)
    own, required, optional = _KINDS[kind]
    fields = as_fields(content, place, ("id", "idea", "kind", "ask", *required), optional)
    name = as_key(fields["id"], f"{place}, id")
    place = f"{source}, question {name!r}"
    common = {"id": name, "ideas": _ideas(fields["idea"], place)}
    return own({**common, "ask": as_text(fields["ask"], f"{place}, ask")}, fields, place)


def _ideas(content: Any, place: str) -> tuple[str, ...]:  # noqa: ANN401
    ideas = as_list(content, f"{place}, idea", (1, len(IDEAS)))
    for idea in ideas:
        if idea not in IDEAS:
            raise InputError(
                f"{place}, idea: {shown(idea)}", "C01 to C39", "name the ideas it is about"
            )
    require_unlike(ideas, place, "idea")
    return tuple(ideas)


Fields = Mapping[str, Any]


def _single(common: dict[str, Any], fields: Fields, place: str) -> Question:
    question = SingleQuestion(**common, options=_options(fields, place))
    right = sum(option.correct for option in question.options)
    if right != 1:
        raise InputError(
            f"{place}, options: {right} with correct: true",
            "exactly one",
            'mark one option, or make it kind "multiple"',
        )
    return question


def _multiple(common: dict[str, Any], fields: Fields, place: str) -> Question:
    question = MultipleQuestion(**common, options=_options(fields, place))
    if not any(option.correct for option in question.options):
        raise InputError(
            f"{place}, options: none with correct: true", "one or more", "mark what is right"
        )
    return question


def _options(fields: Fields, place: str) -> tuple[Option, ...]:
    options = []
    for i, entry in enumerate(as_list(fields["options"], f"{place}, options", _PARTS), 1):
        here = f"{place}, option {i}"
        given = as_fields(entry, here, ("text", "comment"), ("correct",))
        correct = given.get("correct", False)
        if not isinstance(correct, bool):
            raise InputError(
                f"{here}, correct: {shown(correct)}", "true or false", "correct the value"
            )
        text, comment = (as_text(given[k], f"{here}, {k}") for k in ("text", "comment"))
        options.append(Option(text, comment, correct))
    require_unlike_texts([option.text for option in options], place, "option")
    return tuple(options)


def _number(common: dict[str, Any], fields: Fields, place: str) -> Question:
    mistakes = []
    for i, entry in enumerate(as_list(fields["mistakes"], f"{place}, mistakes", _MISTAKES), 1):
        here = f"{place}, mistake {i}"
        given = as_fields(entry, here, ("answer", "tolerance", "comment"))
        mistakes.append(
            Mistake(*_span(given, here), comment=as_text(given["comment"], f"{here}, comment"))
        )
    answer, tolerance = _span(fields, place)
    spans = [(answer, tolerance), *((m.answer, m.tolerance) for m in mistakes)]
    for i, (low, reach) in enumerate(spans):
        for j, (high, other) in enumerate(spans[:i]):
            if abs(low - high) <= (reach + other) * (1 + 1e-9):
                against = f"mistake {j}" if j else "the right answer"
                raise InputError(
                    f"{place}, mistake {i}: numbers that {against} covers too",
                    "each number in one place",
                    "make a tolerance smaller",
                )
    unit = as_text(fields["unit"], f"{place}, unit") if "unit" in fields else None
    comment, otherwise = (as_text(fields[k], f"{place}, {k}") for k in ("comment", "otherwise"))
    return NumberQuestion(
        **common,
        answer=answer,
        tolerance=tolerance,
        unit=unit,
        comment=comment,
        mistakes=tuple(mistakes),
        otherwise=otherwise,
    )


def _span(fields: Fields, place: str) -> tuple[float, float]:
    """Read a number and how far from it an answer may lie."""
    values = []
    for name, least in (("answer", -_LARGEST), ("tolerance", 0)):
        value = fields[name]
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not (least <= value <= _LARGEST):
            raise InputError(
                f"{place}, {name}: {shown(value)}",
                f"a number from {least:g} to {_LARGEST:g}",
                "write it with a decimal point and without quotes",
            )
        values.append(float(value))
    return values[0], values[1]


def _order(common: dict[str, Any], fields: Fields, place: str) -> Question:
    items = []
    for i, entry in enumerate(as_list(fields["items"], f"{place}, items", _PARTS), 1):
        here = f"{place}, item {i}"
        given = as_fields(entry, here, ("text", "comment"))
        items.append(Item(*(as_text(given[k], f"{here}, {k}") for k in ("text", "comment"))))
    require_unlike_texts([item.text for item in items], place, "item")
    comment = as_text(fields["comment"], f"{place}, comment")
    return OrderQuestion(**common, items=tuple(items), comment=comment)


def _match(common: dict[str, Any], fields: Fields, place: str) -> Question:
    pairs = []
    names = ("left", "right", "comment")
    for i, entry in enumerate(as_list(fields["pairs"], f"{place}, pairs", _PARTS), 1):
        here = f"{place}, pair {i}"
        given = as_fields(entry, here, names)
        pairs.append(Pair(*(as_text(given[k], f"{here}, {k}") for k in names)))
    require_unlike_texts([pair.left for pair in pairs], place, "left")
    rights = list(dict.fromkeys(pair.right for pair in pairs))
    require_unlike_texts(rights, place, "right")
    if len(rights) == 1:
        raise InputError(
            f"{place}, pairs: one right side for all", "two or more", "give something to choose"
        )
    comment = as_text(fields["comment"], f"{place}, comment")
    return MatchQuestion(**common, pairs=tuple(pairs), comment=comment)


#: How each kind is read, what it must have besides the common fields, and what it may have.
_KINDS: Final[
    dict[
        str,
        tuple[Callable[[dict[str, Any], Fields, str], Question], tuple[str, ...], tuple[str, ...]],
    ]
] = {
    "single": (_single, ("options",), ()),
    "multiple": (_multiple, ("options",), ()),
    "number": (
        _number,
        ("answer", "tolerance", "comment", "mistakes", "otherwise"),
        ("unit",),
    ),
    "order": (_order, ("items", "comment"), ()),
    "match": (_match, ("pairs", "comment"), ()),
}
