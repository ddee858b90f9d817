"""From a log to paths: the rule on every engine, the definition in plain Python, wrong input."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import groupby

import dask.dataframe as dd
import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import touchpoints as tp
from refusals import refused
from touchpoints.charts.intervals import rows_of

ENGINES = {
    "pandas": lambda table: table.to_pandas(),
    "pandas arrow": lambda table: table.to_pandas(types_mapper=pd.ArrowDtype),
    "pandas nullable": lambda table: table.to_pandas().convert_dtypes(),
    "polars": pl.from_arrow,
    "polars lazy": lambda table: pl.from_arrow(table).lazy(),
    "duckdb": duckdb.from_arrow,
}


def log(*journeys):
    """One text a customer: letters are touchpoints, a capital is one at which an order was placed."""
    rows = [
        (customer, step, letter.lower(), "order" if letter.isupper() else "none")
        for customer, text in enumerate(journeys, 1)
        for step, letter in enumerate(text, 1)
    ]
    names = ("customer_id", "step", "touchpoint", "outcome")
    return pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))


def counted(table):
    return {row["path"]: (row["conversions"], row["nulls"]) for row in rows_of(table)}


RULE = [
    (["A"], {"a": (1, 0)}),
    (["a", "B"], {"a": (0, 1), "b": (1, 0)}),
    (["abC", "abc"], {"a > b > c": (1, 1)}),
    # Cut after each conversion; what is left over is a null.
    (["aBcdE"], {"a > b": (1, 0), "c > d > e": (1, 0)}),
    (["aBcd"], {"a > b": (1, 0), "c > d": (0, 1)}),
    (["AAa"], {"a": (2, 1)}),
    # The same touchpoint twice stays twice.
    (["aaB"], {"a > a > b": (1, 0)}),
    (["abcdefghijklmnopQ"], {" > ".join("abcdefghijklmnopq"): (1, 0)}),
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("journeys", "expected"), RULE, ids=lambda v: str(v)[:30])
def test_journeys_are_cut_after_each_conversion(journeys, expected, engine):
    table = log(*journeys, "Z")
    # Rows in another order than that of the contacts.
    mixed = table.take(list(range(1, len(table), 2)) + list(range(0, len(table), 2)))
    assert counted(tp.journey_paths(ENGINES[engine](mixed))) == expected | {"z": (1, 0)}


def test_spark_gives_the_same_paths_and_the_same_refusals(spark):
    """All the rule's journeys in one log: a query takes Spark as long as for one of them."""
    journeys = [text for case, _ in RULE for text in case]
    contacts = spark.createDataFrame(log(*journeys)).repartition(3)
    assert counted(tp.journey_paths(contacts)) == definition(journeys)
    steps = tp.transitions_from_log(contacts).table
    assert rows_of(steps) == rows_of(tp.transitions_from_log(log(*journeys).to_pandas()).table)
    twice = spark.createDataFrame(pa.Table.from_pandas(frame(step=[1, 1, 1])))
    refused("2 contacts of customer 1 with step 1", "once", "doubles", tp.journey_paths, twice)


def definition(journeys):
    """The rule in plain Python."""
    found = Counter()
    for text in journeys:
        rest = text
        while rest:
            cut = next((i for i, letter in enumerate(rest, 1) if letter.isupper()), len(rest))
            part, rest = rest[:cut], rest[cut:]
            found[" > ".join(part.lower()), part[-1].isupper()] += 1
    names = {path for path, _ in found}
    return {path: (found[path, True], found[path, False]) for path in names}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("abAB", min_size=1, max_size=12), min_size=1, max_size=6))
def test_the_definition_holds_for_any_log(journeys):
    journeys = [*journeys, "C"]
    table = tp.journey_paths(pl.from_arrow(log(*journeys)))
    assert counted(table) == definition(journeys)
    sizes = [(-row["conversions"] - row["nulls"], row["path"]) for row in rows_of(table)]
    assert sizes == sorted(sizes)


@pytest.fixture(scope="module")
def shipped():
    return tp.load("journeys")


