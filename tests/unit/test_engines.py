"""The same contacts on every engine: the same tables, to the last column."""

from __future__ import annotations

import datetime as dt
import decimal

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import touchpoints as tp

ENGINES = ["pandas", "pandas arrow", "pandas nullable", "polars", "lazy", "pyarrow", "duckdb"]
TOUCHPOINTS = ("advert", "shop", "hotline")


def contacts():
    """Sixty customers at three touchpoints: no contact, no status and no recommendation among them."""
    rng = np.random.default_rng(7)

    def choice(options):
        return options[rng.integers(len(options))]

    rows = []
    for customer in range(60):
        fan = choice([True, False, None, False])
        for touchpoint in TOUCHPOINTS:
            grade = choice([None, 1, 2, 3])
            rows.append((customer, touchpoint, grade, fan, choice([0.0, 0.7, 1.0, 2.9])))
    names = ("customer_id", "touchpoint", "grade", "fan", "weight")
    data = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    data["recommendation"] = [choice([None, *range(11)]) for _ in rows]
    data["region"] = [("north", "south")[customer % 2] for customer in data["customer_id"]]
    return data


SCHEMA = pa.schema(
    {
        "customer_id": pa.int64(),
        "touchpoint": pa.string(),
        "grade": pa.int64(),
        "fan": pa.bool_(),
        "weight": pa.float64(),
        "recommendation": pa.int64(),
        "region": pa.string(),
    }
)


def native(table, engine):
    """An Arrow table as a frame of the engine."""
    return {
        "pandas": lambda: table.to_pandas(),
        "pandas arrow": lambda: table.to_pandas(types_mapper=pd.ArrowDtype),
        "pandas nullable": lambda: table.to_pandas().convert_dtypes(),
        "polars": lambda: pl.from_arrow(table),
        "lazy": lambda: pl.from_arrow(table).lazy(),
        "pyarrow": lambda: table,
        "duckdb": lambda: duckdb.from_arrow(table),
    }[engine]()


def frame(data, engine):
    if engine == "pandas":  # objects and NaN, as a reader's own file comes
        return pd.DataFrame(data)
    return native(pa.table(data, schema=SCHEMA), engine)


def listing():
    return {
        "touchpoint": list(TOUCHPOINTS),
        "contact_phase": ["pre_contact", "contact", "post_contact"],
        "channel": ["media", "service", "service"],
    }


def lens(contacts):
    keep = ["customer_id", "touchpoint", "grade"]
    return tp.channel_lens(
        nw.from_native(contacts).select(keep).to_native(), pd.DataFrame(listing())
    )


CALLS = {
    "fan rate": lambda f: [tp.fan_rate(f).table],
    "fan rate by grade": lambda f: [tp.fan_rate(f, by=("touchpoint", "grade")).table],
    "fan rate by region": lambda f: [tp.fan_rate(f, by="region").table],
    "weighted fan rate": lambda f: [tp.fan_rate(f, by=["grade"], weights="weight").table],
    "clustered fan rate": lambda f: [tp.fan_rate(f, cluster="customer_id").table],
    "weighted and clustered": lambda f: [
        tp.fan_rate(f, by=("region", "grade"), weights="weight", cluster="customer_id").table
    ],
    "lift": lambda f: [tp.lift_over_no_contact(f).table],
    "pooled lift": lambda f: [tp.lift_over_no_contact(f, by=None).table],
    "weighted lift": lambda f: [tp.lift_over_no_contact(f, weights="weight").table],
    "pooled weighted lift": lambda f: [
        tp.lift_over_no_contact(f, by="region", weights="weight").table
    ],
    "net effect": lambda f: of_net(tp.net_contact_effect(f)),
    "pooled net effect": lambda f: of_net(tp.net_contact_effect(f, by=(), weights="weight")),
    "contrasts": lambda f: [tp.grade_contrasts(f, weights="weight").table],
    "pooled contrasts": lambda f: [tp.grade_contrasts(f, by=None).table],
    "claim": lambda f: of_claim(tp.only_best_counts(f, negative_control="advert")),
    "pooled claim": lambda f: of_claim(tp.only_best_counts(f, by="region", weights="weight")),
    "NPS": lambda f: [tp.nps(f).table],
    "NPS differences": lambda f: [tp.nps_difference(tp.nps(f, by="region"), "north").table],
    "NPS by group": lambda f: [tp.nps(f, by=("region", "touchpoint")).table],
    "lens": lambda f: [getattr(lens(f), part) for part in ("table", "groups", "phases")],
}


