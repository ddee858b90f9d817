"""Survey weights: which may be used, and the one sentence about those that may not."""

from __future__ import annotations

from typing import Any, Final

import narwhals as nw

from touchpoints.core.errors import InputError

#: Column that counts rows whose weight can't be used.
BAD_WEIGHTS: Final = "bad_weights"
WEIGHT_ALLOWED: Final = "numbers of 0 or more, not all 0 in a group"


def weight_and_use(column: str) -> tuple[nw.Expr, nw.Expr]:
    """Return a column of weights as floats, and whether each is a finite number of 0 or more."""
    weight = nw.col(column).cast(nw.Float64)
    finite, above = weight.is_finite(), weight >= 0
    return weight, finite.fill_null(value=False) & above.fill_null(value=False)


def refuse_bad_weights(sums: nw.DataFrame[Any], column: str | None) -> None:
    """Raise an `InputError` if a table of sums counts weights that can't be used."""
    if sum(sums.get_column(BAD_WEIGHTS).to_list()):
        raise InputError(
            f"column {column!r}: a weight that is missing, negative or infinite",
            WEIGHT_ALLOWED,
            "correct the weights or drop the rows",
        )
