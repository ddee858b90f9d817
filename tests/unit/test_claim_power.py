"""Simulated power of the claim test: surveys drawn as assumed, judged as by `only_best_counts`."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import touchpoints as tp
from refusals import refused
from touchpoints.core.claim import judge
from touchpoints.core.claim_parts import BEST, CONSISTENT, OTHERS, SECOND, VERDICTS
from touchpoints.core.survey_draws import AssumedSurvey

LEVELS = {"margin_points": 2.0, "alpha": 0.05}

GIVEN = {
    "fan_rates_pct": {1: 50, 2: 24, 4: 12},
    "no_contact_rate_pct": 30,
    "grade_shares_pct": {1: 30, 2: 45, 4: 25},
    "no_contact_share_pct": 60,
}
ASKED = GIVEN | {"customers": 600, "draws": 60, "seed": 3}


def assumed(touchpoints=1, clustering=0.0, **changes):
    return AssumedSurvey.of(**(GIVEN | changes), touchpoints=touchpoints, clustering=clustering)


def share(power, what, verdict=CONSISTENT):
    table = power.table
    return table[(table["what"] == what) & (table["verdict"] == verdict)]["share_pct"].item()


def rows_of(is_fan, rows, grades):
    """One drawn survey as a frame of contacts: a row a customer and touchpoint."""
    grade = np.array([*grades, np.nan])
    answers = [np.repeat(grade, own) for own in rows]
    return pd.DataFrame(
        {
            "customer_id": np.repeat(np.arange(len(rows)), rows.sum(1)),
            "touchpoint": [f"t{k}" for own in answers for k in range(len(own))],
            "grade": np.concatenate(answers),
            "fan": np.repeat(is_fan, rows.sum(1)),
        }
    )


@pytest.mark.parametrize(("touchpoints", "clustering"), [(4, 0.0), (6, 0.4)])
def test_surveys_are_judged_as_their_rows_would_be(touchpoints, clustering):
    survey = assumed(touchpoints, clustering)
    counts = survey.draw(250, 5, np.random.default_rng(5))
    table, parts = judge(counts, None, ("survey",), LEVELS, None)
    is_fan, rows = survey.draw_rows(250, 5, np.random.default_rng(5))
    for k in range(5):
        want = tp.only_best_counts(rows_of(is_fan[k], rows[k], survey.grades), by=None)
        got = table[table["survey"] == k].iloc[0]
        assert got["verdict"] == want.table["verdict"].item()
        assert got["p_pattern"] == pytest.approx(want.table["p_pattern"].item(), rel=1e-9)
        own = parts[parts["survey"] == k]
        assert own["p_against"].to_numpy() == pytest.approx(want.parts["p_against"], rel=1e-9)


def test_one_touchpoint_is_judged_without_clusters():
    survey = assumed()
    counts = survey.draw(400, 1, np.random.default_rng(8))
    table, _ = judge(counts, None, ("survey",), LEVELS, None)
    cells = counts.to_native()
    n, fans = cells["n"], cells["fans"]
    rows = pd.DataFrame(
        {
            "customer_id": range(int(n.sum())),
            "touchpoint": "chat",
            "grade": np.repeat(cells["grade"].to_numpy(), n),
            "fan": np.concatenate([np.arange(a) < b for a, b in zip(n, fans, strict=True)]),
        }
    )
    want = tp.only_best_counts(rows)
    assert table["p_pattern"].item() == pytest.approx(want.table["p_pattern"].item(), rel=1e-9)
    assert table["verdict"].item() == want.table["verdict"].item()


@pytest.mark.parametrize(("touchpoints", "clustering"), [(1, 0.0), (8, 0.0), (8, 0.5)])
def test_the_rates_and_shares_drawn_are_those_assumed(touchpoints, clustering):
    survey = assumed(touchpoints, clustering)
    counts = survey.draw(2000, 60, np.random.default_rng(2)).to_native()
    counts = counts.assign(grade=counts["grade"].fillna(9))
    by_survey = counts.pivot_table(index="survey", columns="grade", values=["n", "fans"]).astype(
        float
    )
    rates = by_survey["fans"] / by_survey["n"]
    shares = by_survey["n"].div(by_survey["n"].sum(axis=1), axis=0)
    for drawn, want in ((rates, survey.rates), (shares, survey.shares)):
        error = drawn.std() / np.sqrt(len(drawn))
        assert (abs(drawn.mean() - want) < 4 * error).all()


def test_clustering_is_the_correlation_of_two_answers():
    survey = assumed(2, 0.36)
    is_fan, rows = survey.draw_rows(60_000, 1, np.random.default_rng(4))
    both = rows[0][is_fan[0]]
    for category in range(both.shape[1]):
        p = both[:, category].mean() / 2
        # Of two answers with the same chance: variance of their sum is 2 p (1 - p) (1 + ρ).
        rho = both[:, category].var() / (2 * p * (1 - p)) - 1
        assert rho == pytest.approx(0.36, abs=0.03)


@pytest.mark.parametrize("customers", [500, 1500])
def test_parts_are_found_as_often_as_the_formula_plans(customers):
    power = tp.claim_power(**(ASKED | {"customers": customers, "draws": 1000}))
    for part, lift, grade_share in ((BEST, 20, 0.4 * 30), (SECOND, -6, 0.4 * 45)):
        plan = tp.plan_lift(
            no_contact_rate_pct=30,
            lift_points=lift,
            grade_share_pct=grade_share,
            no_contact_share_pct=60,
            alpha=0.1,
            power=0.9,
        )
        table = plan.table
        want = np.interp(customers, table["customers"], table["power_pct"], right=100)
        assert share(power, part) == pytest.approx(want, abs=6)


@pytest.mark.parametrize(("touchpoints", "clustering"), [(1, 0.0), (6, 0.5)])
def test_where_nothing_lifts_a_part_seldom_holds(touchpoints, clustering):
    """One-sided tests at 5 %, each with four standard errors of 600 surveys."""
    flat = {"fan_rates_pct": {1: 30, 2: 30, 4: 32}, "clustering": clustering}
    power = tp.claim_power(**(ASKED | flat | {"touchpoints": touchpoints, "draws": 600}))
    for part in (BEST, SECOND, OTHERS):
        assert share(power, part) < 5 + 4 * 100 * np.sqrt(0.05 * 0.95 / 600)
    assert share(power, BEST) > 1


def test_more_customers_decide_more_and_repetition_decides_less():
    sizes = tp.claim_power(**(ASKED | {"customers": [300, 3000]}))
    few, many = (sizes.table[sizes.table["customers"] == n] for n in (300, 3000))
    undecided = [
        (t[t["what"] == "claim"].set_index("verdict")["draws"])["undecided"] for t in (few, many)
    ]
    assert undecided[0] > undecided[1]
    pooled = ASKED | {"touchpoints": 8, "customers": 300, "draws": 200}
    free, repeated = (tp.claim_power(**pooled, clustering=rho) for rho in (0.0, 0.8))
    assert share(free, SECOND) > share(repeated, SECOND) + 5


def test_the_table_counts_every_survey_and_the_seed_repeats_it():
    power = tp.claim_power(**(ASKED | {"customers": (600, 400)}))
    assert power.table.groupby(["customers", "what"])["draws"].sum().unique().tolist() == [60]
    claim = power.table[power.table["what"] == "claim"]
    assert claim["verdict"].tolist() == [*VERDICTS, *VERDICTS]
    assert claim[claim["verdict"] == CONSISTENT]["draws"].sum() == 0
    assert power.table.equals(tp.claim_power(**(ASKED | {"customers": [400, 600]})).table)
    assert not power.table.equals(tp.claim_power(**(ASKED | {"seed": 4})).table)
    row = claim[claim["verdict"] == "not identifiable"].iloc[0]
    low, high = tp.wilson(row["draws"], 60)
    assert (row["low_pct"], row["high_pct"]) == pytest.approx((100 * low, 100 * high))
    assert "400 customers in" in power.text
    assert "60 simulated surveys each" in power.text


@pytest.mark.parametrize(
    ("change", "found", "allowed", "mend"),
    [
        ({"fan_rates_pct": {7: 1}}, "grades 7", "grades 1, 2", "for example"),
        ({"fan_rates_pct": [50, 24]}, "[50, 24]", "grades 1, 2", "for example"),
        ({"fan_rates_pct": {1: 50, 2: 24}}, "shares of 1, 2, 4", "same grades", "leave out"),
        ({"fan_rates_pct": {1: 50, 2: 24, 4: 120}}, "120 at place 3", "0 to 100", "percentages"),
        ({"grade_shares_pct": {1: 50, 2: 24, 4: 1}}, "come to 75", "100", "correct"),
        ({"no_contact_share_pct": 100}, "no_contact_share_pct 100", "below 100", "both kinds"),
        ({"no_contact_rate_pct": -1}, "-1", "0 to 100", "percentages"),
        ({"no_contact_share_pct": [60, 70]}, "no_contact_share_pct [60, 70]", "single", "correct"),
        ({"no_contact_share_pct": "30"}, "no_contact_share_pct '30'", "single", "correct"),
        ({"no_contact_rate_pct": "30"}, "fan rate in per cent '30'", "single", "correct"),
        ({"no_contact_rate_pct": 10**400}, "10000", "numbers", "pass"),
        ({"fan_rates_pct": {1: [5], 2: 24, 4: 12}}, "per cent [5]", "single", "correct"),
        ({"grade_shares_pct": {1: "30", 2: 45, 4: 25}}, "'30'", "single finite", "correct"),
        ({"clustering": [0.1, 0.2]}, "clustering [0.1, 0.2]", "single", "correct"),
        ({"clustering": "0"}, "clustering '0'", "single", "correct"),
        ({"margin_points": 10**400}, "margin_points 10000", "0 or more", "another"),
        ({"customers": 10**20}, "customers 1000000", "from 1 to 1,000,000", "range"),
        ({"customers": 10**9, "touchpoints": 2}, "customers 10", "1 to 1,000,000", "range"),
        ({"touchpoints": 10**20}, "touchpoints 100000", "from 1 to 1,000", "range"),
        ({"draws": 10**20}, "draws 100000", "from 1 to 100,000", "range"),
        ({"touchpoints": 0}, "touchpoints 0", "from 1 to 1,000", "range"),
        ({"clustering": 1.5}, "clustering 1.5", "0 to 1", "correct"),
        ({"customers": 2.5}, "customers 2.5", "from 1 to 1,000,000", "range"),
        ({"customers": []}, "customers none", "one number or more", "name"),
        ({"customers": 2}, "2 customers, of whom", "enough", "plan more"),
        ({"draws": 0}, "draws 0", "from 1 to 100,000", "range"),
        ({"seed": -1}, "seed -1", "of 0 or more", "range"),
        ({"alpha": 0.6}, "alpha 0.6", "below 0.5", "another"),
        ({"margin_points": -1}, "margin_points -1", "0 or more", "another"),
    ],
)
def test_wrong_input(change, found, allowed, mend):
    refused(found, allowed, mend, tp.claim_power, **(ASKED | change))
