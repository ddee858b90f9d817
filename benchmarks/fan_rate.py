"""Time the grade table of ten million contacts beside the engine's own group-by.

usage: python benchmarks/fan_rate.py [rows]   (10,000,000 if not said)

Synthetic contacts of half a million customers at twenty touchpoints. The engine's own group-by
counts the same, rows, fans and known statuses by touchpoint and grade, and no more: no check, no
interval, no order. The clustered rate adds the rows up by group and customer, then by group. It
needs about 4 GB of memory.
"""

from __future__ import annotations

import sys

import duckdb
import numpy as np
import pandas as pd
import polars as pl
from side_by_side import RUNS, Row, compared, keep, medians

import touchpoints as tp

ROWS = 10_000_000
TOUCHPOINTS = 20
SEED = 20_240
KEYS = ["touchpoint", "grade"]
SQL = """
select touchpoint, grade, count(*) as n, sum(fan) as fans, count(fan) as known
from contacts group by touchpoint, grade
"""


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


def in_polars(frame: pl.DataFrame) -> list[Row]:
    """The kit beside Polars, plain and clustered."""
    k, s, fan = pl.col("k"), pl.col("s"), pl.col("fan")

    def plain() -> pl.DataFrame:
        counts = (pl.len().alias("n"), fan.sum().alias("fans"), fan.count().alias("known"))
        return frame.lazy().group_by(KEYS).agg(*counts).collect()

    def clustered() -> pl.DataFrame:
        counts = (pl.len().alias("k"), fan.sum().alias("s"))
        units = frame.lazy().group_by(*KEYS, "customer_id").agg(*counts)
        sums = (k.sum(), s.sum(), (s * s).sum().alias("ss"), (s * k).sum().alias("sk"))
        return units.group_by(KEYS).agg(*sums, (k * k).sum().alias("kk")).collect()

    size = f"{len(frame):,} contacts"
    ours, theirs = medians(lambda: tp.fan_rate(frame, by=KEYS), plain)
    rows = [compared(f"grade table, {size}, Polars", ours, theirs, "Polars' own group-by")]
    ours, theirs = medians(lambda: tp.fan_rate(frame, by=KEYS, cluster="customer_id"), clustered)
    note = "the kit also checks that no contact stands twice"
    return [
        *rows,
        compared(f"clustered, {size}, Polars", ours, theirs, "two group-bys of Polars", note),
    ]


def in_duckdb(frame: pl.DataFrame) -> Row:
    """The kit beside DuckDB, on a table of its own."""
    connection = duckdb.connect()
    connection.register("given", frame.to_arrow())
    connection.execute("create table contacts as select * from given")
    connection.unregister("given")
    ours, theirs = medians(
        lambda: tp.fan_rate(connection.table("contacts"), by=KEYS),
        lambda: connection.sql(SQL).to_arrow_table(),
    )
    return compared(f"grade table, {len(frame):,} contacts, DuckDB", ours, theirs, "the same SQL")


def in_pandas(frame: pd.DataFrame) -> Row:
    """The kit beside pandas."""
    ours, theirs = medians(
        lambda: tp.fan_rate(frame, by=KEYS),
        lambda: frame.groupby(KEYS, dropna=False, sort=False)["fan"].agg(["size", "sum", "count"]),
    )
    return compared(f"grade table, {len(frame):,} contacts, pandas", ours, theirs, "its group-by")


def main() -> None:
    """Measure one engine after the other."""
    frame = contacts(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
    rows = [*in_polars(frame), in_duckdb(frame)]
    native = frame.to_pandas()
    del frame
    rows.append(in_pandas(native))
    said = f"Medians of {RUNS} runs side by side, synthetic contacts, seed {SEED}."
    keep("fan_rate", "Grade tables beside the engine's own group-by", rows, [said])


if __name__ == "__main__":
    main()
