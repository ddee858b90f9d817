"""Grade contrasts: the lifts with p-values, adjusted for how many grades and touchpoints are read.

The contrast of grade g is Δg = P(fan | grade g) - P(fan | no contact), the lift. Six grades at
twenty touchpoints are 120 questions: at a level of 5 % six false alarms are to be expected.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from touchpoints.core.against_no_contact import counted_contacts, differences, worth
from touchpoints.core.contacts import CUSTOMER, GRADE, TOUCHPOINT, as_columns
from touchpoints.core.given_counts import read_counts
from touchpoints.core.intervals import z_value
from touchpoints.core.inversion import two_sided, z_against
from touchpoints.core.lift import lift_columns
from touchpoints.core.multiplicity import benjamini_hochberg, holm, within
from touchpoints.core.result import Result
from touchpoints.core.tables import attach

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchpoints.core.fan_rule import FanRule
    from touchpoints.core.frames import IntoFrame


@dataclass(frozen=True)
class GradeContrasts(Result):
    """Contrasts of each grade against no contact, with adjusted p-values.

    A contrast is an association: people who grade a contact 1 may have been fans before.

    Attributes:
        table: The columns of `Lifts.table` and `p_value` (two-sided, agrees with the interval: it
            is below 1 - confidence exactly where the interval excludes 0), `p_holm` (adjusted
            within the group over its grades), `p_bh` (Benjamini and Hochberg, adjusted for each
            grade across the groups).
        by: The columns grouped by.
        confidence: Of the intervals, which are not adjusted; 1 - confidence is the level at which
            the text and the chart read the p-values.
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
        """Say how many contrasts differ from 0, before and after the adjustments."""
        rows = nw.from_native(self.table, eager_only=True).rows(named=True)
        level = 1 - self.confidence
        found = [sum(row[c] <= level for row in rows) for c in ("p_value", "p_holm", "p_bh")]
        return (
            f"Of {len(rows)} contrasts with no contact, {found[0]} differ from 0 at a level of "
            f"{100 * level:g} % when each is read by itself, {found[1]} after Holm within each "
            f"group and {found[2]} after Benjamini and Hochberg across groups.{worth(rows)} "
            "These are associations, not effects of the contact."
        )


def grade_contrasts(  # noqa: PLR0913  (all but the frame are options)
    frame: IntoFrame,
    *,
    by: str | Sequence[str] | None = TOUCHPOINT,
    weights: str | None = None,
    cluster: str = CUSTOMER,
    rule: FanRule | None = None,
    confidence: float = 0.95,
) -> GradeContrasts:
    """Test the contrast of each grade with no contact, adjusted for the number of tests.

    Estimates and intervals are those of `lift_over_no_contact`, with its weights and clusters; what
    all grades come to is `net_contact_effect`. The p-value is the smallest α at which the interval
    of confidence 1 - α excludes 0.

    Args:
        frame: As `lift_over_no_contact` takes it.
        by: Column or columns to group by; None pools everything.
        weights: Column of weights, 0 or more, or None.
        cluster: Column that names what is sampled as one; by default the customer.
        rule: A rule that makes the fan status from the frame's columns.
        confidence: Of the intervals, between 0 and 1.

    Returns:
        The contrasts as a frozen result, sorted by group and grade.

    Raises:
        InputError: As `lift_over_no_contact`.

    References:
        Holm (1979) within a group; Benjamini & Hochberg (1995) across groups (`multiplicity`).

    Example:
        >>> import pandas as pd
        >>> contacts = pd.DataFrame({
        ...     "customer_id": range(150),
        ...     "touchpoint": "live_chat",
        ...     "grade": [1] * 40 + [2] * 50 + [None] * 60,
        ...     "fan": [True] * 30 + [False] * 10 + [True] * 10 + [False] * 40
        ...            + [True] * 18 + [False] * 42,
        ... })
        >>> contrasts = grade_contrasts(contacts)
        >>> contrasts.table[["grade", "lift_points", "p_value", "p_holm"]].round(4)
           grade  lift_points  p_value  p_holm
        0    1.0         45.0   0.0000  0.0000
        1    2.0        -10.0   0.2315  0.2315
    """
    z_value(confidence)
    groups = as_columns(by)
    counts, clusters = counted_contacts(frame, groups, weights, cluster, rule)
    table = _table(counts, groups, confidence)
    return GradeContrasts(table, groups, confidence, weights, clusters)


def grade_contrasts_from_counts(
    frame: IntoFrame,
    *,
    by: str | Sequence[str] | None = TOUCHPOINT,
    n: str = "n",
    fans: str = "fans",
    confidence: float = 0.95,
) -> GradeContrasts:
    """Test the contrasts of a ready-made table of counts.

    Args:
        frame: As `lift_from_counts` takes it.
        by: Column or columns that name the group besides the grade; None for a single group.
        n: Column with the number of answers.
        fans: Column with the number of fans among them.
        confidence: Of the intervals.

    Returns:
        As `grade_contrasts`.

    Raises:
        InputError: As `lift_from_counts`.

    Example:
        >>> import pandas as pd
        >>> counts = pd.DataFrame({
        ...     "grade": [1, 2, None], "n": [40, 50, 60], "fans": [30, 10, 18],
        ... })
        >>> grade_contrasts_from_counts(counts, by=None).table["p_holm"].round(4).tolist()
        [0.0, 0.2315]
    """
    z_value(confidence)
    groups = as_columns(by)
    counts = read_counts(frame, (*groups, GRADE), n, fans)
    return GradeContrasts(_table(counts, groups, confidence), groups, confidence)


def _table(counts: nw.DataFrame[Any], by: Sequence[str], confidence: float) -> Any:  # noqa: ANN401
    """Put lifts, intervals and p-values beside the keys; a native frame."""
    result = differences(counts, by)
    p = two_sided(z_against(result.points_at, result.points, 0.0))
    grades = result.cells.get_column(GRADE).to_list()
    columns = lift_columns(result, confidence) | {
        "p_value": p,
        "p_holm": within(holm, p, result.keys),
        "p_bh": within(benjamini_hochberg, p, grades),
    }
    return attach(result.cells.select(*by, GRADE), columns).to_native()
