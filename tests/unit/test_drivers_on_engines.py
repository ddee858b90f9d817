"""Drivers and portfolio on every engine, and the numbers that the two chapters say in words."""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import touchpoints as tp
from conftest import ROOT

ITEMS = [f"bonding_{k}" for k in range(1, 6)]
ENGINES = {
    "polars": pl.from_pandas,
    "lazy": lambda frame: pl.from_pandas(frame).lazy(),
    "pyarrow": lambda frame: pa.Table.from_pandas(frame, preserve_index=False),
    "duckdb": lambda frame: duckdb.from_arrow(pa.Table.from_pandas(frame, preserve_index=False)),
}


def numbers(result):
    table = pl.DataFrame(result.table).select(pl.selectors.numeric())
    return table.cast(pl.Float64).fill_nan(None).fill_null(-99.0).to_numpy()


def results(customers, contacts, pairs):
    rules = [tp.FanRule(), tp.TopItemsRule(), tp.FanRule(satisfaction_at_most=1)]
    return [
        tp.penalty_reward(pairs),
        tp.importance_performance(pairs, value="only_best"),
        tp.fan_portfolio(customers),
        tp.fan_rule_grid(customers, contacts, rules=rules),
    ]


@pytest.fixture(scope="module")
def frames():
    customers = tp.load("customers").head(300)[["customer_id", *ITEMS, "satisfaction"]]
    contacts = tp.load("contacts").merge(customers[["customer_id"]])
    names = ["home_page", "sales_advice", "store_checkout"]
    contacts = contacts.loc[
        contacts["touchpoint"].isin(names), ["customer_id", "touchpoint", "grade"]
    ]
    contacts = contacts.astype({"touchpoint": str})
    known = tp.FanRule().apply(customers).dropna(subset="fan")[["customer_id", "fan"]]
    return customers, contacts, contacts.merge(known.astype({"fan": bool}))


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_gives_the_same(frames, engine):
    plain = results(*frames)
    for a, b in zip(plain, results(*map(ENGINES[engine], frames)), strict=True):
        assert numbers(b) == pytest.approx(numbers(a))


@pytest.fixture(scope="module")
def panel():
    known = tp.FanRule().apply(tp.load("customers")).dropna(subset="fan")
    known["bonding"] = known[ITEMS].mean(axis=1)
    known["content"] = 7 - known["satisfaction"]
    own = known[["customer_id", "fan", "bonding", "content"]]
    return tp.load("contacts").merge(own, on="customer_id")


def chapter(name):
    return " ".join((ROOT / "book" / "research" / f"{name}.md").read_text("utf-8").split())


def test_classes_said_in_the_chapter(panel):
    text = chapter("priorities-and-drivers")

    def found(**options):
        return tp.penalty_reward(panel, **options).table["factor"].value_counts()

    assert f"By the rule {found()['excitement']} of 21 are excitement factors" in text
    assert "basic" not in found()
    assert f"{found(outcome='bonding')['performance']} of 21 are performance factors" in text
    assert (
        f"With log-odds, which know no floor, {found(scale='log_odds')['excitement']} excite"
        in text
    )
    assert found(outcome="content")["basic"] == 2
    assert "two become basic" in text
    strict = tp.ClassRule("asymmetry", margin=0.2)
    assert f"{found(outcome='bonding', classes=strict)['undecided']} of 21 are undecided" in text


def test_the_map_said_in_the_chapter(panel):
    text = chapter("priorities-and-drivers")
    for value in ("linear", "only_best"):
        table = tp.importance_performance(panel, value=value).table
        first = table.loc[table["quadrant"] == "concentrate_here", "touchpoint"].tolist()
        assert first == ["printed_brochure", "review_portal", "social_media_feed"]
    table = tp.importance_performance(panel, stated=tp.load("scorecard_example")).table
    table = table.set_index("touchpoint")
    assert f"Only {table['clear_of_cuts'].sum()} of 21 stay in their field" in text
    park = table.loc["city_car_park", ["derived_pct", "derived_pct_low", "derived_pct_high"]]
    assert "{:.2f} % of the variance ({:.2f} to {:.2f})".format(*park) in text
    desk = table.loc["returns_desk"]
    assert f"which {desk['reach_pct']:.0f} % met, explains {desk['derived_pct']:.1f} %" in text
    ranks = table[["derived_pct", "reach_pct", "stated"]].rank().corr()["derived_pct"]
    assert f"rank correlation {ranks['reach_pct']:.2f}" in text
    assert f"correlates with the derived one by {ranks['stated']:.2f}" in text


def test_the_portfolio_said_in_the_chapter():
    text, customers = chapter("fan-portfolio"), tp.load("customers")
    share = {
        s: tp.fan_portfolio(customers, satisfied_at_most=s).table["share_pct"] for s in (1, 2, 3)
    }
    assert f"{share[2][0]:.1f} % are bonded and content, {share[2][2]:.1f} % content" in text
    assert f"finds {share[2][0] + share[2][2]:.1f} %" in text
    assert f'With "content" for a 1 alone, {share[1][1]:.1f} %' in text
    assert f"with 1 to 3 it is {share[3][1]:.1f} %" in text
    grid = tp.fan_rule_grid(customers, tp.load("contacts")).table
    assert f"From {grid['fan_rate_pct'].min():.1f} to {grid['fan_rate_pct'].max():.1f} %" in text
    assert (
        f"under all {len(grid)} rules, by {grid['lift_1_points'].min():.0f} to {grid['lift_1_points'].max():.0f}"
        in text
    )
    assert (grid["lift_1_points_low"] > 0).all()
    assert (grid["lift_2_points_high"] < 0).all()
    assert (
        f"by {-grid['lift_2_points'].max():.0f} to {-grid['lift_2_points'].min():.0f}. **" in text
    )


def test_the_airport_said_in_the_chapters():
    survey = tp.load("sfo_contact_ratings")
    survey["grade"] = 6 - pd.to_numeric(survey["rating"].astype(str), errors="coerce")
    keys = ["touchpoint", "grade"]
    whole = survey.groupby(keys, observed=True, dropna=False)[["n", "top_box"]].sum().reset_index()
    table = tp.penalty_reward_from_counts(whole, fans="top_box").table
    said = [
        *np.abs([table["penalty"].max(), table["penalty"].min()]),
        table["reward"].min(),
        table["reward"].max(),
    ]
    assert "from −{:.0f} to −{:.0f} points and rewards from {:.0f} to {:.0f}".format(
        *said
    ) in chapter("priorities-and-drivers")
    asked = survey[survey["n_nps"] > 0].groupby(keys, observed=True, dropna=False)
    asked = asked[["n", "top_box", "n_nps", "promoters"]].sum().reset_index()
    second = {
        fans: tp.lift_from_counts(asked, n=n, fans=fans).table.query("grade == 2")
        for n, fans in (("n", "top_box"), ("n_nps", "promoters"))
    }
    below = {name: (table["high_points"] < 0).sum() for name, table in second.items()}
    above = (second["promoters"]["low_points"] > 0).sum()
    said = f"at {below['top_box']} of 14 touchpoints; with promoters at {below['promoters']}, and clearly *above* at {above}"
    assert said in chapter("fan-portfolio")
