"""Shapley values: a touchpoint's mean contribution over all orders in which it could be added."""

from __future__ import annotations

from dataclasses import dataclass
from math import factorial
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw
import numpy as np

from touchpoints.core.frames import IntoFrame
from touchpoints.core.intervals import z_value
from touchpoints.core.journeys.chain import Chain, chain_of
from touchpoints.core.journeys.paths import Paths, largest_first, read_paths
from touchpoints.core.numbers import FloatArray, whole
from touchpoints.core.result import Result

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]

#: Up to so many touchpoints all coalitions are computed (32,768 of them).
MOST_EXACT: Final = 15
#: Pairs of orders drawn beyond, and the seed of the draws.
DRAWS: Final = 500
SEED: Final = 1
_FEWEST_DRAWS: Final = 10
#: Numbers that one step works on: matrices are solved so many at a time.
_BATCH: Final = 1_000_000


@dataclass(frozen=True)
class ShapleyValues(Result):
    """What `shapley_values` gives.

    Attributes:
        table: One row a touchpoint, the largest credit first (equals in the alphabet's order):
            `touchpoint`, `shapley_value` (share of the conversion probability, the values add up to
            1), `credit` (conversions), `low` and `high` (error bounds of the value that come from
            drawing orders; equal to it where it is exact), `journeys` (that meet the touchpoint).
            Values are empty where nothing converted.
        exact: Whether all coalitions were computed.
        conversions: All conversions; the credits add up to them.
        confidence: Of the error bounds.
    """

    table: Any
    exact: bool
    conversions: int
    confidence: float

    @property
    def text(self) -> str:
        """Say who contributes most, how exactly that is known, and what it doesn't mean."""
        if not self.conversions:
            return "No journey converted: there is nothing to contribute to."
        row = nw.from_native(self.table, eager_only=True).rows(named=True)[0]
        value = f"{100 * row['shapley_value']:.1f} %"
        bounds = "exact for the chain"
        if not self.exact:
            bounds = (
                f"drawn orders, {100 * self.confidence:g} % error bounds "
                f"{100 * row['low']:.1f} to {100 * row['high']:.1f}"
            )
        return (
            f"{row['touchpoint']} has the largest Shapley value, {value} of the conversion "
            f"probability ({bounds}): {row['credit']:,.1f} of {self.conversions:,} conversions. "
            "That shares out what was seen; it does not tell what caused it."
        )


def shapley_values(
    paths: IntoFrame, *, draws: int = DRAWS, seed: int = SEED, confidence: float = 0.95
) -> ShapleyValues:
    """Compute the Shapley value of each touchpoint in the Markov chain of order 1.

    The worth v(S) of a set S of touchpoints is the probability to convert in a chain in which only
    they are left; a journey that comes to any other ends there in nothing. So v(all) - v(all
    without i) over v(all) is the removal effect of i, and the Shapley value

        φᵢ = Σ over S without i of |S|! (n - |S| - 1)! / n! × (v(S ∪ {i}) - v(S))

    is the mean of i's contribution over all orders in which the n touchpoints can be added. Unlike
    removal effects the values add up, to v(all). The table gives φᵢ / v(all).

    Up to 15 touchpoints with all 2ⁿ sets, each an exact solution. Beyond, the mean over `draws`
    random orders, each with its reverse, which cancels part of the noise; the bounds come from the
    spread of these pairs (normal approximation) and tell the error of drawing,
    not that of the data.

    If the worth of S were the conversions of the journeys that meet only S, as in some of the
    literature, each conversion would simply be split evenly among the different touchpoints of its
    journey, and journeys that failed would not count.

    Args:
        paths: Table of paths: `path` ("a > b > c"), `conversions`, `nulls`, as `journey_paths`
            gives it; any frame that narwhals supports.
        draws: Pairs of orders drawn beyond 15 touchpoints, 10 or more.
        seed: Of the draws, a whole number of 0 or more.
        confidence: Of the error bounds, between 0 and 1.

    Returns:
        The values as a frozen result; its table is a frame of the engine that came in.

    Raises:
        InputError: If the table of paths or an option is not allowed.

    References:
        Shapley, L. S. (1953). A value for n-person games. Contributions to the Theory of Games 2,
        307-317.
        Castro, J., Gómez, D. & Tejada, J. (2009). Polynomial calculation of the Shapley value based
        on sampling. Computers & Operations Research 36, 1726-1730.

    Example:
        >>> import pandas as pd
        >>> paths = pd.DataFrame({
        ...     "path": ["G", "M", "G > M"], "conversions": [2, 1, 1], "nulls": [1, 0, 0],
        ... })
        >>> shapley_values(paths).table[["touchpoint", "credit"]].round(3).values.tolist()
        [['G', 2.5], ['M', 1.5]]
    """
    z = z_value(confidence)
    whole("draws", draws, _FEWEST_DRAWS)
    whole("seed", seed, 0)
    read = read_paths(paths)
    value, error = shapley_of(read, draws, seed)
    total = int(read.conversions.sum())
    credit = value * total if total else np.zeros(len(value))
    rank = largest_first(credit)
    columns = {
        "touchpoint": read.labels,
        "shapley_value": value,
        "credit": credit,
        "low": value - z * error,
        "high": value + z * error,
        "journeys": read.touched,
    }
    table = read.frame({name: values[rank] for name, values in columns.items()})
    return ShapleyValues(table, len(value) <= MOST_EXACT, total, confidence)


