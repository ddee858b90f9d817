"""`touchpoints survey`: what is written, what is left alone, what is refused."""

from __future__ import annotations

import io
import zipfile

import pytest

from conftest import ROOT
from touchpoints.cli import main
from touchpoints.cli.survey import MANIFEST, example_touchpoints
from touchpoints.instrument import make_questionnaire, survey_files

SHIPPED = ROOT / "book" / "course" / "questionnaire"
LIST = "touchpoint,name_en,name_de\nshop,Our shop,Unser Laden\n"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.csv").write_text(LIST, "utf-8")
    return tmp_path


def parts(content):
    """What an office file holds: how tightly it is packed differs from system to system."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_it_writes_everything_for_the_users_own_list(folder, capsys):
    command = ["survey", "out", "--touchpoints", "list.csv", "--company", "My shop"]
    assert main(command) == 0
    out, err = capsys.readouterr()
    assert "Files written 7" in out
    assert "All files are in out: questionnaire.html" in out
    assert err == ""
    assert "contact_shop,grade_shop,bonding_1" in (folder / "out" / "entry.csv").read_text("utf-8")
    assert "My shop suits me." in (folder / "out" / "codebook.csv").read_text("utf-8")


def test_again_it_updates_and_leaves_what_was_changed(folder, capsys):
    command = ["survey", "out", "--lang", "en", "--touchpoints", "list.csv", "--company"]
    main([*command, "My shop"])
    (folder / "out" / "codebook.csv").write_text("my notes", "utf-8")
    capsys.readouterr()
    assert main([*command, "Other shop"]) == 0
    out = capsys.readouterr().out
    assert "new versions are in out/new-versions:\n  codebook.csv\n" in out
    assert (folder / "out" / "codebook.csv").read_text("utf-8") == "my notes"
    assert "Other shop" in (folder / "out" / "questionnaire.html").read_text("utf-8")
    (folder / "out" / "questionnaire-en.docx").write_text("mine", "utf-8")
    main([*command[:3], "de", *command[4:], "Other shop"])
    assert "so left alone:\n  questionnaire-en.docx\n" in capsys.readouterr().out


def test_many_touchpoints_get_a_warning_not_a_refusal(folder, capsys):
    rows = "".join(f"t{n},Place {n},Ort {n}\n" for n in range(13))
    (folder / "long.csv").write_text("touchpoint,name_en,name_de\n" + rows, "utf-8")
    assert main(["survey", "out", "--touchpoints", "long.csv", "--company", "A"]) == 0
    assert "warning: 13 touchpoints" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--touchpoints", "list.csv"], "name the company, too"),
        (["--touchpoints", "none.csv", "--company", "A"], "can't be read"),
        (["--company", "a\nb"], "Found company"),
    ],
)
def test_what_cannot_be_made_is_told_on_one_line_and_leaves_nothing(
    folder, capsys, arguments, said
):
    assert main(["survey", "out", *arguments]) == 1
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1
    assert not (folder / "out").exists()


def test_the_books_downloads_are_what_the_command_makes_today():
    made = survey_files(make_questionnaire("Nordlicht Wohnen", example_touchpoints()))
    stale = [n for n, new in made.items() if parts((SHIPPED / n).read_bytes()) != parts(new)]
    assert stale == [], "run: touchpoints survey book/course/questionnaire"


def test_the_example_is_what_the_page_says():
    keys = [touchpoint.key for touchpoint in example_touchpoints()]
    assert len(keys) == 9
    assert "city_car_park" in keys
    page = (SHIPPED.parent / "questionnaire.md").read_text("utf-8")
    assert "eight moments of truth, and the city's car park" in page
    assert all(
        f"(questionnaire/{path.name})" in page.replace("<", "(").replace(">", ")")
        for path in SHIPPED.iterdir()
        if path.name != MANIFEST
    )


def test_a_folder_that_cannot_be_made_is_told(capsys):
    assert main(["survey", "list.csv"]) == 1
    assert "'list.csv', which can't be written" in capsys.readouterr().err
