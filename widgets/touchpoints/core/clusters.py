"""Variances of shares and means whose rows are not independent.

One customer stands in many rows and is a fan in all of them or in none; rows of a panel carry
weights. A share is then a ratio of two sums over customers (or weighted rows), p = S / K with
S = Σ sᵢ and K = Σ kᵢ, and its linearised variance is

    m / (m - 1) · Σ (sᵢ - p kᵢ)² / K²

over the m units i. Written out, it needs only the sums of sᵢ², sᵢkᵢ and kᵢ², which the frame's own
engine can add up: no row has to leave it, and p need not be known beforehand.

The variance is then told as an effective sample size, the number of independent rows that would
give the same variance, because score intervals take a size and not a variance.

References:
    Särndal, C.-E., Swensson, B. & Wretman, J. (1992). Model Assisted Survey Sampling. Springer, 5.
    Korn, E. L. & Graubard, B. I. (1998). Confidence intervals for proportions with small expected
    number of positive counts estimated from survey data. Survey Methodology 24, 193-201.
    Kish, L. (1965). Survey Sampling. Wiley.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from touchpoints.core.intervals import t_at

if TYPE_CHECKING:
    from touchpoints.core.numbers import FloatArray

_LEAST = 1e-60
_NEAREST = 1e-9


@dataclass(frozen=True)
class Sums:
    """Sums over the units of each group, one entry a group.

    Attributes:
        k: Sum of the units' sizes (rows, or weights).
        s: Sum of the units' totals (fans, grades; weighted where k is).
        ss: Sum of the squared totals.
        sk: Sum of total times size.
        kk: Sum of the squared sizes.
        units: Number of units with a size above 0.
    """

    k: FloatArray
    s: FloatArray
    ss: FloatArray
    sk: FloatArray
    kk: FloatArray
    units: FloatArray

    @property
    def ratio(self) -> FloatArray:
        """The estimates, S / K."""
        return np.asarray(self.s / self.k)

    @property
    def squares(self) -> FloatArray:
        """Sum of the squared residuals (sᵢ - p kᵢ)², without the rounding error below 0."""
        p = self.ratio
        squares = self.ss - 2 * p * self.sk + p * p * self.kk
        # A difference of large sums: what is left of equal ones is rounding, not variance.
        return np.where(squares > 1e-12 * (self.ss + p * p * self.kk), squares, 0.0)

    @property
    def variance(self) -> FloatArray:
        """Linearised variance of the ratio; 0 where it can't be told (one unit, no spread)."""
        several = self.units > 1
        factor = self.units / np.where(several, self.units - 1, 1.0)
        return np.where(several, factor * self.squares / self.k**2, 0.0)


def effective_n(sums: Sums, n: FloatArray) -> FloatArray:
    """Return the effective sample size of each share.

    It is p(1 - p) / variance, at most the number of rows. Where the variance can't be told (all are
    fans, none is, or one unit) it is Kish's K² / Σ kᵢ², which needs no spread.

    Args:
        sums: Sums over the units of each group.
        n: Number of rows of each group.

    Returns:
        Numbers above 0, at most n.

    Example:
        >>> one = np.ones(1)
        >>> ten_people_twice = Sums(20 * one, 8 * one, 16 * one, 16 * one, 40 * one, 10 * one)
        >>> effective_n(ten_people_twice, 20 * one).round(6).tolist()
        [9.0]
    """
    p, variance = sums.ratio, sums.variance
    kish = sums.k**2 / sums.kk
    spread = (variance > 0) & (p > 0) & (p < 1)
    linear = p * (1 - p) / np.where(spread, variance, 1.0)
    return np.minimum(np.where(spread, linear, kish), n)


def shrink(z: float | FloatArray, kish: FloatArray) -> FloatArray:
    """Return Korn and Graubard's factor (z / t)² for sizes whose variance few clusters show.

    A variance seen from few clusters is uncertain itself, so the effective size is made smaller.

    Args:
        z: Normal quantile of the interval, 0 or more.
        kish: Kish's number of equally large clusters; less 1 it is the degrees of freedom of t.

    Returns:
        Factors above 0, at most 1.

    Example:
        >>> shrink(1.959964, np.array([2.0, 11.0, 1001.0])).round(3).tolist()
        [0.024, 0.774, 0.998]
    """
    # Both quantiles vanish at 0, where their ratio has a limit.
    z = np.maximum(z, _NEAREST)
    # Far out t grows without bound: a size of 0 would leave nothing to divide by.
    return np.maximum((z / t_at(z, np.maximum(kish - 1, 1.0))) ** 2, _LEAST)


@dataclass(frozen=True)
class CrossSums:
    """Sums over the units of products between two groups, a and b, one entry a pair of groups."""

    ss: FloatArray
    sk: FloatArray
    ks: FloatArray
    kk: FloatArray

    def covariance(self, a: Sums, b: Sums) -> FloatArray:
        """Sum of the products of the residuals of a and b, over K_a K_b."""
        p, q = a.ratio, b.ratio
        products = self.ss - q * self.sk - p * self.ks + p * q * self.kk
        return np.asarray(products / (a.k * b.k))

    def correlation(self, a: Sums, b: Sums) -> FloatArray:
        """Correlation of the two estimates; 0 where one of them has no spread."""
        scale = np.sqrt(a.squares * b.squares) / (a.k * b.k)
        spread = scale > 0
        raw = self.covariance(a, b) / np.where(spread, scale, 1.0)
        return np.where(spread, np.clip(raw, -1.0, 1.0), 0.0)


#: The columns of sums, in the order of the fields of `Sums`.
SUM_COLUMNS = ("k", "s", "ss", "sk", "kk", "units")


def products_of_units() -> list[nw.Expr]:
    """Return the columns to sum over units that hold `k` and `s`: products and a count."""
    k, s = nw.col("k"), nw.col("s")
    counted = nw.when(k > 0).then(nw.lit(1)).otherwise(nw.lit(0))
    return [(s * s).alias("ss"), (s * k).alias("sk"), (k * k).alias("kk"), counted.alias("units")]


def sums_from(frame: nw.DataFrame[Any], prefix: str = "") -> Sums:
    """Read `Sums` from the columns of a small frame."""
    return Sums(*(to_floats(frame, prefix + name) for name in SUM_COLUMNS))


def to_floats(frame: nw.DataFrame[Any], column: str) -> FloatArray:
    """Return a column of a small frame as floats; engines hand sums back in types of their own."""
    return np.asarray(frame.get_column(column).to_list(), dtype=np.float64)
