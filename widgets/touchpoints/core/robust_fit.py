"""Linear and logistic regression with standard errors that need no equal variances.

References:
    MacKinnon, J. G. & White, H. (1985). Some heteroskedasticity-consistent covariance matrix
    estimators with improved finite sample properties. Journal of Econometrics 29, 305-325.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from touchpoints.core.errors import InputError

if TYPE_CHECKING:
    import numpy.typing as npt

    from touchpoints.core.numbers import FloatArray

_NOTHING = 1e-10  # of the largest eigenvalue: directions in which the data say nothing
_TOUCHED = 1e-8
_STEPS = 50
_SETTLED = 1e-10


@dataclass(frozen=True)
class Fit:
    """A fitted regression.

    Attributes:
        coefficients: One a column; meaningless where not `known`.
        covariance: Of the coefficients, robust.
        known: False where the data can't tell a coefficient from others, or a single row makes it.
        degrees: Rows minus the number of columns that can be told apart.
    """

    coefficients: FloatArray
    covariance: FloatArray
    known: npt.NDArray[np.bool_]
    degrees: int


def linear_fit(x: FloatArray, y: FloatArray, weights: FloatArray) -> Fit:
    """Fit least squares with the covariance HC3, which suits small groups.

    Args:
        x: Rows by columns.
        y: One number a row.
        weights: Weights of the rows.

    Returns:
        The fit.

    Raises:
        InputError: If there are not more rows than columns that can be told apart.
    """
    root = np.sqrt(weights)
    u, v = x * root[:, None], y * root
    inverse, known, rank = _inverse(u.T @ u)
    _require_more_rows(len(y), rank)
    coefficients = inverse @ (u.T @ v)
    leverage = np.einsum("ij,jk,ik->i", u, inverse, u, optimize=True)
    alone = leverage > 1 - _TOUCHED  # a row that is fitted exactly tells nothing about its error
    influence = u @ inverse
    known &= ~(np.abs(influence[alone]) > _TOUCHED).any(axis=0)
    error = (v - u @ coefficients) / np.where(alone, 1.0, 1 - leverage)
    scores = influence * error[:, None]
    return Fit(coefficients, scores.T @ scores, known, len(y) - rank)


def logit_fit(x: FloatArray, y: FloatArray, weights: FloatArray) -> Fit:
    """Fit a logistic regression on columns of 0 and 1 with the covariance HC1.

    A column whose rows are all successes or all failures has no finite coefficient: it and its rows
    are left out, which is where the likelihood's maximum tends for the others.

    Args:
        x: Rows by columns of 0 and 1, the first all 1.
        y: 0 or 1 for each row.
        weights: Weights of the rows.

    Returns:
        The fit.

    Raises:
        InputError: If there are too few rows, or the steps do not settle.
    """
    separated, kept = _separated(x, y)
    x, y, weights = x[kept] * ~separated, y[kept], weights[kept]
    b = np.zeros(x.shape[1])
    _require_more_rows(len(y), 1)
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-np.clip(x @ b, -500, 500)))
        scores = x * (weights * (y - p))[:, None]
        inverse, known, rank = _inverse((x * (weights * p * (1 - p))[:, None]).T @ x)
        step = inverse @ scores.sum(axis=0)
        if np.abs(step).max() < _SETTLED:
            break
        b = b + step
    else:
        raise InputError(
            "a logistic regression that does not settle",
            "fans and others at all levels of all touchpoints",
            "take fewer touchpoints or scale='points'",
        )
    _require_more_rows(len(y), rank)
    scores = scores @ inverse
    factor = len(y) / (len(y) - rank)
    return Fit(b, factor * scores.T @ scores, known & ~separated, len(y) - rank)


def _separated(x: FloatArray, y: FloatArray) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return the columns without spread of the outcome and the rows outside all of them."""
    separated = np.zeros(x.shape[1], dtype=bool)
    kept = np.ones(len(y), dtype=bool)
    while True:
        rows, successes = x[kept].sum(axis=0), x[kept].T @ y[kept]
        new = (rows > 0) & ((successes == 0) | (successes == rows)) & ~separated
        new[0] = False  # the first column is the level of all
        if not new.any():
            return separated, kept
        separated |= new
        kept &= ~(x[:, new] > 0).any(axis=1)


def _inverse(gram: FloatArray) -> tuple[FloatArray, npt.NDArray[np.bool_], int]:
    """Return a generalised inverse, the columns that can be told apart, and the rank."""
    diagonal = np.sqrt(np.diag(gram))
    scale = 1 / np.where(diagonal > 0, diagonal, 1.0)
    values, vectors = np.linalg.eigh(gram * np.outer(scale, scale))
    full = values > _NOTHING * values[-1]
    inverse = (vectors[:, full] / values[full]) @ vectors[:, full].T
    known = (vectors[:, ~full] ** 2).sum(axis=1) < _TOUCHED
    return inverse * np.outer(scale, scale), known, int(full.sum())


def _require_more_rows(rows: int, columns: int) -> None:
    if rows <= columns:
        raise InputError(
            f"{rows} customers for {columns} coefficients",
            "more customers than coefficients",
            "take fewer touchpoints or more customers",
        )
