"""Intervals, NPS, fan rates and lifts held against published numbers and other implementations."""

from __future__ import annotations

import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

import touchpoints as tp

# Newcombe (1998a), Statistics in Medicine 17, Table I, method 3; the last by another program.
WILSON = [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (8, 10, 0.4902, 0.9433)]
# Newcombe (1998b), Statistics in Medicine 17, Table II, method 10 (hybrid score).
NEWCOMBE = [
    (56, 70, 48, 80, 0.0524, 0.3339),
    (9, 10, 3, 10, 0.1705, 0.8090),
    (5, 56, 0, 29, -0.0381, 0.1926),
    (0, 10, 0, 20, -0.1611, 0.2775),
]


@pytest.mark.parametrize(("successes", "n", "low", "high"), WILSON)
def test_wilson_as_published(successes, n, low, high):
    assert tp.wilson(successes, n) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(("a", "n_a", "b", "n_b", "low", "high"), NEWCOMBE)
def test_newcombe_as_published(a, n_a, b, n_b, low, high):
    assert tp.newcombe(a, n_a, b, n_b) == pytest.approx((low, high), abs=5e-5)
    assert tp.newcombe(b, n_b, a, n_a) == pytest.approx((-high, -low), abs=5e-5)


@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.99])
def test_intervals_agree_with_statsmodels(confidence):
    n = np.array([1, 5, 20, 300, 10_000])
    for share in (0, 0.1, 0.5, 1):
        k = np.round(n * share)
        low, high = tp.wilson(k, n, confidence=confidence)
        want = proportion_confint(k, n, alpha=1 - confidence, method="wilson")
        assert np.allclose([low, high], want, atol=1e-12)
        got = tp.newcombe(k, n, np.round(n / 3), n, confidence=confidence)
        others = [
            confint_proportions_2indep(
                x, m, round(m / 3), m, method="newcomb", alpha=1 - confidence
            )
            for x, m in zip(k, n, strict=True)
        ]
        assert np.allclose(np.transpose(got), others, atol=1e-9)


def test_nps_of_the_airport_in_2017():
    """Counts of the SFO survey 2017; variance (p + d) − (p − d)², adjusted Wald adds 3/4 and 3 answers."""
    result = tp.nps_from_counts(1436, 968, 342)
    assert result.nps == pytest.approx(0.39840, abs=5e-6)
    assert result.standard_error == pytest.approx(0.01334, abs=5e-6)
    assert (result.low, result.high) == pytest.approx((0.37225, 0.42455), abs=1e-5)
    assert (result.adjusted_low, result.adjusted_high) == pytest.approx(
        (0.37182, 0.42410), abs=1e-5
    )


def test_nps_where_all_are_passive():
    result = tp.nps_from_counts(0, 10, 0)
    assert (result.nps, result.standard_error, result.low, result.high) == (0, 0, 0, 0)
    assert (result.adjusted_low, result.adjusted_high) == pytest.approx((-0.1847, 0.1847), abs=5e-5)


@pytest.fixture(scope="module")
def contacts():
    """The shipped contacts with each customer's fan status (synthetic)."""
    customers = tp.load("customers").dropna(subset=["bonding_1"])
    items = [f"bonding_{k}" for k in range(1, 6)]
    fan = customers[items].astype(float).mean(axis=1) >= 4
    frame = tp.load("contacts").merge(customers[["customer_id"]].assign(fan=fan), on="customer_id")
    return frame[["customer_id", "touchpoint", "grade", "fan"]].astype({"fan": bool})


def test_fan_rates_are_plain_shares(contacts):
    table = tp.fan_rate(contacts, by="touchpoint").table.set_index("touchpoint")
    want = contacts.groupby("touchpoint")["fan"].agg(["mean", "size"])
    assert table["n"].to_dict() == want["size"].to_dict()
    for key, row in table.iterrows():
        assert row["fan_rate_pct"] == pytest.approx(100 * want["mean"][key])
        low, high = proportion_confint(want["mean"][key] * row["n"], row["n"], method="wilson")
        assert (row["low_pct"], row["high_pct"]) == pytest.approx((100 * low, 100 * high))


