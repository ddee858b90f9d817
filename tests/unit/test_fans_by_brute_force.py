"""Fan rates, lifts and net effects against loops over the rows of small random frames."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import definitions
import touchpoints as tp

SCHEMA = {
    "customer_id": pl.Int64,
    "touchpoint": pl.String,
    "grade": pl.Int64,
    "fan": pl.Boolean,
    "weight": pl.Float64,
    "region": pl.String,
    "household": pl.Int64,
}
BRUTE = settings(max_examples=200, deadline=None)
OPTIONS = st.sampled_from([None, "weight"]), st.sampled_from([None, "customer_id", "household"])


@st.composite
def frames(draw):
    """Contacts of up to ten customers at up to three touchpoints, a few without status or weight."""
    customers, touchpoints = draw(st.integers(1, 10)), draw(st.sampled_from(["a", "ab", "abc"]))
    pairs = [(customer, touchpoint) for customer in range(customers) for touchpoint in touchpoints]
    size = len(pairs)

    def column(*values):
        return draw(st.lists(st.sampled_from(values), min_size=size, max_size=size))

    fans = draw(st.lists(st.booleans(), min_size=customers, max_size=customers))
    # Fan status is one value a customer, but nothing in the estimates may rely on it.
    own = column(*["customer's"] * 9, True, False, None)
    grades = column(None, None, None, 1, 1, 1, 2, 6)
    weights = column(1.0, 0.5, 1.0, 2.75, 7.0, 1.0, 0.0)
    left_out = column(*[False] * 9, True)
    rows = [
        {
            "customer_id": customer,
            "touchpoint": touchpoint,
            "grade": grades[i],
            "fan": fans[customer] if own[i] == "customer's" else own[i],
            "weight": weights[i],
            "region": "north" if customer % 2 else "south",
            "household": customer // 3,
        }
        for i, (customer, touchpoint) in enumerate(pairs)
        if not left_out[i]
    ]
    assume(rows)
    return rows


def table(rows):
    return pl.DataFrame(rows, schema=SCHEMA)


def by_key(result, keys):
    return {tuple(row[k] for k in keys): row for row in result.rows(named=True)}


def nothing_missing(result, but=()):
    for column in set(result.columns) - set(but):
        values = result[column].to_list()
        assert None not in values, column
        assert all(v == v for v in values), column


@BRUTE
@given(frames(), st.sampled_from([(), ("grade",), ("region", "grade"), ("touchpoint",)]), *OPTIONS)
def test_fan_rates(rows, by, weights, cluster):
    keys = by
    try:
        want = {
            key: definitions.fan_rate(members, weights, cluster)
            for key, members in definitions.groups(rows, keys).items()
        }
    except definitions.UndefinedError:
        with pytest.raises(tp.InputError, match="allowed is"):
            tp.fan_rate(table(rows), by=by, weights=weights, cluster=cluster)
        return
    result = tp.fan_rate(table(rows), by=by, weights=weights, cluster=cluster).table
    nothing_missing(result, but=("grade",))
    got = by_key(result, keys)
    assert got.keys() == want.keys()
    for key, rate in want.items():
        row = got[key]
        assert (row["n"], row["fans"], row["unknown"]) == (rate.n, rate.fans, rate.unknown)
        assert row["fan_rate_pct"] == pytest.approx(100 * rate.rate)
        assert row["effective_n"] == pytest.approx(rate.effective_n, rel=1e-9)
        low, high = definitions.wilson(rate.rate, rate.score_n)
        assert (row["low_pct"], row["high_pct"]) == pytest.approx((100 * low, 100 * high), abs=0.5)
        if not cluster:  # SciPy's t is exact, the kit's errs by less than 1 %
            assert row["low_pct"] == pytest.approx(100 * low, abs=1e-6)
        assert row["small_cell"] == (rate.units < 30)
        assert row.get("clusters", rate.units) == rate.units


@BRUTE
@given(
    frames(),
    st.sampled_from([(), ("touchpoint",), ("region",), ("region", "touchpoint")]),
    OPTIONS[0],
    st.sampled_from(["customer_id", "household"]),
)
def test_lifts_and_net_effects(rows, by, weights, cluster):
    options = {"by": by, "weights": weights, "cluster": cluster}
    try:
        want = definitions.lifts(rows, by, weights, cluster)
        merged = definitions.lifts(rows, by, weights, cluster, merged=True)
    except definitions.UndefinedError:
        for function in (tp.lift_over_no_contact, tp.net_contact_effect):
            with pytest.raises(tp.InputError, match="allowed is"):
                function(table(rows), **options)
        return
    lifts = tp.lift_over_no_contact(table(rows), **options).table
    net = tp.net_contact_effect(table(rows), **options)
    for result in (lifts, net.table, net.components):
        nothing_missing(result)
    assert net.components.drop("contribution_points").equals(lifts)
    same(by_key(lifts, (*by, "grade")), want, "lift_points", by, cluster)
    effects = {key[:-1]: value for key, value in merged.items()}
    same(by_key(net.table, by), effects, "net_effect_points", by, cluster)

    # The contributions add up to the net effect, and the shares to the whole.
    for key, members in by_key(net.table, by).items():
        parts = net.components.filter(
            [pl.col(c) == value for c, value in zip(by, key, strict=True)] or pl.lit(value=True)
        )
        assert parts["contribution_points"].sum() == pytest.approx(members["net_effect_points"])
        assert parts["share_pct"].sum() == pytest.approx(100)


def same(got, want, points, by, cluster):
    """Compare a table with its definition; bounds to 1 % of a t quantile where there are clusters."""
    exact = "touchpoint" in by and cluster == "customer_id"
    assert got.keys() == want.keys()
    for key, row in got.items():
        wanted = want[key] | {points: want[key]["points"]}
        for column in set(row) & set(wanted):
            tolerance = 1.0 if column in {"low_points", "high_points"} and not exact else 1e-6
            assert row[column] == pytest.approx(wanted[column], abs=tolerance), column


def test_customers_on_both_sides_make_the_difference_more_certain():
    """The same 40 fans and 60 others grade one touchpoint and pass the other by: both rates are 40 %."""
    rows = [
        {"customer_id": i, "touchpoint": t, "grade": g, "fan": i < 40}
        for i in range(100)
        for t, g in (("a", 1), ("b", None))
    ]
    row = tp.lift_over_no_contact(pl.DataFrame(rows), by=None).table.row(0, named=True)
    # Their errors are the same error: what is left of ±13.6 points is the skew of score intervals.
    assert row["lift_points"] == 0
    assert -1 < row["low_points"] < 0 < row["high_points"] < 1


def test_weights_of_one_change_no_rate_and_scaling_changes_nothing():
    rows = pl.DataFrame(
        {"fan": [True, False, False, True, False] * 20, "one": 1.0, "big": 1e6, "w": [1.0, 3] * 50}
    )
    plain = tp.fan_rate(rows).table.row(0, named=True)
    ones, bigs = (tp.fan_rate(rows, weights=w).table.row(0, named=True) for w in ("one", "big"))
    assert ones["fan_rate_pct"] == plain["fan_rate_pct"]
    assert bigs["effective_n"] == pytest.approx(ones["effective_n"]) == pytest.approx(99)
    scaled = rows.with_columns(w2=pl.col("w") / 1e9)
    a, b = (tp.fan_rate(scaled, weights=w).table.row(0, named=True) for w in ("w", "w2"))
    assert a["low_pct"] == pytest.approx(b["low_pct"])
    assert a["effective_n"] < 0.85 * plain["n"]  # Kish: (Σw)² / Σw² = 80


def test_rows_of_weight_0_tell_nothing():
    """98 answers of weight 0 beside two: as unsure as two answers, and marked as a small cell."""
    two = pl.DataFrame({"fan": [True, False], "w": [1.0, 1.0]})
    many = pl.DataFrame({"fan": [True, False] * 50, "w": [1.0, 1.0] + [0.0] * 98})
    a, b = (tp.fan_rate(f, weights="w").table.row(0, named=True) for f in (two, many))
    assert b["effective_n"] == pytest.approx(a["effective_n"])
    assert b["small_cell"]


def test_who_dropped_out_needs_no_weight():
    """The shipped panel has neither bonding nor a weight for those who left it."""
    customers = tp.load("customers")
    rates = tp.fan_rate(customers, rule=tp.FanRule(), weights="panel_weight").table.iloc[0]
    stayed = customers.dropna(subset=["bonding_1"])
    again = tp.fan_rate(stayed, rule=tp.FanRule(), weights="panel_weight").table.iloc[0]
    assert rates["unknown"] == len(customers) - len(stayed) > 0
    for column in ("n", "fan_rate_pct", "effective_n", "low_pct"):
        assert rates[column] == pytest.approx(again[column])
