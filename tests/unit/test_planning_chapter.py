"""Numbers in the prose of the chapter on planning are those that the package computes."""

from __future__ import annotations

import dataclasses

import pytest

import touchpoints as tp
from conftest import ROOT

TEXT = (ROOT / "book" / "research" / "planning-a-study.md").read_text("utf-8")
CHAT = tp.StudyAssumptions(
    no_contact_rate_pct=31.6,
    contact_share_pct=19.4,
    response_pct=100,
    asked=2696,
    share_1_pct=19.5,
    lift_1_points=39,
    share_2_pct=39.7,
    lift_2_points=-5,
)


def customers_for(lift):
    return tp.plan_lift(
        no_contact_rate_pct=31.6,
        lift_points=lift,
        grade_share_pct=7.7,
        no_contact_share_pct=80.6,
    ).customers


def of_the_chat():
    plan = tp.plan_study(CHAT)
    row = plan.at_asked()
    wide = plan.table.set_index("asked")["width_2_points"][10_000]
    first, second = plan.needed
    return [
        f"Grade 1 needs {first} customers",
        f"grade 2 needs {second:,}",
        f"it takes {second:,}",
        f"with a chance of {row['power_2_pct']:.0f} %",
        f"about {row['width_2_points']:.1f} points wide",
        f"it is {wide:.1f} points wide",
    ]


def of_the_exercises():
    powers = [
        tp.plan_study(dataclasses.replace(CHAT, asked=4000, contact_share_pct=s)).at_asked()
        for s in (19.4, 50)
    ]
    return [
        f"from −10 to −5 points {customers_for(-10):,} become {customers_for(-5):,}",
        f"({customers_for(-3):,})",
        f"rises from {powers[0]['power_2_pct']:.0f} to {powers[1]['power_2_pct']:.0f} %",
        f"{powers[1]['graded_2']:.0f} instead of {powers[0]['graded_2']:.0f}",
    ]


def of_the_claim():
    def shown(grade_2, grades, **options):
        power = tp.claim_power(
            {1: 70, 2: grade_2, 3: 15, 4: 8} | ({5: 6, 6: 5} if len(grades) > 4 else {}),
            no_contact_rate_pct=31.6,
            no_contact_share_pct=80.6,
            grade_shares_pct=grades,
            customers=2700,
            **options,
        )
        rows = power.table.query("what == 'grade 2 lowers'").set_index("verdict")
        return rows.loc["consistent"]

    six = {1: 19.5, 2: 39.7, 3: 18.5, 4: 12.4, 5: 6.7, 6: 3.2}
    there = shown(26.6, six, draws=300, seed=1)
    none = shown(31.6, {1: 20, 2: 40, 3: 25, 4: 15}, draws=1000, seed=2)
    return [
        f"in {there.share_pct:.0f} % of the surveys ({there.low_pct:.0f} to {there.high_pct:.0f})",
        f"in {none.share_pct:.1f} % of the surveys (95 % Monte-Carlo interval {none.low_pct:.1f} to {none.high_pct:.1f})",
    ]


@pytest.mark.parametrize("numbers", [of_the_chat, of_the_exercises, of_the_claim])
def test_the_prose_says_what_is_computed(numbers):
    assert [said for said in numbers() if said not in TEXT] == []
