"""Cross-validation of the models of a trend, on counts by fold.

Customers are parted into folds. Each fold is predicted by models fitted to the others, and scored
with the log loss -[y log p + (1 - y) log(1 - p)] per contact, y being 1 for a fan. So that no
prediction is 0 or 1, the training counts of each grade get one answer more, a fan to the share of
all training answers; all models are fitted to the same counts.

References:
    Hastie, T., Tibshirani, R. & Friedman, J. (2009). The Elements of Statistical Learning. 2nd ed.,
    Springer, 7.10.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from touchpoints.core.trend_models import MODELS, fit, log_likelihood

if TYPE_CHECKING:
    from touchpoints.core.numbers import FloatArray

#: How many parts the customers are dealt into.
FOLDS: Final = 10


def folds_of_customers(customers: int, seed: int) -> np.typing.NDArray[np.intp]:
    """Deal customers into folds of about the same size.

    Example:
        >>> np.bincount(folds_of_customers(25, seed=0)).tolist()
        [3, 3, 3, 3, 3, 2, 2, 2, 2, 2]
    """
    return np.random.default_rng(seed).permutation(customers) % FOLDS


def folds_of_counts(n: FloatArray, fans: FloatArray, seed: int) -> tuple[FloatArray, FloatArray]:
    """Deal counted answers, each of another customer, into folds by chance.

    Args:
        n: Answers at grades 1 to 6, one row a group.
        fans: Fans among them.
        seed: Of the generator, the same for each group, so that a group's folds don't depend on
            which others there are.

    Returns:
        Answers and fans by group, fold and grade.
    """
    dealt = [
        np.random.default_rng(seed).multinomial(
            np.stack([own - yes, yes]).astype(np.int64), np.full(FOLDS, 1 / FOLDS)
        )
        for own, yes in zip(n, fans, strict=True)
    ]
    by_fold = np.moveaxis(np.array(dealt, dtype=np.float64), -1, 1)  # group, fold, no or yes, grade
    return by_fold.sum(axis=2), by_fold[:, :, 1]


def validate(n: FloatArray, fans: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Predict each fold from the others.

    Args:
        n: Answers (or weights of mean 1) by group, fold and grade.
        fans: Fans among them.

    Returns:
        Arrays with one row a group and one column a model: the log loss per contact, what it lies
        above the smallest of the group, and the standard error of that difference, from the spread
        over the folds; NaN where fewer than two folds have answers.
    """
    whole_n, whole_fans = n.sum(axis=1, keepdims=True), fans.sum(axis=1, keepdims=True)
    left_n, left_fans = whole_n - n, whole_fans - fans
    share = (left_fans.sum(axis=-1) + 0.5) / (left_n.sum(axis=-1) + 1)
    present = whole_n > 0
    train_n = np.maximum(left_n, 0.0) + present
    train_fans = np.clip(left_fans, 0.0, None) + present * share[..., None]
    losses = np.stack(
        [-log_likelihood(n, fans, fit(model, train_n, train_fans)) for model in MODELS], axis=-1
    )
    size = n.sum(axis=-1)
    total = size.sum(axis=-1)[:, None]
    loss = losses.sum(axis=1) / total
    best = loss.argmin(axis=-1)
    beside = losses - np.take_along_axis(losses, best[:, None, None], axis=2)
    excess = beside.sum(axis=1) / total
    used = (size > 0).sum(axis=-1)[:, None]
    squares = ((beside - excess[:, None, :] * size[..., None]) ** 2).sum(axis=1)
    factor = used / np.where(used > 1, used - 1, 1)
    error = np.where(used > 1, np.sqrt(factor * squares) / total, np.nan)
    return loss, excess, error
