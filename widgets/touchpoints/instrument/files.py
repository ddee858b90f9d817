"""All files of a survey."""

from __future__ import annotations

from touchpoints.instrument.codebook import codebook_csv, codebook_html
from touchpoints.instrument.entry_sheet import entry_csv, entry_xlsx
from touchpoints.instrument.html_form import html_form
from touchpoints.instrument.paper_form import paper_form
from touchpoints.instrument.questions import Questionnaire


def survey_files(questionnaire: Questionnaire) -> dict[str, bytes]:
    """Make all files of a survey; the same questionnaire gives the same content.

    Args:
        questionnaire: What is asked.

    Returns:
        Content by name of the file: the page to fill in, a paper form a language, the codebook,
        and the table to type paper answers into.

    Raises:
        InputError: If a library of the extra `survey` is missing.
    """
    texts = {
        "questionnaire.html": html_form(questionnaire),
        "codebook.csv": codebook_csv(questionnaire),
        "codebook.html": codebook_html(questionnaire),
        "entry.csv": entry_csv(questionnaire),
    }
    papers = {
        f"questionnaire-{language}.docx": paper_form(questionnaire, language)
        for language in questionnaire.languages
    }
    encoded = {name: text.encode() for name, text in texts.items()}
    return {**encoded, **papers, "entry.xlsx": entry_xlsx(questionnaire)}
