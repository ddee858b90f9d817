"""The standard normal distribution on arrays; NumPy has none, and SciPy is no dependency."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from touchpoints.core.numbers import FloatArray

_ERFC = np.frompyfunc(math.erfc, 1, 1)


def cdf(z: float | FloatArray) -> FloatArray:
    """Return the probability of a value up to z; exact far out on the lower side.

    Example:
        >>> cdf(np.array([-40.0, -1.959964, 0.0])).round(4).tolist()
        [0.0, 0.025, 0.5]
    """
    return np.asarray(_ERFC(-np.asarray(z) / math.sqrt(2)), dtype=np.float64) / 2


def quantile(p: float) -> float:
    """Return the value up to which the probability is p, between 0 and 1.

    Example:
        >>> round(quantile(0.975), 4)
        1.96
    """
    return NormalDist().inv_cdf(p)
