"""P-values when many questions are asked at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from touchpoints.core.numbers import FloatArray


def holm(p: FloatArray) -> FloatArray:
    """Adjust p-values so that one false alarm among all is as rare as planned for one test.

    Sorted from small to large, the i-th of m becomes max over j ≤ i of (m - j + 1) p_j, at most 1.

    Args:
        p: P-values from 0 to 1, of tests that may depend on each other in any way.

    Returns:
        The adjusted p-values in the given order.

    References:
        Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian
        Journal of Statistics 6, 65-70.

    Example:
        >>> holm(np.array([0.01, 0.04, 0.03])).round(4).tolist()
        [0.03, 0.06, 0.06]
    """
    order = np.argsort(p, kind="stable")
    adjusted = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    return _back(np.minimum(adjusted, 1.0), order)


def benjamini_hochberg(p: FloatArray) -> FloatArray:
    """Adjust p-values so that among all findings the expected part of false ones is bounded.

    Sorted from small to large, the i-th of m becomes min over j ≥ i of (m / j) p_j, at most 1. It
    holds for independent tests and for those whose statistics rise together.

    Args:
        p: P-values from 0 to 1.

    Returns:
        The adjusted p-values in the given order.

    References:
        Benjamini, Y. & Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the
        Royal Statistical Society B 57, 289-300.

    Example:
        >>> benjamini_hochberg(np.array([0.01, 0.04, 0.03])).round(4).tolist()
        [0.03, 0.04, 0.04]
    """
    order = np.argsort(p, kind="stable")
    scaled = p[order] * len(p) / np.arange(1, len(p) + 1)
    adjusted = np.minimum.accumulate(scaled[::-1])[::-1]
    return _back(np.minimum(adjusted, 1.0), order)


def within(
    adjust: Callable[[FloatArray], FloatArray], p: FloatArray, families: Sequence[Hashable]
) -> FloatArray:
    """Adjust p-values within each family of tests.

    Example:
        >>> within(holm, np.array([0.01, 0.02, 0.5]), ["a", "a", "b"]).tolist()
        [0.02, 0.02, 0.5]
    """
    adjusted = np.empty(len(p))
    places: dict[Hashable, list[int]] = {}
    for place, family in enumerate(families):
        places.setdefault(family, []).append(place)
    for members in places.values():
        adjusted[members] = adjust(p[members])
    return adjusted


def _back(adjusted: FloatArray, order: np.typing.NDArray[np.intp]) -> FloatArray:
    """Return sorted values to their given order."""
    result = np.empty(len(adjusted))
    result[order] = adjusted
    return result
