"""The net contact effect: what all grades together make of having contact.

Weigh the lift of each grade with its share of the graded contacts and add up:

    Σ share_g (p_g - p_0) = p_contact - p_0.

The sum is nothing but the fan rate of all graded contacts minus that without contact, so its
interval is that of a difference of two rates. It also follows that some grade must lie below no
contact when the net effect is near 0 and the best grade lies above, whatever causes what (C13).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from touchpoints.core.against_no_contact import contact_frame, count_contacts, differences
from touchpoints.core.contacts import CUSTOMER, GRADE, TOUCHPOINT, as_columns, group_label
from touchpoints.core.given_counts import added_up, read_counts
from touchpoints.core.intervals import z_value
from touchpoints.core.lift import lift_table
from touchpoints.core.result import Result
from touchpoints.core.tables import attach

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchpoints.core.fan_rule import FanRule
    from touchpoints.core.frames import IntoFrame


@dataclass(frozen=True)
class NetContactEffect(Result):
    """Net contact effects by group, and the lifts that make them up.

    "Effect" is the field's word; it is a difference between people with and without contact.

    Attributes:
        table: One row a group: the columns of `by`, `n` (graded contacts), `fans`, `fan_rate_pct`,
            `effective_n`, `no_contact_n`, `no_contact_fans`, `no_contact_rate_pct`,
            `no_contact_effective_n`, `net_effect_points`
            (percentage points, with `low_points` and `high_points`), `small_cell`.
        components: The table of lifts with a further column `contribution_points`, the share times
            the lift; within a group they add up to `net_effect_points`.
        by: The columns grouped by.
        confidence: Of the intervals.
        weights: Column of weights, or None.
        cluster: Column of clusters the intervals allow for, or None where rows are independent.
    """

    table: Any
    components: Any
    by: tuple[str, ...]
    confidence: float
    weights: str | None = None
    cluster: str | None = None

    @property
    def text(self) -> str:
        """Say the net effect, or where it is highest and lowest."""
        frame = nw.from_native(self.table, eager_only=True).sort("net_effect_points")
        rows = frame.rows(named=True)
        if len(rows) == 1:
            said = f"The net contact effect is {self._effect(rows[0])}."
        else:
            first, last = (
                group_label(self.by, [r[c] for c in self.by]) for r in (rows[0], rows[-1])
            )
            said = (
                f"The net contact effect runs from {self._effect(rows[0])} at {first} to "
                f"{self._effect(rows[-1])} at {last}."
            )
        return (
            said + " It is the sum of the grades' lifts times their shares, whatever causes them."
        )

    def _effect(self, row: dict[str, Any]) -> str:
        return (
            f"{row['net_effect_points']:+.1f} points ({100 * self.confidence:g} % interval "
            f"{row['low_points']:+.1f} to {row['high_points']:+.1f})"
        )


def net_contact_effect(  # noqa: PLR0913  (all but the frame are options)
    frame: IntoFrame,
    *,
    by: str | Sequence[str] | None = TOUCHPOINT,
    weights: str | None = None,
    cluster: str = CUSTOMER,
    rule: FanRule | None = None,
    confidence: float = 0.95,
) -> NetContactEffect:
    """Estimate the share-weighted sum of the lifts over all graded contacts.

    Args:
        frame: As `lift_over_no_contact` takes it.
        by: Column or columns to group by; None pools everything.
        weights: Column of weights, 0 or more, or None.
        cluster: Column that names what is sampled as one; by default the customer.
        rule: A rule that makes the fan status from the frame's columns.
        confidence: Of the intervals, between 0 and 1.

    Returns:
        The net effects and their components as a frozen result, sorted by group.

    Raises:
        InputError: As `lift_over_no_contact`.

    Example:
        >>> import pandas as pd
        >>> contacts = pd.DataFrame({
        ...     "customer_id": range(150),
        ...     "touchpoint": "live_chat",
        ...     "grade": [1] * 40 + [2] * 50 + [None] * 60,
        ...     "fan": [True] * 30 + [False] * 10 + [True] * 10 + [False] * 40
        ...            + [True] * 18 + [False] * 42,
        ... })
        >>> effect = net_contact_effect(contacts)
        >>> effect.components["contribution_points"].round(1).tolist()
        [20.0, -5.6]
        >>> round(effect.table["net_effect_points"][0], 1)
        np.float64(14.4)
    """
    z_value(confidence)
    groups = as_columns(by)
    lazy = contact_frame(frame, groups, weights, cluster, rule)
    counts, clustered = count_contacts(lazy, groups, weights, cluster)
    components = lift_table(counts, groups, confidence)
    merged, _ = count_contacts(lazy.with_columns(as_one_grade()), groups, weights, cluster)
    return NetContactEffect(
        net_table(merged, groups, confidence),
        _with_contributions(components),
        groups,
        confidence,
        weights,
        cluster if clustered else None,
    )


def net_contact_effect_from_counts(
    frame: IntoFrame,
    *,
    by: str | Sequence[str] | None = TOUCHPOINT,
    n: str = "n",
    fans: str = "fans",
    confidence: float = 0.95,
) -> NetContactEffect:
    """Give the net contact effect for a ready-made table of counts.

    Args:
        frame: As `lift_from_counts` takes it.
        by: Column or columns that name the group besides the grade; None for a single group.
        n: Column with the number of answers.
        fans: Column with the number of fans among them.
        confidence: Of the intervals.

    Returns:
        As `net_contact_effect`.

    Raises:
        InputError: As `lift_from_counts`.

    Example:
        >>> import pandas as pd
        >>> counts = pd.DataFrame({
        ...     "grade": [1, 2, None], "n": [40, 50, 60], "fans": [30, 10, 18],
        ... })
        >>> effect = net_contact_effect_from_counts(counts, by=None)
        >>> effect.table["net_effect_points"].round(1).tolist()
        [14.4]
    """
    z_value(confidence)
    groups = as_columns(by)
    counts = read_counts(frame, (*groups, GRADE), n, fans)
    merged = added_up(counts.with_columns(as_one_grade()), (*groups, GRADE))
    components = _with_contributions(lift_table(counts, groups, confidence))
    return NetContactEffect(net_table(merged, groups, confidence), components, groups, confidence)


def as_one_grade() -> nw.Expr:
    """Make all grades, checked before, one: "graded"; no contact stays no contact."""
    return nw.when(~nw.col(GRADE).is_null()).then(nw.lit(1.0)).alias(GRADE)


def _with_contributions(components: Any) -> Any:  # noqa: ANN401  (a native frame)
    share, lift = nw.col("share_pct"), nw.col("lift_points")
    frame = nw.from_native(components, eager_only=True)
    return frame.with_columns(contribution_points=share * lift / 100).to_native()


def net_table(counts: nw.DataFrame[Any], by: Sequence[str], confidence: float) -> Any:  # noqa: ANN401
    """Set all graded contacts of a group against no contact; a native frame.

    Args:
        counts: A checked table of counts with all grades as one, sorted.
        by: Columns that name the group.
        confidence: Of the intervals.

    Raises:
        InputError: If a group has no graded contact or nobody without contact.
    """
    result = differences(counts, by)
    columns = {
        **result.counts_and_rates(),
        "net_effect_points": result.points,
        **result.bounds(confidence),
        "small_cell": result.small,
    }
    return attach(result.cells.select(*by), columns).to_native()
