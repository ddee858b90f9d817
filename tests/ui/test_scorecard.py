"""The scorecard as a Python object."""

from __future__ import annotations

import pandas as pd
import polars as pl
import pytest

import touchpoints as tp
from touchpoints.ui.scorecard import COLUMNS

SMALL = {"touchpoint": ["a", "b"], "contact_phase": ["contact", "post_contact"]}


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, lambda d: pl.DataFrame(d).lazy()])
def test_a_short_frame_gets_defaults(make):
    card = tp.Scorecard(make(SMALL))
    assert card.rows[0] == {
        "touchpoint": "a",
        "name_en": "a",
        "name_de": "a",
        "contact_phase": "contact",
        "medium": "offline",
        "channel": "store",
        "grade": None,
        "importance": 5,
        "moment_of_truth": False,
    }


def test_without_a_frame_it_shows_the_kits_touchpoints_ungraded():
    card = tp.Scorecard()
    assert len(card.rows) == len(tp.load("touchpoints"))
    assert {r["grade"] for r in card.rows} == {None}
    assert card.scores.weakest_link is None


def test_rows_and_frame_follow_each_other():
    card = tp.Scorecard(pd.DataFrame(SMALL))
    seen = []
    card.observe(lambda change: seen.append(change["new"]), "rows")
    card.rows = [{**card.rows[0], "grade": 4}, card.rows[1]]
    assert len(seen) == 1
    assert card.to_frame()["grade"].dropna().tolist() == [4]
    assert card.scores.weakest_link == "a"
    assert list(card.to_frame().columns) == list(COLUMNS)


def test_round_trip_through_a_frame():
    data = tp.load("touchpoints").merge(tp.load("scorecard_example"), on="touchpoint")
    first = tp.Scorecard(data)
    assert tp.Scorecard(first.to_frame()).rows == first.rows


def test_the_rule_is_data_and_counts():
    card = tp.Scorecard(pd.DataFrame({**SMALL, "grade": [2, 2], "moment_of_truth": [True, False]}))
    card.rule = {**card.rule, "moment_of_truth_weight": 3.0}
    assert card.scores.table["priority_linear"].tolist() == pytest.approx([3.0, 1.0])


@pytest.mark.parametrize(
    "change",
    [
        {"grade": 9},
        {"importance": "high"},
        {"contact_phase": "before"},
        {"moment_of_truth": 3},
    ],
)
def test_wrong_rows_are_refused_and_nothing_changes(change):
    card = tp.Scorecard(pd.DataFrame(SMALL))
    before = card.rows
    with pytest.raises(tp.InputError):
        card.rows = [{**before[0], **change}]
    assert card.rows == before


def test_all_touchpoints_may_be_removed():
    card = tp.Scorecard(pd.DataFrame(SMALL))
    card.rows = []
    assert card.to_frame().empty
    with pytest.raises(tp.InputError, match="no row"):
        _ = card.scores


@pytest.mark.parametrize("lang", ["en", "de"])
def test_readers_without_scripts_get_a_table(lang):
    fallback = tp.Scorecard(lang=lang)._fallback
    assert len(fallback["rows"]) == len(tp.load("touchpoints"))
    assert all(len(row) == len(fallback["columns"]) for row in fallback["rows"])
    assert ("Kontaktphase" in fallback["columns"]) == (lang == "de")
