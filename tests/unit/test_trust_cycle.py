"""The contact cycle as a trust account: vectors, closed forms, what must rise and fall, wrong input."""

from __future__ import annotations

import dataclasses
import hashlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import touchpoints as tp
from conftest import vectors
from refusals import refused
from touchpoints.core.hashed_draws import hashed_uniform
from touchpoints.core.trust_cycle import TRUST_PRESETS
from touchpoints.core.vocabulary import CONTACT_PHASES

CASES = vectors("trust_cycle")
#: Nothing carried, heard or forgotten, nobody stays away.
PLAIN = tp.TrustCycle(forget_pct=0, leave_below_points=-100)


def simulated(parameters, **options):
    return tp.simulate_trust(
        parameters, **({"n_customers": 200, "n_cycles": 4, "seed": 1} | options)
    )


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_the_course_without_chance_is_that_of_the_vectors(case):
    course = tp.TrustCycle(**case["parameters"]).expected(case["n_cycles"])
    np.testing.assert_allclose(course, case["expected"], rtol=0, atol=1e-12)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_the_simulation_is_that_of_the_vectors(case):
    options = {name: case[name] for name in ("n_customers", "n_cycles", "seed")}
    table = tp.simulate_trust(tp.TrustCycle(**case["parameters"]), **options).table
    columns = ["taking_part", "q25_points", "median_points", "q75_points", "in_credit"]
    assert table[columns].to_numpy().tolist() == case["simulated"]
    assert (table["n"] == case["n_customers"]).all()
    assert table["contact_phase"].tolist() == list(CONTACT_PHASES) * case["n_cycles"]
    assert table["cycle"].tolist() == np.repeat(np.arange(case["n_cycles"]) + 1, 4).tolist()
    assert table["expected_points"].tolist() == pytest.approx(
        np.ravel(case["expected"]).tolist(), abs=1e-12
    )


def test_one_phase_alone_is_a_straight_line():
    """Only the full contact counts: t cycles come to t × d × (p - (1 - p) × b)."""
    cycle = dataclasses.replace(PLAIN, deposit_points=(0, 0, 3, 0), bad_weight=1.5)
    want = [t * 3 * (0.8 - 0.2 * 1.5) for t in range(1, 6)]
    assert cycle.expected(5)[:, -1].tolist() == pytest.approx(want)


def test_forgetting_leads_to_a_ceiling():
    """A constant sum s a cycle and forgetting f tend to s / f."""
    course = dataclasses.replace(PLAIN, good_pct=(100,) * 4, forget_pct=20).expected(100)
    assert course[-1, -1] == pytest.approx(5 / 0.2, abs=1e-6)


def test_a_forgotten_post_contact_pulls_the_pre_contact_down():
    """With carry-over c the chance of the pre-contact is (1 - c) p + c × p_post: 0.5 × 0.8 here."""
    cycle = dataclasses.replace(PLAIN, good_pct=(80, 80, 80, 0), carry_over_pct=50, bad_weight=0)
    course = cycle.expected(2)
    assert course[0, 0] == pytest.approx(0.8)
    assert course[1, 0] - course[0, -1] == pytest.approx(0.4)


def test_reputation_is_the_share_of_good_contacts():
    """One contact of four is good; heard by all, it makes one pre-contact of four good."""
    cycle = tp.TrustCycle(
        good_pct=(100, 0, 0, 0),
        deposit_points=(1, 0, 0, 0),
        word_of_mouth_pct=100,
        forget_pct=100,
    )
    table = simulated(cycle, n_customers=4000, n_cycles=2).table
    assert table.loc[3, "in_credit"] == 4000
    assert table.loc[4, "in_credit"] == pytest.approx(1000, abs=4 * np.sqrt(4000 * 0.25 * 0.75))


def test_many_customers_share_the_course_without_chance():
    """Certain contacts leave nothing to chance; then each quartile is the expected account."""
    for good in ((100, 100, 100, 100), (0, 100, 0, 100)):
        table = simulated(dataclasses.replace(PLAIN, good_pct=good, bad_weight=1)).table
        for column in ("q25_points", "median_points", "q75_points"):
            assert table[column].tolist() == table["expected_points"].tolist()


