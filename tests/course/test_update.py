"""A course is brought up to date: what its lecturer changed or deleted stays so, and is named."""

from __future__ import annotations

import json
import os

import pytest

from touchpoints.core.errors import InputError
from touchpoints.course.folder.update import MANIFEST, update_course
from touchpoints.kept_folder import NEW_VERSIONS, update
from touchpoints.kept_folder.manifest import digest

FIRST = {"syllabus.md": b"one", "students/lab.ipynb": b"lab"}


@pytest.fixture
def course(tmp_path):
    update_course(tmp_path / "course", FIRST)
    return tmp_path / "course"


def files(folder):
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file() and p.name != MANIFEST
    }


def test_all_is_written_at_first(course):
    assert files(course) == FIRST


def test_a_second_run_changes_nothing(course):
    before = {p: p.stat().st_mtime_ns for p in course.rglob("*.md")}
    outcome = update_course(course, FIRST)
    assert sorted(outcome.unchanged) == sorted(FIRST)
    assert not outcome.written
    assert not outcome.updated
    assert not outcome.kept
    assert not outcome.removed
    assert {p: p.stat().st_mtime_ns for p in course.rglob("*.md")} == before


def test_what_was_left_as_written_is_updated(course):
    outcome = update_course(course, FIRST | {"syllabus.md": b"two"})
    assert outcome.updated == ["syllabus.md"]
    assert files(course)["syllabus.md"] == b"two"


def test_what_the_lecturer_changed_stays_and_the_new_version_lies_aside(course):
    (course / "syllabus.md").write_bytes(b"mine")
    outcome = update_course(course, FIRST | {"syllabus.md": b"two"})
    assert outcome.kept == outcome.offered == ["syllabus.md"]
    found = files(course)
    assert found["syllabus.md"] == b"mine"
    assert found[f"{NEW_VERSIONS}/syllabus.md"] == b"two"


def test_without_a_new_version_nothing_is_offered(course):
    (course / "syllabus.md").write_bytes(b"mine")
    outcome = update_course(course, FIRST)
    assert outcome.kept == ["syllabus.md"]
    assert not outcome.offered
    assert f"{NEW_VERSIONS}/syllabus.md" not in files(course)


def test_a_new_version_is_offered_once_and_goes_when_it_was_taken(course):
    (course / "syllabus.md").write_bytes(b"mine")
    second = FIRST | {"syllabus.md": b"two"}
    update_course(course, second)
    again = update_course(course, second)
    assert again.kept == ["syllabus.md"]
    assert not again.offered
    assert files(course)[f"{NEW_VERSIONS}/syllabus.md"] == b"two"
    (course / "syllabus.md").write_bytes(b"two")
    taken = update_course(course, second)
    assert not taken.kept
    assert not (course / NEW_VERSIONS).exists()
    assert update_course(course, FIRST | {"syllabus.md": b"three"}).updated == ["syllabus.md"]


def test_a_new_version_that_the_lecturer_works_on_stays(course):
    (course / "syllabus.md").write_bytes(b"mine")
    update_course(course, FIRST | {"syllabus.md": b"two"})
    aside = course / NEW_VERSIONS / "syllabus.md"
    aside.write_bytes(b"two, marked")
    outcome = update_course(course, FIRST | {"syllabus.md": b"three"})
    assert aside.read_bytes() == b"two, marked"
    assert f"{NEW_VERSIONS}/syllabus.md" in outcome.kept


def test_what_the_lecturer_deleted_stays_deleted(course):
    (course / "syllabus.md").unlink()
    for content in (b"one", b"two", b"three"):
        outcome = update_course(course, FIRST | {"syllabus.md": content})
        assert outcome.stay_deleted == ["syllabus.md"]
        assert "syllabus.md" not in files(course)


def test_what_no_longer_belongs_goes_unless_it_was_changed(course):
    (course / "syllabus.md").write_bytes(b"mine")
    outcome = update_course(course, {})
    assert outcome.removed == ["students/lab.ipynb"]
    assert outcome.left_over == ["syllabus.md"]
    assert files(course) == {"syllabus.md": b"mine"}
    assert not (course / "students").exists()


def test_a_file_of_the_lecturer_in_the_way_stays(course):
    (course / "rubric.md").write_bytes(b"mine")
    outcome = update_course(course, FIRST | {"rubric.md": b"the kit's"})
    assert outcome.offered == ["rubric.md"]
    assert files(course)["rubric.md"] == b"mine"


