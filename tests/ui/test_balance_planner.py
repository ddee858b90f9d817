"""The balance planner as a Python object."""

from __future__ import annotations

import pandas as pd
import polars as pl
import pytest

import touchpoints as tp
from refusals import refused
from touchpoints.ui.balance_planner import COLUMNS

SMALL = {"touchpoint": ["calls", "site"], "contact_phase": ["post_contact", "contact"]}


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, lambda d: pl.DataFrame(d).lazy()])
def test_a_short_frame_gets_defaults(make):
    assert tp.BalancePlanner(make(SMALL)).rows[0] == {
        "touchpoint": "calls",
        "name_en": "calls",
        "name_de": "calls",
        "contact_phase": "post_contact",
        "medium": "offline",
        "personal": False,
        "contacts_per_month": 0,
        "minutes_per_contact": 0,
        "eur_per_hour": 40,
        "moved_pct": 0,
        "moved_minutes": 0,
    }


def test_the_example_has_the_chapters_sum():
    planner = tp.BalancePlanner()
    totals = planner.results.totals.iloc[0]
    assert planner.to_frame()["personal"].sum() == 6
    assert totals["hours"] == pytest.approx(466, abs=1)
    assert totals["eur"] == pytest.approx(18_650, abs=40)
    assert totals["one_medium"] == 0


def test_what_is_assigned_counts_and_is_observed():
    planner = tp.BalancePlanner(pd.DataFrame(SMALL))
    seen = []
    planner.observe(lambda change: seen.append(change["name"]), ["rows", "budget_hours"])
    calls = {"personal": True, "contacts_per_month": 120, "minutes_per_contact": 12}
    planner.rows = [{**planner.rows[0], **calls, "moved_pct": 30}, planner.rows[1]]
    planner.budget_hours = 48
    assert seen == ["rows", "budget_hours"]
    before, after = planner.results.totals.to_dict("records")
    assert (before["hours"], after["hours"]) == (24, pytest.approx(16.8))
    assert (before["budget_share_pct"], before["eur"]) == (50, 960)
    assert planner.results.phases["served_after"].tolist() == ["none", "offline", "none", "both"]


def test_it_follows_a_linked_scorecard_and_keeps_the_figures():
    card = tp.Scorecard(pd.DataFrame(SMALL))
    planner = tp.BalancePlanner(
        pd.DataFrame({**SMALL, "contacts_per_month": [90, 7]}), scorecard=card
    )
    assert planner.source == "scorecard"
    card.rows = [{**card.rows[0], "medium": "online", "name_en": "Hotline"}]
    assert planner.to_frame()[["name_en", "medium", "contacts_per_month"]].to_numpy().tolist() == [
        ["Hotline", "online", 90]
    ]
    planner.source = "own"
    assert planner.to_frame()["contacts_per_month"].tolist() == [90, 7]


def test_an_empty_scorecard_leaves_the_own_rows():
    card = tp.Scorecard(pd.DataFrame(SMALL))
    planner = tp.BalancePlanner(scorecard=card)
    card.rows = []
    assert len(planner.to_frame()) == 21


def test_round_trip_through_a_frame():
    first = tp.BalancePlanner()
    assert tp.BalancePlanner(first.to_frame()).rows == first.rows
    assert list(first.to_frame().columns) == list(COLUMNS)


@pytest.mark.parametrize(
    ("name", "value", "found", "allowed"),
    [
        ("source", "mine", "source 'mine'", "own, scorecard"),
        ("budget_hours", 0, "budget_hours 0", "1 to 1000000"),
        ("rows", [{"touchpoint": "a"}], "no column 'contact_phase'", "contact_phase"),
        ("rows", [{**SMALL, "touchpoint": "a", "contact_phase": "x"}], "'x'", "pre_contact"),
        ("scorecard", [{"touchpoint": "a", "contact_phase": "x"}], "", ""),
    ],
)
def test_wrong_state_is_refused_and_nothing_changes(name, value, found, allowed):
    planner = tp.BalancePlanner()
    before = getattr(planner, name)
    refused(found, allowed, "", setattr, planner, name, value)
    assert getattr(planner, name) == before


def test_only_a_scorecard_can_be_linked():
    refused("scorecard 3", "a Scorecard", "tp.Scorecard", tp.BalancePlanner, scorecard=3)


def test_all_touchpoints_may_be_removed():
    planner = tp.BalancePlanner(pd.DataFrame(SMALL))
    planner.rows = []
    with pytest.raises(tp.InputError, match="no row"):
        _ = planner.results


@pytest.mark.parametrize("lang", ["en", "de"])
def test_readers_without_scripts_get_phases_and_media(lang):
    fallback = tp.BalancePlanner(lang=lang)._fallback
    assert [len(row) for row in fallback["rows"]] == [len(fallback["columns"])] * 4
    assert fallback["rows"][3][1:] == ["3", "85", "1", "139"]
    assert "466" in fallback["caption"]
    assert "synthe" in fallback["caption"]
