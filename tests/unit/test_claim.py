"""The claim test against loops over rows in plain Python, its rule, and the worlds it is made for."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import definitions
import touchpoints as tp
from refusals import refused
from touchpoints.core.claim_parts import BEST, CONSISTENT, CONTRADICTED, OTHERS, PARTS, SECOND

SCHEMA = {"customer_id": pl.Int64, "touchpoint": pl.String, "grade": pl.Int64, "fan": pl.Boolean}


def cells(touchpoint, **rates):
    """Rows of one touchpoint: 400 customers a cell; `g0` is no contact."""
    rows = []
    for name, pct in rates.items():
        rows += [
            {
                "customer_id": 1000 * int(name[1]) + i,
                "touchpoint": touchpoint,
                "grade": int(name[1]) or None,
                "fan": i < 4 * pct,
            }
            for i in range(400)
        ]
    return rows


def frame(*rows):
    return pl.DataFrame([row for part in rows for row in part], schema=SCHEMA)


def verdict_of(data, **options):
    table = tp.only_best_counts(data, **options).table
    return {row["touchpoint"]: (row["pattern"], row["verdict"]) for row in table.to_dicts()}


AS_CLAIMED = {"g0": 40, "g1": 70, "g2": 25, "g3": 20, "g4": 10}


def bound(rate, none, level, side):
    """One-sided bound of a difference in points, from Wilson's bounds by bisection."""
    return 100 * definitions.newcombe(rate, none, confidence=1 - 2 * level)[side]


def by_brute_force(rows, margin, alpha):
    """Each part from its one-sided intervals; the opposite after Holm, step by step."""
    groups = definitions.groups(rows, ("grade",))
    none = definitions.fan_rate(groups.pop((None,)), None, None)
    rates = {grade: definitions.fan_rate(own, None, None) for (grade,), own in groups.items()}

    def support(grade, level):
        rate = rates[grade]
        if grade == 1:
            return bound(rate, none, level, 0) > 0
        return bound(rate, none, level, 1) < (0 if grade == 2 else margin)

    def opposite(grade, level):
        rate = rates[grade]
        if grade == 1:
            return bound(rate, none, level, 1) < 0
        return bound(rate, none, level, 0) > (0 if grade == 2 else margin)

    # Holm: with m open questions one is answered at α / m; then the next at α / (m - 1).
    shown, open_ = set(), set(rates)
    while open_:
        found = {grade for grade in open_ if opposite(grade, alpha / len(open_))}
        if not found:
            break
        shown |= found
        open_ -= found
    result = {}
    for part, grades in ((BEST, {1}), (SECOND, {2}), (OTHERS, {3, 4, 5, 6})):
        own = grades & set(rates)
        if own and all(support(grade, alpha) for grade in own):
            result[part] = "consistent"
        else:
            result[part] = "contradicted" if own & shown else "undecided"
    return result


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_each_part_agrees_with_plain_loops(data):
    rows = [
        {"customer_id": 100 * g + i, "touchpoint": "t", "grade": g or None, "fan": i < fans}
        for g in range(7)
        for n in [data.draw(st.integers(1 if g in (0, 1) else 0, 40))]
        for fans in [data.draw(st.integers(0, n))]
        for i in range(n)
    ]
    margin, alpha = data.draw(st.sampled_from([(0, 0.05), (5.3, 0.1), (20, 0.01)]))
    result = tp.only_best_counts(frame(rows), margin_points=margin, alpha=alpha)
    got = {row["part"]: row["verdict"] for row in result.parts.to_dicts()}
    want = by_brute_force(rows, margin, alpha)
    assert got == want
    pattern = result.table["pattern"][0]
    if "contradicted" in want.values():
        assert pattern == "contradicted"
    else:
        assert pattern == ("consistent" if set(want.values()) == {"consistent"} else "undecided")


@pytest.mark.parametrize(
    ("change", "part", "says"),
    [
        ({"g1": 41}, BEST, "undecided"),
        ({"g1": 20}, BEST, "contradicted"),
        ({"g2": 38}, SECOND, "undecided"),
        ({"g2": 60}, SECOND, "contradicted"),
        ({"g4": 42}, OTHERS, "undecided"),
        ({"g3": 60}, OTHERS, "contradicted"),
    ],
)
def test_each_part_may_fail_on_its_own(change, part, says):
    result = tp.only_best_counts(frame(cells("t", **(AS_CLAIMED | change))))
    verdicts = {row["part"]: row["verdict"] for row in result.parts.to_dicts()}
    assert verdicts == dict.fromkeys(PARTS, "consistent") | {part: says}
    assert result.table["pattern"][0] == result.table["verdict"][0] == says


def test_a_wider_margin_lets_grade_3_lie_higher():
    data = frame(cells("t", **(AS_CLAIMED | {"g3": 41})))
    assert verdict_of(data, margin_points=1)["t"][0] == "undecided"
    assert verdict_of(data, margin_points=10)["t"][0] == "consistent"


def test_a_pattern_alone_identifies_nothing():
    assert verdict_of(frame(cells("t", **AS_CLAIMED)))["t"] == ("consistent", "not identifiable")


