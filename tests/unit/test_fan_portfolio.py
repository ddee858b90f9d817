"""Portfolio and grid of rules: against pandas, against the estimates of one rule, and themselves."""

from __future__ import annotations

import numpy as np
import pandas as pd
import polars as pl
import pytest

import touchpoints as tp
from refusals import refused
from touchpoints.core.fan_rule_grid import rule_grid

ITEMS = [f"bonding_{k}" for k in range(1, 6)]
LIFTS = [f"lift_{g}_points{end}" for g in (1, 2) for end in ("", "_low", "_high")]


@pytest.fixture(scope="module")
def customers():
    """The first 500 customers of the synthetic panel; 304 of 3,000 did not answer."""
    return tp.load("customers").head(500)[
        ["customer_id", "age_group", *ITEMS, "satisfaction", "panel_weight"]
    ]


@pytest.fixture(scope="module")
def contacts(customers):
    return tp.load("contacts").merge(customers[["customer_id"]], on="customer_id")[
        ["customer_id", "touchpoint", "grade"]
    ]


def frame_of(result):
    return pl.DataFrame(result.table)


def numbers(result):
    return frame_of(result).select(pl.selectors.numeric()).cast(pl.Float64).to_numpy()


def test_fields_are_those_of_pandas_and_add_up(customers):
    known = customers.dropna()
    bonded, content = known[ITEMS].mean(axis=1) >= 4, known["satisfaction"] <= 2
    wanted = [(bonded & content), (bonded & ~content), (~bonded & content), (~bonded & ~content)]
    result = tp.fan_portfolio(customers)
    table = frame_of(result)
    assert table["customers"].to_list() == [int(field.sum()) for field in wanted]
    assert table["share_pct"].sum() == pytest.approx(100)
    assert table["unknown"].unique().to_list() == [len(customers) - len(known)]
    for row in table.to_dicts():
        low, high = tp.wilson(row["customers"], row["n"])
        assert (row["low_pct"], row["high_pct"]) == pytest.approx((100 * low, 100 * high))
    assert "mean 4" in result.text
    assert "2 or better" in result.text


def test_the_upper_row_are_the_fans(customers):
    """Bonded or not is the fan rule, whatever the satisfaction; weights and groups as in fan_rate."""
    for weights in (None, "panel_weight"):
        answered = customers.dropna()
        table = frame_of(tp.fan_portfolio(answered, by="age_group", weights=weights))
        upper = (
            table.filter(pl.col("bonded"))
            .group_by("age_group", maintain_order=True)
            .agg(pl.col("share_pct").sum())
        )
        rates = tp.fan_rate(answered, rule=tp.FanRule(), by="age_group", weights=weights)
        assert upper["share_pct"].to_list() == pytest.approx(
            frame_of(rates)["fan_rate_pct"].to_list()
        )


@pytest.mark.parametrize("weights", [None, "panel_weight"])
def test_the_grid_agrees_with_one_rule_after_the_other(customers, contacts, weights):
    rules = [
        tp.FanRule(),
        tp.FanRule(cut_off=4.6, satisfaction_at_most=1),
        tp.TopItemsRule(),
        tp.TopItemsRule(cut_off=4, at_least=5, satisfaction_at_most=2),
    ]
    table = frame_of(tp.fan_rule_grid(customers, contacts, rules=rules, weights=weights)).to_dicts()
    for rule, row in zip(rules, table, strict=True):
        known = rule.apply(customers).dropna(subset="fan")
        pairs = contacts.merge(known[["customer_id", "fan", "panel_weight"]], on="customer_id")
        lifts = tp.lift_over_no_contact(pairs, by=None, weights=weights).table
        wanted = lifts[["lift_points", "low_points", "high_points"]].to_numpy()[:2].ravel()
        assert [row[c] for c in LIFTS] == pytest.approx(wanted)
        rate = tp.fan_rate(known, weights=weights).table.iloc[0]
        assert (row["n"], row["fans"]) == (rate["n"], rate["fans"])
        assert [row[c] for c in ("fan_rate_pct", "low_pct", "high_pct")] == pytest.approx(
            rate[["fan_rate_pct", "low_pct", "high_pct"]].tolist()
        )


