"""Johnson's relative weights: how much of an outcome's variance goes with each touchpoint.

Grades of touchpoints go together, so plain regression coefficients share what is common at random.
Relative weights turn the predictors into uncorrelated ones that lie as near to them as possible,
regress the outcome on these, and lead the explained variance back: with R the predictors'
correlations, r theirs with the outcome and S = R^(1/2), the weight of predictor j is
Σ_k S_jk² (S⁻¹ r)_k². The weights are not negative and add up to R².

References:
    Johnson, J. W. (2000). A heuristic method for estimating the relative weight of predictor
    variables in multiple regression. Multivariate Behavioral Research 35, 1-19.
    Thomas, D. R., Zumbo, B. D., Kwan, E. & Schweitzer, L. (2014). On Johnson's (2000) relative
    weights method for assessing variable importance: a reanalysis. Multivariate Behavioral Research
    49, 329-338 (who advise against them; `tests/unit/test_drivers.py` holds them beside the average
    over all orders of the predictors, which these authors prefer).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from touchpoints.core.errors import InputError

if TYPE_CHECKING:
    from touchpoints.core.numbers import FloatArray

_STEP = 1e-5
_SINGULAR = 1e-9


@dataclass(frozen=True)
class RelativeWeights:
    """Shares of the outcome's variance, one entry a touchpoint.

    Attributes:
        share: From 0 to 1; they add up to R².
        error: Standard errors by linearisation over customers.
    """

    share: FloatArray
    error: FloatArray


def relative_weights(
    quality: FloatArray, outcome: FloatArray, weights: FloatArray
) -> RelativeWeights:
    """Estimate relative weights where not everybody had contact everywhere.

    A touchpoint's predictor is the quality minus its mean among those with contact, and 0 for all
    others: no contact neither adds nor takes away. What few have contact with can explain little.

    The standard errors are those of a smooth function of sums of products over customers. Its slope
    is found numerically, so nothing is drawn at random.

    Args:
        quality: Customers by touchpoints, NaN without contact; each column with some spread.
        outcome: One number a customer, with some spread.
        weights: One weight a customer, above 0.

    Returns:
        The weights.

    Raises:
        InputError: If the qualities of two touchpoints can't be told apart.
    """
    contact = ~np.isnan(quality)
    mass = weights / weights.sum()
    y = outcome - mass @ outcome
    reach = mass @ contact
    x = np.where(contact, quality, 0.0)
    x = np.where(contact, x - (mass @ x) / reach, 0.0)
    weighted = x * mass[:, None]
    own, with_y, spread = weighted.T @ x, weighted.T @ y, float(mass @ y**2)
    scale = np.sqrt(np.diag(own))
    # The weights don't depend on units: with these, one step fits all numbers.
    x, y, own = x / scale, y / np.sqrt(spread), own / np.outer(scale, scale)
    with_y = with_y / scale / np.sqrt(spread)
    j, k = np.triu_indices(len(scale))
    numbers = np.concatenate([own[j, k], with_y, [1.0]])
    share = _shares_of(numbers[None], len(scale))[0]
    # What each customer pulls at the covariances, also by pulling at the means that x is free of.
    shift = x / reach
    mean_of_x = (contact * mass[:, None]).T @ x
    pairs = x[:, j] * x[:, k] - mean_of_x[j, k] * shift[:, j] - mean_of_x[k, j] * shift[:, k]
    beside = x * y[:, None] - shift * ((contact * mass[:, None]).T @ y)
    pull = np.column_stack([pairs, beside, y**2]) - numbers
    pull = (pull * mass[:, None]) @ _slope(numbers, len(scale)).T
    n = len(y)
    error = np.sqrt((pull**2).sum(axis=0) * n / max(n - 1, 1))
    return RelativeWeights(share, error)


def _shares_of(numbers: FloatArray, t: int) -> FloatArray:
    """Relative weights from rows of (covariances, covariances with the outcome, its variance)."""
    j, k = np.triu_indices(t)
    own = np.empty((len(numbers), t, t))
    own[:, j, k] = own[:, k, j] = numbers[:, : len(j)]
    with_y, spread = numbers[:, len(j) : -1], numbers[:, -1]
    scale = np.sqrt(np.diagonal(own, axis1=1, axis2=2))
    r = with_y / scale / np.sqrt(spread)[:, None]
    values, vectors = np.linalg.eigh(own / (scale[:, :, None] * scale[:, None, :]))
    if values.min() < _SINGULAR:
        raise InputError(
            "touchpoints whose grades can't be told apart",
            "touchpoints that are not graded alike by the same customers",
            "leave one of them out, or take more customers",
        )
    root = np.sqrt(values)
    turned = np.swapaxes(vectors, 1, 2)
    half = (vectors * root[:, None, :]) @ turned
    beta = (vectors @ ((turned @ r[:, :, None]) / root[:, :, None]))[:, :, 0]
    return np.asarray((half**2 @ (beta**2)[:, :, None])[:, :, 0])


def _slope(numbers: FloatArray, t: int) -> FloatArray:
    """Slope of each weight in each number, by central differences: touchpoints by numbers."""
    steps = _STEP * np.eye(len(numbers))
    change = _shares_of(numbers + steps, t) - _shares_of(numbers - steps, t)
    return np.asarray(change.T / (2 * _STEP))
