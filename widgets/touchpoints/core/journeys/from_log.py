"""From a log of contacts to a table of paths, by window functions on the log's own engine."""

from __future__ import annotations

from typing import Any, Final

import narwhals as nw

from touchpoints.core.contacts import CUSTOMER, TOUCHPOINT
from touchpoints.core.frames import IntoFrame
from touchpoints.core.journeys.log import CONVERTED, NAME, PLACE, read_log, refuse_doubles
from touchpoints.core.journeys.words import CONVERSIONS, NULLS, PATH, SEPARATOR

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
        log: One row a contact, a frame of pandas, Polars (eager or lazy), DuckDB or PySpark.
            Columns: `customer_id` and those named below. Further columns are ignored.
        touchpoint: Column of the touchpoint; name `channel` here to get paths of channels.
        order: Column that orders a customer's contacts, numbers or times; no value twice.
        outcome: Column that says whether the contact ended in a conversion.
        conversion: Its value where it did.

    Returns:
        One row a distinct path, the most frequent first (equals in the alphabet's order), as a
        frame of the engine (lazy Polars comes back eager, DuckDB and PySpark as PyArrow): `path`
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
    contacts = read_log(log, touchpoint, order, outcome, conversion)
    refuse_doubles(contacts, order)
    contacts = contacts.rename({NAME: PATH, CONVERTED: CONVERSIONS})
    return _counted(_whole_paths(contacts)).to_native()


def _whole_paths(contacts: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Keep the last contact of each journey, with the whole path up to it."""
    ends, one = nw.col(CONVERSIONS), nw.lit(1)
    # Engines give sums wider types; without the casts DuckDB runs out of digits.
    journeys = contacts.with_columns(
        (ends.cum_sum().over(CUSTOMER, order_by=PLACE) - ends).cast(nw.Int64).alias(_JOURNEY),
        _one=one,
    )
    keys = (CUSTOMER, _JOURNEY)
    placed = journeys.with_columns(
        _place=nw.col("_one").cum_sum().over(*keys, order_by=PLACE).cast(nw.Int64),
        _length=nw.col("_one").sum().over(*keys).cast(nw.Int64),
    )
    longest = int(placed.select(nw.col("_length").max()).collect().item())
    known = 1
    # Each row knows the end of its path; joining it to the row `known` before doubles that.
    while known < longest:
        earlier = nw.col(PATH).shift(known).over(*keys, order_by=PLACE).alias("_earlier")
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
