"""The cluster bootstrap against drawn rows in plain loops, and what must not change its answer."""

from __future__ import annotations

import numpy as np
import pandas as pd
import polars as pl
import pytest

import touchpoints as tp
from refusals import refused
from touchpoints.core.cluster_bootstrap import percentiles_at
from touchpoints.core.normal import cdf

DRAWS = 200
COPIES = 100


def contacts(seed=5, customers=300, names="ab"):
    """Synthetic contacts: fans grade better; each customer is met at each touchpoint or not."""
    rng = np.random.default_rng(seed)
    fan = rng.random(customers) < 0.35
    parts = []
    for name in names:
        grade = np.clip(rng.poisson(np.where(fan, 0.7, 1.2)) + 1, 1, 4).astype(float)
        grade[rng.random(customers) < 0.3] = np.nan
        own = {"customer_id": np.arange(customers), "touchpoint": name, "grade": grade, "fan": fan}
        parts.append(pd.DataFrame(own | {"weight": 1.0 + (np.arange(customers) % 3)}))
    return pd.concat(parts, ignore_index=True)


@pytest.fixture(scope="module")
def frame():
    return contacts()


def same(one, other, *tables, but=()):
    for name in tables or ("table", "net"):
        left, right = (pl.DataFrame(getattr(r, name)).drop(*but) for r in (one, other))
        assert left.columns == right.columns
        for column in left.columns:
            if left[column].dtype.is_numeric():
                assert left[column].to_numpy() == pytest.approx(
                    right[column].to_numpy(), rel=1e-9, abs=1e-9
                ), column
            else:
                assert left[column].to_list() == right[column].to_list()


def by_copying_rows(frame, weights, seed):
    """Draw customers as the package does, copy their rows, and count: one lift a draw and grade."""
    customers = np.unique(frame["customer_id"])
    drawn = np.random.default_rng(seed).integers(len(customers), size=(COPIES, len(customers)))
    parts = dict(list(frame.groupby("customer_id")))
    lifts = []
    for draw in drawn:
        rows = pd.concat([parts[customers[i]] for i in draw])
        w = rows[weights] if weights else pd.Series(1.0, index=rows.index)
        rows = rows.assign(w=w, wf=w * rows["fan"], grade=rows["grade"].fillna(0))
        sums = rows.groupby("grade")[["w", "wf"]].sum()
        rate = 100 * sums["wf"] / sums["w"]
        net = sums.drop(0.0).sum()
        lifts.append(
            [*(rate[g] - rate[0.0] for g in (1.0, 2.0)), 100 * net["wf"] / net["w"] - rate[0.0]]
        )
    return np.array(lifts)


@pytest.mark.parametrize("weights", [None, "weight"])
def test_counts_give_what_copied_rows_give(weights):
    frame = contacts(customers=70)
    result = tp.bootstrap_contrasts(frame, by=None, weights=weights, draws=COPIES, seed=4)
    table, net = result.table, result.net
    lifts = by_copying_rows(frame, weights, seed=4)
    ranks = int(np.floor((COPIES + 1) * 0.025))
    for j, row in enumerate([*table[:2].to_dict("records"), *net.to_dict("records")]):
        rising = np.sort(lifts[:, j])
        assert row["bootstrap_low_points"] == pytest.approx(rising[ranks - 1])
        assert row["bootstrap_high_points"] == pytest.approx(rising[-ranks])
        assert row["standard_error_points"] == pytest.approx(lifts[:, j].std())


@pytest.mark.parametrize("options", [{}, {"by": None}, {"by": None, "weights": "weight"}], ids=str)
def test_the_two_intervals_agree_where_there_are_many_customers(options):
    result = tp.bootstrap_contrasts(contacts(customers=2000), draws=1000, **options)
    for frame in (result.table, result.net):
        wide = frame["high_points"] - frame["low_points"]
        drawn = frame["bootstrap_high_points"] - frame["bootstrap_low_points"]
        assert (drawn / wide).between(0.9, 1.1).all()
        low = (frame["bootstrap_low_points"] - frame["low_points"]).abs()
        assert (low < 0.12 * wide).all()
    assert not result.table["empty_draws"].any()


