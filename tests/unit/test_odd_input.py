"""Odd but allowed input gets numbers, never NaN: a group of one, all fans, no fan, one customer."""

from __future__ import annotations

import math

import narwhals as nw
import pandas as pd
import pytest

import touchpoints as tp

ODD = {
    "one fan and one without contact": [(1, "shop", 1, True), (2, "shop", None, False)],
    "all are fans": [(i, "shop", 1 if i < 5 else None, True) for i in range(10)],
    "nobody is a fan": [(i, "shop", 1 if i < 5 else None, False) for i in range(10)],
    "fans are those with contact": [(i, "shop", 1 if i < 5 else None, i < 5) for i in range(10)],
    "one customer everywhere": [
        (1, name, g, True) for name, g in (("a", 1), ("b", 6), ("c", None))
    ],
    "two customers of opposite kinds": [
        (i, name, g, i == 1) for i in (1, 2) for name, g in (("a", 1), ("b", 2), ("c", None))
    ],
    "all grade alike": [(i, "ab"[i % 2], None if i > 6 else 6, i % 3 == 0) for i in range(10)],
    "one known status a cell": [
        (1, "shop", 1, True),
        (2, "shop", 1, None),
        (3, "shop", None, False),
        (4, "shop", None, None),
    ],
}


def frame(name):
    rows = pd.DataFrame(ODD[name], columns=["customer_id", "touchpoint", "grade", "fan"])
    return rows.assign(weight=[(0.25, 4.0)[i % 2] for i in range(len(rows))])


def no_nan(table, but=()):
    """Assert that every number of a table is one and every interval holds its estimate."""
    rows = nw.from_native(table, eager_only=True).rows(named=True)
    assert rows
    for row in rows:
        for column, value in row.items():
            if column not in but:
                assert value is not None, column
                assert not (isinstance(value, float) and not math.isfinite(value)), column
        for estimate, low, high in (
            ("fan_rate_pct", "low_pct", "high_pct"),
            ("lift_points", "low_points", "high_points"),
            ("net_effect_points", "low_points", "high_points"),
            ("mean_grade", "low", "high"),
            ("gap_grades", "gap_low", "gap_high"),
        ):
            if estimate in row and low in row:
                assert row[low] - 1e-9 <= row[estimate] <= row[high] + 1e-9
        assert row.get("low_pct", 0) >= 0
        assert row.get("high_pct", 100) <= 100


@pytest.mark.parametrize("weights", [None, "weight"])
@pytest.mark.parametrize("cluster", [None, "customer_id"])
@pytest.mark.parametrize("name", ODD)
def test_fan_rates(name, cluster, weights):
    for by in (None, "grade", ("touchpoint", "grade")):
        result = tp.fan_rate(frame(name), by=by, weights=weights, cluster=cluster)
        no_nan(result.table, but=("grade",))
        assert "nan" not in result.text
        widths = result.table["high_pct"] - result.table["low_pct"]
        assert (widths > 1).all()


@pytest.mark.parametrize("weights", [None, "weight"])
@pytest.mark.parametrize("name", ODD)
def test_lifts_and_net_effects(name, weights):
    lifts = tp.lift_over_no_contact(frame(name), by=None, weights=weights)
    net = tp.net_contact_effect(frame(name), by=None, weights=weights)
    for result, table in ((lifts, lifts.table), (net, net.table), (net, net.components)):
        no_nan(table)
        assert "nan" not in result.text
        assert table["small_cell"].all()


@pytest.mark.parametrize("name", ODD)
def test_the_lens(name):
    names = sorted(frame(name)["touchpoint"].unique())
    listed = pd.DataFrame({"touchpoint": names, "contact_phase": "contact", "channel": "all"})
    lens = tp.channel_lens(frame(name), listed)
    no_nan(lens.table, but=("sd",))
    assert lens.table.loc[lens.table["n"] > 1, "sd"].notna().all()
    for table in (lens.groups, lens.phases):
        no_nan(table)
    assert "nan" not in lens.text
    uncertain = lens.table["high"] - lens.table["low"]
    assert (uncertain > 0.1).all()


@pytest.mark.parametrize("answer", [0, 8, 10])
def test_the_nps_of_one_answer_and_of_equal_ones(answer):
    for n in (1, 40):
        result = tp.nps(pd.DataFrame({"recommendation": [answer] * n}))
        no_nan(result.table)
        assert result.adjusted_low < result.adjusted_high
        assert result.table["small_cell"].tolist() == [n < 30]


def test_a_rule_at_its_edge():
    """The mean of 5, 5, 5, 4, 1 is exactly the cut-off 4: at least 4.0 makes a fan; a gap makes nothing."""
    rows = [(5, 5, 5, 4, 1), (5, 5, 5, 3, 1), (4, 4, 4, 4, None)]
    people = pd.DataFrame(rows, columns=[f"bonding_{i}" for i in range(1, 6)])
    assert tp.FanRule().apply(people)["fan"].tolist()[:2] == [True, False]
    assert tp.fan_rate(people, rule=tp.FanRule()).table["unknown"].tolist() == [1]
    # Answers from a slider: the sum is 20 on paper, 19.999999999999996 in floating point.
    edge = pd.DataFrame([(5, 4.2, 3.6, 3.3, 3.9)], columns=people.columns)
    assert tp.FanRule().apply(edge)["fan"].tolist() == [True]
    strict = tp.FanRule(satisfaction_at_most=2)
    graded = people.head(1).assign(satisfaction=[2])
    assert strict.apply(graded)["fan"].tolist() == [True]
    assert strict.apply(graded.assign(satisfaction=[3]))["fan"].tolist() == [False]


def test_small_cells_begin_under_30():
    for n, small in ((29, True), (30, False)):
        rows = pd.DataFrame({"fan": [True, False] * 30}).head(n)
        assert tp.fan_rate(rows).table["small_cell"].tolist() == [small]


def test_the_caution_is_said_only_where_rows_are_pooled():
    rows = frame("two customers of opposite kinds")
    said = "pass cluster='customer_id'"
    assert said in tp.fan_rate(rows).text
    assert said in tp.fan_rate(rows, by="grade").text
    assert said not in tp.fan_rate(rows, by="touchpoint").text
    assert said not in tp.fan_rate(rows, cluster="customer_id").text
