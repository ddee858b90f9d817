"""A roster is read whole or not at all; ids stand in it once, whatever the platform did to them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import touchpoints as tp
from refusals import refused
from touchpoints.course.students.roster import Student, read_roster

CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Essay (1)
    Points Possible,,,,,10
"Öz, Ada",99,s1,ada,A,9
"""


def roster(tmp_path, content):
    path = tmp_path / "roster.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


@pytest.mark.parametrize(
    ("content", "column", "students"),
    [
        ("student\n1\n2\n", "student", [("1", ""), ("2", "")]),
        ("student,name\na,Ada\n", "student", [("a", "Ada")]),
        ("\ufeffStudent;Name\r\n a ;Ada\r\n", "student", [("a", "Ada")]),
        ("Student\tName\n1\tAda\n\n\n", "student", [("1", "Ada")]),
        ("student\r1\r2\r", "student", [("1", ""), ("2", "")]),
        (
            'First name,Surname,"ID number","Email address"\nAda,"Öz, von",7,a@x\n',
            "id number",
            [("7", "Ada Öz, von")],
        ),
        (
            "Vorname;Nachname;Matrikelnummer;E-Mail-Adresse\nAda;Öz;0012;a@x\n",
            "matrikelnummer",
            [("0012", "Ada Öz")],
        ),
        ("Anmeldename;Vorname;Nachname\nada;Ada;Öz\n", "anmeldename", [("ada", "Ada Öz")]),
        (
            CANVAS,
            "sis user id",
            [("s1", "Öz, Ada")],
        ),
        ('"a, b";student\n1;x\n', "student", [("x", "")]),
    ],
)
def test_rosters_as_they_come(tmp_path, content, column, students):
    read = read_roster(roster(tmp_path, content))
    assert read.column == column
    assert [(student.id, student.name) for student in read.students] == students


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("", "nothing but empty lines in"),
        ("\n\n", "nothing but empty lines in"),
        (" \n", "no column student"),
        ("student\n", "no student in"),
        ("person\n1\n", "no column student in 'roster.csv', but 'person'"),
        ("student,name\n,Ada\n", "no id in row 2"),
        ("student,name\n  ,Ada\n", "no id in row 2"),
        ("student\n=1+1\n", "'=1+1' in row 2"),
        ("student\n@SUM(A1)\n", "'@SUM(A1)' in row 2"),
        ("student\n-1\n", "'-1' in row 2"),
        ("student\n" + "x" * 201 + "\n", "in row 2"),
        ("student\na\x07b\n", r"'a\x07b' in row 2"),
        ("student\na\u202eb\n", "in row 2"),
        ("student,name\na,Ada\nb\n", "1 cells in line 3"),
        ('student,name\na,"Ada\n', "broken near line"),
        ("student,student\na,b\n", "more than one column called 'student'"),
        (b"student\n\xe4\n", "byte 9: no UTF-8"),
        ("student\na\x00b\n", "a byte 0"),
        ("student\na\nb\na\n", "'a' twice in rows 2 and 4"),
        (
            "student\nab12\nAB12\n",
            "'AB12' and 'ab12', which differ in form alone, in rows 2 and 3",
        ),
        ("student\nMu\u0308ller\nM\u00fcller\n", "which differ in form alone"),
        ("student\nstrasse\nstraße\n", "which differ in form alone"),
        ("student\n１２\n12\n", "which differ in form alone"),
    ],
)
def test_one_clear_sentence_for_a_roster_that_cannot_be_used(tmp_path, content, found):
    refused(found, "", "", read_roster, roster(tmp_path, content))


def test_a_file_that_is_not_there_or_no_file_or_too_large(tmp_path):
    refused("can't be read", "a CSV file", "check the path", read_roster, tmp_path / "no.csv")
    refused("can't be read", "a CSV file", "check the path", read_roster, tmp_path)
    path = roster(tmp_path, "student\n" + "x\n" * 2_600_000)
    refused("more than 5,000 kB", "a CSV file", "keep what is needed", read_roster, path)


def test_names_lose_what_is_not_printable(tmp_path):
    read = read_roster(roster(tmp_path, "student,name\n1,A\u202eda\x07  Öz\n"))
    assert read.students == (Student("1", "Ada Öz"),)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=200) | st.text(max_size=120).map(lambda text: text.encode()))
def test_any_bytes_give_students_or_one_sentence(tmp_path, content):
    for start in (b"", b"student\n", b"student,name\n"):
        try:
            read = read_roster(roster(tmp_path, start + content))
        except tp.InputError as error:
            assert "\n" not in str(error)  # noqa: PT017
        else:
            assert read.students
            assert all(student.id.strip() and student.id.isprintable() for student in read.students)
