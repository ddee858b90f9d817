"""Tables of counts that came ready-made: a published survey, or numbers a reader typed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from touchpoints.core.contacts import GRADE, grade_as_float, group_label
from touchpoints.core.errors import InputError
from touchpoints.core.fan_counts import checked_counts
from touchpoints.core.frames import (
    IntoFrame,
    require_columns,
    require_rows,
    require_whole_numbers,
    to_eager,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST = 10**15  # counts above are exact neither as floats nor as an answer


def added_up(counts: nw.DataFrame[Any], keys: Sequence[str]) -> nw.DataFrame[Any]:
    """Add the counts of a checked table up by fewer keys, sorted, no contact last."""
    sums = counts.group_by(*keys).agg(nw.col(c).sum() for c in ("n", "fans", "unknown"))
    return sums.sort(*keys, nulls_last=True)


def read_counts(
    frame: IntoFrame, keys: Sequence[str], n: str = "n", fans: str = "fans"
) -> nw.DataFrame[Any]:
    """Check a table of counts and give its columns their names.

    Args:
        frame: One row a group.
        keys: Columns that name the group; `grade` may be one of them.
        n: Column with the number of answers.
        fans: Column with the number of fans among them.

    Returns:
        The keys, `n`, `fans` and `unknown`, sorted, no contact last.

    Raises:
        InputError: If a column is missing, a count is not allowed, or a group stands twice.
    """
    data = to_eager(frame)
    require_columns(data, (*keys, n, fans))
    require_rows(data, "table of counts")
    require_whole_numbers(data, n, 1, _MOST)
    require_whole_numbers(data, fans, 0, _MOST)
    counts = data.select(*keys, nw.col(n).alias("n"), nw.col(fans).alias("fans"), unknown=nw.lit(0))
    if GRADE in keys:
        counts = grade_as_float(counts.lazy()).collect()
    too_many = counts.filter(nw.col("fans") > nw.col("n"))
    if len(too_many):
        row = too_many.select("fans", "n").row(0)
        raise InputError(
            f"{row[0]} fans among {row[1]} answers", "at most as many as answers", "correct the row"
        )
    if not keys and len(counts) > 1:
        raise InputError(f"{len(counts)} rows", "one row without a grouping", "pass by=")
    if keys:
        twice = counts.group_by(*keys).agg(nw.len().alias("rows")).filter(nw.col("rows") > 1)
        if len(twice):
            raise InputError(
                f"the group {group_label(keys, twice.select(*keys).row(0))} more than once",
                "one row a group",
                "add the rows up if they count different people, or name what parts them in by=",
            )
    return checked_counts(counts, keys)