@pytest.mark.parametrize(
    ("control", "says"),
    [
        ({"g0": 40, "g1": 40, "g2": 40, "g3": 40, "g4": 40}, "consistent"),
        (AS_CLAIMED, "not identifiable"),
        ({"g0": 40, "g1": 42, "g2": 25, "g3": 25, "g4": 25}, "not identifiable"),
        # Beyond the control grade 2 lifts; mood may simply weigh more there.
        ({"g0": 60, "g1": 62, "g2": 5, "g3": 60, "g4": 60}, "not identifiable"),
        # No customer graded the control 4, so nothing is known of mood at that grade.
        ({"g0": 40, "g1": 40, "g2": 40, "g3": 40}, "not identifiable"),
    ],
)
def test_a_negative_control_tells_what_mood_makes(control, says):
    data = frame(cells("t", **AS_CLAIMED), cells("car_park", **control))
    verdicts = verdict_of(data, negative_control="car_park")
    assert verdicts["t"] == ("consistent", says)
    assert verdicts["car_park"][1] != "consistent"


def test_the_bounds_beyond_the_control_add_both_distances():
    """By hand: Newcombe's bounds of both contrasts, the farther ones subtracted from each other."""
    control = {"g0": 40, "g1": 52, "g2": 38, "g3": 40, "g4": 40}
    data = frame(cells("t", **AS_CLAIMED), cells("car_park", **control))
    parts = tp.only_best_counts(data, negative_control="car_park").parts.to_dicts()
    p = next(r["p_for"] for r in parts if r["beyond_control"] and r["part"] == BEST)

    def gap(level):
        low, _ = tp.newcombe(280, 400, 160, 400, confidence=1 - 2 * level)
        _, high = tp.newcombe(208, 400, 160, 400, confidence=1 - 2 * level)
        return low - high

    assert gap(1.001 * p) > 0 > gap(0.999 * p)


def test_the_three_worlds():
    """Pure mood must not pass for an effect. Synthetic customers, whose truth is known."""
    for world in ("effect", "halo", "mixed"):
        made = tp.generate(n_customers=4000, world=world, seed=3)
        fans = made.customers.dropna(subset=["bonding_1"])
        items = fans[[f"bonding_{k}" for k in range(1, 6)]].astype(float)
        status = fans[["customer_id"]].assign(fan=(items.mean(axis=1) >= 4).astype(bool))
        data = made.contacts.merge(status, on="customer_id")
        raw = tp.only_best_counts(data).table
        held = tp.only_best_counts(data, negative_control="city_car_park").table
        assert (raw["pattern"] == CONSISTENT).sum() >= 3
        assert not (raw["verdict"] == CONSISTENT).any()
        if world == "halo":
            assert not (held["verdict"] == CONSISTENT).any()


def test_clusters_and_weights_come_from_the_existing_machinery():
    """The same people at two touchpoints: pooled, they count once, so p-values stay as they were."""
    once = frame(cells("a", **AS_CLAIMED))
    twice = frame(cells("a", **AS_CLAIMED), cells("b", **AS_CLAIMED))
    p_once, p_twice = (tp.only_best_counts(f, by=None).table["p_pattern"][0] for f in (once, twice))
    assert p_twice == pytest.approx(p_once, rel=0.02)
    heavy = once.with_columns(w=pl.when(pl.col("grade") == 1).then(3.0).otherwise(0.5))
    weighted = tp.only_best_counts(heavy, weights="w")
    assert weighted.weights == "w"
    plain = tp.only_best_counts(once).table["p_pattern"][0]
    assert weighted.table["p_pattern"][0] == pytest.approx(plain, rel=0.05)


def test_no_word_of_proof():
    data = frame(cells("t", **AS_CLAIMED), cells("u", **(AS_CLAIMED | {"g1": 10})))
    for result in (
        tp.only_best_counts(data),
        tp.only_best_counts(data, negative_control="u"),
        tp.only_best_counts(data.filter(pl.col("touchpoint") == "t")),
    ):
        said = result.text + str(result.table.to_dicts()) + str(result.parts.to_dicts())
        assert "prove" not in said.lower()
        assert "proof" not in said.lower()
    assert CONTRADICTED in tp.only_best_counts(data).text


def test_wrong_input():
    data = frame(cells("t", **AS_CLAIMED))
    call = tp.only_best_counts
    for margin in (-1, 100, None, "2", True, float("nan")):
        refused(
            "margin_points", "0 or more and below 100", "another", call, data, margin_points=margin
        )
    for alpha in (0, 0.5, 5, None, float("nan")):
        refused("alpha", "above 0 and below 0.5", "another", call, data, alpha=alpha)
    refused("control 'tt'", "touchpoints t", "mean 't'", call, data, negative_control="tt")
    refused("grouping None", "'touchpoint'", "by=", call, data, by=None, negative_control="t")
    refused("no column 'fan'", "a column 'fan'", "rule", call, data.drop("fan"))
    refused("no row", "one row", "check", call, data.head(0))


def test_counts_give_the_verdicts_of_their_rows():
    data = frame(cells("a", **AS_CLAIMED), cells("b", **{**AS_CLAIMED, "g1": 45}))
    counts = data.group_by("touchpoint", "grade").agg(
        pl.len().alias("n"), pl.col("fan").sum().alias("fans")
    )
    for options in ({}, {"negative_control": "b", "margin_points": 5.0, "alpha": 0.01}):
        rows = tp.only_best_counts(data, **options)
        given_counts = tp.only_best_counts_from_counts(counts, **options)
        assert rows.table.equals(given_counts.table)
        assert rows.parts.equals(given_counts.parts)
