"""Power, sample sizes and expected widths, against published formulas, statsmodels and brute force."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.power import normal_power_het
from statsmodels.stats.proportion import samplesize_proportions_2indep_onetail

import touchpoints as tp
from refusals import refused

# Normal approximation as in R's power.prop.test; the first is the example of its help page.
PUBLISHED = [(0.50, 0.75, 50, 0.740166), (0.25, 0.20, 1093.7, 0.80)]
PLAN = {
    "no_contact_rate_pct": 25,
    "lift_points": -5,
    "grade_share_pct": 30,
    "no_contact_share_pct": 40,
}


@pytest.mark.parametrize(("p_1", "p_2", "n", "power"), PUBLISHED)
def test_power_as_published(p_1, p_2, n, power):
    assert tp.power_two_proportions(p_1, p_2, n_per_group=n) == pytest.approx(power, abs=2e-5)
    assert tp.power_two_proportions(p_2, p_1, n_per_group=n) == pytest.approx(power, abs=2e-5)
    needed = tp.sample_size_two_proportions(p_1, p_2, power=power)
    assert needed == pytest.approx(n, rel=1e-4)


@pytest.mark.parametrize("alpha", [0.01, 0.05, 0.2])
@pytest.mark.parametrize(("p_1", "p_2"), [(0.1, 0.2), (0.5, 0.75), (0.9, 0.02), (0.3, 0.31)])
def test_sample_size_agrees_with_statsmodels(p_1, p_2, alpha):
    want = samplesize_proportions_2indep_onetail(p_1 - p_2, p_2, 0.8, alpha=alpha)
    assert tp.sample_size_two_proportions(p_1, p_2, alpha=alpha) == pytest.approx(want, rel=1e-9)


@pytest.mark.parametrize("ratio", [0.25, 1, 3])
def test_a_plan_for_unequal_groups_agrees_with_statsmodels(ratio):
    plan = tp.plan_lift(**(PLAN | {"grade_share_pct": 20, "no_contact_share_pct": 20 * ratio}))
    first = samplesize_proportions_2indep_onetail(-0.05, 0.25, 0.8, ratio=ratio)
    assert plan.customers == int(np.ceil(first / 0.2))
    pooled = (0.20 + ratio * 0.25) / (1 + ratio)
    null = np.sqrt(pooled * (1 - pooled) * (1 + 1 / ratio))
    alternative = np.sqrt(0.2 * 0.8 + 0.25 * 0.75 / ratio)
    for row in plan.table.to_dict("records"):
        want = normal_power_het(-0.05, row["graded"], 0.025, null, alternative, "smaller")
        assert row["power_pct"] == pytest.approx(100 * want, rel=1e-9)


def test_power_is_how_often_samples_show_the_difference():
    """All 51 × 51 pairs of counts of two groups of 50, each with its chance and its test."""
    k = np.arange(51)
    chance = np.outer(stats.binom.pmf(k, 50, 0.5), stats.binom.pmf(k, 50, 0.75))
    x, y = np.meshgrid(k, k, indexing="ij")
    pooled = (x + y) / 100
    error = np.sqrt(np.maximum(pooled * (1 - pooled) * 2 / 50, 1e-12))
    found = (y - x) / 50 / error > stats.norm.ppf(0.975)
    assert tp.power_two_proportions(0.5, 0.75, n_per_group=50) == pytest.approx(
        chance[found].sum(), abs=0.02
    )


def test_more_people_and_larger_differences_are_found_more_often():
    powers = tp.power_two_proportions(0.3, 0.4, n_per_group=[10, 100, 1000])
    assert powers.tolist() == sorted(powers)
    assert tp.power_two_proportions(0.3, 0.3, n_per_group=70) == pytest.approx(0.025)
    sizes = [tp.sample_size_two_proportions(0.3, p) for p in (0.31, 0.4, 0.6)]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize(("n_1", "n_2"), [(30, 30), (30, 90), (100, 40)])
@pytest.mark.parametrize(("p_1", "p_2"), [(0.5, 0.3), (0.2, 0.25), (0.8, 0.6)])
def test_the_expected_width_is_the_mean_over_all_samples(p_1, p_2, n_1, n_2):
    x, y = np.meshgrid(np.arange(n_1 + 1), np.arange(n_2 + 1), indexing="ij")
    low, high = tp.newcombe(x, n_1, y, n_2)
    mean = np.sum(stats.binom.pmf(x, n_1, p_1) * stats.binom.pmf(y, n_2, p_2) * (high - low))
    width = tp.expected_interval_width(p_1, p_2, n_1=n_1, n_2=n_2)
    assert 1 < width / mean < 1.015


def test_a_plan_says_what_it_assumes():
    plan = tp.plan_lift(**PLAN)
    at = plan.table[plan.table["customers"] == plan.customers].iloc[0]
    assert 80 <= at["power_pct"] < 80.1
    assert at["graded"] == pytest.approx(0.3 * plan.customers)
    width = tp.expected_interval_width(0.2, 0.25, n_1=at["graded"], n_2=at["no_contact"])
    assert at["width_points"] == pytest.approx(100 * width)
    assert f"{plan.customers:,} customers" in plan.text
    assert "all rates and shares are assumed" in plan.text


WRONG = [
    ({"p_1": 0}, "p_1 0", "above 0 and below 1", "as a share"),
    ({"p_2": 1}, "p_2 1", "above 0 and below 1", "as a share"),
    ({"p_2": 75}, "p_2 75", "above 0 and below 1", "as a share"),
    ({"p_1": "half"}, "p_1 'half'", "numbers", "pass p_1"),
    ({"p_1": float("nan")}, "p_1 nan", "a single finite number", "correct"),
    ({"p_1": [0.1, 0.2]}, "p_1 [0.1, 0.2]", "a single finite number", "correct"),
    ({"p_1": True}, "p_1 True", "a single finite number", "correct"),
    ({"alpha": 5}, "alpha 5", "above 0 and below 1", "as a share"),
]


@pytest.mark.parametrize(("change", "found", "allowed", "mend"), WRONG)
def test_wrong_shares(change, found, allowed, mend):
    given = {"p_1": 0.3, "p_2": 0.4} | change
    p_1, p_2 = given.pop("p_1"), given.pop("p_2")
    refused(found, allowed, mend, tp.power_two_proportions, p_1, p_2, n_per_group=50, **given)
    refused(found, allowed, mend, tp.sample_size_two_proportions, p_1, p_2, **given)


@pytest.mark.parametrize("n", [0, -3, float("nan"), float("inf"), [10, 0]])
def test_wrong_sizes(n):
    refused("n_per_group", "above 0", "plan", tp.power_two_proportions, 0.3, 0.4, n_per_group=n)


def test_wrong_plans():
    size, width = tp.sample_size_two_proportions, tp.expected_interval_width
    refused("shares of 0.3 and 0.3", "that differ", "how large", size, 0.3, 0.3)
    refused("power 0.05 at alpha 0.1", "above alpha", "0.8", size, 0.3, 0.4, power=0.05, alpha=0.1)
    refused("n_2 0", "above 0", "plan", width, 0.3, 0.4, n_1=5, n_2=0)
    for change, found, allowed in (
        ({"lift_points": -25}, "25 % without contact and 0 %", "above 0 and below 100"),
        ({"lift_points": 80}, "and 105 % at the grade", "above 0 and below 100"),
        ({"lift_points": 0}, "shares of 0.25 and 0.25", "that differ"),
        ({"grade_share_pct": 70}, "70 % with the grade", "at most 100 %"),
        ({"no_contact_share_pct": 0}, "0 % without contact", "above 0"),
        ({"power": 80}, "power 80", "above 0 and below 1"),
    ):
        refused(found, allowed, "", tp.plan_lift, **(PLAN | change))
