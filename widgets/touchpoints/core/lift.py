"""The lift: how far the fan rate of a grade lies above that of customers without contact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from touchpoints.core.against_no_contact import (
    Differences,
    counted_contacts,
    differences,
    worth,
)
from touchpoints.core.contacts import CUSTOMER, GRADE, TOUCHPOINT, as_columns
from touchpoints.core.given_counts import read_counts
from touchpoints.core.intervals import z_value
from touchpoints.core.result import Result
from touchpoints.core.tables import attach, shares_pct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchpoints.core.fan_rule import FanRule
    from touchpoints.core.frames import IntoFrame


@dataclass(frozen=True)
class Lifts(Result):
    """Lifts over no contact, by group and grade.

    A lift is an association: people who grade a contact 1 may have been fans before.

    Attributes:
        table: One row a group and grade: the columns of `by`, `grade`, `n`, `fans`, `fan_rate_pct`,
            `effective_n` (independent rows that would tell as much), `no_contact_n`,
            `no_contact_fans`, `no_contact_rate_pct`, `no_contact_effective_n`, `share_pct` (of the
            grade among the group's graded contacts), `lift_points` (percentage points, with
            `low_points` and `high_points`), `small_cell` (true if the grade or no contact has fewer
            than 30 rows or customers).
        by: The columns grouped by.
        confidence: Of the intervals.
        weights: Column of weights, or None.
        cluster: Column of clusters the intervals allow for, or None where rows are independent.
    """

    table: Any
    by: tuple[str, ...]
    confidence: float
    weights: str | None = None
    cluster: str | None = None

    @property
    def text(self) -> str:
        """Say for each grade where it lies above or below no contact."""
        rows = nw.from_native(self.table, eager_only=True).rows(named=True)
        grades = sorted({row[GRADE] for row in rows})
        said = [self._grade([row for row in rows if row[GRADE] == grade]) for grade in grades]
        small = sum(row["small_cell"] for row in rows)
        note = f" {small} of {len(rows)} cells are small." if small else ""
        return (
            f"Against no contact: {'; '.join(said)}.{note}{worth(rows)} "
            "These are associations, not effects of the contact."
        )

    def _grade(self, rows: list[dict[str, Any]]) -> str:
        """Describe the rows of one grade: the lift itself, or how many lie above and below."""
        name = f"grade {rows[0][GRADE]:g}"
        if len(rows) == 1:
            row = rows[0]
            return (
                f"{name} {row['lift_points']:+.1f} points ({100 * self.confidence:g} % interval "
                f"{row['low_points']:+.1f} to {row['high_points']:+.1f}, n = {row['n']:,})"
            )
        above = sum(row["low_points"] > 0 for row in rows)
        below = sum(row["high_points"] < 0 for row in rows)
        return f"{name} clearly above in {above} and below in {below} of {len(rows)} groups"


def lift_over_no_contact(  # noqa: PLR0913  (all but the frame are options)
    frame: IntoFrame,
    *,
    by: str | Sequence[str] | None = TOUCHPOINT,
    weights: str | None = None,
    cluster: str = CUSTOMER,
    rule: FanRule | None = None,
    confidence: float = 0.95,
) -> Lifts:
    """Estimate for each grade the fan rate minus the fan rate without contact.

    Within one touchpoint a customer stands in one row: the interval is Newcombe's hybrid score
    interval. Pooled over touchpoints (`by` without `touchpoint`) the same customer stands in many
    rows, on both sides of the difference: the interval is then taken at effective sample sizes that
    are robust to clusters, with the correlation of the two rates.

    Args:
        frame: Any frame that narwhals supports, eager or lazy, one row a customer and touchpoint,
            with `customer_id`, `touchpoint`, `grade` (1 best to 6, nothing for no contact within 12
            months) and `fan` (true, false, or nothing where not known).
        by: Column or columns to group by; None pools everything.
        weights: Column of weights, 0 or more, or None.
        cluster: Column that names what is sampled as one; by default the customer.
        rule: A rule that makes the fan status from the frame's columns.
        confidence: Of the intervals, between 0 and 1.

    Returns:
        The lifts as a frozen result, sorted by group and grade.

    Raises:
        InputError: If a column is missing, a value is not allowed, a contact stands twice, or a
            group has no graded contact or nobody without contact.

    Example:
        >>> import pandas as pd
        >>> contacts = pd.DataFrame({
        ...     "customer_id": range(150),
        ...     "touchpoint": "live_chat",
        ...     "grade": [1] * 40 + [2] * 50 + [None] * 60,
        ...     "fan": [True] * 30 + [False] * 10 + [True] * 10 + [False] * 40
        ...            + [True] * 18 + [False] * 42,
        ... })
        >>> lifts = lift_over_no_contact(contacts)
        >>> lifts.table[["grade", "lift_points", "low_points", "high_points"]].round(1)
           grade  lift_points  low_points  high_points
        0    1.0         45.0        25.3         59.8
        1    2.0        -10.0       -25.3          6.5
    """
    z_value(confidence)
    groups = as_columns(by)
    counts, clusters = counted_contacts(frame, groups, weights, cluster, rule)
    table = lift_table(counts, groups, confidence)
    return Lifts(table, groups, confidence, weights, clusters)


def lift_from_counts(
    frame: IntoFrame,
    *,
    by: str | Sequence[str] | None = TOUCHPOINT,
    n: str = "n",
    fans: str = "fans",
    confidence: float = 0.95,
) -> Lifts:
    """Give the lifts for a ready-made table of counts.

    Counts can't tell which rows are of the same customer: each group should be one touchpoint, not
    several pooled.

    Args:
        frame: One row a group and `grade`, where a missing grade is no contact.
        by: Column or columns that name the group besides the grade; None for a single group.
        n: Column with the number of answers.
        fans: Column with the number of fans among them.
        confidence: Of the intervals.

    Returns:
        As `lift_over_no_contact`.

    Raises:
        InputError: If a column is missing, a count is not allowed, or a group stands twice.

    Example:
        >>> import pandas as pd
        >>> counts = pd.DataFrame({"grade": [1, None], "n": [70, 80], "fans": [56, 48]})
        >>> lift_from_counts(counts, by=None).table["lift_points"].round(1).tolist()
        [20.0]
    """
    z_value(confidence)
    groups = as_columns(by)
    counts = read_counts(frame, (*groups, GRADE), n, fans)
    return Lifts(lift_table(counts, groups, confidence), groups, confidence)


def lift_table(counts: nw.DataFrame[Any], by: Sequence[str], confidence: float) -> Any:  # noqa: ANN401
    """Put lifts and intervals beside the keys; a native frame."""
    result = differences(counts, by)
    columns = lift_columns(result, confidence)
    return attach(result.cells.select(*by, GRADE), columns).to_native()


def lift_columns(result: Differences, confidence: float) -> dict[str, Any]:
    """The columns of a table of lifts besides its keys."""
    return {
        **result.counts_and_rates(),
        "share_pct": shares_pct(result.graded.size, result.keys),
        "lift_points": result.points,
        **result.bounds(confidence),
        "small_cell": result.small,
    }
