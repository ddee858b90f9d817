"""Standardised lifts: by their definition in plain loops, against statsmodels, in known worlds."""

from __future__ import annotations

import math

import altair as alt
import numpy as np
import pandas as pd
import polars as pl
import pytest
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep

import touchpoints as tp


def table_of(result):
    return pl.DataFrame(result.table).to_dicts()


def airport():
    """The airport's counts by mood, ratings turned into grades."""
    frame = tp.load("sfo_mood").astype({"touchpoint": "str", "mean_of_other_ratings": "str"})
    frame = frame[frame["mean_of_other_ratings"] != "fewer_than_3"]
    rating = pd.to_numeric(frame["rating"].astype("str"), errors="coerce")
    return frame.assign(grade=6 - rating, mood=frame["mean_of_other_ratings"])


@pytest.fixture(scope="module")
def counts():
    return airport()


@pytest.fixture(scope="module")
def lifts(counts):
    return tp.standardised_lift_from_counts(counts, stratum="mood", fans="top_box")


def by_definition(rows, grade):
    """The formula of the module's docstring in plain Python; distances from statsmodels."""
    cells, size = {}, {}
    for row in rows:
        graded = None if math.isnan(row["grade"]) else row["grade"]
        cells[row["mood"], graded] = (row["top_box"], row["n"])
        size[row["mood"]] = size.get(row["mood"], 0) + row["n"]
    shared = [m for m in size if (m, grade) in cells and (m, None) in cells]
    whole = sum(size[m] for m in shared)
    lift = below = above = 0.0
    for mood in shared:
        a, n_a = cells[mood, grade]
        b, n_b = cells[mood, None]
        low, high = confint_proportions_2indep(a, n_a, b, n_b, method="newcomb")
        weight, own = size[mood] / whole, a / n_a - b / n_b
        lift += weight * own
        below += (weight * (own - low)) ** 2
        above += (weight * (high - own)) ** 2
    return lift, lift - below**0.5, lift + above**0.5, whole / sum(size.values()), len(shared)


def test_the_airport_by_the_definition(counts, lifts):
    compared = 0
    for row in table_of(lifts):
        own = counts[counts["touchpoint"] == row["touchpoint"]].to_dict("records")
        lift, low, high, support, strata = by_definition(own, row["grade"])
        got = [row[c] for c in ("lift_points", "low_points", "high_points", "support_pct")]
        assert got == pytest.approx([100 * v for v in (lift, low, high, support)], abs=1e-6)
        assert row["strata"] == strata
        compared += 1
    assert compared == 14 * 5


def test_one_stratum_is_the_lift_itself():
    """With nothing to hold alike, estimate, interval and p-value are those of the contrasts."""
    frame = pd.DataFrame(
        {"grade": [1, 2, None], "n": [40, 50, 60], "fans": [30, 10, 18], "layer": "all"}
    )
    got = tp.standardised_lift_from_counts(frame, stratum="layer", by=None).table
    want = tp.grade_contrasts_from_counts(frame, by=None).table
    columns = ["n", "fans", "lift_points", "low_points", "high_points", "p_value", "p_holm", "p_bh"]
    for column in columns:
        assert got[column].tolist() == pytest.approx(want[column].tolist(), abs=1e-9)


def test_p_values_say_what_the_intervals_say_and_are_adjusted_in_their_families(lifts, counts):
    table = pd.DataFrame(table_of(lifts))
    for confidence in (0.8, 0.95, 0.999):
        at = tp.standardised_lift_from_counts(
            counts, stratum="mood", fans="top_box", confidence=confidence
        ).table
        excludes = (at["low_points"] > 0) | (at["high_points"] < 0)
        assert ((table["p_value"] <= 1 - confidence) == excludes).all()
    for _, own in table.groupby("touchpoint"):
        assert own["p_holm"].tolist() == pytest.approx(
            multipletests(own["p_value"], method="holm")[1].tolist()
        )
    for _, own in table.groupby("grade"):
        assert own["p_bh"].tolist() == pytest.approx(
            multipletests(own["p_value"], method="fdr_bh")[1].tolist()
        )


def world(effect, n=1000):
    """Two moods: the good rate better, have contact more often, and are fans three times as often."""
    rows = []
    for mood, base, kind in (("good", 0.6, 0.8), ("bad", 0.2, 0.3)):
        for grade, share in ((1, kind), (2, 1 - kind)):
            rate = base + (effect if grade == 1 else 0)
            rows.append((mood, grade, share * n, rate * share * n))
        rows.append((mood, None, n / 2, base * n / 2))
    frame = pd.DataFrame(rows, columns=["mood", "grade", "n", "fans"])
    return frame.round({"n": 0, "fans": 0}).astype({"n": int, "fans": int})


@pytest.mark.parametrize("effect", [0.0, 0.1])
def test_a_known_effect_is_found_where_mood_makes_the_rest(effect):
    frame = world(effect)
    raw = tp.lift_from_counts(
        frame.groupby("grade", dropna=False)[["n", "fans"]].sum().reset_index(), by=None
    )
    held = tp.standardised_lift_from_counts(frame, stratum="mood", by=None)
    assert table_of(raw)[0]["lift_points"] > 100 * effect + 5
    assert table_of(raw)[1]["lift_points"] < -5
    assert [row["lift_points"] for row in table_of(held)] == pytest.approx(
        [100 * effect, 0], abs=0.2
    )


