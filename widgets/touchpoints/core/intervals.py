"""Intervals for shares and for the difference of two shares.

Both are score intervals: they stay between 0 and 1 (or -1 and 1), keep a width when nobody or
everybody is a success, and hold their confidence in cells of ten as in cells of ten thousand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

import numpy as np
import numpy.typing as npt

from touchpoints.core.errors import InputError, echo
from touchpoints.core.normal import cdf, quantile
from touchpoints.core.numbers import FloatArray, floats, refuse, together

if TYPE_CHECKING:
    from collections.abc import Sequence

    Numbers = npt.NDArray[Any] | Sequence[float]

# Effective successes are products such as p * n: rounding may lift them a hair above n.
_ROUNDING = 1e-9


def z_value(confidence: float) -> float:
    """Return the standard normal quantile of a two-sided confidence.

    Args:
        confidence: Between 0 and 1, both excluded.

    Returns:
        The quantile at (1 + confidence) / 2.

    Raises:
        InputError: If the confidence is out of range.

    Example:
        >>> round(z_value(0.95), 4)
        1.96
    """
    number = isinstance(confidence, int | float) and not isinstance(confidence, bool)
    if not (number and 0 < confidence < 1):
        raise InputError(
            f"confidence {echo(confidence)}", "a number between 0 and 1", "pass for example 0.95"
        )
    return quantile((1 + confidence) / 2)


def t_values(confidence: float, degrees: FloatArray) -> FloatArray:
    """Return quantiles of Student's t, for means of few answers.

    Exact for 1 and 2 degrees of freedom, else the expansion of Fisher and Cornish, which errs by
    less than 1 % up to a confidence of 0.99.

    Args:
        confidence: Of both sides together, between 0 and 1.
        degrees: Degrees of freedom, 1 or more, rounded down.

    Returns:
        The quantiles at (1 + confidence) / 2.

    References:
        Abramowitz, M. & Stegun, I. A. (1964). Handbook of Mathematical Functions, 26.7.5.

    Example:
        >>> t_values(0.95, np.array([1.0, 2.0, 10.0, 1000.0])).round(3).tolist()
        [12.706, 4.303, 2.228, 1.962]
    """
    return t_at(z_value(confidence), degrees)


def t_at(z: float | FloatArray, degrees: FloatArray) -> FloatArray:
    """Return the quantiles of Student's t that leave as much outside as the normal quantile z."""
    degrees = np.floor(degrees + _ROUNDING)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    many = z + np.asarray(sum(term / degrees ** (i + 1) for i, term in enumerate(terms)))
    outside = 2 * cdf(-np.asarray(z))
    one = 1 / np.tan(np.pi * outside / 2)
    two = (1 - outside) * np.sqrt(2 / (outside * (2 - outside)))
    return np.select([degrees == 1, degrees == 2], [one, two], many)  # noqa: PLR2004


@overload
def wilson(successes: float, n: float, *, confidence: float = ...) -> tuple[float, float]: ...
@overload
def wilson(
    successes: Numbers, n: Numbers, *, confidence: float = ...
) -> tuple[FloatArray, FloatArray]: ...
def wilson(
    successes: float | Numbers, n: float | Numbers, *, confidence: float = 0.95
) -> tuple[Any, Any]:
    """Give Wilson's score interval of a share.

    With p = successes / n and the normal quantile z, the bounds are
    (p + z²/2n ± z √(p(1 - p)/n + z²/4n²)) / (1 + z²/n).

    Args:
        successes: Number of successes, from 0 to n. May be fractional, as share times effective n.
        n: Number of trials, above 0. May be an effective sample size.
        confidence: Of both sides together, between 0 and 1.

    Returns:
        Low and high as shares from 0 to 1: numbers for numbers, arrays for arrays.

    Raises:
        InputError: If n is 0, or a number is missing, negative or above n.

    References:
        Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference.
        Journal of the American Statistical Association 22, 209-212.

    Example:
        >>> low, high = wilson(81, 263)
        >>> round(low, 4), round(high, 4)
        (0.2553, 0.3662)
    """
    z = z_value(confidence)
    x, size = _counts(successes, n)
    return _unwrap(*_wilson(x, size, z))


