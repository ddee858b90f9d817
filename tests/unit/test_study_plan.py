"""The plan of a study, against the vectors that the page is held to as well."""

from __future__ import annotations

import pytest

import touchpoints as tp
from conftest import vectors
from refusals import refused
from touchpoints.core.study_plan import STUDY_LIMITS

CASES = vectors("planning")


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_the_vectors(case):
    plan = tp.plan_study(tp.StudyAssumptions(**case["assumptions"]))
    assert list(plan.needed) == case["needed"]
    rows = plan.table.to_dict("records")
    assert [row["asked"] for row in rows] == [row["asked"] for row in case["rows"]]
    for row, want in zip(rows, case["rows"], strict=True):
        assert row == pytest.approx(want, rel=1e-9, abs=1e-9)


def test_it_plans_what_the_plan_of_one_lift_plans():
    plan = tp.plan_study(tp.StudyAssumptions(response_pct=100, asked=900))
    for grade, share, lift in ((1, 12, 15), (2, 16, -5)):
        one = tp.plan_lift(
            no_contact_rate_pct=30,
            lift_points=lift,
            grade_share_pct=share,
            no_contact_share_pct=60,
        )
        assert plan.needed[grade - 1] == one.customers
        found = plan.table.set_index("asked")[f"power_{grade}_pct"][one.customers]
        assert found == pytest.approx(one.table.set_index("customers")["power_pct"][one.customers])


def test_fewer_answers_and_repetition_cost_customers():
    base, silent, alike = (
        tp.plan_study(tp.StudyAssumptions(**change)).needed
        for change in ({}, {"response_pct": 15}, {"design_effect": 3})
    )
    assert silent == pytest.approx([2 * n for n in base], abs=1)
    assert alike == pytest.approx([3 * n for n in base], abs=3)


def test_it_says_what_it_can_decide():
    plan = tp.plan_study()
    assert "it can decide grade 1" in plan.text
    assert "it can't decide grade 2" in plan.text
    assert f"{plan.needed[1]:,} customers would have to be asked" in plan.text
    assert plan.at_asked()["answers"] == 1200
    enough = tp.plan_study(tp.StudyAssumptions(asked=plan.needed[1]))
    assert "it can decide grade 2" in enough.text
    short = tp.plan_study(tp.StudyAssumptions(asked=plan.needed[1] - 1))
    assert "it can't decide grade 2" in short.text


@pytest.mark.parametrize("name", STUDY_LIMITS)
def test_what_is_out_of_range_is_refused(name):
    low, high = STUDY_LIMITS[name]
    for value in (low - 0.01, high + 1):
        refused(f"{name} {value:g}", f"{low:g} to", "correct", tp.StudyAssumptions, **{name: value})
    for value in ("many", None, float("nan"), [1], True):
        refused(name, "number", "", tp.StudyAssumptions, **{name: value})


@pytest.mark.parametrize(
    ("change", "found", "allowed", "mend"),
    [
        ({"share_1_pct": 60, "share_2_pct": 41}, "come to 101 %", "at most 100", "lower"),
        ({"lift_1_points": 70}, "100 % at grade 1", "0.5 to 99.5", "lift_1_points"),
        ({"lift_2_points": -30}, "0 % at grade 2", "0.5 to 99.5", "lift_2_points"),
        ({"asked": 100.5}, "asked 100.5", "a whole number", "asked"),
    ],
)
def test_assumptions_that_do_not_fit_are_refused(change, found, allowed, mend):
    refused(found, allowed, mend, tp.StudyAssumptions, **change)


def test_a_plan_needs_assumptions():
    refused("assumptions 4000", "StudyAssumptions", "pass", tp.plan_study, 4000)
