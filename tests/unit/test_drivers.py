"""Penalties, rewards and importance: against statsmodels, a jackknife, all orders, and themselves."""

from __future__ import annotations

import itertools
import math
import tracemalloc

import numpy as np
import pandas as pd
import polars as pl
import pytest
import statsmodels.api as sm
from statsmodels.stats.proportion import confint_proportions_2indep

import touchpoints as tp
from refusals import refused
from touchpoints.core.relative_weights import _roots, _shares, _slopes, relative_weights
from touchpoints.core.robust_fit import linear_fit, logit_fit

NAMES = ("checkout", "hotline", "shop")


def made(n=400, seed=1):
    """Synthetic contacts at three touchpoints: grades, fans, a score, weights."""
    rng = np.random.default_rng(seed)
    mood = rng.normal(size=n)
    parts = []
    for name in NAMES:
        grade = np.clip(np.round(2.6 - mood + rng.normal(size=n)), 1, 6)
        grade[rng.random(n) < 0.35] = np.nan
        parts.append(pd.DataFrame({"customer_id": range(n), "touchpoint": name, "grade": grade}))
    score = 5 + mood + rng.normal(size=n)
    own = pd.DataFrame({"customer_id": range(n), "fan": score > 5.5, "score": score})
    own["weight"] = rng.integers(1, 5, n) / 2
    return pd.concat(parts).merge(own, on="customer_id")


@pytest.fixture(scope="module")
def contacts():
    return made()


def design(contacts):
    """One row a customer with three dummies a touchpoint, made by pandas."""
    wide = contacts.pivot_table(
        index="customer_id", columns="touchpoint", values="grade", dropna=False
    )
    own = contacts.drop_duplicates("customer_id").set_index("customer_id").sort_index()
    x = pd.DataFrame({"one": 1.0}, index=wide.index)
    for name in NAMES:
        x[f"{name} bad"] = (wide[name] >= 4) * 1.0
        x[f"{name} good"] = (wide[name] <= 1) * 1.0
        x[f"{name} none"] = wide[name].isna() * 1.0
    return x, own


def estimates(result, name):
    table = pl.DataFrame(result.table)
    return table.select(name, f"{name}_low", f"{name}_high").to_numpy()


def widened(value, bounds, wider):
    return np.array([value, *(value + wider * (np.asarray(bounds) - value))])


def held(result, fit, factor, wider=1.0):
    """Assert penalty, reward, no contact and asymmetry of a fit of statsmodels."""
    low_high = fit.conf_int()
    for column, level in (("penalty", "bad"), ("reward", "good"), ("no_contact", "none")):
        for i, name in enumerate(NAMES):
            key = f"{name} {level}"
            expected = factor * widened(fit.params[key], low_high.loc[key], wider)
            assert estimates(result, column)[i] == pytest.approx(expected, rel=2e-4, abs=1e-6)
    for i, name in enumerate(NAMES):
        c = np.zeros(len(fit.params))
        c[list(fit.params.index).index(f"{name} bad")] = -1
        c[list(fit.params.index).index(f"{name} good")] = -1
        test = fit.t_test(c)
        expected = factor * widened(test.effect[0], test.conf_int()[0], wider)
        assert estimates(result, "asymmetry")[i] == pytest.approx(expected, rel=2e-4, abs=1e-6)


@pytest.mark.parametrize("weights", [None, "weight"])
@pytest.mark.parametrize(("outcome", "factor"), [("fan", 100), ("score", 1)])
def test_least_squares_agree_with_statsmodels(contacts, outcome, factor, weights):
    x, own = design(contacts)
    w = own[weights] if weights else np.ones(len(own))
    fit = sm.WLS(own[outcome].astype(float), x, weights=w).fit(cov_type="HC3", use_t=True)
    held(tp.penalty_reward(contacts, outcome=outcome, weights=weights), fit, factor)


def test_log_odds_agree_with_statsmodels(contacts):
    x, own = design(contacts)
    fit = sm.Logit(own["fan"].astype(float), x).fit(disp=0, cov_type="HC0", use_t=True)
    small_sample = np.sqrt(fit.nobs / fit.df_resid)  # what HC1 adds to HC0
    held(tp.penalty_reward(contacts, scale="log_odds"), fit, 1, small_sample)


