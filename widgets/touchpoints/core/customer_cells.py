"""Customers by cell: what each customer adds to each group and grade.

Most estimates need only sums over customers. Folds and resampling need to know which customer a sum
comes from, so here one short row a customer and cell leaves the engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from touchpoints.core.clusters import to_floats
from touchpoints.core.contacts import GRADE, is_missing
from touchpoints.core.fan_counts import CLUSTER, units_of
from touchpoints.core.tables import group_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from touchpoints.core.numbers import FloatArray

    Places = npt.NDArray[np.intp]


@dataclass(frozen=True)
class CustomerCells:
    """Sizes and totals of customers by cell, one entry a customer and cell.

    Attributes:
        cell: Place of the cell among the cells asked for.
        customer: Number of the customer, in the order of the sorted names.
        k: Size (rows or weights).
        s: Total of fans, weighted where the size is.
        customers: How many customers there are.
    """

    cell: Places
    customer: Places
    k: FloatArray
    s: FloatArray
    customers: int


def customer_cells(
    lazy: nw.LazyFrame[Any],
    counts: nw.DataFrame[Any],
    by: Sequence[str],
    weights: str | None,
    cluster: str,
) -> CustomerCells:
    """Collect what each customer adds to the cells of a checked table of counts.

    Args:
        lazy: The frame that was counted, with grades as floats.
        counts: What was counted by group and grade: names the cells and their order.
        by: Columns to group by besides the grade.
        weights: Column of weights, or None.
        cluster: Column that names the customer.
    """
    keys = (*by, GRADE)
    units = units_of(lazy, keys, weights, cluster).filter(nw.col("n") > 0).collect()
    places = {_comparable(key): i for i, key in enumerate(group_keys(counts, keys))}
    names, customer = np.unique(units.get_column(CLUSTER).to_numpy(), return_inverse=True)
    return CustomerCells(
        np.array([places[_comparable(key)] for key in group_keys(units, keys)], dtype=np.intp),
        customer,
        to_floats(units, "k"),
        to_floats(units, "s"),
        len(names),
    )


def _comparable(key: tuple[Any, ...]) -> tuple[Any, ...]:
    """Make all missing values the same: NaN equals nothing, not even itself."""
    return tuple(None if is_missing(value) else value for value in key)
