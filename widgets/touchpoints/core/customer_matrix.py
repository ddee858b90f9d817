"""One row a customer, one column a touchpoint: what a model of all touchpoints together needs.

A model can't be fitted on counts of single touchpoints, so here one number a customer and
touchpoint leaves the frame's engine. Checks still run on the engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from touchpoints.core.contacts import (
    CUSTOMER,
    GRADE,
    TOUCHPOINT,
    grade_as_float,
    require_grades,
    require_groups,
    require_numbers,
    require_unique_contacts,
)
from touchpoints.core.errors import InputError, echo
from touchpoints.core.fan_counts import fan_as_number, frame_with_fan
from touchpoints.core.fan_rule import FAN, FanRule
from touchpoints.core.frames import IntoFrame, require_columns, to_lazy

if TYPE_CHECKING:
    import numpy.typing as npt

    from touchpoints.core.numbers import FloatArray


@dataclass(frozen=True)
class CustomerMatrix:
    """Customers with a known outcome, sorted by their key.

    Attributes:
        touchpoints: Keys in alphabetical order.
        grades: Customers by touchpoints; NaN where there was no contact.
        outcome: One number a customer; 0 or 1 for fans.
        weights: One weight a customer; 1 without weights.
        unknown: Customers left out because their outcome is not known.
    """

    touchpoints: tuple[str, ...]
    grades: FloatArray
    outcome: FloatArray
    weights: FloatArray
    unknown: int

    @property
    def contact(self) -> npt.NDArray[np.bool_]:
        """Where there is a grade."""
        return ~np.isnan(self.grades)


def customer_matrix(
    frame: IntoFrame, *, outcome: str, rule: FanRule | None, weights: str | None
) -> CustomerMatrix:
    """Turn contacts into one row a customer.

    Args:
        frame: One row a customer and touchpoint with `grade` (nothing for no contact). A customer
            without a row at a touchpoint had no contact there.
        outcome: Column with one value a customer: `fan`, or any number.
        rule: A rule that makes `fan`; only with that outcome.
        weights: Column of weights, 0 or more, one a customer, or None.

    Returns:
        The matrix.

    Raises:
        InputError: If a column is missing, a value is not allowed, a customer has two outcomes or
            weights, or all known outcomes are the same.
    """
    if outcome == FAN:
        lazy = frame_with_fan(frame, rule, [CUSTOMER, TOUCHPOINT, GRADE])
        value = fan_as_number(lazy)
    else:
        lazy = to_lazy(frame)
        require_columns(lazy, [CUSTOMER, TOUCHPOINT, GRADE, outcome])
        require_numbers(lazy, outcome, "numbers")
        number = nw.col(outcome).cast(nw.Float64)
        value = nw.when(number.is_finite()).then(number)
    if weights is not None:
        require_columns(lazy, [weights])
        require_numbers(lazy, weights, "numbers of 0 or more")
    require_unique_contacts(lazy)
    weight = nw.lit(1.0) if weights is None else nw.col(weights).cast(nw.Float64)
    rows = grade_as_float(lazy).select(CUSTOMER, TOUCHPOINT, GRADE, _y=value, _w=weight).collect()
    require_groups(rows.select(CUSTOMER), ())
    require_grades(rows.select(GRADE).unique())
    return _matrix(rows, outcome, weights)


def _matrix(rows: nw.DataFrame[Any], outcome: str, weights: str | None) -> CustomerMatrix:
    """Spread the rows; the first row of a customer tells outcome and weight, the others agree."""
    keys, customer = np.unique(rows.get_column(CUSTOMER).to_numpy(), return_inverse=True)
    names = np.asarray([str(name) for name in rows.get_column(TOUCHPOINT).to_list()])
    touchpoints, place = np.unique(names, return_inverse=True)
    y, w, grade = (
        np.asarray(rows.get_column(c).fill_null(float("nan")).to_numpy(), dtype=np.float64)
        for c in ("_y", "_w", GRADE)
    )
    single_y = _one_a_customer(y, customer, outcome)
    single_w = _one_a_customer(w, customer, weights or "weights")
    grades = np.full((len(keys), len(touchpoints)), np.nan)
    grades[customer, place] = grade
    known = ~np.isnan(single_y)
    if not known.any():
        raise InputError(
            f"no known value in column {outcome!r}", "numbers in some rows", "check the join"
        )
    used = single_w[known]
    if not (np.isfinite(used) & (used >= 0)).all() or used.sum() == 0:
        raise InputError(
            f"column {weights!r}: a weight that is missing, negative or infinite, or only zeros",
            "numbers of 0 or more, not all 0",
            "correct the weights or drop the rows",
        )
    known &= np.nan_to_num(single_w) > 0
    if np.ptp(single_y[known]) == 0:
        raise InputError(
            f"the same value of column {outcome!r} for all customers with a known one",
            "an outcome that differs between customers",
            "choose another outcome or more customers",
        )
    return CustomerMatrix(
        tuple(str(name) for name in touchpoints),
        grades[known],
        single_y[known],
        single_w[known],
        int(np.isnan(single_y).sum()),
    )


def _one_a_customer(values: FloatArray, customer: Any, name: str) -> FloatArray:  # noqa: ANN401
    """Return each customer's value, or raise an `InputError` where a customer has two."""
    single = np.full(customer.max() + 1, np.nan)
    single[customer] = values
    again = single[customer]
    if not ((again == values) | (np.isnan(again) & np.isnan(values))).all():
        raise InputError(
            f"column {echo(name)} with two values for one customer",
            "one value a customer",
            "join it from a table with one row a customer",
        )
    return single
