"""Contact or mood: each method against loops in plain Python, statsmodels and published numbers."""

from __future__ import annotations

import math
from collections import defaultdict

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest
import statsmodels.api as sm

import touchpoints as tp
from refusals import refused
from touchpoints.core.confounding import methods as m
from touchpoints.core.confounding.cells import read_cells, with_outcome
from touchpoints.core.confounding.propensity import weigh
from touchpoints.core.confounding.standardisation import standardise
from touchpoints.core.contacts import grade_as_float
from touchpoints.core.frames import to_lazy

NAMES = ("shop", "chat", "hotline", "advert", "park")
OPTIONS = {
    "covariates": ("age", "style"),
    "earlier": "earlier",
    "earlier_fan": "was_fan",
    "negative_control": "park",
}


def people(n=240, seed=5):
    """Customers whose age and earlier bonding drive contact, grades and fan status."""
    rng = np.random.default_rng(seed)
    rows = []
    for customer in range(n):
        age = int(rng.integers(3))
        style = int(rng.integers(2))
        earlier = int(np.clip(round(rng.normal(1 + 0.5 * age)), 0, 3))
        fan = bool(rng.random() < 0.15 + 0.18 * earlier)
        missing = rng.random() < 0.1
        weight = float(rng.choice([0.5, 1.0, 2.0]))
        for name in NAMES:
            grade = None
            if rng.random() < 0.35 + 0.12 * age:
                grade = int(np.clip(round(rng.normal(3.2 - 0.5 * earlier - 0.4 * fan)), 1, 4))
            rows.append(
                {
                    "customer_id": customer,
                    "touchpoint": name,
                    "grade": grade,
                    "fan": None if customer % 40 == 0 else fan,
                    "age": f"age {age}",
                    "style": style,
                    "earlier": None if missing else earlier,
                    "was_fan": None if missing else earlier >= 2,
                    "weight": weight,
                }
            )
    return rows


ROWS = people()
FRAME = pl.DataFrame(ROWS)


def estimates(frame=FRAME, by=None, **options):
    table = tp.sensitivity_to_confounding(frame, by=by, **OPTIONS | options).table
    keys = [by] if by else []
    return {
        (*(row[key] for key in keys), row["grade"], row["method"]): row
        for row in pl.DataFrame(table).to_dicts()
    }


# Loops over rows, straight from the definitions.


def mean(rows, weight, value="fan"):
    total = sum(row[weight] if weight else 1.0 for row in rows)
    return sum((row[weight] if weight else 1.0) * row[value] for row in rows) / total


def known(rows):
    return [row for row in rows if row["fan"] is not None]


def raw(rows, grade, weight=None, value="fan"):
    own = [row for row in rows if row["grade"] == grade]
    none = [row for row in rows if row["grade"] is None]
    return mean(own, weight, value) - mean(none, weight, value)


def within(rows, grade, strata, weight=None):
    """Differences within strata, each weighted with the stratum's rows of the grade."""
    groups = defaultdict(list)
    for row in rows:
        groups[tuple(row[s] for s in strata)].append(row)
    total = difference = 0.0
    for group in groups.values():
        own = [row for row in group if row["grade"] == grade]
        none = [row for row in group if row["grade"] is None]
        if own and len(none) >= 2:
            size = sum(row[weight] if weight else 1.0 for row in own)
            total += size
            difference += size * (mean(own, weight) - mean(none, weight))
    return difference / total


def with_mood(rows):
    """Mean of the customer's other grades, rounded to halves, from three grades on."""
    result = []
    for row in rows:
        others = [
            o["grade"]
            for o in rows
            if o["customer_id"] == row["customer_id"]
            and o["touchpoint"] != row["touchpoint"]
            and o["grade"] is not None
        ]
        if len(others) >= 3:
            mood = math.floor(2 * sum(others) / len(others) + 0.5) / 2
            result.append(row | {"mood": mood})
    return result


def change(told, grade, weight=None):
    both = [row for row in told if row["was_fan"] is not None]
    changed = [row | {"change": row["fan"] - row["was_fan"]} for row in both]
    return raw(changed, grade, weight, "change")


