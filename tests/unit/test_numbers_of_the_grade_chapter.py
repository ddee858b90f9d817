"""The figures that the chapter "Does only grade 1 count?" says in words."""

from __future__ import annotations

import pandas as pd
import pytest

import touchpoints as tp
from conftest import ROOT

TEXT = (ROOT / "book/research/does-only-grade-1-count.md").read_text("utf-8")


def says(*words):
    plain = " ".join(TEXT.split())
    for word in words:
        assert word in plain, word


@pytest.fixture(scope="module")
def contacts():
    known = tp.FanRule().apply(tp.load("customers")).dropna(subset="fan")
    return tp.load("contacts").merge(known[["customer_id", "fan", "panel_weight"]])


@pytest.fixture(scope="module")
def survey():
    table = tp.load("sfo_contact_ratings")
    return table.assign(grade=6 - pd.to_numeric(table["rating"].astype(str), errors="coerce"))


def test_contrasts(contacts):
    table = tp.grade_contrasts(contacts).table
    second = table[table["grade"] == 2]
    below = [int((second[p] <= 0.05).sum()) for p in ("p_value", "p_holm", "p_bh")]
    assert below == [11, 10, 8]
    assert (second.loc[second["p_value"] <= 0.05, "lift_points"] < 0).all()
    assert second["lift_points"].round().agg(["min", "max"]).tolist() == [-13, 6]
    assert (table.loc[table["grade"] == 1, "p_bh"] <= 0.05).sum() == 21
    says("Grade 1 lies clearly above at all 21. Grade 2 lies below at 11", "Ten and eight are left")


def test_pooled(contacts):
    plain, weighted = (
        tp.grade_contrasts(contacts, by=None, weights=w).table.iloc[1]
        for w in (None, "panel_weight")
    )
    assert (plain["n"], round(plain["effective_n"]), round(weighted["effective_n"])) == (
        6952,
        1930,
        1809,
    )
    assert plain[["lift_points", "low_points", "high_points"]].round(1).tolist() == [
        -4.8,
        -6.2,
        -3.4,
    ]
    says(
        "6,952 contacts graded 2 tell as much as 1,930 independent ones, and as 1,809",
        "−4.8 points (−6.2 to −3.4)",
    )


def test_shapes(contacts, survey):
    rows = tp.grade_trend(contacts, by=None).table.set_index("model")
    assert rows.loc["step", "aic_excess"] > rows.loc["linear", "aic_excess"] > 10
    assert rows.loc["step", "log_loss_excess"] > 3 * rows.loc["step", "excess_error"]
    assert rows.loc["linear", "log_loss_excess"] > 3 * rows.loc["linear", "excess_error"]
    assert rows.loc[["linear", "step"], "p_value"].max() < 0.001
    sums = survey.groupby(["touchpoint", "grade"], observed=True)[["n", "top_box"]].sum()
    text = tp.grade_trend_from_counts(sums.reset_index(), fans="top_box").text
    assert "the line is rejected in 14 and the step in 14" in text


def test_verdicts(contacts, survey):
    table = tp.only_best_counts(contacts, negative_control="city_car_park").table
    counted = table["verdict"].value_counts().to_dict()
    assert counted == {"not identifiable": 12, "undecided": 9}
    open_ = table.loc[table["verdict"] == "undecided", "touchpoint"]
    twos = contacts[(contacts["grade"] == 2) & contacts["touchpoint"].isin(open_)]
    assert twos["touchpoint"].value_counts().min() == 114
    says("12 not identifiable, 9 undecided", "the smallest of them has 114 contacts graded 2")
    keys = ["touchpoint", "grade"]
    sums = survey.groupby(keys, observed=True, dropna=False)[["n", "top_box"]].sum().reset_index()
    raw = tp.only_best_counts_from_counts(sums, fans="top_box").table
    assert raw["verdict"].tolist() == ["not identifiable"] * 14
    mood = tp.load("sfo_mood").query("mean_of_other_ratings == '4.0'")
    mood = mood.assign(grade=6 - pd.to_numeric(mood["rating"].astype(str), errors="coerce"))
    alike = tp.only_best_counts_from_counts(mood, fans="top_box")
    assert alike.table["verdict"].value_counts().to_dict() == {"undecided": 13, "contradicted": 1}
    odd = alike.parts[alike.parts["verdict"] == "contradicted"].iloc[0]
    assert odd["touchpoint"] == "information_booth_departures"
    assert odd["least_effective_n"] == 11
    says("rests on **11** people who rated it 1")


def test_recommendation(survey):
    asked = survey[(survey["touchpoint"] == "restaurants") & survey["n_nps"].notna()]
    sums = asked.groupby("rating", observed=True)[["n_nps", "promoters", "detractors"]].sum()
    four, never = (sums.loc[rating].astype(int) for rating in ("4", "never_used"))
    scores = tp.nps_from_counts(
        *([int(a), int(b)] for a, b in (
            (four["promoters"], never["promoters"]),
            (four["n_nps"] - four["promoters"] - four["detractors"],
             never["n_nps"] - never["promoters"] - never["detractors"]),
            (four["detractors"], never["detractors"]),
        ))
    )  # fmt: skip
    row = tp.nps_difference(scores, against=2).table.iloc[0]
    assert round(row["difference"], 3) == 0.218
    assert row["low"] > 0
    says("so +0.218 means 21.8 points **more**")


def test_choices_of_the_exercise():
    for cut_off, seen in ((3.8, 11), (4.0, 12), (4.4, 11)):
        known = tp.FanRule(cut_off=cut_off).apply(tp.load("customers")).dropna(subset="fan")
        joined = tp.load("contacts").merge(known[["customer_id", "fan"]])
        for margin in (0, 5):
            table = tp.only_best_counts(joined, margin_points=margin).table
            assert (table["pattern"] == "consistent").sum() == seen
    says("|0|11|12|11|", "|5|11|12|11|")
