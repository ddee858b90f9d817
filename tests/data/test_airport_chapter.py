"""The figures that the airport chapter and the page on Copenhagen tell in words."""

from __future__ import annotations

import re

import pandas as pd
import pytest

import touchpoints as tp
from conftest import ROOT


def prose(name):
    """The page without code, its line ends made blanks."""
    text = (ROOT / "book" / "research" / f"{name}.md").read_text("utf-8")
    return re.sub(r"\s+", " ", re.sub(r"```\{code-cell\}.*?```", "", text, flags=re.DOTALL))


AIRPORT = prose("fourteen-touchpoints-of-an-airport")
COPENHAGEN = prose("copenhagen-housing")


def graded(table):
    rating = pd.to_numeric(table["rating"].astype("str"), errors="coerce")
    return table.assign(grade=6 - rating, touchpoint=table["touchpoint"].astype("str"))


def summed(table, columns, keys=("touchpoint", "grade")):
    counts = graded(table).groupby(list(keys), dropna=False)[columns].sum().reset_index()
    return counts.astype(dict.fromkeys(columns, "int64"))


@pytest.fixture(scope="module")
def survey():
    return tp.load("sfo_contact_ratings")


@pytest.fixture(scope="module")
def raw(survey):
    counts = summed(survey, ["n", "top_box"])
    return tp.grade_contrasts_from_counts(counts, fans="top_box").table


@pytest.fixture(scope="module")
def held():
    mood = graded(tp.load("sfo_mood")).astype({"mean_of_other_ratings": "str"})
    mood = mood[mood["mean_of_other_ratings"] != "fewer_than_3"]
    return tp.standardised_lift_from_counts(
        mood, stratum="mean_of_other_ratings", fans="top_box"
    ).table


def of(table, grade):
    return table[table["grade"] == grade].set_index("touchpoint")


def test_raw(raw):
    assert "All 70 differ from zero, adjusted or not" in AIRPORT
    assert len(raw) == 70
    assert (raw[["p_holm", "p_bh"]] < 0.05).all(axis=None)
    assert "if Holm's adjustment is made over all 70 at once" in AIRPORT
    assert max(p * (70 - rank) for rank, p in enumerate(sorted(raw["p_value"]))) < 0.05
    five, four = of(raw, 1)["lift_points"], of(raw, 2)["lift_points"]
    assert "A 5 lies 22 to 51 points above never used. A 4 lies 4 to 20 points *below*" in AIRPORT
    assert [round(v) for v in (five.min(), five.max(), -four.max(), -four.min())] == [22, 51, 4, 20]
    assert "The lifts are +44.9 and −5.5 points" in AIRPORT
    assert (round(five["restaurants"], 1), round(four["restaurants"], 1)) == (44.9, -5.5)


def test_mood_alike(held):
    five, four = of(held, 1), of(held, 2)
    assert "A 5 keeps between 4.1 and 15.5 points" in AIRPORT
    assert [round(f(five["lift_points"]), 1) for f in (min, max)] == [4.1, 15.5]
    assert "clear of zero at 13 of 14 touchpoints; the exception is the signs inside" in AIRPORT
    assert five.index[five["low_points"] <= 0].tolist() == ["signs_inside"]
    assert "A 4 runs from −8.5 to +1.7: its sign changes at five touchpoints" in AIRPORT
    assert [round(f(four["lift_points"]), 1) for f in (min, max)] == [-8.5, 1.7]
    assert int((four["lift_points"] > 0).sum()) == 5
    assert "At six its interval lies below zero" in AIRPORT
    below = four[four["high_points"] < 0]
    assert len(below) == 6
    assert "four of these are left, after Benjamini and Hochberg across touchpoints two" in AIRPORT
    assert [int((below[p] <= 0.05).sum()) for p in ("p_holm", "p_bh")] == [4, 2]
    assert "at nine touchpoints so few people gave a 1" in AIRPORT
    assert int(of(held, 5)["small_cell"].sum()) == 9


def test_left_out_without_a_mood():
    mood = tp.load("sfo_mood")
    few = mood.loc[mood["mean_of_other_ratings"] == "fewer_than_3", "n"].sum()
    assert "left out (1.3 % of the rows)" in AIRPORT
    assert round(100 * few / mood["n"].sum(), 1) == 1.3


def test_net(survey):
    table = tp.net_contact_effect_from_counts(
        summed(survey, ["n", "top_box"]), fans="top_box"
    ).table.sort_values("net_effect_points")
    columns = ["net_effect_points", "low_points", "high_points"]
    assert "from −5.7 (−12.5 to +0.4) at the signs inside" in AIRPORT
    assert table.iloc[0]["touchpoint"] == "signs_inside"
    assert table.iloc[0][columns].astype(float).round(1).tolist() == [-5.7, -12.5, 0.4]
    assert "to +5.0 (3.3 to 6.7) at the long-term parking shuttle" in AIRPORT
    assert table.iloc[-1][columns].astype(float).round(1).tolist() == [5.0, 3.3, 6.7]
    assert "At the restaurants and the shops the sum is clearly negative" in AIRPORT
    assert set(table.loc[table["high_points"] < 0, "touchpoint"]) == {"restaurants", "shops"}


