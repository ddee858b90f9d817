"""The small-things check: held to the shared vectors on every engine; no weights, no score."""

from __future__ import annotations

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import touchpoints as tp
from conftest import vectors
from refusals import refused
from touchpoints.core.small_things import ANSWERS, SMALL_THINGS

COUNTS = ("n_seen", "n_done", "n_partly", "n_missing")
ENGINES = {
    "pandas": lambda data: data.to_pandas(),
    "pandas nullable": lambda data: data.to_pandas(types_mapper=pd.ArrowDtype),
    "pandas categories": lambda data: data.to_pandas().astype(
        dict.fromkeys(SMALL_THINGS, pd.CategoricalDtype(list(ANSWERS)))
    ),
    "polars": pl.from_arrow,
    "polars lazy": lambda data: pl.from_arrow(data).lazy(),
    "pyarrow": lambda data: data,
    "duckdb": duckdb.from_arrow,
}


def frame(rows, engine="pandas"):
    keys = ["touchpoint", *SMALL_THINGS]
    data = pa.table({key: pa.array([row[key] for row in rows], pa.string()) for key in keys})
    return ENGINES[engine](data)


def records(table):
    return nw.from_native(table, eager_only=True).rows(named=True)


def answers(**given):
    return {"touchpoint": "a", **dict.fromkeys(SMALL_THINGS), **given}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", vectors("small_things"), ids=lambda c: c["name"])
def test_counts_as_the_vectors_say(case, engine):
    check = tp.check_small_things(frame(case["rows"], engine))
    want = case["expected"]
    table = records(check.table)
    assert [row["touchpoint"] for row in table] == want["order"]
    counted = {row["touchpoint"]: {c: row[c] for c in COUNTS} for row in table}
    assert counted == {t["touchpoint"]: {c: t[c] for c in COUNTS} for t in want["touchpoints"]}
    assert records(check.things) == want["things"]
    assert list(check.most_missing) == want["most_missing"]


lists = st.lists(
    st.fixed_dictionaries(dict.fromkeys(SMALL_THINGS, st.none() | st.sampled_from(ANSWERS))),
    min_size=1,
    max_size=6,
).map(lambda rows: [{"touchpoint": f"t{i}", **row} for i, row in enumerate(rows)])


@settings(max_examples=40, deadline=None)
@given(lists)
def test_what_is_seen_adds_up_in_both_directions(rows):
    check = tp.check_small_things(frame(rows, "polars"))
    for counted in (*records(check.table), *records(check.things)):
        assert counted["n_seen"] == sum(counted[c] for c in COUNTS[1:])
    for column in COUNTS:
        assert sum(r[column] for r in records(check.table)) == sum(
            r[column] for r in records(check.things)
        )


@settings(max_examples=40, deadline=None)
@given(lists, st.permutations(SMALL_THINGS))
def test_no_small_thing_weighs_more_than_another(rows, order):
    renamed = [
        {
            "touchpoint": r["touchpoint"],
            **{new: r[old] for old, new in zip(SMALL_THINGS, order, strict=True)},
        }
        for r in rows
    ]
    first, second = (
        [r["touchpoint"] for r in records(tp.check_small_things(frame(x)).table)]
        for x in (rows, renamed)
    )
    assert first == second


def test_further_columns_are_kept():
    data = frame([answers()]).assign(note="x")
    assert tp.check_small_things(data).table["note"].tolist() == ["x"]


def test_text_tells_counts_with_what_was_seen():
    assert tp.check_small_things(tp.load("small_things_example")).text == (
        "71 of 80 answers seen at 8 touchpoints. Most often missing, among those seen: "
        "think_ahead (4 of 8). Reliability, which the article puts above all, is missing at "
        "service_hotline."
    )
    done = tp.check_small_things(frame([answers(listen="yes")]))
    assert done.text == (
        "1 of 10 answers seen at 1 touchpoints. None of the small things is missing where it was "
        "looked at."
    )


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame])
@pytest.mark.parametrize(
    ("change", "found", "allowed"),
    [
        ({"listen": "maybe"}, "column 'listen', row 1: 'maybe'", "yes, partly, no or nothing"),
        ({"listen": "Yes"}, "row 1: 'Yes'", "yes, partly, no"),
        ({"in_time": 1}, "row 1: ", "yes, partly, no"),
        ({"n_seen": 1}, "a column 'n_seen'", "other names"),
    ],
)
def test_wrong_answers_get_one_sentence(make, change, found, allowed):
    data = make({k: [v] for k, v in answers(**change).items()})
    refused(found, allowed, "", tp.check_small_things, data)


def test_wrong_frames_get_one_sentence():
    good = frame([answers()])
    check = tp.check_small_things
    refused("no column 'listen'", "reliable", "add or rename", check, good.drop(columns="listen"))
    refused("no row", "one row", "", check, good.iloc[:0])
    refused("'a' more than once", "each key once", "", check, pd.concat([good, good]))


def test_the_result_is_frozen_and_draws_itself():
    check = tp.check_small_things(tp.load("small_things_example"))
    with pytest.raises(AttributeError):
        check.most_missing = ()
    spec = check.chart().to_dict()
    assert spec["title"]["text"] == "Most often missing: think_ahead"
    assert spec["description"] == check.text
    assert {spec["encoding"][c]["field"] for c in ("color", "shape")} == {"answer"}
    assert len(spec["data"]["values"]) == 80
