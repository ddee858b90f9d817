"""What must follow when the data change in a known way: no expected number is written down.

Relabelled, permuted, doubled, merged, mirrored data and scaled weights; then the smallest data.
"""

from __future__ import annotations

import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import touchpoints as tp
from refusals import refused

TOUCHPOINTS = ["advert", "shop", "hotline", "returns"]
LISTING = pl.DataFrame(
    {
        "touchpoint": TOUCHPOINTS,
        "contact_phase": ["pre_contact", "contact", "post_contact", "post_contact"],
        "channel": ["media", "service", "service", "service"],
    }
)


@pytest.fixture(scope="module")
def contacts():
    """Ninety customers at four touchpoints; who is a fan grades better (synthetic)."""
    rng = np.random.default_rng(11)
    size = 90
    fan = rng.random(size) < 0.4
    grade = 1 + rng.poisson(np.where(fan, 0.5, 1.4)[:, None], (size, len(TOUCHPOINTS))).clip(0, 5)
    return pl.DataFrame(
        {
            "customer_id": np.repeat(np.arange(size), len(TOUCHPOINTS)),
            "touchpoint": TOUCHPOINTS * size,
            "grade": np.where(rng.random(grade.shape) < 0.4, 0, grade).ravel(),
            "fan": np.repeat(fan, len(TOUCHPOINTS)),
            "weight": np.repeat(rng.choice([0.5, 1.0, 3.0], size), len(TOUCHPOINTS)),
            "recommendation": rng.integers(0, 11, grade.size),
            "region": np.repeat(rng.choice(["north", "south"], size), len(TOUCHPOINTS)),
        }
    ).with_columns(pl.col("grade").replace(0, None))


def lens(frame):
    listed = LISTING.filter(pl.col("touchpoint").is_in(frame["touchpoint"].unique().implode()))
    return tp.channel_lens(frame.select("customer_id", "touchpoint", "grade"), listed)


# What is asked, and the keys of its table.
CALLS = {
    "fan rate": (lambda f: tp.fan_rate(f, by=["touchpoint", "grade"]), ["touchpoint", "grade"]),
    "weighted fan rate": (lambda f: tp.fan_rate(f, by="grade", weights="weight"), ["grade"]),
    "clustered fan rate": (
        lambda f: tp.fan_rate(f, by=["region", "grade"], cluster="customer_id", weights="weight"),
        ["region", "grade"],
    ),
    "lift": (tp.lift_over_no_contact, ["touchpoint", "grade"]),
    "weighted lift": (
        lambda f: tp.lift_over_no_contact(f, weights="weight"),
        ["touchpoint", "grade"],
    ),
    "pooled lift": (
        lambda f: tp.lift_over_no_contact(f, by="region", weights="weight"),
        ["region", "grade"],
    ),
    "net effect": (tp.net_contact_effect, ["touchpoint"]),
    "pooled net effect": (
        lambda f: tp.net_contact_effect(f, by="region", weights="weight"),
        ["region"],
    ),
    "contrasts": (
        lambda f: tp.grade_contrasts(f, by="region", weights="weight"),
        ["region", "grade"],
    ),
    "NPS": (lambda f: tp.nps(f, by="region"), ["region"]),
    "lens": (lens, ["touchpoint"]),
}


def rows(result, keys, rename=None):
    """The rows of a table by their keys, a key renamed where it is in the mapping."""
    rename = rename or {}
    return {
        tuple(rename.get(row[key], row[key]) for key in keys): {
            name: rename.get(value, value) if isinstance(value, str) else value
            for name, value in row.items()
            if name not in keys
        }
        for row in result.table.rows(named=True)
    }


def same(got, want):
    assert set(got) == set(want)
    for key, row in want.items():
        for column, value in row.items():
            near = pytest.approx(value, abs=1e-8) if isinstance(value, float) else value
            assert got[key][column] == near, (key, column)


@pytest.mark.parametrize("name", CALLS)
def test_the_order_of_rows_does_not_matter(contacts, name):
    call, keys = CALLS[name]
    same(
        rows(call(contacts.sample(fraction=1, shuffle=True, seed=3)), keys),
        rows(call(contacts), keys),
    )


