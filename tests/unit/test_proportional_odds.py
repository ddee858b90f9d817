"""Proportional odds against published fits, statsmodels, a general optimiser and closed forms."""

from __future__ import annotations

import numpy as np
import pandas as pd
import polars as pl
import pytest
import statsmodels.api as sm
from scipy import optimize, stats
from statsmodels.miscmodels.ordinal_model import OrderedModel

import touchpoints as tp
from touchpoints.core.chi_squared import chi_squared_tail

FACTORS = ["influence", "dwelling", "contact"]
SCALE = ["low", "medium", "high"]


def rows_of(table):
    return pl.DataFrame(table).to_dicts()


@pytest.fixture(scope="module")
def housing():
    return tp.load("copenhagen_housing")


@pytest.fixture(scope="module")
def odds(housing):
    return tp.proportional_odds(housing, outcome="satisfaction", factors=FACTORS, n="residents")


def test_copenhagen_as_published(odds):
    """`polr` on `housing` of R's package MASS (Venables & Ripley 2002, section 7.3).

    Sat ~ Infl + Type + Cont, weights = Freq: coefficients, thresholds, deviance and the standard
    errors of the summary, as its printed output shows them.
    """
    rows = rows_of(odds.table)
    coefficients = [0.5663937, 1.2888191, -0.5723501, -0.3661866, -1.0910149, 0.3602841]
    assert [row["coefficient"] for row in rows] == pytest.approx(coefficients, abs=2e-6)
    assert rows[-1]["standard_error"] == pytest.approx(0.09554, abs=5e-6)
    cuts = rows_of(odds.thresholds)
    assert [row["cut"] for row in cuts] == ["low | medium", "medium | high"]
    assert [row["threshold"] for row in cuts] == pytest.approx([-0.4961353, 0.6907083], abs=2e-6)
    assert [row["standard_error"] for row in cuts] == pytest.approx([0.1248, 0.1255], abs=5e-5)
    assert -2 * odds.log_likelihood == pytest.approx(3479.149, abs=5e-4)
    assert odds.n == 1681


def test_wine_as_published():
    """Randall's wines (1989) as counts, fitted by `clm` of R's package ordinal (Christensen).

    rating ~ temp + contact: log-likelihood -86.49, tempwarm 2.5031.
    """
    counts = {
        ("cold", "no"): [4, 9, 5, 0, 0],
        ("cold", "yes"): [1, 7, 8, 2, 0],
        ("warm", "no"): [0, 5, 8, 3, 2],
        ("warm", "yes"): [0, 1, 5, 7, 5],
    }
    frame = pd.DataFrame(
        [(t, c, i + 1, n) for (t, c), ns in counts.items() for i, n in enumerate(ns)],
        columns=["temp", "contact", "rating", "n"],
    )
    result = tp.proportional_odds(
        frame, outcome="rating", factors=["temp", "contact"], levels={"rating": range(1, 6)}
    )
    assert result.log_likelihood == pytest.approx(-86.49, abs=5e-3)
    assert rows_of(result.table)[0]["coefficient"] == pytest.approx(2.5031, abs=5e-5)
    assert "can't be checked" in result.text  # nobody found a cold wine very bitter


def test_copenhagen_as_statsmodels_has_it(housing, odds):
    people = housing.loc[housing.index.repeat(housing["residents"].astype(int))]
    x = pd.get_dummies(people[FACTORS].astype({"dwelling": "category"}), dtype=float)
    x = x[[f"{row['factor']}_{row['level']}" for row in rows_of(odds.table)]]
    model = OrderedModel(people["satisfaction"].cat.codes.to_numpy(), x.to_numpy(), distr="logit")
    fitted = model.fit(method="bfgs", disp=False)
    rows = rows_of(odds.table)
    for name, place in (("coefficient", fitted.params[:6]), ("standard_error", fitted.bse[:6])):
        assert [row[name] for row in rows] == pytest.approx(list(place), rel=2e-3)
    want = 2 * stats.norm.sf(np.abs([r["coefficient"] / r["standard_error"] for r in rows]))
    assert [row["p_value"] for row in rows] == pytest.approx(want.tolist(), rel=1e-6)
    half = stats.norm.ppf(0.975) * np.array([row["standard_error"] for row in rows])
    centre = np.array([row["coefficient"] for row in rows])
    assert [row["low"] for row in rows] == pytest.approx(np.exp(centre - half).tolist())
    assert [row["high"] for row in rows] == pytest.approx(np.exp(centre + half).tolist())


