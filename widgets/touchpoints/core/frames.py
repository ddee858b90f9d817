"""Checks that every function of the core makes on a frame before it computes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import narwhals as nw

from touchpoints.core.errors import InputError, echo, listing, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Any frame that narwhals understands: pandas, Polars, PyArrow, DuckDB, Dask, Spark, …
IntoFrame = Any


def _wrap(frame: IntoFrame) -> nw.DataFrame[Any] | nw.LazyFrame[Any]:
    """Wrap any frame, or raise an `InputError` that says what a frame is."""
    try:
        return cast("nw.DataFrame[Any] | nw.LazyFrame[Any]", nw.from_native(frame))
    except TypeError:
        raise InputError(
            f"an object of type {type(frame).__name__}",
            "a data frame (pandas, Polars, PyArrow, DuckDB, …)",
            "pass a frame, for example pandas.DataFrame(...)",
        ) from None
    except nw.exceptions.DuplicateError as error:
        names = listing(line.split("'")[1] for line in str(error).splitlines() if "'" in line)
        raise InputError(
            f"more than one column called {names}", "each column once", "rename or drop one of them"
        ) from None


def to_eager(frame: IntoFrame) -> nw.DataFrame[Any]:
    """Bring a small frame of any engine into memory.

    Args:
        frame: Any frame that narwhals supports.

    Returns:
        The eager narwhals frame; lazy engines are collected.

    Raises:
        InputError: If the object is no frame.
    """
    wrapped = _wrap(frame)
    return wrapped.collect() if isinstance(wrapped, nw.LazyFrame) else wrapped


def to_lazy(frame: IntoFrame) -> nw.LazyFrame[Any]:
    """Wrap a frame of any size without reading it: what follows runs on its own engine.

    Args:
        frame: Any frame that narwhals supports, eager or lazy.

    Returns:
        The lazy narwhals frame; frames in memory are wrapped, not copied.

    Raises:
        InputError: If the object is no frame.
    """
    return _wrap(frame).lazy()


def require_columns(frame: nw.DataFrame[Any] | nw.LazyFrame[Any], columns: Iterable[str]) -> None:
    """Raise an `InputError` that names the first missing column and what there is."""
    present = frame.collect_schema().names()
    for column in columns:
        if column not in present:
            raise InputError(
                f"no column {column!r} among {listing(present) or 'no columns'}",
                f"a frame with {listing(columns)}",
                f"add or rename the column{nearest(column, present)}",
            )


def require_rows(frame: nw.DataFrame[Any], what: str) -> None:
    """Raise an `InputError` when the frame has no row."""
    if len(frame) == 0:
        raise InputError(f"no row in the {what}", "one row or more", "check the file or the filter")


def require_unique(frame: nw.DataFrame[Any], column: str) -> None:
    """Raise an `InputError` that names the first value standing twice or missing."""
    values = frame.get_column(column)
    if values.null_count():
        row = values.is_null().arg_max() or 0
        raise InputError(
            f"column {column!r}, row {row + 1}: nothing",
            "a key in each row",
            "fill the cell or drop the row",
        )
    duplicated = frame.filter(values.is_duplicated())
    if len(duplicated):
        raise InputError(
            f"column {column!r}: {echo(duplicated.get_column(column).to_list()[0])} more than once",
            "each key once",
            "rename one of the rows or drop it",
        )


def _first_bad(
    frame: nw.DataFrame[Any], column: str, bad: nw.Series[Any], allowed: str, *, missing: bool
) -> None:
    """Raise an `InputError` for the first row that `bad` marks; missing values pass if allowed."""
    values = frame.get_column(column)
    empty = _is_missing(values)
    bad = (bad & ~empty) if missing else (bad | empty)
    if not bad.any():
        return
    row = int(bad.arg_max() or 0)
    value = None if empty[row] else values[row]
    shown = "nothing" if value is None else echo(value)
    raise InputError(
        f"column {column!r}, row {row + 1}: {shown}",
        allowed + (" or nothing" if missing else ""),
        "correct the cell" + (" or leave it empty" if missing else ""),
    )


def _is_missing(values: nw.Series[Any]) -> nw.Series[Any]:
    """Mark nulls, and NaN where the engine tells it from null."""
    empty = values.is_null()
    return (empty | values.is_nan().fill_null(value=True)) if values.dtype.is_float() else empty


def require_among(
    frame: nw.DataFrame[Any], column: str, allowed: Sequence[str], *, missing: bool = False
) -> None:
    """Raise an `InputError` that names the first text outside the allowed ones.

    Args:
        frame: The frame to look at.
        column: A column of texts or categories.
        allowed: The allowed texts.
        missing: Whether missing values pass.

    Raises:
        InputError: With the row, the value and what is allowed.
    """
    texts = frame.get_column(column).cast(nw.String)
    _first_bad(
        frame,
        column,
        ~texts.is_in(list(allowed)).fill_null(value=False),
        listing(allowed),
        missing=missing,
    )


def require_whole_numbers(
    frame: nw.DataFrame[Any], column: str, low: int, high: int, *, missing: bool = False
) -> None:
    """Raise an `InputError` unless the column holds whole numbers from `low` to `high`.

    Args:
        frame: The frame to look at.
        column: The column to look at.
        low: Smallest allowed number.
        high: Largest allowed number.
        missing: Whether missing values pass.

    Raises:
        InputError: With the row, the value and what is allowed.
    """
    values = _numeric(frame, column, missing=missing)
    if values is None:
        return
    # Small integer types can't hold a large limit (counts from Polars have 32 bits).
    size = values.cast(nw.Float64)
    bad = (size < low) | (size > high)
    if values.dtype.is_float():
        bad = bad | (values.round(0) != values)
    allowed = f"a whole number from {low} to {high}"
    _first_bad(frame, column, bad.fill_null(value=True), allowed, missing=missing)


def require_numbers(frame: nw.DataFrame[Any], column: str, low: float, high: float) -> None:
    """Raise an `InputError` unless the column holds a number from `low` to `high` in each row.

    Args:
        frame: The frame to look at.
        column: The column to look at.
        low: Smallest allowed number.
        high: Largest allowed number.

    Raises:
        InputError: With the row, the value and what is allowed.
    """
    values = _numeric(frame, column, missing=False)
    if values is None:
        return
    bad = (values < low) | (values > high)
    allowed = f"a number from {low} to {high}"
    _first_bad(frame, column, bad.fill_null(value=True), allowed, missing=False)


def _numeric(frame: nw.DataFrame[Any], column: str, *, missing: bool) -> nw.Series[Any] | None:
    """Return the column if it is numeric, None if it is empty and may be."""
    values = frame.get_column(column)
    if values.dtype.is_numeric():
        return values
    if missing and values.is_null().all():
        return None
    raise InputError(
        f"column {column!r} of type {values.dtype}",
        "numbers",
        "convert the column to numbers",
    )


def require_flags(frame: nw.DataFrame[Any], column: str) -> None:
    """Raise an `InputError` unless the column holds true/false (or 1/0) in each row."""
    values = frame.get_column(column)
    if values.dtype == nw.Boolean:
        nothing = values.is_null()
        _first_bad(frame, column, nothing, "true or false", missing=False)
        return
    require_whole_numbers(frame, column, 0, 1)
