"""What else of the kit meets here: the questionnaire's own tables, and the file of the book's page."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

import touchpoints as tp
from own_surveys import course_file


def test_the_file_of_the_page_is_the_one_that_is_made(root):
    kept = root / "book" / "course" / "files" / "my-survey.csv"
    assert kept.read_text("utf-8") == course_file()


def test_each_fault_of_the_pages_file_is_told(root):
    with pytest.warns(UserWarning, match="4 cells or rows of my-survey.csv were dropped"):
        survey = tp.read_survey(root / "book" / "course" / "files" / "my-survey.csv", repair=True)
    told = survey.report.set_index("row")["what"].drop(index=[None], errors="ignore")
    assert told[told == "dropped"].index.tolist() == [16, 20, 30, 35]
    assert told[told == "repaired"].index.tolist() == [4, 7, 11, 25, 62]
    assert set(survey.contacts["touchpoint"]) == {"eingang", "kasse", "rueckgabe"}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_questionnaires_own_table_needs_no_word(root, tmp_path, kind):
    """A paper questionnaire typed into the table that the kit makes for it."""
    folder = root / "book" / "course" / "questionnaire"
    names = next(csv.reader(io.StringIO((folder / "entry.csv").read_text("utf-8-sig"))))
    typed = {name: "1" if name.startswith("grade_") else "yes" for name in names}
    typed |= {name: "5" for name in names if name.startswith("bonding_")}
    typed |= {"respondent_id": "1", "satisfaction": "2", "recommendation": "9", "age_group": "60+"}
    path = tmp_path / f"entry.{kind}"
    if kind == "csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([names, [typed[name] for name in names]])
    else:
        book = openpyxl.load_workbook(folder / "entry.xlsx")
        sheet = book.worksheets[0]
        row = next(i for i in range(2, 20) if sheet.cell(i, 1).value in {None, 1})
        for column, name in enumerate(names, 1):
            value = typed[name]
            sheet.cell(row, column, int(value) if value.isdigit() else value)
        book.save(path)
    survey = tp.read_survey(path)
    assert len(survey.contacts) == sum(name.startswith("grade_") for name in names)
    assert (survey.contacts["grade"] == 1).all()
    assert survey.mapping.left_out == ()
    assert len(survey.customers.columns) == 9