@pytest.mark.parametrize("name", CALLS)
def test_names_do_not_matter(contacts, name):
    """New names in another order of the alphabet; customers become texts."""
    call, keys = CALLS[name]
    regions = {"north": "z", "south": "a"}
    renamed = contacts.with_columns(
        pl.col("region").replace(regions),
        pl.format("customer {}", 1_000 - pl.col("customer_id")).alias("customer_id"),
    )
    same(rows(call(renamed), keys), rows(call(contacts), keys, regions))


def test_names_of_touchpoints_do_not_matter(contacts):
    names = {"advert": "z", "shop": "y", "hotline": "x", "returns": "w"}
    renamed = contacts.with_columns(pl.col("touchpoint").replace(names))
    for name in ("fan rate", "lift", "weighted lift", "net effect"):
        call, keys = CALLS[name]
        same(rows(call(renamed), keys), rows(call(contacts), keys, names))
    listed = LISTING.with_columns(pl.col("touchpoint").replace(names))
    got = tp.channel_lens(renamed.select("customer_id", "touchpoint", "grade"), listed)
    same(rows(got, ["touchpoint"]), rows(lens(contacts), ["touchpoint"], names))


@pytest.mark.parametrize("name", [name for name in CALLS if name not in {"NPS", "lens"}])
@pytest.mark.parametrize("factor", [0.01, 1_000.0])
def test_only_the_proportions_of_weights_matter(contacts, name, factor):
    call, keys = CALLS[name]
    scaled = contacts.with_columns(pl.col("weight") * factor)
    same(rows(call(scaled), keys), rows(call(contacts), keys))


def twice(contacts):
    """Each customer and a twin."""
    twins = contacts.with_columns(pl.col("customer_id") + 1_000)
    return pl.concat([contacts, twins])


ESTIMATES = {
    "fan rate": ("fan_rate_pct", "low_pct", "high_pct"),
    "weighted fan rate": ("fan_rate_pct", "low_pct", "high_pct"),
    "clustered fan rate": ("fan_rate_pct", "low_pct", "high_pct"),
    "lift": ("lift_points", "low_points", "high_points"),
    "weighted lift": ("lift_points", "low_points", "high_points"),
    "pooled lift": ("lift_points", "low_points", "high_points"),
    "net effect": ("net_effect_points", "low_points", "high_points"),
    "pooled net effect": ("net_effect_points", "low_points", "high_points"),
    "contrasts": ("lift_points", "low_points", "high_points"),
    "NPS": ("nps", "adjusted_low", "adjusted_high"),
    "lens": ("mean_grade", "low", "high"),
}


@pytest.mark.parametrize("name", CALLS)
def test_twice_the_customers_tell_the_same_more_exactly(contacts, name):
    call, keys = CALLS[name]
    estimate, low, high = ESTIMATES[name]
    once, doubled = rows(call(contacts), keys), rows(call(twice(contacts)), keys)
    for key, row in once.items():
        assert doubled[key][estimate] == pytest.approx(row[estimate], abs=1e-9)
        assert doubled[key]["n"] == 2 * row["n"]
        width, before = doubled[key][high] - doubled[key][low], row[high] - row[low]
        # Score intervals of few answers shrink by less than the root of 2, those of few clusters by more.
        assert before / 2.6 < width < before, key


def test_twins_double_the_effective_size(contacts):
    """Σ r² doubles and K doubles: the variance halves but for m / (m − 1) of the m customers."""
    once, doubled = (
        tp.fan_rate(f, cluster="customer_id").table.row(0, named=True)
        for f in (contacts, twice(contacts))
    )
    m = once["clusters"]
    assert doubled["effective_n"] / once["effective_n"] == pytest.approx((2 * m - 1) / (m - 1))


def test_the_same_answers_again_tell_nothing_new(contacts):
    """Every contact once more, at a copy of its touchpoint: more rows of the same customers."""
    copies = contacts.with_columns(pl.col("touchpoint") + " copy")
    for call, columns in (
        (lambda f: tp.fan_rate(f, by="grade", cluster="customer_id"), ESTIMATES["fan rate"]),
        (lambda f: tp.lift_over_no_contact(f, by=None), ESTIMATES["lift"]),
        (lambda f: tp.net_contact_effect(f, by=None), ESTIMATES["net effect"]),
    ):
        # Grades 5 and 6 are few: where a customer has one row, the size is that of the rows.
        few = contacts.filter(pl.col("grade").is_null() | (pl.col("grade") <= 2))
        more = pl.concat([few, copies.filter(pl.col("grade").is_null() | (pl.col("grade") <= 2))])
        once, again = call(few).table, call(more).table
        for column in columns:
            assert again[column].to_list() == pytest.approx(once[column].to_list(), abs=1e-8)


