"""The trust simulator as a Python object."""

from __future__ import annotations

import pytest

import touchpoints as tp
from refusals import refused


def test_without_scenarios_it_compares_two_presets():
    simulator = tp.TrustSimulator()
    assert simulator.scenario_a == tp.TrustCycle.preset("excellent_throughout").to_dict()
    assert simulator.scenario_b == tp.TrustCycle.preset("one_bad_contact").to_dict()


def test_results_are_those_of_the_core():
    a, b = tp.TrustCycle(bad_weight=3), tp.TrustCycle(forget_pct=0)
    simulator = tp.TrustSimulator(a, b, seed=9)
    for name, cycle in (("a", a), ("b", b)):
        want = tp.simulate_trust(cycle, n_customers=1000, n_cycles=10, seed=9)
        assert simulator.results[name].parameters == cycle
        assert simulator.results[name].table.equals(want.table)


def test_what_is_assigned_counts_and_is_observed():
    simulator = tp.TrustSimulator()
    seen = []
    simulator.observe(lambda change: seen.append(change["name"]), ["scenario_a", "seed"])
    simulator.scenario_a = {**simulator.scenario_a, "good_pct": [10, 10, 10, 10]}
    simulator.seed = 4
    assert seen == ["scenario_a", "seed"]
    assert simulator.results["a"].seed == 4
    assert simulator.results["a"].table["in_credit_pct"].iloc[-1] < 5


def test_the_fallback_is_the_table_of_the_first_state():
    fallback = tp.TrustSimulator(lang="de")._fallback
    assert len(fallback["rows"]) == 10
    assert all(len(row) == len(fallback["columns"]) == 7 for row in fallback["rows"])
    assert fallback["rows"][-1][2] == "97,0 (95,7 … 97,9)"
    assert "simuliert" in fallback["caption"]


@pytest.mark.parametrize(
    ("change", "found", "allowed"),
    [
        ({"goods_pct": 3}, "'goods_pct'", "good_pct"),
        ({"good_pct": [1, 2]}, "good_pct [1, 2]", "four whole numbers"),
        ({"forget_pct": "all"}, "forget_pct 'all'", "0 to 100"),
    ],
)
def test_wrong_scenarios_get_one_sentence(change, found, allowed):
    simulator = tp.TrustSimulator()

    def assign():
        simulator.scenario_b = {**simulator.scenario_b, **change}

    refused(found, allowed, "", assign)


def test_wrong_arguments_get_one_sentence():
    refused("scenario 3", "a TrustCycle", "preset", tp.TrustSimulator, 3)
    refused("seed -1", "from 0", "in this range", tp.TrustSimulator, seed=-1)
    refused("seed 1.5", "a whole number", "in this range", tp.TrustSimulator, seed=1.5)
