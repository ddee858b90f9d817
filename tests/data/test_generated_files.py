"""The shipped synthetic files come from the generator, and fit together."""

import generate
import numpy as np
import pandas as pd
import pytest

import touchpoints as tp
from touchpoints.data import datasets_folder

REPOSITORY = datasets_folder().parent
WRITTEN = [
    "datasets/customers.csv",
    "datasets/contacts.csv",
    "datasets/journeys.csv",
    "book/teaching/truth-of-the-data.md",
    "book/data.md",
]


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The tree that the generating command writes."""
    folder = tmp_path_factory.mktemp("generated")
    generate.main(folder)
    return folder


@pytest.fixture(scope="module")
def customers():
    return tp.load("customers")


@pytest.fixture(scope="module")
def contacts():
    return tp.load("contacts")


@pytest.fixture(scope="module")
def journeys():
    return tp.load("journeys")


@pytest.mark.parametrize("path", WRITTEN)
def test_generating_again_gives_the_same_bytes(written, path):
    assert (written / path).read_bytes() == (REPOSITORY / path).read_bytes()


def test_the_panel_is_a_sample_of_the_customers_with_a_journey(customers, journeys):
    assert len(customers) == 3000
    assert journeys["customer_id"].nunique() == 10_000
    assert set(customers["customer_id"]) <= set(journeys["customer_id"])


def test_waves_are_missing_where_the_status_says_so(customers):
    joined = customers["panel_status"] == "joined"
    gone = customers["panel_status"] == "dropped_out"
    asked = ["satisfaction", "recommendation", "stays_in_crisis", "price_tolerance_pct"]
    for k in range(1, 6):
        assert (customers[f"bonding_{k}"].isna() == gone).all()
        assert (customers[f"bonding_{k}_previous"].isna() == joined).all()
    for column in [*asked, "panel_weight"]:
        assert (customers[column].isna() == gone).all()
    assert 0.1 < joined.mean() < 0.2
    assert 0.08 < gone.mean() < 0.15


def test_dropping_out_is_not_at_random(customers):
    previous = customers[[f"bonding_{k}_previous" for k in range(1, 6)]].mean(axis=1)
    gone = customers["panel_status"] == "dropped_out"
    stayed = customers["panel_status"] == "both_waves"
    assert previous[gone].mean() < previous[stayed].mean() - 0.1


def test_each_who_answered_meets_each_touchpoint_once(customers, contacts):
    answered = customers.loc[customers["panel_status"] != "dropped_out", "customer_id"]
    assert contacts["customer_id"].unique().tolist() == answered.tolist()
    order = tp.load("touchpoints")["touchpoint"].tolist()
    assert contacts["touchpoint"].tolist() == order * len(answered)


def test_no_contact_means_no_grade_no_staff_no_reason(contacts):
    nothing = contacts["grade"].isna()
    assert (contacts["staff_involved"].isna() == nothing).all()
    assert (contacts["reason"].isna() == nothing).all()
    assert 0.6 < nothing.mean() < 0.75


def test_orders_and_spend_are_those_of_the_journeys(customers, journeys):
    orders = journeys[journeys["outcome"] == "order"].groupby("customer_id")["order_value_eur"]
    known = customers.set_index("customer_id")
    number = orders.size().reindex(known.index, fill_value=0)
    assert (number == known["orders_per_year"]).all()
    spend = orders.sum().reindex(known.index, fill_value=0.0)
    assert np.allclose(spend.astype(float), known["spend_eur_per_year"].astype(float))


def test_a_logged_touchpoint_is_one_with_contact(contacts, journeys):
    logged = journeys[["customer_id", "touchpoint"]].drop_duplicates()
    both = contacts.merge(logged, on=["customer_id", "touchpoint"])
    assert len(both) > 5000
    assert both["grade"].notna().all()


def test_journeys_run_in_the_order_of_time(journeys):
    ordered = journeys.sort_values(["customer_id", "step"], ignore_index=True)
    pd.testing.assert_frame_equal(journeys, ordered)
    before = journeys.groupby("customer_id")
    assert (before["step"].diff().dropna() == 1).all()
    assert (before["step"].first() == 1).all()
    assert (before["time"].diff().dropna() > pd.Timedelta(0)).all()
    assert journeys["time"].dt.year.unique().tolist() == [2025]
    assert journeys["time"].dt.hour.between(9, 19).all()


def test_shops_rest_on_sundays(journeys):
    sunday = journeys["time"].dt.day_of_week == 6
    resting = {"sales_advice", "store_checkout", "delivery_crew", "returns_desk"}
    assert sunday.any()
    assert not set(journeys.loc[sunday, "touchpoint"]) & resting


def test_orders_happen_at_checkouts_and_have_a_value(journeys):
    ordered = journeys["outcome"] == "order"
    checkouts = {"online_checkout", "store_checkout"}
    assert set(journeys.loc[ordered, "touchpoint"]) == checkouts
    assert (journeys["order_value_eur"].notna() == ordered).all()
    assert journeys["order_value_eur"].min() > 0


def test_the_log_never_sees_what_leaves_no_trace(journeys):
    assert not set(journeys["touchpoint"]) & {
        "friends_recommendation",
        "window_display",
        "store_entrance",
        "assembly_guide",
        "city_car_park",
    }


def test_weights_restore_the_shares_of_their_cells(customers, journeys):
    weights = customers["panel_weight"].dropna()
    assert weights.mean() == pytest.approx(1, abs=0.001)
    orders = journeys[journeys["outcome"] == "order"].groupby("customer_id").size()
    share = (orders.reindex(range(1, 10_001), fill_value=0) == 0).mean()
    idle = customers["orders_per_year"] == 0
    weighted = customers.loc[idle, "panel_weight"].sum() / weights.sum()
    assert weighted == pytest.approx(share, abs=0.001)
