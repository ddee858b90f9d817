"""The values of a column of classes, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import narwhals as nw
import numpy as np
from narwhals.stable import v2

from touchpoints.core.contacts import is_missing
from touchpoints.core.errors import InputError, echo, listing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

_TWO: Final = 2


def level_order(
    data: nw.DataFrame[Any], name: str, levels: Mapping[str, Sequence[Any]], outcome: str
) -> list[Any]:
    """Return the values of a column that occur, in their order.

    Raises:
        InputError: If a value is missing or not among the levels, or there are fewer than two.
    """
    column = data.get_column(name)
    there = list(dict.fromkeys(column.to_list()))
    if any(is_missing(value) for value in there):
        raise InputError(f"column {name!r}: nothing in some rows", "a value", "drop these rows")
    if name in levels:
        order = list(levels[name])
    elif isinstance(column.dtype, nw.Categorical | nw.Enum):
        stable = v2.from_native(column.to_native(), series_only=True)
        order = stable.cat.get_categories().to_list()
    elif name == outcome:
        raise InputError(
            f"column {name!r} without an order",
            "ordered categories, or levels that give the order",
            f"pass levels={{{name!r}: [lowest, …, highest]}}",
        )
    else:
        order = _sorted(there, name)
    for value in there:
        if value not in order:
            raise InputError(
                f"column {name!r}: {echo(value)}", listing(order), "correct the levels"
            )
    order = [value for value in order if value in there]
    if len(order) < _TWO:
        raise InputError(
            f"column {name!r} with one value", "two values or more", "leave the column out"
        )
    return order


def places_in(data: nw.DataFrame[Any], name: str, order: list[Any]) -> npt.NDArray[np.intp]:
    """Return the place of each row's value in the order."""
    place = {value: i for i, value in enumerate(order)}
    return np.array([place[value] for value in data.get_column(name).to_list()])


def _sorted(values: list[Any], name: str) -> list[Any]:
    try:
        return sorted(values)
    except TypeError:
        raise InputError(
            f"column {name!r} of mixed types",
            "values that can be sorted, or levels that give the order",
            f"convert the column or pass levels={{{name!r}: [first, …, last]}}",
        ) from None
