"""The E-value: how strong an unmeasured common cause would have to be to explain a ratio away."""

from __future__ import annotations

import math

from touchpoints.core.errors import InputError, echo


def e_value(
    ratio: float, low: float | None = None, high: float | None = None
) -> tuple[float, float | None]:
    """Give the E-value of a risk ratio and of the limit of its interval that is nearer to 1.

    An unmeasured common cause would have to go with both the contact and being a fan by risk ratios
    of at least E each, beyond what is held constant, to explain the ratio away; a weaker one could
    not. With RR ≥ 1 (else its reciprocal): E = RR + √(RR (RR - 1)). A large E-value is no evidence
    that there is no such cause: earlier bonding easily goes with both by more.

    Args:
        ratio: The risk ratio, above 0.
        low: Lower limit of its interval, from 0, or None.
        high: Upper limit, or None.

    Returns:
        E of the ratio, 1 or more, and E of the limit nearer to 1 (1 if the interval holds 1), or
        None without limits.

    Raises:
        InputError: If a number is out of its range or the limits don't hold the ratio.

    References:
        VanderWeele, T. J. & Ding, P. (2017). Sensitivity analysis in observational research:
        introducing the E-value. Annals of Internal Medicine 167, 268-274.

    Example:
        >>> estimate, limit = e_value(3.9, 1.8, 8.7)
        >>> round(estimate, 2), round(limit, 2)
        (7.26, 3.0)
    """
    _require(ratio, "ratio")
    if low is None and high is None:
        return _e(ratio), None
    low, high = 0.0 if low is None else low, math.inf if high is None else high
    if not 0 <= low <= ratio <= high:
        raise InputError(
            f"limits {echo(low)} and {echo(high)} of the ratio {echo(ratio)}",
            "a lower limit from 0 and an upper one, with the ratio between",
            "pass the limits of this ratio",
        )
    limit = low if ratio >= 1 else high
    crosses = (limit <= 1) if ratio >= 1 else (limit >= 1)
    return _e(ratio), 1.0 if crosses else _e(limit)


def _e(ratio: float) -> float:
    above = max(ratio, 1 / ratio)
    return above + math.sqrt(above * (above - 1))


def _require(value: object, name: str) -> None:
    """Raise an `InputError` unless the value is a number above 0."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not (number and 0 < float(value) < math.inf):  # type: ignore[arg-type]
        raise InputError(f"{name} {echo(value)}", "a number above 0", f"pass another {name}")