def test_standardised_by_the_definition(contacts):
    x, own = design(contacts)
    plain = estimates(tp.penalty_reward(contacts, outcome="score"), "penalty")
    sd = own["score"].std(ddof=0)
    outcome = estimates(
        tp.penalty_reward(contacts, outcome="score", standardise="outcome"), "penalty"
    )
    assert outcome == pytest.approx(plain / sd)
    beta = estimates(tp.penalty_reward(contacts, outcome="score", standardise="beta"), "penalty")
    dummies = np.array([x[f"{name} bad"].std(ddof=0) for name in NAMES])
    assert beta == pytest.approx(plain / sd * dummies[:, None])


def test_counts_give_newcombes_interval_of_statsmodels():
    counts = pd.DataFrame(
        {
            "touchpoint": "shop",
            "grade": [1, 2, 5, None],
            "n": [70, 80, 40, 90],
            "fans": [56, 48, 4, 30],
        }
    )
    row = pl.DataFrame(tp.penalty_reward_from_counts(counts).table).to_dicts()[0]
    for name, (a, n_a) in {"penalty": (4, 40), "reward": (56, 70), "no_contact": (30, 90)}.items():
        expected = confint_proportions_2indep(a, n_a, 48, 80, method="newcomb")
        assert (row[f"{name}_low"], row[f"{name}_high"]) == pytest.approx(100 * np.array(expected))
    assert row["asymmetry"] == pytest.approx(100 * (2 * 0.6 - 0.1 - 0.8))


def test_each_by_itself_is_the_model_of_one_touchpoint(contacts):
    """With one touchpoint, the model's coefficients are differences of rates."""
    one = contacts[contacts["touchpoint"] == "shop"]
    counts = one.groupby(["touchpoint", "grade"], dropna=False)["fan"].agg(n="size", fans="sum")
    single = tp.penalty_reward_from_counts(counts.reset_index())
    for name in ("penalty", "reward", "no_contact", "asymmetry"):
        model = estimates(tp.penalty_reward(one), name)[0]
        found = estimates(single, name)[0]
        assert model[0] == pytest.approx(found[0])
        assert model[1:] == pytest.approx(found[1:], abs=2.5)  # score intervals against HC3


def test_separated_levels_are_left_out_of_log_odds_like_their_rows():
    rng = np.random.default_rng(3)
    x = np.column_stack([np.ones(200), rng.random((200, 2)) < 0.4]).astype(float)
    y = (rng.random(200) < 0.5) * 1.0
    y[x[:, 1] == 1] = 0
    fit = logit_fit(x, y, np.ones(200))
    assert fit.known.tolist() == [True, False, True]
    rest = x[:, 1] == 0
    wanted = sm.Logit(y[rest], x[rest][:, [0, 2]]).fit(disp=0)
    assert fit.coefficients[[0, 2]] == pytest.approx(wanted.params)


def test_what_the_data_cannot_tell_is_not_told():
    x = np.array(
        [[1, 1, 0, 1], [1, 1, 0, 0], [1, 0, 1, 0], [1, 0, 1, 0], [1, 0, 0, 0], [1, 0, 0, 0]], float
    )
    fit = linear_fit(np.column_stack([x, x[:, 1]]), np.arange(6.0), np.ones(6))
    assert fit.known.tolist() == [True, False, True, False, False]  # twice the same; a single row


def lmg(correlations, r):
    """The mean increase of R² over all orders of the predictors, by its definition."""

    def explained(some):
        some = list(some)
        return r[some] @ np.linalg.solve(correlations[np.ix_(some, some)], r[some]) if some else 0.0

    orders = list(itertools.permutations(range(len(r))))
    total = np.zeros(len(r))
    for order in orders:
        for i, j in enumerate(order):
            total[j] += explained(order[: i + 1]) - explained(order[:i])
    return total / len(orders)


def test_relative_weights_add_up_and_lie_near_the_mean_over_all_orders():
    rng = np.random.default_rng(5)
    q = rng.normal(size=(500, 4)) + 0.8 * rng.normal(size=(500, 1))
    y = q @ [1.0, 0.6, 0.3, 0.0] + 2 * rng.normal(size=500)
    found = relative_weights(q, y, np.ones(500)).share
    assert found.sum() == pytest.approx(sm.OLS(y, sm.add_constant(q)).fit().rsquared)
    whole = np.corrcoef(np.column_stack([q, y]).T)
    assert found == pytest.approx(lmg(whole[:4, :4], whole[:4, 4]), abs=0.01)


