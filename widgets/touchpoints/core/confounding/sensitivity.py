"""Contact or mood? The lifts under several assumptions on what else makes fans, side by side.

A raw lift mixes what the contact did with who had it and in which mood. No single method takes
mood out for certain; each rests on an assumption that the data can't show to be right:

    covariates standardised        all common causes are among the covariates
    weighted by propensity         the same, with a model of who has contact
    other grades held constant     the other grades show all mood, and only mood (`mood`)
    earlier bonding held constant  given last year's bonding, who has contact is chance
    change since the earlier wave  without contact, groups would have changed alike
    minus the negative control     mood adds the same points at the control as here
    all held constant              covariates, earlier bonding and other grades are enough together

Earlier bonding held constant and the change rest on different assumptions. If either is right, the
two bracket the effect under conditions that Ding and Li give; neither has to be. So the result is a
range of estimates under named assumptions. It is no interval: the effect may lie outside all of
them.

References:
    Ding, P. & Li, F. (2019). A bracketing relationship between difference-in-differences and
    lagged-dependent-variable adjustment. Political Analysis 27, 605-615.
    Lipsitch, M., Tchetgen Tchetgen, E. & Cohen, T. (2010). Negative controls: a tool for detecting
    confounding and bias in observational studies. Epidemiology 21, 383-388.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw

from touchpoints.core.against_no_contact import contact_frame, count_contacts, differences
from touchpoints.core.confounding.methods import METHODS, Design, rows_by_method
from touchpoints.core.confounding.options import (
    columns_of,
    require_apart,
    require_control,
)
from touchpoints.core.confounding.ranges import READINGS, range_of
from touchpoints.core.contacts import CUSTOMER, GRADE, TOUCHPOINT, as_columns
from touchpoints.core.frames import require_columns
from touchpoints.core.intervals import z_value
from touchpoints.core.result import Result
from touchpoints.core.tables import from_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchpoints.core.confounding.methods import Row
    from touchpoints.core.fan_rule import FanRule
    from touchpoints.core.frames import IntoFrame

_NUMBERS: Final = (
    "fan_rate_pct",
    "no_contact_rate_pct",
    "lift_points",
    "low_points",
    "high_points",
    "raw_points",
    "lowest_points",
    "highest_points",
    "overlap_pct",
    "effective_n",
    "largest_weight",
    "e_value",
    "e_value_limit",
)
_COLUMNS: Final = (
    GRADE,
    "method",
    "n",
    "no_contact_n",
    "fan_rate_pct",
    "no_contact_rate_pct",
    "lift_points",
    "low_points",
    "high_points",
    "raw_points",
    "overlap_pct",
    "effective_n",
    "largest_weight",
    "e_value",
    "e_value_limit",
    "interval",
    "note",
)
_RANGE_COLUMNS: Final = (
    GRADE,
    "methods",
    "lowest_points",
    "highest_points",
    "low_points",
    "high_points",
    "reading",
)
_TEXTS: Final = ("interval", "note")


@dataclass(frozen=True)
class ConfoundingSensitivity(Result):
    """Lifts of each grade by several methods: a range of assumptions.

    Attributes:
        table: One row a group, grade and method: the columns of `by`, `grade`, `method`, `n` and
            `no_contact_n` (rows used), `fan_rate_pct` and `no_contact_rate_pct` (made comparable),
            `lift_points` with `low_points` and `high_points`, `raw_points` (the raw lift in the
            rows used, missing for a change), `overlap_pct` (of the grade's rows, those with
            somebody to be compared with), `effective_n` (Kish's, of those without contact, after
            weighting; customers where they are the clusters), `largest_weight` (of a row without
            contact, where the mean is 1), `e_value` and `e_value_limit` (missing where there is no
            ratio), `interval` ("score, linearised": Newcombe's at effective sizes; "linearised":
            estimate and quantile times standard error), `note` (why something is missing).
        ranges: One row a group and grade: the columns of `by`, `grade`, `methods` (with an
            interval), `lowest_points` and `highest_points` (of their estimates), `low_points` and
            `high_points` (of their intervals), `reading`: above or below no contact by every
            method, or nothing can be concluded, also where fewer than two methods apply.
        by: The columns grouped by.
        confidence: Of the intervals.
        covariates: What was standardised over.
        negative_control: Touchpoint taken as control, or None.
        weights: Column of weights, or None.
        cluster: Column of clusters, or None where rows are independent (the row "minus the negative
            control" always goes by clusters).
    """

    table: Any
    ranges: Any
    by: tuple[str, ...]
    confidence: float
    covariates: tuple[str, ...]
    negative_control: str | None
    weights: str | None
    cluster: str | None

    @property
    def text(self) -> str:
        """Say the range of each grade, or how often each reading was reached."""
        rows = nw.from_native(self.ranges, eager_only=True).rows(named=True)
        grades = sorted({row[GRADE] for row in rows})
        said = [self._grade([row for row in rows if row[GRADE] == grade]) for grade in grades]
        return (
            f"Against no contact: {'; '.join(said)}. The range is one of assumptions, each of "
            "which may be wrong: the effect of the contact may lie outside it. These are "
            "associations."
        )

    def _grade(self, rows: list[dict[str, Any]]) -> str:
        name = f"grade {rows[0][GRADE]:g}"
        if len(rows) == 1:
            row = rows[0]
            return (
                f"{name} from {row['lowest_points']:+.1f} to {row['highest_points']:+.1f} points "
                f"by {row['methods']} methods, {row['reading']}"
            )
        counts = [sum(row["reading"] == reading for row in rows) for reading in READINGS]
        return (
            f"{name} in {len(rows)} groups above by every method in {counts[0]}, "
            f"below in {counts[1]}, nothing to be concluded in {counts[2]}"
        )


def sensitivity_to_confounding(  # noqa: PLR0913  (all but the frame are options)
    frame: IntoFrame,
    *,
    by: str | Sequence[str] | None = TOUCHPOINT,
    covariates: str | Sequence[str] = (),
    earlier: str | None = None,
    earlier_fan: str | None = None,
    negative_control: str | None = None,
    weights: str | None = None,
    cluster: str = CUSTOMER,
    rule: FanRule | None = None,
    confidence: float = 0.95,
) -> ConfoundingSensitivity:
    """Estimate the lifts over no contact by several methods, side by side.

    All methods estimate, under their assumptions, the effect on those who gave the grade. The head
    of this module names the assumptions, `standardisation`, `propensity` and `mood` the formulas.
    Intervals are linearised; pooled over touchpoints they go by cluster.

    Only counts by stratum leave the frame's engine; pooled over touchpoints and for the negative
    control, counts by stratum and customer.

    Args:
        frame: As `lift_over_no_contact` takes it, with the columns named here.
        by: Column or columns to group by; None pools everything.
        covariates: Columns of classes that may be common causes of contact and bonding, such as the
            age group; at most 50 classes each, none missing.
        earlier: Column with classes of bonding in an earlier wave, to hold constant; rows where it
            is missing are left out of the methods that use it.
        earlier_fan: Column with the fan status in an earlier wave (true, false or nothing), to take
            the change.
        negative_control: A touchpoint whose contacts can't make fans.
        weights: Column of survey weights, 0 or more, or None.
        cluster: Column that names what is sampled as one; by default the customer.
        rule: A rule that makes the fan status from the frame's columns.
        confidence: Of the intervals, between 0 and 1.

    Returns:
        The lifts as a frozen result, sorted by group, grade and method. The raw rows are those of
        `lift_over_no_contact`.

    Raises:
        InputError: As `lift_over_no_contact`; or if a column is missing, has too many classes or
            is named twice, or the control is not among the touchpoints.

    Example:
        >>> import pandas as pd
        >>> young, old = [True] * 6 + [False] * 14, [True] * 14 + [False] * 6
        >>> contacts = pd.DataFrame({
        ...     "customer_id": range(120),
        ...     "touchpoint": "live_chat",
        ...     "age": ["young"] * 60 + ["old"] * 60,
        ...     "grade": [1] * 20 + [None] * 40 + [1] * 40 + [None] * 20,
        ...     "fan": young * 3 + old * 3,
        ... })
        >>> result = sensitivity_to_confounding(contacts, covariates="age")
        >>> result.table[["method", "lift_points", "e_value"]].round(2)
                            method  lift_points  e_value
        0                      raw        13.33     1.94
        1  covariates standardised         0.00     1.00
        2   weighted by propensity         0.00     1.00
    """
    z = z_value(confidence)
    groups = as_columns(by)
    held = columns_of(covariates, "covariates")
    require_apart(groups, held, earlier, earlier_fan)
    lazy = contact_frame(frame, groups, weights, cluster, rule)
    named = [column for column in (earlier, earlier_fan) if column is not None]
    require_columns(lazy, [*held, *named])
    counts, clustered = count_contacts(lazy, groups, weights, cluster)
    differences(counts, groups)  # raises where a group lacks one side
    if negative_control is not None:
        require_control(lazy, negative_control, groups)
    options = (earlier, earlier_fan, negative_control, weights, cluster, clustered, z)
    found = list(rows_by_method(lazy, Design(groups, held, *options)))
    by_grade: dict[tuple[Any, ...], list[Row]] = {}
    for row in sorted(found, key=_place):
        by_grade.setdefault((*row["key"], row[GRADE]), []).append(row)
    flat = [row for rows in by_grade.values() for row in rows]
    ranges = [{"key": rows[0]["key"]} | range_of(rows) for rows in by_grade.values()]
    return ConfoundingSensitivity(
        _native(counts, groups, _COLUMNS, flat),
        _native(counts, groups, _RANGE_COLUMNS, ranges),
        groups,
        confidence,
        held,
        negative_control,
        weights,
        cluster if clustered else None,
    )


def _place(row: Row) -> tuple[Any, ...]:
    """Where a row stands in the result."""
    return (*row["key"], row[GRADE], METHODS.index(row["method"]))


def _native(
    like: nw.DataFrame[Any], by: Sequence[str], columns: Sequence[str], rows: list[Row]
) -> Any:  # noqa: ANN401
    """Make a native frame of the same engine; what a row lacks is missing."""
    cells = [(*row["key"], *(row.get(name) for name in columns)) for row in rows]
    frame = nw.from_native(from_rows(like, (*by, *columns), cells), eager_only=True)
    numbers = [nw.col(name).cast(nw.Float64) for name in columns if name in _NUMBERS]
    texts = [nw.col(name).cast(nw.String) for name in columns if name in _TEXTS]
    return frame.with_columns(*numbers, *texts).to_native()