def test_equal_groups_can_be_merged(contacts):
    own = pl.concat([contacts, contacts.with_columns(pl.col("customer_id") + 1_000)]).with_columns(
        region=pl.when(pl.col("customer_id") < 1_000).then(pl.lit("a")).otherwise(pl.lit("b"))
    )
    merged = own.with_columns(region=pl.lit("a"))
    for name in ("clustered fan rate", "pooled lift", "pooled net effect", "contrasts", "NPS"):
        call, keys = CALLS[name]
        parts, whole = rows(call(own), keys), rows(call(merged), keys)
        for key, row in whole.items():
            for part in (key, ("b", *key[1:])):
                assert row[ESTIMATES[name][0]] == pytest.approx(parts[part][ESTIMATES[name][0]])
            assert row["n"] == parts[key]["n"] + parts["b", *key[1:]]["n"]
    errors = (
        rows(tp.nps(own, by="region"), ["region"]),
        rows(tp.nps(merged, by="region"), ["region"]),
    )
    assert errors[0]["a",]["standard_error"] == pytest.approx(
        math.sqrt(2) * errors[1]["a",]["standard_error"]
    )


def test_equal_touchpoints_have_no_gap(contacts):
    """Two touchpoints with the same grades: both means are the channel's, merged or not."""
    shop = contacts.filter(pl.col("touchpoint") == "shop")
    both = pl.concat([shop, shop.with_columns(touchpoint=pl.lit("hotline"))])
    table = rows(lens(both), ["touchpoint"])
    for key in ("shop", "hotline"):
        assert table[key,]["gap_grades"] == pytest.approx(0, abs=1e-12)
        assert table[key,]["group_mean_grade"] == pytest.approx(shop["grade"].mean())


@pytest.mark.parametrize(
    "name", [name for name in CALLS if name not in {"NPS", "lens", "contrasts"}]
)
def test_fans_and_others_change_places(contacts, name):
    call, keys = CALLS[name]
    estimate, low, high = ESTIMATES[name]
    whole = 100 if "rate" in name else 0
    there, here = (rows(call(f), keys) for f in (contacts.with_columns(~pl.col("fan")), contacts))
    for key, row in here.items():
        assert there[key][estimate] == pytest.approx(whole - row[estimate], abs=1e-9)
        assert there[key][low] == pytest.approx(whole - row[high], abs=1e-8)
        assert there[key][high] == pytest.approx(whole - row[low], abs=1e-8)


def test_promoters_and_detractors_change_places(contacts):
    """9 and 10 become 0 and 1, 0 to 6 become 10, 7 and 8 stay."""
    answer = pl.col("recommendation")
    mirrored = contacts.with_columns(
        pl.when(answer > 8)
        .then(10 - answer)
        .when(answer < 7)
        .then(10)
        .otherwise(answer)
        .alias("recommendation")
    )
    there, here = (rows(tp.nps(f, by="region"), ["region"]) for f in (mirrored, contacts))
    for key, row in here.items():
        for one, other in (("nps", "nps"), ("low", "high"), ("adjusted_high", "adjusted_low")):
            assert there[key][one] == pytest.approx(-row[other])


def test_a_mirrored_scale_mirrors_the_lens(contacts):
    there, here = (
        rows(lens(f), ["touchpoint"])
        for f in (contacts.with_columns(grade=7 - pl.col("grade")), contacts)
    )
    for key, row in here.items():
        assert there[key]["mean_grade"] == pytest.approx(7 - row["mean_grade"])
        assert there[key]["low"] == pytest.approx(7 - row["high"])
        assert there[key]["gap_grades"] == pytest.approx(-row["gap_grades"], abs=1e-12)
        assert there[key]["gap_low"] == pytest.approx(-row["gap_high"], abs=1e-12)