def test_relative_weights_agree_with_a_published_example():
    """The example of `relWt` in the R package iopsych 0.90.1 and its printed output."""
    r = [0.2, 0.3, 0.4, -0.4, 0.5, 0.1, 0.1, 0.2, -0.3, 0.4]
    whole = np.eye(5)
    whole[np.triu_indices(5, 1)] = r
    own, with_y = whole[:4, :4], whole[:4, 4]
    expected = [0.24066119, 0.05492664, 0.12143476, 0.28158189]
    found = _shares(*_roots(own + own.T - np.eye(4)), with_y)
    assert found == pytest.approx(expected, abs=1e-8)


def test_two_predictors_share_as_in_all_orders():
    """With two predictors relative weights are the mean over both orders exactly (Johnson 2000)."""
    rng = np.random.default_rng(6)
    q = rng.normal(size=(50, 2)) + rng.normal(size=(50, 1))
    y = q[:, 0] + rng.normal(size=50)
    whole = np.corrcoef(np.column_stack([q, y]).T)
    assert relative_weights(q, y, np.ones(50)).share == pytest.approx(
        lmg(whole[:2, :2], whole[:2, 2])
    )


def test_errors_of_relative_weights_agree_with_a_jackknife():
    rng = np.random.default_rng(1)
    n = 200
    q = rng.normal(size=(n, 3)) + rng.normal(size=(n, 1))
    y = (q[:, 0] + 0.5 * q[:, 1] + 2 * rng.normal(size=n) > 0) * 1.0
    q[rng.random((n, 3)) < 0.4] = np.nan
    w = rng.uniform(0.5, 2, n)
    left = [
        relative_weights(np.delete(q, i, 0), np.delete(y, i), np.delete(w, i)).share
        for i in range(n)
    ]
    jackknife = np.sqrt((n - 1) / n * ((left - np.mean(left, axis=0)) ** 2).sum(axis=0))
    assert relative_weights(q, y, w).error == pytest.approx(jackknife, rel=0.08)


def test_slopes_of_relative_weights_are_those_of_small_steps():
    """Central differences in each covariance, variance and the outcome's variance."""
    rng = np.random.default_rng(3)
    t = 5
    own = np.corrcoef((rng.normal(size=(40, t)) + rng.normal(size=(40, 1))).T)
    with_y = rng.uniform(-0.2, 0.6, t)

    def shares(cov, beside, spread):
        scale = np.sqrt(np.diag(cov))
        return _shares(*_roots(cov / np.outer(scale, scale)), beside / scale / np.sqrt(spread))

    def slope(own_step, y_step, spread_step):
        up = shares(own + own_step, with_y + y_step, 1 + spread_step)
        return (up - shares(own - own_step, with_y - y_step, 1 - spread_step)) / 2e-5

    by_own, by_y, by_spread = (
        np.array(part) for part in zip(*_slopes(*_roots(own), own, with_y), strict=True)
    )
    unit, zeros = 1e-5 * np.eye(t), np.zeros((t, t))
    for a in range(t):
        assert by_y[:, a] == pytest.approx(slope(zeros, unit[a], 0), abs=1e-8)
        for b in range(t):
            step = (np.outer(unit[a], unit[b]) + np.outer(unit[b], unit[a])) / 2e-5
            assert by_own[:, a, b] == pytest.approx(slope(step, 0, 0), abs=1e-8)
    assert by_spread == pytest.approx(slope(zeros, 0, 1e-5), abs=1e-8)


def test_many_touchpoints_take_little_memory():
    """Memory grows with customers times touchpoints alone: a report allows 200 touchpoints."""
    rng = np.random.default_rng(4)
    q = rng.normal(size=(300, 60)) + 0.3 * rng.normal(size=(300, 1))
    tracemalloc.start()
    found = relative_weights(q, q.mean(axis=1) + rng.normal(size=300), np.ones(300))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert np.isfinite(found.error).all()
    assert most < 20 * q.nbytes


CALLS = {
    "contrasts": lambda frame, **o: tp.penalty_reward(frame, **o),
    "log odds": lambda frame, **o: tp.penalty_reward(frame, scale="log_odds", **o),
    "map": lambda frame, **o: tp.importance_performance(frame, **o),
}


