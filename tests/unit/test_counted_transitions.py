"""Steps counted straight from a log, and removal effects from them: as from paths, on every engine."""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import touchpoints as tp
from refusals import refused
from touchpoints.charts.intervals import rows_of

ENGINES = {
    "pandas": lambda table: table.to_pandas(),
    "pandas arrow": lambda table: table.to_pandas(types_mapper=pd.ArrowDtype),
    "polars": pl.from_arrow,
    "polars lazy": lambda table: pl.from_arrow(table).lazy(),
    "duckdb": duckdb.from_arrow,
}


def drawn_log(seed, names="abcd", customers=40):
    """Contacts of some customers in mixed order; about one in four at d is an order."""
    rng = np.random.default_rng(seed)
    rows = [
        (customer, step, name, "order" if name == names[-1] and rng.random() < 0.25 else "none")
        for customer in range(customers)
        for step, name in enumerate(rng.choice(list(names), size=rng.integers(1, 12)).tolist())
    ]
    mixed = [rows[i] for i in rng.permutation(len(rows))]
    columns = ("customer_id", "step", "touchpoint", "outcome")
    return pa.table(dict(zip(columns, map(list, zip(*mixed, strict=True)), strict=True)))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_log_gives_the_steps_of_its_paths(engine):
    log = drawn_log(1)
    of_paths = tp.transitions(tp.journey_paths(log.to_pandas()))
    of_log = tp.transitions_from_log(ENGINES[engine](log))
    assert rows_of(of_log.table) == rows_of(of_paths.table)
    assert of_log.text == of_paths.text


def effects(result, column="removal_effect"):
    return {row["touchpoint"]: row[column] for row in rows_of(result.table)}


# G>conv x2; M>conv x1; G>M>conv x1; G>null x1: worked by hand, conversion probability 0.8.
HAND = [
    ("(start)", "G", 4),
    ("(start)", "M", 1),
    ("G", "M", 1),
    ("G", "(conversion)", 2),
    ("G", "(null)", 1),
    ("M", "(conversion)", 2),
]


def steps(rows=HAND):
    return pd.DataFrame(rows, columns=["source", "target", "n"])


def test_the_worked_example():
    result = tp.removal_effects_from_transitions(steps())
    assert effects(result) == pytest.approx({"G": 0.75, "M": 0.5}, abs=1e-12)
    assert effects(result, "credit") == pytest.approx({"G": 2.4, "M": 1.6}, abs=1e-12)
    assert effects(result, "contacts") == {"G": 4, "M": 2}
    assert (result.conversion_probability, result.order) == (pytest.approx(0.8), 1)


@pytest.mark.parametrize("seed", [3, 4, 5])
def test_the_effects_are_those_of_the_paths(seed):
    log = drawn_log(seed).to_pandas()
    of_paths = tp.removal_effects(tp.journey_paths(log))
    of_steps = tp.removal_effects_from_transitions(tp.transitions_from_log(log).table)
    for column in ("removal_effect", "credit"):
        assert effects(of_steps, column) == pytest.approx(effects(of_paths, column), abs=1e-10)
    assert of_steps.conversions == of_paths.conversions
    assert of_steps.text.endswith(".")
    assert of_steps.chart().to_dict()["description"] == of_steps.text


def test_counts_of_parts_of_a_log_add_up():
    log = drawn_log(6).to_pandas()
    parts = [log[log["customer_id"] % 3 == i] for i in range(3)]
    tables = pd.concat([tp.transitions_from_log(part).table for part in parts])
    whole = tp.removal_effects_from_transitions(tp.transitions_from_log(log).table)
    for frame in (tables, tables.sample(frac=1, random_state=1), pl.from_pandas(tables)):
        assert rows_of(tp.removal_effects_from_transitions(frame).table) == rows_of(whole.table)


def test_the_interval_is_that_of_chains_drawn_again():
    """Steps drawn anew from each place, as the interval believes; 300 draws err by about 4 %."""
    base = tp.transitions_from_log(drawn_log(7, customers=4_000).to_pandas()).table
    found = tp.removal_effects_from_transitions(base)
    names = sorted(effects(found))
    rows = {(row["source"], row["target"]): row["n"] for row in rows_of(base)}
    ends = [*names, "(conversion)", "(null)"]
    rng, drawn = np.random.default_rng(8), []
    for _ in range(300):
        share = {}
        for source in ("(start)", *names):
            n = np.array([rows.get((source, target), 0) for target in ends])
            share[source] = rng.multinomial(n.sum(), n / n.sum()) / n.sum()
        onwards = np.array([share[name][: len(names)] for name in names])
        wins = np.array([share[name][len(names)] for name in names])
        start = share["(start)"][: len(names)]

        def chance(kept, onwards=onwards, wins=wins, start=start):
            left = np.eye(len(names)) - onwards * np.outer(kept, kept)
            return (start * kept) @ np.linalg.solve(left, wins * kept)

        whole = chance(np.ones(len(names)))
        drawn.append([1 - chance(1.0 - row) / whole for row in np.eye(len(names))])
    spread = dict(zip(names, np.std(drawn, axis=0), strict=True))
    for row in rows_of(found.table):
        width = (row["high"] - row["low"]) / (2 * 1.96)
        # All orders fall at d: its effect is 1 in each draw, and the width that of a share of 1.
        if row["touchpoint"] != "d":
            assert width == pytest.approx(spread[row["touchpoint"]], rel=0.2)


