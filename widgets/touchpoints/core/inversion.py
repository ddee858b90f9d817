"""P-values that say the same as the intervals: found by asking when an interval just excludes.

A test and an interval agree when p ≤ α exactly where the interval at the confidence 1 - α excludes
the value. Tests of another kind (a chi-square beside a score interval) contradict their own
intervals now and then. Here the interval is widened until it touches the value; the normal
quantile z at which it does is the test statistic.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from touchpoints.core.normal import cdf
from touchpoints.core.numbers import FloatArray

#: Gives low and high bounds at normal quantiles, one for each estimate.
BoundsAt = Callable[[FloatArray], tuple[FloatArray, FloatArray]]

#: Beyond this quantile a p-value is smaller than any float.
_FARTHEST: Final = 37.0
_HALVINGS: Final = 60


def z_against(bounds_at: BoundsAt, estimates: FloatArray, value: float) -> FloatArray:
    """Return the test statistics of estimates against a value, by inverting their intervals.

    Args:
        bounds_at: Low and high bounds at normal quantiles; must widen as these grow.
        estimates: The estimates.
        value: The value of the null hypothesis, in the estimates' unit.

    Returns:
        Normal quantiles: above 0 where the estimate lies above the value, 0 where it equals it.

    Example:
        >>> means = np.array([1.0, -3.0])
        >>> z_against(lambda z: (means - z, means + z), means, 0.0).round(6).tolist()
        [1.0, -3.0]
    """
    above = estimates > value
    inside = np.zeros(len(estimates))
    outside = np.full(len(estimates), _FARTHEST)
    for _ in range(_HALVINGS):
        middle = (inside + outside) / 2
        low, high = bounds_at(middle)
        excludes = np.where(above, low > value, high < value)
        inside = np.where(excludes, middle, inside)
        outside = np.where(excludes, outside, middle)
    return np.where(above, inside, -inside)


def two_sided(z: FloatArray) -> FloatArray:
    """Return the p-values of two-sided tests.

    Example:
        >>> two_sided(np.array([0.0, 1.959964, -1.959964])).round(4).tolist()
        [1.0, 0.05, 0.05]
    """
    return 2 * cdf(-np.abs(z))