def minus_log_likelihood(x, answer, n, own):
    """The likelihood of slopes at each cut in plain steps, for a general optimiser."""

    def value(parameters):
        thresholds, slopes = parameters[:2], parameters[2:]
        first = slopes[: x.shape[1]]
        second = first.copy()
        second[own] = slopes[x.shape[1] :]
        below = [stats.logistic.cdf(thresholds[j] - x @ b) for j, b in enumerate((first, second))]
        shares = np.array([below[0], below[1] - below[0], 1 - below[1]])
        p = shares[answer, np.arange(len(answer))]
        return -float(n @ np.log(np.clip(p, 1e-12, None)))

    return value


@pytest.mark.parametrize(("factor", "own"), [("contact", [5]), ("influence", [0, 1])])
def test_the_check_by_a_general_optimiser(housing, odds, factor, own):
    x = pd.get_dummies(housing[FACTORS], dtype=float)
    x = x[[f"{row['factor']}_{row['level']}" for row in rows_of(odds.table)]].to_numpy()
    answer = housing["satisfaction"].cat.codes.to_numpy()
    n = housing["residents"].astype(float).to_numpy()
    start = [r["threshold"] for r in rows_of(odds.thresholds)]
    beta = np.array([r["coefficient"] for r in rows_of(odds.table)])
    done = optimize.minimize(
        minus_log_likelihood(x, answer, n, own), [*start, *beta, *beta[own]], method="BFGS"
    )
    (row,) = (r for r in rows_of(odds.check) if r["factor"] == factor)
    assert row["statistic"] == pytest.approx(2 * (-done.fun - odds.log_likelihood), abs=1e-4)
    assert row["degrees"] == len(own)
    assert row["p_value"] == pytest.approx(stats.chi2.sf(row["statistic"], len(own)))


def test_the_check_of_one_factor_compares_with_the_saturated_model(housing):
    """With one factor and a slope at each cut every share is free: Σ n log(n / N), by hand."""
    result = tp.proportional_odds(housing, outcome="satisfaction", factors="contact", n="residents")
    table = housing.pivot_table(
        index="contact", columns="satisfaction", values="residents", aggfunc="sum", observed=True
    )
    counts = table.to_numpy(dtype=float)
    free = float((counts * np.log(counts / counts.sum(axis=1, keepdims=True))).sum())
    one, together = rows_of(result.check)
    assert one["statistic"] == pytest.approx(2 * (free - result.log_likelihood))
    assert together["statistic"] == one["statistic"]
    assert (one["degrees"], together["factor"]) == (1, "all factors")


def test_two_answers_are_a_logistic_regression(housing):
    high = housing.assign(high=(housing["satisfaction"] == "high").map({True: "yes", False: "no"}))
    result = tp.proportional_odds(
        high, outcome="high", factors="contact", n="residents", levels={"high": ["no", "yes"]}
    )
    glm = sm.GLM(
        (high["high"] == "yes").astype(float).to_numpy(),
        sm.add_constant((high["contact"] == "high").astype(float).to_numpy()),
        family=sm.families.Binomial(),
        freq_weights=high["residents"].astype(float).to_numpy(),
    ).fit()
    (row,) = rows_of(result.table)
    assert row["coefficient"] == pytest.approx(glm.params[1], abs=1e-6)
    assert row["standard_error"] == pytest.approx(glm.bse[1], abs=1e-6)
    assert "Two answers have one cut" in result.text


def test_a_scale_that_breaks_the_assumption_is_found():
    """Contact moves people from fair to good and nobody out of bad: no one ratio says that."""
    frame = pd.DataFrame(
        {
            "answer": ["bad", "fair", "good"] * 2,
            "contact": ["none"] * 3 + ["some"] * 3,
            "n": [300, 300, 300, 300, 100, 500],
        }
    )
    result = tp.proportional_odds(
        frame, outcome="answer", factors="contact", levels={"answer": ["bad", "fair", "good"]}
    )
    assert "serves all cuts is contradicted" in result.text
    assert rows_of(result.check)[0]["p_value"] < 1e-9


