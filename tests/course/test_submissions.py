"""Finding submissions: as platforms deliver them, broken and hostile ones, and nothing gets lost."""

from __future__ import annotations

import stat
import struct
import zipfile

import pytest

from handed_in import notebook
from touchpoints.core.errors import InputError
from touchpoints.course.grading import submissions as module
from touchpoints.course.grading.notebook_cells import code_cells
from touchpoints.course.grading.people import Finder
from touchpoints.course.grading.submissions import find_submissions
from touchpoints.course.students.roster import Student

ADA = Student("4711", "Ada Maria Groß-Müller")
BO = Student("bo@x.example", "Bo Roth")
TWINS = (Student("1", "Kim Lee"), Student("2", "Kim Lee"))
NOTEBOOK = notebook("a = 1")


@pytest.mark.parametrize(
    ("name", "student", "number"),
    [
        ("4711", ADA, ""),
        ("BO", BO, ""),
        ("Ada Maria Groß-Müller_88_assignsubmission_file_", ADA, "88"),
        ("Groß-Müller Ada Maria_88_assignsubmission_file", ADA, "88"),
        ("Gross-Mueller Ada Maria_88_assignsubmission_file_", ADA, "88"),
        ("Roth Bo_9_assignsubmission_onlinetext_", BO, "9"),
        ("Roth_Bo_bo@x.example_12345", BO, "12345"),
        ("Roth_Bo_other.login_12345", BO, "12345"),
        ("rothbo_5_6_first_look", BO, "5"),
        ("rothbo_LATE_5_6_first_look-1", BO, "5"),
        ("Roth, Bo", BO, ""),
        ("Kim Lee_3_assignsubmission_file_", None, "3"),
        ("Nobody Known_3_assignsubmission_file_", None, ""),
        ("first_look", None, ""),
        ("", None, ""),
    ],
)
def test_names_of_platforms(name, student, number):
    whose = Finder([ADA, BO, *TWINS]).whose(name)
    assert (whose.person, whose.platform) == (student, number)
    assert bool(whose.why) == (student is None)


def test_two_of_one_name_are_told_apart_by_id_alone():
    finder = Finder(TWINS)
    assert "several" in finder.whose("Kim Lee_3_assignsubmission_file_").why
    assert finder.whose("2").person == TWINS[1]


def put(folder, **files):
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_nothing_gets_lost(tmp_path):
    for name, text in {
        "4711/first_look.ipynb": NOTEBOOK,
        "4711/scratch.ipynb": "{}",
        "bo/one.ipynb": NOTEBOOK,
        "bo/two.ipynb": NOTEBOOK,
        "1/essay.pdf": "",
        "unknown/x.ipynb": NOTEBOOK,
        ".ipynb_checkpoints/4711.ipynb": NOTEBOOK,
    }.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    found = find_submissions(tmp_path, [ADA, BO, *TWINS], "first_look")
    by_id = {submission.person.id: submission for submission in found.submissions}
    assert by_id["4711"].cells == ("a = 1",)
    assert by_id["bo@x.example"].double
    assert "one.ipynb" in by_id["bo@x.example"].problem
    assert "essay.pdf is no notebook" in by_id["1"].problem
    assert [path for path, _ in found.unmatched] == ["unknown/x.ipynb"]
    assert found.missing == (TWINS[1],)


def test_a_zip_file_is_read_like_the_folder(tmp_path):
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("Roth Bo_7_assignsubmission_file_/first_look.ipynb", NOTEBOOK)
        archive.writestr("Course/4711.ipynb", NOTEBOOK)
    found = find_submissions(tmp_path / "all.zip", [ADA, BO], "first_look")
    assert [(s.person.id, s.platform) for s in found.submissions] == [
        ("4711", ""),
        ("bo@x.example", "7"),
    ]
    assert found.submissions[0].digest == found.submissions[1].digest


def test_hostile_archives_write_nothing_and_stop_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_BYTES", 100_000)
    link = zipfile.ZipInfo("link/4711.ipynb")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    place = tmp_path / "in" / "bad.zip"
    place.parent.mkdir()
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../4711.ipynb", NOTEBOOK)
        archive.writestr("/etc/4711.ipynb", NOTEBOOK)
        archive.writestr("C:\\4711.ipynb", NOTEBOOK)
        archive.writestr(link, "/etc/passwd")
        archive.writestr("1/bomb.ipynb", b"0" * 50_000_000)
        archive.writestr("2/good.ipynb", NOTEBOOK)
    found = find_submissions(place, [ADA, *TWINS], "first_look")
    told = {s.person.id: s.problem or s.cells for s in found.submissions}
    assert told["1"] == "larger than 20 MB"
    assert told["2"] == ("a = 1",)
    assert "4 notebooks" in told["4711"]  # each is listed, none is executed
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["bad.zip", "in"]


@pytest.mark.parametrize("name", [".", "", "./", "/"])
def test_an_entry_without_a_name_stops_nothing(tmp_path, name):
    place = tmp_path / "odd.zip"
    nameless = zipfile.ZipInfo("x")
    nameless.filename = name
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr(nameless, NOTEBOOK)
        archive.writestr("4711.ipynb", NOTEBOOK)
    assert find_submissions(place, [ADA], "x").submissions[0].cells == ("a = 1",)


def test_an_archive_with_a_damaged_table_of_contents_is_refused(tmp_path):
    place = tmp_path / "bad.zip"
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr("4711.ipynb", NOTEBOOK)
    content = place.read_bytes()
    place.write_bytes(content.replace(b"PK\x01\x02", b"PK\x00\x02"))
    with pytest.raises(InputError, match="table of contents is damaged"):
        find_submissions(place, [ADA], "x")


def test_a_damaged_entry_is_told(tmp_path):
    place = tmp_path / "bad.zip"
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("4711.ipynb", NOTEBOOK * 50)
    content = bytearray(place.read_bytes())
    at = content.index(b"4711.ipynb") + 30
    content[at : at + 8] = struct.pack("q", -1)
    place.write_bytes(content)
    assert "can't be unpacked" in find_submissions(place, [ADA], "x").submissions[0].problem


def test_links_out_of_the_folder_are_not_followed(tmp_path):
    (tmp_path / "secret.ipynb").write_text(NOTEBOOK)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "4711.ipynb").symlink_to(tmp_path / "secret.ipynb")
    found = find_submissions(tmp_path / "in", [ADA], "x")
    assert found.submissions[0].cells is None
    assert "not followed" in found.submissions[0].problem


@pytest.mark.parametrize("name", ["nothing", "file.txt"])
def test_what_is_no_place_of_submissions_is_refused(tmp_path, name):
    (tmp_path / "file.txt").write_text("x")
    with pytest.raises(InputError, match="folder or ZIP file"):
        find_submissions(tmp_path / name, [ADA], "x")


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b"3", b'{"cells": 3}', b'{"worksheets": []}', b"\xff\xfe", b"[" * 100_000,
        b'{"cells": [{"cell_type": "code", "source": [3]}]}', b'{"cells": [', b"9" * 10_000,
    ],
)  # fmt: skip
def test_what_is_no_notebook_is_told_in_a_sentence(content):
    with pytest.raises(InputError, match="Jupyter notebook"):
        code_cells(content)


def test_odd_cells_are_passed_over_and_halves_of_characters_replaced():
    content = rb'{"cells": [3, {"cell_type": "markdown"}, {"cell_type": "code"}, {"cell_type": "code", "source": "\ud800"}]}'
    assert code_cells(content) == ("", "?")
