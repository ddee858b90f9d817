"""`touchpoints course data`: whole folders, resumed, byte for byte; nothing leaks to students."""

from __future__ import annotations

import csv
import json
import os
import zipfile

import pytest

import touchpoints as tp
from touchpoints.cli import main
from touchpoints.course.students import CourseKey, handing_out
from touchpoints.course.students.roster import Student

KEY = CourseKey("a course", bytes(range(32)))
STUDENTS = [
    Student("0815-ada", "Ada Quornt"),
    Student("4711-bo", "Bo Xylander"),
    Student("a@b.org", "=cmd()"),
]


def tree(folder):
    """All files with their bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def hand_out(folder, students=STUDENTS, key=KEY, done=lambda: None):
    return handing_out.hand_out(students, key, folder, done)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """What three students get."""
    folder = tmp_path_factory.mktemp("whole")
    assert hand_out(folder) == handing_out.HandedOut(3, 0)
    return folder


def test_each_student_gets_a_folder_and_a_zip_of_the_same_files(whole, tmp_path):
    codes = sorted(KEY.code(student.id) for student in STUDENTS)
    assert sorted(path.name for path in (whole / "data").iterdir()) == codes
    assert sorted(path.stem for path in (whole / "zip").iterdir()) == codes
    for code in codes:
        with zipfile.ZipFile(whole / "zip" / f"{code}.zip") as archive:
            archive.extractall(tmp_path / code)
        assert tree(tmp_path / code / "data") == tree(whole / "data" / code)
        assert tp.course_data(tmp_path / code / "data").code == code


def test_only_the_lecturer_s_folder_names_students_or_truth(whole):
    for name, content in tree(whole).items():
        if name.startswith("lecturer/"):
            continue
        for student in STUDENTS:
            for part in (student.id, student.name, *student.name.split()):
                assert part.encode() not in content
                assert part not in name
        assert KEY.secret.hex().encode() not in content
        assert KEY.course.encode() not in content
        assert b"causal" not in content


def test_the_lecturer_s_folder(whole):
    place = whole / "lecturer"
    rows = list(csv.DictReader((place / "handout.csv").open(encoding="utf-8")))
    assert [row["student"] for row in rows] == [student.id for student in STUDENTS]
    assert [row["code"] for row in rows] == [KEY.code(student.id) for student in STUDENTS]
    assert rows[2]["name"] == "'=cmd()"
    for row in rows:
        truth = json.loads((place / "truth" / f"{row['code']}.json").read_text("utf-8"))
        assert truth["world"] in {"effect", "halo", "mixed"}
        assert truth["causal_effect_points"]["by_grade"]
        assert "synthetic" in truth
        assert "seed" not in truth
    assert (place / ".gitignore").read_text() == "*\n"
    assert "PRIVATE" in (place / "PRIVATE.txt").read_text()
    if os.name == "posix":
        assert place.stat().st_mode & 0o777 == 0o700


def test_the_order_of_the_roster_changes_the_list_alone(whole, tmp_path):
    hand_out(tmp_path, STUDENTS[::-1])
    one, other = tree(whole), tree(tmp_path)
    assert one.pop("lecturer/handout.csv") != other.pop("lecturer/handout.csv")
    assert one == other


def test_files_are_written_in_the_order_of_codes(tmp_path, monkeypatch):
    """The times of the files must not tell where somebody stands in the roster."""
    written = []
    monkeypatch.setattr(handing_out, "_write", lambda data, _: written.append(data.code))
    hand_out(tmp_path)
    assert written == sorted(written)


def test_a_second_run_changes_nothing(whole, tmp_path):
    hand_out(tmp_path)
    before = tree(tmp_path)
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "data").rglob("*")}
    assert hand_out(tmp_path) == handing_out.HandedOut(0, 3)
    assert tree(tmp_path) == before == tree(whole)
    assert times == {path: path.stat().st_mtime_ns for path in (tmp_path / "data").rglob("*")}


class Interrupted(BaseException):
    """As Ctrl-C."""


@pytest.mark.parametrize("step", ["write_folder", "write_whole"])
def test_an_interrupted_run_is_resumed(whole, tmp_path, monkeypatch, step):
    real, calls = getattr(handing_out, step), []

    def fails_later(*arguments, **options):
        calls.append(1)
        if len(calls) == (2 if step == "write_folder" else 6):
            raise Interrupted
        real(*arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(handing_out, step, fails_later)
        with pytest.raises(Interrupted):
            hand_out(tmp_path)
    assert tree(tmp_path) != tree(whole)
    done = hand_out(tmp_path)
    assert done.kept >= 1
    assert tree(tmp_path) == tree(whole)


def test_what_a_killed_run_left_half_is_cleared(whole, tmp_path):
    for place in ("data", "zip", "lecturer/truth"):
        (tmp_path / place).mkdir(parents=True, exist_ok=True)
        (tmp_path / place / ".0123.part").mkdir()
        (tmp_path / place / ".4567.part").write_text("half")
    hand_out(tmp_path)
    assert tree(tmp_path) == tree(whole)
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize("what", ["data/{}/contacts.csv", "zip/{}.zip", "lecturer/truth/{}.json"])
@pytest.mark.parametrize("how", ["changed", "gone"])
def test_what_was_changed_is_made_again(whole, tmp_path, what, how):
    hand_out(tmp_path)
    path = tmp_path / what.format(KEY.code(STUDENTS[0].id))
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes(b"{}")
    assert hand_out(tmp_path) == handing_out.HandedOut(1, 2)
    assert tree(tmp_path) == tree(whole)


def test_two_students_with_one_code_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(CourseKey, "code", lambda *_: "tk-0000-0000")
    with pytest.raises(tp.InputError, match="same code"):
        hand_out(tmp_path)


# --- the command --------------------------------------------------------------------------------


@pytest.fixture
def roster(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "roster.csv").write_text("student,name\nx1,Ada\nx2,Bo\n", encoding="utf-8")
    return ["course", "data", "--roster", "roster.csv", "--out", "out"]


def test_the_command_makes_a_key_once_and_says_what_is_private(roster, tmp_path, capsys):
    assert main([*roster, "--course", "Marketing"]) == 0
    out = capsys.readouterr().out
    assert "Written: 2; there already: 0." in out
    assert "PRIVATE" in out
    before = tree(tmp_path / "out")
    assert main(roster) == 0
    assert "Written: 0; there already: 2." in capsys.readouterr().out
    assert tree(tmp_path / "out") == before
    key = CourseKey.read(tmp_path / "out" / "lecturer" / "key.json")
    assert key.course == "Marketing"

    assert main([*roster, "--course", "Other"]) == 1
    assert "a key of course 'Marketing'" in capsys.readouterr().err
    (tmp_path / "out" / "lecturer" / "key.json").rename(tmp_path / "kept.json")
    assert main(roster) == 1
    assert "no key for them" in capsys.readouterr().err
    assert main([*roster, "--key", "kept.json"]) == 0
    assert "there already: 2" in capsys.readouterr().out


def test_the_command_tells_errors_in_one_line(roster, tmp_path, capsys):
    (tmp_path / "roster.csv").write_text("student\na\nA\n", encoding="utf-8")
    assert main(roster) == 1
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "differ in form alone" in err
    assert not (tmp_path / "out").exists()
    (tmp_path / "roster.csv").write_text("student\na\n", encoding="utf-8")
    assert main([*roster, "--key", "no.json"]) == 1
    assert "'no.json', which can't be read" in capsys.readouterr().err
    (tmp_path / "out").write_text("a file")
    assert main(roster) == 1
    assert capsys.readouterr().err.count("\n") == 1