def beyond_control(told, grade, weight=None):
    park = [row for row in told if row["touchpoint"] == "park"]
    rest = [row for row in told if row["touchpoint"] != "park"]
    return raw(rest, grade, weight) - raw(park, grade, weight)


def by_loops(rows, grade, weight):
    told = known(rows)
    both = [row for row in told if row["was_fan"] is not None]
    mood = known(with_mood(rows))
    every = [row for row in mood if row["earlier"] is not None]
    return {
        m.RAW: raw(told, grade, weight),
        m.STANDARDISED: within(told, grade, ("age", "style"), weight),
        m.MOOD: within(mood, grade, ("mood",), weight),
        m.EARLIER: within(both, grade, ("earlier",), weight),
        m.CHANGE: change(told, grade, weight),
        m.CONTROL: beyond_control(told, grade, weight),
        m.ALL: within(every, grade, ("age", "style", "earlier", "mood"), weight),
    }


@pytest.mark.parametrize("weight", [None, "weight"])
@pytest.mark.parametrize("grade", [1, 2])
def test_estimates_are_those_of_loops_over_rows(grade, weight):
    found = estimates(weights=weight)
    for method, want in by_loops(ROWS, grade, weight).items():
        assert found[grade, method]["lift_points"] == pytest.approx(100 * want, abs=1e-9), method


@pytest.mark.parametrize("options", [{}, {"weights": "weight"}])
@pytest.mark.parametrize("by", [None, "touchpoint"])
def test_raw_rows_are_those_of_the_lift(by, options):
    lifts = tp.lift_over_no_contact(FRAME, by=by, **options).table.to_dicts()
    found = estimates(by=by, **options)
    assert len(lifts) > 3
    for lift in lifts:
        own = found[(*([lift[by]] if by else []), lift["grade"], m.RAW)]
        for column in (
            "n",
            "no_contact_n",
            "fan_rate_pct",
            "lift_points",
            "low_points",
            "high_points",
        ):
            assert own[column] == pytest.approx(lift[column], rel=1e-9), column


def odds_by_statsmodels(told, grade, weight):
    """Fit the propensity, weigh by its odds, and difference the weighted means."""
    rows = pd.DataFrame([row for row in told if row["grade"] in (grade, None)])
    own = rows["grade"].eq(grade)
    weights = rows[weight] if weight else pd.Series(1.0, index=rows.index)
    design = pd.get_dummies(rows[["age"]].assign(style=rows["style"].map(str)), drop_first=True)
    model = sm.GLM(
        own.astype(float),
        sm.add_constant(design.astype(float)),
        family=sm.families.Binomial(),
        freq_weights=weights,
    ).fit(tol=1e-12)
    odds = np.exp(model.predict(which="linear")) * weights
    none = ~own
    fans = rows["fan"].astype(float)
    return float(
        np.average(fans[own], weights=weights[own]) - np.average(fans[none], weights=odds[none])
    )


@pytest.mark.parametrize("weight", [None, "weight"])
@pytest.mark.parametrize("grade", [1, 2, 3])
def test_weighting_agrees_with_statsmodels(grade, weight):
    want = odds_by_statsmodels(known(ROWS), grade, weight)
    found = estimates(weights=weight)[grade, m.WEIGHTED]
    assert found["lift_points"] == pytest.approx(100 * want, abs=1e-6)


def test_standardisation_agrees_with_predictions_of_a_saturated_model_in_statsmodels():
    rows = pd.DataFrame(known(ROWS))
    rows["cell"] = rows["age"] + rows["style"].map(str)
    none, own = rows[rows["grade"].isna()], rows[rows["grade"].eq(1)]
    cells = pd.get_dummies(none["cell"]).astype(float)
    fit = sm.OLS(none["fan"].astype(float), cells).fit()
    expected = fit.predict(pd.get_dummies(own["cell"]).reindex(columns=cells.columns).astype(float))
    want = 100 * (own["fan"].astype(float).mean() - expected.mean())
    assert estimates()[1, m.STANDARDISED]["lift_points"] == pytest.approx(want)


