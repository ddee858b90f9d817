"""Checks on numbers and arrays that come without a frame."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from touchpoints.core.errors import InputError, echo

FloatArray = npt.NDArray[np.float64]


def together(*arrays: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], ...]:
    """Bring numbers and arrays to one shape.

    Raises:
        InputError: If the arrays differ in length.

    Example:
        >>> [a.tolist() for a in together(np.array([1, 2]), np.array(3))]
        [[1, 2], [3, 3]]
    """
    try:
        return tuple(np.broadcast_arrays(*arrays))
    except ValueError:
        sizes = ", ".join(str(a.size) for a in arrays if a.ndim)
        raise InputError(
            f"arrays with {sizes} entries",
            "numbers, or arrays with one entry a group",
            "pass arrays of one length",
        ) from None


def floats(values: object, name: str) -> FloatArray:
    """Return numbers as an array of floats, or raise an `InputError` that names them."""
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise InputError(f"{name} {echo(values)}", "numbers", f"pass {name} as numbers") from None


def refuse(
    bad: npt.NDArray[np.bool_], values: FloatArray, name: str, allowed: str, mend: str
) -> None:
    """Raise an `InputError` that names the first bad number and its place."""
    if not np.any(bad):
        return
    broadcast = np.broadcast_to(values, bad.shape)
    place = int(np.argmax(bad))
    where = f" at place {place + 1}" if bad.ndim else ""
    raise InputError(f"{name} {broadcast.flat[place]:g}{where}", allowed, mend)


def finite_number(name: str, value: object) -> float:
    """Return a single finite number, or raise an `InputError` that names it."""
    array = floats(value, name)
    if array.ndim or isinstance(value, bool | str) or not np.isfinite(array):
        raise InputError(f"{name} {value!r}", "a single finite number", f"correct {name}")
    return float(array)


def whole(name: str, value: object, low: int, high: int | None = None) -> int:
    """Return a whole number within its bounds, or raise an `InputError` that names it.

    Example:
        >>> whole("draws", 2000, 1)
        2000
    """
    good = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if good and low <= value and (high is None or value <= high):  # type: ignore[operator]
        return int(value)  # type: ignore[call-overload, no-any-return]
    allowed = f"of {low} or more" if high is None else f"from {low} to {high:,}"
    raise InputError(
        f"{name} {echo(value)}", f"a whole number {allowed}", "choose a number in this range"
    )
