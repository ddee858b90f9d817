"""How the share of fans may run over the grades: five models of the same six counts.

    constant      p_g = c                          the grade tells nothing
    linear        logit p_g = a + b g              each grade adds the same, in logits
    step          p_1 = c, p_2 = … = p_6 = d       only the top box differs
    isotonic      p_1 ≥ p_2 ≥ … ≥ p_6              it falls or stays, in any shape
    categorical   p_1, …, p_6                      each grade for itself

Constant, linear and step lie within categorical; constant lies within all. The isotonic fit is
found by pooling adjacent grades, here through its min-max formula: p_g = min over s ≤ g of the max
over t ≥ g of the rate of the grades s to t together.

References:
    Agresti, A. (2013). Categorical Data Analysis. 3rd ed., Wiley, 5.
    Robertson, T., Wright, F. T. & Dykstra, R. L. (1988). Order Restricted Statistical Inference.
    Wiley, 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from touchpoints.core.vocabulary import GRADES

if TYPE_CHECKING:
    from touchpoints.core.numbers import FloatArray

CONSTANT: Final = "constant"
LINEAR: Final = "linear"
STEP: Final = "step"
ISOTONIC: Final = "isotonic"
CATEGORICAL: Final = "categorical"
#: The models, simple ones first.
MODELS: Final = (CONSTANT, LINEAR, STEP, ISOTONIC, CATEGORICAL)

_X: Final = np.array(GRADES, dtype=np.float64) - np.mean(GRADES)
_STEPS: Final = 200
_LONGEST: Final = 2.0  # of a step of the search, in logits
_HALVINGS: Final = 30


def fit(model: str, n: FloatArray, fans: FloatArray) -> FloatArray:
    """Fit a model by maximum likelihood.

    Args:
        model: One of `MODELS`.
        n: Answers at grades 1 to 6 along the last axis, 0 where there are none.
        fans: Fans among them.

    Returns:
        The fitted shares of fans, of the same shape. At a grade without answers they mean nothing.

    Example:
        >>> n, fans = np.full(6, 100.0), np.array([70.0, 30, 10, 12, 5, 5])
        >>> fit(STEP, n, fans).round(3).tolist()
        [0.7, 0.124, 0.124, 0.124, 0.124, 0.124]
        >>> fit(ISOTONIC, n, fans).round(3).tolist()
        [0.7, 0.3, 0.11, 0.11, 0.05, 0.05]
    """
    if model == LINEAR:
        return _linear(n, fans)
    if model == ISOTONIC:
        return _isotonic(n, fans)
    blocks = {CONSTANT: [6], STEP: [1, 5], CATEGORICAL: [1] * 6}[model]
    ends = np.cumsum(blocks)
    rates = [
        _rate(n[..., e - b : e], fans[..., e - b : e]) for e, b in zip(ends, blocks, strict=True)
    ]
    return np.repeat(np.stack(rates, axis=-1), blocks, axis=-1)


def parameters(model: str, n: FloatArray, fitted: FloatArray) -> int:
    """Count the free parameters of one fit, among the grades that have answers.

    For the isotonic fit this is the number of its levels. The data chose them, so it is no number
    known beforehand but an estimate of the degrees of freedom, which in normal regression are its
    mean (Meyer & Woodroofe 2000, Annals of Statistics 28, 1083-1104). Its AIC is rough accordingly.

    Args:
        model: One of `MODELS`.
        n: Answers at grades 1 to 6.
        fitted: What `fit` gave for them.

    Example:
        >>> n, fans = np.full(6, 100.0), np.array([70.0, 30, 10, 12, 5, 5])
        >>> [parameters(model, n, fit(model, n, fans)) for model in MODELS]
        [1, 2, 2, 4, 6]
    """
    present = n > 0
    grades = int(present.sum())
    if model == ISOTONIC:
        return len(np.unique(fitted[present].round(12)))
    two = min(grades, 2) if model == LINEAR else int(present[0]) + int(present[1:].any())
    return {CONSTANT: 1, LINEAR: two, STEP: two, CATEGORICAL: grades}[model]


def log_likelihood(n: FloatArray, fans: FloatArray, fitted: FloatArray) -> FloatArray:
    """Return the binomial log-likelihood of shares, without the constant of the counts.

    Example:
        >>> log_likelihood(np.array([10.0]), np.array([0.0]), np.array([0.0])).tolist()
        0.0
    """
    return np.asarray((_times_log(fans, fitted) + _times_log(n - fans, 1 - fitted)).sum(axis=-1))


def _times_log(count: FloatArray, share: FloatArray) -> FloatArray:
    """Count times log of the share; 0 where nothing is counted, whatever the share."""
    counted = count > 0
    with np.errstate(divide="ignore"):
        return np.where(counted, count * np.log(np.where(counted, share, 1.0)), 0.0)


def _rate(n: FloatArray, fans: FloatArray) -> FloatArray:
    total = n.sum(axis=-1)
    return np.asarray(fans.sum(axis=-1) / np.where(total > 0, total, 1.0))


def _isotonic(n: FloatArray, fans: FloatArray) -> FloatArray:
    """Pool adjacent grades by the min-max formula."""
    last = len(GRADES)
    fitted = np.empty_like(n)
    for g in range(last):
        highest = [
            np.max([_rate(n[..., s:t], fans[..., s:t]) for t in range(g + 1, last + 1)], axis=0)
            for s in range(g + 1)
        ]
        fitted[..., g] = np.min(highest, axis=0)
    return fitted


def _linear(n: FloatArray, fans: FloatArray) -> FloatArray:
    """Logistic regression on the grade by Newton's method, for many tables at once.

    Where a line separates fans from others the slope has no maximum; steps of a limited length then
    lead on until the likelihood no longer changes.
    """
    shape = n.shape[:-1]
    rate = np.clip(_rate(n, fans), 1e-9, 1 - 1e-9)
    line = np.stack([np.log(rate / (1 - rate)), np.zeros(shape)], axis=-1)
    best = _at(line, n, fans)
    for _ in range(_STEPS):
        step = _newton_step(line, n, fans)
        for _ in range(_HALVINGS):
            tried = _at(line + step, n, fans)
            worse = tried < best
            if not worse.any():
                break
            step = np.where(worse[..., None], step / 2, step)
        step = np.where((tried < best)[..., None], 0.0, step)
        line, gain = line + step, np.maximum(tried - best, 0.0)
        best = np.maximum(tried, best)
        if np.all(gain <= 1e-13 * (1 + np.abs(best))):
            break
    return _shares(line)


def _newton_step(line: FloatArray, n: FloatArray, fans: FloatArray) -> FloatArray:
    p = _shares(line)
    residual, weight = fans - n * p, n * p * (1 - p)
    g0, g1 = residual.sum(axis=-1), (residual * _X).sum(axis=-1)
    h0, h1, h2 = (np.asarray((weight * _X**k).sum(axis=-1)) for k in range(3))
    # A single grade gives no slope: a hair of a ridge keeps the equations solvable.
    h0, h2 = h0 + 1e-12 * (1 + h0), h2 + 1e-12 * (1 + h2)
    det = h0 * h2 - h1 * h1
    det = np.where(det > 0, det, 1.0)
    step = np.stack([(h2 * g0 - h1 * g1) / det, (h0 * g1 - h1 * g0) / det], axis=-1)
    length = np.abs(step).max(axis=-1, keepdims=True)
    return np.asarray(step * np.minimum(1.0, _LONGEST / np.maximum(length, _LONGEST)))


def _shares(line: FloatArray) -> FloatArray:
    eta = line[..., :1] + line[..., 1:] * _X
    return np.asarray(1 / (1 + np.exp(-np.clip(eta, -700, 700))))


def _at(line: FloatArray, n: FloatArray, fans: FloatArray) -> FloatArray:
    """Log-likelihood of a line, from logits so that far out nothing is rounded to 0 or 1."""
    eta = line[..., :1] + line[..., 1:] * _X
    return np.asarray((fans * eta - n * np.logaddexp(0.0, eta)).sum(axis=-1))