# Intervals: the spread when each customer is left out once.


def jackknife(estimate, rows):
    """Leave each customer out; the standard error of what remains."""
    customers = sorted({row["customer_id"] for row in rows})
    left = [estimate([row for row in rows if row["customer_id"] != out]) for out in customers]
    n = len(left)
    return math.sqrt((n - 1) / n * sum((x - sum(left) / n) ** 2 for x in left))


def error_of(rows, compare, strata, weights, cluster="customer_id"):
    """Linearised standard error of grade 1."""
    lazy = grade_as_float(with_outcome(to_lazy(pl.DataFrame(rows))))
    cells = read_cells(lazy, (), strata, weights=weights, cluster=cluster)[()]
    return compare(cells, 1).error()


@pytest.mark.parametrize("weight", [None, "weight"])
def test_the_standardised_error_is_that_of_leaving_customers_out(weight):
    rows = known(ROWS)
    want = jackknife(lambda kept: within(kept, 1, ("age", "style"), weight), rows)
    assert error_of(rows, standardise, ("age", "style"), weight) == pytest.approx(want, rel=0.05)


def test_the_weighted_error_allows_for_the_fitted_weights():
    """Age decides who is a fan and not who has contact: fitting the weights takes chance away."""
    rng = np.random.default_rng(2)
    rows = [
        {
            "customer_id": i,
            "touchpoint": "shop",
            "grade": 1 if rng.random() < 0.5 else None,
            "fan": bool(rng.random() < (0.02, 0.5, 0.98)[i % 3]),
            "age": f"age {i % 3}",
            "style": 0,
        }
        for i in range(120)
    ]
    want = jackknife(lambda kept: odds_by_statsmodels(kept, 1, None), rows)
    error = error_of(rows, weigh, ("age",), None)
    assert error == pytest.approx(want, rel=0.06)
    unfitted = error_of(rows, standardise, (), None)
    assert error < 0.8 * unfitted


@pytest.mark.parametrize(
    ("method", "estimate"),
    [
        (m.CHANGE, lambda kept: change(kept, 1)),
        (m.CONTROL, lambda kept: beyond_control(kept, 1)),
    ],
)
def test_linearised_intervals_are_those_of_leaving_customers_out(method, estimate):
    rows = known(people(100))
    found = estimates(pl.DataFrame(rows))[1, method]
    half = (found["high_points"] - found["low_points"]) / 2
    error = 100 * jackknife(estimate, rows)
    assert 1.9 * error < half < 2.2 * error  # Student's quantile, few customers


# The E-value.


@pytest.mark.parametrize(
    ("ratio", "low", "high", "want", "want_limit"),
    [
        (3.9, 1.8, 8.7, 7.26, 3.0),  # VanderWeele & Ding (2017), infant feeding
        (1 / 3.9, 1 / 8.7, 1 / 1.8, 7.26, 3.0),  # the same, the other way round
        (1.5, 0.9, 2.5, 2.37, 1.0),  # an interval that holds 1
        (1.0, 0.5, 2.0, 1.0, 1.0),
    ],
)
def test_e_values(ratio, low, high, want, want_limit):
    estimate, limit = tp.e_value(ratio, low, high)
    assert (round(estimate, 2), round(limit, 2)) == (want, want_limit)


def test_an_e_value_is_the_least_confounding_that_explains_the_ratio_away():
    """The largest bias of two risk ratios E each is E² / (2E - 1) (Ding & VanderWeele 2016)."""
    for ratio in (1.2, 2.0, 7.5):
        e, _ = tp.e_value(ratio)
        assert e * e / (2 * e - 1) == pytest.approx(ratio)


def test_the_table_holds_the_e_value_of_its_rates():
    row = estimates()[1, m.STANDARDISED]
    want, _ = tp.e_value(row["fan_rate_pct"] / row["no_contact_rate_pct"])
    assert row["e_value"] == pytest.approx(want)
    assert 1 <= row["e_value_limit"] < row["e_value"]


