"""Time exact removal effects beside ChannelAttribution, which simulates them.

usage: python benchmarks/markov.py

ChannelAttribution (GPL-3.0, so it is no dependency) has to be installed for this alone:
`pip install ChannelAttribution==2.2.5 matplotlib`. The tables of paths: the example that comes with
it, and 100,000 and 1,000,000 generated journeys (ten touchpoints, up to eight contacts), a row
each. Both get the same frame of pandas in one process; the calls take turns, medians of five runs.
ChannelAttribution simulates until repetitions differ by less than a bound: with the bound that it
has by itself, 5 %, and its example once more with 1 %. It gives no intervals; the kit's call does.

Over five seeds, "spread" is the largest difference between the smallest and the largest credit of a
touchpoint, and "off" the largest distance between the mean and the exact credit, both in percent of
the exact one, over touchpoints with 1 % of the conversions or more; rarer ones scatter more.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import io
import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from side_by_side import RUNS, Row, compared, keep, medians

import touchpoints as tp

SIZES = (100_000, 1_000_000)
TOUCHPOINTS = 10
LONGEST = 8
BOUNDS = (0.05, 0.01)
LARGE = 0.01
SEED = 20_245
COLUMNS = ["path", "conversions", "nulls"]


def own_example() -> pd.DataFrame:
    """The table of paths that ChannelAttribution's package carries."""
    spec = importlib.util.find_spec("cypack")
    if spec is None or spec.submodule_search_locations is None:
        raise SystemExit("install ChannelAttribution first: see the top of this file")
    file = Path(spec.submodule_search_locations[0]) / "data" / "Data.csv"
    table = pd.read_csv(file, sep=";")
    return table.rename(columns={"total_conversions": "conversions", "total_null": "nulls"})[
        COLUMNS
    ]


def generated(size: int) -> pd.DataFrame:
    """Draw paths; each row is one journey, as in a log that nobody has counted up."""
    rng = np.random.default_rng(SEED)
    names = np.array([f"touchpoint_{i}" for i in range(TOUCHPOINTS)])
    popular = 1 / np.arange(1, TOUCHPOINTS + 1)
    length = rng.integers(1, LONGEST + 1, size)
    contacts = names[rng.choice(TOUCHPOINTS, length.sum(), p=popular / popular.sum())].tolist()
    ends = np.cumsum(length).tolist()
    starts = [0, *ends[:-1]]
    paths = [" > ".join(contacts[a:b]) for a, b in zip(starts, ends, strict=True)]
    won = rng.random(size) < 0.1  # noqa: PLR2004
    return pd.DataFrame(
        {"path": paths, "conversions": won.astype(int), "nulls": (~won).astype(int)}
    )


def exact(table: pd.DataFrame) -> dict[str, float]:
    """The kit's credits."""
    result = tp.removal_effects(table).table
    return dict(zip(result["touchpoint"], result["credit"], strict=True))


def simulated(table: pd.DataFrame, seed: int, bound: float) -> dict[str, float]:
    """ChannelAttribution's credits."""
    with contextlib.redirect_stdout(io.StringIO()):
        peer: Any = importlib.import_module("ChannelAttribution")
    options = {"seed": seed, "conv_par": bound, "verbose": False, "flg_pro": False}
    result = peer.markov_model(table, "path", "conversions", var_null="nulls", **options)
    return dict(zip(result["channel_name"], result["total_conversions"], strict=True))


def main() -> None:
    """Measure one table after the other."""
    tables = {"its own example": own_example()} | {f"{n:,} generated": generated(n) for n in SIZES}
    simulated(tables["its own example"].head(10), 0, BOUNDS[0])  # importing it is not measured
    rows = [one(name, table, BOUNDS[0]) for name, table in tables.items()]
    rows.append(one("its own example", tables["its own example"], BOUNDS[1]))
    said = (
        f"Medians of {RUNS} runs side by side; generated paths are synthetic, seed {SEED}. The "
        "bound is the one at which the simulation stops; spread and distance are of its credits "
        "over five seeds, in percent of the exact ones."
    )
    keep("markov", "Exact removal effects beside simulated ones", rows, [said])


def one(name: str, table: pd.DataFrame, bound: float) -> Row:
    """Compare the two on one table."""
    seeds, drawn = itertools.count(1), []
    mine = exact(table)
    times = medians(
        lambda: exact(table), lambda: drawn.append(simulated(table, next(seeds), bound))
    )
    true = pd.Series(mine)
    true = true[true >= LARGE * true.sum()]
    seeded = pd.DataFrame(drawn)[true.index.tolist()]
    spread = ((seeded.max() - seeded.min()) / true).max()
    off = (seeded.mean() / true - 1).abs().max()
    note = f"bound {bound:.0%}, spread {100 * spread:.1f} %, mean off by {100 * off:.2f} %"
    return compared(f"paths: {name}", *times, "ChannelAttribution", note)


if __name__ == "__main__":
    main()
