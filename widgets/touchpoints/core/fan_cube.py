"""The fan cube: fan rates, lifts and net effects for every combination of some filters.

A reader who moves filters needs an answer at once, and the answer must have the right interval,
which can't be put together from those of its parts. So all of them are estimated beforehand:
one grouping for each subset of the filters, as SQL's GROUP BY CUBE does.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from touchpoints.core.against_no_contact import contact_frame, count_contacts
from touchpoints.core.contacts import CUSTOMER, GRADE, TOUCHPOINT, is_missing
from touchpoints.core.fan_counts import has_cross_sums
from touchpoints.core.fan_rule import FAN
from touchpoints.core.given_counts import added_up, read_counts
from touchpoints.core.lift import lift_table
from touchpoints.core.net_effect import as_one_grade, net_table
from touchpoints.core.rates import rates_of
from touchpoints.core.tables import group_keys, shares_pct

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from touchpoints.core.fan_rule import FanRule
    from touchpoints.core.frames import IntoFrame

    Rows = list[dict[str, Any]]

_LIFTS = {
    "lift_points": "lift_points",
    "lift_low_points": "low_points",
    "lift_high_points": "high_points",
}


@dataclass(frozen=True)
class FanCube:
    """Estimates for every combination of filters. In both tables None in a filter means "all".

    Attributes:
        by: The columns that are filters.
        cells: One row a combination and grade: the columns of `by`, `grade` (None for no contact),
            `n`, `fans`, `fan_rate_pct`, `low_pct`, `high_pct`, `share_pct` (among the graded
            contacts), `lift_points`, `lift_low_points`, `lift_high_points`, `small_cell`. Where a
            combination has nobody without contact, and for no contact itself, there is no lift:
            None.
        net_effects: One row a combination that has both: the columns of `by`,
            `net_effect_points`, `low_points`, `high_points`.
    """

    by: tuple[str, ...]
    cells: Rows
    net_effects: Rows


def fan_cube(  # noqa: PLR0913  (all but the frame and its filters are options)
    frame: IntoFrame,
    by: Sequence[str],
    *,
    nested: Sequence[str] = (),
    weights: str | None = None,
    rule: FanRule | None = None,
    confidence: float = 0.95,
) -> FanCube:
    """Estimate fan rates, lifts and net effects for every combination of filters.

    Within one touchpoint intervals are Wilson's and Newcombe's; pooled over touchpoints they allow
    for the same customer in many rows.

    Args:
        frame: As `lift_over_no_contact` takes it.
        by: Columns that are filters; `touchpoint` may be one of them.
        nested: Columns of `by` that a touchpoint has one value of, such as its medium: they are not
            combined with `touchpoint`.
        weights: Column of weights, 0 or more, or None.
        rule: A rule that makes the fan status from the frame's columns.
        confidence: Of the intervals, between 0 and 1.

    Returns:
        The cube.

    Raises:
        InputError: If a column is missing, a value is not allowed or a contact stands twice.

    Example:
        >>> import pandas as pd
        >>> contacts = pd.DataFrame({
        ...     "customer_id": range(150),
        ...     "touchpoint": "live_chat",
        ...     "grade": [1] * 40 + [2] * 50 + [None] * 60,
        ...     "fan": [True] * 30 + [False] * 10 + [True] * 10 + [False] * 40
        ...            + [True] * 18 + [False] * 42,
        ... })
        >>> cube = fan_cube(contacts, ["touchpoint"])
        >>> [(row["touchpoint"], row["grade"], row["n"]) for row in cube.cells][:3]
        [(None, 1, 40), (None, 2, 50), (None, None, 60)]
        >>> [round(row["net_effect_points"], 1) for row in cube.net_effects]
        [14.4, 14.4]
    """
    filters = tuple(by)
    lazy = contact_frame(frame, filters, weights, CUSTOMER, rule)
    extra = [] if weights is None else [weights]
    columns = dict.fromkeys([CUSTOMER, TOUCHPOINT, GRADE, FAN, *filters, *extra])
    # Read once: what is lazy would otherwise be read anew for each grouping.
    lazy = lazy.select(*columns).collect().lazy()
    cube = FanCube(filters, [], [])
    for groups in _subsets(filters):
        if TOUCHPOINT in groups and not set(groups).isdisjoint(nested):
            continue
        counts, _ = count_contacts(lazy, groups, weights, CUSTOMER)
        whole, _ = count_contacts(lazy.with_columns(as_one_grade()), groups, weights, CUSTOMER)
        _enter(cube, counts, whole, groups, confidence)
    return cube


def fan_cube_from_counts(
    frame: IntoFrame, by: Sequence[str], *, confidence: float = 0.95
) -> FanCube:
    """Make the cube of a ready-made table of counts, never taking touchpoints together.

    Counts can't tell which rows are of the same customer, so the interval of several touchpoints
    together is not known. Other columns (years, groups of people) are taken together.

    Args:
        frame: One row a group and `grade` (nothing for no contact), with `n` and `fans`.
        by: Columns that are filters; where `touchpoint` is among them each combination names one.
        confidence: Of the intervals, between 0 and 1.

    Returns:
        The cube.

    Raises:
        InputError: As `lift_from_counts`.

    Example:
        >>> import pandas as pd
        >>> counts = pd.DataFrame({
        ...     "touchpoint": "wifi", "year": [2017, 2017, 2018, 2018],
        ...     "grade": [1, None, 1, None], "n": [70, 80, 30, 20], "fans": [56, 48, 24, 12],
        ... })
        >>> cube = fan_cube_from_counts(counts, ["touchpoint", "year"])
        >>> [(row["year"], row["grade"], row["n"]) for row in cube.cells][:3]
        [(None, 1, 100), (None, None, 100), (2017, 1, 70)]
    """
    filters = tuple(by)
    counts = read_counts(frame, (*filters, GRADE))
    cube = FanCube(filters, [], [])
    for groups in _subsets(filters):
        if TOUCHPOINT in groups or TOUCHPOINT not in filters:
            keys = (*groups, GRADE)
            part = added_up(counts, keys)
            whole = added_up(counts.with_columns(as_one_grade()), keys)
            _enter(cube, part, whole, groups, confidence)
    return cube


def _subsets(columns: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for size in range(len(columns) + 1):
        yield from combinations(columns, size)


def _enter(
    cube: FanCube,
    counts: nw.DataFrame[Any],
    whole: nw.DataFrame[Any],
    groups: Sequence[str],
    confidence: float,
) -> None:
    """Estimate one grouping: `counts` by group and grade, `whole` with all grades as one."""
    everything = dict.fromkeys(cube.by)
    cells = {(key, row[GRADE]): row for key, row in _cells(counts, groups, confidence)}
    contact = {key for key, grade in cells if grade is not None}
    both = contact & {key for key, grade in cells if grade is None}
    if both:
        lifts = lift_table(_of_groups(counts, groups, both), groups, confidence)
        for row in nw.from_native(lifts, eager_only=True).rows(named=True):
            cell = cells[tuple(row[c] for c in groups), int(row[GRADE])]
            cell |= {name: float(row[column]) for name, column in _LIFTS.items()}
        nets = net_table(_of_groups(whole, groups, both), groups, confidence)
        for row in nw.from_native(nets, eager_only=True).rows(named=True):
            values = ("net_effect_points", "low_points", "high_points")
            place = {c: row[c] for c in groups}
            cube.net_effects.append(everything | place | {v: float(row[v]) for v in values})
    cube.cells.extend(everything | cell for cell in cells.values())


def _of_groups(
    counts: nw.DataFrame[Any], groups: Sequence[str], wanted: set[tuple[Any, ...]]
) -> nw.DataFrame[Any]:
    return counts.filter([key in wanted for key in group_keys(counts, groups)])


def _cells(
    counts: nw.DataFrame[Any], groups: Sequence[str], confidence: float
) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    """Estimate the rates of a table of counts; a group's key and the cell's columns."""
    rates = rates_of(counts, clustered=has_cross_sums(counts))
    low, high = rates.interval(confidence)
    keys = group_keys(counts, groups)
    grades = [None if is_missing(g) else int(g) for g in counts.get_column(GRADE).to_list()]
    graded = [grade is not None for grade in grades]
    shares = shares_pct(np.where(graded, rates.size, 0.0), keys)
    for i, (key, grade) in enumerate(zip(keys, grades, strict=True)):
        yield (
            key,
            {
                **dict(zip(groups, key, strict=True)),
                GRADE: grade,
                "n": int(rates.n[i]),
                "fans": int(rates.fans[i]),
                "fan_rate_pct": float(100 * rates.rate[i]),
                "low_pct": float(100 * low[i]),
                "high_pct": float(100 * high[i]),
                "share_pct": float(shares[i]) if graded[i] else None,
                **dict.fromkeys(_LIFTS),
                "small_cell": bool(rates.small[i]),
            },
        )