def test_the_shipped_log_by_a_loop_over_its_rows(shipped):
    letters = {}
    texts = []
    rows = shipped[["customer_id", "touchpoint", "outcome"]].astype(str).to_numpy().tolist()
    for _, contacts in groupby(rows, key=lambda row: row[0]):
        text = ""
        for _, touchpoint, outcome in contacts:
            letter = letters.setdefault(touchpoint, chr(ord("a") + len(letters)))
            text += letter.upper() if outcome == "order" else letter
        texts.append(text)
    names = {letter: touchpoint for touchpoint, letter in letters.items()}
    expected = {
        " > ".join(names[letter] for letter in path.split(" > ")): counts
        for path, counts in definition(texts).items()
    }
    assert counted(tp.journey_paths(shipped)) == expected


def test_step_and_time_give_the_same_paths_and_every_order_its_journey(shipped):
    by_step, by_time = (counted(tp.journey_paths(shipped, order=o)) for o in ("step", "time"))
    assert by_step == by_time
    assert sum(c for c, _ in by_step.values()) == (shipped["outcome"] == "order").sum()


def test_paths_of_channels_and_flags_as_outcome(shipped):
    channel = tp.load("touchpoints").set_index("touchpoint")["channel"].astype(str)
    wide = shipped.assign(
        channel=shipped["touchpoint"].astype(str).map(channel), won=shipped["outcome"] == "order"
    )
    by_channel = tp.journey_paths(wide, touchpoint="channel", outcome="won", conversion=True)
    by_touchpoint = tp.journey_paths(wide)
    for column in ("conversions", "nulls"):
        assert by_channel[column].sum() == by_touchpoint[column].sum()
    assert set(" > ".join(by_channel["path"]).split(" > ")) <= set(channel)


def frame(**changes):
    data = {
        "customer_id": [1, 1, 2],
        "step": [1, 2, 1],
        "touchpoint": ["a", "b", "a"],
        "outcome": ["none", "order", "none"],
    } | changes
    return pd.DataFrame({k: v for k, v in data.items() if v is not ...})


LOGS = [
    ({"touchpoint": ...}, "no column 'touchpoint'", "a frame with", "add or rename"),
    ({"customer_id": [1, None, 2]}, "'customer_id': nothing in 1 rows", "a value", "fill"),
    ({"touchpoint": ["a", None, "a"]}, "'touchpoint': nothing in 1 rows", "a value", "fill"),
    ({"outcome": [None, "order", None]}, "'outcome': nothing in 2 rows", "a value", "fill"),
    ({"step": [1, 1, 1]}, "2 contacts of customer 1 with step 1", "once", "drop doubles"),
    ({"touchpoint": ["a > b", "b", "a"]}, "'touchpoint': 'a > b'", "without '>'", "rename"),
    ({"touchpoint": ["a>b", "b", "a"]}, "'touchpoint': 'a>b'", "without '>'", "rename"),
    ({"touchpoint": ["(null)", "b", "a"]}, "'(null)'", "other than (start)", "rename"),
    ({"touchpoint": [" ", "b", "a"]}, "an empty name", "not empty", "fill or drop"),
    ({"touchpoint": [" a", "b", "a"]}, "' a'", "without spaces around it", "strip"),
    ({"outcome": ["none"] * 3}, "no row whose outcome is 'order'", "one of none", "conversion="),
    ({"outcome": [False, True, False]}, "no row whose outcome is 'order'", "True", "conversion="),
]


@pytest.mark.parametrize(("changes", "found", "allowed", "mend"), LOGS)
def test_wrong_logs(changes, found, allowed, mend):
    refused(found, allowed, mend, tp.journey_paths, frame(**changes))


def test_an_empty_log_and_no_frame():
    refused("no row in the log", "one row", "check", tp.journey_paths, frame().head(0))
    refused("type list", "a data frame", "pass a frame", tp.journey_paths, [1, 2])


@pytest.mark.filterwarnings("ignore:.*Dask support is moving:FutureWarning")
def test_engines_without_windows_are_told_the_way_out():
    out = "convert the log first, for example with polars.from_arrow or duckdb.from_arrow for PyArrow and .compute() for Dask"
    logs = {"pyarrow": pa.Table.from_pandas(frame()), "dask": dd.from_pandas(frame(), 2)}
    for name, contacts in logs.items():
        found = f"a log on the engine {name}"
        refused(found, "pandas, Polars, DuckDB, PySpark", out, tp.journey_paths, contacts)


def test_times_order_contacts():
    days = [dt.date(2025, 1, day) for day in (3, 1, 2)]
    table = tp.journey_paths(
        frame(customer_id=[1, 1, 1], time=days, touchpoint=["c", "a", "b"]), order="time"
    )
    assert counted(table) == {"a": (1, 0), "b > c": (0, 1)}
