"""The five-shifts self-assessment as a Python object."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import polars as pl
import pytest

import touchpoints as tp
from conftest import vectors
from refusals import refused
from touchpoints.core.vocabulary import SHIFTS
from touchpoints.ui import shifts_check
from touchpoints.ui.base import texts

TEAM = {
    "member": ["Anna", "Anna", "Ben", "Cleo"],
    "shift": ["dialogue", "people", "dialogue", "dialogue"],
    "company": [5, 4, None, 1],
    "own": [3, 3, 3, 3],
    "note": ["They wrote back", None, "", None],
}


def test_at_first_all_is_open_and_nobody_in_the_team():
    check = tp.ShiftsCheck()
    assert [row["shift"] for row in check.answers] == list(SHIFTS)
    assert all((r["own"], r["company"], r["note"]) == (None, None, "") for r in check.answers)
    assert (check.person, check.team, check.about) == ("", [], "company")
    refused("no row in the table of answers", "one row", "", lambda: check.results)


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, lambda d: pl.DataFrame(d).lazy()])
def test_own_answers_come_from_any_frame(make):
    check = tp.ShiftsCheck(
        make({"shift": ["people", "insight"], "own": [4, None], "note": ["x", None]})
    )
    assert check.answers[3] == {"shift": "people", "own": 4, "company": None, "note": "x"}
    assert check.answers[0] == {"shift": "insight", "own": None, "company": None, "note": ""}


@pytest.mark.parametrize("make", [pd.DataFrame, lambda d: pl.DataFrame(d, strict=False)])
def test_a_team_comes_from_any_frame_and_keeps_no_note(make):
    check = tp.ShiftsCheck(team=make(TEAM))
    assert [member["person"] for member in check.team] == ["Anna", "Ben", "Cleo"]
    assert "They wrote back" not in str(check.team)
    frame = check.to_frame()
    assert len(frame) == 3 * len(SHIFTS)
    assert frame.loc[frame["evidence"], ["member", "shift"]].to_numpy().tolist() == [
        [1, "dialogue"]
    ]
    dialogue = check.results["company"].table.set_index("shift").loc["dialogue"]
    assert dialogue["n"] == 2
    assert check.results["own"].table.set_index("shift").loc["dialogue", "disagreement"] == 0


@pytest.mark.parametrize("case", vectors("shifts"), ids=lambda c: c["name"])
def test_results_are_those_of_the_core(case):
    rows = [
        {"member": i, "shift": shift, "company": a}
        for shift, given in case["answers"].items()
        for i, a in enumerate(given)
    ]
    if not rows:
        return
    team = tp.ShiftsCheck(team=pd.DataFrame(rows)).results["company"].table
    assert team["shift"].tolist() == [row["shift"] for row in case["expected"]]
    want = [row["disagreement"] for row in case["expected"] if row["disagreement"] is not None]
    assert team["disagreement"].dropna().tolist() == pytest.approx(want)


def test_what_is_assigned_counts_and_is_observed():
    check = tp.ShiftsCheck(team=pd.DataFrame(TEAM))
    seen = []
    check.observe(lambda change: seen.append(change["name"]), ["answers", "team"])
    check.answers = [{"shift": "people", "company": 2}]
    check.team = check.team[:1]
    assert seen == ["answers", "team"]
    assert check.answers[3]["company"] == 2
    assert check.results["company"].table["n"].tolist() == [0, 0, 1, 1, 0]


WRONG_ANSWERS = [
    ([{"shift": "people", "own": 6}], "column 'own', row 1: 6", "1 to 5"),
    ([{"shift": "people", "own": "much"}], "column 'own'", "numbers"),
    ([{"shift": "people", "own": True}], "column 'own'", "numbers"),
    ([{"shift": "people"}, {"shift": "people"}], "'people' more than once", "each key once"),
    ([{"shift": "peeple"}], "'peeple'", "insight, life_scarcities"),
    ([{"own": 3}], "nothing", "a key in each row"),
    ([{"shift": "people", "note": 3}], "note of people 3", "a text"),
]


@pytest.mark.parametrize(("rows", "found", "allowed"), WRONG_ANSWERS, ids=lambda v: str(v)[:40])
def test_wrong_answers_are_refused_and_nothing_changes(rows, found, allowed):
    check = tp.ShiftsCheck()
    before = check.answers

    def assign():
        check.answers = rows

    refused(found, allowed, "", assign)
    assert check.answers == before


def test_a_wrong_team_is_refused_and_nothing_changes():
    check = tp.ShiftsCheck(team=pd.DataFrame(TEAM))
    before = check.team

    def assign(team):
        check.team = team

    refused("member 1 with sheet", "sheet, person, file, rows", "", assign, [{"sheet": "a"}])
    refused("sheet 'frame-1' twice", "each sheet once", "drop", assign, [before[0], before[0]])
    wrong = [{**before[0], "rows": [{"shift": "people", "own": 9}]}]
    refused("column 'own', row 1: 9", "1 to 5", "", assign, wrong)
    many = [{**before[0], "sheet": str(i)} for i in range(101)]
    refused("101 members", "at most 100", "", assign, many)
    assert check.team == before


@pytest.mark.parametrize(
    ("change", "found", "allowed"),
    [
        ({"company": [1, 2, 3, 9]}, "column 'company', row 4: 9", "1 to 5"),
        ({"member": ["a", "a", "b", None]}, "column 'member': nothing", "a key"),
        ({"shift": ["people"] * 4}, "'people' more than once", "each key once"),
        ({"shift": ["people", "dialogue", "people", "web"]}, "'web'", "insight"),
    ],
    ids=lambda v: str(v)[:30],
)
def test_a_wrong_frame_of_a_team_gets_one_sentence(change, found, allowed):
    refused(found, allowed, "", tp.ShiftsCheck, team=pd.DataFrame({**TEAM, **change}))


def test_a_frame_without_answers_gets_one_sentence():
    frame = pd.DataFrame(TEAM)[["member", "shift"]]
    refused(
        "no column of answers among member, shift", "own or company", "", tp.ShiftsCheck, team=frame
    )


@pytest.mark.parametrize(("lang", "first"), [("en", "data"), ("de", "Daten")])
def test_readers_without_scripts_get_the_scale_as_a_table(lang, first):
    fallback = tp.ShiftsCheck(lang=lang)._fallback
    assert len(fallback["rows"]) == len(SHIFTS)
    assert all(len(row) == len(fallback["columns"]) == 3 for row in fallback["rows"])
    assert fallback["rows"][0][1] == first


def test_the_scripts_ask_for_texts_that_are_there():
    ui = Path(shifts_check.__file__).parent
    scripts = [ui / "shifts_check.js", *(ui / "parts").glob("shift_*.js")]
    source = "\n".join(path.read_text("utf-8") for path in scripts)
    asked = set(re.findall(r'(?:text|heading)\("(\w+)"', source))
    assert len(asked) > 30
    there = set(texts("en")["shifts_check"])
    assert asked <= there
    thrown = set(re.findall(r'ImportError\("(\w+)"', source))
    assert thrown <= there | set(texts("en")["common"])
    for shift in SHIFTS:
        assert {f"shift_{shift}", f"shift_from_{shift}", f"shift_to_{shift}"} <= there
    unused = {key for key in there if not key.startswith(("shift_", "side_")) and key not in source}
    assert unused <= {
        "fallback",
        "fallback_from",
        "fallback_to",
        "import_value",
        "import_nothing_changed",
    }
