"""A log of contacts, checked on its own engine before anything leaves it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import narwhals as nw

from touchpoints.core.contacts import CUSTOMER, is_missing
from touchpoints.core.errors import InputError, echo, listing, nearest
from touchpoints.core.frames import IntoFrame, require_columns, to_lazy
from touchpoints.core.journeys.words import require_names

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Engines on which windows over an order run.
_ENGINES: Final = {
    nw.Implementation.PANDAS: "pandas",
    nw.Implementation.POLARS: "Polars",
    nw.Implementation.DUCKDB: "DuckDB",
    nw.Implementation.PYSPARK: "PySpark",
}

#: Columns of a log that is read.
PLACE: Final = "_order"
NAME: Final = "_touchpoint"
CONVERTED: Final = "_converted"


def read_log(
    log: IntoFrame,
    touchpoint: str,
    order: str,
    outcome: str,
    conversion: str | bool,  # noqa: FBT001
) -> nw.LazyFrame[Any]:
    """Check a log and give its columns the names that its readers use.

    Args:
        log: One row a contact.
        touchpoint: Column of the touchpoint.
        order: Column that orders a customer's contacts.
        outcome: Column that says whether the contact ended in a conversion.
        conversion: Its value where it did.

    Returns:
        `customer_id`, `_order`, `_touchpoint` and `_converted` (1 or 0), still on the log's engine.

    Raises:
        InputError: If the engine has no windows over an order, a column misses or has empty cells,
            no row is a conversion, or a touchpoint has a name that can't stand in a path.
    """
    frame = to_lazy(log)
    _require_engine(frame)
    names = (CUSTOMER, touchpoint, order, outcome)
    require_columns(frame, names)
    _require_filled(frame, names)
    converted = _conversion(frame, outcome, conversion)
    contacts = frame.select(
        nw.col(CUSTOMER),
        nw.col(order).alias(PLACE),
        nw.col(touchpoint).cast(nw.String).alias(NAME),
        nw.when(converted).then(nw.lit(1)).otherwise(nw.lit(0)).alias(CONVERTED),
    )
    found = contacts.select(NAME).unique().collect().get_column(NAME).to_list()
    require_names(touchpoint, sorted(found))
    return contacts


def refuse_doubles(contacts: nw.LazyFrame[Any], order: str) -> None:
    """Raise an `InputError` if two contacts of a customer stand at one place."""
    pairs = contacts.group_by(CUSTOMER, PLACE).agg(nw.len().alias("_rows"))
    twice = pairs.filter(nw.col("_rows") > 1).sort(CUSTOMER, PLACE).head(1).collect()
    if len(twice):
        customer, place, rows = twice.select(CUSTOMER, PLACE, "_rows").row(0)
        raise InputError(
            f"{int(rows)} contacts of customer {echo(customer)} with {order} {echo(place)}",
            f"each {order} of a customer once",
            "order the contacts by a finer column or drop doubles",
        )


def _require_engine(frame: nw.LazyFrame[Any]) -> None:
    if frame.implementation not in _ENGINES:
        raise InputError(
            f"a log on the engine {frame.implementation.value}",
            listing(_ENGINES.values()) + " (journeys need window functions over an order)",
            "convert the log first, for example with polars.from_arrow or duckdb.from_arrow for "
            "PyArrow and .compute() for Dask",
        )


def _require_filled(frame: nw.LazyFrame[Any], columns: Sequence[str]) -> None:
    """Raise an `InputError` for an empty log and for empty cells."""
    empty = [nw.col(c).is_null().cast(nw.Int64).sum().alias(f"_{i}") for i, c in enumerate(columns)]
    row = frame.select(nw.len().alias("_rows"), *empty).collect().row(0)
    if not row[0]:
        raise InputError("no row in the log", "one row or more", "check the file or the filter")
    for column, missing in zip(columns, row[1:], strict=True):
        if missing:
            raise InputError(
                f"column {column!r}: nothing in {int(missing)} rows",
                "a value in each row",
                "fill the cells or drop the rows",
            )


def _conversion(frame: nw.LazyFrame[Any], outcome: str, conversion: str | bool) -> nw.Expr:  # noqa: FBT001
    """Return what tells conversions; raise an `InputError` if there is none."""
    flags = frame.collect_schema()[outcome] == nw.Boolean
    column = nw.col(outcome) if flags else nw.col(outcome).cast(nw.String)
    values = frame.select(column.alias("_outcome")).unique().collect().get_column("_outcome")
    known = sorted(v for v in values.to_list() if not is_missing(v))
    sought = conversion if flags else str(conversion)
    if sought not in known or isinstance(sought, bool) != flags:
        raise InputError(
            f"no row whose {outcome} is {echo(conversion)}",
            f"one of {listing(known)}",
            f"name the value of a conversion with conversion=…{nearest(conversion, known)}",
        )
    return column == nw.lit(sought)
