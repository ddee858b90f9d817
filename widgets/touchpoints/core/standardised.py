"""Lifts held against a mix of strata: what is left of a lift among people who are alike.

In stratum s (a class of mood, an age group) the lift of grade g is p_gs - p_0s. Direct
standardisation weighs the strata alike for all grades, with their shares of everybody in the group:

    lift_g = Σ_s w_s (p_gs - p_0s),  w_s = size_s / Σ size over the strata that hold both.

A stratum without anybody of the grade, or without anybody without contact, tells nothing; the table
says which share of the people is left.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw
import numpy as np

from touchpoints.core.clusters import to_floats
from touchpoints.core.contacts import (
    GRADE,
    SMALL_CELL,
    TOUCHPOINT,
    as_columns,
    group_label,
)
from touchpoints.core.errors import InputError, echo
from touchpoints.core.given_counts import read_counts
from touchpoints.core.intervals import newcombe_at, z_value
from touchpoints.core.inversion import two_sided, z_against
from touchpoints.core.multiplicity import benjamini_hochberg, holm, within
from touchpoints.core.result import Result
from touchpoints.core.tables import attach, group_keys, integers

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from touchpoints.core.frames import IntoFrame
    from touchpoints.core.numbers import FloatArray

_N_0: Final = "_n_0"
_FANS_0: Final = "_fans_0"
_SIZE: Final = "_size"


@dataclass(frozen=True)
class StandardisedLifts(Result):
    """Lifts over no contact, standardised over strata.

    Strata make people alike in what they were made of, and in nothing else: what is left is still
    an association. If the strata come after the contact, they may take out a part of its effect.

    Attributes:
        table: One row a group and grade: the columns of `by`, `grade`, `n` and `fans` (of the grade
            in the strata used), `no_contact_n`, `no_contact_fans`, `strata` (how many were used),
            `support_pct` (share of the group's people who stand in them), `lift_points` (percentage
            points over no contact, standardised) with `low_points` and `high_points`, `p_value`
            (two-sided, of the interval: no difference), `p_holm` (adjusted after Holm over the
            grades of a group), `p_bh` (after Benjamini and Hochberg over the groups, grade by
            grade), `small_cell` (Kish's size over the strata of the grade, or of no contact, is
            under 30).
        by: The columns grouped by.
        stratum: The column that holds the strata.
        confidence: Of the intervals, which are not adjusted for their number.
    """

    table: Any
    by: tuple[str, ...]
    stratum: str
    confidence: float

    @property
    def text(self) -> str:
        """Say for each grade where it lies above or below no contact among people alike."""
        rows = nw.from_native(self.table, eager_only=True).rows(named=True)
        grades = sorted({row[GRADE] for row in rows})
        said = [self._grade([row for row in rows if row[GRADE] == grade]) for grade in grades]
        least = min(row["support_pct"] for row in rows)
        return (
            f"Standardised over {self.stratum}, against no contact: {'; '.join(said)}. The strata "
            f"used hold {least:.0f} % or more of the people. Associations all the same; strata "
            "that follow from the contact would take out too much."
        )

    def _grade(self, rows: list[dict[str, Any]]) -> str:
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


def standardised_lift_from_counts(  # noqa: PLR0913  (all but the frame are options)
    frame: IntoFrame,
    *,
    stratum: str,
    by: str | Sequence[str] | None = TOUCHPOINT,
    n: str = "n",
    fans: str = "fans",
    confidence: float = 0.95,
) -> StandardisedLifts:
    """Standardise the lifts of a table of counts over strata.

    The interval adds up Newcombe's distances of the strata: with d_s the lift in stratum s and
    (l_s, u_s) its interval, low = d - √Σ(w_s(d_s - l_s))², high = d + √Σ(w_s(u_s - d_s))². With one
    stratum it is Newcombe's interval; where nobody or everybody is a fan, a width is kept.
    P-values are the smallest α at which the interval of confidence 1 - α excludes 0.

    Args:
        frame: One row a group, `grade` and stratum, where a missing grade is no contact.
        stratum: Column that names the stratum: what people are to be alike in.
        by: Column or columns that name the group; None for a single group.
        n: Column with the number of answers.
        fans: Column with the number of fans among them.
        confidence: Of the intervals, between 0 and 1.

    Returns:
        The standardised lifts as a frozen result, sorted by group and grade.

    Raises:
        InputError: If a column is missing, a count is not allowed, a cell stands twice, or no
            stratum holds both a grade and people without contact.

    References:
        Zou, G. Y. & Donner, A. (2008). Construction of confidence limits about effect measures.
        Statistics in Medicine 27, 1693-1702 (limits of a sum from those of its parts).
        Newcombe, R. G. (1998). Interval estimation for the difference between independent
        proportions. Statistics in Medicine 17, 873-890.

    Example:
        Fans rate better and are in a good mood; within a mood nothing is left.

        >>> import pandas as pd
        >>> counts = pd.DataFrame({
        ...     "mood": ["good", "good", "bad", "bad"],
        ...     "grade": [1, None, 1, None],
        ...     "n": [80, 40, 20, 60], "fans": [48, 24, 2, 6],
        ... })
        >>> lifts = standardised_lift_from_counts(counts, stratum="mood", by=None)
        >>> lifts.table[["lift_points", "low_points", "high_points"]].round(1)
           lift_points  low_points  high_points
        0          0.0       -11.6         13.8
    """
    z_value(confidence)
    groups = as_columns(by)
    (layer,) = as_columns(_one_stratum(stratum, groups))
    counts = read_counts(frame, (*groups, layer, GRADE), n, fans)
    heads, cells = _beside_no_contact(counts, groups, layer)
    table = _table(heads, cells, groups, confidence)
    return StandardisedLifts(table, groups, layer, confidence)


def _one_stratum(stratum: object, groups: tuple[str, ...]) -> str:
    if not isinstance(stratum, str) or stratum in (*groups, GRADE):
        raise InputError(
            f"stratum {echo(stratum)}",
            "one column besides the grouping and the grade",
            "name the column that holds the strata",
        )
    return stratum


@dataclass(frozen=True)
class _Cells:
    """Strata that hold a grade and no contact: one entry a stratum of each row of the result.

    Attributes:
        row: Place of the result's row.
        weight: Share of the stratum; adds up to 1 in each row.
        graded: Fans and answers of the grade.
        without: Fans and answers without contact.
        support_pct: One entry a row of the result.
    """

    row: npt.NDArray[np.intp]
    weight: FloatArray
    graded: tuple[FloatArray, FloatArray]
    without: tuple[FloatArray, FloatArray]
    support_pct: FloatArray

    def sums(self, values: FloatArray) -> FloatArray:
        """Add values up to the rows of the result."""
        return np.asarray(np.bincount(self.row, weights=values), dtype=np.float64)

    @property
    def differences(self) -> FloatArray:
        return self.graded[0] / self.graded[1] - self.without[0] / self.without[1]

    @property
    def effective_sizes(self) -> tuple[FloatArray, FloatArray]:
        """Kish's sizes 1 / Σ(w²/n) of both sides: a heavy stratum with few answers tells little."""
        graded, without = (
            1 / self.sums(self.weight**2 / n) for _, n in (self.graded, self.without)
        )
        return graded, without

    def points_at(self, z: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Bounds in percentage points, at a normal quantile for each row of the result."""
        own = self.differences
        low, high = newcombe_at(z[self.row], self.graded, self.without, np.zeros(len(own)))
        lift = self.sums(self.weight * own)
        below = np.sqrt(self.sums((self.weight * (own - low)) ** 2))
        above = np.sqrt(self.sums((self.weight * (high - own)) ** 2))
        return 100 * (lift - below), 100 * (lift + above)


def _beside_no_contact(
    counts: nw.DataFrame[Any], by: tuple[str, ...], stratum: str
) -> tuple[nw.DataFrame[Any], _Cells]:
    """Set each graded cell beside no contact in its stratum; also the keys of the result's rows."""
    keys = [*by, stratum]
    contact = ~nw.col(GRADE).is_null()
    without = counts.filter(~contact).select(
        *keys, nw.col("n").alias(_N_0), nw.col("fans").alias(_FANS_0)
    )
    size = counts.group_by(*keys).agg(nw.col("n").sum().alias(_SIZE))
    graded = counts.filter(contact)
    both = graded.join(without, on=keys, how="inner").join(size, on=keys, how="inner")
    both = both.sort(*by, GRADE, stratum)
    _require_common(graded, both, by, stratum)
    names = group_keys(both, [*by, GRADE])
    rows = {name: place for place, name in enumerate(dict.fromkeys(names))}
    row = np.array([rows[name] for name in names])
    heads = both[np.unique(row, return_index=True)[1].tolist()].select(*by, GRADE)
    sizes = to_floats(both, _SIZE)
    used = np.bincount(row, weights=sizes)
    people = dict.fromkeys(group_keys(counts, by), 0.0)
    for key, n in zip(group_keys(counts, by), to_floats(counts, "n"), strict=True):
        people[key] += n
    return heads, _Cells(
        row,
        sizes / used[row],
        (to_floats(both, "fans"), to_floats(both, "n")),
        (to_floats(both, _FANS_0), to_floats(both, _N_0)),
        100 * used / np.array([people[key] for key in group_keys(heads, by)]),
    )


def _require_common(
    graded: nw.DataFrame[Any], both: nw.DataFrame[Any], by: Sequence[str], stratum: str
) -> None:
    """Raise an `InputError` for a grade that shares no stratum with people without contact."""
    if not len(graded):
        raise InputError("no graded contact", "grades from 1 to 6 in some rows", "check the frame")
    names = [*by, GRADE]
    there = set(group_keys(both, names))
    for name in group_keys(graded, names):
        if name not in there:
            raise InputError(
                f"no {stratum} in common with no contact at {group_label(names, name)}",
                "a stratum that holds the grade and people without contact",
                "leave the grade out or make the strata coarser",
            )


def _table(heads: nw.DataFrame[Any], cells: _Cells, by: tuple[str, ...], confidence: float) -> Any:  # noqa: ANN401
    """Put counts, lifts, intervals and p-values beside the keys; a native frame."""
    lift = 100 * cells.sums(cells.weight * cells.differences)
    n, n_0 = cells.sums(cells.graded[1]), cells.sums(cells.without[1])
    low, high = cells.points_at(np.full(len(lift), z_value(confidence)))
    p = two_sided(z_against(cells.points_at, lift, 0.0))
    columns = {
        "n": integers(n),
        "fans": integers(cells.sums(cells.graded[0])),
        "no_contact_n": integers(n_0),
        "no_contact_fans": integers(cells.sums(cells.without[0])),
        "strata": np.bincount(cells.row),
        "support_pct": cells.support_pct,
        "lift_points": lift,
        "low_points": low,
        "high_points": high,
        "p_value": p,
        "p_holm": within(holm, p, group_keys(heads, by)),
        "p_bh": within(benjamini_hochberg, p, heads.get_column(GRADE).to_list()),
        "small_cell": np.minimum(*cells.effective_sizes) < SMALL_CELL,
    }
    return attach(heads, columns).to_native()
