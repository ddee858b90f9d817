"""Intervals of a sum of independent shares, from the shares' own intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from touchpoints.core.numbers import FloatArray


def combined(
    weights: FloatArray, shares: FloatArray, low: FloatArray, high: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Give a weighted sum of independent shares and its bounds.

    The distances of the shares to those of their own bounds that pull the sum the same way are
    squared and added; for a difference of two shares this is Newcombe's interval.

    Args:
        weights: One for each share.
        shares: Shares by groups.
        low: Lower bounds of the shares.
        high: Upper bounds.

    Returns:
        The sums and their lower and upper bounds, one entry a group.

    References:
        Zou, G. Y., Huang, W. & Zhang, X. (2009). A note on confidence interval estimation for a
        linear function of binomial proportions. Computational Statistics & Data Analysis 53.

    Example:
        >>> weights, column = np.array([1.0, -1.0]), lambda a, b: np.array([[a], [b]])
        >>> bounds = column(0.6914, 0.4902), column(0.8761, 0.7006)
        >>> [x.round(3).tolist() for x in combined(weights, column(0.8, 0.6), *bounds)]
        [[0.2], [0.052], [0.334]]
    """
    c = weights[:, None]
    parts = c * shares
    below = parts - np.minimum(c * low, c * high)
    above = np.maximum(c * low, c * high) - parts
    total = parts.sum(axis=0)
    return (
        total,
        total - np.sqrt((below**2).sum(axis=0)),
        total + np.sqrt((above**2).sum(axis=0)),
    )
