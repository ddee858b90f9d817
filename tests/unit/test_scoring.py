"""Scores of touchpoints: held to the shared vectors on every engine, and to their definition."""

from __future__ import annotations

import math

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
from touchpoints.core.vocabulary import CONTACT_PHASES, MEDIA


def frame(rows, engine="pandas"):
    data = pa.table(
        {
            "touchpoint": pa.array([r["touchpoint"] for r in rows], pa.string()),
            "contact_phase": pa.array([r["contact_phase"] for r in rows], pa.string()),
            "medium": pa.array([r["medium"] for r in rows], pa.string()),
            "grade": pa.array([r["grade"] for r in rows], pa.int64()),
            "importance": pa.array([r["importance"] for r in rows], pa.int64()),
            "moment_of_truth": pa.array([r["moment_of_truth"] for r in rows], pa.bool_()),
        }
    )
    return {
        "pandas": lambda: data.to_pandas(),
        "pandas nullable": lambda: data.to_pandas(types_mapper=pd.ArrowDtype),
        "polars": lambda: pl.from_arrow(data),
        "polars lazy": lambda: pl.from_arrow(data).lazy(),
        "pyarrow": lambda: data,
        "duckdb": lambda: duckdb.from_arrow(data),
    }[engine]()


def columns(table):
    """Columns as lists with None for whatever the engine uses for nothing."""
    native = nw.from_native(table, eager_only=True)
    return {
        c: [
            None if v is None or v is pd.NA or v != v else v for v in native.get_column(c).to_list()
        ]
        for c in native.columns
    }


ENGINES = ["pandas", "pandas nullable", "polars", "polars lazy", "pyarrow", "duckdb"]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", vectors("scoring"), ids=lambda c: c["name"])
def test_scores_as_the_vectors_say(case, engine):
    scores = tp.score_touchpoints(
        frame(case["rows"], engine), tp.ScoringRule.from_dict(case["rule"])
    )
    got = columns(scores.table)
    for i, want in enumerate(case["expected"]["items"]):
        for part in ("quality", "priority", "rank"):
            for name, value in want[part].items():
                assert got[f"{part}_{name}"][i] == pytest.approx(value, abs=1e-12), (
                    want["touchpoint"],
                    part,
                )
    for part in ("phases", "media"):
        table = columns(getattr(scores, part))
        assert len(table["n"]) == len(case["expected"][part])
        for key in case["expected"][part][0] if case["expected"][part] else ():
            want = [row[key] for row in case["expected"][part]]
            assert table[key] == (
                want if isinstance(want[0], str) else [pytest.approx(w) for w in want]
            )
    assert scores.weakest_link == case["expected"]["weakest_link"]


rows_of_scorecards = st.lists(
    st.fixed_dictionaries(
        {
            "contact_phase": st.sampled_from(CONTACT_PHASES),
            "medium": st.sampled_from(MEDIA),
            "grade": st.none() | st.integers(1, 6),
            "importance": st.integers(0, 10),
            "moment_of_truth": st.booleans(),
        }
    ),
    min_size=1,
    max_size=12,
).map(lambda rows: [{"touchpoint": f"t{i}", **r} for i, r in enumerate(rows)])


@settings(max_examples=60, deadline=None)
@given(rows_of_scorecards)
def test_definition_holds_for_any_scorecard(rows):
    scores = tp.score_touchpoints(frame(rows, "polars"))
    table = columns(scores.table)
    for i, row in enumerate(rows):
        weight = row["importance"] * (1.5 if row["moment_of_truth"] else 1)
        if row["grade"] is None:
            assert table["priority_linear"][i] is None
            continue
        assert table["priority_linear"][i] == pytest.approx(
            (row["grade"] - 1) / 5 * weight, abs=1e-9
        )
        assert table["priority_only_best"][i] == pytest.approx(0 if row["grade"] == 1 else weight)
    graded = [r["grade"] for r in rows if r["grade"] is not None]
    worst = next((r["grade"] for r in rows if r["touchpoint"] == scores.weakest_link), None)
    assert worst == (max(graded) if graded else None)
    shares = columns(scores.media)
    assert math.isclose(sum(shares["share_pct"]), 100)


