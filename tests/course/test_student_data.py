"""A student's data: the same everywhere, told by nothing but the key, with a truth that holds."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import numpy as np
import pandas as pd
import polars as pl
import pytest

import touchpoints as tp
from refusals import refused
from touchpoints.course.students import CourseKey, student_data, write_student_data
from touchpoints.course.students.company import NOTICE
from touchpoints.course.students.writing import student_files, zipped

KEY = CourseKey("a course", bytes(range(32)))
SOME = [f"student-{k}@example.org" for k in range(14)]
TABLES = ["touchpoints", "customers", "contacts", "journeys"]


@pytest.fixture(scope="module")
def some():
    """Data of fourteen students."""
    return [student_data(KEY, student) for student in SOME]


# --- the same everywhere ------------------------------------------------------------------------

DIGEST = """
import hashlib, json, sys
from touchpoints.course.students import CourseKey, student_data
from touchpoints.course.students.writing import student_files
key = CourseKey("a course", bytes(range(32)))
found = {}
for student in ("student-0@example.org", "4711", "Zoë Öz"):
    data = student_data(key, student)
    digest = hashlib.sha256(json.dumps(data.truth).encode())
    for name, content in sorted(student_files(data).items()):
        if name != "README.md":
            digest.update(name.encode() + content)
    found[data.code] = digest.hexdigest()
