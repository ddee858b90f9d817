"""`touchpoints report` on the command line: a file that is whole or not there, and one-line errors."""

from __future__ import annotations

import re

import pytest

from own_contacts import contacts, without_pictures
from touchpoints import writing
from touchpoints.cli import main
from touchpoints.core.errors import InputError


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """An empty folder to work in, with a file of contacts."""
    monkeypatch.chdir(tmp_path)
    without_pictures(monkeypatch)
    contacts().to_csv("own.csv", index=False)
    return tmp_path


def names(folder):
    """What lies in the folder."""
    return sorted(path.name for path in folder.iterdir())


def told(capsys):
    """The one line that a failed command says."""
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "Traceback" not in err
    return err


def test_it_writes_beside_where_one_stands_and_says_where(folder, capsys):
    assert main(["report", "own.csv", "--weight", "weight"]) == 0
    assert capsys.readouterr().out == "The report is in own-report.html\n"
    assert names(folder) == ["own-report.html", "own.csv"]
    text = (folder / "own-report.html").read_text("utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert text.endswith("</html>")


def test_the_same_file_gives_the_same_report_but_for_the_minute(folder):
    assert main(["report", "own.csv", "-o", "a.html"]) == 0
    assert main(["report", "own.csv", "-o", "b.html"]) == 0
    a, b = (re.sub(r"Made on .*? on", "", (folder / f"{n}.html").read_text("utf-8")) for n in "ab")
    assert a == b


def test_a_report_that_is_there_stays_unless_told(folder, capsys):
    (folder / "out.html").write_text("mine")
    assert main(["report", "own.csv", "-o", "out.html"]) == 1
    assert "'out.html', which is there already" in told(capsys)
    assert (folder / "out.html").read_text() == "mine"
    assert main(["report", "own.csv", "-o", "out.html", "--overwrite"]) == 0
    assert "Touchpoint report" in (folder / "out.html").read_text("utf-8")


def test_a_link_to_nowhere_is_something_too(folder, capsys):
    (folder / "out.html").symlink_to(folder / "elsewhere.html")
    assert main(["report", "own.csv", "-o", "out.html"]) == 1
    assert "is there already" in told(capsys)
    assert not (folder / "elsewhere.html").exists()


@pytest.mark.parametrize(
    ("out", "said"),
    [
        ("own.csv", "the file that is read as the place to write to"),
        ("none/out.html", "no folder 'none'"),
        (".", "which is a folder"),
    ],
)
def test_places_where_no_report_can_stand(folder, capsys, out, said):
    before = (folder / "own.csv").read_bytes()
    assert main(["report", "own.csv", "-o", out, "--overwrite"]) == 1
    assert said in told(capsys)
    assert (folder / "own.csv").read_bytes() == before
    assert names(folder) == ["own.csv"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none.csv"], "'none.csv', which can't be read"),
        (["own.csv", "--grade", "mark"], "no column 'mark' in 'own.csv'"),
        (["own.csv", "--confidence", "95"], "write 0.95 for 95 %"),
        (["own.csv", "--margin", "-1"], "0 or more and below 100"),
        (["own.csv", "--negative-control", "car parc"], "did you mean 'car park'?"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line_and_leaves_nothing(
    folder, capsys, arguments, said
):
    assert main(["report", *arguments]) == 1
    assert said in told(capsys)
    assert names(folder) == ["own.csv"]


def test_when_the_disk_is_full_nothing_stays(folder, capsys, monkeypatch):
    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing.os, "link", full)
    monkeypatch.setattr(writing.Path, "replace", full)
    assert main(["report", "own.csv"]) == 1
    assert "can't be written (No space left on device)" in told(capsys)
    assert names(folder) == ["own.csv"]


def test_where_links_are_not_known_the_file_still_comes_whole(folder, monkeypatch):
    monkeypatch.setattr(writing.os, "link", lambda *_: (_ for _ in ()).throw(OSError(1, "no")))
    writing.write_whole(folder / "out.html", "page")
    assert (folder / "out.html").read_text() == "page"
    with pytest.raises(InputError, match="is there already"):
        writing.write_whole(folder / "out.html", "other")
    assert (folder / "out.html").read_text() == "page"
    assert names(folder) == ["out.html", "own.csv"]


def test_what_came_to_stand_there_meanwhile_stays(folder):
    (folder / "out.html").write_text("mine")
    with pytest.raises(InputError, match="is there already"):
        writing.write_whole(folder / "out.html", "page")
    assert (folder / "out.html").read_text() == "mine"
    assert names(folder) == ["out.html", "own.csv"]