def test_files_of_the_lecturer_are_not_touched(course):
    (course / "notes.txt").write_bytes(b"mine")
    update_course(course, {})
    assert files(course) == {"notes.txt": b"mine"}


@pytest.mark.parametrize("after", range(5))
def test_a_run_that_breaks_off_is_taken_up(tmp_path, monkeypatch, after):
    """The first is the manifest, the second and third are files, the fourth is the manifest."""
    folder, put, done = tmp_path / "course", update._put, []

    def breaking(place, content):
        if len(done) == after:
            raise OSError(28, "No space left on device", str(place))
        done.append(place)
        put(place, content)

    monkeypatch.setattr(update, "_put", breaking)
    if after < 4:
        with pytest.raises(InputError, match="can't be written"):
            update_course(folder, FIRST)
    else:
        update_course(folder, FIRST)
    monkeypatch.undo()
    assert not list(tmp_path.rglob("*.part"))
    outcome = update_course(folder, FIRST)
    assert files(folder) == FIRST
    assert not outcome.kept
    assert not outcome.stay_deleted


def test_a_folder_with_something_else_is_refused(tmp_path):
    (tmp_path / "thesis.docx").write_bytes(b"work of months")
    with pytest.raises(InputError, match=r"holds 'thesis\.docx' and is no course"):
        update_course(tmp_path, FIRST)
    assert files(tmp_path) == {"thesis.docx": b"work of months"}


def test_marks_of_the_system_are_nothing_else(tmp_path):
    (tmp_path / ".DS_Store").write_bytes(b"")
    assert update_course(tmp_path, FIRST).written == list(FIRST)


def test_a_file_and_a_folder_nowhere_are_refused(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InputError, match="no folder"):
        update_course(tmp_path / "file", FIRST)
    with pytest.raises(InputError, match="make it first"):
        update_course(tmp_path / "a" / "b", FIRST)


HASH = digest(b"x")
HOSTILE = [
    b"",
    b"[]",
    b"{",
    b"[" * 100_000,
    b"\xff\xfe",
    b'{"version": 2, "files": {}}',
    b'{"version": 1, "files": []}',
    json.dumps({"version": 1, "files": {"../outside.txt": HASH}}).encode(),
    json.dumps({"version": 1, "files": {"/etc/passwd": HASH}}).encode(),
    json.dumps({"version": 1, "files": {"C:\\x": HASH}}).encode(),
    json.dumps({"version": 1, "files": {"a/../../b": HASH}}).encode(),
    json.dumps({"version": 1, "files": {"a//b": HASH}}).encode(),
    json.dumps({"version": 1, "files": {".git/config": HASH}}).encode(),
    json.dumps({"version": 1, "files": {"a": "no hash"}}).encode(),
    json.dumps({"version": 1, "files": {"a": 7}}).encode(),
    json.dumps({"version": 1, "files": {f"f{i}": HASH for i in range(6000)}}).encode(),
    b'{"version": 1, "files": {}, "x": "' + b"y" * 1_100_000 + b'"}',
]


@pytest.mark.parametrize("content", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_manifest_is_refused_and_touches_nothing(tmp_path, content):
    outside = tmp_path / "outside.txt"
    outside.write_bytes(b"x")
    course = tmp_path / "course"
    update_course(course, FIRST)
    (course / MANIFEST).write_bytes(content)
    with pytest.raises(InputError, match=r"\.touchpoints-course\.json with"):
        update_course(course, {})
    assert outside.read_bytes() == b"x"
    assert files(course) == FIRST


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize("link", ["students", "syllabus.md", MANIFEST])
def test_links_that_lead_elsewhere_are_refused(course, tmp_path, link):
    target = tmp_path / "elsewhere"
    if link == "students":
        target.mkdir()
        (course / "students" / "lab.ipynb").unlink()
        (course / "students").rmdir()
    else:
        target.write_bytes((course / link).read_bytes())
        (course / link).unlink()
    (course / link).symlink_to(target)
    with pytest.raises(InputError, match="which is a link"):
        update_course(course, FIRST | {"syllabus.md": b"two", "students/new.md": b"new"})
    assert target.is_dir() or target.read_bytes() != b"two"
    assert not list(target.iterdir()) if target.is_dir() else True
