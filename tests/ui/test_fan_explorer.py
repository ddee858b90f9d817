"""The fan explorer as a Python object: what it looks up is what the statistics say."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd
import polars as pl
import pytest

import touchpoints as tp
from conftest import vectors
from touchpoints.core.fan_rule import BONDING_ITEMS
from touchpoints.ui.fan_sources import WORLDS_BY_LETTER, _hundredths, own_source

CONTACTS = {
    "customer_id": [*range(60), *range(60)],
    "touchpoint": ["chat"] * 60 + ["desk"] * 60,
    "grade": ([1] * 15 + [2] * 25 + [None] * 20) * 2,
    "fan": ([True] * 12 + [False] * 3 + [True] * 5 + [False] * 20 + [True] * 8 + [False] * 12) * 2,
    "medium": ["online"] * 60 + ["offline"] * 60,
    "age_group": (["18-29", "60+"] * 30) * 2,
    "weight": [1.0, 2.0] * 60,
}


@pytest.fixture(scope="module")
def kit() -> tp.FanExplorer:
    return tp.FanExplorer()


def panel() -> pd.DataFrame:
    customers = tp.load("customers")
    asked = customers[customers["panel_status"] != "dropped_out"]
    columns = ["customer_id", "age_group", "panel_weight", *BONDING_ITEMS]
    return (
        tp.load("contacts")
        .merge(asked[columns], on="customer_id")
        .merge(tp.load("touchpoints")[["touchpoint", "medium"]], on="touchpoint")
    )


@pytest.mark.parametrize(
    ("choice", "weighted"),
    [
        ({}, False),
        ({}, True),
        ({"touchpoint": "live_chat"}, False),
        ({"touchpoint": "live_chat", "age_group": "60+"}, True),
        ({"medium": "online"}, False),
        ({"medium": "offline", "age_group": "30-44"}, True),
    ],
)
def test_what_is_looked_up_is_what_the_statistics_say(kit, choice, weighted):
    kit.source, kit.choice, kit.weighted = "panel", choice, weighted
    frame = panel()
    for column, value in choice.items():
        frame = frame[frame[column] == value]
    weights = "panel_weight" if weighted else None
    pooled = "touchpoint" not in choice
    options = {"weights": weights, "rule": tp.FanRule()}
    # Filtered first and then estimated: within a touchpoint by rows, pooled by customer.
    rates = tp.fan_rate(
        frame, by="grade", cluster="customer_id" if pooled else None, **options
    ).table
    lifts = tp.lift_over_no_contact(frame, by=None if pooled else "touchpoint", **options).table
    shown = kit.estimates
    assert shown["n"].tolist() == rates["n"].tolist()
    assert shown["fans"].tolist() == rates["fans"].tolist()
    for column in ("fan_rate_pct", "low_pct", "high_pct"):
        assert shown[column].tolist() == pytest.approx(rates[column].tolist(), abs=0.0151), column
    graded = shown[shown["grade"].notna()]
    pairs = {
        "share_pct": "share_pct",
        "lift_points": "lift_points",
        "lift_low_points": "low_points",
        "lift_high_points": "high_points",
    }
    for ours, theirs in pairs.items():
        assert graded[ours].tolist() == pytest.approx(lifts[theirs].tolist(), abs=0.0151), ours


def test_net_effects_are_those_of_the_statistics(kit):
    source = kit._source("panel")
    at = source["nets"]["at"].index(0)
    net = tp.net_contact_effect(panel(), by=None, rule=tp.FanRule()).table.iloc[0]
    for column in ("net_effect_points", "low_points", "high_points"):
        assert source["nets"][column][at] / 100 == pytest.approx(net[column], abs=0.0151)


def test_the_worlds_are_not_the_shipped_data(kit):
    shown = {}
    for key in ("panel", *WORLDS_BY_LETTER):
        kit.source, kit.choice, kit.weighted = key, {}, False
        shown[key] = kit.estimates["fans"].tolist()
    assert len({tuple(v) for v in shown.values()}) == 4
    assert set(WORLDS_BY_LETTER.values()) == {"effect", "halo", "mixed"}


def test_the_airport_is_the_counted_table(kit):
    kit.source, kit.choice = "airport", {"touchpoint": "restaurants"}
    counts = tp.load("sfo_contact_ratings").query("touchpoint == 'restaurants'")
    by_rating = counts.groupby("rating")[["n", "top_box"]].sum()
    shown = kit.estimates
    assert shown["grade"].tolist()[:5] == [1, 2, 3, 4, 5]
    assert (
        shown["n"].tolist() == by_rating.loc[["5", "4", "3", "2", "1", "never_used"], "n"].tolist()
    )
    assert shown["fans"].tolist()[0] == by_rating.loc["5", "top_box"]
    # Touchpoints of a table of counts are never taken together: without a choice it is the first.
    kit.choice = {}
    first = tp.load("sfo_contact_ratings").query("touchpoint == 'art_and_exhibitions'")
    assert kit.estimates["n"].sum() == first["n"].sum()


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, lambda d: pl.DataFrame(d).lazy()])
def test_an_own_frame_of_any_engine(make):
    explorer = tp.FanExplorer(make(CONTACTS), weights="weight")
    assert explorer.source == "frame"
    assert explorer.estimates["n"].tolist() == [30, 50, 40]
    explorer.choice = {"touchpoint": "chat", "age_group": "60+"}
    assert explorer.estimates["n"].sum() == 30
    # A chosen touchpoint settles its medium, whatever else is chosen.
    explorer.choice = {"touchpoint": "chat", "medium": "offline"}
    assert explorer.estimates["n"].sum() == 60


def test_without_people_without_contact_there_are_rates_but_no_lifts():
    frame = pd.DataFrame(CONTACTS).dropna(subset="grade")
    shown = tp.FanExplorer(frame).estimates
    assert shown["fan_rate_pct"].notna().all()
    assert shown["share_pct"].sum() == pytest.approx(100, abs=0.02)
    assert shown["lift_points"].isna().all()


@pytest.mark.parametrize("case", vectors("intervals"), ids=lambda c: c["name"])
def test_own_counts_by_the_vectors(case):
    explorer = tp.FanExplorer(pd.DataFrame(CONTACTS))
    explorer.source = "own"
    (x, n), (y, m) = case["a"], case["b"]
    explorer.counts = [{"grade": 1, "n": n, "fans": x}, {"grade": None, "n": m, "fans": y}]
    grade, none = explorer.estimates.to_dict("records")
    assert [grade["low_pct"], grade["high_pct"]] == pytest.approx(
        [100 * v for v in case["wilson_a"]], abs=1e-9
    )
    assert [none["low_pct"], none["high_pct"]] == pytest.approx(
        [100 * v for v in case["wilson_b"]], abs=1e-9
    )
    assert [grade["lift_low_points"], grade["lift_high_points"]] == pytest.approx(
        [100 * v for v in case["newcombe"]], abs=1e-9
    )


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("source", "pannel", "frame"),
        ("choice", {"touchpoint": "chatt"}, "chat"),
        ("choice", {"colour": "red"}, "touchpoint"),
        ("counts", [{"grade": 7, "n": 10, "fans": 1}], "1 to 6"),
        ("counts", [{"grade": 1, "n": 10, "fans": 11}], "at most as many"),
        ("counts", [{"grade": 1, "n": "ten", "fans": 1}], "allowed is numbers"),
        ("counts", [{"grade": 1, "n": 10, "fans": 1}] * 2, "one row a group"),
    ],
)
def test_wrong_states_are_refused_and_nothing_changes(name, value, words):
    explorer = tp.FanExplorer(pd.DataFrame(CONTACTS))
    before = getattr(explorer, name)
    with pytest.raises(tp.InputError, match=words):
        setattr(explorer, name, value)
    assert getattr(explorer, name) == before


def test_a_year_that_was_not_asked_is_refused(kit):
    with pytest.raises(tp.InputError, match="year 2030; allowed is 2014"):
        kit.choice = {"year": 2030}


@pytest.mark.parametrize(
    ("change", "options", "words"),
    [
        ({"grade": [9] * 120}, {}, "1 to 6"),
        ({"touchpoint": ["chat"] * 120}, {}, "one row a customer"),
        ({}, {"filters": ["colour"]}, "colour"),
        ({}, {"weights": "wait"}, "weight"),
        (
            {"many": [f"v{i}" for i in range(120)]},
            {"filters": ["touchpoint", "many", "age_group", "customer_id"]},
            "combinations",
        ),
    ],
)
def test_wrong_frames_are_told(change, options, words):
    with pytest.raises(tp.InputError, match=words):
        tp.FanExplorer(pd.DataFrame({**CONTACTS, **change}), **options)


def test_options_belong_to_a_frame():
    with pytest.raises(tp.InputError, match="pass the frame"):
        tp.FanExplorer(weights="panel_weight")


def test_the_state_is_observable_and_small(kit):
    seen = []
    kit.observe(lambda change: seen.append(change["new"]), "choice")
    kit.source, kit.choice = "panel", {"touchpoint": "live_chat"}
    kit.choice = {"touchpoint": "home_page"}
    assert seen[-1] == {"touchpoint": "home_page"}
    cells = sum(len(s["cells"]["n"]) for s in kit._sources)
    assert 2_000 < cells < 10_000


@pytest.mark.parametrize("value", [25.949, 25.9499999, 25.95, 25.951, -4.449, -4.45, 0.0, 99.96])
def test_hundredths_round_to_the_tenths_of_the_value(value):
    packed = _hundredths(value)
    exact, shown = (
        Decimal(text).quantize(Decimal("0.1"), ROUND_HALF_UP)
        for text in (str(value), str(Decimal(packed) / 100))
    )
    assert shown == exact
    assert packed / 100 == pytest.approx(value, abs=0.0151)


def test_packed_cells_have_no_nan():
    source = own_source(pd.DataFrame(CONTACTS), filters=None, weights=None, rule=None)
    for values in (*source["cells"].values(), *source["nets"].values()):
        assert all(v is None or (isinstance(v, int) and math.isfinite(v)) for v in values)


@pytest.mark.parametrize("lang", ["en", "de"])
def test_readers_without_scripts_get_a_table(lang):
    fallback = tp.FanExplorer(pd.DataFrame(CONTACTS), lang=lang)._fallback
    assert [len(row) for row in fallback["rows"]] == [len(fallback["columns"])] * 3
    assert ("Note" in fallback["columns"]) == (lang == "de")