@pytest.mark.parametrize("sizes", [(300, 200, 60), (12, 20, 6)])
def test_intervals_cover_the_truth_about_as_often_as_they_say(sizes):
    """2,000 surveys of three strata; 95 % within Monte-Carlo error, or more in tiny cells."""
    rng = np.random.default_rng(11)
    graded, without = np.array([0.2, 0.5, 0.9]), np.array([0.1, 0.5, 0.7])
    size = np.array(sizes)
    weight = size / size.sum()
    parts = []
    for grade, rate in ((1.0, graded), (np.nan, without)):
        fans = rng.binomial(size, rate, (2_000, 3))
        survey, stratum = np.indices(fans.shape)
        parts.append(
            pd.DataFrame(
                {
                    "survey": survey.ravel(),
                    "stratum": stratum.ravel(),
                    "grade": grade,
                    "n": np.tile(size, 2_000),
                    "fans": fans.ravel(),
                }
            )
        )
    table = tp.standardised_lift_from_counts(pd.concat(parts), stratum="stratum", by="survey").table
    truth = 100 * float(weight @ (graded - without))
    covered = ((table["low_points"] <= truth) & (truth <= table["high_points"])).mean()
    assert 0.94 <= covered <= 0.975


def test_engines_and_the_order_of_rows_change_nothing(counts, lifts):
    columns = ["touchpoint", "mood", "grade", "n", "top_box"]
    plain = pl.DataFrame(counts[columns].to_dict("list")).with_columns(
        pl.col("grade").fill_nan(None)
    )
    shuffled = plain.sample(fraction=1, shuffle=True, seed=3)
    want = pl.DataFrame(table_of(lifts))
    for frame in (plain, shuffled, shuffled.lazy(), plain.to_arrow()):
        got = tp.standardised_lift_from_counts(frame, stratum="mood", fans="top_box")
        assert pl.DataFrame(got.table).to_dicts() == [pytest.approx(row) for row in want.to_dicts()]


def test_relabelled_strata_change_nothing_and_more_answers_narrow(counts, lifts):
    again = counts.assign(mood=counts["mood"].map(lambda m: f"class {m}"), n=100 * counts["n"])
    again["top_box"] = 100 * again["top_box"]
    many = tp.standardised_lift_from_counts(again, stratum="mood", fans="top_box").table
    few = pd.DataFrame(table_of(lifts))
    assert many["lift_points"].tolist() == pytest.approx(few["lift_points"].tolist())
    width, was = (t["high_points"] - t["low_points"] for t in (many, few))
    assert (width < was).all()


def test_a_heavy_stratum_with_one_answer_makes_a_small_cell():
    frame = pd.DataFrame(
        {
            "layer": ["a", "a", "b", "b"],
            "grade": [1, None, 1, None],
            "n": [400, 400, 1, 400],
            "fans": [100, 100, 1, 100],
        }
    )
    assert table_of(tp.standardised_lift_from_counts(frame, stratum="layer", by=None))[0][
        "small_cell"
    ]
    enough = frame.assign(n=400)
    row = table_of(tp.standardised_lift_from_counts(enough, stratum="layer", by=None))[0]
    assert not row["small_cell"]


def test_text_and_chart_say_what_was_held_alike(lifts):
    assert lifts.text.startswith(
        "Standardised over mood, against no contact: grade 1 clearly above"
    )
    assert "Associations all the same" in lifts.text
    one = tp.standardised_lift_from_counts(world(0.1), stratum="mood", by=None)
    assert "grade 1 +10.0 points (95 % interval" in one.text
    chart = one.chart()
    assert isinstance(chart, alt.LayerChart)
    assert chart.title.text.startswith("Alike in mood.")
    assert chart.description == one.text


COUNTS = pd.DataFrame({"grade": [1, None], "n": [10, 10], "fans": [5, 5], "layer": ["a", "a"]})


@pytest.mark.parametrize(
    ("frame", "options", "says"),
    [
        (COUNTS, {"stratum": "mood"}, "'mood'"),
        (COUNTS, {"stratum": "grade"}, "stratum 'grade'"),
        (COUNTS, {"stratum": 3}, "stratum 3"),
        (COUNTS, {"stratum": "layer", "by": "layer"}, "stratum 'layer'"),
        (COUNTS, {"stratum": "lift_points"}, "uses itself"),
        (
            COUNTS.assign(layer=["a", "b"]),
            {"stratum": "layer"},
            "no layer in common with no contact",
        ),
        (COUNTS.assign(grade=None), {"stratum": "layer"}, "more than once"),
        (COUNTS.iloc[1:], {"stratum": "layer"}, "no graded contact"),
        (COUNTS.assign(fans=[11, 0]), {"stratum": "layer"}, "11 fans among 10"),
        (COUNTS, {"stratum": "layer", "confidence": 95}, "confidence 95"),
        (pd.concat([COUNTS, COUNTS]), {"stratum": "layer"}, "more than once"),
    ],
)
def test_wrong_input_is_told_in_one_sentence(frame, options, says):
    with pytest.raises(tp.InputError, match="allowed is") as told:
        tp.standardised_lift_from_counts(
            frame.astype({"grade": "float"}), **({"by": None} | options)
        )
    assert says in str(told.value)