@pytest.mark.parametrize("options", [{}, {"by": None}, {"weights": "weight"}], ids=str)
def test_order_of_rows_scale_of_weights_and_engine_change_nothing(frame, options):
    result = tp.bootstrap_contrasts(frame, draws=DRAWS, **options)
    other = frame.sample(frac=1, random_state=3).assign(weight=frame["weight"] * 0.3)
    same(result, tp.bootstrap_contrasts(other, draws=DRAWS, **options))
    same(result, tp.bootstrap_contrasts(pl.from_pandas(frame).lazy(), draws=DRAWS, **options))


def test_a_touchpoint_renamed_or_alone_keeps_its_intervals(frame):
    result = tp.bootstrap_contrasts(frame, draws=DRAWS)
    renamed = frame.assign(touchpoint=frame["touchpoint"].map({"a": "y", "b": "z"}))
    same(result, tp.bootstrap_contrasts(renamed, draws=DRAWS), but=["touchpoint"])
    alone = tp.bootstrap_contrasts(frame[frame["touchpoint"] == "b"], draws=DRAWS).table
    both = result.table[result.table["touchpoint"] == "b"]
    assert alone.iloc[:, 1:].to_numpy(float) == pytest.approx(both.iloc[:, 1:].to_numpy(float))


def test_rows_copied_for_the_same_customers_tell_no_more(frame):
    """The naive interval would shrink by a third; that of customers stays."""
    one = tp.bootstrap_contrasts(frame, by=None, draws=DRAWS)
    copied = frame.assign(touchpoint=frame["touchpoint"] + "2")
    two = tp.bootstrap_contrasts(pd.concat([frame, copied]), by=None, draws=DRAWS)
    same(one, two, but=["n", "fans", "no_contact_n", "no_contact_fans", "small_cell"])


def test_twice_the_customers_narrow_the_interval(frame):
    one = tp.bootstrap_contrasts(frame, draws=1000).table
    again = frame.assign(customer_id=frame["customer_id"] + 10_000)
    two = tp.bootstrap_contrasts(pd.concat([frame, again]), draws=1000).table
    large = one["n"] > 60
    ratio = one["standard_error_points"] / two["standard_error_points"]
    assert ratio[large].between(1.25, 1.6).all()


def test_percentiles_are_ranks_and_an_empty_draw_widens():
    drawn = np.arange(1.0, 100.0)[None]
    low, high = percentiles_at(drawn)(np.full(1, 1.959963984540054))
    assert (low[0], high[0]) == (2, 98)  # ranks 2.5, cut, of 99
    with_empty = np.concatenate([drawn, np.full((1, 3), np.nan)], axis=1)
    assert percentiles_at(with_empty)(np.full(1, 1.96))[0][0] == -200
    assert percentiles_at(with_empty)(np.full(1, 1.96))[1][0] == 200
    z = 6.0  # no draw lies so far out
    assert percentiles_at(drawn)(np.full(1, z))[0][0] == -200
    assert cdf(-z) < 1 / 100


def test_claim_by_bootstrap_says_what_the_formula_says_where_cells_are_large():
    frame = contacts(customers=3000)
    for options in ({}, {"by": None}, {"weights": "weight"}):
        parts, drawn = (
            tp.only_best_counts(frame, bootstrap=b, **options).parts for b in (None, 500)
        )
        assert parts["p_for"].to_numpy() == pytest.approx(drawn["p_for"].to_numpy(), abs=0.03)
        assert parts["grades"].tolist() == drawn["grades"].tolist()
        assert drawn["p_for"].min() >= 0.999 / 501
        assert (parts["least_effective_n"] > 0).all()