def of_claim(result):
    return [result.table, result.parts]


def of_net(result):
    return [result.table, result.components]


def plain(value):
    """A value without the types of its engine; nothing is None everywhere."""
    value = value.item() if hasattr(value, "item") else value
    if value is None or value is pd.NA or value != value:
        return None
    return float(value) if isinstance(value, decimal.Decimal) else value


def rows(table):
    wrapped = nw.from_native(table, eager_only=True)
    return [{c: plain(v) for c, v in row.items()} for row in wrapped.rows(named=True)]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", CALLS)
def test_every_engine_says_the_same(name, engine):
    data = contacts()
    want = [rows(table) for table in CALLS[name](frame(data, "polars"))]
    got = [rows(table) for table in CALLS[name](frame(data, engine))]
    assert [len(table) for table in got] == [len(table) for table in want]
    for table, wanted in zip(got, want, strict=True):
        for row, expected in zip(table, wanted, strict=True):
            assert list(row) == list(expected)
            for column, value in expected.items():
                assert row[column] == (
                    pytest.approx(value, abs=1e-9) if isinstance(value, float) else value
                ), column
                assert value is not None or column == "grade"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_rule_makes_the_same_fans_everywhere(engine):
    data = contacts()
    bonding = [[4, 5, 3, None][i % 4] for i in range(len(data["fan"]))]
    table = pa.table(
        {f"bonding_{i}": pa.array(bonding, pa.int64()) for i in range(1, 6)}
        | {"region": pa.array(data["region"])}
    )
    got = rows(tp.fan_rate(native(table, engine), by="region", rule=tp.FanRule()).table)
    for row, region in zip(got, ("north", "south"), strict=True):
        own = [b for b, r in zip(bonding, data["region"], strict=True) if r == region]
        assert row["region"] == region
        assert row["unknown"] == own.count(None)
        assert row["n"] == len(own) - own.count(None)
        assert row["fans"] == own.count(4) + own.count(5)


@pytest.mark.parametrize("engine", ENGINES)
def test_empty_frames_get_one_sentence_on_every_engine(engine):
    empty = frame({name: [] for name in SCHEMA.names}, engine)
    if engine == "pandas":
        empty = empty.astype({"grade": float, "recommendation": float, "weight": float})
    calls = [name for name in CALLS if name != "lens"]
    for name in [*calls, "lens"]:
        with pytest.raises(tp.InputError, match="Found no row in the frame; allowed is"):
            CALLS[name](empty)


def test_dates_and_categories_can_be_groups():
    days = [dt.date(2024, 1, 1 + i % 2) for i in range(8)]
    frame = pl.DataFrame({"day": days, "fan": [True, False] * 4})
    assert tp.fan_rate(frame, by="day").table["fan_rate_pct"].to_list() == [100, 0]
    unused = pd.Categorical(["b", "a"] * 4, categories=["c", "b", "a"])
    table = tp.fan_rate(pd.DataFrame({"kind": unused, "fan": [True, False] * 4}), by="kind").table
    assert dict(zip(table["kind"], table["n"], strict=True)) == {"b": 4, "a": 4}


@pytest.mark.parametrize("options", [{}, {"weights": "weight"}, {"cluster": "customer_id"}])
def test_nothing_and_nan_are_both_no_contact(options):
    """Polars and Arrow tell null from NaN; a file may hold both."""
    mixed = pl.DataFrame(
        {
            "customer_id": [1, 2, 3, 4],
            "touchpoint": "shop",
            "grade": [1.0, None, float("nan"), 1.0],
            "fan": [True, False, True, False],
            "weight": 1.0,
        }
    )
    for engine in (mixed, mixed.lazy(), mixed.to_arrow()):
        table = rows(tp.fan_rate(engine, by="grade", **options).table)
        assert [(row["grade"], row["n"], row["fans"]) for row in table] == [(1, 2, 1), (None, 2, 1)]
    assert tp.lift_over_no_contact(mixed).table["no_contact_n"].to_list() == [2]
