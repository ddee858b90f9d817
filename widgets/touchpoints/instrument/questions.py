"""The questionnaire as data: what is asked in which order, in which words, with which answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from touchpoints.core.errors import one_of
from touchpoints.instrument.touchpoint_list import Touchpoint, checked_name
from touchpoints.plain_yaml import read_yaml

LANGUAGES: Final = ("en", "de")
RESPONDENT: Final = "respondent_id"
_SOURCE: Final = Path(__file__).resolve().parent / "questionnaire.yml"

#: The same text in each language.
Words = Mapping[str, str]


@dataclass(frozen=True)
class Choice:
    """An answer to choose.

    Attributes:
        value: What stands in the data.
        words: What it is called, empty where the number speaks.
    """

    value: str
    words: Words


@dataclass(frozen=True)
class Question:
    """A question, which is a column of the data.

    Attributes:
        name: The column.
        scale: Name of its answers ("grade").
        choices: The answers, in order.
        words: What is asked.
        source: Where question and answers come from.
        contact: The column that has to be "yes" for this one to be asked, or nothing.
    """

    name: str
    scale: str
    choices: tuple[Choice, ...]
    words: Words
    source: str
    contact: str | None = None


@dataclass(frozen=True)
class Section:
    """Questions that stand together.

    Attributes:
        key: Its name in the source ("bonding").
        title: Its heading.
        lead: What stands above the questions, may be empty.
        questions: In order; in "contacts" each touchpoint has two.
    """

    key: str
    title: Words
    lead: Words
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Questionnaire:
    """A questionnaire for one company.

    Attributes:
        company: Its name.
        touchpoints: What is asked about.
        languages: Those it speaks, the first one at the start.
        sections: The questions in the order in which they are asked.
        texts: All other texts, by their key in the source.
        licence: What the words may be used under.
    """

    company: str
    touchpoints: tuple[Touchpoint, ...]
    languages: tuple[str, ...]
    sections: tuple[Section, ...]
    texts: Mapping[str, Words]
    licence: str

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions in the order of the data's columns: touchpoints first."""
        ordered = sorted(self.sections, key=lambda section: section.key != "contacts")
        return tuple(question for section in ordered for question in section.questions)

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the data's columns, in order."""
        return (RESPONDENT, *(question.name for question in self.questions))


@lru_cache
def _source() -> Any:  # noqa: ANN401  (the parsed file)
    return read_yaml(_SOURCE, "the questionnaire", "YAML")


def filled(text: str, values: Mapping[str, object]) -> str:
    """Fill {placeholders} in one pass: what is filled in is never looked through again.

    Example:
        >>> filled("{company} suits me.", {"company": "{company} & Co."})
        '{company} & Co. suits me.'
    """
    return re.sub(r"\{(\w+)\}", lambda found: str(values.get(found[1], found[0])), text)


def make_questionnaire(
    company: str, touchpoints: Sequence[Touchpoint], *, languages: Sequence[str] = LANGUAGES
) -> Questionnaire:
    """Put company and touchpoints into the kit's questionnaire.

    Args:
        company: Name of the company, 1 to 80 characters.
        touchpoints: What is asked about, as `checked_touchpoints` gives them.
        languages: One or both of "en" and "de"; the first is shown first.

    Returns:
        The questionnaire.

    Raises:
        InputError: If the name can't be shown or there is no such language.

    Example:
        >>> from touchpoints.instrument.touchpoint_list import checked_touchpoints
        >>> shop = checked_touchpoints([("shop", "Our shop", "Unser Laden")])
        >>> make_questionnaire("Nordlicht Wohnen", shop).columns[:3]
        ('respondent_id', 'contact_shop', 'grade_shop')
    """
    source = _source()
    name = checked_name("company", company)
    scales = {
        key: tuple(Choice(choice["value"], _words(choice, {})) for choice in choices)
        for key, choices in source["scales"].items()
    }
    sections = tuple(
        Section(
            section["key"],
            _words(section["title"], {"company": name}),
            _words(section["lead"], {"company": name}),
            tuple(_questions(section, scales, name, touchpoints)),
        )
        for section in source["sections"]
    )
    texts = {
        f"{group}.{key}": _words(text, {"company": name})
        for group in ("texts", "form", "codebook")
        for key, text in source[group].items()
    }
    spoken = tuple(one_of("language", language, LANGUAGES) for language in languages)
    return Questionnaire(name, tuple(touchpoints), spoken, sections, texts, source["licence"])


def _questions(
    section: Mapping[str, Any],
    scales: Mapping[str, tuple[Choice, ...]],
    company: str,
    touchpoints: Sequence[Touchpoint],
) -> Iterator[Question]:
    source = section["source"]
    for entry in section.get("questions", ()):
        words = _words(entry, {"company": company})
        yield Question(entry["name"], entry["scale"], scales[entry["scale"]], words, source)
    for touchpoint in touchpoints:
        contact = None
        for entry in section.get("each_touchpoint", ()):
            name = filled(entry["name"], {"touchpoint": touchpoint.key})
            words = {
                language: filled(entry[language], {"touchpoint": touchpoint.names[language]})
                for language in LANGUAGES
            }
            yield Question(name, entry["scale"], scales[entry["scale"]], words, source, contact)
            contact = name


def _words(entry: Mapping[str, str], values: Mapping[str, str]) -> Words:
    return {language: filled(entry[language], values) for language in LANGUAGES}
