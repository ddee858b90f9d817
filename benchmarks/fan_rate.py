"""Time the fan rate on ten million contacts beside the engine's own group-by of the same sums.

usage: python benchmarks/fan_rate.py [rows]   (10,000,000 if not said)

Medians of five runs on this machine, synthetic contacts of half a million customers at twenty
touchpoints. The engine's own group-by gives the same sums and no more: no check, no interval. For
the clustered rate the engine adds the rows up by group and customer, then by group. It needs about
6 GB of memory.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import polars as pl

import touchpoints as tp

ROWS = 10_000_000
TOUCHPOINTS = 20
RUNS = 5
SEED = 20_240
KEYS = ["touchpoint", "grade"]


def contacts(rows: int) -> pl.DataFrame:
    """Draw contacts: each customer at each touchpoint, in random order of answers."""
    rng = np.random.default_rng(SEED)
    customers = rows // TOUCHPOINTS
    names = pl.Series([f"touchpoint_{i}" for i in range(TOUCHPOINTS)])
    fan = rng.random(customers) < 0.3  # noqa: PLR2004
    return pl.DataFrame(
        {
            "customer_id": np.repeat(np.arange(customers), TOUCHPOINTS),
            "touchpoint": names.gather(np.tile(np.arange(TOUCHPOINTS), customers)),
            "grade": rng.integers(0, 7, customers * TOUCHPOINTS),
            "fan": np.repeat(fan, TOUCHPOINTS),
        }
    ).with_columns(pl.col("grade").replace(0, None).cast(pl.Float64))


def medians(*calls: Callable[[], Any]) -> list[float]:
    """Median seconds of some runs; the calls take turns, so that a busy moment hits all of them."""
    times: list[list[float]] = [[] for _ in calls]
    for _ in range(RUNS):
        for call, taken in zip(calls, times, strict=True):
            gc.collect()
            start = time.perf_counter()
            call()
            taken.append(time.perf_counter() - start)
    return [statistics.median(taken) for taken in times]


def in_pandas(frame: pd.DataFrame) -> dict[str, tuple[Callable[[], Any], Callable[[], Any]]]:
    """The kit's call and pandas' own, plain and clustered."""

    def clustered() -> pd.DataFrame:
        units = frame.groupby([*KEYS, "customer_id"], dropna=False, sort=False)["fan"].agg(
            ["size", "sum"]
        )
        k, s = units["size"], units["sum"]
        sums = units.assign(ss=s * s, sk=s * k, kk=k * k)
        return sums.groupby(level=KEYS, dropna=False).sum()

    return {
        "plain": (
            lambda: tp.fan_rate(frame, by=KEYS),
            lambda: frame.groupby(KEYS, dropna=False)["fan"].agg(["size", "sum"]),
        ),
        "clustered": (lambda: tp.fan_rate(frame, by=KEYS, cluster="customer_id"), clustered),
    }


def in_polars(frame: pl.DataFrame) -> dict[str, tuple[Callable[[], Any], Callable[[], Any]]]:
    """The kit's call and Polars' own, plain and clustered."""
    k, s = pl.col("k"), pl.col("s")
    counts = (pl.len().alias("k"), pl.col("fan").sum().alias("s"))

    def clustered() -> pl.DataFrame:
        units = frame.lazy().group_by(*KEYS, "customer_id").agg(*counts)
        sums = (k.sum(), s.sum(), (s * s).sum().alias("ss"), (s * k).sum().alias("sk"))
        return units.group_by(KEYS).agg(*sums, (k * k).sum().alias("kk")).collect()

    return {
        "plain": (
            lambda: tp.fan_rate(frame, by=KEYS),
            lambda: frame.lazy().group_by(KEYS).agg(*counts).collect(),
        ),
        "clustered": (lambda: tp.fan_rate(frame, by=KEYS, cluster="customer_id"), clustered),
    }


def main() -> None:
    """Print the table."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    frame = contacts(rows)
    print(f"{len(frame):,} synthetic contacts, medians of {RUNS} runs\n")
    print("| engine | fan rate by touchpoint and grade | the kit | the engine alone | ratio |")
    print("|---|---|---:|---:|---:|")
    report("Polars", in_polars(frame))
    native = frame.to_pandas()
    del frame
    report("pandas", in_pandas(native))


def report(engine: str, calls: dict[str, tuple[Callable[[], Any], Callable[[], Any]]]) -> None:
    """Print the rows of one engine."""
    for kind, (kit, own) in calls.items():
        ours, theirs = medians(kit, own)
        print(
            f"| {engine} | {kind} | {ours:.2f} s | {theirs:.2f} s | {ours / theirs:.2f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
