"""Removal effects: the worked example, brute force, simulation, what must not change them."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import touchpoints as tp
from refusals import refused
from touchpoints.charts.intervals import rows_of


def table(**journeys):
    """Paths written as letters, with conversions and nulls."""
    rows = [(" > ".join(path), c, n) for path, (c, n) in journeys.items()]
    return pd.DataFrame(rows, columns=["path", "conversions", "nulls"])


# Worked by hand: G>conv x2; M>conv x1; G>M>conv x1; G>null x1; conversion probability 0.8.
HAND = table(G=(2, 1), M=(1, 0), GM=(1, 0))
HAND_EFFECTS = {"G": (0.75, 2.4), "M": (0.5, 1.6)}


def effects(paths, **options):
    rows = rows_of(tp.removal_effects(paths, **options).table)
    return {row["touchpoint"]: row["removal_effect"] for row in rows}


def test_the_worked_example():
    result = tp.removal_effects(HAND)
    assert result.table.columns[:3].tolist() == ["touchpoint", "removal_effect", "credit"]
    assert result.conversion_probability == pytest.approx(0.8)
    for row in rows_of(result.table):
        got = (row["removal_effect"], row["credit"])
        assert got == pytest.approx(HAND_EFFECTS[row["touchpoint"]], abs=1e-12)


def test_names_with_and_without_spaces_on_other_engines():
    written = HAND.assign(path=["G", " M ", "G>M"])
    for frame in (
        pl.from_pandas(written),
        pl.from_pandas(written).lazy(),
        pa.Table.from_pandas(written),
    ):
        rows = rows_of(tp.removal_effects(frame).table)
        assert [row["touchpoint"] for row in rows] == ["G", "M"]
        assert [row["removal_effect"] for row in rows] == pytest.approx([0.75, 0.5], abs=1e-12)


def steps_by_hand(paths, order):
    """The chain as dictionaries: from the last contacts to the next, or to how it ended."""
    steps = defaultdict(lambda: defaultdict(float))
    for row in rows_of(paths):
        names = tuple(row["path"].split(" > "))
        for i, name in enumerate(names):
            steps[names[max(0, i - order) : i]][name] += row["conversions"] + row["nulls"]
        steps[names[-order:]]["(conversion)"] += row["conversions"]
        steps[names[-order:]]["(null)"] += row["nulls"]
    return steps


def chance_by_hand(steps, order, removed=None):
    """Follow the journeys, all at once, until next to none is under way."""
    under_way, converted = {(): 1.0}, 0.0
    while sum(under_way.values()) > 1e-13:
        following = defaultdict(float)
        for state, share in under_way.items():
            total = sum(steps[state].values())
            for name, n in steps[state].items():
                if name == "(conversion)":
                    converted += share * n / total
                elif name not in {"(null)", removed}:
                    following[(*state, name)[-order:]] += share * n / total
        under_way = following
    return converted


def effects_by_hand(paths, order):
    steps = steps_by_hand(paths, order)
    names = sorted({name for path in paths["path"] for name in path.split(" > ")})
    whole = chance_by_hand(steps, order)
    return {name: 1 - chance_by_hand(steps, order, name) / whole for name in names}


def drawn_paths(seed, names="abcde", size=60):
    rng = np.random.default_rng(seed)
    texts = [
        " > ".join(rng.choice(list(names), size=rng.integers(1, 7)).tolist()) for _ in range(size)
    ]
    data = {"path": texts, "conversions": rng.poisson(2, size), "nulls": rng.poisson(3, size)}
    return pd.DataFrame(data)


@pytest.mark.parametrize("order", [1, 2, 3])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_exact_solution_against_following_all_journeys(seed, order):
    paths = drawn_paths(seed)
    assert effects(paths, order=order) == pytest.approx(effects_by_hand(paths, order), abs=1e-10)


def test_the_shipped_log_against_following_all_journeys():
    paths = tp.journey_paths(tp.load("journeys"))
    assert effects(paths) == pytest.approx(effects_by_hand(paths, 1), abs=1e-10)


@pytest.mark.parametrize("order", [1, 2])
def test_exact_solution_against_simulated_journeys(order):
    """20,000 simulated journeys; four standard errors of the share that still converts."""
    paths, draws = drawn_paths(4), 20_000
    steps = steps_by_hand(paths, order)
    rng = np.random.default_rng(5)
    whole = tp.removal_effects(paths, order=order)
    p = whole.conversion_probability
    left = dict.fromkeys("abcde", 0)
    for _ in range(draws):
        state, met = (), set()
        while True:
            options = list(steps[state])
            weights = np.cumsum([steps[state][name] for name in options])
            name = options[int(np.searchsorted(weights, rng.random() * weights[-1], "right"))]
            if name.startswith("("):
                break
            met.add(name)
            state = (*state, name)[-order:]
        for touchpoint in left:
            left[touchpoint] += name == "(conversion)" and touchpoint not in met
    for touchpoint, effect in effects(paths, order=order).items():
        share = p * (1 - effect)
        error = np.sqrt(share * (1 - share) / draws)
        assert left[touchpoint] / draws == pytest.approx(share, abs=4 * error)


@pytest.mark.parametrize("order", [1, 2, 3])
def test_a_chain_that_remembers_whole_journeys_counts_them(order):
    """With paths no longer than the order the effect is the share of conversions that meet i."""
    paths = drawn_paths(6)
    paths = paths[paths["path"].str.count(">") < order]
    converted = paths["conversions"].sum()
    expected = {
        name: paths.loc[paths["path"].str.contains(name), "conversions"].sum() / converted
        for name in sorted(set("".join(paths["path"])) - set(" >"))
    }
    assert effects(paths, order=order) == pytest.approx(expected, abs=1e-12)


def renamed(paths):
    return paths.assign(
        path=paths["path"].map(lambda p: p.translate(str.maketrans("abcde", "edcba")))
    )


@pytest.mark.parametrize("order", [1, 2, 3])
def test_what_must_not_change_the_effects(order):
    paths = drawn_paths(7)
    base = effects(paths, order=order)

    def same(changed):
        assert effects(changed, order=order) == pytest.approx(base, abs=1e-10)

    same(paths.sample(frac=1, random_state=1))
    same(paths.assign(conversions=paths["conversions"] * 3, nulls=paths["nulls"] * 3))
    same(paths.groupby("path", as_index=False).sum())
    same(pd.concat([paths, table(x=(0, 0))]))
    mirrored = effects(renamed(paths), order=order)
    assert {name.translate(str.maketrans("abcde", "edcba")): e for name, e in mirrored.items()} == (
        pytest.approx(base, abs=1e-10)
    )


def test_contacts_repeated_in_a_row_do_not_matter_at_order_one():
    paths = drawn_paths(8)
    once = paths["path"].map(
        lambda p: " > ".join(
            n for n, before in zip(p[::4], " " + p[::4], strict=False) if n != before
        )
    )
    assert effects(paths.assign(path=once)) == pytest.approx(effects(paths), abs=1e-10)


def test_more_data_narrow_the_interval_by_the_root():
    paths = drawn_paths(9)
    widths = []
    for times in (1, 100):
        more = paths.assign(conversions=paths["conversions"] * times, nulls=paths["nulls"] * times)
        rows = rows_of(tp.removal_effects(more).table)
        assert all(row["low"] < row["removal_effect"] < row["high"] for row in rows)
        widths.append(np.array([row["high"] - row["low"] for row in rows]))
    assert widths[0] / widths[1] == pytest.approx(10, rel=0.1)


@pytest.mark.parametrize("order", [1, 2])
def test_the_interval_has_the_width_of_a_bootstrap_over_journeys(order):
    paths = drawn_paths(10).assign(
        conversions=lambda f: f["conversions"] * 20, nulls=lambda f: f["nulls"] * 20
    )
    kinds = np.concatenate([paths["conversions"], paths["nulls"]])
    rng, n = np.random.default_rng(11), kinds.sum()
    drawn = []
    for counts in rng.multinomial(n, kinds / n, size=120):
        half = len(paths)
        again = paths.assign(conversions=counts[:half], nulls=counts[half:])
        drawn.append(effects(again, order=order))
    spread = pd.DataFrame(drawn).std()
    for row in rows_of(tp.removal_effects(paths, order=order).table):
        width = (row["high"] - row["low"]) / (2 * 1.96)
        # A standard deviation of 120 draws errs by about 6 %.
        assert width == pytest.approx(spread[row["touchpoint"]], rel=0.25)


DEGENERATE = [
    (table(a=(1, 0)), {"a": 1.0}),  # one journey of one contact
    (table(a=(5, 0), b=(5, 0)), {"a": 0.5, "b": 0.5}),  # all converted
    (table(aaaa=(2, 1)), {"a": 1.0}),  # nothing but a loop
    (table(abab=(1, 1), a=(0, 2)), {"a": 1.0, "b": 1.0}),
    (table(a=(3, 0), b=(0, 9)), {"a": 1.0, "b": 0.0}),  # no conversion after b
    (table(a=(0, 4), ab=(0, 1)), {"a": None, "b": None}),  # none converted
]


@pytest.mark.parametrize("order", [1, 2, 3])
@pytest.mark.parametrize(("paths", "expected"), DEGENERATE, ids=range(len(DEGENERATE)))
def test_degenerate_tables(paths, expected, order):
    result = tp.removal_effects(paths, order=order)
    assert effects(paths, order=order) == pytest.approx(expected, abs=1e-12)
    rows = rows_of(result.table)
    assert sum(row["credit"] for row in rows) == pytest.approx(result.conversions)
    assert all(row["low"] is None or 0 <= row["low"] <= row["high"] <= 1 for row in rows)
    assert result.text.endswith(".")
    assert result.chart().to_dict()["description"] == result.text


FUNCTIONS = {
    "rule": tp.attribute,
    "removal": tp.removal_effects,
    "shapley": tp.shapley_values,
    "comparison": tp.compare_attribution,
    "transitions": tp.transitions,
    "by group": lambda f: tp.attribution_by_group(
        f, pd.DataFrame({"touchpoint": ["a", "b"], "channel": "c"})
    ),
}
TABLES = [
    ({"path": ...}, "no column 'path'", "a frame with", "add or rename"),
    ({"nulls": ...}, "no column 'nulls'", "a frame with", "add or rename"),
    ({"path": ["a", None]}, "column 'path', row 2: nothing", "joined by '>'", "fill"),
    ({"path": ["a", "  "]}, "column 'path', row 2: nothing", "joined by '>'", "fill"),
    ({"path": ["a", "a >  > b"]}, "column 'path': an empty name", "not empty", "fill or drop"),
    ({"path": ["a", "a > b >"]}, "column 'path': an empty name", "not empty", "fill or drop"),
    ({"path": ["a", "a > (null)"]}, "'(null)'", "other than (start)", "rename"),
    ({"conversions": [1, -1]}, "'conversions', row 2: -1", "a whole number of 0", "correct"),
    ({"nulls": [1, 0.5]}, "'nulls', row 2: 0.5", "a whole number of 0", "correct"),
    ({"nulls": [1, None]}, "'nulls', row 2: nothing", "a whole number of 0", "correct"),
    ({"nulls": [1, np.inf]}, "'nulls', row 2: inf", "a whole number of 0", "correct"),
    ({"nulls": ["x", "y"]}, "column 'nulls' of type", "a whole number of 0", "convert"),
    ({"conversions": [0, 0], "nulls": [0, 0]}, "no journey", "one journey", "check the counts"),
    ({"path": [], "conversions": [], "nulls": []}, "no row in the table", "one row", "check"),
]


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize(("changes", "found", "allowed", "mend"), TABLES)
def test_wrong_tables(function, changes, found, allowed, mend):
    data = {"path": ["a", "a > b"], "conversions": [1, 2], "nulls": [3, 4]} | changes
    frame = pd.DataFrame({k: v for k, v in data.items() if v is not ...})
    refused(found, allowed, mend, FUNCTIONS[function], frame)


def test_wrong_options():
    for order in (0, 4, 1.5, True, "1"):
        refused("order", "1, 2 or 3", "choose", tp.removal_effects, HAND, order=order)
    refused("confidence 95", "between 0 and 1", "0.95", tp.removal_effects, HAND, confidence=95)
    refused("type int", "a data frame", "pass a frame", tp.removal_effects, 3)


def test_too_many_states():
    many = pd.DataFrame({"path": [f"t{i}" for i in range(5_001)], "conversions": 1, "nulls": 0})
    refused("5,001 states", "up to 5,000", "group rare touchpoints", tp.removal_effects, many)
