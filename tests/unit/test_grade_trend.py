"""Trend and step: against statsmodels and SciPy, and what must not change the answer."""

from __future__ import annotations

import numpy as np
import pandas as pd
import polars as pl
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

import touchpoints as tp
from refusals import refused
from touchpoints.core.chi_squared import chi_squared_tail
from touchpoints.core.trend_models import MODELS, fit, log_likelihood
from touchpoints.core.trend_validation import FOLDS, folds_of_counts, validate

COUNTS = pd.DataFrame(
    {
        "grade": [1, 2, 3, 4, 5, 6],
        "n": [102, 208, 97, 65, 30, 22],
        "fans": [72, 62, 14, 4, 2, 0],
    }
)


@st.composite
def tables(draw):
    n = [draw(st.integers(1, 80)) for _ in range(6)]
    return np.array(n, float), np.array([draw(st.integers(0, size)) for size in n], float)


def rows_of(result, table="table"):
    frame = pl.DataFrame(getattr(result, table))
    return frame.to_dicts()


def by_model(result):
    return {row["model"]: row for row in rows_of(result)}


def same(result, other, *, but=()):
    left, right = (pl.DataFrame(r.table).drop(*but) for r in (result, other))
    for column in left.columns:
        if left[column].dtype.is_numeric():
            assert left[column].to_numpy() == pytest.approx(
                right[column].to_numpy(), rel=1e-9, abs=1e-9, nan_ok=True
            ), column
        else:
            assert left[column].to_list() == right[column].to_list()


@settings(max_examples=25, deadline=None)
@given(tables())
def test_likelihoods_are_those_of_statsmodels(counts):
    n, fans = counts
    if 0 in (fans.sum(), (n - fans).sum()):
        return
    grade = np.arange(1.0, 7)
    designs = {
        "constant": np.ones((6, 1)),
        "linear": sm.add_constant(grade),
        "step": sm.add_constant((grade == 1).astype(float)),
    }
    frame = pd.DataFrame({"grade": grade, "n": n.astype(int), "fans": fans.astype(int)})
    rows = by_model(tp.grade_trend_from_counts(frame, by=None))
    # statsmodels adds the constant of the counts, which is that of the saturated model's deviance.
    for model, design in designs.items():
        try:
            want = sm.GLM(
                np.column_stack([fans, n - fans]), design, family=sm.families.Binomial()
            ).fit(maxiter=200)
        except Exception:  # noqa: BLE001, S112  (statsmodels gives up where a line separates)
            continue
        deviance = 2 * (rows["categorical"]["log_likelihood"] - rows[model]["log_likelihood"])
        assert deviance == pytest.approx(want.deviance, abs=1e-5, rel=1e-6)
        assert rows[model]["lr"] == pytest.approx(deviance, abs=1e-9)
        assert rows[model]["p_value"] == pytest.approx(
            stats.chi2.sf(deviance, 6 - design.shape[1]), rel=1e-6, abs=1e-12
        )
        assert rows[model]["aic"] == pytest.approx(
            2 * design.shape[1] - 2 * rows[model]["log_likelihood"]
        )


def test_log_likelihood_of_a_logit_on_single_rows():
    """statsmodels' Logit on 524 rows of one answer each: the number it prints as llf."""
    grade = np.repeat(COUNTS["grade"], COUNTS["n"])
    fan = np.concatenate(
        [np.arange(n) < fans for n, fans in zip(COUNTS["n"], COUNTS["fans"], strict=True)]
    )
    want = sm.Logit(fan.astype(float), sm.add_constant(grade.to_numpy(float))).fit(disp=False)
    rows = by_model(tp.grade_trend_from_counts(COUNTS, by=None))
    assert rows["linear"]["log_likelihood"] == pytest.approx(want.llf, abs=1e-8)
    assert rows["linear"]["aic"] == pytest.approx(want.aic, abs=1e-8)


@settings(max_examples=40, deadline=None)
@given(tables())
def test_isotonic_fit_is_that_of_scipy(counts):
    n, fans = counts
    want = optimize.isotonic_regression(fans / n, weights=n, increasing=False)
    assert fit("isotonic", n, fans) == pytest.approx(want.x, abs=1e-12)
    frame = pd.DataFrame({"grade": np.arange(1, 7), "n": n.astype(int), "fans": fans.astype(int)})
    rows = by_model(tp.grade_trend_from_counts(frame, by=None))
    assert rows["isotonic"]["parameters"] == len(np.unique(want.x.round(12)))
    reached = [rows[m]["log_likelihood"] for m in MODELS]
    assert max(reached) <= rows["categorical"]["log_likelihood"] + 1e-9
    assert rows["isotonic"]["log_likelihood"] >= rows["constant"]["log_likelihood"] - 1e-9


