"""The mapping is guessed, shown, kept as YAML, and read again; repairs need consent and are listed."""

from __future__ import annotations

import pandas as pd
import pytest

import touchpoints as tp
from own_surveys import WRITERS, answers, to_csv
from refusals import refused
from touchpoints.ingest.mapping import guess_mapping, mapping_path, read_mapping
from touchpoints.ingest.survey import plan

SOUND = answers(6)


@pytest.mark.parametrize("form", WRITERS)
def test_a_kept_mapping_reads_as_it_was_guessed(tmp_path, form):
    path = WRITERS[form](SOUND, tmp_path)
    grid, guessed, kept = plan(path)
    assert kept is None
    mapping_path(path).write_text(guessed.to_yaml(path.name), "utf-8")
    _, again, kept = plan(path)
    assert kept == mapping_path(path)
    assert again == guessed
    assert guess_mapping(grid) == guessed


def test_a_corrected_mapping_is_followed(tmp_path):
    frame = pd.DataFrame({"who": ["1", "2", "3"], "a": ["2", "1", "2"], "b": ["4", "", "x"]})
    path = to_csv(frame, tmp_path / "own.csv")
    refused("no grades", "grade_KEY", "own.csv.mapping.yml", tp.read_survey, path)
    mapping_path(path).write_text(
        "form: wide\ncolumns: {respondent_id: who}\n"
        "touchpoints: {till: {contact: a, grade: b}}\n"
        "answers: {contact: {2: yes, 1: no}, grade: {x: 6}}\n"
    )
    survey = tp.read_survey(path)
    assert survey.contacts["grade"].fillna(0).tolist() == [4, 0, 6]
    assert (survey.report["what"] == "found").all()


def test_another_mapping_file_can_be_named(tmp_path):
    path = to_csv(SOUND, tmp_path / "own.csv")
    (tmp_path / "mine.yml").write_text("form: wide\ntouchpoints: {door: {grade: grade_entrance}}\n")
    survey = tp.read_survey(path, mapping=tmp_path / "mine.yml")
    assert survey.contacts["touchpoint"].unique().tolist() == ["door"]
    assert survey.customers["customer_id"].tolist() == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("text", "found", "allowed"),
    [
        ("- 1", "no mapping", "a mapping with form"),
        ("colums: {}", "'colums'", "columns"),
        ("columns: {}", "form: None", "wide, long"),
        ("form: wide\ncolumns: {bonding_6: x}", "'bonding_6'", "bonding_5"),
        ("form: wide\ncolumns: [a]", "columns: ['a']", "names and texts"),
        ("form: wide\ntouchpoints: {till: {note: x}}", "'note'", "contact, grade"),
        ("form: wide\ntouchpoints: {till: {grade: [1]}}", "'grade': [1]", "a text"),
        ("form: wide\ntouchpoints: {till: {contact: respondent_id}}", "without a column of grades", "grade_KEY"),
        ("form: wide\ntouchpoints: {till: {grade: gone}}", "no column 'gone'", "'grade_entrance'"),
        ("form: wide\ntouchpoints: {a: {grade: grade_entrance}, b: {grade: grade_entrance}}", "more than one thing", "once"),
        ("form: wide\ntouchpoints: {}\nanswers: {mood: {}}", "'mood'", "satisfaction"),
        ("form: wide\ntouchpoints: {}\nanswers: {contact: {x: maybe}}", "'maybe'", "yes, no"),
        ("form: wide\ntouchpoints: {}\nanswers: {grade: {x: fine}}", "'fine'", "1 to 6"),
        ("form: wide\ntouchpoints: &a {b: *a}", "alias", "a mapping with form"),
        ("sheet: 3", "sheet: 3", "a name"),
        ("form: wide\nform: long", "twice", "a mapping"),
    ],
)  # fmt: skip
def test_a_mapping_that_cannot_be_used_is_told(tmp_path, text, found, allowed):
    path = to_csv(SOUND, tmp_path / "own.csv")
    mapping_path(path).write_text(text)
    refused(found, allowed, "", tp.read_survey, path)


def test_where_two_columns_would_do_none_is_taken(tmp_path):
    frame = SOUND.assign(Zufriedenheit="1").rename(columns={"satisfaction": "overall satisfaction"})
    survey = tp.read_survey(to_csv(frame, tmp_path / "own.csv"))
    assert "satisfaction" not in survey.customers
    assert any("may each be satisfaction" in why for why in survey.report["why"])


def test_a_kit_name_wins_over_a_likeness(tmp_path):
    survey = tp.read_survey(to_csv(SOUND.assign(id="9"), tmp_path / "own.csv"))
    assert survey.mapping.columns["respondent_id"] == "respondent_id"


