"""Graded contacts beside no contact: counted, set against each other, with Newcombe's interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from touchpoints.core.clusters import CrossSums, to_floats
from touchpoints.core.contacts import (
    CUSTOMER,
    GRADE,
    TOUCHPOINT,
    grade_as_float,
    group_label,
    require_unique_contacts,
)
from touchpoints.core.errors import InputError, echo, listing
from touchpoints.core.fan_counts import (
    CROSS_COLUMNS,
    count_fans,
    count_fans_beside,
    frame_with_fan,
    has_cross_sums,
)
from touchpoints.core.intervals import newcombe_at, z_value
from touchpoints.core.numbers import FloatArray
from touchpoints.core.rates import Rates, rates_of
from touchpoints.core.tables import group_keys, integers

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from touchpoints.core.fan_rule import FanRule
    from touchpoints.core.frames import IntoFrame


def contact_frame(
    frame: IntoFrame,
    by: Sequence[str],
    weights: str | None,
    cluster: str,
    rule: FanRule | None,
) -> nw.LazyFrame[Any]:
    """Check the columns of a frame of contacts and that none stands twice; grades become floats."""
    if GRADE in by:
        raise InputError(f"grouping {listing(by)}", "columns besides the grade", "leave it out")
    if not isinstance(cluster, str):
        raise InputError(
            f"cluster {echo(cluster)}", "a column that names the customer", "leave the option out"
        )
    options = [cluster] if weights is None else [cluster, weights]
    lazy = frame_with_fan(frame, rule, [CUSTOMER, TOUCHPOINT, GRADE, *by, *options])
    lazy = grade_as_float(lazy)
    require_unique_contacts(lazy)
    return lazy


def count_contacts(
    lazy: nw.LazyFrame[Any], by: Sequence[str], weights: str | None, cluster: str
) -> tuple[nw.DataFrame[Any], bool]:
    """Count by group and grade, by cluster unless each customer has one row a group."""
    if TOUCHPOINT in by and cluster == CUSTOMER:
        return count_fans(lazy, (*by, GRADE), weights=weights, cluster=None), False
    return count_fans_beside(lazy, by, weights=weights, cluster=cluster), True


def counted_contacts(
    frame: IntoFrame,
    by: Sequence[str],
    weights: str | None,
    cluster: str,
    rule: FanRule | None,
) -> tuple[nw.DataFrame[Any], str | None]:
    """Count a checked frame of contacts; beside the counts the cluster, if one was needed."""
    lazy = contact_frame(frame, by, weights, cluster, rule)
    counts, clustered = count_contacts(lazy, by, weights, cluster)
    return counts, cluster if clustered else None


@dataclass(frozen=True)
class Differences:
    """Each graded cell beside its group's cell without contact.

    Attributes:
        cells: The keys and counts of the graded cells.
        graded: Their rates.
        reference: The rates without contact, one for each graded cell.
        keys: Each graded cell's group.
        correlation: Of the two rates.
    """

    cells: nw.DataFrame[Any]
    graded: Rates
    reference: Rates
    keys: list[tuple[Any, ...]]
    correlation: FloatArray

    @property
    def points(self) -> FloatArray:
        """The differences in percentage points."""
        return 100 * (self.graded.rate - self.reference.rate)

    @property
    def small(self) -> npt.NDArray[np.bool_]:
        """Where either side is a small cell."""
        return self.graded.small | self.reference.small

    def take(self, places: list[int]) -> Differences:
        """Return the cells of these places, in this order; a place may stand in it twice."""
        return Differences(
            self.cells[places],
            self.graded.take(places),
            self.reference.take(places),
            [self.keys[i] for i in places],
            self.correlation[places],
        )

    def counts_and_rates(self) -> dict[str, Any]:
        """Both sides as columns."""
        graded, reference = self.graded, self.reference
        return {
            "n": integers(graded.n),
            "fans": integers(graded.fans),
            "fan_rate_pct": 100 * graded.rate,
            "effective_n": graded.effective_n,
            "no_contact_n": integers(reference.n),
            "no_contact_fans": integers(reference.fans),
            "no_contact_rate_pct": 100 * reference.rate,
            "no_contact_effective_n": reference.effective_n,
        }

    def bounds(self, confidence: float) -> dict[str, FloatArray]:
        """Newcombe's interval in percentage points, as columns."""
        low, high = self.points_at(z_value(confidence))
        return {"low_points": low, "high_points": high}

    def points_at(self, z: float | FloatArray) -> tuple[FloatArray, FloatArray]:
        """Newcombe's bounds in percentage points, at one normal quantile or one for each cell."""
        a, b = self.graded, self.reference
        n_a, n_b = a.score_n(z), b.score_n(z)
        low, high = newcombe_at(z, (a.rate * n_a, n_a), (b.rate * n_b, n_b), self.correlation)
        return 100 * low, 100 * high


def differences(counts: nw.DataFrame[Any], by: Sequence[str]) -> Differences:
    """Set the cells of a checked table of counts against no contact.

    Raises:
        InputError: If a group has no graded contact or nobody without contact.
    """
    keys = group_keys(counts, by)
    contact = (~counts.get_column(GRADE).is_null()).to_list()
    places = {key: i for i, key in enumerate(keys) if not contact[i]}
    graded = [i for i in range(len(keys)) if contact[i]]
    _require_both(by, keys, graded, places)
    clustered = has_cross_sums(counts)
    rates = rates_of(counts, clustered=clustered)
    cells, against = rates.take(graded), rates.take([places[keys[i]] for i in graded])
    correlation = np.zeros(len(graded))
    if clustered and cells.sums is not None and against.sums is not None:
        cross = CrossSums(*(to_floats(counts, c)[graded] for c in CROSS_COLUMNS))
        correlation = cross.correlation(cells.sums, against.sums)
    return Differences(
        counts.filter(~nw.col(GRADE).is_null()),
        cells,
        against,
        [keys[i] for i in graded],
        correlation,
    )


def _require_both(
    by: Sequence[str],
    keys: Sequence[tuple[Any, ...]],
    graded: Sequence[int],
    without: dict[tuple[Any, ...], int],
) -> None:
    """Raise an `InputError` for a group that lacks one side of the difference."""
    with_grade = {keys[i] for i in graded}
    for key in dict.fromkeys(keys):
        if key in with_grade and key in without:
            continue
        lacks = "nobody without contact" if key in with_grade else "no graded contact"
        raise InputError(
            f"{lacks} in the group {group_label(by, key)}",
            "graded contacts and customers without contact in each group",
            "leave the group out or group more coarsely",
        )


def worth(rows: Sequence[dict[str, Any]]) -> str:
    """Say what graded rows are worth, where weights or clusters make that less than their number.

    Example:
        >>> worth([{"n": 90, "effective_n": 60.0}, {"n": 10, "effective_n": 10.0}])
        ' The 100 graded rows tell as much as 70 independent ones.'
        >>> worth([{"n": 90, "effective_n": 90.0}])
        ''
    """
    n, size = (sum(row[column] for row in rows) for column in ("n", "effective_n"))
    if size > n - 0.5:
        return ""
    return f" The {n:,} graded rows tell as much as {size:,.0f} independent ones."