print(json.dumps(found))
"""
#: Made once. Other digests mean that all students of all running courses would get other data than
#: they have: raise `key.FORMAT` then, and say so in the changelog.
GOLDEN = {
    "tk-fa35-c724": "da6df4c95227ed7da9d8b3b2bab3e2f2f7ad5385285f915df8e5ee2a1d8a26a9",
    "tk-b3d0-77f2": "26b688fdc63baaf770cbcbe0ffcf8f48181e7d15d87bdc09a2df3a7ef499d309",
    "tk-1e37-443f": "6ded0eb645a9bc5605d7057e557fee44a4e682739c2b96b949cba504d4068a33",
}


@pytest.mark.parametrize("features", ["as they are", "without"])
def test_the_bytes_are_the_stored_ones_whatever_the_processor(features):
    from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

    disabled = [name for name in __cpu_dispatch__ if __cpu_features__.get(name)]
    chosen = "" if features == "as they are" else " ".join(disabled)
    done = subprocess.run(
        [sys.executable, "-c", DIGEST],
        env={**os.environ, "NPY_DISABLE_CPU_FEATURES": chosen},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == GOLDEN


def test_what_platforms_do_to_an_id_makes_no_difference():
    one, other = student_data(KEY, "Zoë Öz"), student_data(KEY, "  zoe\u0308 O\u0308Z ")
    assert one.code == other.code
    assert student_files(one) == student_files(other)


def test_a_zip_is_the_same_bytes_and_says_no_time(some):
    import io
    import zipfile

    files = student_files(some[0])
    assert zipped(files) == zipped(files)
    with zipfile.ZipFile(io.BytesIO(zipped(files))) as archive:
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist() == [f"data/{name}" for name in files]


# --- what a student gets ------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_tables_have_the_columns_and_types_of_the_datasets(some, table):
    loaded = tp.load(table)
    for data in some:
        own = getattr(data, table)
        assert list(own.columns) == list(loaded.columns)
        assert list(own.dtypes) == list(loaded.dtypes)


def test_reading_gives_back_what_was_written(some, tmp_path):
    write_student_data(some[0], tmp_path / "data")
    for place in (tmp_path / "data", tmp_path):  # the folder, or the one around it
        read = tp.course_data(place)
        assert (read.code, read.company) == (some[0].code, some[0].company)
        for table in TABLES:
            pd.testing.assert_frame_equal(getattr(read, table), getattr(some[0], table))


def test_companies_are_whole(some):
    for data in some:
        places = data.touchpoints
        assert 10 <= len(places) <= 14
        assert places["touchpoint"].is_unique
        assert places["name_en"].is_unique
        assert places["name_de"].is_unique
        assert set(places["contact_phase"]) == {
            "pre_contact", "contact", "full_contact", "post_contact"
        }  # fmt: skip
        assert places["contact_phase"].is_monotonic_increasing
        assert 560 <= len(data.customers) <= 800
        assert data.contacts["touchpoint"].unique().tolist() == places["touchpoint"].tolist()
        assert set(data.journeys["touchpoint"]) <= set(places["touchpoint"])
        assert (data.journeys["outcome"] == "order").any()


def test_companies_differ(some):
    assert len({data.company.name for data in some}) > 10
    assert len({data.company.trade for data in some}) > 4
    assert {data.truth["world"] for data in some} == {"effect", "halo", "mixed"}
    effects = [data.truth["causal_effect_points"]["by_grade"]["1"] for data in some]
    assert len(set(effects)) > 6


def test_the_control_says_that_the_company_has_no_part(some):
    for data in some:
        place = data.touchpoints.set_index("touchpoint").loc[data.truth["negative_control"]]
        assert place["department"] == "none"
        assert "the company has no part in it" in place["description"]
        assert not place["moment_of_truth"]


def test_all_files_say_that_the_data_are_synthetic(some):
    files = student_files(some[0])
    assert NOTICE in files["README.md"].decode()
    assert json.loads(files["company.json"])["synthetic"] is True
    assert "Nordlicht" not in "".join(content.decode() for content in files.values())


# --- what nobody may read out of it -------------------------------------------------------------


def test_no_file_holds_an_id_or_the_truth(some):
    for student, data in zip(SOME, some, strict=True):
        files = student_files(data)
        text = "\n".join(content.decode() for content in files.values())
        assert student not in text
        assert student.partition("@")[0] not in text
        assert KEY.secret.hex() not in text
        assert "negative_control" not in text
        assert str(KEY.choices(student).seed) not in text
        assert {"company.json", "README.md", *(f"{name}.csv" for name in TABLES)} == set(files)
        told = json.loads(files["company.json"])
        assert not set(told) & set(data.truth)
        world = data.truth["world"]
        assert world not in files["company.json"].decode().replace(data.company.name, "")


def test_codes_and_data_hang_on_key_course_and_student():
    others = [
        CourseKey("a course", bytes(32)),
        CourseKey("another course", KEY.secret),
        KEY,
    ]
    codes = [key.code(student) for key in others for student in ("a", "b")]
    assert len(set(codes)) == len(codes)
    seeds = {key.choices(student).seed for key in others for student in ("a", "b")}
    assert len(seeds) == len(codes)
    assert KEY.choices("a").secret != KEY._hash("code", "a")


def test_a_course_and_an_id_never_read_like_another_course_and_id():
    one, other = CourseKey("a b", KEY.secret), CourseKey("a", KEY.secret)
    assert one.code("c") != other.code("b c")


def test_the_key_is_not_shown():
    assert KEY.secret.hex() not in repr(KEY)
    assert repr(KEY.secret) not in repr(KEY)


def test_numbers_of_customers_tell_nothing_of_the_student(some):
    """Ids run from 1 in every survey; how many there are is drawn."""
    for data in some:
        ids = data.journeys["customer_id"].unique()
        assert ids.tolist() == list(range(1, len(ids) + 1))
    assert len({len(data.customers) for data in some}) > 8


# --- the truth ----------------------------------------------------------------------------------


def fan_contacts(data):
    """Contacts with fan status and what the methods hold constant."""
    previous = tuple(f"bonding_{k}_previous" for k in range(1, 6))
    customers = pl.from_pandas(data.customers)
    before = tp.FanRule(items=previous).apply(customers)
    total = sum(pl.col(column).cast(pl.Int64) for column in previous)
    people = tp.FanRule().apply(customers).with_columns(
        before["fan"].alias("was_fan"),
        orders=pl.col("orders_per_year").clip(upper_bound=3),
        earlier=(total * 0.4 + 0.5).floor() / 2,
    )  # fmt: skip
    return pl.from_pandas(data.contacts).join(people, on="customer_id")


def test_the_raw_table_of_the_truth_can_be_counted(some):
    rates = tp.lift_over_no_contact(fan_contacts(some[0]), by=None).table
    for row in rates.to_dicts():
        told = some[0].truth["raw_table"][str(int(row["grade"]))]
        assert row["lift_points"] == pytest.approx(told["lift_points"], abs=0.01)


def test_the_control_causes_nothing_and_halo_neither(some):
    for data in some:
        effects = data.truth["causal_effect_points"]
        assert set(effects["by_touchpoint"][data.truth["negative_control"]].values()) <= {0.0, None}
        if data.truth["world"] == "halo":
            assert set(effects["by_grade"].values()) <= {0.0, None}
        else:
            assert effects["by_grade"]["1"] > 2
            assert effects["by_grade"]["3"] < 0


def test_the_book_s_methods_find_grade_1_where_it_counts_and_never_under_halo(some):
    above = {"effect": [], "halo": [], "mixed": []}
    for data in some:
        result = tp.sensitivity_to_confounding(
            fan_contacts(data),
            by=None,
            covariates=("age_group", "communication_style", "orders"),
            earlier="earlier",
            earlier_fan="was_fan",
            negative_control=data.truth["negative_control"],
        )
        raw = result.table.row(
            by_predicate=(pl.col("method") == "raw") & (pl.col("grade") == 1), named=True
        )
        assert raw["low_points"] > 0
        reading = result.ranges.row(by_predicate=pl.col("grade") == 1, named=True)["reading"]
        above[data.truth["world"]].append(reading == "above no contact by every method")
    assert np.mean(above["effect"]) >= 0.75
    assert not any(above["halo"])


def test_the_fan_rate_is_drawn_alike_in_all_worlds(some):
    rates = [data.truth["fan_rate_pct"]["panel_unweighted"] for data in some]
    assert min(rates) > 15
    assert max(rates) < 45


def test_the_truth_is_plain_json(some):
    for data in some:
        assert json.loads(json.dumps(data.truth)) == data.truth
        assert "seed" not in data.truth


# --- reading what was changed -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("company.json", b"{", "a company.json that was changed"),
        ("company.json", b"[]", "a company.json that was changed"),
        ("company.json", b'{"code": 1}', "a company.json that was changed"),
        ("contacts.csv", b"", "contacts.csv, which was changed"),
        ("contacts.csv", b"a;b\n1;2\n", "contacts.csv, which was changed"),
        ("customers.csv", b"\xff\xfe\x00", "customers.csv, which was changed"),
        ("journeys.csv", None, "journeys.csv, which can't be read"),
    ],
)
def test_a_changed_file_is_named(some, tmp_path, name, content, message):
    write_student_data(some[0], tmp_path / "data")
    path = tmp_path / "data" / name
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    refused(message, "as handed out", "unzip", tp.course_data, tmp_path / "data")


def test_a_folder_of_several_students_is_refused(some, tmp_path):
    for data in some[:2]:
        write_student_data(data, tmp_path / data.code)
    refused("2 companies in", "your own data", "unzip", tp.course_data, tmp_path)


# --- the key ------------------------------------------------------------------------------------


def test_a_key_is_read_as_it_was_written_and_only_by_its_owner(tmp_path):
    key = CourseKey.new("Märkte 2026")
    assert CourseKey.new("Märkte 2026").secret != key.secret
    path = tmp_path / "lecturer" / "key.json"
    key.write(path)
    assert CourseKey.read(path) == key
    assert "PRIVATE" in path.read_text("utf-8")
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600
    refused("there already", "without a key", "read the key", key.write, path)
    assert [entry.name for entry in path.parent.iterdir()] == ["key.json"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no key file"),
        (b"\xff", "no key file"),
        (b"[1]", "no key file"),
        (b"[" * 100_000, "no key file"),
        (b'{"format": 1, "course": "c", "secret": "zz"}', "no key file"),
        (b'{"format": 1, "course": "c", "secret": "00"}', "a secret of 1 bytes"),
        (b'{"format": 9, "course": "c", "secret": "00"}', "format 9"),
        (b'{"format": 1, "course": 5, "secret": "00"}', "format 1"),
        (b'{"format": 1, "course": " ", "secret": "' + b"00" * 32 + b'"}', "course ' '"),
    ],
)
def test_a_broken_key_is_refused_in_one_sentence(tmp_path, content, message):
    (tmp_path / "key.json").write_bytes(content)
    with pytest.raises(tp.InputError) as error:
        CourseKey.read(tmp_path / "key.json")
    assert message in str(error.value)


def test_a_key_that_is_not_there_is_told(tmp_path):
    refused("can't be read", "a key file", "check the path", CourseKey.read, tmp_path / "no.json")
