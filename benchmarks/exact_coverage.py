"""How often intervals of independent answers cover the truth: counted out, not simulated.

usage: python benchmarks/exact_coverage.py

For a given rate every possible count has a known probability; the coverage is the sum of the
probabilities of those counts whose interval holds the rate. It swings with the rate, because counts
are whole: told are the mean and the smallest value over rates from 1 to 99 %. For the Net Promoter
Score all triples of promoters, passives and detractors are gone through, over a grid of shares.
"""

from __future__ import annotations

import itertools
from typing import Any, NamedTuple

import numpy as np
from scipy import stats

import touchpoints as tp

RATES = np.arange(1, 100) / 100
COARSE = np.arange(1, 20) / 20
SHARES = [
    (a / 10, c / 10)
    for a, c in itertools.product(range(1, 9), repeat=2)
    if a + c < 10  # noqa: PLR2004
]
SIZES = (10, 50, 200)
PAIRS = ((20, 20), (50, 20), (100, 100))
ANSWERS = (10, 30, 60)


class Exact(NamedTuple):
    """Coverage of one interval at one size, in percent."""

    interval: str
    size: str
    mean: float
    smallest: float


def wilson(n: int) -> Exact:
    """Go through all counts of n answers."""
    k = np.arange(n + 1)
    low, high = tp.wilson(k, np.full(n + 1, n))
    inside = (low[:, None] <= RATES) & (high[:, None] >= RATES)
    return _told(
        "Wilson, one rate", f"{n}", (stats.binom.pmf(k[:, None], n, RATES) * inside).sum(0)
    )


def newcombe(n_a: int, n_b: int) -> Exact:
    """Go through all pairs of counts."""
    a, b = (v.ravel() for v in np.meshgrid(np.arange(n_a + 1), np.arange(n_b + 1)))
    low, high = tp.newcombe(a, np.full(len(a), n_a), b, np.full(len(b), n_b))
    found = []
    for p, q in itertools.product(COARSE, repeat=2):
        chance = stats.binom.pmf(a, n_a, p) * stats.binom.pmf(b, n_b, q)
        found.append(chance[(low <= p - q) & (p - q <= high)].sum())
    return _told("Newcombe, difference of two rates", f"{n_a} and {n_b}", np.array(found))


def scores(n: int) -> list[Exact]:
    """Go through all answers of n people, for both intervals of the score."""
    kinds = np.array([(a, n - a - c, c) for a in range(n + 1) for c in range(n + 1 - a)])
    result = tp.nps_from_counts(*(kinds[:, i].tolist() for i in range(3)))
    found: dict[str, list[float]] = {"adjusted Wald, NPS": [], "Wald, NPS": []}
    bounds = (result.adjusted_low, result.adjusted_high), (result.low, result.high)
    for promoters, detractors in SHARES:
        shares = [promoters, 1 - promoters - detractors, detractors]
        chance = stats.multinomial.pmf(kinds, n, shares)
        score = promoters - detractors
        for (low, high), values in zip(bounds, found.values(), strict=True):
            values.append(float(chance[(low <= score) & (score <= high)].sum()))
    return [_told(name, f"{n}", np.array(values)) for name, values in found.items()]


def _told(interval: str, size: str, chances: Any) -> Exact:  # noqa: ANN401  (an array)
    return Exact(
        interval, size, round(100 * float(chances.mean()), 2), round(100 * float(chances.min()), 2)
    )


def all_cells() -> list[Exact]:
    """Every interval at every size."""
    return [
        *(wilson(n) for n in SIZES),
        *(newcombe(*pair) for pair in PAIRS),
        *itertools.chain.from_iterable(zip(*(scores(n) for n in ANSWERS), strict=True)),
    ]


def main() -> None:
    """Print the table."""
    print("| interval | answers | mean coverage | smallest |\n|---|---:|---:|---:|")
    for cell in all_cells():
        print(f"| {cell.interval} | {cell.size} | {cell.mean:.1f} % | {cell.smallest:.1f} % |")


if __name__ == "__main__":
    main()
