"""Time the score intervals of a million cells beside statsmodels.

usage: python benchmarks/intervals.py [cells]   (1,000,000 if not said)

Synthetic counts: cells of 1 to 5,000 answers. Both get the same arrays in one call.
"""

from __future__ import annotations

import sys

import numpy as np
from side_by_side import RUNS, compared, keep, medians
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

import touchpoints as tp

CELLS = 1_000_000
SEED = 20_241


def main() -> None:
    """Measure Wilson's and Newcombe's intervals."""
    cells = int(sys.argv[1]) if len(sys.argv) > 1 else CELLS
    rng = np.random.default_rng(SEED)
    n_a, n_b = rng.integers(1, 5_001, (2, cells))
    a, b = rng.binomial(n_a, rng.random(cells)), rng.binomial(n_b, rng.random(cells))

    def wilson() -> object:
        return proportion_confint(a, n_a, method="wilson")

    def newcombe() -> object:
        return confint_proportions_2indep(a, n_a, b, n_b, method="newcomb")

    rows, farthest = [], []
    for name, ours, theirs in (
        ("Wilson", lambda: tp.wilson(a, n_a), wilson),
        ("Newcombe", lambda: tp.newcombe(a, n_a, b, n_b), newcombe),
    ):
        farthest.append(float(np.abs(np.subtract(ours(), theirs())).max()))
        times = medians(ours, theirs)
        rows.append(compared(f"{name}'s interval, {cells:,} cells", *times, "statsmodels"))
    said = (
        f"Medians of {RUNS} runs side by side, synthetic counts, seed {SEED}. Largest difference "
        f"of a bound: {farthest[0]:.1g} (Wilson), {farthest[1]:.1g} (Newcombe)."
    )
    keep("intervals", "Intervals of a million cells", rows, [said])


if __name__ == "__main__":
    main()