def shapley_of(paths: Paths, draws: int = DRAWS, seed: int = SEED) -> tuple[FloatArray, FloatArray]:
    """Return the values of paths that are read already, and the standard errors of drawing."""
    size = len(paths.names)
    if not paths.conversions.any():
        return np.full(size, np.nan), np.full(size, np.nan)
    chain = chain_of(paths, 1)
    if size <= MOST_EXACT:
        return _exact(chain), np.zeros(size)
    return _drawn(chain, draws, np.random.default_rng(seed))


def worths(chain: Chain, sets: Flags) -> FloatArray:
    """Return the probability to convert with only the touchpoints of each set left.

    Args:
        chain: A chain of order 1.
        sets: One row a set, one column a touchpoint.

    Returns:
        One probability a set, as a share of that with all touchpoints.
    """
    at_once = max(1, _BATCH // len(chain.last) ** 2)
    parts = [_worths(chain, sets[i : i + at_once]) for i in range(0, len(sets), at_once)]
    return np.concatenate(parts) / _chance(chain)


def _worths(chain: Chain, sets: Flags) -> FloatArray:
    kept = sets.astype(np.float64)
    onwards = chain.onwards * kept[:, :, None] * kept[:, None, :]
    left = np.eye(len(chain.last)) - onwards
    chances = np.linalg.solve(left, (chain.converting * kept)[:, :, None])[:, :, 0]
    return np.asarray(chances @ chain.start)


def _chance(chain: Chain) -> float:
    """Probability to convert with all touchpoints."""
    return float(chain.conversions.sum() / chain.journeys)


def _exact(chain: Chain) -> FloatArray:
    """Weigh the contributions to all sets."""
    size = len(chain.last)
    numbers = np.arange(2**size)
    sets = (numbers[:, None] >> np.arange(size) & 1).astype(bool)
    worth = worths(chain, sets)
    members = sets.sum(axis=1)
    weight = np.array(
        [factorial(k) * factorial(size - k - 1) / factorial(size) for k in range(size)]
    )
    value = np.empty(size)
    for touchpoint in range(size):
        without = numbers[~sets[:, touchpoint]]
        gained = worth[without | 1 << touchpoint] - worth[without]
        value[touchpoint] = weight[members[without]] @ gained
    return value


def _drawn(chain: Chain, draws: int, rng: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """Return means over drawn orders and their reverses, and standard errors over the pairs."""
    size = len(chain.last)
    orders = rng.permuted(np.tile(np.arange(size), (draws, 1)), axis=1)
    at_once = max(1, _BATCH // size**2)
    pairs = np.concatenate(
        [
            (contributions(chain, part) + contributions(chain, part[:, ::-1])) / 2
            for part in (orders[i : i + at_once] for i in range(0, draws, at_once))
        ]
    )
    return pairs.mean(axis=0), pairs.std(axis=0, ddof=1) / np.sqrt(draws)


def contributions(chain: Chain, orders: NDArray[np.int64]) -> FloatArray:
    """Return what each touchpoint adds in each order, as a share of the whole.

    With I - Q = LU in the order given, v(all) = (s U⁻¹)(L⁻¹ r), and the same holds for the first k
    touchpoints with the first k rows and columns. So the k-th product of the two vectors is what
    the k-th touchpoint adds, and one elimination gives all of them. It needs no pivoting: rows of
    I - Q are diagonally dominant.

    Args:
        chain: A chain of order 1.
        orders: One row an order of all touchpoints.

    Returns:
        One row an order, one column a touchpoint.
    """
    left = (np.eye(len(chain.last)) - chain.onwards)[orders[:, :, None], orders[:, None, :]]
    down, across = chain.converting[orders], chain.start[orders]
    for k in range(orders.shape[1]):
        pivot, rest = left[:, k, k, None], slice(k + 1, None)
        factor = left[:, rest, k] / pivot
        across[:, k] /= pivot[:, 0]
        down[:, rest] -= factor * down[:, k, None]
        across[:, rest] -= across[:, k, None] * left[:, k, rest]
        left[:, rest, rest] -= factor[:, :, None] * left[:, k, None, rest]
    added = down * across / _chance(chain)
    return np.take_along_axis(added, np.argsort(orders, axis=1), axis=1)
