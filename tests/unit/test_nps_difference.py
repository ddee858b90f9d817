"""Differences of NPS: sign, intervals and bootstrap, against SciPy and plain rows."""

from __future__ import annotations

import numpy as np
import pandas as pd
import polars as pl
import pytest
from scipy import stats

import touchpoints as tp
from refusals import refused
from touchpoints.core.nps_bootstrap import bootstrap_scores

# SFO survey 2017: promoters, passives, detractors, with the standard error 0.01334 of the score.
AIRPORT = (1436, 968, 342)


def answers(promoters, passives, detractors):
    return np.repeat([1.0, 0.0, -1.0], [promoters, passives, detractors])


def drawn(*counts, draws=20_000, seed=5):
    return bootstrap_scores(*(np.array([float(k)]) for k in counts), draws=draws, seed=seed)[0]


def test_the_difference_has_the_sign_of_a_subtraction():
    scores = tp.nps_from_counts([80, 20], [10, 20], [10, 60])
    row = tp.nps_difference(scores, against=2).table.iloc[0]
    assert row["difference"] == pytest.approx(0.7 - -0.4)
    assert (row["nps"], row["against_nps"]) == pytest.approx((0.7, -0.4))
    back = tp.nps_difference(scores, against=1).table.iloc[0]
    assert back["difference"] == -row["difference"]
    assert (back["low"], back["high"]) == pytest.approx((-row["high"], -row["low"]))
    assert "+110.0 points" in tp.nps_difference(scores, against=2).text


def test_difference_and_standard_error_are_those_of_two_means():
    """An NPS is the mean of +1, 0 and −1: the difference is that of two means of such rows."""
    first, second = AIRPORT, (300, 300, 400)
    row = tp.nps_difference(
        tp.nps_from_counts(*zip(first, second, strict=True)), against=2
    ).table.iloc[0]
    a, b = answers(*first), answers(*second)
    assert row["difference"] == pytest.approx(a.mean() - b.mean())
    assert row["standard_error"] == pytest.approx(np.sqrt(a.var() / len(a) + b.var() / len(b)))
    assert np.sqrt(row["standard_error"] ** 2 - b.var() / len(b)) == pytest.approx(
        0.01334, abs=5e-6
    )


def test_the_adjusted_interval_adds_three_answers_to_each_group():
    row = tp.nps_difference(tp.nps_from_counts([0, 0], [10, 10], [0, 0]), against=2).table.iloc[0]
    # One such group alone has ±0.1847 (degenerate case of the adjusted interval): two have √2 of it.
    assert (row["low"], row["high"]) == pytest.approx(
        (-0.1847 * np.sqrt(2), 0.1847 * np.sqrt(2)), abs=1e-4
    )
    first, second = (12, 5, 3), (4, 4, 9)
    got = tp.nps_difference(
        tp.nps_from_counts(*zip(first, second, strict=True)), against=2, confidence=0.9
    ).table.iloc[0]
    parts = []
    for counts in (first, second):
        p, m, d = counts[0] + 0.75, counts[1] + 1.5, counts[2] + 0.75
        n = p + m + d
        parts.append(((p - d) / n, ((p + d) / n - ((p - d) / n) ** 2) / n))
    half = stats.norm.ppf(0.95) * np.sqrt(parts[0][1] + parts[1][1])
    middle = parts[0][0] - parts[1][0]
    assert (got["low"], got["high"]) == pytest.approx((middle - half, middle + half))


def test_the_bootstrap_follows_the_law_of_resampled_rows():
    counts = (30, 12, 8)
    rows = answers(*counts)
    want = stats.bootstrap(
        (rows,), np.mean, n_resamples=20_000, method="percentile", rng=np.random.default_rng(1)
    )
    got = drawn(*counts)
    assert got.mean() == pytest.approx(rows.mean(), abs=0.005)
    assert got.std() == pytest.approx(want.standard_error, rel=0.03)
    interval = want.confidence_interval
    # Scores of 50 answers come in steps of 0.02: quantiles agree to one step.
    assert np.quantile(got, [0.025, 0.975]) == pytest.approx(
        [interval.low, interval.high], abs=0.021
    )
    ours, theirs = np.round(got * 50), np.round(want.bootstrap_distribution * 50)
    values = np.arange(ours.min(), ours.max() + 1)
    table = [[np.sum(sample == v) for v in values] for sample in (ours, theirs)]
    kept = np.array(table)[:, np.sum(table, axis=0) > 20]
    assert stats.chi2_contingency(kept).pvalue > 0.001


def test_the_bootstrap_of_the_airport_agrees_with_its_wald_interval():
    assert drawn(*AIRPORT).std() == pytest.approx(0.01334, rel=0.03)
    assert np.quantile(drawn(*AIRPORT), [0.025, 0.975]) == pytest.approx(
        [0.37225, 0.42455], abs=2e-3
    )


def test_a_seed_gives_the_same_draws_and_groups_are_drawn_independently():
    assert np.array_equal(drawn(5, 3, 2, seed=9), drawn(5, 3, 2, seed=9))
    assert not np.array_equal(drawn(5, 3, 2, seed=9), drawn(5, 3, 2, seed=10))
    same = np.array([50.0, 50.0])
    both = bootstrap_scores(same, same, same, draws=20_000, seed=2)
    assert abs(np.corrcoef(both)[0, 1]) < 0.03


def test_bootstrap_intervals_of_differences_agree_with_scipy():
    first, second = (60, 30, 30), (30, 40, 50)
    row = tp.nps_difference(
        tp.nps_from_counts(*zip(first, second, strict=True)), against=2, seed=3
    ).table.iloc[0]
    want = stats.bootstrap(
        (answers(*first), answers(*second)),
        lambda a, b, axis=-1: np.mean(a, axis=axis) - np.mean(b, axis=axis),
        n_resamples=10_000,
        method="percentile",
        rng=np.random.default_rng(4),
    ).confidence_interval
    assert (row["bootstrap_low"], row["bootstrap_high"]) == pytest.approx(want, abs=0.015)


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, lambda d: pl.DataFrame(d).lazy()])
def test_groups_of_a_frame(make):
    frame = make(
        {"recommendation": [10, 9, 3, 8, 2, 1, 10, 7], "region": [*"nnnnsss", "w"], "year": [1] * 8}
    )
    result = tp.nps_difference(tp.nps(frame, by="region"), against="s")
    rows = list(pl.DataFrame(result.table).iter_rows(named=True))
    assert [row["region"] for row in rows] == ["n", "w"]
    assert [row["difference"] for row in rows] == pytest.approx([0.25 + 1 / 3, 1 / 3])
    assert all(row["small_cell"] for row in rows)
    two = tp.nps_difference(tp.nps(frame, by=["region", "year"]), against=("s", 1))
    assert two.against == "s, 1"


def test_wrong_input():
    scores = tp.nps_from_counts([5, 6], [1, 1], [1, 1])
    call = tp.nps_difference
    refused("group 3", "one of 1, 2", "name the group", call, scores, 3)
    refused("type list", "the result of nps", "first", call, [1, 2], 1)
    refused("scores of one group", "two groups", "by=", call, tp.nps_from_counts(1, 1, 1), 1)
    refused("confidence 95", "between 0 and 1", "0.95", call, scores, 1, confidence=95)
    for draws in (10, 2.5, True, "many", 10**7):
        refused("draws", "from 100 to 1,000,000", "in this range", call, scores, 1, draws=draws)
    for seed in (-1, 0.5, None):
        refused("seed", "0 or more", "in this range", call, scores, 1, seed=seed)
