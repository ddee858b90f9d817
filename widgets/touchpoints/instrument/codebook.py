"""The codebook: each column of the data, its question, its values, and what an empty cell means."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Final

from touchpoints.core.spreadsheet_cells import safe_cell
from touchpoints.instrument.html_form import page_from_template
from touchpoints.instrument.questions import (
    RESPONDENT,
    Choice,
    Question,
    Questionnaire,
    filled,
)

_HERE: Final = Path(__file__).resolve().parent
_CONSTANT: Final = ("variable", "question", "values", "range", "asked", "missing", "source")
#: What is the same in all languages.
_SHARED: Final = ("variable", "range", "source")


def codebook(questionnaire: Questionnaire, language: str) -> list[dict[str, str]]:
    """List the columns of the data in one language.

    Args:
        questionnaire: What is asked.
        language: "en" or "de".

    Returns:
        One entry a column, in order: `variable`, `question`, `values`, `range`, `asked` (of whom),
        `missing`, `source`.
    """
    texts = {
        key.removeprefix("codebook."): words[language]
        for key, words in questionnaire.texts.items()
        if key.startswith("codebook.")
    }
    first = {
        "variable": RESPONDENT,
        "question": texts["respondent_id"],
        "values": "",
        "range": "",
        "asked": texts["all"],
        "missing": texts["never"],
        "source": "",
    }
    return [first, *(_entry(question, language, texts) for question in questionnaire.questions)]


def _entry(question: Question, language: str, texts: dict[str, str]) -> dict[str, str]:
    asked = texts["all"]
    if question.contact:
        asked = filled(texts["if_contact"], {"contact": question.contact})
    return {
        "variable": question.name,
        "question": question.words[language],
        "values": "; ".join(_value(choice, language) for choice in question.choices),
        "range": _range(question.choices),
        "asked": asked,
        "missing": texts["no_grade" if question.contact else "not_answered"],
        "source": question.source,
    }


def _value(choice: Choice, language: str) -> str:
    word = choice.words[language]
    return f"{choice.value} = {word}" if word else choice.value


def _range(choices: tuple[Choice, ...]) -> str:
    """Write the range of whole numbers, or the values where they are words."""
    values = [choice.value for choice in choices]
    if all(value.isdigit() for value in values):
        return f"{values[0]} to {values[-1]}"
    return ", ".join(values)


def codebook_csv(questionnaire: Questionnaire) -> str:
    """Write the codebook as CSV, with columns for each language of the questionnaire.

    Args:
        questionnaire: What is asked.

    Returns:
        The text of the file; no cell can start a formula in a spreadsheet.
    """
    books = {language: codebook(questionnaire, language) for language in questionnaire.languages}
    names = [
        (field, language)
        for field in _CONSTANT
        for language in (questionnaire.languages[:1] if field in _SHARED else books)
    ]
    header = [name if name in _SHARED else f"{name}_{language}" for name, language in names]
    rows = [
        [safe_cell(books[language][row][name]) for name, language in names]
        for row in range(len(questionnaire.columns))
    ]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return out.getvalue()


def codebook_html(questionnaire: Questionnaire) -> str:
    """Write the codebook as one HTML page, a table a language.

    Args:
        questionnaire: What is asked.

    Returns:
        The text of the file; it loads nothing and holds no script.
    """
    texts = questionnaire.texts
    books = [
        {
            "language": language,
            "title": texts["codebook.title"][language],
            "about": texts["codebook.about"][language],
            "headings": [texts[f"codebook.{field}"][language] for field in _CONSTANT],
            "rows": [
                [entry[field] for field in _CONSTANT] for entry in codebook(questionnaire, language)
            ],
        }
        for language in questionnaire.languages
    ]
    return page_from_template(
        "codebook.html",
        (_HERE / "codebook.css").read_text(encoding="utf-8"),
        company=questionnaire.company,
        books=books,
        licence=questionnaire.licence,
    )