def test_the_mean_of_many_is_the_expected_account():
    """One cycle of one phase: the share of +1 and -2 gives the mean; 4 standard errors of room."""
    cycle = dataclasses.replace(
        PLAIN, good_pct=(30, 70, 50, 60), deposit_points=(0, 1, 0, 0), bad_weight=2
    )
    n = 100_000
    last = tp.simulate_trust(cycle, n_customers=n, n_cycles=1, seed=5).table.iloc[-1]
    mean = (last["in_credit"] - 2 * (n - last["in_credit"])) / n
    assert mean == pytest.approx(last["expected_points"], abs=4 * 3 * np.sqrt(0.7 * 0.3 / n))


parameters = st.builds(
    tp.TrustCycle,
    good_pct=st.tuples(*[st.integers(0, 100)] * 4),
    deposit_points=st.tuples(*[st.integers(0, 2)] * 4),
    bad_weight=st.sampled_from([0.0, 0.5, 1.0, 2.0, 3.0]),
    carry_over_pct=st.integers(0, 50),
    word_of_mouth_pct=st.integers(0, 50),
    forget_pct=st.integers(0, 100),
    start_points=st.integers(-3, 3),
    leave_below_points=st.just(-100),
    mishap_cycle=st.integers(0, 4),
    mishap_phase=st.sampled_from(CONTACT_PHASES),
)
small = settings(max_examples=25, deadline=None)


@small
@given(parameters, st.integers(0, 3), st.integers(0, 100), st.integers(0, 2**32 - 1))
def test_better_quality_never_lowers_an_account(cycle, phase, quality, seed):
    raised = [max(q, quality) if i == phase else q for i, q in enumerate(cycle.good_pct)]
    better = dataclasses.replace(cycle, good_pct=tuple(raised))
    before, after = simulated(cycle, seed=seed).table, simulated(better, seed=seed).table
    for column in ("q25_points", "median_points", "q75_points", "in_credit"):
        assert (after[column] >= before[column]).all()
    assert (after["expected_points"] >= before["expected_points"] - 1e-12).all()


@small
@given(parameters, st.sampled_from([3.0, 4.5, 10.0]))
def test_heavier_bad_contacts_never_raise_an_account(cycle, weight):
    worse = dataclasses.replace(cycle, bad_weight=weight)
    before, after = simulated(cycle).table, simulated(worse).table
    assert (after["median_points"] <= before["median_points"]).all()
    assert (after["in_credit"] <= before["in_credit"]).all()


@small
@given(parameters, st.integers(-6, 0), st.integers(1, 30))
def test_accounts_stay_within_what_can_be_paid_in_and_out(cycle, limit, customers):
    table = simulated(
        dataclasses.replace(cycle, leave_below_points=limit), n_customers=customers
    ).table
    top = max(0, cycle.start_points) + sum(cycle.deposit_points) * table["cycle"]
    bottom = min(0, cycle.start_points) - sum(cycle.withdrawals()) * table["cycle"]
    thousandths = 0.001 * table["cycle"]  # forgetting rounds down
    assert (table["q75_points"] <= top).all()
    assert (table["q25_points"] >= bottom - thousandths).all()
    assert (table["q25_points"] <= table["median_points"]).all()
    assert (table["median_points"] <= table["q75_points"]).all()
    assert table["taking_part"].between(0, customers).all()
    assert (table["low_pct"] <= table["in_credit_pct"]).all()
    assert (table["high_pct"] >= table["in_credit_pct"]).all()
    assert (table["low_pct"] >= 0).all()
    assert (table["high_pct"] <= 100).all()


def test_one_mishap_costs_its_deposit_and_its_withdrawal():
    usual = dataclasses.replace(PLAIN, good_pct=(100,) * 4, bad_weight=5)
    hit = dataclasses.replace(usual, mishap_cycle=2, mishap_phase="contact")
    lost = (usual.expected(3) - hit.expected(3)).ravel().tolist()
    assert lost == [0] * 5 + [1 + 5] * 7
    assert simulated(hit).table["median_points"].tolist()[:6] == [1, 2, 4, 5, 6, 1]


