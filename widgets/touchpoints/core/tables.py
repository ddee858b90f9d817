"""Put computed numbers beside the keys of a small frame, on the frame's own engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def attach(
    frame: nw.DataFrame[Any], columns: Mapping[str, Any], drop: tuple[str, ...] = ()
) -> nw.DataFrame[Any]:
    """Add columns of numbers to a small frame.

    Args:
        frame: The frame that carries the keys.
        columns: Names and arrays of the frame's length.
        drop: Columns of the frame to leave out.

    Returns:
        A frame of the same engine: keys first, then the new columns in their order.
    """
    kept = frame.drop(*(c for c in (*drop, *columns) if c in frame.columns))
    kept = nw.maybe_reset_index(kept)
    names = kept.columns
    if not names:
        return nw.from_dict(
            {name: np.asarray(v).tolist() for name, v in columns.items()},
            backend=frame.implementation,
        )
    series = [
        nw.new_series(name, np.asarray(values).tolist(), backend=frame.implementation)
        for name, values in columns.items()
    ]
    return kept.with_columns(*series).select(*names, *columns)


def group_keys(frame: nw.DataFrame[Any], by: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return the key of each row; without a grouping all rows have the empty key.

    Example:
        >>> group_keys(nw.from_dict({"year": [2017, 2018]}, backend="pandas"), ())
        [(), ()]
    """
    return frame.select(*by).rows() if by else [()] * len(frame)


def shares_pct(sizes: Any, keys: Sequence[tuple[Any, ...]]) -> Any:  # noqa: ANN401  (an array)
    """Return what percentage of its group's total each row's size is; 0 of a total of 0.

    Example:
        >>> shares_pct(np.array([1.0, 3.0, 2.0]), [("a",), ("a",), ("b",)]).tolist()
        [25.0, 75.0, 100.0]
    """
    places = {key: i for i, key in enumerate(dict.fromkeys(keys))}
    group = np.array([places[key] for key in keys])
    total = np.bincount(group, weights=sizes)[group]
    return np.divide(100 * sizes, total, out=np.zeros(len(sizes)), where=total > 0)


def integers(values: Any) -> Any:  # noqa: ANN401  (an array of any shape)
    """Turn counts that came as floats or decimals into whole numbers."""
    return np.asarray(values, dtype=np.float64).round().astype(np.int64)


def from_rows(
    like: nw.DataFrame[Any], names: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> Any:  # noqa: ANN401
    """Make a native frame of the same engine from one row or more."""
    columns = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    return nw.from_dict(columns, backend=like.implementation).to_native()
