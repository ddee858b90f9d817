"""The questionnaire on paper: a DOCX file that can be edited, with tables to tick."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, Final

from touchpoints.instrument.entry_sheet import missing_library
from touchpoints.instrument.questions import Question, Questionnaire, Section, filled
from touchpoints.instrument.zipped import without_time

_BOX: Final = "\N{BALLOT BOX}"
_LOCALES: Final = {"en": "en-GB", "de": "de-DE"}
#: Of a page in A4 with margins of 1.8 cm: the rest of a row is shared by its boxes.
_TEXT_CM: Final = 17.4
_WIDE_CM: Final = 5.4
_BODY_PT: Final = 10.5
_HEAD_PT: Final = 8


def paper_form(questionnaire: Questionnaire, language: str) -> bytes:
    """Write the questionnaire as a document for a word processor.

    Headings are headings, the first row of each table is its header and comes again on the next
    page, no row is split, each table has a description, and the language is set.

    Args:
        questionnaire: What is asked.
        language: "en" or "de".

    Returns:
        The file.

    Raises:
        InputError: If python-docx is not installed.
    """
    try:
        from docx import Document  # noqa: PLC0415  (an extra)
    except ImportError:
        raise missing_library("python-docx") from None
    document = Document()
    _set_up(document, questionnaire, language)

    def say(key: str) -> str:
        return questionnaire.texts[f"texts.{key}"][language]

    document.add_heading(say("title"), level=0)
    document.add_paragraph(f"{say('paper_number')} ______________")
    document.add_paragraph(say("invitation"))
    document.add_heading(say("privacy_title"), level=1)
    document.add_paragraph(say("privacy"))
    for section in questionnaire.sections:
        document.add_heading(section.title[language], level=1)
        if section.lead[language]:
            document.add_paragraph(section.lead[language])
        _add_questions(document, questionnaire, section, language)
    thanks = document.add_paragraph(say("thanks"))
    thanks.paragraph_format.space_before = _points(12)
    out = io.BytesIO()
    document.save(out)
    return without_time(out.getvalue())


def _points(size: float) -> Any:  # noqa: ANN401
    from docx.shared import Pt  # noqa: PLC0415

    return Pt(size)


def _set_up(document: Any, questionnaire: Questionnaire, language: str) -> None:  # noqa: ANN401
    """Set page, letters and language."""
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Cm  # noqa: PLC0415

    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(1.8)
    document.styles["Normal"].font.size = _points(_BODY_PT)
    document.styles["Normal"].font.name = "Calibri"
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:lang')}")
    defaults.set(qn("w:val"), _LOCALES[language])
    properties = document.core_properties
    properties.language = _LOCALES[language]
    properties.title = questionnaire.texts["texts.title"][language]
    properties.author = ""
    properties.comments = questionnaire.licence


def _add_questions(
    document: Any,  # noqa: ANN401
    questionnaire: Questionnaire,
    section: Section,
    language: str,
) -> None:
    """Add one table for the touchpoints or the statements, else one a question."""

    def say(key: str) -> str:
        return questionnaire.texts[f"texts.{key}"][language]

    if section.key == "contacts":
        document.add_paragraph(say("tick"))
        contact, grade = section.questions[:2]
        heads = [
            *_heads(contact, language, say("contact_head")),
            *_heads(grade, language, say("grade_head")),
        ]
        rows = [touchpoint.names[language] for touchpoint in questionnaire.touchpoints]
        _add_table(document, [say("touchpoint"), *heads], rows, section.title[language])
    elif section.key == "bonding":
        document.add_paragraph(say("tick_rows"))
        heads = _heads(section.questions[0], language, "{answer}")
        rows = [question.words[language] for question in section.questions]
        _add_table(document, [say("statement"), *heads], rows, section.title[language])
    else:
        for question in section.questions:
            words = document.add_paragraph(question.words[language])
            words.add_run(f" {say('tick_one')}").italic = True
            words.paragraph_format.keep_with_next = True
            heads = _heads(question, language, "{answer}")
            _add_table(document, heads, None, question.words[language])


def _heads(question: Question, language: str, form: str) -> list[str]:
    """Name the answers: the number with its word, or the word."""

    def name(value: str, word: str) -> str:
        return f"{value} {word}".strip() if value.isdigit() else word

    return [
        filled(form, {"answer": name(choice.value, choice.words[language])})
        for choice in question.choices
    ]


def _add_table(
    document: Any,  # noqa: ANN401
    heads: Sequence[str],
    rows: Sequence[str] | None,
    description: str,
) -> None:
    """Add a table of boxes to tick: a row a text, or one row without."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.shared import Cm  # noqa: PLC0415

    boxes = len(heads) - (rows is not None)
    lines = [[text, *[_BOX] * boxes] for text in rows] if rows is not None else [[_BOX] * boxes]
    table = document.add_table(rows=1 + len(lines), cols=len(heads), style="Table Grid")
    table.autofit = False
    wide = _WIDE_CM if rows is not None else 0
    narrow = (_TEXT_CM - wide) / boxes
    for column, texts in enumerate(zip(heads, *lines, strict=True)):
        has_text = rows is not None and column == 0
        for row, text in enumerate(texts):
            cell = table.cell(row, column)
            cell.width = Cm(wide if has_text else narrow)
            paragraph = cell.paragraphs[0]
            run = paragraph.add_run(text)
            if row == 0:
                run.font.size = _points(_HEAD_PT)
                run.bold = True
            if not has_text:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _describe(table, description)


def _describe(table: Any, description: str) -> None:  # noqa: ANN401
    """Mark the header row, keep rows whole, and say what the table is."""
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    for number, row in enumerate(table.rows):
        marks = row._tr.get_or_add_trPr()  # noqa: SLF001  (python-docx has no call for it)
        marks.append(OxmlElement("w:cantSplit"))
        if number == 0:
            marks.append(OxmlElement("w:tblHeader"))
    said = OxmlElement("w:tblDescription")
    said.set(qn("w:val"), description)
    table._tbl.tblPr.append(said)  # noqa: SLF001
