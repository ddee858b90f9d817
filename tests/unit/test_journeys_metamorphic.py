"""What must not change the answers of any function of journeys, and input at the edge of sense."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import touchpoints as tp
from touchpoints.charts.intervals import rows_of

NAMES = "abcd"
CHANNELS = pd.DataFrame({"touchpoint": list(NAMES), "channel": ["x", "x", "y", "y"]})


def by_channel(result):
    return [result.table, result.touchpoints]


#: Functions of a table of paths: the frames they give, and the columns that count journeys.
FUNCTIONS = {
    **{
        rule: lambda p, rule=rule: [tp.attribute(p, rule=rule).table]
        for rule in ("first", "last", "linear", "position_based", "time_decay")
    },
    **{
        f"removal {order}": lambda p, order=order: [tp.removal_effects(p, order=order).table]
        for order in (1, 2, 3)
    },
    "shapley": lambda p: [tp.shapley_values(p).table],
    "comparison": lambda p: [tp.compare_attribution(p).table],
    "transitions": lambda p: [tp.transitions(p).table],
    "from transitions": lambda p: [
        tp.removal_effects_from_transitions(tp.transitions(p).table).table
    ],
    "flow": lambda p: [tp.journey_flow(p, places=3, named=4).table],
    "by channel": lambda p: by_channel(tp.attribution_by_group(p, CHANNELS)),
}
COUNTS = {"credit", "journeys", "contacts", "n", "visits", "at_source", "conversions"} | {
    "credit_of_touchpoints", "difference", "first", "last", "linear", "position_based",
    "time_decay", "markov", "shapley",
}  # fmt: skip
BOUNDS = {"low", "high", "low_pct", "high_pct"}
every_function = pytest.mark.parametrize("name", FUNCTIONS)


def drawn(seed=1, size=50):
    rng = np.random.default_rng(seed)
    texts = [" > ".join(rng.choice(list(NAMES), size=rng.integers(1, 7))) for _ in range(size)]
    return pd.DataFrame(
        {"path": texts, "conversions": rng.poisson(2, size), "nulls": rng.poisson(3, size)}
    )


def answers(name, paths, times=1.0, rename=None):
    """All rows as a set that knows no order: counts divided by `times`, without intervals."""
    said = []
    for table in FUNCTIONS[name](paths):
        for row in rows_of(table):
            key, values = [], []
            for column, value in row.items():
                if isinstance(value, str):
                    key.append((rename or {}).get(value, value))
                elif column not in BOUNDS:
                    values.append(value / times if column in COUNTS and value else value)
            said.append((*key, values))
    return sorted(said, key=str)


def same(got, wanted):
    assert [row[:-1] for row in got] == [row[:-1] for row in wanted]
    for row, expected in zip(got, wanted, strict=True):
        assert row[-1] == pytest.approx(expected[-1], abs=1e-9), row[:-1]


@every_function
def test_order_splitting_and_doubling_change_nothing(name):
    paths = drawn()
    base = answers(name, paths)
    same(answers(name, paths.sample(frac=1, random_state=2)), base)
    same(answers(name, paths.groupby("path", as_index=False).sum()), base)
    same(answers(name, pd.concat([paths, paths]), times=2), base)
    won, lost = paths.assign(nulls=0), paths.assign(conversions=0)
    same(answers(name, pd.concat([won, lost])), base)


@every_function
def test_names_do_not_matter(name):
    """Another alphabet in the same order, for equals are ranked by name."""
    paths = drawn(3)
    other = {"a": "kiosk", "b": "letter", "c": "menu", "d": "note"}
    renamed = paths.assign(
        path=[" > ".join(other[n] for n in path.split(" > ")) for path in paths["path"]]
    )
    if name == "by channel":
        listed = CHANNELS.assign(touchpoint=CHANNELS["touchpoint"].map(other))
        result = tp.attribution_by_group(renamed, listed)
        wanted = tp.attribution_by_group(paths, CHANNELS)
        assert result.table["credit"].tolist() == pytest.approx(wanted.table["credit"].tolist())
        return
    back = {name: letter for letter, name in other.items()}
    same(answers(name, renamed, rename=back), answers(name, paths))


EDGES = {
    "one journey": [("a", 1, 0)],
    "one contact each": [("a", 2, 1), ("b", 0, 3), ("c", 1, 0)],
    "loops": [("a > a > a", 2, 1), ("b > b", 1, 1)],
    "one touchpoint": [("a", 1, 4), ("a > a", 2, 2)],
    "all convert": [("a > b", 3, 0), ("c", 2, 0)],
    "none converts": [("a > b", 0, 3), ("c", 0, 2)],
}


@every_function
@pytest.mark.parametrize("edge", EDGES)
def test_edges_give_finite_numbers_that_add_up(name, edge):
    paths = pd.DataFrame(EDGES[edge], columns=["path", "conversions", "nulls"])
    total = paths["conversions"].sum()
    for table in FUNCTIONS[name](paths):
        rows = rows_of(table)
        assert rows
        for row in rows:
            numbers = [v for v in row.values() if isinstance(v, int | float)]
            assert np.isfinite(numbers).all()
        for column in {"credit", "first", "markov", "shapley"} & set(rows[0]):
            assert sum(row[column] for row in rows) == pytest.approx(total)