@pytest.mark.parametrize("degrees", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("x", [0, 1e-9, 0.4, 3.84, 40, 900])
def test_chi_squared_tail(x, degrees):
    assert chi_squared_tail(x, degrees) == pytest.approx(stats.chi2.sf(x, degrees), rel=1e-10)


def test_cross_validation_by_a_loop_over_folds():
    """Each fold from the others, one model after the other, with SciPy's and statsmodels' fits."""
    n, fans = (COUNTS[c].to_numpy(float)[None] for c in ("n", "fans"))
    fold_n, fold_fans = folds_of_counts(n, fans, seed=3)
    assert fold_n.sum(axis=1) == pytest.approx(n)
    loss, excess, _ = validate(fold_n, fold_fans)
    total = np.zeros(len(MODELS))
    grade = np.arange(1.0, 7)
    for f in range(FOLDS):
        size, yes = fold_n[0, f], fold_fans[0, f]
        left_n, left = n[0] - size, fans[0] - yes
        share = (left.sum() + 0.5) / (left_n.sum() + 1)
        left_n, left = left_n + 1, left + share
        line = sm.GLM(
            np.column_stack([left, left_n - left]),
            sm.add_constant(grade),
            family=sm.families.Binomial(),
        ).fit()
        rest = left[1:].sum() / left_n[1:].sum()
        fits = [
            np.full(6, left.sum() / left_n.sum()),
            line.fittedvalues,
            np.array([left[0] / left_n[0], *[rest] * 5]),
            optimize.isotonic_regression(left / left_n, weights=left_n, increasing=False).x,
            left / left_n,
        ]
        total += [-(yes @ np.log(p) + (size - yes) @ np.log(1 - p)) for p in fits]
    assert loss[0] == pytest.approx(total / n.sum(), abs=1e-7)
    assert excess[0].min() == 0


def contacts(rng, customers=400, names="ab"):
    """Synthetic contacts: fans grade better; each customer is met at each touchpoint or not."""
    fan = rng.random(customers) < 0.35
    parts = []
    for name in names:
        grade = np.clip(rng.poisson(np.where(fan, 0.7, 1.8)) + 1, 1, 6).astype(float)
        grade[rng.random(customers) < 0.3] = np.nan
        parts.append(
            pd.DataFrame(
                {
                    "customer_id": np.arange(customers),
                    "touchpoint": name,
                    "grade": grade,
                    "fan": fan,
                    "weight": 1.0 + (np.arange(customers) % 3),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


@pytest.fixture(scope="module")
def frame():
    return contacts(np.random.default_rng(5))


OPTIONS = [{}, {"by": None}, {"weights": "weight"}, {"by": None, "weights": "weight"}]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_order_of_rows_and_scale_of_weights_change_nothing(frame, options):
    result = tp.grade_trend(frame, **options)
    shuffled = frame.sample(frac=1, random_state=1).assign(weight=frame["weight"] * 7.5)
    same(result, tp.grade_trend(shuffled, **options))
    same(result, tp.grade_trend(pl.from_pandas(frame).lazy(), **options))


def test_a_touchpoint_renamed_or_alone_has_the_same_answer(frame):
    result = tp.grade_trend(frame)
    renamed = frame.assign(touchpoint=frame["touchpoint"].map({"a": "z", "b": "c"}))
    other = pl.DataFrame(tp.grade_trend(renamed).table)
    half = len(MODELS)
    same(
        result,
        type(result)(pl.concat([other[half:], other[:half]]), None, (), 0),
        but=["touchpoint"],
    )
    counts = pd.concat([COUNTS.assign(touchpoint="a"), COUNTS.assign(touchpoint="b", n=300)])
    both = pl.DataFrame(tp.grade_trend_from_counts(counts).table).drop("touchpoint")
    alone = tp.grade_trend_from_counts(COUNTS, by=None)
    same(alone, type(alone)(both[:half], None, (), 0))


def test_twice_the_data_doubles_the_likelihood(frame):
    one = tp.grade_trend(frame)
    again = frame.assign(customer_id=frame["customer_id"] + 10_000)
    two = tp.grade_trend(pd.concat([frame, again]))
    for a, b in zip(rows_of(one), rows_of(two), strict=True):
        assert b["log_likelihood"] == pytest.approx(2 * a["log_likelihood"])
        assert b["n"] == 2 * a["n"]
        if a["lr"] is not None:
            assert b["lr"] == pytest.approx(2 * a["lr"], abs=1e-9)
    # The same customers twice are no further information: the pooled fit stays as it was.
    copied = frame.assign(touchpoint=frame["touchpoint"] + "2")
    pooled, doubled = (
        tp.grade_trend(data, by=None) for data in (frame, pd.concat([frame, copied]))
    )
    assert doubled.table["effective_n"][0] == pytest.approx(pooled.table["effective_n"][0])
    assert doubled.table["lr"][0] == pytest.approx(pooled.table["lr"][0])


def test_frame_and_counts_agree(frame):
    graded = frame.dropna(subset="grade")
    counts = graded.groupby(["touchpoint", "grade"])["fan"].agg(n="size", fans="sum").reset_index()
    validated = ["log_loss", "log_loss_excess", "excess_error"]  # these deal folds from counts
    same(tp.grade_trend(frame), tp.grade_trend_from_counts(counts), but=validated)


def test_touchpoints_of_equal_counts_merged_keep_their_rates():
    counts = pd.concat([COUNTS.assign(touchpoint=name) for name in "ab"])
    merged = COUNTS.assign(n=2 * COUNTS["n"], fans=2 * COUNTS["fans"])
    one = rows_of(tp.grade_trend_from_counts(counts), "fits")
    both = rows_of(tp.grade_trend_from_counts(merged, by=None), "fits")
    for a, b in zip(one[: len(both)], both, strict=True):
        assert a["fitted_pct"] == pytest.approx(b["fitted_pct"], abs=1e-6)


def test_the_shape_that_made_the_data_is_found():
    step = pd.DataFrame({"grade": range(1, 7), "n": 800, "fans": [560, 161, 158, 163, 157, 160]})
    line = pd.DataFrame({"grade": range(1, 7), "n": 800, "fans": [640, 496, 334, 200, 108, 55]})
    flat = pd.DataFrame({"grade": range(1, 7), "n": 800, "fans": [240, 243, 238, 241, 239, 240]})
    for counts, model, rejected in (
        (step, "step", ["constant", "linear"]),
        (line, "linear", ["constant", "step"]),
        (flat, "constant", []),
    ):
        rows = by_model(tp.grade_trend_from_counts(counts, by=None))
        assert rows[model]["aic_excess"] == pytest.approx(0, abs=1e-9)
        assert rows[model]["log_loss_excess"] < 1e-3
        assert [
            m for m in MODELS if (1 if rows[m]["p_value"] is None else rows[m]["p_value"]) < 0.001
        ] == rejected
        assert f"AIC prefers the {model} model" in tp.grade_trend_from_counts(counts, by=None).text


@pytest.mark.parametrize(
    "counts",
    [
        {"grade": [1], "n": [1], "fans": [0]},
        {"grade": [4], "n": [1], "fans": [1]},
        {"grade": [1, 2, 3], "n": [20, 20, 20], "fans": [0, 0, 0]},
        {"grade": [1, 2, 3], "n": [20, 20, 20], "fans": [20, 20, 20]},
        {"grade": [1, 5], "n": [20, 20], "fans": [20, 0]},
        {"grade": [2, 6], "n": [3, 10**12], "fans": [2, 10**11]},
    ],
    ids=str,
)
def test_odd_tables_have_an_answer(counts):
    result = tp.grade_trend_from_counts(pd.DataFrame(counts), by=None)
    for row in rows_of(result):
        for column in ("log_likelihood", "aic", "aic_excess", "log_loss", "log_loss_excess"):
            assert np.isfinite(row[column]), column
        assert row["aic_excess"] >= 0
    assert result.text.endswith(".")
    assert result.chart().to_dict()


def test_one_row_and_one_touchpoint():
    one = pd.DataFrame({"customer_id": [1], "touchpoint": ["a"], "grade": [2], "fan": [True]})
    rows = rows_of(tp.grade_trend(one))
    assert [row["parameters"] for row in rows] == [1] * 5
    assert all(row["p_value"] is None for row in rows)
    assert "can't be tested" in tp.grade_trend(one).text


def test_what_is_refused(frame):
    nobody = frame.assign(grade=np.nan)
    refused("no row in the frame", "one row or more", "check", tp.grade_trend, nobody)
    refused(
        "seed -1", "a whole number of 0 or more", "in this range", tp.grade_trend, frame, seed=-1
    )
    empty = pd.DataFrame({"grade": [None], "n": [3], "fans": [1]}).astype({"grade": float})
    refused("no grade", "one or more", "graded", tp.grade_trend_from_counts, empty, by=None)


def test_a_likelihood_at_the_edge_is_0_not_nan():
    n, fans = np.full(6, 5.0), np.zeros(6)
    assert log_likelihood(n, fans, np.zeros(6)) == 0
