"""Fan rates of a hundred million contacts in a Parquet file, and the memory they take.

usage: python benchmarks/hundred_million.py [contacts]   (100,000,000 if not said)

A first process writes synthetic contacts piece by piece to a temporary file (about 0.1 GB). Then
each engine has a process of its own, and the operating system tells that process's largest
resident size (`ru_maxrss`), all libraries included. The lifts come from the table of counts.
`benchmarks/markov_memory.py` does the same for journeys.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from side_by_side import Row, keep, seconds

CONTACTS = 100_000_000
TOUCHPOINTS = 20
PIECE = 1_000_000
SEED = 20_244
LIMIT_GB = 2.0
KEYS = ["touchpoint", "grade"]
ENGINES = ("Polars, streaming", "DuckDB")


def write(file: str, contacts: int) -> None:
    """Write the contacts, a piece at a time: every customer at every touchpoint."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = pa.array([f"touchpoint_{i:02}" for i in range(TOUCHPOINTS)])
    touchpoint = pa.DictionaryArray.from_arrays(
        pa.array(np.tile(np.arange(TOUCHPOINTS, dtype=np.int32), PIECE // TOUCHPOINTS)), names
    )
    writer = None
    for start in range(0, contacts, PIECE):
        rng = np.random.default_rng([SEED, start])
        customer = np.repeat(np.arange(PIECE // TOUCHPOINTS, dtype=np.int32), TOUCHPOINTS)
        fan = np.repeat(rng.random(PIECE // TOUCHPOINTS) < 0.3, TOUCHPOINTS)  # noqa: PLR2004
        grade = rng.integers(0, 7, PIECE, dtype=np.int8)
        piece = pa.table(
            {
                "customer_id": customer + start // TOUCHPOINTS,
                "touchpoint": touchpoint,
                "grade": pa.array(grade, mask=grade == 0),
                "fan": fan,
            }
        )
        writer = writer or pq.ParquetWriter(file, piece.schema)
        writer.write_table(piece)
    writer.close()


def measure(file: str, engine: str) -> dict[str, Any]:
    """Estimate on one engine; say the time and the largest resident size."""
    import touchpoints as tp

    if engine == "DuckDB":
        import duckdb

        frame: Any = duckdb.read_parquet(file)
    else:
        import polars as pl

        pl.Config.set_engine_affinity("streaming")
        frame = pl.scan_parquet(file)
    start = time.perf_counter()
    rates = tp.fan_rate(frame, by=KEYS)
    lifts = tp.lift_from_counts(rates.table)
    taken = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    return {"rows": len(rates.table), "lifts": len(lifts.table), "seconds": taken, "peak_gb": peak}


def main() -> None:
    """Write in one process, measure each engine in another."""
    if sys.argv[1:2] == ["--write"]:
        write(sys.argv[2], int(sys.argv[3]))
        return
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measure(*sys.argv[2:])))
        return
    contacts = sys.argv[1] if len(sys.argv) > 1 else str(CONTACTS)
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "contacts.parquet")
        subprocess.run([sys.executable, __file__, "--write", file, contacts], check=True)
        size = Path(file).stat().st_size / 1024**3
        for engine in ENGINES:
            call = [sys.executable, __file__, "--measure", file, engine]
            found = json.loads(subprocess.check_output(call, text=True))
            rows.append(
                Row(
                    f"fan rates and lifts of {int(contacts):,} contacts, {engine}",
                    found["peak_gb"] / LIMIT_GB,
                    f"{found['peak_gb']:.2f} GB",
                    f"{LIMIT_GB:g} GB",
                    "the limit we set ourselves",
                    f"{found['rows']} rates in {seconds(found['seconds'])}",
                )
            )
    said = (
        f"Largest resident size of a process for each engine, all libraries included; synthetic "
        f"contacts, seed {SEED}, in a Parquet file of {size:.2f} GB."
    )
    keep("hundred_million", "A hundred million contacts", rows, [said])


if __name__ == "__main__":
    main()