def test_who_is_disappointed_stays_away_until_enough_is_forgotten():
    cycle = tp.TrustCycle(good_pct=(0,) * 4, bad_weight=2, forget_pct=50, leave_below_points=-5)
    taking_part = simulated(cycle, n_cycles=5).table.groupby("cycle")["taking_part"].first()
    assert taking_part.tolist() == [200, 200, 0, 200, 0]  # -10, -5 - 10, -7.5, -3.75 - 10, -6.875


def test_with_a_limit_a_better_phase_may_lower_accounts():
    """All is bad: -10 at once, then nobody comes. A good full contact: -4, and all come back for more."""
    bad = tp.TrustCycle(good_pct=(0, 0, 0, 0), bad_weight=2, leave_below_points=-8, forget_pct=0)
    better = dataclasses.replace(bad, good_pct=(0, 0, 100, 0))
    ends = [simulated(c, n_cycles=3).table["median_points"].iloc[-1] for c in (bad, better)]
    assert ends == [-10, -12]


def test_who_stays_away_counts_on():
    cycle = tp.TrustCycle(good_pct=(0,) * 4, forget_pct=0)
    last = simulated(cycle).table.iloc[-1]
    assert (last["n"], last["taking_part"], last["in_credit"]) == (200, 0, 0)


def test_the_same_seed_gives_the_same_table_everywhere():
    """Bits that must never change: those of a run written down once."""
    course = tp.simulate_trust(tp.TrustCycle.preset("one_bad_contact"), seed=7)
    again = tp.simulate_trust(tp.TrustCycle.preset("one_bad_contact"), seed=7)
    assert course.table.equals(again.table)
    other = tp.simulate_trust(tp.TrustCycle.preset("one_bad_contact"), seed=8)
    assert not course.table.equals(other.table)
    assert hashed_uniform(7, 3, 2).tolist() == [3355619199, 3287708262]
    counts = course.table[["taking_part", "in_credit"]].to_numpy().astype("<i8").tobytes()
    assert hashlib.sha256(counts).hexdigest()[:16] == "84f7b24164546390"


def test_draws_are_spread_evenly_and_independent_of_each_other():
    """Chi-squared over 256 boxes, and over 16 × 16 boxes of neighbours; 255 ± 5 standard deviations."""
    n = 1 << 18
    streams = [hashed_uniform(3, stream, n) for stream in (0, 1)]
    pairs = {
        "boxes": streams[0] >> 24,
        "two streams": (streams[0] >> 28) * 16 + (streams[1] >> 28),
        "two seeds": (streams[0] >> 28) * 16 + (hashed_uniform(4, 0, n) >> 28),
        "neighbours": (streams[0][:-1] >> 28) * 16 + (streams[0][1:] >> 28),
        "low bits": streams[0] & 255,
    }
    for name, boxes in pairs.items():
        counts = np.bincount(boxes, minlength=256)
        want = counts.sum() / 256
        assert abs(((counts - want) ** 2 / want).sum() - 255) < 5 * np.sqrt(2 * 255), name


def test_presets_show_what_their_names_say():
    last = {
        name: tp.simulate_trust(tp.TrustCycle.preset(name), seed=1).table for name in TRUST_PRESETS
    }
    hit = last["one_bad_contact"].groupby("cycle")["in_credit_pct"].last()
    assert hit[4] < hit[3] - 30
    assert hit[5] < hit[3]
    assert last["post_contact_forgotten"].iloc[-1]["in_credit_pct"] < 50
    assert last["excellent_throughout"].iloc[-1]["in_credit_pct"] > 95


