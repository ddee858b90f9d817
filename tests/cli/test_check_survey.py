"""`touchpoints data check`: a report, a mapping that is kept, clean tables, and nothing overwritten."""

from __future__ import annotations

import pandas as pd
import pytest

import touchpoints as tp
from own_contacts import without_pictures
from own_surveys import answers, to_csv
from touchpoints.cli import main

SOUND = answers(30)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """An empty folder to work in, with a survey, and a wide terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    to_csv(SOUND.assign(comment="=1+1"), tmp_path / "own.csv")
    return tmp_path


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_it_says_what_was_found_and_keeps_the_mapping(folder, capsys):
    before = (folder / "own.csv").read_bytes()
    assert main(["data", "check", "own.csv"]) == 0
    out = capsys.readouterr().out
    assert "30 respondents, 3 touchpoints" in out
    assert "the guess is in own.csv.mapping.yml" in out
    assert "means nothing to the kit: left out" in out
    assert names(folder) == ["own.csv", "own.csv.mapping.yml"]
    assert (folder / "own.csv").read_bytes() == before


def test_a_mapping_that_was_changed_stays_and_is_read(folder, capsys):
    kept = folder / "own.csv.mapping.yml"
    mine = "form: wide\ntouchpoints: {door: {grade: grade_entrance}}\n"
    kept.write_text(mine)
    assert main(["data", "check", "own.csv"]) == 0
    assert "30 respondents, 1 touchpoints" in capsys.readouterr().out
    assert kept.read_text() == mine
    (folder / "other.yml").write_text(mine.replace("door", "gate"))
    assert main(["data", "check", "own.csv", "--mapping", "other.yml"]) == 0
    assert "grade_gate" in capsys.readouterr().out


def test_a_mapping_that_names_a_sheet_alone_is_not_overwritten(folder, capsys):
    kept = folder / "own.csv.mapping.yml"
    kept.write_text("left_out: []\n")
    assert main(["data", "check", "own.csv"]) == 0
    assert "left as it is" in capsys.readouterr().out
    assert kept.read_text() == "left_out: []\n"


def test_the_mapping_is_there_to_correct_even_where_no_grade_was_found(folder, capsys):
    to_csv(pd.DataFrame({"id": ["1"], "x": ["1"]}), folder / "odd.csv")
    assert main(["data", "check", "odd.csv"]) == 1
    assert "name the columns in odd.csv.mapping.yml" in capsys.readouterr().err
    assert "left_out:\n- x" in (folder / "odd.csv.mapping.yml").read_text()


def test_clean_tables_are_what_read_survey_gives(folder, capsys, monkeypatch):
    assert main(["data", "check", "own.csv", "--out", "clean"]) == 0
    assert "Clean tables are in clean" in capsys.readouterr().out
    assert names(folder / "clean") == [
        "contacts.csv",
        "customers.csv",
        "findings.csv",
        "survey.csv",
    ]
    survey = tp.read_survey("own.csv")
    again = tp.read_survey("clean/survey.csv")
    pd.testing.assert_frame_equal(again.customers, survey.customers)
    pd.testing.assert_frame_equal(again.contacts, survey.contacts)
    without_pictures(monkeypatch)
    assert main(["report", "clean/survey.csv", "--weight", "panel_weight", "-o", "r.html"]) == 0
    assert "Touchpoint report" in (folder / "r.html").read_text("utf-8")


def test_cells_of_clean_tables_start_no_formula(folder):
    frame = SOUND.assign(respondent_id=[f"=cmd|{i}" for i in range(30)], bonding_1="=9")
    to_csv(frame, folder / "bad.csv")
    assert main(["data", "check", "bad.csv", "--out", "clean"]) == 0
    for name in names(folder / "clean"):
        cells = pd.read_csv(folder / "clean" / name, dtype=str, keep_default_na=False)
        assert not cells.map(lambda cell: cell.startswith(("=", "+", "-", "@"))).any().any()


@pytest.mark.parametrize("taken", ["own.csv", "full"])
def test_a_folder_that_is_not_free_stays_as_it_is(folder, capsys, taken):
    (folder / "full").mkdir()
    (folder / "full" / "contacts.csv").write_text("mine")
    assert main(["data", "check", "own.csv", "--out", taken]) == 1
    assert "name a new folder with --out" in capsys.readouterr().err
    assert (folder / "full" / "contacts.csv").read_text() == "mine"
    assert names(folder) == ["full", "own.csv"]


def test_an_empty_folder_is_filled_and_a_missing_parent_is_told(folder, capsys):
    (folder / "empty").mkdir()
    assert main(["data", "check", "own.csv", "--out", "empty"]) == 0
    assert len(names(folder / "empty")) == 4
    assert main(["data", "check", "own.csv", "--out", "none/clean"]) == 1
    assert "make it first" in capsys.readouterr().err


def test_when_the_tables_cannot_be_written_nothing_stays(folder, capsys, monkeypatch):
    def full(*_args, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    assert main(["data", "check", "own.csv", "--out", "clean"]) == 1
    assert "'clean', which can't be written (No space left on device)" in capsys.readouterr().err
    assert names(folder) == ["own.csv", "own.csv.mapping.yml"]


def test_text_of_the_file_is_no_markup(folder, capsys):
    frame = SOUND.rename(columns={"weight": "[bold]x[/nope]"}).assign(bonding_1="[red]9")
    to_csv(frame, folder / "odd.csv")
    assert main(["data", "check", "odd.csv"]) == 0
    out = capsys.readouterr().out
    assert "[bold]x[/nope]" in out
    assert "[red]9" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check"], "name the file to check"),
        (["check", "none.csv"], "'none.csv', which can't be read"),
        (["check", "own.csv", "--mapping", "none.yml"], "none.yml', which can't be read"),
        (["touchpoints", "--repair"], "belong to: touchpoints data check FILE"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(folder, capsys, arguments, said):
    assert main(["data", *arguments]) == 1
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1
    assert names(folder) == ["own.csv"]
