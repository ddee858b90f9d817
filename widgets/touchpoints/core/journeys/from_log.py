"""From a log of contacts to a table of paths, by window functions on the log's own engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import narwhals as nw

from touchpoints.core.contacts import CUSTOMER, TOUCHPOINT, is_missing
from touchpoints.core.errors import InputError, echo, listing, nearest
from touchpoints.core.frames import IntoFrame, require_columns, to_lazy
from touchpoints.core.journeys.words import CONVERSIONS, NULLS, PATH, SEPARATOR, require_names

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Engines on which windows over an order run.
_ENGINES: Final = {
    nw.Implementation.PANDAS: "pandas",
    nw.Implementation.POLARS: "Polars",
    nw.Implementation.DUCKDB: "DuckDB",
}
_JOURNEY: Final = "_journey"


def journey_paths(
    log: IntoFrame,
    *,
    touchpoint: str = TOUCHPOINT,
    order: str = "step",
    outcome: str = "outcome",
    conversion: str | bool = "order",
) -> Any:  # noqa: ANN401  (a frame of the engine that came in)
    """Turn a log of contacts into a table of distinct paths with their counts.

    The rule: a customer's contacts are sorted by `order` and cut **after each conversion**. So a
    customer with two conversions has two converted journeys, the second beginning with the first
    contact after the first conversion. What is left after the last conversion, and all contacts of
    a customer who never converts, is a journey that ended in nothing (a null). Contacts that serve
    an order (its delivery, say) thus open the next journey, and a journey still under way when the
    log ends counts as a null.

    The work is done by window functions on the log's own engine; only distinct paths and their
    counts leave it. A path of L contacts takes about log₂ L windows.

    Args:
        log: One row a contact, a frame of pandas, Polars (eager or lazy) or DuckDB. Columns:
            `customer_id` and those named below. Further columns are ignored.
        touchpoint: Column of the touchpoint; name `channel` here to get paths of channels.
        order: Column that orders a customer's contacts, numbers or times; no value twice.
        outcome: Column that says whether the contact ended in a conversion.
        conversion: Its value where it did.

    Returns:
        One row a distinct path, the most frequent first (equals in the alphabet's order), as a
        frame of the engine (lazy Polars comes back eager, DuckDB as PyArrow): `path`
        ("a > b > c"), `conversions`, `nulls` (journeys on this path that ended in a conversion, and
        in nothing).

    Raises:
        InputError: If the engine has no windows over an order, a column misses or has empty cells,
            a customer has two contacts at one place of the order, no row is a conversion, or a name
            holds ">".

    Example:
        >>> import pandas as pd
        >>> log = pd.DataFrame({
        ...     "customer_id": [1, 1, 1, 2], "step": [1, 2, 3, 1],
        ...     "touchpoint": ["brochure", "shop", "hotline", "hotline"],
        ...     "outcome": ["none", "order", "none", "none"],
        ... })
        >>> journey_paths(log).values.tolist()
        [['hotline', 0, 2], ['brochure > shop', 1, 0]]
    """
    frame = to_lazy(log)
    _require_engine(frame)
    names = (CUSTOMER, touchpoint, order, outcome)
    require_columns(frame, names)
    _require_filled(frame, names)
    _require_order(frame, order)
    converted = _conversion(frame, outcome, conversion)
    contacts = frame.select(
        nw.col(CUSTOMER),
        nw.col(order).alias("_order"),
        nw.col(touchpoint).cast(nw.String).alias(PATH),
        nw.when(converted).then(nw.lit(1)).otherwise(nw.lit(0)).alias(CONVERSIONS),
    )
    found = contacts.select(PATH).unique().collect().get_column(PATH).to_list()
    require_names(touchpoint, sorted(found))
    return _counted(_whole_paths(contacts)).to_native()


def _whole_paths(contacts: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Keep the last contact of each journey, with the whole path up to it."""
    ends, one = nw.col(CONVERSIONS), nw.lit(1)
    # Engines give sums wider types; without the casts DuckDB runs out of digits.
    journeys = contacts.with_columns(
        (ends.cum_sum().over(CUSTOMER, order_by="_order") - ends).cast(nw.Int64).alias(_JOURNEY),
        _one=one,
    )
    keys = (CUSTOMER, _JOURNEY)
    placed = journeys.with_columns(
        _place=nw.col("_one").cum_sum().over(*keys, order_by="_order").cast(nw.Int64),
        _length=nw.col("_one").sum().over(*keys).cast(nw.Int64),
    )
    longest = int(placed.select(nw.col("_length").max()).collect().item())
    known = 1
    # Each row knows the end of its path; joining it to the row `known` before doubles that.
    while known < longest:
        earlier = nw.col(PATH).shift(known).over(*keys, order_by="_order").alias("_earlier")
        joined = nw.concat_str(
            [nw.col("_earlier"), nw.col(PATH)], separator=SEPARATOR, ignore_nulls=True
        )
        placed = placed.with_columns(earlier).with_columns(joined.alias(PATH))
        known *= 2
    return placed.filter(nw.col("_place") == nw.col("_length"))


def _counted(last: nw.LazyFrame[Any]) -> nw.DataFrame[Any]:
    """Count equal paths; the order of the rows does not depend on the engine."""
    counts = last.group_by(PATH).agg(nw.col(CONVERSIONS).sum(), nw.len().alias("_all"))
    whole = counts.select(PATH, nw.col(CONVERSIONS, "_all").cast(nw.Int64)).collect()
    split = whole.select(
        PATH, CONVERSIONS, (nw.col("_all") - nw.col(CONVERSIONS)).alias(NULLS), "_all"
    )
    ordered = split.sort("_all", PATH, descending=[True, False]).drop("_all")
    return nw.maybe_reset_index(ordered)


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


def _require_order(frame: nw.LazyFrame[Any], order: str) -> None:
    """Raise an `InputError` if two contacts of a customer stand at one place."""
    pairs = frame.group_by(CUSTOMER, order).agg(nw.len().alias("_rows"))
    twice = pairs.filter(nw.col("_rows") > 1).sort(CUSTOMER, order).head(1).collect()
    if len(twice):
        customer, place, rows = twice.select(CUSTOMER, order, "_rows").row(0)
        raise InputError(
            f"{int(rows)} contacts of customer {echo(customer)} with {order} {echo(place)}",
            f"each {order} of a customer once",
            "order the contacts by a finer column or drop doubles",
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