# What must not change the result, and what must change it in a known way.

NUMBERS = (
    "n",
    "no_contact_n",
    "lift_points",
    "low_points",
    "high_points",
    "overlap_pct",
    "e_value",
)


def same(a, b, rename=lambda key: key):
    assert len(a) == len(b) > 20
    for key, row in a.items():
        for column in NUMBERS:
            if row[column] is None:
                assert b[rename(key)][column] is None
                continue
            assert row[column] == pytest.approx(b[rename(key)][column], rel=1e-6, abs=1e-7), (
                key,
                column,
            )


def test_order_of_rows_does_not_matter():
    same(estimates(), estimates(FRAME.sample(fraction=1, shuffle=True, seed=3)))


def test_names_of_customers_and_classes_do_not_matter():
    renamed = FRAME.with_columns(
        customer_id=pl.format("c{}", 1000 - pl.col("customer_id")),
        age=pl.col("age").replace({"age 0": "z", "age 1": "a", "age 2": "k"}),
        style=1 - pl.col("style"),
        earlier=10 - pl.col("earlier"),
    )
    same(estimates(), estimates(renamed))


def test_names_of_touchpoints_do_not_matter():
    renamed = FRAME.with_columns(pl.format("at {}", "touchpoint").alias("touchpoint"))
    found = estimates(renamed, by="touchpoint", negative_control="at park")
    same(estimates(by="touchpoint"), found, lambda key: (f"at {key[0]}", *key[1:]))


def test_the_scale_of_weights_does_not_matter():
    scaled = FRAME.with_columns(7 * pl.col("weight"))
    same(estimates(weights="weight"), estimates(scaled, weights="weight"))


def test_doubled_customers_keep_the_estimates_and_narrow_the_intervals():
    twin = FRAME.with_columns(pl.col("customer_id") + 10_000)
    once, twice = estimates(), estimates(pl.concat([FRAME, twin]))
    for key in [(1, method) for method in m.METHODS if method != m.ALL]:
        a, b = once[key], twice[key]
        assert a["lift_points"] == pytest.approx(b["lift_points"], abs=1e-6), key
        width = (a["high_points"] - a["low_points"]) / (b["high_points"] - b["low_points"])
        assert width == pytest.approx(math.sqrt(2), rel=0.05), key


@pytest.mark.parametrize("by", [None, "touchpoint"])
def test_with_one_class_for_all_there_is_nothing_to_adjust(by):
    flat = FRAME.with_columns(age=pl.lit("all"), style=pl.lit(1))
    found = estimates(flat, by=by)
    raws = [key for key in found if key[-1] == m.RAW]
    for key in raws:
        for method in (m.STANDARDISED, m.WEIGHTED):
            for column in ("lift_points", "low_points", "high_points", "e_value"):
                assert found[*key[:-1], method][column] == pytest.approx(
                    found[key][column], rel=1e-6
                )


def test_merging_a_split_class_that_tells_nothing_changes_nothing():
    """Two names for one age, given to twins: the strata differ, the standardised rate does not."""
    twins = pl.concat([FRAME, FRAME.with_columns(pl.col("customer_id") + 10_000)])
    split = twins.with_columns(
        age=pl.when(pl.col("customer_id") < 10_000).then("age").otherwise(pl.format("{}*", "age"))
    )
    a, b = estimates(twins), estimates(split)
    for method in (m.STANDARDISED, m.WEIGHTED):
        assert a[1, method]["lift_points"] == pytest.approx(b[1, method]["lift_points"], abs=0.3)