def test_turning_the_scale_inverts_the_ratios(housing, odds):
    turned = tp.proportional_odds(
        housing,
        outcome="satisfaction",
        factors=FACTORS,
        n="residents",
        levels={"satisfaction": SCALE[::-1]},
    )
    inverse = [1 / row["odds_ratio"] for row in rows_of(turned.table)]
    assert inverse == pytest.approx([row["odds_ratio"] for row in rows_of(odds.table)])
    assert turned.log_likelihood == pytest.approx(odds.log_likelihood)


def test_engines_split_rows_and_zero_counts_change_nothing(odds):
    polars = tp.load("copenhagen_housing", backend="polars")
    half = polars.with_columns(pl.col("residents") // 2)
    rest = polars.with_columns(pl.col("residents") - pl.col("residents") // 2)
    nobody = polars.with_columns(residents=pl.lit(0, dtype=pl.Int64))
    for frame in (polars, pl.concat([rest, half, nobody]), polars.lazy()):
        got = tp.proportional_odds(frame, outcome="satisfaction", factors=FACTORS, n="residents")
        assert isinstance(got.table, pl.DataFrame)
        for row, want in zip(rows_of(got.table), rows_of(odds.table), strict=True):
            assert row == pytest.approx(want)


def test_text_and_chart(odds):
    assert "contact high against low 1.43 (1.19 to 1.73)" in odds.text
    assert "serves all cuts is not contradicted (likelihood ratio 8.6 on 6 degrees" in odds.text
    chart = odds.chart()
    assert chart.title.text == "6 of 6 odds ratios lie clearly apart from 1"
    assert chart.description == odds.text
    assert chart.to_dict()["layer"][2]["encoding"]["x"]["scale"]["type"] == "log"


SMALL = pd.DataFrame(
    {"answer": [1, 2, 3, 1, 2, 3], "factor": list("aaabbb"), "n": [5, 5, 5, 2, 5, 8]}
)
LEVELS = {"answer": [1, 2, 3]}


@pytest.mark.parametrize(
    ("frame", "options", "says"),
    [
        (SMALL, {"levels": None}, "without an order"),
        (SMALL, {"levels": {"answer": [1, 2]}}, "column 'answer': 3"),
        (SMALL, {"factors": []}, "factors none"),
        (SMALL, {"factors": ["factor", "factor"]}, "each once"),
        (SMALL, {"factors": "answer"}, "without the outcome"),
        (SMALL, {"factors": "other"}, "'other'"),
        (SMALL, {"factors": 5}, "factors 5"),
        (SMALL, {"factors": ["factor", 5]}, "factors ['factor', 5]"),
        (SMALL, {"factors": [["factor"]]}, "factors [['factor']]"),
        (SMALL.assign(factor=[1, 1, 1, "b", "b", "b"]), {}, "column 'factor' of mixed types"),
        (SMALL, {"confidence": 1}, "confidence 1"),
        (SMALL.assign(n=-1), {}, "-1"),
        (SMALL.assign(n=0), {}, "above 0"),
        (SMALL.assign(factor="a"), {}, "with one value"),
        (SMALL.assign(factor=[None, *"aabbb"]), {}, "nothing in some rows"),
        (SMALL.assign(n=[5, 0, 0, 0, 5, 5]), {}, "no finite odds ratio"),
        (SMALL.assign(twin=SMALL["factor"]), {"factors": ["factor", "twin"]}, "no finite odds"),
    ],
)
def test_wrong_input_is_told_in_one_sentence(frame, options, says):
    with pytest.raises(tp.InputError, match="allowed is") as told:
        tp.proportional_odds(
            frame, **({"outcome": "answer", "factors": "factor", "levels": LEVELS} | options)
        )
    assert says in str(told.value)


@pytest.mark.parametrize("degrees", [1, 2, 3, 6, 17])
@pytest.mark.parametrize("value", [0.0, 0.3, 4.0, 40.0])
def test_the_tail_of_chi_squared_is_that_of_scipy(value, degrees):
    assert chi_squared_tail(value, degrees) == pytest.approx(stats.chi2.sf(value, degrees))
