"""The data dictionary says what is in the files, for every dataset."""

from __future__ import annotations

import csv
import json

import frictionless
import narwhals as nw
import pytest

import touchpoints as tp
from touchpoints.data import datasets_folder

FOLDER = datasets_folder()
PACKAGE = json.loads((FOLDER / "datapackage.json").read_text("utf-8"))
RESOURCES = PACKAGE["resources"]


def test_the_package_follows_the_standard():
    report = frictionless.validate(str(FOLDER / "datapackage.json"))
    assert report.valid, report.flatten(["title", "fieldName", "message"])


def test_every_file_has_its_entry():
    assert {r["path"] for r in RESOURCES} == {p.name for p in FOLDER.glob("*.csv")}


@pytest.mark.parametrize("entry", RESOURCES, ids=lambda r: r["name"])
def test_an_entry_says_what_a_user_needs(entry):
    assert entry["title"]
    assert entry["description"]
    assert entry["sources"]
    assert entry["licenses"]
    fields = entry["schema"]["fields"]
    assert all(f["description"] and f["title"] for f in fields)
    with (FOLDER / entry["path"]).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == [f["name"] for f in fields]
    assert len(rows) - 1 == entry["touchpoints:rows"]
    if entry["touchpoints:synthetic"]:
        assert "synthetic" in (entry["title"] + entry["description"]).lower()


@pytest.mark.parametrize("entry", RESOURCES, ids=lambda r: r["name"])
def test_files_have_plain_line_ends(entry):
    raw = (FOLDER / entry["path"]).read_bytes()
    assert b"\r" not in raw
    assert raw.endswith(b"\n")


@pytest.mark.parametrize("backend", ["pandas", "polars"])
@pytest.mark.parametrize("entry", RESOURCES, ids=lambda r: r["name"])
def test_loading_gives_the_types_of_the_dictionary(entry, backend):
    frame = nw.from_native(tp.load(entry["name"], backend=backend), eager_only=True)
    assert frame.columns == [f["name"] for f in entry["schema"]["fields"]]
    assert len(frame) == entry["touchpoints:rows"]
    for field in entry["schema"]["fields"]:
        values = frame.get_column(field["name"])
        if "categories" in field:
            native = values.to_native()
            known = native.cat.categories if backend == "pandas" else native.dtype.categories
            assert known.to_list() == field["categories"]
        elif field["type"] == "integer":
            assert values.dtype.is_integer()
        elif field["type"] == "boolean":
            assert values.dtype == nw.Boolean
        if field.get("constraints", {}).get("required"):
            assert values.null_count() == 0


def test_unknown_names_list_what_there_is():
    with pytest.raises(tp.InputError, match=r"touchpoints, .*did you mean 'touchpoints'"):
        tp.load("touchpoint")
    with pytest.raises(tp.InputError, match="pandas, polars"):
        tp.load("touchpoints", backend="spark")


def test_touchpoints_are_about_twenty_in_all_phases_and_media():
    frame = tp.load("touchpoints")
    assert 18 <= len(frame) <= 25
    assert frame["contact_phase"].value_counts().min() >= 3
    assert frame["medium"].value_counts().min() >= 8
