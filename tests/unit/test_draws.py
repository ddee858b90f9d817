"""Random whole numbers: the same everywhere, and with the right shares."""

import numpy as np
import pytest

from touchpoints.core.generator.draws import (
    UNIT,
    Draws,
    blend,
    level,
    pick,
    remaining,
    spread,
)

MANY = 200_000
TOP = 2**32 - 1


def test_the_bits_of_a_stream_never_change():
    """First Philox words for seed 1 and this name: a new NumPy can't change the data unseen."""
    assert Draws(1).uniform("age", 3).tolist() == [426568328, 680135109, 3835526998]


def test_streams_differ_by_name_and_seed():
    first = Draws(1).uniform("age", 100)
    assert (first != Draws(1).uniform("style", 100)).any()
    assert (first != Draws(2).uniform("age", 100)).any()
    assert (first[:50] == Draws(1).uniform("age", 50)).all()


def test_a_disturbance_is_bell_shaped_with_mean_0_and_one_unit_of_spread():
    """Sum of four uniform numbers: kurtosis 3 - 6 / (5 * 4) = 2.7."""
    values = Draws(3).disturbance("noise", MANY) / UNIT
    assert values.mean() == pytest.approx(0, abs=0.01)
    assert values.std() == pytest.approx(1, abs=0.01)
    assert (values**4).mean() == pytest.approx(2.7, abs=0.05)


@pytest.mark.parametrize(
    ("per_mille", "share"),
    [(-50, 0.0), (0, 0.0), (1, 0.001), (250, 0.25), (1000, 1.0), (1200, 1.0)],
)
def test_something_happens_with_its_probability(per_mille, share):
    happened = Draws(4).happens("x", np.full(MANY, per_mille))
    assert happened.mean() == pytest.approx(share, abs=0.004)
    assert happened.any() == (share > 0)
    assert happened.all() == (share == 1)


@pytest.mark.parametrize(
    ("draw", "position"),
    [(0, 0), (2**30 - 1, 0), (2**30, 2), (2**31, 2), (TOP, 2)],
)
def test_picking_skips_positions_without_a_share(draw, position):
    shares = [[250, 0, 750]]
    assert pick(np.array([draw]), shares, np.array([0])).tolist() == [position]


def test_groups_have_their_own_shares():
    group = np.array([0, 1] * (MANY // 2))
    position = Draws(5).choose("x", [[100, 900], [600, 400]], group)
    assert position[group == 0].mean() == pytest.approx(0.9, abs=0.005)
    assert position[group == 1].mean() == pytest.approx(0.4, abs=0.005)


@pytest.mark.parametrize(
    ("draw", "amount"), [(0, 10), (2**30, 20), (2**31, 30), (2**31 + 2**30, 65), (TOP, 99)]
)
def test_amounts_run_straight_from_knot_to_knot(draw, amount):
    assert spread(np.array([draw]), [10, 30, 100]).tolist() == [amount]


@pytest.mark.parametrize(
    ("value", "count"), [(-10 * UNIT, 0), (-UNIT // 2 - 1, 0), (0, 1), (UNIT, 2), (2 * UNIT, 2)]
)
def test_levels_count_the_cut_offs_reached(value, count):
    assert level(np.array([value]), [-500, 1000]).tolist() == [count]


@pytest.mark.parametrize(
    ("weights", "rest"), [((), 1000), ((600,), 800), ((600, 640), 480), ((1000,), 0)]
)
def test_the_remaining_weight_keeps_the_spread(weights, rest):
    assert remaining(*weights) == rest


def test_blending_keeps_whole_numbers():
    mixed = blend((450, np.array([1, -1])), (550, np.array([3, 3])))
    assert mixed.dtype == np.int64
    assert mixed.tolist() == [2, 1]
