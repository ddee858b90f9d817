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

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from touchpoints.core.errors import InputError

if TYPE_CHECKING:
    from touchpoints.core.numbers import FloatArray

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
    is known in closed form, so nothing is drawn at random, and one touchpoint's is held at a time.

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
    # The weights don't depend on units: with these, covariances are correlations.
    x, y, own = x / scale, y / np.sqrt(spread), own / np.outer(scale, scale)
    with_y = with_y / scale / np.sqrt(spread)
    roots = _roots(own)
    # What each customer pulls at the covariances, also by pulling at the means that x is free of.
    shift = x / reach
    contacts = contact * mass[:, None]
    mean_of_x = contacts.T @ x
    beside = x * y[:, None] - shift * (contacts.T @ y)
    n = len(y)
    error = np.empty(len(scale))
    for j, (by_own, by_y, by_spread) in enumerate(_slopes(*roots, own, with_y)):
        pull = ((x @ by_own) * x).sum(axis=1) - 2 * shift @ (by_own * mean_of_x).sum(axis=1)
        pull += beside @ by_y + by_spread * y**2
        pull = mass * (pull - mass @ pull)
        error[j] = np.sqrt((pull**2).sum() * n / max(n - 1, 1))
    return RelativeWeights(_shares(*roots, with_y), error)


def _roots(own: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the roots of the eigenvalues of correlations, and their vectors."""
    values, vectors = np.linalg.eigh(own)
    if values.min() < _SINGULAR:
        raise InputError(
            "touchpoints whose grades can't be told apart",
            "touchpoints that are not graded alike by the same customers",
            "leave one of them out, or take more customers",
        )
    return np.sqrt(values), vectors


def _shares(root: FloatArray, vectors: FloatArray, with_y: FloatArray) -> FloatArray:
    """Relative weights: with S = R^(1/2), the sum over k of S_jk² (S⁻¹ r)_k²."""
    half = (vectors * root) @ vectors.T
    beta = vectors @ ((vectors.T @ with_y) / root)
    return np.asarray(half**2 @ beta**2)


def _slopes(
    root: FloatArray, vectors: FloatArray, own: FloatArray, with_y: FloatArray
) -> Iterator[tuple[FloatArray, FloatArray, float]]:
    """Slope of each weight in the covariances, those with the outcome, and its variance.

    By the chain rule from the weight back: to S and S⁻¹ r, from these to R and r (the slope of a
    root is divided by the sums of pairs of roots in the eigenvectors' coordinates), and from
    correlations to covariances, whose diagonal scales its row and column.
    """
    half = (vectors * root) @ vectors.T
    inverse = (vectors / root) @ vectors.T
    beta = inverse @ with_y
    pairs = root[:, None] + root
    for j, row in enumerate(half):
        by_y = inverse @ (2 * row**2 * beta)
        by_half = -np.outer(by_y, beta)
        by_half[j] += 2 * row * beta**2
        turned = vectors.T @ (by_half + by_half.T) @ vectors / (2 * pairs)
        by_own = vectors @ turned @ vectors.T
        by_own -= np.diag((by_own * own).sum(axis=1) + by_y * with_y / 2)
        yield by_own, by_y, float(-by_y @ with_y / 2)
