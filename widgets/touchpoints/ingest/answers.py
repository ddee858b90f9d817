"""Words and codes of answers, in English and German, and the numbers they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from touchpoints.core.contacts import GRADE, NO_CONTACT
from touchpoints.ingest.roles import AGE, BONDING, CONTACT, RECOMMENDATION, SATISFACTION

#: Yes and no, as files write them.
FLAGS: Final = {
    **dict.fromkeys(("yes", "y", "ja", "j", "1", "1.0", "true", "wahr"), True),
    **dict.fromkeys(("no", "n", "nein", "0", "0.0", "false", "falsch"), False),
}
#: Answers that say that there was none. They are not "no contact".
NO_ANSWER: Final = frozenset(
    ("na", "nan", "n/a", "k. a.", "k.a.", "keine angabe", "no answer", "not answered", "refused",
     "verweigert", "weiß nicht", "don't know", "dk", "(missing)", "none", "null", "#n/a", "#nv")
)  # fmt: skip
_NO_CONTACTS: Final = (
    NO_CONTACT, "kein kontakt", "hatte keinen kontakt", "keinen kontakt", "had no contact",
    "not used", "never used", "nicht genutzt", "nie genutzt",
)  # fmt: skip
_GRADES: Final = (
    ("sehr gut", "very good"),
    ("gut", "good"),
    ("befriedigend", "satisfactory"),
    ("ausreichend", "sufficient", "just sufficient"),
    ("mangelhaft", "poor"),
    ("ungenügend", "insufficient", "very poor"),
)
_AGREEMENTS: Final = (
    ("gar nicht", "not at all", "stimme gar nicht zu", "stimme überhaupt nicht zu",
     "trifft gar nicht zu", "trifft überhaupt nicht zu", "strongly disagree"),
    ("wenig", "a little", "stimme eher nicht zu", "trifft eher nicht zu", "disagree",
     "somewhat disagree"),
    ("teilweise", "partly", "teils teils", "teils, teils", "teils/teils",
     "neither agree nor disagree"),
    ("überwiegend", "mostly", "stimme eher zu", "trifft eher zu", "agree", "somewhat agree"),
    ("voll und ganz", "fully", "stimme voll und ganz zu", "stimme voll zu", "trifft voll zu",
     "trifft voll und ganz zu", "strongly agree"),
)  # fmt: skip


def _numbered(levels: tuple[tuple[str, ...], ...]) -> dict[str, str]:
    return {word: str(i) for i, words in enumerate(levels, 1) for word in words}


_WORDS: Final[dict[str, dict[str, str]]] = {
    GRADE: {**_numbered(_GRADES), **dict.fromkeys(_NO_CONTACTS, NO_CONTACT)},
    SATISFACTION: _numbered(_GRADES),
    BONDING: _numbered(_AGREEMENTS),
    RECOMMENDATION: {"certainly not": "0", "sicher nicht": "0", "certainly": "10",
                     "ganz sicher": "10"},
    CONTACT: {},
    AGE: {},
}  # fmt: skip
#: Codes that LimeSurvey numbers from 1.
_CODES: Final = re.compile(r"^(?:a|ao)0*([1-9])$")
_CODED: Final = {GRADE: 6, SATISFACTION: 6, BONDING: 5}
#: "1 – sehr gut", "5 (fully)", "10 = certainly"; the number must not be the day of a date.
_LED_BY_NUMBER: Final = re.compile(r"^(\d{1,2})\s*[-–—=:(]\s*[^\d\s].*$")
_AGES: Final = re.compile(
    r"^(\d\d)\s*(?:-|–|to|bis)\s*(\d\d)(?:\s*(?:years|jahre))?(?: old| alt)?$"
)
_OLDEST: Final = re.compile(
    r"^(?:ab |über )?60\s*"
    r"(?:\+|plus|(?:years |jahre )?(?:and|or|und|oder) (?:over|older|älter|mehr))?"
    r"(?:\s*(?:years|jahre))?(?: old| alt)?$"
)

#: The youngest of each group of the dictionary, oldest first.
_GROUPS: Final = ((60, "60+"), (45, "45-59"), (30, "30-44"), (18, "18-29"))
_YEARS: Final = re.compile(r"(\d{2,3})(?:[.,]0)?(?: (?:years|jahre))?(?: old| alt)?")
_OLDEST_LIVING: Final = 120


def group_of_years(word: str) -> str | None:
    """Put an age in years into its group, if it is one.

    Example:
        >>> group_of_years("34"), group_of_years("72 Jahre"), group_of_years("1990")
        ('30-44', '60+', None)
    """
    years = _YEARS.fullmatch(folded(word))
    if years is None or int(years[1]) > _OLDEST_LIVING:
        return None
    return next((group for youngest, group in _GROUPS if int(years[1]) >= youngest), None)


def folded(text: str) -> str:
    """Write a text as words are compared: small letters, single spaces."""
    return " ".join(text.split()).casefold()


def number_of(word: str, kind: str) -> str | None:
    """Say which value a word or code stands for, if that is known.

    Args:
        word: An answer that is no plain value.
        kind: The kind of question.

    Returns:
        The value as text, or None.

    Example:
        >>> number_of("1 – sehr gut", "grade"), number_of("A2", "grade"), number_of("fine", "grade")
        ('1', '2', None)
        >>> number_of("18 bis 29 Jahre", "age_group"), number_of("60 or older", "age_group")
        ('18-29', '60+')
    """
    text = folded(word)
    if kind == AGE:
        if ages := _AGES.match(text):
            return f"{ages[1]}-{ages[2]}"
        return "60+" if _OLDEST.match(text) else None
    if text in _WORDS[kind]:
        return _WORDS[kind][text]
    if kind in _CODED and (code := _CODES.match(text)):
        return code[1] if int(code[1]) <= _CODED[kind] else None
    led = _LED_BY_NUMBER.match(text)
    return led[1].lstrip("0") or "0" if led and kind != CONTACT else None


def guess_answers(answers: Iterable[str], kind: str) -> dict[str, str]:
    """Say what the answers of a kind of question stand for, where it needs saying.

    Args:
        answers: The different answers of all its columns.
        kind: The kind of question.

    Returns:
        What each word or code that is known stands for.

    Example:
        >>> guess_answers(["1", "AO02", "sehr gut"], "grade")
        {'AO02': '2', 'sehr gut': '1'}
    """
    known = {}
    for answer in sorted({a.strip() for a in answers}):
        value = number_of(answer, kind)
        if value is not None and value != answer:
            known[answer] = value
    return known
