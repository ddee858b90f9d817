"""Arrays into a frame of pandas or Polars, with the types that `touchpoints.load` gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

from touchpoints.core.errors import InputError, one_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from touchpoints.core.generator.draws import Array, Flags

Backend = Literal["pandas", "polars"]


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes:
        data: Whole numbers, numbers, flags, times, or positions among the categories.
        missing: Where there is no value; None where there always is one.
        categories: The closed set of values, if it is one.
        keys: The texts that the positions stand for, where they stay plain text: keys that other
            tables are joined by.
    """

    data: Array
    missing: Flags | None = None
    categories: tuple[str, ...] | None = None
    keys: tuple[str, ...] | None = None


def check_backend(backend: object) -> None:
    """Raise an `InputError` unless the backend is known."""
    one_of("backend", backend, get_args(Backend))


def to_frame(columns: Mapping[str, Column], backend: Backend) -> Any:  # noqa: ANN401
    """Build a frame.

    Args:
        columns: The columns by name.
        backend: "pandas" or "polars".

    Returns:
        A pandas frame with nullable types and categories, or a Polars frame with an `Enum` for
        each closed set.

    Raises:
        InputError: If Polars is asked for and not installed.
    """
    return _polars(columns) if backend == "polars" else _pandas(columns)


def _pandas(columns: Mapping[str, Column]) -> Any:  # noqa: ANN401
    import pandas as pd  # noqa: PLC0415  (the core needs no engine until a frame is asked for)

    def series(column: Column) -> Any:  # noqa: ANN401
        values = column.data
        missing = (
            np.zeros(len(values), dtype=np.bool_) if column.missing is None else column.missing
        )
        if column.keys is not None:
            return pd.array(list(column.keys), dtype="str").take(values)
        if column.categories is not None:
            dtype = pd.CategoricalDtype(list(column.categories), ordered=True)
            return pd.Categorical.from_codes(np.where(missing, -1, values), dtype=dtype)
        if values.dtype.kind == "b":
            return pd.arrays.BooleanArray(values, missing)
        if values.dtype.kind == "f":
            return pd.arrays.FloatingArray(values, missing)
        if values.dtype.kind == "M":
            return values
        return pd.arrays.IntegerArray(values.astype(np.int64), missing)

    return pd.DataFrame({name: series(column) for name, column in columns.items()}, copy=False)


def _polars(columns: Mapping[str, Column]) -> Any:  # noqa: ANN401
    try:
        import polars as pl  # noqa: PLC0415  (an optional engine)
    except ImportError:
        raise InputError(
            "no Polars here", "an installed Polars", "run: pip install polars, or use pandas"
        ) from None

    def series(name: str, column: Column) -> Any:  # noqa: ANN401
        values = column.data
        texts = column.categories or column.keys
        if texts is not None:
            dtype = pl.Enum(list(texts)) if column.categories else pl.String
            names = pl.Series(list(texts), dtype=dtype)
            filled = names.gather(values.astype(np.uint32)).alias(name)
        else:
            whole = values.dtype.kind in "iu"
            filled = pl.Series(name, values.astype(np.int64) if whole else values)
        if column.missing is None:
            return filled
        present = pl.Series(~column.missing)
        return pl.select(pl.when(present).then(filled).alias(name)).to_series()

    return pl.DataFrame([series(name, column) for name, column in columns.items()])
