"""Simulate how often the intervals of the statistics cover the truth.

usage: python benchmarks/coverage.py [replications]   (2,000 if not said)

Prints the table and keeps it in `benchmarks/results/coverage.json`, with a smaller one that a test
makes again.

Synthetic samples of customers are drawn again and again from a population whose rates are known
exactly. A customer is a fan or not and stands in the rows of eight touchpoints; fans have more
contacts and grade better, so the rows of one customer resemble each other; panel weights mend that
fans answer more often. A nominal 95 % interval should cover the truth in 95 of 100 samples. Beside
it stands the naive interval, which takes each row as independent and of equal weight.

A second table does the same for intervals from customers drawn anew, in fewer samples.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import sys
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl

import touchpoints as tp

SEED = 20_240
REPLICATIONS = 2_000
CUSTOMERS = (50, 100, 400)
CHECK = (400, 150)  # replications and customers of the table that a test makes again
KEPT = Path(__file__).parent / "results" / "coverage.json"
TOUCHPOINTS = 8
FAILING = TOUCHPOINTS - 1  # the touchpoint whose grades are one worse
BOOTSTRAP_SHARE = 5  # of so many replications one is drawn anew as well
DRAWS = 1_000
LENS_AT_ONCE = 25  # replications in one call of the lens, as channels of their own

FAN = 0.3
GOOD_MOOD = {0: 0.4, 1: 0.7}  # by fan status
ACTIVE = {0: 0.4, 1: 0.6}
HEAVY = {0: 0.55, 1: 0.25}
CONTACT = {0: 0.3, 1: 0.7}  # share of touchpoints met, by activity
WEIGHT = {0: 1.0, 1: 5.0}
GRADES = {  # shares of grades 1 to 6, by mood
    0: np.array([0.15, 0.30, 0.30, 0.15, 0.07, 0.03]),
    1: np.array([0.50, 0.30, 0.12, 0.05, 0.02, 0.01]),
}


class Cell(NamedTuple):
    """Coverage of one estimate in samples of one size."""

    estimate: str
    customers: int
    samples: int
    robust: float
    naive: float


def draw(replications: int, customers: int, seed: int) -> pl.DataFrame:
    """Draw samples: one row a replication, customer and touchpoint."""
    rng = np.random.default_rng([seed, customers])
    n = replications * customers
    fan = (rng.random(n) < FAN).astype(int)
    mood, active, heavy = (
        (rng.random(n) < np.array([share[0], share[1]])[fan]).astype(int)
        for share in (GOOD_MOOD, ACTIVE, HEAVY)
    )
    met = rng.random((n, TOUCHPOINTS)) < np.array([CONTACT[0], CONTACT[1]])[active][:, None]
    limits = np.cumsum([GRADES[0], GRADES[1]], axis=1)[:, :-1]
    draws = rng.random((n, TOUCHPOINTS))
    grade = 1 + (draws[:, :, None] > limits[mood][:, None, :]).sum(axis=2)
    grade[:, FAILING] = np.minimum(grade[:, FAILING] + 1, 6)
    customer = np.arange(n)
    rows = pl.DataFrame(
        {
            "replication": np.repeat(customer // customers, TOUCHPOINTS),
            "customer_id": np.repeat(customer, TOUCHPOINTS),
            "touchpoint": np.tile(np.arange(TOUCHPOINTS), n),
            "grade": np.where(met, grade, 0).ravel(),
            "fan": np.repeat(fan.astype(bool), TOUCHPOINTS),
            "weight": np.repeat(np.array([WEIGHT[0], WEIGHT[1]])[heavy], TOUCHPOINTS),
        }
    )
    return rows.with_columns(
        pl.col("grade").replace(0, None), pl.format("t{}", "touchpoint").alias("touchpoint")
    )


def truths() -> dict[str, float]:
    """Work the population's values out by going through all kinds of customers."""
    kinds = []  # share, fan, weight, chance of contact, shares of grades
    for fan, mood, active, heavy in itertools.product((0, 1), repeat=4):
        share = 1.0
        for is_so, chance in (
            (fan, FAN),
            (mood, GOOD_MOOD[fan]),
            (active, ACTIVE[fan]),
            (heavy, HEAVY[fan]),
        ):
            share *= chance if is_so else 1 - chance
        kinds.append((share, fan, WEIGHT[heavy], CONTACT[active], GRADES[mood]))
    share, fan, weight, contact = (np.array([k[i] for k in kinds]) for i in range(4))
    plain = np.array([k[4] for k in kinds])
    shifted = np.column_stack([np.zeros(len(kinds)), plain[:, :4], plain[:, 4] + plain[:, 5]])
    pooled = ((TOUCHPOINTS - 1) * plain + shifted) / TOUCHPOINTS

    def rate(size: Any) -> float:  # noqa: ANN401
        return 100 * float((size * fan).sum() / size.sum())

    best, none = rate(share * contact * pooled[:, 0]), rate(share * (1 - contact))
    heavy_best = rate(share * weight * contact * pooled[:, 0])
    scale = np.arange(1, 7)
    mean, failing = (
        (share * contact) @ g @ scale / (share * contact).sum() for g in (pooled, shifted)
    )
    return {
        "fan rate of grade 1, pooled": best,
        "lift of grade 1, pooled": best - none,
        "net contact effect, pooled": rate(share * contact) - none,
        "weighted fan rate of grade 1, one touchpoint": rate(
            share * weight * contact * plain[:, 0]
        ),
        "weighted lift of grade 1, pooled": heavy_best - rate(share * weight * (1 - contact)),
        "gap of a touchpoint to its channel": float(failing - mean),
    }