def test_stricter_rules_have_fewer_fans_and_all_rules_fit_in_two_keys(customers, contacts):
    rules = rule_grid(cut_offs=[2 + k / 20 for k in range(61)], top_answers=[5], at_least=[2])
    assert len(rules) == 186
    fans = frame_of(tp.fan_rule_grid(customers, contacts, rules=rules[:61]))["fans"]
    assert fans.to_list() == sorted(fans, reverse=True)
    assert fans[40] == int((customers[ITEMS].mean(axis=1) >= 4).sum())


def test_counting_high_answers_by_the_definition(customers):
    for top, k in ((4, 2), (5, 4)):
        fan = tp.TopItemsRule(cut_off=top, at_least=k).apply(customers)["fan"]
        wanted = (customers[ITEMS] >= top).sum(axis=1) >= k
        known = customers[ITEMS].notna().all(axis=1)
        assert fan[known].astype(bool).tolist() == wanted[known].tolist()
        assert fan[~known].isna().all()


def calls(customers, contacts):
    rules = [tp.FanRule(), tp.TopItemsRule(at_least=2, satisfaction_at_most=2)]
    yield tp.fan_portfolio(customers)
    yield tp.fan_rule_grid(customers, contacts, rules=rules, weights="panel_weight")


def test_neither_order_nor_names_nor_the_unit_of_weights_matter(customers, contacts):
    plain = list(calls(customers, contacts))
    shuffled = calls(
        customers.sample(frac=1, random_state=1), contacts.sample(frac=1, random_state=2)
    )
    names = {"customer_id": lambda f: "c" + f["customer_id"].astype(str)}
    renamed = customers.assign(**names, panel_weight=10 * customers["panel_weight"])
    again = calls(renamed, contacts.assign(**names))
    other = calls(pl.from_pandas(customers), pl.from_pandas(contacts).lazy())
    for results in (shuffled, again):
        for a, b in zip(plain, results, strict=True):
            assert numbers(b) == pytest.approx(numbers(a))
    for a, b in zip(plain, other, strict=True):
        assert numbers(b) == pytest.approx(numbers(a))


def test_doubled_data_keep_the_estimates(customers, contacts):
    def twice(frame):
        return pd.concat([frame, frame.assign(customer_id=frame["customer_id"] + 10**6)])

    for a, b in zip(
        calls(customers, contacts), calls(twice(customers), twice(contacts)), strict=True
    ):
        column = "share_pct" if "share_pct" in frame_of(a).columns else "lift_1_points"
        low, high = ("low_pct", "high_pct") if column == "share_pct" else LIFTS[1:3]
        assert frame_of(b)[column].to_list() == pytest.approx(frame_of(a)[column].to_list())
        narrower = (frame_of(b)[high] - frame_of(b)[low]) / (frame_of(a)[high] - frame_of(a)[low])
        assert np.allclose(narrower, 0.707, atol=0.06)


def test_odd_input():
    one = pd.DataFrame([[5] * 5], columns=ITEMS).assign(customer_id=1, satisfaction=1)
    table = frame_of(tp.fan_portfolio(one))
    assert table["share_pct"].to_list() == [100, 0, 0, 0]
    assert table["low_pct"][0] < 25
    people = pd.DataFrame(1, index=range(6), columns=ITEMS).assign(
        customer_id=range(6), satisfaction=6
    )
    visits = pd.DataFrame(
        {"customer_id": range(6), "touchpoint": "shop", "grade": [1, 1, 2, 2, None, None]}
    )
    row = frame_of(tp.fan_rule_grid(people, visits, rules=[tp.FanRule()])).to_dicts()[0]
    assert (row["fans"], row["lift_1_points"]) == (0, 0)
    assert row["lift_1_points_low"] < -30 < 30 < row["lift_1_points_high"]


