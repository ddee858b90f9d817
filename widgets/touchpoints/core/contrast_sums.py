"""Penalty, reward, no contact and asymmetry as sums: of coefficients of a model, or of shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from touchpoints.core.fan_rule import FAN
from touchpoints.core.intervals import t_values, wilson
from touchpoints.core.score_sums import combined

if TYPE_CHECKING:
    from touchpoints.core.customer_matrix import CustomerMatrix
    from touchpoints.core.grade_levels import GradeLevels
    from touchpoints.core.numbers import FloatArray
    from touchpoints.core.robust_fit import Fit

#: Levels of contact that are counted.
LEVELS: Final = ("bad", "middle", "good", "no_contact")
#: What is estimated, as sums over the coefficients of bad, good and no contact.
_SUMS: Final = {"penalty": (1, 0, 0), "reward": (0, 1, 0), "asymmetry": (-1, -1, 0)}


def level_dummies(data: CustomerMatrix, levels: GradeLevels) -> FloatArray:
    """Bad, good and no contact of each touchpoint: customers by 3 T columns, the three together."""
    grades = data.grades
    parts = (grades >= levels.bad_from, grades <= levels.good_to, ~data.contact)
    return np.stack(parts, axis=2).reshape(len(grades), -1).astype(np.float64)


def level_sizes(data: CustomerMatrix, dummies: FloatArray) -> FloatArray:
    """Customers at each level, in the order of `LEVELS`."""
    bad, good, none = dummies.sum(axis=0).reshape(-1, 3).T
    return np.stack([bad, len(data.grades) - bad - good - none, good, none])


def unit_of(data: CustomerMatrix, outcome: str, standardise: str) -> tuple[str, float]:
    """Say in which unit the coefficients are, and what makes them so."""
    if standardise == "none":
        fans = outcome == FAN
        return ("percentage points", 100.0) if fans else (f"units of {outcome}", 1.0)
    mean = np.average(data.outcome, weights=data.weights)
    deviation = np.sqrt(np.average((data.outcome - mean) ** 2, weights=data.weights))
    return "standard deviations of the outcome", float(1 / deviation)


def deviations(x: FloatArray, data: CustomerMatrix) -> FloatArray:
    """Standard deviations of columns of 0 and 1."""
    share = np.average(x, axis=0, weights=data.weights)
    return np.sqrt(share * (1 - share))


def sums_of_fit(fit: Fit, sizes: FloatArray, confidence: float) -> dict[str, FloatArray]:
    """Sums of the three coefficients of each touchpoint, with intervals by Student's t."""
    t = t_values(confidence, np.array(float(fit.degrees)))
    b = (fit.coefficients * sizes)[1:].reshape(-1, 3)
    known = fit.known[1:].reshape(-1, 3)
    scaled = (fit.covariance * np.outer(sizes, sizes))[1:, 1:]
    place = np.arange(len(b))
    blocks = scaled.reshape(len(b), 3, len(b), 3)[place, :, place, :]
    columns: dict[str, FloatArray] = {}
    for name, weights in (_SUMS | {"no_contact": (0, 0, 1)}).items():
        c = np.array(weights, dtype=np.float64)
        usable = known[:, c != 0].all(axis=1)
        value = np.where(usable, b @ c + 0.0, np.nan)
        half = t * np.sqrt(np.maximum(np.einsum("i,tij,j->t", c, blocks, c), 0.0))
        columns |= {name: value, f"{name}_low": value - half, f"{name}_high": value + half}
    return columns


def sums_of_shares(size: FloatArray, yes: FloatArray, confidence: float) -> dict[str, FloatArray]:
    """The same sums from shares of independent groups; NaN where a level is empty."""
    used = np.maximum(size, 1.0)
    low, high = wilson(yes, used, confidence=confidence)
    sums = {"penalty": (1, -1, 0, 0), "reward": (0, -1, 1, 0), "no_contact": (0, -1, 0, 1)}
    columns: dict[str, FloatArray] = {}
    for name, weights in (sums | {"asymmetry": (-1, 2, -1, 0)}).items():
        c = np.array(weights, dtype=np.float64)
        value, below, above = combined(c, yes / used, low, high)
        empty = (size[c != 0] == 0).any(axis=0)
        for key, numbers in ((name, value), (f"{name}_low", below), (f"{name}_high", above)):
            columns[key] = np.where(empty, np.nan, 100 * numbers)
    return columns
