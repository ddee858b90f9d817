"""The study planner as a Python object."""

from __future__ import annotations

import pytest

import touchpoints as tp
from refusals import refused


def test_results_are_those_of_the_core():
    given = tp.StudyAssumptions(asked=900, response_pct=55, lift_2_points=-7)
    planner = tp.StudyPlanner(given)
    assert planner.plan == given.to_dict()
    assert planner.results.needed == tp.plan_study(given).needed
    assert planner.results.table.equals(tp.plan_study(given).table)
    assert tp.StudyPlanner().results.needed == tp.plan_study().needed


def test_what_is_assigned_counts_and_is_observed():
    planner = tp.StudyPlanner()
    seen = []
    planner.observe(lambda change: seen.append(change["new"]["asked"]), "plan")
    before = planner.results.needed
    planner.plan = {**planner.plan, "asked": 50_000, "design_effect": 2}
    assert seen == [50_000]
    assert planner.results.at_asked()["answers"] == 15_000
    assert planner.results.needed[0] > before[0]


@pytest.mark.parametrize(
    ("lang", "own", "needed", "width"),
    [
        ("en", "4,000 (your plan)", "16,702 (grade 2)", "6.8"),
        ("de", "4.000 (Ihr Plan)", "16.702 (Note 2)", "6,8"),
    ],
)
def test_the_fallback_is_the_table_of_the_first_state(lang, own, needed, width):
    fallback = tp.StudyPlanner(lang=lang)._fallback
    rows = {row[0]: row for row in fallback["rows"]}
    assert all(len(row) == len(fallback["columns"]) == 8 for row in fallback["rows"])
    assert rows[own][1:] == tp_row(lang)
    assert rows[needed][-1] == width


def tp_row(lang):
    row = ["1,200", "144", "93.0", "17.4", "192", "26.7", "13.9"]
    return [c.translate(str.maketrans(",.", ".,")) for c in row] if lang == "de" else row


@pytest.mark.parametrize(
    ("change", "found", "allowed"),
    [
        ({"reply_pct": 3}, "'reply_pct'", "response_pct"),
        ({"alpha_pct": 50}, "alpha_pct 50", "0.1 to 20"),
        ({"asked": "all"}, "asked 'all'", "numbers"),
        ({"share_1_pct": 61}, "come to 101 %", "at most 100 %"),
    ],
)
def test_wrong_plans_get_one_sentence(change, found, allowed):
    planner = tp.StudyPlanner()

    def assign():
        planner.plan = {**planner.plan, **change}

    refused(found, allowed, "", assign)


def test_wrong_arguments_get_one_sentence():
    refused("plan 4000", "StudyAssumptions", "pass", tp.StudyPlanner, 4000)
