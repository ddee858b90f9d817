"""The lens: the same contacts seen by channel or department, and by touchpoint.

A company reports by channel because its departments own channels (C01, C02); a customer meets
touchpoints. The mean of a channel can be good while one of its touchpoints fails: many easy
contacts cover few bad ones. The lens sets each touchpoint's mean grade beside that of its channel.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from touchpoints.core.contacts import (
    CUSTOMER,
    GRADE,
    TOUCHPOINT,
    as_columns,
    grade_as_float,
    is_missing,
    require_unique_contacts,
)
from touchpoints.core.errors import InputError, echo
from touchpoints.core.frames import (
    IntoFrame,
    require_among,
    require_columns,
    require_rows,
    require_unique,
    to_eager,
    to_lazy,
)
from touchpoints.core.grade_means import (
    Means,
    gaps,
    means_of_groups,
    means_of_touchpoints,
    require_gradings,
)
from touchpoints.core.intervals import z_value
from touchpoints.core.numbers import FloatArray
from touchpoints.core.result import Result
from touchpoints.core.tables import from_rows
from touchpoints.core.vocabulary import CONTACT_PHASES, GRADES

if TYPE_CHECKING:
    from collections.abc import Mapping

PHASE = "contact_phase"
_WIDEST = float(GRADES[-1] - GRADES[0])
_ROUNDING = 1e-9


@dataclass(frozen=True)
class LensResult(Result):
    """Contacts by touchpoint along the phases, beside the means of their channels.

    Means are mean grades (1 best ... 6 worst); a grade is an ordered answer, so a mean is a short
    description and not a measurement. Bounds are Student's, by the number of customers, cut at 1
    and 6; where all grade alike, they allow for the share of customers who may grade otherwise; a
    mean of one answer, or of one customer's, has the bounds 1 and 6.

    Attributes:
        table: One row a graded touchpoint, in the order of the phases: `touchpoint`,
            `contact_phase`, the column `by`, `n` (graded contacts), `mean_grade`, `low`, `high`,
            `sd` (null for one contact), `group_mean_grade`, `gap_grades` (touchpoint minus group;
            above 0 is worse), `gap_low`, `gap_high`, `hidden` (true where the gap is the threshold
            or more), `small_cell` (true under 30 contacts).
        groups: One row a channel (or other group): the column `by`, `touchpoints`, `customers`,
            `n`, `mean_grade`, `low`, `high` (robust to customers who stand in several rows),
            `small_cell` (under 30 customers), `worst_touchpoint`, `hidden` (number of hidden
            touchpoints).
        phases: One row a contact phase: `contact_phase`, `touchpoints`, `customers`, `n`,
            `mean_grade`, `low`, `high`, `small_cell`.
        by: The company's view: channel, department, medium or another column of the touchpoints.
        threshold: Gap in grades from which a touchpoint is hidden.
        confidence: Of the intervals.
        ungraded: Touchpoints of the list that nobody graded; they stand in no table.
    """

    table: Any
    groups: Any
    phases: Any
    by: str
    threshold: float
    confidence: float
    ungraded: tuple[str, ...]

    @property
    def hidden(self) -> tuple[str, ...]:
        """Keys of the hidden touchpoints, the widest gap first."""
        return tuple(row[TOUCHPOINT] for row in self._hidden_rows())

    @property
    def text(self) -> str:
        """Say the range of the group means and what they hide."""
        groups = nw.from_native(self.groups, eager_only=True).sort("mean_grade").rows(named=True)
        best, worst = groups[0], groups[-1]
        said = (
            f"By {self.by} the mean grades run from {best['mean_grade']:.1f} ({best[self.by]}) to "
            f"{worst['mean_grade']:.1f} ({worst[self.by]})."
        )
        rows = self._hidden_rows()
        if not rows:
            said += f" No touchpoint lies {self.least_gap} or more behind its {self.by}."
        else:
            said += " Hidden behind them: " + "; ".join(self._behind(row) for row in rows) + "."
        if self.ungraded:
            said += f" Nobody graded {', '.join(self.ungraded)}."
        return said

    @property
    def least_gap(self) -> str:
        """The threshold in words."""
        return f"{self.threshold:g} grade{'' if self.threshold == 1 else 's'}"

    def _hidden_rows(self) -> list[dict[str, Any]]:
        table = nw.from_native(self.table, eager_only=True)
        hidden = table.filter(nw.col("hidden")).sort("gap_grades", descending=True)
        return list(hidden.rows(named=True))

    def _behind(self, row: dict[str, Any]) -> str:
        return (
            f"{row[TOUCHPOINT]} with {row['mean_grade']:.1f} in {row[self.by]} with "
            f"{row['group_mean_grade']:.1f} (gap {row['gap_grades']:.1f}, "
            f"{100 * self.confidence:g} % interval {row['gap_low']:.1f} to {row['gap_high']:.1f}, "
            f"n = {row['n']:,})"
        )


def channel_lens(
    contacts: IntoFrame,
    touchpoints: IntoFrame,
    *,
    by: str = "channel",
    threshold: float = 1.0,
    confidence: float = 0.95,
) -> LensResult:
    """Set each touchpoint's mean grade beside the mean of its channel.

    The gap is the touchpoint's mean minus the mean of all graded contacts of its channel, its own
    among them. Its interval and those of the channel means are robust to customers who stand in
    several rows, and the gap's allows for the touchpoint being part of the channel.

    Args:
        contacts: One row a customer and touchpoint, any frame that narwhals supports, with
            `customer_id`, `touchpoint`, `grade` (1 best to 6, nothing for no contact). It is
            grouped on its own engine.
        touchpoints: One row a touchpoint, with `touchpoint`, `contact_phase` and the column `by`.
        by: The company's view: "channel", "department", "medium" or another column.
        threshold: Gap in grades from which a touchpoint is hidden, above 0 and at most 5.
        confidence: Of the intervals, between 0 and 1.

    Returns:
        The two views as a frozen result; tables are frames of the contacts' engine.

    Raises:
        InputError: If a column is missing, a value is not allowed, a contact stands twice, a
            touchpoint of the contacts is not in the list, or nothing is graded.

    Example:
        Two easy touchpoints cover the desk where things go wrong:

        >>> import pandas as pd
        >>> contacts = pd.DataFrame({
        ...     "customer_id": [*range(10), *range(10), *range(4)],
        ...     "touchpoint": ["entrance"] * 10 + ["checkout"] * 10 + ["returns"] * 4,
        ...     "grade": [1, 2] * 5 + [2] * 10 + [4, 5, 5, 6],
        ... })
        >>> touchpoints = pd.DataFrame({
        ...     "touchpoint": ["entrance", "checkout", "returns"],
        ...     "contact_phase": ["contact", "full_contact", "post_contact"],
        ...     "channel": "store",
        ... })
        >>> lens = channel_lens(contacts, touchpoints)
        >>> lens.groups[["channel", "n", "mean_grade", "worst_touchpoint"]].round(2)
          channel   n  mean_grade worst_touchpoint
        0   store  24        2.29          returns
        >>> lens.table[["touchpoint", "n", "mean_grade", "gap_grades", "hidden"]].round(2)
          touchpoint   n  mean_grade  gap_grades  hidden
        0   entrance  10         1.5       -0.79   False
        1   checkout  10         2.0       -0.29   False
        2    returns   4         5.0        2.71    True
    """
    z_value(confidence)
    threshold = require_threshold(threshold)
    listed = _touchpoint_list(touchpoints, by)
    lazy = to_lazy(contacts)
    require_columns(lazy, (CUSTOMER, TOUCHPOINT, GRADE))
    lazy = grade_as_float(lazy).with_columns(nw.col(TOUCHPOINT).cast(nw.String))
    require_unique_contacts(lazy)
    counts = lazy.group_by(TOUCHPOINT, GRADE).agg(nw.len().alias("n")).collect()
    require_gradings(counts, list(listed))

    single = means_of_touchpoints(counts)
    graded = [name for name in listed if name in single.names]
    group_of = {name: listed[name][by] for name in graded}
    phase_of = {name: listed[name][PHASE] for name in graded}
    groups = means_of_groups(lazy, group_of)
    gap = gaps(lazy, group_of, single, groups, confidence)
    of_single = single.rows(confidence)
    rows = [
        {TOUCHPOINT: name, PHASE: phase_of[name], by: group_of[name]}
        | of_single[single.place(name)]
        | _gap_columns(single, groups, gap, (name, group_of[name]), threshold)
        for name in sorted(graded, key=lambda name: CONTACT_PHASES.index(phase_of[name]))
    ]
    of_groups = [_group_columns(groups, group_of, by, name, confidence) for name in groups.names]
    for row in of_groups:
        members = [r for r in rows if r[by] == row[by]]
        worst = max(members, key=lambda r: r["mean_grade"])
        row |= {"worst_touchpoint": worst[TOUCHPOINT], "hidden": sum(r["hidden"] for r in members)}
    phases = means_of_groups(lazy, phase_of)
    by_phase = sorted(phases.names, key=CONTACT_PHASES.index)
    of_phases = [_group_columns(phases, phase_of, PHASE, name, confidence) for name in by_phase]
    singles, grouped, phased = (
        from_rows(counts, tuple(table[0]), [tuple(row.values()) for row in table])
        for table in (rows, of_groups, of_phases)
    )
    return LensResult(
        singles,
        grouped,
        phased,
        by,
        threshold,
        confidence,
        tuple(name for name in listed if name not in single.names),
    )


def _gap_columns(
    single: Means,
    groups: Means,
    gap: tuple[FloatArray, FloatArray, FloatArray],
    names: tuple[str, str],
    threshold: float,
) -> dict[str, Any]:
    """Spread of a touchpoint, its gap to its group with bounds, and flags."""
    place, group = single.place(names[0]), groups.place(names[1])
    width, low, high = (float(values[place]) for values in gap)
    spread = math.sqrt(single.sums.variance[place] * single.n[place])
    return {
        "sd": spread if single.n[place] > 1 else None,
        "group_mean_grade": float(groups.mean[group]),
        "gap_grades": width,
        "gap_low": low,
        "gap_high": high,
        # A gap of one grade must not fail on the last bit of a division.
        "hidden": width >= threshold - _ROUNDING,
        "small_cell": single.is_small(place),
    }


def _group_columns(
    means: Means, group_of: Mapping[str, str], by: str, name: str, confidence: float
) -> dict[str, Any]:
    """Mean and bounds of a channel, department or phase, with its counts."""
    place = means.place(name)
    return {
        by: name,
        "touchpoints": sum(group == name for group in group_of.values()),
        "customers": int(means.customers[place]),
        **means.rows(confidence)[place],
        "small_cell": means.is_small(place),
    }


def require_threshold(threshold: object) -> float:
    """Return a threshold as a number.

    Raises:
        InputError: Unless it is a gap that grades can have: above 0, at most 5.
    """
    number = isinstance(threshold, int | float) and not isinstance(threshold, bool)
    if not (number and 0 < threshold <= _WIDEST):  # type: ignore[operator]
        raise InputError(
            f"threshold {echo(threshold)}", f"a number above 0, at most {_WIDEST:g}", "correct it"
        )
    return float(threshold)  # type: ignore[arg-type]


def _touchpoint_list(touchpoints: IntoFrame, by: str) -> dict[str, dict[str, str]]:
    """Check the list of touchpoints; phase and group by key, in the list's order."""
    as_columns(by)
    if by == TOUCHPOINT:
        raise InputError(f"by={by!r}", "a column that groups touchpoints", "pass by='channel'")
    data = to_eager(touchpoints)
    require_columns(data, (TOUCHPOINT, PHASE, by))
    require_rows(data, "list of touchpoints")
    require_unique(data, TOUCHPOINT)
    require_among(data, PHASE, CONTACT_PHASES)
    groups = data.get_column(by).to_list()
    if any(is_missing(group) for group in groups):
        raise InputError(
            f"column {by!r}: nothing in some rows",
            "a value for each touchpoint",
            "fill the cells (for example with 'none')",
        )
    keys, phases = (data.get_column(c).to_list() for c in (TOUCHPOINT, PHASE))
    return {
        str(key): {by: str(group), PHASE: str(phase)}
        for key, group, phase in zip(keys, groups, phases, strict=True)
    }
