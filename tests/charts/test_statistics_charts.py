"""Every result of the statistics draws itself: with a title, a description and drawn marks."""

from __future__ import annotations

import pytest
import vl_convert as vlc

import touchpoints as tp


@pytest.fixture(scope="module")
def contacts():
    customers = tp.load("customers").dropna(subset=["bonding_1"])
    items = [f"bonding_{k}" for k in range(1, 6)]
    fan = (customers[items].astype(float).mean(axis=1) >= 4).astype(bool)
    return tp.load("contacts").merge(customers[["customer_id"]].assign(fan=fan), on="customer_id")


def paths():
    return tp.journey_paths(tp.load("journeys")).head(200)


RESULTS = {
    "fan rates": lambda c: tp.fan_rate(c, by="touchpoint"),
    "lifts": tp.lift_over_no_contact,
    "contrasts": tp.grade_contrasts,
    "contrasts of one": lambda c: tp.grade_contrasts(c, by=None),
    "claim": lambda c: tp.only_best_counts(c, negative_control="city_car_park"),
    "claim, pooled": lambda c: tp.only_best_counts(c, by=None),
    "claim power": lambda _: tp.claim_power(
        {1: 50, 2: 24},
        no_contact_rate_pct=30,
        grade_shares_pct={1: 40, 2: 60},
        no_contact_share_pct=60,
        customers=[500, 1000],
        draws=20,
        seed=1,
    ),
    "net effects": tp.net_contact_effect,
    "lens": lambda c: tp.channel_lens(c, tp.load("touchpoints")),
    "attribution": lambda _: tp.attribute(paths()),
    "removal effects": lambda _: tp.removal_effects(paths(), order=2),
    "Shapley values": lambda _: tp.shapley_values(paths(), draws=10),
    "comparison of methods": lambda _: tp.compare_attribution(paths()),
    "transitions": lambda _: tp.transitions(paths()),
    "attribution by channel": lambda _: tp.attribution_by_group(paths(), tp.load("touchpoints")),
    "trust": lambda _: tp.simulate_trust(tp.TrustCycle(), seed=1),
    "plan": lambda _: tp.plan_lift(
        no_contact_rate_pct=25, lift_points=-5, grade_share_pct=30, no_contact_share_pct=40
    ),
    "study": lambda _: tp.plan_study(),
    "bootstrap": lambda c: tp.bootstrap_contrasts(c, by=None, draws=100),
    "bootstrap of many": lambda c: tp.bootstrap_contrasts(c, draws=100),
    "trend": tp.grade_trend,
    "trend, pooled": lambda c: tp.grade_trend(c, by=None),
    "NPS differences": lambda _: tp.nps_difference(
        tp.nps(tp.load("customers").dropna(subset=["recommendation"]), by="age_group"), "18-29"
    ),
    "NPS difference of two": lambda _: tp.nps_difference(
        tp.nps_from_counts([5, 9], [1, 1], [4, 2]), against=2
    ),
    "map": lambda c: tp.importance_performance(c, value="only_best"),
    "map, stated": lambda c: tp.importance_performance(
        c, stated=tp.load("scorecard_example"), importance="stated"
    ),
    "penalties": lambda c: tp.penalty_reward(c[c["touchpoint"] != "returns_desk"]),
    "portfolio": lambda _: tp.fan_portfolio(tp.load("customers")),
    "portfolio, grouped": lambda _: tp.fan_portfolio(
        tp.load("customers").dropna(subset=["bonding_1"]), by="age_group"
    ),
    "rules": lambda _: tp.fan_rule_grid(
        tp.load("customers"), tp.load("contacts"), rules=[tp.FanRule(), tp.TopItemsRule()]
    ),
    "NPS": lambda _: tp.nps(tp.load("customers").dropna(subset=["recommendation"]), by="age_group"),
}


@pytest.mark.parametrize("name", RESULTS)
def test_results_draw_themselves(contacts, name):
    result = RESULTS[name](contacts)
    assert result.text.endswith(".")
    spec = result.chart().to_dict()
    title = spec["title"]
    assert title["text"] if isinstance(title, dict) else title
    assert spec["description"]
    assert "<path" in vlc.vegalite_to_svg(spec)
