"""The balance of offline and online: held to the shared vectors on every engine, and refusals."""

from __future__ import annotations

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import touchpoints as tp
from conftest import vectors
from refusals import refused

ROW = {
    "touchpoint": "talk",
    "contact_phase": "contact",
    "medium": "offline",
    "personal": True,
    "contacts_per_month": 300,
    "minutes_per_contact": 20,
    "eur_per_hour": 45,
    "moved_pct": 25,
    "moved_minutes": 0,
}
ENGINES = {
    "pandas": lambda t: t.to_pandas(),
    "pandas arrow": lambda t: t.to_pandas(types_mapper=pd.ArrowDtype),
    "polars": pl.from_arrow,
    "polars lazy": lambda t: pl.from_arrow(t).lazy(),
    "pyarrow": lambda t: t,
    "duckdb": duckdb.from_arrow,
}


def rows_of(table):
    return nw.from_native(table, eager_only=True).rows(named=True)


def same(got, want):
    assert len(got) == len(want)
    for g, w in zip(got, want, strict=True):
        for key, value in w.items():
            found = None if value is None and (g[key] is None or g[key] != g[key]) else g[key]
            expected = value if value is None or isinstance(value, str) else pytest.approx(value)
            assert found == expected, (w, key)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", vectors("balance"), ids=lambda c: c["name"])
def test_plans_as_the_vectors_say(case, engine):
    frame = ENGINES[engine](pa.Table.from_pylist(case["rows"]))
    plan = tp.plan_contacts(frame, budget_hours=case["budget_hours"])
    want = case["expected"]
    same(rows_of(plan.table), want["items"])
    same(rows_of(plan.matrix), want["cells"])
    same(rows_of(plan.phases), want["phases"])
    same(rows_of(plan.totals), want["totals"])


def test_the_input_keeps_its_columns_and_order():
    frame = pd.DataFrame([{**ROW, "touchpoint": key, "note": key.upper()} for key in "ba"])
    table = tp.plan_contacts(frame).table
    assert table["note"].tolist() == ["B", "A"]
    assert list(frame.columns) == list(table.columns)[: len(frame.columns)]


def test_without_moves_before_and_after_are_the_same():
    frame = pd.DataFrame([ROW]).drop(columns=["moved_pct", "moved_minutes"])
    plan = tp.plan_contacts(frame)
    before, after = rows_of(plan.totals)
    assert {**before, "plan": "after"} == after
    assert "After" not in plan.text


def test_the_sentence_says_before_and_after():
    assert tp.plan_contacts(pd.DataFrame([ROW])).text == (
        "Personal contact takes 100.0 hours and 4,500 EUR a month; phases with one medium only or "
        "none: 4. After the moves: 75.0 hours, 3,375 EUR, phases: 3."
    )


def test_the_chart_shows_the_costs_before_and_after():
    drawn = tp.plan_contacts(pd.DataFrame([ROW])).chart().to_dict()
    assert [row["eur"] for row in drawn["data"]["values"]] == [4500, 3375]
    assert "4,500 → 3,375 EUR" in drawn["title"]["text"]


@pytest.mark.parametrize(
    ("change", "found", "allowed"),
    [
        ({"contacts_per_month": -1}, "row 1: -1", "0 to 10000000"),
        ({"contacts_per_month": None}, "row 1: nothing", "0 to 10000000"),
        ({"minutes_per_contact": 601.0}, "row 1: 601.0", "0 to 600"),
        ({"minutes_per_contact": float("inf")}, "row 1: inf", "0 to 600"),
        ({"minutes_per_contact": "ten"}, "'minutes_per_contact' of type", "numbers"),
        ({"eur_per_hour": 1001}, "row 1: 1001", "0 to 1000"),
        ({"moved_pct": 101}, "row 1: 101", "0 to 100"),
        ({"moved_minutes": -0.5}, "row 1: -0.5", "0 to 600"),
        ({"personal": 2}, "row 1: 2", "0 to 1"),
        ({"medium": "phone"}, "'phone'", "offline, online"),
        ({"contact_phase": "before"}, "'before'", "pre_contact"),
    ],
)
@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame])
def test_wrong_values_get_one_sentence(change, found, allowed, make):
    second = {**ROW, "touchpoint": "second", "personal": 1 if "personal" in change else True}
    refused(found, allowed, "", tp.plan_contacts, make([{**ROW, **change}, second]))


def test_wrong_frames_and_budgets_get_one_sentence():
    frame = pd.DataFrame([ROW])
    refused("no row", "one row", "check the file", tp.plan_contacts, frame.iloc[:0])
    refused("'talk' more than once", "once", "rename", tp.plan_contacts, pd.concat([frame, frame]))
    refused(
        "no column 'personal'", "personal", "add", tp.plan_contacts, frame.drop(columns="personal")
    )
    for budget in (0, -1, "many", True, float("nan")):
        refused(
            "budget_hours", "1 to 1000000", "month", tp.plan_contacts, frame, budget_hours=budget
        )
