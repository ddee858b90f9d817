"""Intervals of shares whose variance is known from the spread of journeys."""

from __future__ import annotations

import numpy as np

from touchpoints.core.intervals import wilson
from touchpoints.core.numbers import FloatArray

_NO_SPREAD = 1e-15


def share_interval(
    share: FloatArray, variance: FloatArray, n: float, confidence: float
) -> tuple[FloatArray, FloatArray]:
    """Give Wilson's interval at the effective number of journeys, share (1 - share) / variance.

    Args:
        share: Shares from 0 to 1; NaN gives NaN.
        variance: Their variances. Where there is none (a share of 0 or 1, say), n takes the place
            of the effective number.
        n: Number of journeys behind a share.
        confidence: Of both sides together, between 0 and 1.

    Returns:
        Low and high as shares.

    Example:
        >>> low, high = share_interval(np.array([0.3]), np.array([0.3 * 0.7 / 50]), 80, 0.95)
        >>> low.round(4).tolist() == [round(wilson(15, 50)[0], 4)]
        True
    """
    known = np.isfinite(share)
    p = np.where(known, share, 0.0)
    spread = p * (1 - p)
    usable = (variance > _NO_SPREAD) & (spread > 0)
    size = np.where(usable, spread / np.where(usable, variance, 1.0), max(n, 1.0))
    low, high = wilson(p * size, size, confidence=confidence)
    return np.where(known, low, np.nan), np.where(known, high, np.nan)