@settings(max_examples=30, deadline=None)
@given(rows_of_scorecards, st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter_to_priorities(rows, random):
    shuffled = random.sample(rows, len(rows))
    first, second = (columns(tp.score_touchpoints(frame(r)).table) for r in (rows, shuffled))
    assert dict(zip(first["touchpoint"], first["rank_linear"], strict=True)) == dict(
        zip(second["touchpoint"], second["rank_linear"], strict=True)
    )


GOOD = {
    "touchpoint": "a",
    "contact_phase": "contact",
    "medium": "online",
    "grade": 2,
    "importance": 5,
    "moment_of_truth": True,
}
WRONG = [
    ({"grade": 7}, "row 1: 7", "a whole number from 1 to 6 or nothing"),
    ({"grade": 0}, "row 1: 0", "1 to 6"),
    ({"grade": 2.5}, "row 1: 2.5", "a whole number"),
    ({"grade": "two"}, "'grade' of type", "numbers"),
    ({"importance": 11}, "row 1: 11", "0 to 10"),
    ({"importance": None}, "row 1: nothing", "0 to 10"),
    ({"medium": "onlin"}, "'onlin'", "offline, online"),
    ({"contact_phase": None}, "row 1: nothing", "pre_contact, contact, full_contact, post_contact"),
    ({"moment_of_truth": 3}, "row 1: 3", "0 to 1"),
    ({"touchpoint": None}, "row 1: nothing", "a key in each row"),
]


@pytest.mark.parametrize(("change", "found", "allowed"), WRONG, ids=lambda v: str(v)[:24])
@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame])
def test_wrong_values_get_one_sentence(make, change, found, allowed):
    columns_of_row = {k: [v] for k, v in (GOOD | change).items()}
    if change.get("touchpoint", "") is None or change.get("contact_phase", "") is None:
        columns_of_row = {
            k: [*v, GOOD[k] if k != "touchpoint" else "b"] for k, v in columns_of_row.items()
        }
    if change.get("importance", 0) is None:
        columns_of_row = {
            k: [*v, GOOD[k] if k != "touchpoint" else "b"] for k, v in columns_of_row.items()
        }
    with pytest.raises(tp.InputError) as caught:
        tp.score_touchpoints(make(columns_of_row))
    sentence = str(caught.value)
    assert found in sentence
    assert allowed in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (pd.DataFrame([GOOD, GOOD]), "'a' more than once"),
        (pd.DataFrame([GOOD]).iloc[:0], "no row"),
        (pd.DataFrame([GOOD]).rename(columns={"grade": "grades"}), "did you mean 'grades'"),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), "more than one column called a"),
        ([GOOD], "an object of type list"),
    ],
    ids=["duplicate", "empty", "column", "columns twice", "no frame"],
)
def test_wrong_frames_get_one_sentence(data, found):
    with pytest.raises(tp.InputError, match="allowed is") as caught:
        tp.score_touchpoints(data)
    assert found in str(caught.value)


@pytest.mark.parametrize(
    "rule",
    [
        {"moment_of_truth_weight": 0.5},
        {"moment_of_truth_weight": 11},
        {"moment_of_truth_weight": "much"},
        {"moment_of_truth_weight": True},
        {"values": {"linear": (1.0,) * 6}},
        {"values": {"linear": (1.0,) * 5, "only_best": (1.0,) * 6}},
        {"values": {"linear": (2.0,) * 6, "only_best": (1.0,) * 6}},
    ],
)
def test_wrong_rules_are_refused(rule):
    with pytest.raises(tp.InputError):
        tp.ScoringRule(**rule)


@pytest.mark.parametrize(
    "data", [{}, {"moment_of_truth_weight": 1}, {"moment_of_truth_weight": 1, "values": 3}]
)
def test_rules_from_wrong_data_are_refused(data):
    with pytest.raises(tp.InputError):
        tp.ScoringRule.from_dict(data)


def test_text_tells_what_the_table_shows():
    example = tp.load("touchpoints").merge(tp.load("scorecard_example"), on="touchpoint")
    assert tp.score_touchpoints(example).text == (
        "20 of 21 touchpoints are graded; the weakest link is service_hotline (grade 5). First to mend: "
        "service_hotline if each grade counts the same step, online_checkout and delivery_crew if only "
        "grade 1 counts."
    )
    assert "None of 21" in tp.score_touchpoints(example.assign(grade=pd.NA)).text
    assert tp.score_touchpoints(pd.DataFrame([GOOD])).text.endswith(
        "First to mend under both value functions: a."
    )


def test_result_is_frozen():
    scores = tp.score_touchpoints(pd.DataFrame([GOOD]))
    with pytest.raises(AttributeError):
        scores.weakest_link = "b"
