"""The same contacts on every engine: the same tables, to the last column."""

from __future__ import annotations

import datetime as dt
import decimal
import functools
import re

import dask.dataframe as dd
import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import touchpoints as tp
from conftest import ROOT
from touchpoints.core.result import Result

TOUCHPOINTS = ("advert", "shop", "hotline")


def contacts(customers=60):
    """Customers at three touchpoints: no contact, no status and no recommendation among them."""
    rng = np.random.default_rng(7)

    def choice(options):
        return options[rng.integers(len(options))]

    rows = []
    for customer in range(customers):
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


ENGINES = {
    "pandas": lambda table, _: table.to_pandas(),  # objects and NaN, as a reader's own file comes
    "pandas arrow": lambda table, _: table.to_pandas(types_mapper=pd.ArrowDtype),
    "pandas nullable": lambda table, _: table.to_pandas().convert_dtypes(),
    "polars": lambda table, _: pl.from_arrow(table),
    "lazy": lambda table, _: pl.from_arrow(table).lazy(),
    "pyarrow": lambda table, _: table,
    "duckdb": lambda table, _: duckdb.from_arrow(table),
    # In several parts, as large data come.
    "dask": lambda table, _: dd.from_pandas(table.to_pandas().convert_dtypes(), npartitions=3),
    "spark": lambda table, started: started("spark").createDataFrame(table).repartition(3),
}


@pytest.fixture(scope="module", params=ENGINES)
def native(request):
    """What makes a frame of the engine from an Arrow table."""
    return functools.partial(_native, request.param, request.getfixturevalue)


def _native(engine, started, table):
    return ENGINES[engine](table, started)


@pytest.fixture(scope="module")
def frame(native):
    """The contacts as a frame of the engine."""
    return native(pa.table(contacts(), schema=SCHEMA))


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


BACK = {"duckdb": "pyarrow", "lazy": "polars", "dask": "pandas", "spark": "pyarrow"}


@pytest.mark.parametrize("engine", BACK)
def test_tables_come_back_in_memory(request, engine):
    """A result is a few rows: those of an engine that is not in memory come as these frames."""
    table = pa.table(contacts(), schema=SCHEMA).take([0, 1, 2, 3])
    result = tp.nps(ENGINES[engine](table, request.getfixturevalue), by="touchpoint")
    assert nw.from_native(result.table, eager_only=True).implementation.value == BACK[engine]


@functools.cache
def wanted(name):
    """The tables as Polars gives them."""
    return [rows(t) for t in CALLS[name](pl.from_arrow(pa.table(contacts(), schema=SCHEMA)))]


@pytest.mark.parametrize("name", CALLS)
def test_every_engine_says_the_same(frame, name):
    want = wanted(name)
    got = [rows(table) for table in CALLS[name](frame)]
    assert [len(table) for table in got] == [len(table) for table in want]
    for table, expected_rows in zip(got, want, strict=True):
        for row, expected in zip(table, expected_rows, strict=True):
            assert list(row) == list(expected)
            for column, value in expected.items():
                assert row[column] == (
                    pytest.approx(value, abs=1e-9) if isinstance(value, float) else value
                ), column
                assert value is not None or column == "grade"


def test_a_rule_makes_the_same_fans_everywhere(native):
    data = contacts()
    bonding = [[4, 5, 3, None][i % 4] for i in range(len(data["fan"]))]
    table = pa.table(
        {f"bonding_{i}": pa.array(bonding, pa.int64()) for i in range(1, 6)}
        | {"region": pa.array(data["region"])}
    )
    got = rows(tp.fan_rate(native(table), by="region", rule=tp.FanRule()).table)
    for row, region in zip(got, ("north", "south"), strict=True):
        own = [b for b, r in zip(bonding, data["region"], strict=True) if r == region]
        assert row["region"] == region
        assert row["unknown"] == own.count(None)
        assert row["n"] == len(own) - own.count(None)
        assert row["fans"] == own.count(4) + own.count(5)


