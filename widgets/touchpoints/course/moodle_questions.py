"""Questions of the book's chapters as a Moodle XML file, for the question bank of a course."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from typing import Final

from touchpoints.core.quiz import (
    MatchQuestion,
    MultipleQuestion,
    NumberQuestion,
    OrderQuestion,
    Question,
    QuestionSheet,
    SingleQuestion,
    Text,
    shown_order,
)

_ALL: Final = 100.0
#: Moodle keeps shares of a question's points with so many digits and refuses others.
_DIGITS: Final = 5
_UNIT: Final = Text("Answer in {unit}.", "Antwort in {unit}.")
_PLACE: Final = Text("Give each its place, 1 first.", "Geben Sie jedem seinen Platz, 1 zuerst.")


def moodle_xml(sheets: Iterable[tuple[str, QuestionSheet]], lang: str) -> str:
    """Write question sheets as one file that Moodle imports, a category a chapter.

    Choices and numbers keep every comment as feedback to its answer; matches and orders, where
    Moodle has room for one feedback alone, list the comments in it. An order becomes a match of
    items and places, which each version of Moodle knows. Among several right ones a wrong one takes
    away as much as keeps everything from being chosen. All texts are plain, none is HTML.

    Args:
        sheets: Titles of chapters and their questions.
        lang: "en" or "de".

    Returns:
        The XML.

    References:
        Moodle documentation, "Moodle XML format", https://docs.moodle.org/en/Moodle_XML_format.

    Example:
        >>> ask, yes = Text("2 + 2?", "2 + 2?"), Text("yes", "ja")
        >>> sum_of_two = NumberQuestion("sum", ("C25",), ask, 4, 0, None, yes, (), yes)
        >>> sheet = QuestionSheet("numbers", 0, (sum_of_two,))
        >>> "<tolerance>0</tolerance>" in moodle_xml([("Numbers", sheet)], "en")
        True
    """
    root = ET.Element("quiz")
    for title, sheet in sheets:
        category = ET.SubElement(ET.SubElement(root, "question", type="category"), "category")
        # A slash would begin a category within the category.
        name = title.replace("/", "//")
        ET.SubElement(category, "text").text = f"$course$/top/Touchpoint kit/{name}"
        for question in sheet.questions:
            _question(root, sheet, question, lang)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _question(root: ET.Element, sheet: QuestionSheet, question: Question, lang: str) -> None:
    kind = {"single": "multichoice", "multiple": "multichoice", "number": "numerical"}
    element = ET.SubElement(root, "question", type=kind.get(question.kind, "matching"))
    _text(element, "name", question.id, plain=False)
    asked = question.ask.of(lang)
    if isinstance(question, NumberQuestion) and question.unit is not None:
        asked += " " + _UNIT.of(lang).format(unit=question.unit.of(lang))
    if isinstance(question, OrderQuestion):
        asked += " " + _PLACE.of(lang)
    _text(element, "questiontext", asked)
    _text(element, "generalfeedback", _general(question, lang))
    _plain(element, "defaultgrade", "1")
    _plain(element, "hidden", "0")
    _plain(element, "idnumber", f"{sheet.chapter}/{question.id}")
    if isinstance(question, SingleQuestion | MultipleQuestion):
        _choice(element, question, lang)
    elif isinstance(question, NumberQuestion):
        _number(element, question, lang)
    elif isinstance(question, MatchQuestion):
        _match(element, [(pair.left.of(lang), pair.right.of(lang)) for pair in question.pairs])
    else:
        places = shown_order(sheet, question)
        _match(element, [(question.items[i].text.of(lang), str(i + 1)) for i in places])


def _general(question: Question, lang: str) -> str:
    """Return what Moodle shows after the answer, whatever it was."""
    if isinstance(question, MatchQuestion):
        told = [
            f"{pair.left.of(lang)}: {pair.right.of(lang)}. {pair.comment.of(lang)}"
            for pair in question.pairs
        ]
        return "\n".join([question.comment.of(lang), *told])
    if isinstance(question, OrderQuestion):
        told = [
            f"{place}. {item.text.of(lang)}. {item.comment.of(lang)}"
            for place, item in enumerate(question.items, 1)
        ]
        return "\n".join([question.comment.of(lang), *told])
    return question.comment.of(lang) if isinstance(question, NumberQuestion) else ""


def _choice(element: ET.Element, question: SingleQuestion | MultipleQuestion, lang: str) -> None:
    single = isinstance(question, SingleQuestion)
    _plain(element, "single", "true" if single else "false")
    _plain(element, "shuffleanswers", "true")
    _plain(element, "answernumbering", "none")
    right = sum(option.correct for option in question.options)
    wrong = len(question.options) - right
    for option in question.options:
        fraction = _ALL / right if option.correct else 0.0 if single else -_ALL / wrong
        _answer(element, option.text.of(lang), fraction, option.comment.of(lang))


def _number(element: ET.Element, question: NumberQuestion, lang: str) -> None:
    known = [(question.answer, question.tolerance, _ALL, question.comment)]
    known += [(one.answer, one.tolerance, 0.0, one.comment) for one in question.mistakes]
    for value, tolerance, fraction, comment in known:
        answer = _answer(element, f"{value:g}", fraction, comment.of(lang), plain=False)
        _plain(answer, "tolerance", f"{tolerance:g}")
    _answer(element, "*", 0.0, question.otherwise.of(lang), plain=False)


def _match(element: ET.Element, pairs: Sequence[tuple[str, str]]) -> None:
    _plain(element, "shuffleanswers", "true")
    for left, right in pairs:
        part = _text(element, "subquestion", left)
        _text(part, "answer", right, plain=False)


def _answer(
    element: ET.Element, text: str, fraction: float, comment: str, *, plain: bool = True
) -> ET.Element:
    answer = _text(element, "answer", text, plain=plain)
    answer.set("fraction", f"{fraction:.{_DIGITS}f}".rstrip("0").rstrip("."))
    _text(answer, "feedback", comment)
    return answer


def _plain(element: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(element, tag).text = text


def _text(element: ET.Element, tag: str, text: str, *, plain: bool = True) -> ET.Element:
    """Add a text in the form that Moodle wants; `plain` says that it is no HTML."""
    made = ET.SubElement(element, tag, {"format": "plain_text"} if plain else {})
    ET.SubElement(made, "text").text = text
    return made
