"""Files as people type them: a title above the table, ages in years, a row of means below."""

from __future__ import annotations

import openpyxl
import pytest

import touchpoints as tp
from touchpoints.cli import main

HEADINGS = ["Nr.", "Kontakt Kasse", "Note Kasse", "Alter"]
ROWS = [[1, "ja", "Note 2", 34], [2, "nein", None, 71], ["Mittelwert", None, 2, None]]
TITLE = "Kundenbefragung Herbst"


def workbook(path, *, merged):
    book = openpyxl.Workbook()
    for row in ([TITLE], [], HEADINGS, *ROWS):
        book.active.append(row)
    if merged:
        book.active.merge_cells("A1:D1")
    book.save(path)
    return path


def table(path, above):
    rows = [HEADINGS, *ROWS]
    lines = [";".join("" if cell is None else str(cell) for cell in row) for row in rows]
    path.write_text(above + "\n".join(lines) + "\n", encoding="utf-8")
    return path


FILES = {
    "workbook": lambda folder: workbook(folder / "own.xlsx", merged=False),
    "merged": lambda folder: workbook(folder / "own.xlsx", merged=True),
    "line": lambda folder: table(folder / "own.csv", f"{TITLE}\n\n"),
    "cells": lambda folder: table(folder / "own.csv", f"{TITLE};;;\n;;;\n"),
}


@pytest.mark.parametrize("form", FILES)
def test_a_title_above_and_a_mean_below_are_left_out_and_told(tmp_path, form):
    with pytest.warns(UserWarning, match="1 cells or rows"):
        survey = tp.read_survey(FILES[form](tmp_path), repair=True)
    assert survey.customers["customer_id"].tolist() == [1, 2]
    assert survey.customers["age_group"].tolist() == ["30-44", "60+"]
    assert survey.contacts["grade"].fillna(0).tolist() == [2, 0]
    told = survey.report.set_index("value")
    assert any(f"above the headings stands '{TITLE}'" in why for why in survey.report["why"])
    assert told.loc["'Mittelwert'", ["what", "row"]].tolist() == ["dropped", 6]
    assert told.loc["'34'", ["what", "row", "why"]].tolist() == ["repaired", 4, "an age in years"]


def test_without_consent_an_age_in_years_is_left_out(tmp_path):
    with pytest.warns(UserWarning, match="dropped"):
        survey = tp.read_survey(FILES["line"](tmp_path))
    assert survey.customers["age_group"].isna().all()
    assert "an age in years; repair mends it" in set(survey.report["why"])


def test_a_line_break_in_the_first_heading_is_no_title(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text('"respondent\n_id",contact_till,grade_till\n1,yes,2\n', encoding="utf-8")
    survey = tp.read_survey(path)
    assert survey.contacts["grade"].tolist() == [2]
    assert not survey.report["why"].str.contains("above").any()


def test_code_and_text_of_limesurvey_name_the_respondent(tmp_path):
    path = tmp_path / "own.csv"
    head = "id. Antwort ID;submitdate. Datum Abgeschickt;note[kasse]. Welche Note? [Kasse]"
    path.write_text(f"{head}\n17;2025-10-01;2\n", encoding="utf-8")
    survey = tp.read_survey(path)
    assert survey.customers["customer_id"].tolist() == [17]


def test_options_may_stand_before_the_file(tmp_path, capsys):
    assert main(["data", "check", "--repair", str(FILES["line"](tmp_path))]) == 0
    assert "2 respondents" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["data", "check", "one.csv", "two.csv"])
    assert "unrecognized arguments: two.csv" in capsys.readouterr().err