def test_tables_of_counts_and_paths_come_from_any_engine(native):
    counts = pa.table({"grade": pa.array([1, 2, None]), "n": [40, 50, 60], "fans": [30, 10, 18]})
    lifts = rows(tp.lift_from_counts(native(counts), by=None).table)
    assert [row["lift_points"] for row in lifts] == pytest.approx([45, -10])
    paths = pa.table({"path": ["a", "a > b"], "conversions": [0, 3], "nulls": [6, 1]})
    effects = rows(tp.removal_effects(native(paths)).table)
    assert [row["removal_effect"] for row in effects] == pytest.approx([1, 1])


def test_empty_frames_get_one_sentence_on_every_engine(native):
    empty = native(SCHEMA.empty_table())
    # Where a query takes a second, one of each way to count.
    slow = nw.get_native_namespace(empty).__name__ in {"dask.dataframe", "pyspark.sql"}
    for name in ("fan rate by grade", "weighted and clustered", "NPS") if slow else CALLS:
        with pytest.raises(tp.InputError, match="Found no row in the frame; allowed is"):
            CALLS[name](empty)


@pytest.mark.parametrize("engine", ["lazy", "duckdb"])
@pytest.mark.parametrize("name", CALLS)
def test_only_counts_leave_the_engine(monkeypatch, name, engine):
    """The engine hands over no more rows for many customers than for few."""
    collect, handed = nw.LazyFrame.collect, []

    def watched(self, *args, **options):
        made = collect(self, *args, **options)
        handed.append(len(made))
        return made

    monkeypatch.setattr(nw.LazyFrame, "collect", watched)
    for customers in (200, 400):
        table = pa.table(contacts(customers), schema=SCHEMA)
        CALLS[name](ENGINES[engine](table, None))
    half = len(handed) // 2
    assert handed[:half] == handed[half:]
    assert max(handed) < 100


def test_dates_and_categories_can_be_groups():
    days = [dt.date(2024, 1, 1 + i % 2) for i in range(8)]
    frame = pl.DataFrame({"day": days, "fan": [True, False] * 4})
    assert tp.fan_rate(frame, by="day").table["fan_rate_pct"].to_list() == [100, 0]
    unused = pd.Categorical(["b", "a"] * 4, categories=["c", "b", "a"])
    table = tp.fan_rate(pd.DataFrame({"kind": unused, "fan": [True, False] * 4}), by="kind").table
    assert dict(zip(table["kind"], table["n"], strict=True)) == {"b": 4, "a": 4}


@pytest.mark.parametrize("options", [{}, {"weights": "weight"}, {"cluster": "customer_id"}])
def test_nothing_and_nan_are_both_no_contact(native, options):
    """Polars, Arrow and Spark tell null from NaN; a file may hold both."""
    mixed = pa.table(
        {
            "customer_id": [1, 2, 3, 4],
            "touchpoint": ["shop"] * 4,
            "grade": pa.array([1.0, None, float("nan"), 1.0]),
            "fan": [True, False, True, False],
            "weight": [1.0] * 4,
        }
    )
    table = rows(tp.fan_rate(native(mixed), by="grade", **options).table)
    assert [(row["grade"], row["n"], row["fans"]) for row in table] == [(1, 2, 1), (None, 2, 1)]
    lifts = rows(tp.lift_over_no_contact(native(mixed)).table)
    assert [row["no_contact_n"] for row in lifts] == [2]


PAGE = ROOT / "book" / "research" / "any-frame-any-size.md"
COMMANDS = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


@pytest.mark.filterwarnings("ignore:The inplace keyword")  # Dask's, of pandas
@pytest.mark.parametrize("code", COMMANDS, ids=["polars", "duckdb", "dask", "spark", "journeys"])
def test_the_commands_of_the_page_run(code, tmp_path, monkeypatch, request):
    if "pyspark" in code:
        request.getfixturevalue("spark")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pl.Config, "set_engine_affinity", lambda _: None)
    file = tmp_path / "contacts.parquet"
    pq.write_table(pa.table(contacts(), schema=SCHEMA), file)
    journeys = tp.load("journeys", backend="polars").head(500)
    journeys.write_parquet(tmp_path / "journeys.parquet")
    found = {}
    # Spark's folder is the one where it was started.
    exec(code.replace(file.name, file.as_posix()), found)  # noqa: S102
    results = [value for value in found.values() if isinstance(value, Result)]
    assert results
    assert all(len(result.table) for result in results)