@pytest.mark.parametrize("engine", ["pandas", "lazy", "pyarrow", "duckdb"])
@pytest.mark.parametrize("by", [None, "touchpoint"])
def test_every_engine_gives_the_same(engine, by):
    frame = {
        "pandas": lambda: FRAME.to_pandas(),
        "lazy": lambda: FRAME.lazy(),
        "pyarrow": lambda: FRAME.to_arrow(),
        "duckdb": lambda: duckdb.from_arrow(FRAME.to_arrow()),
    }[engine]()
    want = tp.sensitivity_to_confounding(FRAME, by=by, weights="weight", **OPTIONS)
    found = tp.sensitivity_to_confounding(frame, by=by, weights="weight", **OPTIONS)
    for have, expected in ((found.table, want.table), (found.ranges, want.ranges)):
        plain = have if engine == "pandas" else have.to_pandas()
        pd.testing.assert_frame_equal(plain, expected.to_pandas(), check_dtype=False)


# Odd and wrong input.


def tiny(**columns):
    return pl.DataFrame(
        {
            "customer_id": [1, 2],
            "touchpoint": ["shop"] * 2,
            "grade": [1, None],
            "fan": [True, False],
        }
        | columns
    )


def test_two_rows_at_one_touchpoint():
    result = tp.sensitivity_to_confounding(tiny(age=["a", "a"]), covariates="age")
    rows = {row["method"]: row for row in result.table.to_dicts()}
    assert rows[m.RAW]["lift_points"] == 100
    assert rows[m.RAW]["low_points"] < 0
    assert rows[m.RAW]["e_value"] is None  # nobody without contact is a fan: no ratio
    assert result.ranges["reading"].to_list() == ["nothing can be concluded"]


@pytest.mark.parametrize("fan", [True, False])
def test_all_or_nobody_a_fan(fan):
    same_for_all = FRAME.with_columns(fan=pl.lit(fan), was_fan=pl.lit(fan))
    found = estimates(same_for_all)
    for (_, method), row in found.items():
        assert row["lift_points"] == pytest.approx(0, abs=1e-9)
        if method in (m.CHANGE, m.CONTROL):
            assert row["low_points"] is None
            assert "no spread" in row["note"]
        else:
            assert row["low_points"] < 0 < row["high_points"]


def test_without_overlap_the_row_says_so():
    apart = FRAME.with_columns(age=pl.when(pl.col("grade") == 1).then(pl.lit("x")).otherwise("age"))
    found = estimates(apart)
    for method in (m.STANDARDISED, m.WEIGHTED):
        assert found[1, method]["lift_points"] is None
        assert "overlap" in found[1, method]["note"]
    assert found[2, m.STANDARDISED]["lift_points"] is not None


def test_overlap_is_the_share_that_can_be_compared():
    lonely = FRAME.with_columns(
        age=pl.when((pl.col("grade") == 1) & (pl.col("touchpoint") == "shop"))
        .then(pl.lit("nobody else"))
        .otherwise("age")
    )
    ones = FRAME.filter(pl.col("grade") == 1, pl.col("fan").is_not_null())
    share = 100 * (ones["touchpoint"] != "shop").mean()
    found = estimates(lonely)
    assert found[1, m.STANDARDISED]["overlap_pct"] == pytest.approx(share)
    assert found[1, m.WEIGHTED]["overlap_pct"] == pytest.approx(share)


def test_an_earlier_wave_that_nobody_answered_leaves_its_methods_out():
    silent = FRAME.with_columns(
        earlier=pl.lit(None, dtype=pl.Int64), was_fan=pl.lit(None, dtype=pl.Boolean)
    )
    found = {method for _, method in estimates(silent)}
    assert found == {m.RAW, m.STANDARDISED, m.WEIGHTED, m.MOOD, m.CONTROL}


def test_one_method_alone_is_no_range():
    few = FRAME.filter(pl.col("touchpoint").is_in(["shop", "chat"]))
    result = tp.sensitivity_to_confounding(few, by=None)
    assert set(result.table["method"]) == {m.RAW}
    assert set(result.ranges["reading"]) == {"nothing can be concluded"}


def ask(**options):
    return tp.sensitivity_to_confounding(FRAME, **{"by": None} | options)