def numbers(result):
    table = pl.DataFrame(result.table)
    return table.select(pl.selectors.numeric()).cast(pl.Float64).to_numpy()


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_neither_order_nor_names_nor_the_unit_of_weights_matter(contacts, call):
    found = numbers(call(contacts, weights="weight"))
    shuffled = contacts.sample(frac=1, random_state=2)
    assert numbers(call(shuffled, weights="weight")) == pytest.approx(found, nan_ok=True)
    renamed = contacts.assign(
        customer_id=contacts["customer_id"].map(lambda i: f"c{(7 * i) % 401}"),
        touchpoint="x_" + contacts["touchpoint"],
        weight=10 * contacts["weight"],
    )
    assert numbers(call(renamed, weights="weight")) == pytest.approx(found, nan_ok=True)
    assert numbers(call(pl.from_pandas(contacts), weights="weight")) == pytest.approx(
        found, nan_ok=True
    )


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_doubled_data_keep_the_estimates_and_narrow_the_intervals(contacts, call):
    twice = pd.concat([contacts, contacts.assign(customer_id=contacts["customer_id"] + 1000)])
    once, doubled = call(contacts), call(twice)
    name = "penalty" if hasattr(once, "rule") else "derived_pct"
    a, b = estimates(once, name), estimates(doubled, name)
    assert b[:, 0] == pytest.approx(a[:, 0])
    ratio = (b[:, 2] - b[:, 0]) / (a[:, 2] - a[:, 0])  # lower bounds may be cut at 0
    assert (ratio < 0.75).all()
    assert (ratio > 0.6).all()


def test_a_mirrored_scale_turns_the_asymmetry_round(contacts):
    """Good and bad change places when the grades and the outcome are turned over."""
    levels = tp.GradeLevels(good_to=2, bad_from=5)
    plain = tp.penalty_reward(contacts, outcome="score", levels=levels)
    turned = contacts.assign(grade=7 - contacts["grade"], score=-contacts["score"])
    found = tp.penalty_reward(turned, outcome="score", levels=levels)
    assert estimates(found, "penalty")[:, 0] == pytest.approx(-estimates(plain, "reward")[:, 0])
    assert estimates(found, "asymmetry")[:, 0] == pytest.approx(
        -estimates(plain, "asymmetry")[:, 0]
    )


def test_classes_go_by_the_rule():
    rule = tp.ClassRule()
    columns = {
        "penalty": [-9, -9, -1, -1, math.nan], "penalty_high": [-2, -2, 3, 3, -1],
        "reward": [1, 9, 9, 1, 9], "reward_low": [-4, 2, 2, -4, 2],
        "asymmetry": [8, 0, -8, 0, math.nan], "asymmetry_low": [6, -4, -9, -9, math.nan],
        "asymmetry_high": [9, 4, -6, 9, math.nan],
    }  # fmt: skip
    columns = {name: np.array(values, float) for name, values in columns.items()}
    wanted = ["basic", "performance", "excitement", "undecided", "undecided"]
    assert rule.classes(columns) == wanted
    assert tp.ClassRule("asymmetry", margin=5).classes(columns) == wanted
    strict = tp.ClassRule("asymmetry", margin=7).classes(columns)
    assert strict == ["undecided", "performance", "undecided", "undecided", "undecided"]


def test_the_map_knows_both_value_functions(contacts):
    """The share of grade 1 is the mean of the value function that knows nothing else."""
    table = pl.DataFrame(tp.importance_performance(contacts).table)
    for row in table.to_dicts():
        grades = contacts.loc[contacts["touchpoint"] == row["touchpoint"], "grade"].dropna()
        assert row["n"] == len(grades)
        assert row["mean_grade"] == pytest.approx(grades.mean())
        assert row["grade_1_pct"] == pytest.approx(100 * (grades == 1).mean())
        half = 1.966 * grades.std() / np.sqrt(len(grades))
        assert row["mean_grade_low"] == pytest.approx(grades.mean() - half, abs=0.002)
        low, high = tp.wilson(int((grades == 1).sum()), len(grades))
        assert (row["grade_1_pct_low"], row["grade_1_pct_high"]) == pytest.approx(
            (100 * low, 100 * high)
        )


def test_quadrants_by_cut_offs_and_stated_importance(contacts):
    stated = pd.DataFrame({"touchpoint": [*NAMES, "checkout"], "importance": [9, 3, 8, 7]})
    result = tp.importance_performance(
        contacts,
        stated=stated,
        importance="stated",
        importance_cut=8,
        performance_cut=1,
        confidence=0.9,
    )
    rows = pl.DataFrame(result.table).to_dicts()
    assert [row["quadrant"] for row in rows] == [
        "concentrate_here",
        "low_priority",
        "concentrate_here",
    ]
    assert [row["stated_n"] for row in rows] == [2, 1, 1]
    assert rows[0]["stated"] == 8
    assert rows[0]["stated_low"] == pytest.approx(8 - 6.314, abs=0.001)  # Student's t, 1 degree
    assert [row["clear_of_cuts"] for row in rows] == [False] * 3
    assert "checkout, shop" in result.text


