"""From the text of a cell to an answer: each fault is told, none is mended without consent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from touchpoints.core.contacts import GRADE, NO_CONTACT
from touchpoints.core.errors import InputError, echo
from touchpoints.ingest.answers import FLAGS, NO_ANSWER, folded, group_of_years, number_of
from touchpoints.ingest.findings import Findings
from touchpoints.ingest.grid import Grid
from touchpoints.ingest.mapping import SurveyMapping
from touchpoints.ingest.roles import AGE, CONTACT, SATISFACTION, WEIGHT
from touchpoints.ingest.workbook import NOT_COMPUTED

#: What a cell can be, apart from a value.
VALUE: Final = "value"
EMPTY: Final = "empty"
UNANSWERED: Final = "unanswered"
NONE_HAD: Final = "no contact"
FAULTY: Final = "faulty"

_PLAIN: Final = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,15})?")
_COMMA: Final = re.compile(r"[+-]?\d{1,15},\d{1,15}")
_WORDED: Final = re.compile(
    r"(?:note|grade|schulnote|school grade|mark)\s*[:=]?\s*(\d+(?:[.,]\d+)?)"
)
_MONTHS: Final = "jan|feb|mär|maer|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec"
_DATE: Final = re.compile(
    r"\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./](?:\d{2,4})?$|\d{1,2}\.?[\s-]?(?:" + _MONTHS + ")",
    re.IGNORECASE,
)
_WANTED: Final = {
    CONTACT: "yes or no, or nothing",
    AGE: "an age group as in the dictionary (18-29, 30-44, 45-59, 60+), or nothing",
    WEIGHT: "a number",
}


@dataclass(frozen=True)
class Cells:
    """The answers of one column.

    Attributes:
        column: Heading of the column.
        answers: Numbers, flags (1 and 0) or texts; missing where there is none.
        states: What each cell is: `VALUE`, `EMPTY`, `UNANSWERED`, `NONE_HAD` or `FAULTY`.
        texts: The cells as they stood in the file.
    """

    column: str
    answers: pd.Series[Any]
    states: pd.Series[Any]
    texts: pd.Series[Any]


@dataclass(frozen=True)
class _Read:
    """How one text is understood."""

    state: str
    value: Any = None
    mended: str = ""
    why: str = ""


def read_column(
    grid: Grid, column: str, kind: str, mapping: SurveyMapping, findings: Findings
) -> Cells:
    """Read the cells of a column.

    Args:
        grid: The file.
        column: Heading of the column.
        kind: The kind of answers in it.
        mapping: Says what words stand for.
        findings: Is told what can't be read, and what is mended.

    Returns:
        The answers; a fault has no value.
    """
    texts = grid.column(column)
    labels = grid.labels.get(grid.headings.index(column), {})
    words = {folded(word): value for word, value in mapping.answers.get(kind, {}).items()}
    _refuse_turned_scale(column, kind, labels)
    comma = kind == WEIGHT and grid.decimal_comma
    # There are few different answers: each is understood once, and looked up for all rows.
    known = {text: _understood(text, kind, words, labels, comma=comma) for text in texts.unique()}
    states = texts.map({text: read.state for text, read in known.items()})
    answers = texts.map({text: read.value for text, read in known.items()}).astype("object")
    if comma and texts.str.contains(",").any():
        findings.note("numbers with a decimal comma", column=column)
    mended = texts.map({text: read.mended for text, read in known.items()})
    faults = states == FAULTY
    if faults.any():
        why = texts[faults].map({text: read.why for text, read in known.items()})
        findings.drop(texts[faults], column, why)
    if (repairs := mended != "").any():
        findings.mend(texts[repairs], column, mended[repairs])
        if not findings.repair:
            states = states.mask(repairs, FAULTY)
            answers = answers.mask(repairs, None)
    return Cells(column, answers, states, texts)


def _understood(
    text: str, kind: str, words: Mapping[str, str], labels: Mapping[str, str], *, comma: bool
) -> _Read:
    """Understand one text as an answer of a kind."""
    stripped = text.strip()
    spaces = "" if stripped == text else "spaces around it"
    if not stripped:
        return _Read(EMPTY, mended=spaces and "spaces alone")
    said = _label(stripped, kind, words, labels)
    key = folded(said)
    key = folded(words.get(key, key))
    if key in NO_ANSWER or (key == NO_CONTACT and kind == GRADE):
        return _Read(UNANSWERED if key in NO_ANSWER else NONE_HAD, mended=spaces)
    if kind == CONTACT:
        if key in FLAGS:
            return _Read(VALUE, float(FLAGS[key]), spaces)
    elif kind == AGE and not _DATE.match(key):
        # Whether it is one of the groups is seen by the schema.
        group = group_of_years(key)
        told = filter(None, (spaces, "an age in years" if group else ""))
        return _Read(VALUE, group or key, ", ".join(told))
    elif kind != AGE and (number := _number(key, kind)):
        mended = () if comma else number[1]
        return _Read(VALUE, float(number[0]), ", ".join(filter(None, (spaces, *mended))))
    return _Read(FAULTY, why=_why(said, kind))


def _label(text: str, kind: str, words: Mapping[str, str], labels: Mapping[str, str]) -> str:
    """Take what a code stands for where only that tells; numbers stay numbers."""
    label = labels.get(text)
    if label is None or folded(text) in words:
        return text
    told = folded(label)
    if kind in {CONTACT, AGE} or told in NO_ANSWER or words.get(told) == NO_CONTACT:
        return label
    return text


def _number(key: str, kind: str) -> tuple[str, tuple[str, ...]] | None:
    """Return the number in a text, and what had to be mended for it."""
    mended = []
    if kind in {GRADE, SATISFACTION} and (worded := _WORDED.fullmatch(key)):
        key = worded[1]
        mended.append("a word before the number")
    if _COMMA.fullmatch(key):
        key = key.replace(",", ".")
        mended.append("a decimal comma")
    return (key, tuple(mended)) if _PLAIN.fullmatch(key) else None


def _why(text: str, kind: str) -> str:
    """Say why a text is no answer."""
    if text == NOT_COMPUTED:
        return "a formula without a stored result: open the file in a spreadsheet and save it again"
    if text.startswith(("=", "+", "@")):
        return "a formula as text: not computed"
    if _DATE.match(text) and kind != AGE:
        return "a date, perhaps made by the spreadsheet of a grade such as 1.2.: not guessed"
    return f"not readable; allowed is {_WANTED.get(kind, 'a number, or nothing')}"


def _refuse_turned_scale(column: str, kind: str, labels: Mapping[str, str]) -> None:
    """Refuse a column whose labels say that its numbers mean something else than the kit's."""
    if kind in {CONTACT, AGE, WEIGHT}:
        return
    for code, label in labels.items():
        meant = number_of(label, kind)
        if meant not in {None, NO_CONTACT, code}:
            raise InputError(
                f"column {echo(column)}, where {echo(code)} stands for {echo(label)}",
                f"{meant} for {echo(label)}",
                f"write under answers, {kind}, in the mapping file what each code stands for",
            )
