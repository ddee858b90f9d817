"""The numbers that the chapter on journeys states in its sentences."""

from __future__ import annotations

import pandas as pd
import pytest

import touchpoints as tp


@pytest.fixture(scope="module")
def log():
    return tp.load("journeys")


@pytest.fixture(scope="module")
def paths(log):
    return tp.journey_paths(log)


@pytest.fixture(scope="module")
def listed():
    return tp.load("touchpoints")


def test_the_log_and_its_journeys(log, paths, listed):
    assert (len(log), log["customer_id"].nunique()) == (47_455, 10_000)
    assert (paths["conversions"].sum(), (paths["conversions"] + paths["nulls"]).sum()) == (
        5_047,
        14_432,
    )
    met = set(log["touchpoint"].astype(str))
    assert (len(set(listed["touchpoint"]) - met), len(listed)) == (5, 21)
    orders = set(log.loc[log["outcome"] == "order", "touchpoint"].astype(str))
    assert orders == {"online_checkout", "store_checkout"}


def test_one_contact_in_five_journeys_and_no_order_at_the_first(paths):
    single = paths[~paths["path"].str.contains(">")]
    assert single["nulls"].sum() / 14_432 == pytest.approx(0.205, abs=5e-4)
    assert single["conversions"].sum() == 0


def test_the_seven_answers(paths):
    table = tp.compare_attribution(paths).table.set_index("touchpoint")
    share = 100 * table.loc[:, "first":"shapley"] / 5_047
    assert share.loc["online_checkout", ["first", "last"]].tolist() == pytest.approx(
        [0, 54.9], abs=0.05
    )
    home = share.loc["home_page"]
    assert (home.min(), home.max()) == pytest.approx((0, 27.3), abs=0.05)


def test_the_two_views(paths, listed):
    groups = tp.attribution_by_group(paths, listed).table.set_index("group")
    web, store = groups.loc["web"], groups.loc["store"]
    assert (web["credit"], web["credit_of_touchpoints"]) == pytest.approx((1739, 2340), abs=0.5)
    assert (web["largest"], round(web["largest_share_pct"])) == ("home_page", 41)
    assert (store["largest"], round(store["largest_share_pct"])) == ("sales_advice", 51)


def test_departments_by_last_touch(paths, listed):
    """Exercise 4: the owners of the two tills share all, marketing gets nothing."""
    tills = listed.set_index("touchpoint")["department"].astype(str)[
        ["online_checkout", "store_checkout"]
    ]
    table = tp.attribution_by_group(paths, listed, by="department", method="last").table
    got = table.set_index("group")["credit"]
    assert got[sorted(set(tills))].sum() == pytest.approx(5_047)
    assert got["marketing"] == 0


def test_the_order_of_the_chain_hardly_matters(paths):
    effects = pd.DataFrame(
        {
            order: tp.removal_effects(paths, order=order).table.set_index("touchpoint")[
                "removal_effect"
            ]
            for order in (1, 2)
        }
    )
    assert (effects[1] - effects[2]).abs().max() < 0.02


BY_HAND = pd.DataFrame(
    {
        "path": ["flyer > shop", "app > shop", "flyer > app > shop", "app"],
        "conversions": [3, 2, 1, 0],
        "nulls": [1, 2, 1, 2],
    }
)


def test_the_example_by_hand():
    result = tp.removal_effects(BY_HAND)
    table = result.table.set_index("touchpoint")
    assert result.conversion_probability == pytest.approx(0.5)
    assert table["removal_effect"].to_dict() == pytest.approx(
        {"shop": 1, "app": 0.6, "flyer": 0.55}
    )
    assert table["credit"].round(2).to_dict() == {"shop": 2.79, "app": 1.67, "flyer": 1.53}
    remembered = tp.removal_effects(BY_HAND, order=3).table.set_index("touchpoint")
    assert remembered.loc["app", "removal_effect"] == pytest.approx(0.5)
    shapley = tp.shapley_values(BY_HAND).table.set_index("touchpoint")
    assert shapley.loc["shop", ["shapley_value", "credit"]].tolist() == pytest.approx([0.475, 2.85])


def test_the_exercise_and_the_quiz_by_hand():
    shop = pd.DataFrame(
        {"path": ["brochure > shop", "shop"], "conversions": [4, 2], "nulls": [2, 2]}
    )
    table = tp.removal_effects(shop).table.set_index("touchpoint")
    assert table["removal_effect"].to_dict() == pytest.approx({"shop": 1, "brochure": 0.6})
    assert table["credit"].to_dict() == pytest.approx({"shop": 3.75, "brochure": 2.25})
    letter = pd.DataFrame(
        {"path": ["letter > shop", "shop"], "conversions": [3, 3], "nulls": [2, 2]}
    )
    effects = tp.removal_effects(letter).table.set_index("touchpoint")["removal_effect"]
    assert effects["letter"] == pytest.approx(0.5)