def test_odd_input(contacts):
    one = contacts[contacts["touchpoint"] == "shop"]
    row = pl.DataFrame(tp.importance_performance(one).table).to_dicts()[0]
    wide = one.assign(x=(one["grade"] - one["grade"].mean()).fillna(0))
    assert row["derived_pct"] == pytest.approx(100 * np.corrcoef(wide["x"], wide["fan"])[0, 1] ** 2)
    alike = contacts.assign(grade=contacts["grade"].where(contacts["touchpoint"] != "shop", 2))
    shop = pl.DataFrame(tp.importance_performance(alike).table).to_dicts()[2]
    assert shop["quadrant"] == "not_told"
    assert not shop["clear_of_cuts"]
    shop = pl.DataFrame(tp.penalty_reward(alike).table).to_dicts()[2]
    assert shop["penalty"] is None
    assert shop["factor"] == "undecided"
    nobody = pd.DataFrame({"touchpoint": "shop", "grade": [1, 3, 6], "n": [9, 9, 9], "fans": 0})
    row = pl.DataFrame(tp.penalty_reward_from_counts(nobody).table).to_dicts()[0]
    assert row["penalty"] == 0
    assert row["penalty_low"] < -20
    assert row["no_contact"] is None
    assert row["small_cell"]


def test_wrong_input_is_refused(contacts):
    refused("scale 'odds'", "points, log_odds", "choose", tp.penalty_reward, contacts, scale="odds")
    refused(
        "'log_odds' with outcome 'score'",
        "'fan'",
        "scale",
        tp.penalty_reward,
        contacts,
        scale="log_odds",
        outcome="score",
    )
    refused("good to 2 and bad from 3", "a grade between", "middle", tp.GradeLevels, 2, 3)
    refused("margin -1", "0 or more", "correct", tp.ClassRule, margin=-1)
    refused(
        "column 'score' with two values",
        "one value",
        "join",
        tp.penalty_reward,
        contacts.assign(score=range(len(contacts))),
        outcome="score",
    )
    refused(
        "the same value of column 'fan'",
        "differs",
        "choose",
        tp.importance_performance,
        contacts.assign(fan=False),
    )
    texts = contacts.assign(fan=contacts["fan"].map({True: "yes", False: "no"}))
    refused("column 'fan': ", "true or false", "convert", tp.penalty_reward, texts)
    few = contacts[contacts["customer_id"] < 2].assign(fan=lambda f: f["customer_id"] == 1)
    refused("2 customers for 2 coefficients", "more customers", "fewer", tp.penalty_reward, few)
    refused("the same value of column 'fan'", "differs", "choose", tp.penalty_reward, few.head(1))
    doubled = pd.concat(
        [contacts, contacts[contacts["touchpoint"] == "shop"].assign(touchpoint="store")]
    )
    refused(
        "can't be told apart", "not graded alike", "leave one", tp.importance_performance, doubled
    )
    stated = pd.DataFrame({"touchpoint": ["shop"], "importance": [3]})
    refused(
        "no stated importance of checkout, hotline",
        "one answer",
        "add",
        tp.importance_performance,
        contacts,
        stated=stated,
    )
    same = contacts.assign(grade=contacts["grade"].where(contacts["grade"].isna(), 2))
    same_value = contacts.assign(grade=contacts["grade"].clip(lower=2))
    for frame, value in ((same, "linear"), (same_value, "only_best")):
        refused(
            "the same value of all grades at each",
            "differ",
            "stated",
            tp.importance_performance,
            frame,
            value=value,
            importance_cut=1,
        )
    asked = pd.DataFrame({"touchpoint": NAMES, "importance": [3, 5, 8]})
    result = tp.importance_performance(same, stated=asked, importance="stated")
    assert "explain 0.0 %" in result.text
    assert result.chart().to_dict()["description"] == result.text
    for cut in (math.nan, math.inf, -math.inf, "1", True):
        for name in ("importance_cut", "performance_cut"):
            refused(
                f"{name} {cut!r}",
                "finite",
                "correct",
                tp.importance_performance,
                contacts,
                **{name: cut},
            )
    refused(
        "'stated' without",
        "a frame",
        "pass",
        tp.importance_performance,
        contacts,
        importance="stated",
    )
