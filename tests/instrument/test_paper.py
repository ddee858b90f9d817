"""The paper form and the table for its answers, opened again by the libraries that read such files."""

from __future__ import annotations

import io
import sys

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from refusals import refused
from touchpoints.instrument import Touchpoint, checked_touchpoints, make_questionnaire
from touchpoints.instrument.entry_sheet import entry_csv, entry_xlsx
from touchpoints.instrument.paper_form import paper_form

NAMES = [("shop", "Our shop", "Unser Laden"), ("chat", "Chat", "Chatberatung")]
SURVEY = make_questionnaire("Möbel <b>& Co.</b>", checked_touchpoints(NAMES))


@pytest.fixture(params=["en", "de"])
def paper(request):
    return request.param, Document(io.BytesIO(paper_form(SURVEY, request.param)))


def test_it_asks_what_the_questionnaire_asks_in_its_order(paper):
    language, document = paper
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == [
        SURVEY.texts["texts.privacy_title"][language],
        *(section.title[language] for section in SURVEY.sections),
    ]
    bonding, satisfaction, recommendation, contacts, age = document.tables
    assert [row.cells[0].text for row in bonding.rows[1:]] == [
        q.words[language] for q in SURVEY.sections[0].questions
    ]
    assert [len(t.columns) for t in (satisfaction, recommendation, age)] == [6, 11, 4]
    assert [row.cells[0].text for row in contacts.rows[1:]] == [
        t.names[language] for t in SURVEY.touchpoints
    ]
    assert len(contacts.columns) == 1 + 2 + 6
    assert all(cell.text == "☐" for row in contacts.rows[1:] for cell in row.cells[1:])


def test_it_can_be_read_aloud(paper):
    language, document = paper
    properties = document.core_properties
    assert properties.title == SURVEY.texts["texts.title"][language]
    assert properties.language == {"en": "en-GB", "de": "de-DE"}[language]
    lang = document.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:lang')}")
    assert lang.get(qn("w:val")) == properties.language
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))


def test_the_same_questionnaire_is_the_same_file():
    assert paper_form(SURVEY, "de") == paper_form(SURVEY, "de")
    assert entry_xlsx(SURVEY) == entry_xlsx(SURVEY)


def test_the_entry_table_allows_what_the_codebook_does():
    book = load_workbook(io.BytesIO(entry_xlsx(SURVEY)))
    sheet = book["data"]
    header = [cell.value for cell in sheet[1]]
    assert header == list(SURVEY.columns) == entry_csv(SURVEY).strip().split(",")
    assert sheet.freeze_panes == "B2"
    rules = {str(r.sqref).split(":")[0]: r for r in sheet.data_validations.dataValidation}
    by_name = {name: rules.get(sheet.cell(2, i + 1).coordinate) for i, name in enumerate(header)}
    assert by_name["respondent_id"] is None
    assert by_name["contact_shop"].formula1 == '"yes,no"'
    assert by_name["grade_shop"].formula1 == 'AND(B2="yes",C2>=1,C2<=6,C2=INT(C2))'
    assert (by_name["recommendation"].type, by_name["recommendation"].formula2) == ("whole", "10")
    assert by_name["age_group"].formula1 == '"18-29,30-44,45-59,60+"'
    assert all(rule.showErrorMessage for rule in rules.values())
    assert [row[0].value for row in book["codebook_de"].iter_rows(min_row=2)] == header


def test_a_name_is_no_formula_in_the_workbook():
    survey = make_questionnaire("=1+1", [Touchpoint("shop", {"en": "=2+2", "de": "@x"})])
    book = load_workbook(io.BytesIO(entry_xlsx(survey)))
    cells = [c for page in book for row in page.iter_rows() for c in row if c.value is not None]
    assert not [c.value for c in cells if c.data_type == "f"]
    assert "'=1+1 suits me." in [c.value for c in cells]


@pytest.mark.parametrize(("library", "make"), [("docx", paper_form), ("openpyxl", entry_xlsx)])
def test_a_missing_library_names_the_extra(monkeypatch, library, make):
    monkeypatch.setitem(sys.modules, library, None)
    given = (SURVEY, "en") if library == "docx" else (SURVEY,)
    refused("here", "surveys", 'pip install "touchpoint-kit[survey]"', make, *given)