def test_text_and_chart_say_what_the_table_shows():
    course = tp.simulate_trust(tp.TrustCycle.preset("excellent_throughout"), seed=1)
    assert course.text == (
        "In this teaching model, 97.0 % of 1,000 simulated customers (95 % interval 95.7 to 97.9 %) "
        "are in credit after cycle 10; the median account holds 23.2 points, and 978 took part in "
        "the last cycle."
    )
    spec = course.chart().to_dict()
    assert spec["title"]["text"] == "97 % are in credit after 10 cycles (simulated)"
    assert spec["description"] == course.text


def test_parameters_as_plain_data_make_the_same_parameters():
    for name in TRUST_PRESETS:
        cycle = tp.TrustCycle.preset(name)
        assert tp.TrustCycle(**cycle.to_dict()) == cycle
    counted = tp.TrustCycle(good_pct=np.array([1, 2, 3, 4]), forget_pct=np.int64(3))
    assert counted.to_dict()["good_pct"] == [1, 2, 3, 4]
    assert type(counted.forget_pct) is int


WRONG = [
    ({"good_pct": (80, 80, 80)}, "good_pct (80, 80, 80)", "four whole numbers from 0 to 100"),
    ({"good_pct": 80}, "good_pct 80", "four whole numbers"),
    ({"good_pct": (80, 101, 80, 80)}, "good_pct of contact 101", "from 0 to 100"),
    ({"good_pct": (80, 80, 80, 0.9)}, "good_pct of post_contact 0.9", "a whole number"),
    ({"deposit_points": (1, 1, -1, 1)}, "deposit_points of full_contact -1", "from 0 to 10"),
    ({"bad_weight": 11}, "bad_weight 11", "a number from 0 to 10"),
    ({"bad_weight": float("nan")}, "bad_weight nan", "a number from 0 to 10"),
    ({"bad_weight": True}, "bad_weight True", "a number from 0 to 10"),
    ({"bad_weight": "much"}, "bad_weight 'much'", "a number from 0 to 10"),
    ({"carry_over_pct": 101}, "carry_over_pct 101", "from 0 to 100"),
    ({"carry_over_pct": 60, "word_of_mouth_pct": 41}, "= 101", "at most 100 together"),
    ({"forget_pct": True}, "forget_pct True", "a whole number from 0 to 100"),
    ({"forget_pct": None}, "forget_pct None", "a whole number from 0 to 100"),
    ({"start_points": 101}, "start_points 101", "from -100 to 100"),
    ({"leave_below_points": 1}, "leave_below_points 1", "from -100 to 0"),
    ({"mishap_cycle": -1}, "mishap_cycle -1", "from 0 to 100"),
    ({"mishap_phase": "contakt"}, "'contakt'", "pre_contact, contact, full_contact, post_contact"),
]


@pytest.mark.parametrize(("change", "found", "allowed"), WRONG, ids=lambda v: str(v)[:30])
def test_wrong_parameters_get_one_sentence(change, found, allowed):
    refused(found, allowed, "", tp.TrustCycle, **change)


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({"n_customers": 0}, "n_customers 0"),
        ({"n_customers": 1_000_001}, "n_customers 1000001"),
        ({"n_cycles": 0}, "n_cycles 0"),
        ({"n_cycles": 2.5}, "n_cycles 2.5"),
        ({"seed": -1}, "seed -1"),
        ({"seed": 2**32}, "seed 4294967296"),
        ({"seed": None}, "seed None"),
    ],
    ids=lambda v: str(v),
)
def test_wrong_numbers_get_one_sentence(options, found):
    refused(found, "a whole number from", "in this range", simulated, PLAIN, **options)


def test_what_is_no_parameters_is_refused():
    refused("'one_bad_contact'", "a TrustCycle", "preset", simulated, "one_bad_contact")
    refused("'one_bad'", "one_bad_contact, post", "did you mean", tp.TrustCycle.preset, "one_bad")
    refused("n_cycles 0", "from 1 to 100", "in this range", PLAIN.expected, 0)


def test_one_customer_and_one_cycle_are_enough():
    table = tp.simulate_trust(PLAIN, n_customers=1, n_cycles=1, seed=0).table
    assert len(table) == 4
    assert not table.isna().any().any()