COUNTS = st.integers(1, 5_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@settings(max_examples=200, deadline=None)
@given(COUNTS, st.integers(2, 50))
def test_wilson(counts, times):
    k, n = counts
    low, high = tp.wilson(k, n)
    assert 0 <= low <= k / n <= high <= 1
    assert tp.wilson(n - k, n) == pytest.approx((1 - high, 1 - low), abs=1e-12)
    inner = tp.wilson(times * k, times * n)
    assert inner[0] >= low - 1e-12
    assert inner[1] <= high + 1e-12
    wider = tp.wilson(k, n, confidence=0.99)
    assert wider[0] <= low
    assert wider[1] >= high


@settings(max_examples=200, deadline=None)
@given(COUNTS, COUNTS, st.integers(2, 50))
def test_newcombe(a, b, times):
    low, high = tp.newcombe(*a, *b)
    assert -1 <= low <= a[0] / a[1] - b[0] / b[1] <= high <= 1
    assert tp.newcombe(*b, *a) == pytest.approx((-high, -low), abs=1e-12)
    mirrored = tp.newcombe(a[1] - a[0], a[1], b[1] - b[0], b[1])
    assert mirrored == pytest.approx((-high, -low), abs=1e-12)
    inner = tp.newcombe(*(times * count for count in (*a, *b)))
    assert inner[0] >= low - 1e-12
    assert inner[1] <= high + 1e-12


def contact(grade, fan, customer=1, touchpoint="shop"):
    return {"customer_id": customer, "touchpoint": touchpoint, "grade": grade, "fan": fan}


SMALLEST = {  # grades and statuses of one customer each
    "one row": [(1, True)],
    "one row, no fan": [(1, False)],
    "zero fans": [(1, False), (2, False), (None, False)],
    "fans only": [(1, True), (2, True), (None, True)],
    "one with and one without": [(1, True), (None, False)],
    "the same twice": [(3, True), (3, False), (None, True)],
}


@pytest.mark.parametrize("name", SMALLEST)
@pytest.mark.parametrize("options", [{}, {"weights": "weight"}, {"cluster": "customer_id"}])
def test_rates_of_the_smallest_data(name, options):
    data = [contact(g, f, i) | {"weight": 2.0} for i, (g, f) in enumerate(SMALLEST[name])]
    frame = pl.DataFrame(data, schema_overrides={"grade": pl.Int64})
    table = tp.fan_rate(frame, **options).table.row(0, named=True)
    share = 100 * sum(f for _, f in SMALLEST[name]) / len(data)
    assert table["fan_rate_pct"] == pytest.approx(share)
    assert 0 <= table["low_pct"] <= share <= table["high_pct"] <= 100
    assert table["high_pct"] - table["low_pct"] > 20
    assert table["small_cell"]


@pytest.mark.parametrize("name", SMALLEST)
def test_differences_of_the_smallest_data(name):
    """One touchpoint; without somebody who had no contact there is nothing to set against."""
    frame = pl.DataFrame(
        [contact(g, f, i) for i, (g, f) in enumerate(SMALLEST[name])],
        schema_overrides={"grade": pl.Int64},
    )
    calls = (tp.lift_over_no_contact, tp.net_contact_effect)
    if name.startswith("one row"):
        for call in calls:
            refused(
                "nobody without contact in the group shop", "in each group", "leave", call, frame
            )
        return
    for call, (value, low, high) in zip(
        calls, (ESTIMATES["lift"], ESTIMATES["net effect"]), strict=True
    ):
        for by in ("touchpoint", None):
            for row in call(frame, by=by).table.rows(named=True):
                assert -100 <= row[low] <= row[value] <= row[high] <= 100
                assert row[high] - row[low] > 20


@pytest.mark.parametrize("answer", [0, 7, 10])
def test_the_score_of_one_answer(answer):
    result = tp.nps(pl.DataFrame({"recommendation": [answer]}))
    assert result.nps == {0: -1, 7: 0, 10: 1}[answer]
    assert -1 <= result.adjusted_low < result.adjusted_high <= 1
    assert result.adjusted_high - result.adjusted_low > 0.5


def test_the_lens_on_one_row_says_that_all_is_open():
    row = lens(pl.DataFrame([contact(2, None)])).table.row(0, named=True)
    assert (row["mean_grade"], row["low"], row["high"]) == (2, 1, 6)
    assert row["n"] == 1