def intervals(rows: pl.DataFrame) -> dict[str, tuple[pl.DataFrame, Any, Any]]:
    """Estimate everything in each replication.

    Returns:
        By estimate: the table with the kit's bounds in its last two columns, naive low and high.
    """
    rate = tp.fan_rate(rows, by=("replication", "grade"), cluster="customer_id").table
    rate = rate.filter(pl.col("grade") == 1)
    low, high = tp.wilson(rate["fans"].to_numpy(), rate["n"].to_numpy())
    found = {
        "fan rate of grade 1, pooled": (rate.select("low_pct", "high_pct"), 100 * low, 100 * high)
    }
    lift = tp.lift_over_no_contact(rows, by="replication").table.filter(pl.col("grade") == 1)
    found["lift of grade 1, pooled"] = difference(lift)
    net = tp.net_contact_effect(rows, by="replication").table
    found["net contact effect, pooled"] = difference(net)
    one = tp.fan_rate(
        rows.filter(pl.col("touchpoint") == "t0"), by=("replication", "grade"), weights="weight"
    ).table.filter(pl.col("grade") == 1)
    n, share = one["n"].to_numpy(), one["fan_rate_pct"].to_numpy() / 100
    low, high = tp.wilson(share * n, n)
    found["weighted fan rate of grade 1, one touchpoint"] = (
        one.select("low_pct", "high_pct"),
        100 * low,
        100 * high,
    )
    heavy = tp.lift_over_no_contact(rows, by="replication", weights="weight").table
    found["weighted lift of grade 1, pooled"] = difference(heavy.filter(pl.col("grade") == 1))
    found["gap of a touchpoint to its channel"] = gaps(rows)
    return found


def difference(table: pl.DataFrame) -> tuple[pl.DataFrame, Any, Any]:
    """Set the kit's bounds beside Newcombe's of independent rows, at the same two rates."""
    columns = ("fan_rate_pct", "n", "no_contact_rate_pct", "no_contact_n")
    a, n_a, b, n_b = (table[c].to_numpy() for c in columns)
    low, high = tp.newcombe(a / 100 * n_a, n_a, b / 100 * n_b, n_b)
    return table.select("low_points", "high_points"), 100 * low, 100 * high


def gaps(rows: pl.DataFrame) -> tuple[pl.DataFrame, Any, Any]:
    """Gap of the failing touchpoint; naive: two independent means of independent rows."""
    own = rows.with_columns(
        pl.concat_str("replication", "touchpoint", separator=" ").alias("touchpoint")
    )
    bounds = []
    for start in range(0, int(rows["replication"].max()) + 1, LENS_AT_ONCE):  # type: ignore[arg-type]
        part = own.filter(pl.col("replication").is_between(start, start + LENS_AT_ONCE - 1))
        listed = part.select("touchpoint", channel="replication").unique(maintain_order=True)
        lens = tp.channel_lens(part, listed.with_columns(contact_phase=pl.lit("contact")))
        table = lens.table.filter(pl.col("touchpoint").str.ends_with(f" t{FAILING}"))
        order = table.with_columns(pl.col("channel").cast(pl.Int64)).sort("channel")
        bounds.append(order.select("channel", "gap_low", "gap_high"))
    robust = pl.concat(bounds)
    graded = rows.filter(pl.col("grade").is_not_null())
    moments = [
        pl.col("grade").mean().alias("mean"),
        (pl.col("grade").var() / pl.len()).alias("squared_error"),
    ]
    whole = graded.group_by("replication").agg(moments)
    failing = graded.filter(pl.col("touchpoint") == f"t{FAILING}")
    both = (
        failing.group_by("replication")
        .agg(moments)
        .join(whole, on="replication", suffix="_group")
        .sort("replication")
    )
    both = robust.join(both, left_on="channel", right_on="replication", how="left")
    gap = (both["mean"] - both["mean_group"]).to_numpy()
    half = 1.96 * np.sqrt((both["squared_error"] + both["squared_error_group"]).to_numpy())
    return robust.select("gap_low", "gap_high"), gap - half, gap + half


