"""The same answers in every format come out as the same customers and contacts."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import touchpoints as tp
from own_surveys import BONDING, PLACES, WRITERS, answers, to_csv
from touchpoints.ingest.survey import examine, plan

#: What each format calls the touchpoints it can't carry the key of.
RENAMED = {"returnsdesk": "returns_desk"}
SOUND = answers()


def expected(frame: pd.DataFrame) -> set[tuple[str, str, int]]:
    """Contacts of a wide table, cell by cell; 0 is no contact."""
    return {
        (row["respondent_id"], key, int(row[f"grade_{key}"] or 0))
        for _, row in frame.iterrows()
        for key in PLACES
    }


def got(survey: tp.SurveyData) -> set[tuple[str, str, int]]:
    return {
        (
            str(row.customer_id).removeprefix("R_"),
            RENAMED.get(row.touchpoint, row.touchpoint),
            int(row.grade),
        )
        for row in survey.contacts.fillna({"grade": 0}).itertuples()
    }


@pytest.mark.parametrize("form", WRITERS)
def test_every_format_gives_the_same_answers(tmp_path, form):
    survey = tp.read_survey(WRITERS[form](SOUND, tmp_path))
    assert not (survey.report["what"] == "dropped").any()
    assert got(survey) == expected(SOUND)
    for column in (*BONDING, "satisfaction", "recommendation"):
        assert survey.customers[column].astype(str).tolist() == SOUND[column].tolist(), column
    assert survey.customers["age_group"].tolist() == SOUND["age_group"].tolist()
    if "weight" in survey.mapping.columns:
        assert survey.customers["panel_weight"].tolist() == SOUND["weight"].astype(float).tolist()


def test_columns_have_the_datasets_names_and_types(tmp_path):
    survey = tp.read_survey(to_csv(SOUND, tmp_path / "own.csv"))
    customers, contacts = tp.load("customers"), tp.load("contacts")
    assert survey.customers.dtypes.to_dict() == customers.dtypes[survey.customers.columns].to_dict()
    assert survey.contacts.dtypes.to_dict() == contacts.dtypes[survey.contacts.columns].to_dict()
    order = [c for c in customers.columns if c in survey.customers.columns]
    assert list(survey.customers.columns) == order


def test_the_kits_calls_take_the_result_as_it_is(tmp_path):
    survey = tp.read_survey(to_csv(SOUND, tmp_path / "own.csv"))
    fans = tp.FanRule().apply(survey.customers)
    assert fans["fan"].notna().all()
    lifts = tp.lift_over_no_contact(survey.together, rule=tp.FanRule())
    assert set(lifts.table["touchpoint"]) == set(PLACES)
    assert tp.nps(survey.customers).table["n"].iloc[0] == len(SOUND)
    places = pd.DataFrame(
        {"touchpoint": list(PLACES), "contact_phase": "contact", "channel": "store"}
    )
    assert len(tp.channel_lens(survey.contacts, places).table) == len(PLACES)
    assert len(
        tp.fan_rate(
            survey.together, rule=tp.FanRule(), weights="panel_weight", by="touchpoint"
        ).table
    )


def test_what_is_written_in_the_long_form_reads_as_the_same(tmp_path):
    first = tp.read_survey(to_csv(SOUND, tmp_path / "own.csv"))
    again = tp.read_survey(to_csv(first.together, tmp_path / "long.csv"))
    assert again.mapping.form == "long"
    pd.testing.assert_frame_equal(again.customers, first.customers)
    pd.testing.assert_frame_equal(again.contacts, first.contacts)


def test_the_shipped_datasets_are_a_survey_themselves(tmp_path):
    contacts = tp.load("contacts").head(4000)
    survey = tp.read_survey(to_csv(contacts, tmp_path / "contacts.csv"))
    pd.testing.assert_frame_equal(survey.contacts, contacts[["customer_id", "touchpoint", "grade"]])


@pytest.mark.parametrize(
    ("head", "yes", "no"),
    [
        ("Kontakt {}|Note {}", "ja", "nein"),
        ("Kontakt mit {}|Schulnote für {}", "Ja", "Nein"),
        ("Contact: {}|Grade: {}", "true", "false"),
        ("contact_{}|grade_{}", "1", "0"),
        ("Hatten Sie Kontakt? - {}|Welche Note geben Sie? - {}", "Y", "N"),
        (
            "{}: Hatten Sie in den letzten 12 Monaten Kontakt?|{}: Welche Note geben Sie?",
            "wahr",
            "falsch",
        ),
    ],
)
def test_headings_in_german_and_english_are_understood(tmp_path, head, yes, no):
    contact, grade = (h.format("Rückgabe") for h in head.split("|"))
    frame = pd.DataFrame({"Kundennummer": ["7", "8"], contact: [yes, no], grade: ["2", ""]})
    survey = tp.read_survey(to_csv(frame, tmp_path / "own.csv"))
    assert survey.contacts["touchpoint"].unique().tolist() == ["rueckgabe"]
    assert survey.contacts["grade"].fillna(0).tolist() == [2, 0]
    assert survey.customers["customer_id"].tolist() == [7, 8]


def test_a_touchpoint_may_be_called_like_a_question(tmp_path):
    text = {"Which grade do you give? [Recommendation of friends]": ["1", "2"], "id": ["1", "2"]}
    survey = tp.read_survey(to_csv(pd.DataFrame(text), tmp_path / "b.csv"))
    assert survey.contacts["touchpoint"].unique().tolist() == ["recommendation_of_friends"]


def test_ids_that_are_no_plain_numbers_stay_as_they_are(tmp_path):
    frame = SOUND.head(2).assign(respondent_id=["007", "7"])
    survey = tp.read_survey(to_csv(frame, tmp_path / "own.csv"))
    assert survey.customers["customer_id"].tolist() == ["007", "7"]


texts = st.sampled_from(
    [
        "",
        "1",
        " 2",
        "2",
        "3",
        "6",
        "7",
        "2,0",
        "2.0",
        "Note 2",
        "1. Feb",
        "yes",
        "no",
        "ja",
        "=1+1",
        "kein Kontakt",
        "k. A.",
        "-1",
        "1e3",
        "٣",
        "\u202e1",
        "x",
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(texts, texts, texts, texts), min_size=1, max_size=12), st.booleans())
def test_no_answer_is_invented_and_none_vanishes_untold(tmp_path_factory, rows, repair):
    """Each respondent at the one touchpoint is in contacts, or a finding says why not."""
    folder = tmp_path_factory.mktemp("own")
    frame = pd.DataFrame(rows, columns=["contact_till", "grade_till", "bonding_1", "weight"])
    frame.insert(0, "respondent_id", [str(i) for i in range(len(frame))])
    grid, mapping, _ = plan(to_csv(frame, folder / "own.csv"))
    survey = examine(grid, mapping, repair=repair)
    told = survey.report
    in_contacts = set(survey.contacts["customer_id"].astype(str))
    unanswered = (
        told[told["why"].str.contains("answered neither")]["why"]
        .str.split()
        .str[0]
        .astype(int)
        .sum()
    )
    missing = [i for i in frame["respondent_id"] if i not in in_contacts]
    about = told[(told["what"] == "dropped") & told["column"].isin({"contact_till", "grade_till"})]
    assert len(missing) <= about["row"].nunique() + unanswered
    assert survey.contacts["grade"].dropna().between(1, 6).all()
    assert set(told["what"]) <= (
        {"found", "dropped", "repaired"} if repair else {"found", "dropped"}
    )
    # An empty grade was an empty cell, or nobody had contact: never an answer that couldn't be read.
    none = survey.contacts[survey.contacts["grade"].isna()]["customer_id"].astype(str)
    for row in frame[frame["respondent_id"].isin(set(none))].itertuples():
        none_had = row.grade_till == "kein Kontakt"
        assert none_had or row.contact_till == "no", row
        assert none_had or repair or row.grade_till in {"", "k. A."}, row
