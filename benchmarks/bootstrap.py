"""Time the bootstrap from counts beside SciPy's bootstrap of rows.

usage: python benchmarks/bootstrap.py

The Net Promoter Score is the mean of +1, 0 and -1. SciPy draws
the rows anew, the kit draws the counts of a sample: the same law at another cost. That the law is
the same is shown by the largest distance of the two distribution functions of the drawn scores
(Kolmogorov and Smirnov), with its p-value: a small one would tell them apart.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import stats
from side_by_side import RUNS, Row, compared, keep, medians

from touchpoints.core.nps_bootstrap import bootstrap_scores

ANSWERS = (1_000, 10_000)
DRAWS = 10_000
SEED = 20_242
COMPARED = 200_000_000  # rows that SciPy draws to compare the two laws
BATCH = 1_000  # SciPy's resamples at a time: 10,000 at once would take gigabytes


def of_rows(values: Any, draws: int) -> Any:  # noqa: ANN401  (an array)
    """SciPy's drawn means."""
    rng = np.random.default_rng(SEED + 1)
    result = stats.bootstrap(
        (values,), np.mean, n_resamples=draws, batch=BATCH, method="percentile", rng=rng
    )
    return result.bootstrap_distribution


def one(n: int) -> Row:
    """Compare the two for some answers."""
    rng = np.random.default_rng([SEED, n])
    answers = rng.choice([1.0, 0.0, -1.0], n, p=[0.5, 0.3, 0.2])
    kinds = [np.array([float((answers == kind).sum())]) for kind in (1, 0, -1)]

    def of_counts(draws: int) -> Any:  # noqa: ANN401  (an array)
        return bootstrap_scores(*kinds, draws=draws, seed=SEED)[0]

    many = COMPARED // n
    test = stats.ks_2samp(of_counts(many), of_rows(answers, many))
    note = (
        f"distance of the distributions of {many:,} draws {test.statistic:.4f}, "
        f"p = {test.pvalue:.2f}"
    )
    times = medians(lambda: of_counts(DRAWS), lambda: of_rows(answers, DRAWS))
    measured = f"NPS, {DRAWS:,} draws of {n:,} answers"
    return compared(measured, *times, "scipy.stats.bootstrap", note)


def main() -> None:
    """Measure scores of some sizes."""
    said = f"Medians of {RUNS} runs side by side, synthetic answers, seed {SEED}."
    keep("bootstrap", "Bootstrap on counts", [one(n) for n in ANSWERS], [said])


if __name__ == "__main__":
    main()