def coverage(replications: int, customers: int, seed: int = SEED) -> list[Cell]:
    """Draw the samples of one size and count how often each interval covers."""
    truth = truths()
    cells = []
    for name, (robust, low, high) in intervals(draw(replications, customers, seed)).items():
        want = truth[name]
        kit_low, kit_high = (robust[c].to_numpy() for c in robust.columns)
        hit = (kit_low <= want) & (want <= kit_high)
        naive = (low <= want) & (want <= high)
        cells.append(
            Cell(name, customers, len(hit), 100 * float(hit.mean()), 100 * float(naive.mean()))
        )
    return cells


def bootstrap_coverage(
    replications: int, customers: int, draws: int = DRAWS, seed: int = SEED
) -> list[Cell]:
    """Count how often percentile intervals of drawn customers cover; `naive` is the formula's."""
    truth = truths()
    hits: dict[str, list[tuple[bool, bool]]] = {}
    for own in draw(replications, customers, seed).partition_by("replication"):
        for prefix, weights in (("", None), ("weighted ", "weight")):
            drawn = tp.bootstrap_contrasts(own, by=None, weights=weights, draws=draws)
            found = {f"{prefix}lift of grade 1, pooled": drawn.table}
            if weights is None:
                found["net contact effect, pooled"] = drawn.net
            for name, table in found.items():
                row, want = table.row(0, named=True), truth[name]
                both = [
                    row[f"{kind}low_points"] <= want <= row[f"{kind}high_points"]
                    for kind in ("bootstrap_", "")
                ]
                hits.setdefault(name, []).append((both[0], both[1]))
    return [
        Cell(name, customers, len(hit), *(100 * np.mean(hit, axis=0)).tolist())
        for name, hit in hits.items()
    ]


def main() -> None:
    """Print the tables and keep them."""
    replications = int(sys.argv[1]) if len(sys.argv) > 1 else REPLICATIONS
    cells = [cell for customers in CUSTOMERS for cell in coverage(replications, customers)]
    cells.sort(key=lambda cell: [*truths()].index(cell.estimate))
    print("| estimate | customers | samples | the kit's 95 % interval covers | the naive one |")
    print("|---|---:|---:|---:|---:|")
    for cell in cells:
        print(
            f"| {cell.estimate} | {cell.customers} | {cell.samples:,} "
            f"| {cell.robust:.1f} % | {cell.naive:.1f} % |"
        )
    print("\n| estimate | customers | samples | draws of customers cover | the formula |")
    print("|---|---:|---:|---:|---:|")
    fewer = max(1, replications // BOOTSTRAP_SHARE)
    drawn = [cell for customers in CUSTOMERS for cell in bootstrap_coverage(fewer, customers)]
    for cell in drawn:
        print(
            f"| {cell.estimate} | {cell.customers} | {cell.samples:,} "
            f"| {cell.robust:.1f} % | {cell.naive:.1f} % |"
        )
    print(
        f"\nSynthetic samples, seed {SEED}; simulation error of 95 %: "
        f"±{error(replications):.1f} points (second table ±{error(fewer):.1f})."
    )
    kept = {
        "command": " ".join(["python", "benchmarks/coverage.py", *sys.argv[1:]]),
        "date": dt.datetime.now(tz=dt.UTC).date().isoformat(),
        "seed": SEED,
        "cells": [cell._asdict() for cell in cells],
        "drawn": [cell._asdict() for cell in drawn],
        "check": [cell._asdict() for cell in coverage(*CHECK)],
    }
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps(kept, indent=1) + "\n", "utf-8", newline="\n")


def error(samples: int) -> float:
    """How far chance alone takes a coverage of 95 % in 95 of 100 simulations, in points."""
    return 196 * float(np.sqrt(0.95 * 0.05 / samples))


if __name__ == "__main__":
    main()