def test_wrong_input_is_refused():
    refused("no column 'agee'", "agee", "rename", ask, covariates="agee")
    refused("covariates 3", "column", "names", ask, covariates=3)
    refused(
        "'age' with two roles", "each column once", "once", ask, covariates=["age"], earlier="age"
    )
    refused("'grade' with two roles", "each column once", "once", ask, covariates=["grade"])
    refused("negative control 'parc'", "park", "did you mean 'park'", ask, negative_control="parc")
    refused(
        "grouping touchpoint, style", "alone", "one of them",
        ask, by=["touchpoint", "style"], negative_control="park",
    )  # fmt: skip
    refused("column 'age': 'age", "true or false", "convert", ask, earlier_fan="age")
    refused("column 'weight': ", "true or false", "convert", ask, earlier_fan="weight")
    refused("'earlier': nothing", "a class in each row", "unknown", ask, covariates="earlier")
    refused("with 234 classes", "at most 50", "cut", ask, covariates="customer_id")
    refused("ratio 0", "above 0", "another", tp.e_value, 0)
    refused("limits 3 and 4", "ratio between", "limits", tp.e_value, 2, 3, 4)


@pytest.mark.parametrize("backend", ["pandas", "polars"])
def test_touchpoints_may_be_numbers(backend):
    """A control is compared as it is: the number 4 is one of them, the text "4" is none."""
    numbered = FRAME.with_columns(
        pl.col("touchpoint").replace_strict({n: i for i, n in enumerate(NAMES)})
    )
    frame = numbered.to_pandas() if backend == "pandas" else numbered
    for by in (None, "touchpoint"):
        named = estimates(by=by)
        found = estimates(numbered, by=by, negative_control=4)
        assert {key[-1] for key in found} == {key[-1] for key in named}
        assert len(found) == len(named)
        refused(
            "negative control '4'", "0, 1, 2, 3, 4", "choose one",
            tp.sensitivity_to_confounding, frame, by=by, negative_control="4",
        )  # fmt: skip
    taken = tp.sensitivity_to_confounding(frame, negative_control=4).table
    assert m.CONTROL in set(taken["method"])


def test_an_interval_of_two_customers_stays_a_number():
    """At one degree of freedom t has no bound: the limit of the ratio must not overflow."""
    frame = pl.DataFrame(
        {
            "customer_id": [1, 2, 3, 4] * 2,
            "touchpoint": ["a"] * 4 + ["b"] * 4,
            "grade": [1, 1, None, None] * 2,
            "fan": [True, False] * 4,
        }
    )
    result = tp.sensitivity_to_confounding(frame, by=None, confidence=0.99999)
    raw = result.table.row(0, named=True)
    assert raw["e_value"] == 1
    assert raw["e_value_limit"] == 1


# What it is for.


def worlds_frame(world):
    data = tp.generate(3000, world=world, seed=11, backend="polars")
    before = tuple(f"bonding_{k}_previous" for k in range(1, 6))
    people = tp.FanRule().apply(data.customers)
    was = tp.FanRule(items=before).apply(data.customers).select("customer_id", was_fan="fan")
    answered = pl.all_horizontal(pl.col(c).is_not_null() for c in before)
    total = pl.sum_horizontal(pl.col(c).cast(pl.Int64) for c in before)
    people = people.join(was, on="customer_id").with_columns(earlier=pl.when(answered).then(total))
    kept = people.select("customer_id", "fan", "was_fan", "earlier", "age_group")
    return data.contacts.join(kept, on="customer_id")


def readings(world):
    result = tp.sensitivity_to_confounding(
        worlds_frame(world),
        by=None,
        covariates="age_group",
        earlier="earlier",
        earlier_fan="was_fan",
        negative_control="city_car_park",
    )
    assert "prove" not in result.text
    assert "may lie outside" in result.text
    return dict(zip(result.ranges["grade"], result.ranges["reading"], strict=True))


def test_where_contacts_cause_bonding_every_method_lifts_grade_1():
    assert readings("effect")[1] == "above no contact by every method"


def test_where_they_cause_nothing_nothing_can_be_concluded():
    assert readings("halo")[1] == "nothing can be concluded"
    assert readings("halo")[2] == "nothing can be concluded"
