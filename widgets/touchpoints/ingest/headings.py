"""Guess from headings and question texts what a column holds, in English and German.

A guess is shown and kept in a file where it can be mended, so it may be bold; but where two columns
would do it makes none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from touchpoints.core.contacts import GRADE, TOUCHPOINT
from touchpoints.core.fan_rule import BONDING_ITEMS
from touchpoints.ingest.roles import (
    AGE,
    CONTACT,
    RECOMMENDATION,
    RESPONDENT,
    SATISFACTION,
    WEIGHT,
)

_PREFIXES: Final = {
    CONTACT: r"contacts?|kontakte?|had contact|kontakt ?gehabt",
    GRADE: r"grades?|school ?grades?|noten?|schulnoten?|bewertung(?:en)?|benotung|ratings?|marks?",
}
_FILLERS: Final = (
    r"(?:(?:for|of|at|with|given|to|the|für|von|mit|bei|beim|am|an|der|die|das|dem|den)\s+)*"
)
_AFTER_PREFIX: Final = {
    kind: re.compile(rf"^(?:{words})[\s_.:–-]+{_FILLERS}(.+)$", re.IGNORECASE)
    for kind, words in _PREFIXES.items()
}
_CODE: Final = {
    kind: re.compile(rf"^(?:{words})$", re.IGNORECASE) for kind, words in _PREFIXES.items()
}
#: A question code with the code of a subquestion; the texts may follow after a point.
_WITH_SUBQUESTION: Final = re.compile(r"^([A-Za-z]\w*)\[([^\]]+)\](?:\.\s*(.*))?$", re.DOTALL)
#: "text [label]", "text - label" and "label: text".
_LABEL_LAST: Final = re.compile(r"^(.*\S)\s*(?:\[([^\[\]]+)\]|\s[-–]\s([^-–]+))$", re.DOTALL)
_LABEL_FIRST: Final = re.compile(r"^([^:?]{1,100}):\s+(\S.*)$", re.DOTALL)
#: Codes that say nothing, as survey tools number them.
_NUMBERED: Final = re.compile(r"^(?:sq|a|ao|so|x|y)?_?0*\d+$", re.IGNORECASE)

_ASKS: Final = (
    (SATISFACTION, r"\bsatisf|zufrieden"),
    (RECOMMENDATION, r"recommend|empfehl|empfiehl|\bnps\b"),
    (BONDING_ITEMS[0], r"would miss|vermiss|würde .*fehlen"),
    (BONDING_ITEMS[1], r"feel close|verbunden|\bnahe?\b"),
    (BONDING_ITEMS[2], r"suits? me|passt zu mir"),
    (BONDING_ITEMS[3], r"tell others|erzähle anderen|erzähle .*gern"),
    (BONDING_ITEMS[4], r"would forgive|verzeih"),
    (GRADE, r"\bgrades?\b|school ?grade|\bnoten?\b|schulnote|benote"),
    (CONTACT, r"\bcontacts?\b|kontakt"),
    (AGE, r"age ?group|altersgruppe|how old|wie alt"),
)
_BY_TEXT: Final = tuple((role, re.compile(words, re.IGNORECASE)) for role, words in _ASKS)

_NAMES: Final = {
    RESPONDENT: "respondent_id customer_id respondent customer id responseid response_id "
    "antwort_id nummer nr lfd_nr laufende_nummer bogen befragter befragte teilnehmer "
    "teilnehmer_id kunde kunden_id kundennummer fall case caseid lfdnr",
    AGE: "age_group agegroup age_class altersgruppe altersklasse age alter",
    SATISFACTION: "satisfaction zufriedenheit gesamtzufriedenheit overall_satisfaction",
    RECOMMENDATION: "recommendation weiterempfehlung empfehlung weiterempfehlungsbereitschaft nps "
    "likelihood_to_recommend",
    WEIGHT: "weight gewicht panel_weight survey_weight gewichtung",
    TOUCHPOINT: "touchpoint kontaktpunkt beruehrungspunkt",
    GRADE: "grade note schulnote",
}
_BY_NAME: Final = {name: role for role, names in _NAMES.items() for name in names.split()}
_BONDING_NAME: Final = re.compile(r"^(?:bonding|bindung)(?:_item)?_?0*([1-5])$")
_BONDING_CODE: Final = re.compile(r"^(?:bonding|bindung)$", re.IGNORECASE)
#: Longer texts are answers that slipped into a header.
_LONGEST: Final = 1_000
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True)
class Guess:
    """What a column may hold.

    Attributes:
        role: A role of `roles`.
        key: The touchpoint, for a contact or a grade in the wide form; else nothing.
    """

    role: str
    key: str = ""


def key_of(text: str) -> str:
    """Make the key of a touchpoint of its name.

    Example:
        >>> key_of("Rückgabe & Umtausch"), key_of("24 h hotline")
        ('rueckgabe_umtausch', 'touchpoint_24_h_hotline')
    """
    plain = unicodedata.normalize("NFC", text).casefold().translate(_UMLAUTS)
    ascii_only = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode("ascii")
    key = "_".join(re.findall(r"[a-z0-9]+", ascii_only))[:60].strip("_")
    return key if key[:1].isalpha() else f"touchpoint_{key}".rstrip("_")


def guess(heading: str, question: str = "") -> Guess | None:
    """Guess what a column holds.

    Args:
        heading: Its name.
        question: The text of its question, where the file has one apart.

    Returns:
        The guess, or None.

    Example:
        >>> guess("grade[entrance]"), guess("Note Eingang")
        (Guess(role='grade', key='entrance'), Guess(role='grade', key='eingang'))
        >>> guess("Q4_2", "Which grade do you give? - Checkout")
        Guess(role='grade', key='checkout')
        >>> guess("startlanguage")
    """
    if len(heading) > _LONGEST:
        return None
    parts = _WITH_SUBQUESTION.match(heading)
    if parts:
        code, sub, text = parts[1], parts[2], parts[3] or question
        return _by_subquestion(code, sub) or _by_text(text, sub)
    return _by_name(heading) or _by_text(question, "") or _by_text(heading, "")


def _by_name(heading: str) -> Guess | None:
    name = key_of(heading)
    if name in _BY_NAME:
        return Guess(_BY_NAME[name])
    # LimeSurvey writes code and text: "id. Response ID".
    if _BY_NAME.get(key_of(heading.partition(". ")[0])) == RESPONDENT:
        return Guess(RESPONDENT)
    if item := _BONDING_NAME.match(name):
        return Guess(BONDING_ITEMS[int(item[1]) - 1])
    if "?" in heading or len(heading) > 80:  # noqa: PLR2004  (a question, no name)
        return None
    for kind, pattern in _AFTER_PREFIX.items():
        if found := pattern.match(heading.strip()):
            return Guess(kind, key_of(found[1]))
    return None


def _by_subquestion(code: str, sub: str) -> Guess | None:
    """Take a code that says what is asked, and a subquestion that says where."""
    if _BONDING_CODE.match(code) and (number := re.search(r"0*([1-5])$", sub)):
        return Guess(BONDING_ITEMS[int(number[1]) - 1])
    if _NUMBERED.match(sub):
        return None
    for kind, pattern in _CODE.items():
        if pattern.match(code):
            return Guess(kind, key_of(sub))
    return None


def _by_text(text: str, sub: str) -> Guess | None:
    """Take what a question asks, and its label for the touchpoint or the item."""
    if not text or len(text) > _LONGEST:
        return None
    last, first = _LABEL_LAST.match(text), _LABEL_FIRST.match(text)
    if last:
        stem, label = last[1], last[2] or last[3]
    else:
        stem, label = (first[2], first[1]) if first else (text, "")
    label = label or ("" if _NUMBERED.match(sub) else sub)
    # A touchpoint may be called "recommendation of friends": the question goes before its label.
    role = _asked(stem) or _asked(label)
    if role in {CONTACT, GRADE}:
        return Guess(role, key_of(label)) if label else None
    return Guess(role) if role else None


def _asked(text: str) -> str:
    return next((role for role, pattern in _BY_TEXT if pattern.search(text)), "")


def guess_all(columns: Iterable[tuple[str, str]]) -> tuple[dict[str, Guess], list[str]]:
    """Guess for all columns of a file; where two would have one role, neither is guessed.

    Args:
        columns: Heading and question of each.

    Returns:
        The guesses by heading, and sentences on columns that could not be told apart.
    """
    found = {h: g for h, q in columns if h and (g := guess(h, q)) is not None}
    takers: dict[Guess, list[str]] = {}
    for heading, one in found.items():
        takers.setdefault(one, []).append(heading)
    doubts = []
    for one, headings in takers.items():
        if len(headings) > 1:
            exact = [h for h in headings if key_of(h) == (f"{one.role}_{one.key}".strip("_"))]
            keep = exact[0] if len(exact) == 1 else None
            for heading in headings:
                if heading != keep:
                    del found[heading]
            if keep is None:
                what = f"{one.role} {one.key}".strip()
                doubts.append(f"{' and '.join(headings[:3])} may each be {what}: none was taken")
    return found, doubts
