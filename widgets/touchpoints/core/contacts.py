"""Contacts as a long frame: one row a customer and touchpoint, with a grade or no contact.

Frames may be large and lazy. Checks therefore run on the frame's own engine or, better, on the
small table of counts that an estimate needs anyway.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final, cast

import narwhals as nw

from touchpoints.core.errors import InputError, echo, listing
from touchpoints.core.vocabulary import GRADES

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Columns of a frame of contacts.
CUSTOMER: Final = "customer_id"
TOUCHPOINT: Final = "touchpoint"
GRADE: Final = "grade"

#: Cells with fewer answers (or customers, where these are counted) are flagged as small.
SMALL_CELL: Final = 30

#: How a missing grade reads.
NO_CONTACT: Final = "no contact"

#: Columns that results and the counts behind them carry: a grouping of that name would be lost.
_TAKEN: Final = frozenset(
    """n fans unknown rows k s ss sk kk units _cluster k_0 s_0 cross_ss cross_sk cross_ks cross_kk
    bad_weights no_cluster fan_rate_pct low_pct high_pct effective_n clusters small_cell share_pct
    no_contact_n no_contact_fans no_contact_rate_pct lift_points low_points high_points
    contribution_points net_effect_points promoters passives detractors nps standard_error low high
    adjusted_low adjusted_high touchpoints customers mean_grade sd group_mean_grade gap_grades
    gap_low gap_high hidden worst_touchpoint p_value p_holm p_bh pattern
    verdict p_pattern reason part beyond_control grades p_for p_against effective_n
    no_contact_effective_n least_effective_n model parameters log_likelihood aic aic_excess lr
    lr_df log_loss log_loss_excess excess_error fitted_pct standard_error_points
    bootstrap_low_points bootstrap_high_points empty_draws strata support_pct field bonded
    content _bonded _content _known method methods note interval raw_points overlap_pct
    largest_weight e_value e_value_limit lowest_points highest_points reading""".split()  # noqa: SIM905  (many lines otherwise)
)

_GRADES_ALLOWED = f"a whole number from {GRADES[0]} to {GRADES[-1]}, or nothing for no contact"


def as_columns(by: str | Sequence[str] | None) -> tuple[str, ...]:
    """Turn a grouping into a tuple of column names.

    Raises:
        InputError: If a column is named twice, is no name, or has the name of a result's column.

    Example:
        >>> as_columns("touchpoint"), as_columns(None)
        (('touchpoint',), ())
    """
    if by is None:
        return ()
    columns: tuple[object, ...] = (by,)
    if not isinstance(by, str) and isinstance(by, Iterable):
        columns = tuple(by)
    for column in columns:
        if not isinstance(column, str):
            raise InputError(
                f"grouping {echo(by)}", "a column or several columns", "pass their names as text"
            )
        if column in _TAKEN:
            raise InputError(
                f"grouping {column!r}, a name that the result uses itself",
                "any other name",
                "rename the column",
            )
    if len(set(columns)) < len(columns):
        raise InputError(f"grouping {listing(columns)}", "each column once", "drop the second")
    return cast("tuple[str, ...]", columns)


def grade_as_float(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Make grades floats with null for no contact (engines differ in what NaN means).

    Raises:
        InputError: If the column is not numeric.
    """
    require_numbers(frame, GRADE, _GRADES_ALLOWED)
    return frame.with_columns(nw.col(GRADE).cast(nw.Float64).fill_nan(None))


def require_numbers(frame: nw.LazyFrame[Any], column: str, allowed: str) -> None:
    """Raise an `InputError` unless the column's type is numeric; the data are not read."""
    dtype = frame.collect_schema()[column]
    if not dtype.is_numeric():
        raise InputError(
            f"column {column!r} of type {dtype}", allowed, "convert the column to numbers"
        )


def require_grades(counts: nw.DataFrame[Any]) -> None:
    """Raise an `InputError` for a grade outside 1 to 6 among the groups of a table of counts."""
    for grade in counts.get_column(GRADE).to_list():
        if not is_missing(grade) and grade not in GRADES:
            raise InputError(
                f"column {GRADE!r}: {grade:g}", _GRADES_ALLOWED, "correct or empty these cells"
            )


def require_groups(counts: nw.DataFrame[Any], by: Iterable[str]) -> None:
    """Raise an `InputError` if there is no group, or one whose key is missing."""
    if len(counts) == 0:
        raise InputError("no row in the frame", "one row or more", "check the file or the filter")
    for column in by:
        if column != GRADE and any(is_missing(v) for v in counts.get_column(column).to_list()):
            raise InputError(
                f"column {column!r}: nothing in some rows",
                "a value in each row of a column to group by",
                "fill the cells (for example with 'unknown') or drop the rows",
            )


def require_unique_contacts(frame: nw.LazyFrame[Any]) -> None:
    """Raise an `InputError` unless each customer has at most one row a touchpoint.

    Costs one group-by on the frame's own engine.
    """
    pairs = frame.group_by(CUSTOMER, TOUCHPOINT).agg(nw.len().alias("rows"))
    missing = nw.col(CUSTOMER).is_null() | nw.col(TOUCHPOINT).is_null()
    bad = pairs.filter((nw.col("rows") > 1) | missing).head(1).collect()
    if len(bad) == 0:
        return
    customer, touchpoint, rows = bad.select(CUSTOMER, TOUCHPOINT, "rows").row(0)
    if is_missing(customer) or is_missing(touchpoint):
        column = CUSTOMER if is_missing(customer) else TOUCHPOINT
        raise InputError(
            f"column {column!r}: nothing in some rows",
            "a customer and a touchpoint in each row",
            "fill the cells or drop the rows",
        )
    raise InputError(
        f"{int(rows)} rows of customer {echo(customer)} at touchpoint {echo(touchpoint)}",
        "one row a customer and touchpoint",
        "keep one of them, for example the latest contact",
    )


def is_missing(value: object) -> bool:
    """Tell null, NaN and pandas' NA from a value.

    Example:
        >>> is_missing(None), is_missing(float("nan")), is_missing("")
        (True, True, False)
    """
    if value is None:
        return True
    try:
        return bool(value != value)
    except TypeError:  # pandas' NA is neither true nor false
        return True


def group_label(by: Sequence[str], values: Sequence[object]) -> str:
    """Name a group for a message or a sentence.

    Example:
        >>> group_label(["touchpoint", "grade"], ["live_chat", 2.0])
        'live_chat, grade 2'
        >>> group_label(["grade"], [None])
        'no contact'
    """
    parts = []
    for column, value in zip(by, values, strict=True):
        if column == GRADE:
            parts.append(NO_CONTACT if is_missing(value) else f"grade {value:g}")
        else:
            parts.append(str(value))
    return ", ".join(parts) or "all rows"
