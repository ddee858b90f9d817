"""Answers on their way from a student's notebook to the marks: plain values, of a bounded size.

A notebook holds frames, arrays and whatever else its author made. Only what JSON can say leaves the
process that ran it; the other side checks again, because that process is not to be trusted.
"""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
import pandas as pd

from touchpoints.core.errors import InputError, echo

#: A plain value: None, bool, int, float, str, and lists and dictionaries of these.
Plain = Any

#: Most values and characters that one answer may hold.
LIMIT: Final = 50_000
_DEEPEST: Final = 8
_LARGEST: Final = 2**63
_ALLOWED: Final = "numbers, texts, true or false, lists, dictionaries, Series and data frames"


def to_plain(value: object, limit: int = LIMIT) -> Plain:
    """Turn an answer into plain values.

    Args:
        value: What the notebook holds: None, a flag, a number, a text, a list, tuple, set or
            dictionary of these, a NumPy scalar or array, a pandas Series, index, array or data
            frame.
        limit: Most values and characters in all.

    Returns:
        None, bool, int, float, str, list or dict. Missing numbers become None, whole numbers in
        keys lose their point ("1", not "1.0"), a Series becomes a dictionary by its index and a
        data frame a list of rows; a named index of a data frame is a column. A set becomes a list
        in the order of its texts, so that it is the same in each run.

    Raises:
        InputError: If the answer is too large or of another kind.

    Example:
        >>> to_plain(pd.Series([12.5, float("nan")], index=[1.0, 2.0]))
        {'1': 12.5, '2': None}
        >>> to_plain(pd.DataFrame({"grade": [1], "n": [40]}))
        [{'grade': 1, 'n': 40}]
    """
    return _Reader(limit).read(value)


def from_plain(value: object, limit: int = LIMIT) -> Plain:
    """Check again that an answer which arrived is plain and small enough.

    Args:
        value: What `json.loads` made of the message.
        limit: Most values and characters in all.

    Returns:
        The same value.

    Raises:
        InputError: If it is too large or not plain.

    Example:
        >>> from_plain({"1": [2, None]})
        {'1': [2, None]}
    """
    return _Reader(limit).read(value)


class _Reader:
    """Reads one answer and counts what it holds."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.left = limit

    def read(self, value: object, depth: int = 0) -> Plain:
        """Turn one value into plain ones."""
        self._take(1)
        if depth > _DEEPEST:
            raise InputError(
                "an answer nested more than eight deep", "a flatter one", "hand in the values alone"
            )
        if value is None or value is pd.NA or isinstance(value, bool | np.bool_):
            return None if value is None or value is pd.NA else bool(value)
        if isinstance(value, int | float | np.integer | np.floating):
            return _number(value)
        if isinstance(value, str):
            self._take(len(value))
            return str(value)
        return self._several(value, depth + 1)

    def _several(self, value: object, depth: int) -> Plain:
        """Read what holds other values, or refuse."""
        if isinstance(value, pd.Series):
            self._take(len(value))
            value = dict(zip(value.index.tolist(), value.tolist(), strict=True))
        elif isinstance(value, pd.DataFrame):
            self._take(int(value.size))
            named = any(name is not None for name in value.index.names)
            value = (value.reset_index() if named else value).to_dict("records")
        elif isinstance(value, np.ndarray | pd.Index | pd.api.extensions.ExtensionArray):
            # What `.unique()` and `frame.index[…]` give is a list to whoever asked for it.
            self._take(int(value.size))
            return self.read(value.tolist(), depth)
        elif isinstance(value, set | frozenset):
            self._take(len(value))
            return sorted((self.read(item, depth) for item in value), key=str)
        if isinstance(value, dict):
            return {self._key(key): self.read(item, depth) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self.read(item, depth) for item in value]
        kind = echo(type(value).__name__)
        raise InputError(f"an answer of the kind {kind}", _ALLOWED, "turn it into one of these")

    def _key(self, key: object) -> str:
        """Turn a key of a dictionary into text."""
        plain = self.read(key, _DEEPEST)
        if isinstance(plain, float) and plain.is_integer():
            plain = int(plain)
        return str(plain)

    def _take(self, size: int) -> None:
        """Count what is read; refuse what is too much."""
        self.left -= size
        if self.left < 0:
            raise InputError(
                f"an answer of more than {self.limit:,} values and characters",
                "a short one",
                "hand in what the task asks for, not the data",
            )


def _number(value: float | np.number[Any]) -> int | float | None:
    """Turn a number into one that JSON can say."""
    if isinstance(value, int | np.integer):
        whole = int(value)
        if abs(whole) >= _LARGEST:
            raise InputError("a whole number of more than 18 digits", "a smaller one", "check it")
        return whole
    number = float(value)
    if math.isinf(number):
        raise InputError("an infinite number", "finite numbers", "look for a division by zero")
    return None if math.isnan(number) else number
