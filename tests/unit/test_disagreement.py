"""How far a team's members stand apart: the vectors on every engine, the definition, wrong input."""

from __future__ import annotations

from itertools import combinations
from statistics import median

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import touchpoints as tp
from conftest import vectors
from refusals import refused
from touchpoints.charts.intervals import rows_of
from touchpoints.core.vocabulary import SHIFTS

ENGINES = {
    "pandas": lambda table: table.to_pandas(),
    "pandas arrow": lambda table: table.to_pandas(types_mapper=pd.ArrowDtype),
    "pandas nullable": lambda table: table.to_pandas().convert_dtypes(),
    "polars": pl.from_arrow,
    "polars lazy": lambda table: pl.from_arrow(table).lazy(),
    "pyarrow": lambda table: table,
    "duckdb": duckdb.from_arrow,
}


def arrow(answers):
    """Answers by shift as a table; members are numbered within a shift."""
    rows = [(i, shift, a) for shift, given in answers.items() for i, a in enumerate(given)]
    member, shift, answer = zip(*rows, strict=True) if rows else ((), (), ())
    return pa.table(
        {
            "member": pa.array(member, pa.int64()),
            "shift": pa.array(shift, pa.string()),
            "answer": pa.array(answer, pa.int64()),
        }
    )


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "case", [c for c in vectors("shifts") if any(c["answers"].values())], ids=lambda c: c["name"]
)
def test_the_table_is_that_of_the_vectors(case, engine):
    table = tp.team_disagreement(ENGINES[engine](arrow(case["answers"]))).table
    for got, want in zip(rows_of(table), case["expected"], strict=True):
        assert got == pytest.approx(want, abs=1e-12), want["shift"]


def test_the_figures_of_the_chapter():
    """book/closeness/five-shifts.md: the made-up team of nine."""
    team = tp.team_disagreement(arrow(vectors("shifts")[0]["answers"]).to_pandas())
    figures = team.table.set_index("shift")["disagreement"].round(2)
    assert figures["dialogue"] == 1.67
    assert figures["life_scarcities"] == 0.39
    assert figures["insight"] == 0.50
    assert figures["will_to_relate"] == 1.17


answers_of_a_team = st.dictionaries(
    st.sampled_from(SHIFTS),
    st.lists(st.none() | st.integers(1, 5), min_size=1, max_size=12),
    min_size=1,
)


@settings(max_examples=60, deadline=None)
@given(answers_of_a_team)
def test_the_definition_holds_for_any_team(answers):
    rows = rows_of(tp.team_disagreement(pl.from_arrow(arrow(answers))).table)
    for row in rows:
        given_answers = [a for a in answers.get(row["shift"], []) if a is not None]
        assert row["n"] == len(given_answers)
        if given_answers:
            assert row["median"] == median(given_answers)
        if len(given_answers) < 3:
            assert row["disagreement"] is None
            assert row["range"] is None
            continue
        apart = [abs(a - b) for a, b in combinations(given_answers, 2)]
        assert row["disagreement"] == pytest.approx(np.mean(apart))
    shown = [row["disagreement"] for row in rows if row["disagreement"] is not None]
    assert shown == sorted(shown, reverse=True)
    assert [row["disagreement"] for row in rows[: len(shown)]] == shown


def test_answers_are_counted_in_the_order_of_the_table():
    team = tp.team_disagreement(arrow({"people": [1, 1, 5], "insight": [2, 2, 2]}).to_pandas())
    assert team.answers["shift"].unique().tolist() == team.table["shift"].tolist()
    people = team.answers[team.answers["shift"] == "people"]
    assert people["answer"].tolist() == [1, 2, 3, 4, 5]
    assert people["n"].tolist() == [2, 0, 0, 0, 1]


def test_text_and_chart_say_what_the_table_shows():
    team = tp.team_disagreement(arrow(vectors("shifts")[0]["answers"]).to_pandas())
    assert team.text == (
        "Most disputed is dialogue: two of 9 members stand 1.67 apart on average, the answers run "
        "from 1 to 5, and the median is 3. The figures are those of the people asked."
    )
    spec = team.chart().to_dict()
    assert spec["title"]["text"] == "Most disputed: dialogue"
    assert spec["description"] == team.text
    circles, medians = spec["layer"]
    assert sum(row["n"] for row in circles["data"]["values"]) == 45
    assert [row["shift"] for row in medians["data"]["values"]] == team.table["shift"].tolist()
    assert circles["encoding"]["y"]["sort"] == team.table["shift"].tolist()


def test_too_few_answers_say_nothing_of_spread():
    team = tp.team_disagreement(pl.DataFrame(arrow({"people": [1, 5]})))
    assert team.text == "No shift has 3 answers yet: nothing can be said of spread."
    assert team.chart().to_dict()["title"]["text"] == "Too few answers to speak of spread"
    open_answers = pd.DataFrame({"member": ["a"], "shift": ["people"], "answer": [None]})
    assert tp.team_disagreement(open_answers).table["n"].tolist() == [0] * 5


GOOD = {"member": ["a", "b"], "shift": ["people", "people"], "answer": [1, 2]}


@pytest.mark.parametrize(
    ("change", "found", "allowed"),
    [
        ({"answer": [1, 6]}, "column 'answer', row 2: 6", "a whole number from 1 to 5"),
        ({"answer": [1.5, 2]}, "column 'answer', row 1: 1.5", "a whole number"),
        ({"answer": ["1", "2"]}, "column 'answer' of type", "numbers"),
        ({"shift": ["people", "dialog"]}, "column 'shift', row 2: 'dialog'", "insight, life_"),
        ({"member": ["a", "a"]}, "member 'a' with shift 'people' more than once", "one answer"),
        ({"member": ["a", None]}, "column 'member': nothing", "a key in each row"),
        ({"member": [], "shift": [], "answer": []}, "no row in the table of answers", "one row"),
    ],
    ids=lambda v: str(v)[:30],
)
def test_wrong_answers_get_one_sentence(change, found, allowed):
    refused(found, allowed, "", tp.team_disagreement, pd.DataFrame({**GOOD, **change}))


def test_a_missing_column_is_named():
    frame = pd.DataFrame(GOOD).rename(columns={"answer": "answers"})
    refused(
        "no column 'answer'", "member, shift, answer", "did you mean", tp.team_disagreement, frame
    )
    refused("an object of type dict", "a data frame", "pass a frame", tp.team_disagreement, GOOD)