def test_joint_draws_know_that_the_same_customers_grade_the_control():
    """A control that is the touchpoint itself under another name: the difference is exactly 0."""
    frame = contacts(customers=600, names="a")
    twin = pd.concat([frame, frame.assign(touchpoint="control")])
    drawn = tp.only_best_counts(twin, negative_control="control", bootstrap=500, margin_points=1)
    beyond = drawn.parts.query("beyond_control").set_index("part")
    assert beyond.loc["grades 3 to 6 do not lift", "p_for"] == pytest.approx(1 / 501, abs=1e-3)
    formula = tp.only_best_counts(twin, negative_control="control", margin_points=1)
    reserve = formula.parts.query("beyond_control").set_index("part")
    assert reserve.loc["grades 3 to 6 do not lift", "p_for"] > 0.3
    assert "500 draws of customers" in drawn.text


def test_cells_without_spread_keep_the_analytic_bounds():
    """0 of 40 fans at grade 3: resampling would be certain, Newcombe's interval is not."""
    rows = [
        {"customer_id": 1000 * g + i, "touchpoint": "t", "grade": g or None, "fan": i < fans}
        for g, n, fans in ((0, 40, 2), (1, 60, 40), (2, 40, 0), (3, 40, 0))
        for i in range(n)
    ]
    frame = pl.DataFrame(rows, schema_overrides={"grade": pl.Int64})
    formula, drawn = (tp.only_best_counts(frame, bootstrap=b).parts for b in (None, 1000))
    own = formula["part"] != "grade 1 lifts"
    assert drawn.filter(own)["p_for"].to_list() == formula.filter(own)["p_for"].to_list()
    assert formula.filter(own)["p_for"].to_list()[0] > 0.05


@pytest.mark.parametrize(
    "rows",
    [
        [(1, 1.0, True), (2, None, False)],
        [(1, 1.0, False), (2, None, False), (3, 2.0, False)],
        [(1, 1.0, True), (2, None, True), (3, None, True)],
    ],
    ids=["one of each", "no fan", "all fans"],
)
def test_odd_frames_have_an_answer(rows):
    frame = pl.DataFrame(
        [{"customer_id": c, "touchpoint": "t", "grade": g, "fan": f} for c, g, f in rows],
        schema_overrides={"grade": pl.Float64},
    )
    result = tp.bootstrap_contrasts(frame, draws=100)
    table = result.table
    assert (table["bootstrap_low_points"] <= table["bootstrap_high_points"]).all()
    assert table["empty_draws"].min() > 0
    assert "No cell is large enough" in result.text
    assert tp.only_best_counts(frame, bootstrap=100).table["verdict"].to_list() == ["undecided"]


def test_effective_sizes_stand_beside_the_counts(frame):
    plain = tp.grade_contrasts(frame)
    assert (plain.table["effective_n"] == plain.table["n"]).all()
    assert "independent ones" not in plain.text
    pooled = tp.grade_contrasts(frame, by=None, weights="weight")
    rates = tp.fan_rate(frame, by="grade", cluster="customer_id", weights="weight").table
    want = rates["effective_n"].to_numpy()
    assert pooled.table["effective_n"].to_numpy() == pytest.approx(want[:-1])
    assert pooled.table["no_contact_effective_n"][0] == pytest.approx(want[-1])
    assert "tell as much as" in pooled.text
    assert "tell as much as" in tp.lift_over_no_contact(frame, by=None).text


@pytest.mark.parametrize("call", [tp.bootstrap_contrasts, tp.only_best_counts])
def test_what_is_refused(frame, call):
    name = "draws" if call is tp.bootstrap_contrasts else "bootstrap"
    refused("draws 5", "from 100 to 1,000,000", "in this range", call, frame, **{name: 5})
    refused("seed 0.5", "0 or more", "in this range", call, frame, **{name: 100}, seed=0.5)
