"""Count the steps of a hundred million contacts in Parquet and fit the chain; tell the peak memory.

usage: python benchmarks/markov_memory.py [contacts]   (100,000,000 if not said)

A synthetic log is written to a temporary folder first, by another process: five contacts a
customer on average, twenty touchpoints. Then one process reads it with
DuckDB, which may use 1 GB and puts the rest on disk. Peak memory is what the operating system tells
of that process (VmHWM of Linux), all libraries included. It needs about 12 GB of disk.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
from side_by_side import Row, keep, seconds

import touchpoints as tp

CONTACTS = 100_000_000
LIMIT = "1GB"
LIMIT_GB = 2.0
THREADS = 2

# Each customer has 1 to 9 contacts; one at the last two touchpoints may be an order. All first
# contacts come before all second ones, as in a log by time; customers are in no order.
WRITE = """
copy (
    select customer_id, step, 'touchpoint_' || kind as touchpoint,
        case when kind >= 18 and hash(step, customer_id) % 10 < 6 then 'order' else 'none' end
            as outcome
    from (
        select customer_id, step, hash(customer_id, step, 7) % 20 as kind
        from range(1, 10) as steps(step),
            (select range * 2654435761 % 4294967296 as customer_id from range({customers}))
        where step <= 1 + hash(customer_id) % 9
    )
) to '{file}' (format parquet)
"""


def write(file: str, contacts: int) -> None:
    """Write the log."""
    duckdb.sql("set memory_limit = '4GB'")
    duckdb.sql(WRITE.format(file=file, customers=contacts // 5))


def measure(file: str) -> None:
    """Count and fit; print seconds and peak memory as JSON."""
    duckdb.sql(f"set memory_limit = '{LIMIT}'; set threads = {THREADS}")
    duckdb.sql(f"set temp_directory = '{Path(file).parent}/spill'")
    duckdb.sql("set preserve_insertion_order = false")
    start = time.perf_counter()
    steps = tp.transitions_from_log(duckdb.sql(f"from '{file}'"))
    counted = time.perf_counter()
    effects = tp.removal_effects_from_transitions(steps.table)
    fitted = time.perf_counter()
    n = sum(effects.table.column("contacts").to_pylist())
    peak = next(
        int(line.split()[1])
        for line in Path("/proc/self/status").read_text("ascii").splitlines()
        if line.startswith("VmHWM")
    )
    found = {
        "contacts": n,
        "conversions": effects.conversions,
        "counting": counted - start,
        "fitting": fitted - counted,
        "peak_gb": peak / 1024**2,
    }
    print(json.dumps(found))


def main() -> None:
    """Write in one process, measure in another."""
    if sys.argv[1:2] in (["--write"], ["--measure"]):
        write(sys.argv[2], int(sys.argv[3])) if sys.argv[1] == "--write" else measure(sys.argv[2])
        return
    contacts = sys.argv[1] if len(sys.argv) > 1 else str(CONTACTS)
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "log.parquet")
        subprocess.run([sys.executable, __file__, "--write", file, contacts], check=True)
        call = [sys.executable, __file__, "--measure", file]
        found = json.loads(subprocess.check_output(call, text=True))
    row = Row(
        f"first-order Markov, {found['contacts']:,} contacts, DuckDB",
        found["peak_gb"] / LIMIT_GB,
        f"{found['peak_gb']:.2f} GB",
        f"{LIMIT_GB:g} GB",
        "the limit we set ourselves",
        f"counting {seconds(found['counting'])}, fitting {seconds(found['fitting'])}",
    )
    said = (
        "Largest resident size of the process, all libraries included; "
        f"{found['conversions']:,} conversions in a synthetic log; DuckDB may use {LIMIT}."
    )
    keep("markov_memory", "Journeys of a hundred million contacts", [row], [said])


if __name__ == "__main__":
    main()