@overload
def newcombe(
    successes_a: float,
    n_a: float,
    successes_b: float,
    n_b: float,
    *,
    confidence: float = ...,
    correlation: float = ...,
) -> tuple[float, float]: ...
@overload
def newcombe(
    successes_a: Numbers,
    n_a: Numbers,
    successes_b: Numbers,
    n_b: Numbers,
    *,
    confidence: float = ...,
    correlation: float | Numbers = ...,
) -> tuple[FloatArray, FloatArray]: ...
def newcombe(  # noqa: PLR0913  (two counts for each of two groups)
    successes_a: float | Numbers,
    n_a: float | Numbers,
    successes_b: float | Numbers,
    n_b: float | Numbers,
    *,
    confidence: float = 0.95,
    correlation: float | Numbers = 0.0,
) -> tuple[Any, Any]:
    """Give Newcombe's hybrid score interval of a difference of two shares, a - b.

    It joins the two Wilson intervals (la, ua) and (lb, ub): with d = pa - pb,
    low = d - √((pa - la)² + (ub - pb)² - 2r(pa - la)(ub - pb)),
    high = d + √((ua - pa)² + (pb - lb)² - 2r(ua - pa)(pb - lb)).
    r is the correlation of the two estimates: 0 for two groups of different people; above 0 where
    the same people stand in both groups, which makes the interval narrower.

    Args:
        successes_a: Successes in group a, from 0 to n_a; may be fractional.
        n_a: Size of group a, above 0; may be an effective sample size.
        successes_b: Successes in group b.
        n_b: Size of group b.
        confidence: Of both sides together, between 0 and 1.
        correlation: Of the two estimated shares, from -1 to 1.

    Returns:
        Low and high of the difference, from -1 to 1: numbers for numbers, arrays for arrays.

    Raises:
        InputError: If a group is empty, or a number is missing or out of its range.

    References:
        Newcombe, R. G. (1998). Interval estimation for the difference between independent
        proportions. Statistics in Medicine 17, 873-890 (method 10).
        Zou, G. Y. & Donner, A. (2008). Construction of confidence limits about effect measures.
        Statistics in Medicine 27, 1693-1702 (the form with a correlation).

    Example:
        >>> low, high = newcombe(56, 70, 48, 80)
        >>> round(low, 4), round(high, 4)
        (0.0524, 0.3339)
    """
    z = z_value(confidence)
    x_a, size_a = _counts(successes_a, n_a)
    x_b, size_b = _counts(successes_b, n_b)
    r = floats(correlation, "correlation")
    refuse(~(np.abs(r) <= 1), r, "correlation", "-1 to 1", "correct it")
    x_a, size_a, x_b, size_b, r = together(x_a, size_a, x_b, size_b, r)
    return _unwrap(*newcombe_at(z, (x_a, size_a), (x_b, size_b), r))


def newcombe_at(
    z: float | FloatArray,
    a: tuple[FloatArray, FloatArray],
    b: tuple[FloatArray, FloatArray],
    r: FloatArray,
) -> tuple[FloatArray, FloatArray]:
    """Give Newcombe's bounds at normal quantiles, for checked successes and sizes of two groups."""
    p_a, p_b = a[0] / a[1], b[0] / b[1]
    low_a, high_a = _wilson(*a, z)
    low_b, high_b = _wilson(*b, z)
    below = _joined(p_a - low_a, high_b - p_b, r)
    above = _joined(high_a - p_a, p_b - low_b, r)
    difference = p_a - p_b
    return np.maximum(difference - below, -1.0), np.minimum(difference + above, 1.0)


def _joined(first: FloatArray, second: FloatArray, r: FloatArray) -> FloatArray:
    """Length of the sum of two errors with correlation r; rounding must not make it negative."""
    squared = first**2 + second**2 - 2 * r * first * second
    return np.sqrt(np.maximum(squared, 0.0))


def _wilson(x: FloatArray, n: FloatArray, z: float | FloatArray) -> tuple[FloatArray, FloatArray]:
    p = x / n
    centre = p + z * z / (2 * n)
    half = z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    # Exact at the ends, where subtracting two equal numbers leaves a rounding error.
    low = np.where(x == 0, 0.0, (centre - half) / scale)
    high = np.where(x == n, 1.0, (centre + half) / scale)
    return low, high


def _counts(successes: float | Numbers, n: float | Numbers) -> tuple[FloatArray, FloatArray]:
    """Check successes and n and return them as arrays of floats."""
    x, size = together(floats(successes, "successes"), floats(n, "n"))
    refuse(~(np.isfinite(size) & (size > 0)), size, "n", "above 0", "leave out empty groups")
    bad = ~((x >= 0) & (x <= size * (1 + _ROUNDING)))
    refuse(bad, x, "successes", "0 to n", "correct the counts")
    return np.minimum(x, size), size


def _unwrap(low: FloatArray, high: FloatArray) -> tuple[Any, Any]:
    """Give numbers back for numbers."""
    return (float(low), float(high)) if low.ndim == 0 else (low, high)
