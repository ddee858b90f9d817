"""The data dictionary says what is in the files, for every dataset and both backends."""

import csv
import json

import pytest
from frictionless import Package

import touchpoints as tp
from touchpoints.data import datasets_folder

FOLDER = datasets_folder()
DICTIONARY = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))
ENTRIES = {entry["name"]: entry for entry in DICTIONARY["resources"]}
ROWS = {
    "touchpoints": 21,
    "scorecard_example": 21,
    "small_things_example": 8,
    "customers": 3000,
    "contacts": 56616,
    "journeys": 47455,
    "sfo_contact_ratings": 420,
    "sfo_mood": 717,
    "sfo_behaviour": 36,
    "copenhagen_housing": 72,
    "consumer_wishes": 3,
}
SYNTHETIC = {
    "touchpoints",
    "scorecard_example",
    "small_things_example",
    "customers",
    "contacts",
    "journeys",
}
PANDAS = {
    "string": "str",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "datetime": "datetime64[us]",
}
POLARS = {
    "string": "String",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "Boolean",
    "datetime": "Datetime(time_unit='us', time_zone=None)",
}

every_dataset = pytest.mark.parametrize("name", ROWS)


def fields(name):
    return ENTRIES[name]["schema"]["fields"]


def cells(name):
    with (FOLDER / ENTRIES[name]["path"]).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_dictionary_lists_what_is_tested_here():
    assert list(ENTRIES) == list(ROWS)
    assert tp.list_datasets()["name"].tolist() == list(ROWS)
    files = {path.name for path in FOLDER.glob("*.csv")}
    assert files == {entry["path"] for entry in ENTRIES.values()}


@every_dataset
def test_frictionless_finds_nothing_to_complain_about(name):
    report = Package(str(FOLDER / "datapackage.json")).get_resource(name).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])[:5]


@every_dataset
def test_rows_and_header(name):
    rows = cells(name)
    assert len(rows) == ENTRIES[name]["touchpoints:rows"] == ROWS[name]
    assert list(rows[0]) == [field["name"] for field in fields(name)]


@every_dataset
def test_bytes_are_utf8_with_plain_line_ends(name):
    data = (FOLDER / ENTRIES[name]["path"]).read_bytes()
    assert b"\r" not in data
    assert not data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\n")


@every_dataset
def test_every_column_and_file_is_described(name):
    entry = ENTRIES[name]
    assert {"title", "description", "sources", "licenses"} <= entry.keys()
    for field in fields(name):
        assert field["description"].endswith(".")
        assert field["title"]


@every_dataset
def test_synthetic_data_are_called_synthetic(name):
    entry = ENTRIES[name]
    assert entry["touchpoints:synthetic"] is (name in SYNTHETIC)
    assert ("(synthetic)" in entry["title"]) is (name in SYNTHETIC)
    assert ("Synthetic:" in entry["description"]) is (name in SYNTHETIC)


@every_dataset
def test_closed_sets_hold_exactly_what_occurs(name):
    rows = cells(name)
    for field in fields(name):
        if "categories" in field:
            assert field["categories"] == field["constraints"]["enum"]
            found = {row[field["name"]] for row in rows} - {""}
            assert found <= set(field["categories"])
            if name not in {"touchpoints", "scorecard_example", "small_things_example"}:
                assert found == set(field["categories"])


@every_dataset
def test_keys_are_unique_and_point_at_something(name):
    rows, schema = cells(name), ENTRIES[name]["schema"]
    keys = [tuple(row[column] for column in schema["primaryKey"]) for row in rows]
    assert len(set(keys)) == len(keys)
    for key in schema.get("foreignKeys", []):
        target = {row[key["reference"]["fields"][0]] for row in cells(key["reference"]["resource"])}
        assert {row[key["fields"][0]] for row in rows} <= target


@every_dataset
def test_pandas_types_are_those_of_the_dictionary(name):
    frame = tp.load(name)
    assert frame.shape == (ROWS[name], len(fields(name)))
    for field in fields(name):
        column = frame[field["name"]]
        if "categories" in field:
            assert column.cat.categories.tolist() == field["categories"]
            assert column.cat.ordered is field["categoriesOrdered"]
        else:
            assert str(column.dtype) == PANDAS[field["type"]]


@every_dataset
def test_polars_types_are_those_of_the_dictionary(name):
    frame = tp.load(name, backend="polars")
    assert frame.shape == (ROWS[name], len(fields(name)))
    for field in fields(name):
        column = frame[field["name"]]
        if "categories" in field:
            assert column.dtype.categories.to_list() == field["categories"]
        else:
            assert str(column.dtype) == POLARS[field["type"]]


@every_dataset
@pytest.mark.parametrize("backend", ["pandas", "polars"])
def test_loaded_values_are_those_of_the_file(name, backend):
    frame, rows = tp.load(name, backend=backend), cells(name)
    for field in fields(name):
        column = frame[field["name"]]
        missing = column.isna() if backend == "pandas" else column.is_null()
        texts = [row[field["name"]] for row in rows]
        assert missing.to_numpy().tolist() == [text == "" for text in texts]
        if field["type"] in {"integer", "number"}:
            total = sum(float(text) for text in texts if text)
            assert float(column.sum()) == pytest.approx(total)
        elif field["type"] == "boolean":
            assert int(column.sum()) == texts.count("true")


@pytest.mark.parametrize("file", ["datapackage.json", "README.md", "generate.py"])
def test_the_students_path_does_not_tell_the_shipped_world(file):
    text = (FOLDER / file).read_text(encoding="utf-8")
    settings = FOLDER.parent / "book" / "teaching" / "truth-of-the-data.json"
    seed = json.loads(settings.read_text(encoding="utf-8"))["seed"]
    assert str(seed) not in text
    for sentence in ("world is mixed", 'world="mixed"', "world: mixed"):
        assert sentence not in text