def test_wrong_input_is_refused(customers, contacts):
    refused("at least 6", "1 to 5", "choose", tp.TopItemsRule, at_least=6)
    refused(
        "uses satisfaction",
        "bonding alone",
        "satisfied_at_most",
        tp.fan_portfolio,
        customers,
        rule=tp.FanRule(satisfaction_at_most=2),
    )
    refused(
        "satisfaction limit 7",
        "1 to 6",
        "correct",
        tp.fan_portfolio,
        customers,
        satisfied_at_most=7,
    )
    refused("no column 'satisfaction'", "satisfaction", "add", tp.fan_portfolio, customers[ITEMS])
    refused("no rule", "one rule", "rule_grid", tp.fan_rule_grid, customers, contacts, rules=[])
    refused(
        "rule 'mean'", "FanRule", "leave", tp.fan_rule_grid, customers, contacts, rules=["mean"]
    )
    refused(
        "2 rows of one customer",
        "one row",
        "drop",
        tp.fan_rule_grid,
        pd.concat([customers, customers]),
        contacts,
    )
    refused(
        "nobody with grade 2",
        "grades 1 and 2",
        "check",
        tp.fan_rule_grid,
        customers,
        contacts[(contacts["grade"] != 2).fillna(True)],
    )
    refused(
        "nobody without contact", "none", "check", tp.fan_rule_grid, customers, contacts.dropna()
    )
    for bad in (-1.0, np.inf, None):
        weights = [bad, *[1.0] * (len(customers) - 1)]
        refused(
            "column 'w': a weight that is missing, negative", "0 or more", "correct the weights",
            tp.fan_rule_grid, customers.assign(w=weights), contacts, rules=[tp.FanRule()], weights="w",
        )  # fmt: skip


def test_who_did_not_answer_needs_no_weight(customers, contacts):
    known = customers.dropna()
    assert len(known) < len(customers)
    weighed = customers.assign(w=np.where(customers.index.isin(known.index), 2.0, np.nan))
    found = tp.fan_rule_grid(weighed, contacts, rules=[tp.FanRule()], weights="w")
    assert (
        numbers(found).tolist()
        == numbers(
            tp.fan_rule_grid(weighed.assign(w=2.0), contacts, rules=[tp.FanRule()], weights="w")
        ).tolist()
    )


def test_a_rule_on_own_items(customers):
    own = customers.rename(columns={"bonding_1": "q1", "bonding_2": "q2"}).drop(columns=ITEMS[2:])
    table = frame_of(tp.fan_portfolio(own, rule=tp.FanRule(items=("q1", "q2"))))
    known = own.dropna()
    both = (known[["q1", "q2"]].mean(axis=1) >= 4) & (known["satisfaction"] <= 2)
    assert table["customers"][0] == both.sum()


def test_the_made_status_is_no_column_to_group_by(customers):
    flagged = tp.FanRule().apply(customers).assign(touchpoint="shop", grade=1)
    for call, options in (
        (tp.fan_portfolio, {}),
        (tp.fan_rate, {"rule": tp.FanRule()}),
        (tp.lift_over_no_contact, {"rule": tp.FanRule()}),
    ):
        for by in ("fan", ["fan", "age_group"]):
            refused(
                "column 'fan' beside a rule that makes it", "other columns", "rename",
                call, flagged, by=by, **options,
            )  # fmt: skip


def test_fields_keep_their_order_in_many_groups():
    rng = np.random.default_rng(2)
    people = pd.DataFrame(rng.integers(3, 6, (900, 5)), columns=ITEMS).assign(
        satisfaction=rng.integers(1, 5, 900), region=rng.integers(0, 60, 900)
    )
    names = frame_of(tp.fan_portfolio(people, by="region"))["field"].to_list()
    assert names == names[:4] * (len(names) // 4)
    for frame in (pl.DataFrame(people), people.convert_dtypes(dtype_backend="pyarrow")):
        assert frame_of(tp.fan_portfolio(frame, by="region"))["field"].to_list() == names
