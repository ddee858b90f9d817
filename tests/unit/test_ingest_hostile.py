"""Broken and hostile files get one sentence, the file stays as it is, and nothing is written."""

from __future__ import annotations

import csv

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import touchpoints as tp
from hostile_files import FILES, GOOD, HEAD, sparse, write
from own_surveys import answers, to_csv, to_sav, to_xlsx
from refusals import refused
from touchpoints.ingest import delimited, files, spss
from touchpoints.ingest import needed as needed_module
from touchpoints.ingest.survey import examine, plan


@pytest.mark.parametrize("case", FILES)
def test_one_sentence(tmp_path, case):
    name, content, *parts = FILES[case]
    path = write(name, content, tmp_path)
    before = path.read_bytes()
    refused(*parts, tp.read_survey, path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_ten_gigabytes_are_refused_before_they_are_read(tmp_path, monkeypatch):
    path = sparse(tmp_path / "huge.csv")
    monkeypatch.setattr("pathlib.Path.open", lambda *_: pytest.fail("the file was opened"))
    refused("10,000 MB", "100 MB at most", "Parquet", tp.read_survey, path)


def test_far_cells_of_a_small_workbook_are_counted_before_they_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MOST_CELLS", 20_000)
    book = openpyxl.Workbook()
    for row in range(1, 101):
        book.active.cell(row, 5_000, 1)
    book.save(tmp_path / "a.xlsx")
    refused("25,000 cells", "20,000 cells at most", "Parquet", tp.read_survey, tmp_path / "a.xlsx")


def test_line_ends_are_counted_before_they_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(delimited, "MOST_ROWS", 10)
    monkeypatch.setattr(files, "MOST_ROWS", 10)
    path = write("a.csv", (HEAD + "\n" * 100).encode(), tmp_path)
    refused("11 rows", "10 rows at most", "Parquet", tp.read_survey, path)


def test_no_file_and_a_folder(tmp_path):
    refused("can't be read", "a CSV, XLSX or SAV", "path", tp.read_survey, tmp_path / "none.csv")
    (tmp_path / "folder.csv").mkdir()
    refused("is no file", "a file", "name", tp.read_survey, tmp_path / "folder.csv")


def test_a_library_that_is_missing_is_named_with_its_extra(tmp_path, monkeypatch):
    read_survey = tp.read_survey  # is itself imported when it is asked for
    monkeypatch.setattr(
        needed_module.importlib, "import_module", lambda _: (_ for _ in ()).throw(ImportError)
    )
    path = to_xlsx(answers(2), tmp_path / "own.xlsx")
    refused("no openpyxl", "surveys", 'pip install "touchpoint-kit[survey]"', read_survey, path)


@pytest.mark.parametrize("end", ["os.abort()", "time.sleep(60)", "print('{')"])
def test_a_reader_of_spss_data_that_dies_takes_nothing_with_it(tmp_path, monkeypatch, end):
    """Damaged files were found that crash the library: it runs in a process of its own."""
    script = tmp_path / "dies.py"
    script.write_text(f"import os, time\n{end}\n")
    monkeypatch.setattr(spss, "_PROCESS", script)
    monkeypatch.setattr(spss, "_MOST_SECONDS", 2)
    path = to_sav(answers(2), tmp_path / "own.sav")
    refused("no SPSS data or is cut short", "a whole", "save it again", tp.read_survey, path)


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-32", "cp1252", "mac_roman", "cp1250"]
)
def test_encodings_of_spreadsheets_are_told_apart(tmp_path, encoding):
    text = "Kundennummer;Kontakt Küche;Note Küche;Größe\n1;ja;2;ä ö ü ß\n2;nein;;Äpfel\n"
    path = tmp_path / "own.csv"
    path.write_bytes(text.encode(encoding))
    survey = tp.read_survey(path)
    assert "Größe" in survey.mapping.left_out
    assert survey.contacts["touchpoint"].unique().tolist() == ["kueche"]