def test_behaviour():
    use = graded(tp.load("sfo_behaviour"))
    rated = use["n"].where(use["grade"].notna(), 0)
    by = [use["touchpoint"], use["said_used"].astype("bool")]
    share = 100 * rated.groupby(by).sum() / use["n"].groupby(by).sum()
    assert (
        "75 % rate the restaurants all the same; at the shops it is 78 %, at the wifi 52 %"
        in AIRPORT
    )
    assert [round(share[t, False]) for t in ("restaurants", "shops", "wifi")] == [75, 78, 52]
    assert "And 2 to 3 % who say they used it also say they never did" in AIRPORT
    assert {round(100 - share[t, True]) for t in ("restaurants", "shops", "wifi")} == {2, 3}
    lift = {
        used: of(tp.lift_from_counts(use[use["said_used"] == used], fans="top_box").table, 1)
        for used in (True, False)
    }
    points = {used: table["lift_points"].round(1) for used, table in lift.items()}
    assert (
        "with +45.9 points among people who did **not** eat there that day, and with +49.4"
        in AIRPORT
    )
    assert (points[False]["restaurants"], points[True]["restaurants"]) == (45.9, 49.4)
    assert "At the shops and the wifi it goes with *more* among those who did not" in AIRPORT
    assert all(points[False][t] > points[True][t] for t in ("shops", "wifi"))
    rate = {used: table["fan_rate_pct"] for used, table in lift.items()}
    never = lift[False]["no_contact_rate_pct"]
    said = {True: (43.6, 46.8, 18.0), False: (45.9, 48.7, 38.5)}
    for used, values in said.items():
        assert "+{:.1f}, +{:.1f} and +{:.1f}".format(*values) in AIRPORT
        apart = [rate[used][t] - never[t] for t in ("restaurants", "shops", "wifi")]
        assert apart == pytest.approx(values, abs=0.06)


def test_another_bar(survey):
    asked = summed(survey[survey["year"] >= 2017], ["n_nps", "promoters"])
    four = of(tp.lift_from_counts(asked, n="n_nps", fans="promoters").table, 2)
    assert (
        "clearly *above* (art, restaurants, shops), two clearly below (wifi, AirTrain), nine"
        in AIRPORT
    )
    above = set(four.index[four["low_points"] > 0])
    assert above == {"art_and_exhibitions", "restaurants", "shops"}
    assert set(four.index[four["high_points"] < 0]) == {"wifi", "airtrain"}


def test_years(survey):
    lifts = tp.lift_from_counts(graded(survey), by=["year", "touchpoint"], fans="top_box").table
    five, four = (lifts[lifts["grade"] == g] for g in (1, 2))
    assert "in all 70 combinations of year and touchpoint; a 4 clearly below in 61" in AIRPORT
    assert int((five["low_points"] > 0).sum()) == len(five) == 70
    assert (int((four["high_points"] < 0).sum()), int((four["low_points"] > 0).sum())) == (61, 0)


def test_exercise_by_newcombe():
    low, high = tp.newcombe(1396, 3280, 644, 2617)
    assert "gives +15.6 to +20.3, a lift of 18.0 points" in AIRPORT
    assert [round(100 * v, 1) for v in (low, high)] == [15.6, 20.3]
    assert round(100 * (1396 / 3280 - 644 / 2617), 1) in {17.9, 18.0}


def test_copenhagen():
    housing = tp.load("copenhagen_housing")
    factors = ["influence", "dwelling", "contact"]
    full = tp.proportional_odds(housing, outcome="satisfaction", factors=factors, n="residents")
    rows = {(r.factor, r.level): r for r in full.table.itertuples()}

    def told(row):
        return f"{row.odds_ratio:.2f}", f"({row.low:.2f} to {row.high:.2f})"

    for key in (("contact", "high"), ("influence", "high")):
        ratio, interval = told(rows[key])
        assert f"{ratio} times" in COPENHAGEN
        assert interval in COPENHAGEN
    assert "a third of the odds" in COPENHAGEN
    assert rows["dwelling", "terrace"].odds_ratio == pytest.approx(1 / 3, abs=0.01)
    assert "8.6 on 6 degrees of freedom, p = 0.20" in COPENHAGEN
    assert full.check.iloc[-1][["statistic", "degrees", "p_value"]].astype(float).round(
        2
    ).tolist() == [8.57, 6, 0.2]
    without = tp.proportional_odds(
        housing, outcome="satisfaction", factors=["dwelling", "contact"], n="residents"
    )
    ratio, interval = told(list(without.table.itertuples())[-1])
    assert f"becomes {ratio} {interval} instead of 1.43" in COPENHAGEN
    influence = housing.pivot_table(
        index="contact", columns="influence", values="residents", aggfunc="sum", observed=True
    )
    high = 100 * influence["high"] / influence.sum(axis=1)
    assert "(20 % against 28 %)" in COPENHAGEN
    assert (round(high["high"]), round(high["low"])) == (20, 28)