def test_names_of_yaml_are_no_code(tmp_path):
    heading = "grade_till: !!python/object/apply:os.system ['x']\n#\u2028é"
    path = to_csv(pd.DataFrame({"id": ["1"], heading: ["1"]}), tmp_path / "own.csv")
    _, guessed, _ = plan(path)
    mapping_path(path).write_text(guessed.to_yaml("own\n.csv"), "utf-8")
    assert read_mapping(mapping_path(path))[1] == guessed


FAULTY = pd.DataFrame(
    [
        ["1", "yes", " 2", "5", "1", "0.5"],
        ["2", "yes", "2,0", "5", "Note 2", "1,5"],
        ["3", "no", "4", "5", "2", "1"],
        ["4", "", "1", "5", "2", "1"],
        ["5", "yes", "3", "6", "2", "0"],
        ["5", "yes", "3", "6", "2", "0"],
        ["6", "yes", "1", "5", "2", "1"],
        ["6", "yes", "2", "5", "2", "1"],
        ["7", "yes", "", "5", "2", "1"],
        ["8", "perhaps", "1.5", "", "", ""],
        ["", "yes", "1", "5", "2", "1"],
    ],
    columns=["respondent_id", "contact_till", "grade_till", "bonding_1", "satisfaction", "weight"],
)


@pytest.fixture
def faulty(tmp_path):
    return to_csv(FAULTY, tmp_path / "own.csv")


def read(path, **options):
    with pytest.warns(UserWarning, match="were dropped"):
        return tp.read_survey(path, **options)


def rows(survey, what):
    """Rows of the file in which something was repaired or dropped, with column."""
    chosen = survey.report[survey.report["what"] == what]
    return {(row.row, row.column) for row in chosen.itertuples()}


def test_without_consent_nothing_is_repaired_and_all_is_told(faulty):
    survey = read(faulty)
    assert not (survey.report["what"] == "repaired").any()
    mendable = survey.report["why"].str.endswith("; repair mends it")
    assert survey.report[mendable]["row"].tolist() == [2, 3, 3, 3, 4, 5, 6, 7]
    assert survey.contacts.empty
    assert survey.customers["customer_id"].tolist() == [1, 2, 3, 4, 7, 8]


def test_with_consent_the_harmless_is_mended_and_listed(faulty):
    survey = read(faulty, repair=True)
    assert rows(survey, "repaired") == {
        (2, "grade_till"),
        (3, "grade_till"),
        (3, "satisfaction"),
        (3, "weight"),
        (4, "grade_till"),
        (5, "grade_till"),
        (7, ""),
    }
    assert rows(survey, "dropped") == {
        (6, "bonding_1"),
        (6, "weight"),
        (8, ""),
        (9, ""),
        (10, "grade_till"),
        (11, "contact_till"),
        (11, "grade_till"),
        (12, "respondent_id"),
    }
    got = survey.contacts.fillna({"grade": 0})[["customer_id", "grade"]].to_numpy().tolist()
    assert got == [[1, 2], [2, 2], [3, 0], [4, 1], [5, 3]]


def test_the_sentences_are_ours(faulty):
    why = dict(read(faulty, repair=True).report.set_index(["row", "column"])["why"])
    assert why[(6, "bonding_1")] == "allowed is a whole number, 1 to 5"
    assert why[(6, "weight")] == "allowed is a number above 0"
    assert why[(11, "grade_till")] == "allowed is a whole number, 1 to 6"
    assert why[(10, "grade_till")] == "contact without a grade: empty would mean no contact"


def test_answers_of_a_customer_that_differ_are_left_out(tmp_path):
    frame = pd.DataFrame(
        {
            "customer_id": ["1", "1", "2", "2"],
            "touchpoint": ["a", "b", "a", "b"],
            "grade": ["1", "", "2", "3"],
            "satisfaction": ["1", "2", "3", ""],
        }
    )
    survey = read(to_csv(frame, tmp_path / "own.csv"))
    assert survey.customers["satisfaction"].fillna(0).tolist() == [0, 3]
    assert rows(survey, "dropped") == {(2, "satisfaction"), (3, "satisfaction")}


def test_no_answer_is_not_no_contact(tmp_path):
    frame = pd.DataFrame({"id": ["1", "2", "3"], "grade_till": ["k. A.", "", "kein Kontakt"]})
    survey = tp.read_survey(to_csv(frame, tmp_path / "own.csv"))
    assert survey.contacts["customer_id"].tolist() == [2, 3]
    assert any("1 gave no answer" in why for why in survey.report["why"])
