"""The upper tail of the chi-squared distribution for whole degrees of freedom."""

from __future__ import annotations

import math


def chi_squared_tail(x: float, degrees: int) -> float:
    """Return the probability of a value of x or more.

    For whole degrees it is a finite sum: with h = x / 2, e⁻ʰ Σ hʲ / j! over j = 0, …, d/2 - 1 for
    even d, and erfc(√h) + e⁻ʰ Σ hʲ⁻¹ᐟ² / Γ(j + 1/2) over j = 1, …, (d - 1)/2 for odd d.

    Args:
        x: A value of 0 or more; rounding below 0 counts as 0.
        degrees: Degrees of freedom, 1 or more.

    Returns:
        A probability.

    Example:
        >>> round(chi_squared_tail(3.841459, 1), 4), round(chi_squared_tail(9.487729, 4), 4)
        (0.05, 0.05)
    """
    half = max(x, 0.0) / 2
    shift = 0.5 * (degrees % 2)
    start = math.erfc(math.sqrt(half)) if shift else 0.0
    first = 1 if shift else 0
    terms = range(first, degrees // 2 + first)
    if half == 0:
        return 1.0
    return start + sum(
        math.exp((j - shift) * math.log(half) - half - math.lgamma(j - shift + 1)) for j in terms
    )