ODD = {
    "one contact": ([(1, 1, "a", "order")], {"a": 1.0}),
    "journeys of one contact": ([(1, 1, "a", "order"), (2, 1, "b", "none")], {"a": 1.0, "b": 0.0}),
    "nothing but a loop": ([(1, 1, "a", "none"), (1, 2, "a", "order")], {"a": 1.0}),
    "all convert": ([(1, 1, "a", "order"), (2, 1, "b", "order")], {"a": 0.5, "b": 0.5}),
    "all go one way": ([(1, 1, "a", "none"), (1, 2, "b", "order")], {"a": 1.0, "b": 1.0}),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_logs(name):
    rows, expected = ODD[name]
    log = pd.DataFrame(rows, columns=["customer_id", "step", "touchpoint", "outcome"])
    counted = tp.transitions_from_log(log)
    assert counted.text.endswith(".")
    result = tp.removal_effects_from_transitions(counted.table)
    assert effects(result) == pytest.approx(expected, abs=1e-12)
    assert all(0 <= row["low"] <= row["high"] <= 1 for row in rows_of(result.table))


def test_steps_that_nobody_took_change_nothing():
    never = [("(start)", "X", 0), ("X", "G", 0), ("A", "B", 0)]
    found = tp.removal_effects_from_transitions(steps([*HAND, *never]))
    assert rows_of(found.table) == rows_of(tp.removal_effects_from_transitions(steps()).table)


def test_a_long_way_from_the_start_is_one():
    names = [f"t{i:03}" for i in range(200)]
    rows = [(a, b, 1) for a, b in zip(["(start)", *names], [*names, "(conversion)"], strict=True)]
    found = tp.removal_effects_from_transitions(steps(rows))
    assert effects(found) == pytest.approx(dict.fromkeys(names, 1.0))


def test_nothing_converted():
    result = tp.removal_effects_from_transitions(steps([("(start)", "a", 3), ("a", "(null)", 3)]))
    assert effects(result) == {"a": None}
    assert effects(result, "credit") == {"a": 0}
    assert "No journey converted" in result.text


TABLES = [
    (HAND[:2], "4 steps to 'G' and 0 from it", "as many steps", "complete"),
    (HAND[2:], "no step from (start)", "journeys begin", "add these"),
    ([*HAND, ("(null)", "G", 1)], "'source', row 7: (null)", "touchpoints as sources", "correct"),
    ([*HAND, ("G", "(start)", 1)], "'target', row 7: (start)", "as targets", "correct"),
    ([*HAND, ("(start)", "(null)", 1)], "from (start) to (null)", "one contact", "drop"),
    ([*HAND, ("G", "a > b", 1)], "'target': 'a > b'", "without '>'", "rename"),
    ([*HAND, ("G", "M", -1)], "column 'n', row 7: -1", "0 or more", "correct"),
    ([*HAND, ("G", None, 1)], "'target', row 7: nothing", "as targets", "correct"),
    (
        [
            ("(start)", "G", 4),
            ("G", "(null)", 2),
            ("G", "(conversion)", 2),
            ("A", "B", 1),
            ("B", "A", 1),
        ],
        "no way from (start) to 'A'",
        "that journeys reach, and so leave",
        "drop",
    ),
    ([*HAND, ("A", "A", 3)], "no way from (start) to 'A'", "that journeys reach", "drop"),
    ([], "no row in the table", "one row", "check"),
]


@pytest.mark.parametrize(("rows", "found", "allowed", "mend"), TABLES)
def test_wrong_tables(rows, found, allowed, mend):
    refused(found, allowed, mend, tp.removal_effects_from_transitions, steps(rows))


def test_wrong_options_and_logs():
    refused(
        "'n'",
        "frame with",
        "add",
        tp.removal_effects_from_transitions,
        steps()[["source", "target"]],
    )
    for call in (tp.removal_effects_from_transitions, tp.transitions_from_log):
        refused("confidence 95", "between 0 and 1", "0.95", call, steps(), confidence=95)
    log = drawn_log(9).to_pandas()
    log.loc[log["customer_id"] == 3, "step"] = 1
    refused("customer 3 with step 1", "once", "doubles", tp.transitions_from_log, log)
    refused("engine", "DuckDB, PySpark", "duckdb.from_arrow", tp.transitions_from_log, drawn_log(9))
    many = pd.DataFrame({"customer_id": range(5_001), "step": 1, "outcome": "order"})
    many["touchpoint"] = "t" + many["customer_id"].astype(str)
    refused("5,001 states", "up to 5,000", "group rare", tp.transitions_from_log, many)
