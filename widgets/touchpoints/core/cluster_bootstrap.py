"""Cluster bootstrap of the contrasts: customers drawn anew, with all their rows.

A sample of customers drawn with replacement gives each customer a number of times; a cell's rate is
then Σ wᵢ sᵢ / Σ wᵢ kᵢ with these numbers as wᵢ. So no row is copied: the drawn numbers, as a matrix
of draws by customers, are multiplied with a matrix of customers by cells. Within one draw all cells
belong to the same sample, so contrasts that share customers keep their correlation.

References:
    Davison, A. C. & Hinkley, D. V. (1997). Bootstrap Methods and their Application. Cambridge
    University Press, 3.8 and 5.3.
    Field, C. A. & Welsh, A. H. (2007). Bootstrapping clustered data. Journal of the Royal
    Statistical Society B 69, 369-390.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw
import numpy as np

from touchpoints.core.contacts import GRADE
from touchpoints.core.customer_cells import CustomerCells, customer_cells
from touchpoints.core.normal import cdf
from touchpoints.core.nps_bootstrap import FEWEST_DRAWS, MOST_DRAWS
from touchpoints.core.numbers import whole
from touchpoints.core.tables import group_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchpoints.core.against_no_contact import Differences
    from touchpoints.core.inversion import BoundsAt
    from touchpoints.core.numbers import FloatArray

#: Numbers of times held at once, draws times customers: about 80 MB.
_AT_ONCE: Final = 10_000_000
#: Bounds of what a contrast or a difference of two can be.
_MOST_POINTS: Final = 200.0


def require_draws(draws: object, seed: object) -> None:
    """Raise an `InputError` for a number of draws or a seed out of its range."""
    whole("draws", draws, FEWEST_DRAWS, MOST_DRAWS)
    whole("seed", seed, 0)


@dataclass(frozen=True)
class DrawnCells:
    """Sizes and totals of the cells of a table of counts in each draw: one row a cell."""

    k: FloatArray
    s: FloatArray


def draw_cells(  # noqa: PLR0913  (what was counted, and what is drawn)
    lazy: nw.LazyFrame[Any],
    counts: nw.DataFrame[Any],
    by: Sequence[str],
    *,
    weights: str | None,
    cluster: str,
    draws: int,
    seed: int,
) -> DrawnCells:
    """Draw customers with replacement and add up the cells of a checked table of counts.

    The customers are sorted by name before they are drawn, so the order of rows doesn't matter.
    """
    return _drawn(customer_cells(lazy, counts, by, weights, cluster), len(counts), draws, seed)


def _drawn(own: CustomerCells, cells: int, draws: int, seed: int) -> DrawnCells:
    places, shape = own.customer * cells + own.cell, (own.customers, cells)
    matrix = np.concatenate(
        [np.bincount(places, v, own.customers * cells).reshape(shape) for v in (own.k, own.s)],
        axis=1,
    )
    rng = np.random.default_rng(seed)
    block = max(1, _AT_ONCE // own.customers)
    sums = []
    for start in range(0, draws, block):
        some = min(block, draws - start)
        drawn = rng.integers(own.customers, size=(some, own.customers))
        # Each draw counts in a part of its own: many small tables by one bincount.
        drawn += np.arange(some)[:, None] * own.customers
        times = np.bincount(drawn.ravel(), minlength=some * own.customers)
        sums.append(times.reshape(some, -1).astype(np.float64) @ matrix)
    both = np.concatenate(sums).T
    return DrawnCells(both[:cells], both[cells:])


def drawn_contrasts(counts: nw.DataFrame[Any], by: Sequence[str], drawn: DrawnCells) -> FloatArray:
    """Return each contrast in percentage points in each draw, in the order of `differences`.

    NaN where a draw has nobody in one of the two cells.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        rate = drawn.s / drawn.k
    graded, none = _sides(counts, by)
    return np.asarray(100 * (rate[graded] - rate[none]))


def drawn_net_effects(
    counts: nw.DataFrame[Any], by: Sequence[str], drawn: DrawnCells
) -> FloatArray:
    """Return the net contact effect of each group in percentage points in each draw."""
    graded, none = _sides(counts, by)
    first = np.flatnonzero(np.diff(none, prepend=-1))
    k, s = (np.add.reduceat(v[graded], first, axis=0) for v in (drawn.k, drawn.s))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(100 * (s / k - drawn.s[none[first]] / drawn.k[none[first]]))


def _sides(counts: nw.DataFrame[Any], by: Sequence[str]) -> tuple[Any, Any]:
    """Places of the graded cells and, for each, of its group's cell without contact."""
    contact = ~np.array(counts.get_column(GRADE).is_null().to_list(), dtype=bool)
    keys = group_keys(counts, by)
    without = {keys[i]: i for i in np.flatnonzero(~contact)}
    graded = np.flatnonzero(contact)
    return graded, np.array([without[keys[i]] for i in graded])


def percentiles_at(drawn: FloatArray) -> BoundsAt:
    """Return percentile bounds as a function of normal quantiles.

    The lower bound at z is the ⌊(B + 1) Φ(-z)⌋-th smallest of B draws, without an end where there
    is none; the upper bound likewise from above. A draw with an empty cell may have been anything:
    it counts as lowest for the lower bound and as highest for the upper one.
    """
    rising = np.sort(np.where(np.isnan(drawn), -np.inf, drawn), axis=1)
    falling = -np.sort(np.where(np.isnan(drawn), -np.inf, -drawn), axis=1)
    draws, rows = drawn.shape[1], np.arange(drawn.shape[0])

    def points_at(z: float | FloatArray) -> tuple[FloatArray, FloatArray]:
        tail = np.broadcast_to(cdf(-np.asarray(z)), rows.shape)
        rank = np.floor((draws + 1) * tail + 1e-9).astype(np.intp)
        at = np.clip(rank - 1, 0, draws - 1)
        low = np.where(rank > 0, rising[rows, at], -np.inf)
        high = np.where(rank > 0, falling[rows, at], np.inf)
        return np.maximum(low, -_MOST_POINTS), np.minimum(high, _MOST_POINTS)

    return points_at


def bare(result: Differences) -> np.typing.NDArray[np.bool_]:
    """Tell where a bootstrap knows too little: small cells, and cells where all or none are fans.

    Resampling three customers of whom none is a fan gives 0 again and again, an interval without a
    width.
    """
    sides = (result.graded.rate, result.reference.rate)
    same = [(rate <= 0) | (rate >= 1) for rate in sides]
    return np.asarray(result.small | same[0] | same[1])


def beside(drawn_at: BoundsAt, analytic_at: BoundsAt, analytic: Any) -> BoundsAt:  # noqa: ANN401
    """Join two kinds of bounds: the analytic ones where `analytic` is true, else the drawn ones."""

    def points_at(z: FloatArray) -> tuple[FloatArray, FloatArray]:
        pairs = zip(analytic_at(z), drawn_at(z), strict=True)
        low, high = (np.where(analytic, own, other) for own, other in pairs)
        return low, high

    return points_at