def test_lifts_are_differences_to_no_contact_with_newcombes_interval(contacts):
    table = tp.lift_over_no_contact(contacts).table
    one = table[(table["touchpoint"] == "service_hotline") & (table["grade"] == 1)].iloc[0]
    own = contacts[contacts["touchpoint"] == "service_hotline"]
    graded, none = own[own["grade"] == 1]["fan"], own[own["grade"].isna()]["fan"]
    assert one["lift_points"] == pytest.approx(100 * (graded.mean() - none.mean()))
    low, high = confint_proportions_2indep(
        graded.sum(), len(graded), none.sum(), len(none), method="newcomb"
    )
    assert (one["low_points"], one["high_points"]) == pytest.approx(
        (100 * low, 100 * high), abs=1e-6
    )


def test_the_net_contact_effect_is_contact_minus_no_contact(contacts):
    """Shares of the grades times their lifts add up to rate(contact) − rate(no contact), always."""
    table = tp.net_contact_effect(contacts).table.set_index("touchpoint")
    for key, own in contacts.groupby("touchpoint"):
        graded, none = own[own["grade"].notna()]["fan"], own[own["grade"].isna()]["fan"]
        assert table.loc[key, "net_effect_points"] == pytest.approx(
            100 * (graded.mean() - none.mean())
        )


def test_pooled_intervals_know_that_a_customer_counts_once(contacts):
    naive = tp.fan_rate(contacts).table.iloc[0]
    robust = tp.fan_rate(contacts, cluster="customer_id").table.iloc[0]
    assert robust["fan_rate_pct"] == pytest.approx(naive["fan_rate_pct"])
    ratio = (robust["high_pct"] - robust["low_pct"]) / (naive["high_pct"] - naive["low_pct"])
    # 21 rows a customer with one and the same status: the standard error grows by the root of 21.
    assert ratio == pytest.approx(np.sqrt(21), rel=0.01)


def test_clustering_by_row_changes_next_to_nothing(contacts):
    single = contacts[contacts["touchpoint"] == "home_page"]
    naive = tp.fan_rate(single).table.iloc[0]
    robust = tp.fan_rate(single, cluster="customer_id").table.iloc[0]
    assert robust["low_pct"] == pytest.approx(naive["low_pct"], rel=2e-3)


@pytest.mark.parametrize("engine", ["polars", "lazy"])
def test_engines_give_the_same_lifts(contacts, engine):
    want = tp.lift_over_no_contact(contacts).table.sort_values(["touchpoint", "grade"])
    frame = pl.DataFrame(contacts.astype({"grade": "float"}).to_dict("list")).with_columns(
        pl.col("grade").fill_nan(None)
    )
    got = tp.lift_over_no_contact(frame.lazy() if engine == "lazy" else frame).table
    table = nw.from_native(got, eager_only=True).sort("touchpoint", "grade")
    assert table.get_column("lift_points").to_list() == pytest.approx(want["lift_points"].tolist())
    assert table.get_column("low_points").to_list() == pytest.approx(want["low_points"].tolist())


@pytest.mark.parametrize("change", [{"grade": 7}, {"grade": 2.5}, {"grade": "good"}])
def test_grades_outside_the_scale_get_one_sentence(contacts, change):
    spoilt = contacts.head(50).astype({"grade": object}).copy()
    spoilt.loc[spoilt.index[3], "grade"] = change["grade"]
    with pytest.raises(tp.InputError, match="allowed is"):
        tp.lift_over_no_contact(
            spoilt.astype(
                {"grade": type(change["grade"])}
                if change["grade"] == "good"
                else {"grade": "Float64"}
            )
        )


@pytest.mark.parametrize("change", ["duplicate", "no fans column", "empty"])
def test_broken_tables_get_one_sentence(contacts, change):
    spoilt = {
        "duplicate": pd.concat([contacts.head(5), contacts.head(1)]),
        "no fans column": contacts.head(5).drop(columns="fan"),
        "empty": contacts.head(0),
    }[change]
    with pytest.raises(tp.InputError, match="allowed is"):
        tp.lift_over_no_contact(spoilt)
