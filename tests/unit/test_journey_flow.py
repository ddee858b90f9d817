"""The flow of journeys: by hand, by walking each journey, its chart, wrong input."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
import polars as pl
import pytest
import vl_convert as vlc

import touchpoints as tp
from refusals import refused
from touchpoints.charts.intervals import rows_of

HAND = pd.DataFrame(
    {
        "path": ["shop", "site > shop", "site > shop > site"],
        "conversions": [1, 3, 2],
        "nulls": [1, 2, 0],
    }
)


def bands(result):
    return {
        (row["place"], row["source"], row["target"]): (row["n"], row["conversions"])
        for row in rows_of(result.table)
    }


def test_by_hand():
    result = tp.journey_flow(HAND, places=2)
    assert bands(result) == {
        (1, "shop", "(conversion)"): (1, 1),
        (1, "shop", "(null)"): (1, 0),
        (1, "site", "shop"): (7, 5),
        (2, "shop", "(conversion)"): (3, 3),
        (2, "shop", "(null)"): (2, 0),
        (2, "shop", "(onwards)"): (2, 2),
    }
    assert result.names == ("shop", "site")
    onwards = rows_of(result.table)[-1]
    assert (onwards["at_source"], onwards["share_pct"]) == (7, pytest.approx(200 / 7))
    assert (onwards["low_pct"], onwards["high_pct"]) == pytest.approx(
        tuple(100 * bound for bound in tp.wilson(2, 7))
    )
    assert result.text == (
        "Of 9 journeys 6 convert (66.7 %). Of the touchpoints named site comes first most often "
        "(77.8 %). 22.2 % have one contact. Within 2 contacts 4 have converted and 3 have ended in "
        "nothing; 2 go on."
    )


def walked(paths, places, names):
    """Walk each path, contact by contact."""
    found = Counter()
    for row in rows_of(paths):
        steps = [n if n in names else "(others)" for n in row["path"].split(" > ")]
        both = (("(conversion)", row["conversions"]), ("(null)", row["nulls"]))
        for end, n in both:
            for place, source in enumerate(steps[:places], 1):
                target = [*steps, end][place]
                if place == places and len(steps) > places:
                    target = "(onwards)"
                key = (place, source, target)
                found[key, "n"] += n
                found[key, "won"] += n * (end == "(conversion)")
    return {key: (found[key, "n"], found[key, "won"]) for key, _ in found if found[key, "n"]}


@pytest.mark.parametrize(("places", "named"), [(1, 1), (3, 2), (8, 12)])
def test_the_bands_are_those_of_walking_each_journey(places, named):
    rng = np.random.default_rng(places)
    texts = [" > ".join(rng.choice(list("abcde"), size=rng.integers(1, 12))) for _ in range(80)]
    paths = pd.DataFrame(
        {"path": texts, "conversions": rng.poisson(1, 80), "nulls": rng.poisson(2, 80)}
    )
    result = tp.journey_flow(paths, places=places, named=named)
    assert len(result.names) == min(named, 5) + (named < 5)
    assert bands(result) == walked(paths, places, result.names)
    # Neither the order of the rows nor how equal paths are split over them matters.
    halves = pd.concat([paths.sample(frac=1, random_state=1), paths])
    assert {key: (2 * n, 2 * won) for key, (n, won) in bands(result).items()} == bands(
        tp.journey_flow(pl.from_pandas(halves), places=places, named=named)
    )


def test_what_flows_in_flows_out():
    table = tp.journey_flow(tp.journey_paths(tp.load("journeys"))).table
    left = table.groupby(["place", "source"])["n"].sum()
    came = table.groupby(["place", "target"])["n"].sum()
    for (place, name), n in left.items():
        if place > 1:
            assert came[place - 1, name] == n
    assert left.loc[1].sum() == 14_432


ODD = {
    "one journey": (["a"], [1], [0]),
    "one touchpoint": (["a", "a > a"], [2, 0], [1, 3]),
    "a loop": ([" > ".join("a" * 20)], [1], [1]),
    "all convert": (["a > b", "b"], [3, 1], [0, 0]),
    "none converts": (["a > b", "b"], [0, 0], [3, 1]),
    "all go on": (["a > b > a > b > a > b"], [2], [2]),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_journeys_are_counted_and_drawn(name):
    path, conversions, nulls = ODD[name]
    result = tp.journey_flow(
        pd.DataFrame({"path": path, "conversions": conversions, "nulls": nulls})
    )
    assert (result.journeys, result.conversions) == (
        sum(conversions) + sum(nulls),
        sum(conversions),
    )
    spec = result.chart().to_dict()
    assert spec["description"] == result.text
    assert "<path" in vlc.vegalite_to_svg(spec)


def test_heights_of_all_columns_are_all_journeys():
    spec = tp.journey_flow(HAND, places=3).chart().to_dict()
    nodes = spec["layer"][1]["data"]["values"]
    for place in range(1, 5):
        tall = [n["bottom"] - n["top"] for n in nodes if n["place"] == place]
        assert sum(tall) == pytest.approx(100, abs=0.01)
        assert sum(n["n"] for n in nodes if n["place"] == place) == 9
    said = {n["said"] for n in spec["layer"][3]["data"]["values"]}
    assert said == {"converted\n67 %", "nothing\n33 %"}


@pytest.mark.parametrize("places", [0, 9, 2.0, True, "3"])
def test_wrong_options(places):
    refused("places", "from 1 to 8", "choose", tp.journey_flow, HAND, places=places)
    refused("named", "from 1 to 12", "choose", tp.journey_flow, HAND, named=13)


@pytest.mark.parametrize("name", ["(others)", "(onwards)"])
def test_names_of_the_flow_s_own_places_are_refused(name):
    """A touchpoint of that name would be counted among others, or read as going on."""
    paths = HAND.assign(path=HAND["path"].str.replace("shop", name))
    refused(f"'path': {name!r}", "(others), (onwards)", "rename", tp.journey_flow, paths)
    # Elsewhere these are names as any other.
    assert name in tp.transitions(paths).table["source"].tolist()
