"""Fit cumulative logits to counts by Newton's method: parallel slopes or one slope a cut.

With outcomes 1 … K in order, logit P(Y ≤ j) = θ_j - xβ_j. Slopes that are equal at all K - 1 cuts
make proportional odds. Both kinds are one computation: a design with a row for each cell and cut.

References:
    McCullagh, P. (1980). Regression models for ordinal data. Journal of the Royal Statistical
    Society B 42, 109-142.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from touchpoints.core.numbers import FloatArray

_MOST_STEPS: Final = 100
_MOST_HALVINGS: Final = 40
_TOLERANCE: Final = 1e-10
#: Slopes beyond it multiply odds by more than 10⁸: the likelihood has no maximum.
_FARTHEST: Final = 20.0


@dataclass(frozen=True)
class LogitFit:
    """Maximum-likelihood estimates.

    Attributes:
        estimates: The cuts' thresholds, then the slopes in the design's order.
        covariance: Inverse of the observed information.
        log_likelihood: Of the counts, without the term that no parameter changes.
    """

    estimates: FloatArray
    covariance: FloatArray
    log_likelihood: float


def design(common: FloatArray, own: FloatArray, cuts: int) -> FloatArray:
    """Make the design of cells by cuts by parameters.

    Args:
        common: Columns whose slope is the same at all cuts, one row a cell.
        own: Columns with a slope of their own at each cut, one row a cell.
        cuts: Number of cuts, K - 1.

    Returns:
        Rows whose product with the parameters is θ_j - xβ_j.
    """
    cells = len(common)
    thresholds = np.broadcast_to(np.eye(cuts), (cells, cuts, cuts))
    parallel = np.broadcast_to(-common[:, None, :], (cells, cuts, common.shape[1]))
    apart = np.zeros((cells, cuts, cuts, own.shape[1]))
    for cut in range(cuts):
        apart[:, cut, cut, :] = -own
    return np.concatenate([thresholds, parallel, apart.reshape(cells, cuts, -1)], axis=2)


def fit(rows: FloatArray, outcome: npt.NDArray[np.intp], n: FloatArray) -> LogitFit | None:
    """Fit by Newton's method, halving steps that don't raise the likelihood.

    Args:
        rows: What `design` made.
        outcome: Outcome of each cell, 0 for the lowest.
        n: Count of each cell, above 0.

    Returns:
        The estimates, or None where the likelihood has no maximum with probabilities above 0 (a
        category that separates the outcomes, columns that follow from others).
    """
    model = _Model(rows, outcome, n)
    estimates = model.start()
    value, gradient, information = model.at(estimates)
    for _ in range(_MOST_STEPS):
        try:
            step = np.linalg.solve(information, gradient)
        except np.linalg.LinAlgError:
            return None
        if float(gradient @ step) < _TOLERANCE:
            return _finished(estimates, information, value)
        for _ in range(_MOST_HALVINGS):
            tried = model.at(estimates + step)
            if tried[0] > value:
                break
            step = step / 2
        else:
            return _finished(estimates, information, value)
        estimates = estimates + step
        value, gradient, information = tried
    return None


def _finished(estimates: FloatArray, information: FloatArray, value: float) -> LogitFit | None:
    singular = np.linalg.cond(information) > 1 / _TOLERANCE
    if singular or np.abs(estimates).max() > _FARTHEST:
        return None
    return LogitFit(estimates, np.asarray(np.linalg.inv(information), dtype=np.float64), value)


@dataclass(frozen=True)
class _Model:
    rows: FloatArray
    outcome: npt.NDArray[np.intp]
    n: FloatArray

    def start(self) -> FloatArray:
        """Begin at the thresholds of all cells together, without slopes."""
        cuts = self.rows.shape[1]
        below = np.cumsum(np.bincount(self.outcome, weights=self.n, minlength=cuts + 1))[:-1]
        shares = below / self.n.sum()
        estimates = np.zeros(self.rows.shape[2])
        estimates[:cuts] = np.log(shares / (1 - shares))
        return estimates

    def at(self, estimates: FloatArray) -> tuple[float, FloatArray, FloatArray]:
        """Return log-likelihood, gradient and observed information; -∞ outside the model."""
        upper, d_upper, dd_upper, x_upper = self._side(estimates, upper=True)
        lower, d_lower, dd_lower, x_lower = self._side(estimates, upper=False)
        probability = upper - lower
        size = self.rows.shape[2]
        if not (probability > 0).all():
            return -np.inf, np.zeros(size), np.eye(size)
        score = (d_upper[:, None] * x_upper - d_lower[:, None] * x_lower) / probability[:, None]
        bent = np.einsum("c,ci,cj->ij", self.n * dd_upper / probability, x_upper, x_upper)
        bent -= np.einsum("c,ci,cj->ij", self.n * dd_lower / probability, x_lower, x_lower)
        information = np.einsum("c,ci,cj->ij", self.n, score, score) - bent
        return float(self.n @ np.log(probability)), self.n @ score, information

    def _side(
        self, estimates: FloatArray, *, upper: bool
    ) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        """P(Y ≤ j) at one side of each cell, with two derivatives and the design's row."""
        cut = self.outcome if upper else self.outcome - 1
        inside = (cut >= 0) & (cut < self.rows.shape[1])
        x = self.rows[np.arange(len(cut)), np.where(inside, cut, 0)] * inside[:, None]
        share = 1 / (1 + np.exp(-np.clip(x @ estimates, -500, 500)))
        share = np.where(inside, share, 1.0 if upper else 0.0)
        slope = share * (1 - share)
        return share, slope, slope * (1 - 2 * share), x