def test_a_first_line_for_excel_is_no_header(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("sep=;\n" + GOOD.replace(",", ";"))
    assert tp.read_survey(path).contacts["grade"].fillna(0).tolist() == [2, 0]


def faults(path, **options) -> pd.DataFrame:
    """What is dropped, told by a warning too."""
    with pytest.warns(UserWarning, match="were dropped"):
        survey = tp.read_survey(path, **options)
    return survey.report[survey.report["what"] == "dropped"]


def test_formulas_are_cells_of_text(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(HEAD + '1,yes,"=HYPERLINK(""http://x"")"\n2,no,\n')
    assert faults(path)["why"].tolist() == ["a formula as text: not computed"]


def test_a_formula_without_a_result_is_not_no_contact(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["respondent_id", "grade_till"])
    book.active.append([1, "=1+1"])
    book.active.append([2, None])
    book.save(tmp_path / "own.xlsx")
    told = faults(tmp_path / "own.xlsx")
    assert told["row"].tolist() == [2]
    assert "formula without a stored result" in told["why"].iloc[0]
    with pytest.warns(UserWarning, match="1 cells or rows"):
        survey = tp.read_survey(tmp_path / "own.xlsx")
    assert survey.contacts["customer_id"].tolist() == [2]


@pytest.mark.parametrize("repair", [True, False])
def test_a_date_in_excel_is_never_taken_for_a_grade(tmp_path, repair):
    import datetime as dt

    book = openpyxl.Workbook()
    book.active.append(["respondent_id", "contact_till", "grade_till"])
    book.active.append([1, "yes", dt.date(2025, 2, 1)])
    book.active.append([2, "yes", 1])
    book.save(tmp_path / "own.xlsx")
    told = faults(tmp_path / "own.xlsx", repair=repair)
    assert told[["row", "value"]].to_numpy().tolist() == [[2, "'2025-02-01'"]]
    assert "a date" in told["why"].iloc[0]


def test_control_characters_never_reach_a_message_or_a_name(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("id,touchpoint,grade\n1,a\x1b[31mb,1\n2\x07,till,1\n3,till,2\n")
    told = faults(path)
    assert len(told) == 2
    assert not told["value"].str.contains("[\x00-\x1f]", regex=True).any()


def test_sheets_are_named_and_one_can_be_chosen(tmp_path):
    path = to_xlsx(answers(3), tmp_path / "own.xlsx")
    book = openpyxl.load_workbook(path)
    book.create_sheet("Later").append(["respondent_id", "grade_till"])
    book["Later"].append([9, 1])
    book.save(path)
    assert any("'Sheet', 'Later'" in why for why in tp.read_survey(path).report["why"])
    kept = tmp_path / "own.xlsx.mapping.yml"
    kept.write_text("sheet: Later\n")
    assert tp.read_survey(path).customers["customer_id"].tolist() == [9]
    kept.write_text("sheet: Latter\n")
    refused("no sheet 'Latter'", "'Sheet', 'Later'", "did you mean 'Later'", tp.read_survey, path)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused(tmp_path_factory, data):
    """Nothing but an InputError comes out of a file some of whose bytes were changed or cut."""
    folder = tmp_path_factory.mktemp("own")
    path = to_csv(answers(4), folder / "own.csv", mark=data.draw(st.sampled_from([",", ";"])))
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    path.write_bytes(bytes(content))
    try:
        grid, mapping, _ = plan(path)
        survey = examine(grid, mapping, repair=True)
    except tp.InputError:
        return
    assert survey.contacts["grade"].dropna().between(1, 6).all()


def test_a_cell_has_its_bound_whatever_else_the_process_has_set(tmp_path):
    path = tmp_path / "long.csv"
    path.write_text("respondent_id,grade_till\n1," + "9" * 1_000_000 + "\n", "utf-8")
    before = csv.field_size_limit(10_000_000)
    try:
        with pytest.raises(tp.InputError, match="field larger"):
            tp.read_survey(path)
        assert csv.field_size_limit() == 10_000_000
    finally:
        csv.field_size_limit(before)
