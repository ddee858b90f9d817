"""The three worlds: the same raw table, and a truth that holds."""

import itertools

import numpy as np
import pytest

import touchpoints as tp
from touchpoints.core.generator import WORLDS
from touchpoints.core.generator.company import TOUCHPOINTS

LARGE = 60_000
GRADES = ["1", "2", "3", "4", "5", "6"]

every_world = pytest.mark.parametrize("world", list(WORLDS))


@pytest.fixture(scope="module")
def large():
    """All three worlds, with a panel large enough to see their rates to a point."""
    return {world: tp.generate(LARGE, world=world, seed=7) for world in WORLDS}


def lifts(data):
    return {grade: data.truth["raw_table"][grade]["lift_points"] for grade in GRADES}


def car_park_lifts(data):
    people = data.customers
    items = people[[f"bonding_{k}" for k in range(1, 6)]]
    fans = people.assign(fan=items.mean(axis=1) >= 4.0)[["customer_id", "fan", "age_group"]]
    park = data.contacts[data.contacts["touchpoint"] == "city_car_park"]
    return park.merge(fans, on="customer_id")


@every_world
def test_each_world_shows_the_pattern_of_the_claim(large, world):
    found = lifts(large[world])
    assert 35 < found["1"] < 40
    assert -6 < found["2"] < -3
    for better, worse in itertools.pairwise(GRADES):
        assert found[worse] < found[better]


@pytest.mark.parametrize("grade", GRADES)
def test_the_raw_table_cannot_tell_the_worlds_apart(large, grade):
    found = [lifts(data)[grade] for data in large.values()]
    rates = [data.truth["raw_table"][grade]["fan_rate_pct"] for data in large.values()]
    assert max(found) - min(found) < 3
    assert max(rates) - min(rates) < 5


def test_the_fan_rate_without_contact_is_about_the_same(large):
    rates = [data.truth["raw_table"]["no_contact"]["fan_rate_pct"] for data in large.values()]
    assert max(rates) - min(rates) < 3


def test_contacts_cause_nothing_under_halo(large):
    effects = large["halo"].truth["causal_effect_points"]
    assert set(effects["by_grade"].values()) == {0.0}
    assert effects["all_contacts"] == 0.0


@pytest.mark.parametrize("world", ["effect", "mixed"])
def test_only_grade_1_adds_to_bonding_where_contacts_matter(large, world):
    effects = large[world].truth["causal_effect_points"]["by_grade"]
    assert effects[1] > 5
    assert all(effects[grade] < 0 for grade in (2, 3, 4, 5, 6))


def test_effects_are_larger_under_effect_than_under_mixed(large):
    effect, mixed = (
        large[world].truth["causal_effect_points"]["by_grade"] for world in ("effect", "mixed")
    )
    assert effect[1] > mixed[1] + 1
    assert effect[3] < mixed[3] - 1


@every_world
def test_the_negative_control_causes_nothing(large, world):
    effects = large[world].truth["causal_effect_points"]["by_touchpoint"]["city_car_park"]
    assert set(effects.values()) == {0.0}


def test_the_negative_control_is_flat_under_effect_and_not_under_halo(large):
    """Under effect, grade and fan are unrelated at the car park; age alone moves the base."""
    flat = car_park_lifts(large["effect"])
    rates = flat.groupby("grade")["fan"].mean()
    assert rates.loc[1:4].max() - rates.loc[1:4].min() < 0.03
    within = flat.assign(contact=flat["grade"].notna()).pivot_table(
        index="age_group", columns="contact", values="fan", aggfunc="mean", observed=True
    )
    assert (within[True] - within[False]).abs().max() < 0.03
    coloured = car_park_lifts(large["halo"]).groupby("grade")["fan"].mean()
    assert coloured.loc[1] > coloured.loc[3] + 0.4


def test_earlier_bonding_tells_more_under_halo(large):
    def correlation(data):
        people = data.customers.dropna(subset=["bonding_1", "bonding_1_previous"])
        now = people[[f"bonding_{k}" for k in range(1, 6)]].mean(axis=1)
        before = people[[f"bonding_{k}_previous" for k in range(1, 6)]].mean(axis=1)
        return float(np.corrcoef(now.astype(float), before.astype(float))[0, 1])

    found = {world: correlation(data) for world, data in large.items()}
    assert found["effect"] < found["mixed"] - 0.1 < found["halo"] - 0.2


@every_world
def test_weights_bring_the_panel_nearer_to_all_customers(large, world):
    rates = large[world].truth["fan_rate_pct"]
    raw = abs(rates["panel_unweighted"] - rates["all_customers"])
    assert abs(rates["panel_weighted"] - rates["all_customers"]) < raw


def test_the_raw_table_of_the_truth_is_the_one_in_the_frames(large):
    data = large["mixed"]
    people = data.customers.dropna(subset=["bonding_1"])
    fan = people[[f"bonding_{k}" for k in range(1, 6)]].mean(axis=1) >= 4.0
    pairs = data.contacts.merge(people.assign(fan=fan)[["customer_id", "fan"]], on="customer_id")
    counted = pairs.groupby(pairs["grade"].fillna(0))["fan"].agg(["size", "mean"])
    for number, row in counted.iterrows():
        told = data.truth["raw_table"][str(number) if number else "no_contact"]
        assert told["contacts"] == row["size"]
        assert told["fan_rate_pct"] == pytest.approx(100 * row["mean"], abs=0.01)


def test_the_causal_effect_is_what_taking_the_contact_away_changes(large):
    """By hand for grade 1 at sales advice: bonding without the gain, same chance in the answers."""
    data = large["effect"]
    member = data.panel.member[data.panel.status != 2]
    row = TOUCHPOINTS.index("sales_advice")
    graded = data.population.grade[row, member] == 1
    gain = 240 * 1500 // 1000 * 37837 // 1000
    everybody = data.population.bonding.copy()
    with_contact = data._questionnaire.fans(everybody)[member][graded]
    without = data._questionnaire.fans(everybody - gain)[member][graded]
    told = data.truth["causal_effect_points"]["by_touchpoint"]["sales_advice"][1]
    assert told == pytest.approx(100 * (with_contact.mean() - without.mean()), abs=0.01)
