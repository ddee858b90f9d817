"""P-values of the contrasts: they agree with their intervals, with statsmodels and with plain loops."""

from __future__ import annotations

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep

import touchpoints as tp
from touchpoints.core.multiplicity import benjamini_hochberg, holm, within

P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=20).map(np.array)


def table_of(result):
    return pl.DataFrame(result.table).to_dicts()


@pytest.fixture(scope="module")
def contacts():
    """The shipped contacts at six touchpoints with each customer's fan status (synthetic)."""
    customers = tp.load("customers").dropna(subset=["bonding_1"])
    fan = customers[[f"bonding_{k}" for k in range(1, 6)]].astype(float).mean(axis=1) >= 4
    own = customers[["customer_id", "panel_weight"]].assign(fan=fan.astype(bool))
    frame = tp.load("contacts")[["customer_id", "touchpoint", "grade"]]
    names = sorted(frame["touchpoint"].unique())[:6]
    return frame[frame["touchpoint"].isin(names)].merge(own, on="customer_id")


@settings(max_examples=30, deadline=None)
@given(P_VALUES)
def test_adjustments_agree_with_statsmodels(p):
    assert holm(p) == pytest.approx(multipletests(p, method="holm")[1])
    assert benjamini_hochberg(p) == pytest.approx(multipletests(p, method="fdr_bh")[1])


def test_adjustments_by_their_definitions():
    """Holm 1979 by hand: 3 · 0.01, 2 · 0.02, 0.2; and each family for itself."""
    p = np.array([0.2, 0.01, 0.02])
    assert holm(p) == pytest.approx([0.2, 0.03, 0.04])
    assert benjamini_hochberg(p) == pytest.approx([0.2, 0.03, 0.03])
    assert within(holm, p, ["a", "b", "b"]) == pytest.approx([0.2, 0.02, 0.02])


@pytest.mark.parametrize(
    ("a", "n_a", "b", "n_b"), [(56, 70, 48, 80), (9, 10, 3, 10), (5, 56, 2, 29), (30, 90, 80, 150)]
)
def test_the_p_value_is_where_the_published_interval_touches_0(a, n_a, b, n_b):
    """Newcombe's interval of statsmodels, widened until a bound is 0."""
    counts = pd.DataFrame({"grade": [1, None], "n": [n_a, n_b], "fans": [a, b]})
    row = table_of(tp.grade_contrasts_from_counts(counts, by=None))[0]
    side = 0 if a / n_a > b / n_b else 1

    def bound(alpha):
        return confint_proportions_2indep(a, n_a, b, n_b, method="newcomb", alpha=alpha)[side]

    want = optimize.brentq(bound, 1e-12, 1 - 1e-9, xtol=1e-14)
    assert row["p_value"] == pytest.approx(want, rel=1e-6)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"weights": "panel_weight"},
        {"by": None},
        {"by": None, "weights": "panel_weight"},
    ],
    ids=str,
)
@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.99])
def test_p_values_say_what_the_intervals_say(contacts, options, confidence):
    result = tp.grade_contrasts(contacts, confidence=confidence, **options)
    lifts = tp.lift_over_no_contact(contacts, confidence=confidence, **options)
    rows = table_of(result)
    assert (
        pl.DataFrame(result.table)
        .drop("p_value", "p_holm", "p_bh")
        .equals(pl.DataFrame(lifts.table))
    )
    for row in rows:
        excludes = row["low_points"] > 0 or row["high_points"] < 0
        assert (row["p_value"] <= 1 - confidence) == excludes
        assert row["p_value"] <= row["p_holm"] <= 1
        assert row["p_value"] <= row["p_bh"] <= 1


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_few_customers_in_clusters_agree_with_their_intervals_too(data):
    rows = [
        {
            "customer_id": customer,
            "touchpoint": t,
            "grade": data.draw(st.sampled_from([None, 1, 2])),
            "fan": data.draw(st.booleans()),
        }
        for customer in range(data.draw(st.integers(2, 6)))
        for t in "ab"
    ]
    if not {None} < {row["grade"] for row in rows}:
        return
    frame = pl.DataFrame(rows, schema_overrides={"grade": pl.Int64})
    p_values = [row["p_value"] for row in table_of(tp.grade_contrasts(frame, by=None))]
    for confidence in (0.5, 0.9, 0.99):
        lifts = table_of(tp.lift_over_no_contact(frame, by=None, confidence=confidence))
        for p, row in zip(p_values, lifts, strict=True):
            assert (p <= 1 - confidence) == (row["low_points"] > 0 or row["high_points"] < 0)


def test_grades_as_good_as_no_contact_have_a_p_value_of_one_in_few_clusters():
    """The size of few clusters has a limit where the normal quantile is 0."""
    rows = [(c, t, g, False) for c in (1, 2, 3) for t, g in (("a", None), ("b", 1))]
    frame = pl.DataFrame(rows, ["customer_id", "touchpoint", "grade", "fan"], orient="row")
    assert [row["p_value"] for row in table_of(tp.grade_contrasts(frame, by=None))] == [1.0]


def test_families_are_the_grades_of_a_touchpoint_and_a_grade_across_touchpoints(contacts):
    table = pl.DataFrame(tp.grade_contrasts(contacts).table)
    for _, own in table.group_by("touchpoint"):
        want = multipletests(own["p_value"].to_numpy(), method="holm")[1]
        assert own["p_holm"].to_list() == pytest.approx(list(want))
    for _, own in table.group_by("grade"):
        want = multipletests(own["p_value"].to_numpy(), method="fdr_bh")[1]
        assert own["p_bh"].to_list() == pytest.approx(list(want))


def test_no_difference_has_p_1_and_a_huge_one_next_to_0():
    counts = pd.DataFrame(
        {"grade": [1, 2, None], "n": [50, 10**9, 10**9], "fans": [20, 9 * 10**8, 4 * 10**8]}
    )
    rows = table_of(tp.grade_contrasts_from_counts(counts, by=None))
    assert rows[0]["p_value"] == pytest.approx(1)
    assert 0 <= rows[1]["p_value"] < 1e-200
    assert "1 after Holm" in tp.grade_contrasts_from_counts(counts, by=None).text


def test_false_alarms_are_as_rare_as_planned():
    """2,000 touchpoints without any difference: p-values below 5 % in about 5 % of all contrasts."""
    rng = np.random.default_rng(11)
    names = np.repeat(np.arange(2000), 3)
    counts = pd.DataFrame(
        {
            "touchpoint": names,
            "grade": [1, 2, None] * 2000,
            "n": 400,
            "fans": rng.binomial(400, 0.3, 6000),
        }
    )
    table = tp.grade_contrasts_from_counts(counts).table
    assert 0.035 < (table["p_value"] <= 0.05).mean() < 0.065
    any_of_both = table.groupby("touchpoint")["p_holm"].min() <= 0.05
    assert any_of_both.mean() < 0.065
    assert (table["p_bh"] <= 0.05).sum() <= 5
