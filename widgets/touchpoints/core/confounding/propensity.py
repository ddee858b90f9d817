"""Inverse-probability weighting: those without contact, weighted to resemble those with the grade.

The propensity π_g(x) is the chance of having given grade g rather than having had no contact, a
logistic model with one term a class of each covariate and no products. A row without contact gets
the odds π_g / (1 - π_g) as its weight, so the weighted group stands for those who gave the grade
(the effect on those who had the contact). The weights are stabilised: scaled to a mean of 1.

Six such models, one a grade, have the parameters of one multinomial model of the contact category
(Begg and Gray); they are fitted by Newton steps on the counts of strata. The interval is robust and
allows for the weights being estimated (the rows also move the rate through the fitted model).

Unlike standardisation it borrows from neighbouring strata, at the price of a model that may be
wrong. Where some weights are large, few people stand for many: the largest weight tells.

References:
    Begg, C. B. & Gray, R. (1984). Calculation of polychotomous logistic regression parameters using
    individualized regressions. Biometrika 71, 11-18.
    Robins, J. M., Hernán, M. A. & Brumback, B. (2000). Marginal structural models and causal
    inference in epidemiology. Epidemiology 11, 550-560.
    Lunceford, J. K. & Davidian, M. (2004). Stratification and weighting via the propensity score in
    estimation of causal treatment effects. Statistics in Medicine 23, 2937-2960.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from touchpoints.core.confounding.comparison import Comparison, Side

if TYPE_CHECKING:
    from touchpoints.core.confounding.cells import Cells, Codes, Flags
    from touchpoints.core.numbers import FloatArray

_STEPS: Final = 50
_CLOSE: Final = 1e-10
#: Log odds beyond which a chance is 0 or 1 to all purposes.
_FAR: Final = 30.0


def weigh(cells: Cells, grade: int) -> Comparison | None:
    """Compare a grade with no contact weighted by the odds of the grade.

    Args:
        cells: The counts of one group.
        grade: 1 to 6.

    Returns:
        The comparison, or None where a class of a covariate never has both sides or the model can't
        be fitted.
    """
    graded, without = cells.mark == grade, cells.mark == 0
    size, reference = (cells.by_stratum(cells.k * mark) for mark in (graded, without))
    overlap = _classes_with_both(cells.classes, size, reference)
    if not size[overlap].sum() > 0 or not reference[overlap].sum() > 0:
        return None
    design = _design(cells.classes, overlap & (size + reference > 0))
    fitted = fit_logit(design, size * overlap, reference * overlap)
    if fitted is None:
        return None
    beta, inverse = fitted
    odds = np.exp(np.clip(design @ beta, -_FAR, _FAR))
    chance = odds / (1 + odds)
    within = overlap[cells.stratum]
    own = graded * within / float(size[overlap].sum())
    total = float((reference * odds)[overlap].sum())
    others = without * within * odds[cells.stratum] / total
    rate, weighted = (float((cells.k * side * cells.outcome).sum()) for side in (own, others))
    # How the rate moves with the model, times how a row moves the model.
    slope = (cells.k * others * (cells.outcome - weighted)) @ design[cells.stratum]
    surprise = within * (graded - (graded | without) * chance[cells.stratum])
    through = (design[cells.stratum] @ (inverse @ slope)) * surprise
    return Comparison(
        cells,
        Side(rate, own * (cells.outcome - rate), own, float(cells.n[graded & within].sum())),
        Side(
            weighted,
            others * (cells.outcome - weighted) + through,
            others,
            float(cells.n[without & within].sum()),
        ),
        float(size[overlap].sum() / size.sum()),
    )


def fit_logit(
    design: FloatArray, successes: FloatArray, failures: FloatArray
) -> tuple[FloatArray, FloatArray] | None:
    """Fit a logistic model to counts by Newton's method.

    Args:
        design: One row a stratum, one column a parameter.
        successes: Rows (or weights) with the grade.
        failures: Those without contact.

    Returns:
        The parameters and the inverse of the information (a pseudo-inverse where columns depend on
        each other), or None without a maximum.
    """
    n = successes + failures
    beta: FloatArray = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(design @ beta, -_FAR, _FAR)))
        information = design.T @ (design * (n * chance * (1 - chance))[:, None])
        inverse = np.asarray(np.linalg.pinv(information), dtype=np.float64)
        step = inverse @ (design.T @ (successes - n * chance))
        # A long first step may overshoot where a grade is rare.
        beta = beta + step * min(1.0, 2.0 / max(float(np.abs(design @ step).max()), 1e-300))
        if np.abs(step).max() < _CLOSE:
            return beta, inverse
    return None


def _classes_with_both(classes: Codes, size: FloatArray, reference: FloatArray) -> Flags:
    """Strata all of whose classes have both sides somewhere; others would need weights without end.

    Leaving one class out may empty another, so this is repeated until nothing changes.
    """
    keep = np.ones(len(classes), dtype=np.bool_)
    while True:
        before = keep.copy()
        for column in classes.T:
            both = [np.bincount(column, weights=side * before) > 0 for side in (size, reference)]
            keep &= (both[0] & both[1])[column]
        if (keep == before).all():
            return keep


def _design(classes: Codes, used: Flags) -> FloatArray:
    """An intercept and one column a class that is used, but the first of each covariate."""
    columns = [np.ones(len(classes))]
    for column in classes.T:
        columns += [(column == value) * 1.0 for value in np.unique(column[used])[1:]]
    return np.column_stack(columns)
