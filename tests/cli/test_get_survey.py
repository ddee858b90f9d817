"""`touchpoints data get sfo`: accepted by content, nothing half-written, one line when it fails."""

from __future__ import annotations

import http.server
import os
import threading
from functools import partial
from pathlib import Path

import pytest

import touchpoints as tp
from made_survey import made_year, write_years
from touchpoints.cli import main, originals
from touchpoints.originals import portal, sfo_survey
from touchpoints.originals.download import Limits

#: Two years stand for five: each kind of file, and reading takes time.
YEARS = (2014, 2018)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return write_years(tmp_path_factory.mktemp("made"), YEARS)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Where the files go in this test: nothing there yet."""
    own = tmp_path / "survey"
    monkeypatch.setenv(sfo_survey.VARIABLE, str(own))
    monkeypatch.setattr(originals, "YEARS", YEARS)
    monkeypatch.setattr(sfo_survey, "YEARS", YEARS)
    return own


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def served(made, monkeypatch):
    """A server with the made files; the command asks it instead of the portal."""
    handler = partial(Quiet, directory=made)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}"
        known = dict.fromkeys(YEARS, "")
        monkeypatch.setattr(
            originals, "address", lambda y: f"{base}/{y}.csv" if y in known else None
        )
        limits = Limits(portal.MOST_BYTES, pause=0, tries=2, schemes=("http",))
        monkeypatch.setattr(originals, "Limits", lambda _: limits)
        yield known
        server.shutdown()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


@pytest.mark.usefixtures("served")
def test_files_are_downloaded_accepted_and_read(folder, capsys):
    assert main(["data", "get", "sfo"]) == 0
    out = capsys.readouterr().out
    assert out.count("accepted, its counts agree") == 2
    assert 'tp.load("sfo_survey")' in out
    assert names(folder) == [f"{year}.csv" for year in YEARS]
    assert set(tp.load("sfo_survey")["year"]) == set(YEARS)
    assert main(["data", "get", "sfo"]) == 0
    assert capsys.readouterr().out.count("there already") == 2


def test_years_without_an_address_are_told_and_the_others_stay(folder, served, capsys):
    del served[2014]
    assert main(["data", "get", "sfo"]) == 1
    told = capsys.readouterr()
    assert "2014: its address at the portal isn't known to the kit" in told.out
    assert told.err.startswith("touchpoints: 2014 missing; save the yearly files from https://")
    assert "--from FOLDER" in told.err
    assert told.err.count("\n") == 1
    assert names(folder) == ["2018.csv"]
    with pytest.warns(UserWarning, match="without 2014: no such file"):
        assert set(tp.load("sfo_survey")["year"]) == {2018}


def test_a_file_of_another_year_is_refused_and_nothing_stays(folder, served, monkeypatch, capsys):
    right = originals.address
    monkeypatch.setattr(originals, "address", lambda y: right(2018 if y == 2014 else y))
    assert served
    assert main(["data", "get", "sfo"]) == 1
    assert "counts of ratings differ from sfo_contact_ratings in 2014" in capsys.readouterr().out
    assert names(folder) == ["2018.csv"]


@pytest.mark.usefixtures("served")
def test_a_killed_command_leaves_nothing_that_the_next_does_not_clear(folder):
    left = folder / ".getting-abc"
    left.mkdir(parents=True)
    (left / "2014.csv").write_text("half")
    assert main(["data", "get", "sfo"]) == 0
    assert names(folder) == [f"{year}.csv" for year in YEARS]


def test_an_interruption_leaves_nothing(folder, monkeypatch, made):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(originals, "require_agreement", interrupted)
    assert main(["data", "get", "sfo", "--from", str(made)]) == 130
    assert names(folder) == []


def test_files_at_hand_may_have_longer_names(folder, made, tmp_path):
    hand = tmp_path / "hand"
    hand.mkdir()
    for year in YEARS:
        (hand / f"{year}_SFO_Customer_Survey_20251101.csv").write_bytes(
            (made / f"{year}.csv").read_bytes()
        )
    (hand / "notes 2014.txt").write_text("mine")
    assert main(["data", "get", "sfo", "--from", str(hand)]) == 0
    assert names(folder) == [f"{year}.csv" for year in YEARS]


def test_a_faulty_file_that_is_there_is_replaced(folder, made):
    write_years(folder, (2014,))
    people = made_year(2014)
    people.loc[0, "Q7ART"] = "1" if people.loc[0, "Q7ART"] != "1" else "2"
    people.to_csv(folder / "2014.csv", index=False)
    assert main(["data", "get", "sfo", "--from", str(made)]) == 0
    assert (folder / "2014.csv").read_bytes() == (made / "2014.csv").read_bytes()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("<html><body>sign in</body></html>", "without Q7ART"),
        ("", "which is no table"),
        ('a,b\n"1,2\n3', "2014.csv"),
        ("a\n1,2,3\n4,5,6,7\n", "which is no table"),
        ("x" * 30_000_000, "too large"),
    ],
    ids=["page", "empty", "open quote", "ragged", "large"],
)
def test_what_is_no_survey_is_refused(folder, tmp_path, content, says, capsys):
    hand = tmp_path / "hand"
    hand.mkdir()
    (hand / "2014.csv").write_text(content)
    assert main(["data", "get", "sfo", "--from", str(hand)]) == 1
    (line,) = (x for x in capsys.readouterr().out.splitlines() if x.startswith("2014"))
    assert says in line
    assert names(folder) == []


def test_a_file_that_cannot_be_read_is_told_and_the_others_stay(folder, made, monkeypatch, capsys):
    def read(path):
        if path.name == "2014.csv":
            raise PermissionError(13, "Permission denied", str(path))
        return path.open("rb").read()

    monkeypatch.setattr(Path, "read_bytes", read)
    assert main(["data", "get", "sfo", "--from", str(made)]) == 1
    told = capsys.readouterr()
    assert "2014: 2014.csv can't be read: Permission denied" in told.out
    assert told.err.startswith("touchpoints: 2014 missing")
    assert names(folder) == ["2018.csv"]


def test_a_folder_that_cannot_be_listed_is_told(folder, made, monkeypatch, capsys):
    listed = Path.iterdir

    def listing(path):
        if path == made:
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", listing)
    assert main(["data", "get", "sfo", "--from", str(made)]) == 1
    assert "made0 can't be read: Permission denied" in capsys.readouterr().err
    assert folder.is_dir()


def test_a_folder_that_is_none_is_told(folder, tmp_path, capsys):
    assert main(["data", "get", "sfo", "--from", str(tmp_path / "nowhere")]) == 1
    assert "is no folder" in capsys.readouterr().err
    assert folder.is_dir()


def test_a_folder_that_cannot_be_made_is_told(tmp_path, monkeypatch, capsys):
    (tmp_path / "file").write_text("mine")
    monkeypatch.setenv(sfo_survey.VARIABLE, str(tmp_path / "file" / "sfo"))
    assert main(["data", "get", "sfo"]) == 1
    assert "can't be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["get"], "name the survey"),
        (["get", "lax"], "name the survey"),
        (["touchpoints", "sfo"], "files are got with"),
        (["touchpoints", "--from", "x"], "files are got with"),
    ],
)
def test_wrong_usage_is_told_on_one_line(arguments, says, capsys):
    assert main(["data", *arguments]) == 1
    err = capsys.readouterr().err
    assert says in err
    assert err.count("\n") == 1


def test_without_files_loading_says_how_to_get_them(folder):
    with pytest.raises(tp.InputError, match=r"run: touchpoints data get sfo\.$"):
        tp.load("sfo_survey")
    assert not folder.exists()


def test_the_folder_is_the_user_s_unless_the_variable_names_one(monkeypatch):
    monkeypatch.delenv(sfo_survey.VARIABLE, raising=False)
    assert sfo_survey.survey_folder().parts[-2:] == ("touchpoint-kit", "sfo")
    monkeypatch.setenv(sfo_survey.VARIABLE, os.sep + "x")
    assert sfo_survey.survey_folder() == Path(os.sep + "x")


def test_all_addresses_are_the_portal_s_over_https():
    known = [portal.address(year) for year in portal.YEARS]
    assert all(
        a.startswith("https://data.sfgov.org/") for a in [*filter(None, known), portal.SEARCH_PAGE]
    )
    assert [year for year, a in zip(portal.YEARS, known, strict=True) if a is None] == [2014, 2015]
