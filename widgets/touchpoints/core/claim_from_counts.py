"""The claim test on a ready-made table of counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from touchpoints.core.claim import OnlyBestCounts, judge, require_options
from touchpoints.core.contacts import GRADE, TOUCHPOINT, as_columns
from touchpoints.core.given_counts import read_counts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchpoints.core.frames import IntoFrame


def only_best_counts_from_counts(  # noqa: PLR0913  (all but the frame are options)
    frame: IntoFrame,
    *,
    by: str | Sequence[str] | None = TOUCHPOINT,
    n: str = "n",
    fans: str = "fans",
    margin_points: float = 2.0,
    alpha: float = 0.05,
    negative_control: str | None = None,
) -> OnlyBestCounts:
    """Test the claim that only contacts graded 1 lift the fan rate, on counts.

    Counts can't tell which rows are of the same customer: each group should be one touchpoint.

    Args:
        frame: As `lift_from_counts` takes it.
        by: Column or columns that name the group besides the grade; None for a single group.
        n: Column with the number of answers.
        fans: Column with the number of fans among them.
        margin_points: As `only_best_counts`.
        alpha: As `only_best_counts`.
        negative_control: As `only_best_counts`.

    Returns:
        As `only_best_counts`.

    Raises:
        InputError: As `lift_from_counts`; or if an option is out of its range.

    Example:
        >>> import pandas as pd
        >>> counts = pd.DataFrame({
        ...     "grade": [1, 2, 3, None], "n": [100] * 4, "fans": [80, 20, 10, 40],
        ... })
        >>> result = only_best_counts_from_counts(counts, by=None)
        >>> result.table[["pattern", "verdict"]].values.tolist()
        [['consistent', 'not identifiable']]
    """
    groups = as_columns(by)
    require_options(margin_points, alpha, negative_control, groups)
    counts = read_counts(frame, (*groups, GRADE), n, fans)
    asked = {"margin_points": margin_points, "alpha": alpha}
    table, parts = judge(counts, None, groups, asked, negative_control)
    return OnlyBestCounts(table, parts, groups, margin_points, alpha, negative_control)
