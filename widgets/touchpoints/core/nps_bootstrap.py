"""Bootstrap of Net Promoter Scores from their counts alone.

Drawing n answers with replacement from n answers gives multinomial counts of promoters, passives
and detractors. So the counts are drawn, not the rows: the same law, at a cost that doesn't grow
with the number of answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from touchpoints.core.numbers import whole

if TYPE_CHECKING:
    from touchpoints.core.numbers import FloatArray

#: Limits of the number of samples of a bootstrap.
FEWEST_DRAWS: Final = 100
MOST_DRAWS: Final = 1_000_000


def bootstrap_scores(
    promoters: FloatArray,
    passives: FloatArray,
    detractors: FloatArray,
    *,
    draws: int,
    seed: int,
) -> FloatArray:
    """Draw the scores of resampled answers.

    Args:
        promoters: Promoters, one entry a group.
        passives: Passives.
        detractors: Detractors.
        draws: Number of samples, from 100 to 1,000,000.
        seed: Of the generator (PCG64), a whole number of 0 or more.

    Returns:
        Scores from -1 to 1, one row a group and one column a draw.

    Raises:
        InputError: If the number of draws or the seed is out of its range.

    References:
        Efron, B. & Tibshirani, R. J. (1993). An Introduction to the Bootstrap. Chapman & Hall, 13.

    Example:
        >>> one = np.ones(1)
        >>> bootstrap_scores(50 * one, 30 * one, 20 * one, draws=1000, seed=1).mean().round(2)
        np.float64(0.3)
    """
    whole("draws", draws, FEWEST_DRAWS, MOST_DRAWS)
    whole("seed", seed, 0)
    counts = np.stack([promoters, passives, detractors], axis=-1)
    n = counts.sum(axis=-1).astype(np.int64)
    shares = counts / n[:, None]
    drawn = np.random.default_rng(seed).multinomial(n[:, None], shares[:, None, :], (len(n), draws))
    return np.asarray((drawn[..., 0] - drawn[..., 2]) / n[:, None])
