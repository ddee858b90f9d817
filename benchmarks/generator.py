"""Time the generator on ten million contacts, and its memory.

usage: python benchmarks/generator.py [customers]   (530,000 if not said: ten million contacts)

One run, because there is nothing beside it; memory is the largest resident size of the process.
"""

from __future__ import annotations

import resource
import sys
import time

from side_by_side import Row, keep, seconds

import touchpoints as tp

CUSTOMERS = 530_000
SEED = 20_243


def main() -> None:
    """Generate once."""
    customers = int(sys.argv[1]) if len(sys.argv) > 1 else CUSTOMERS
    start = time.perf_counter()
    data = tp.generate(customers, world="mixed", seed=SEED, backend="polars")
    rows = len(data.contacts), len(data.journeys)
    taken = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    made = Row(f"generator, {rows[0]:,} contacts", None, seconds(taken))
    said = (
        f"One run, seed {SEED}: {customers:,} synthetic customers, {rows[1]:,} "
        f"rows of journeys beside the contacts; largest resident size {peak:.1f} GB."
    )
    keep("generator", "Generator", [made], [said])


if __name__ == "__main__":
    main()
