"""Mean grades of touchpoints and of groups of touchpoints, with their standard errors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from touchpoints.core.clusters import (
    SUM_COLUMNS,
    CrossSums,
    Sums,
    products_of_units,
    sums_from,
    to_floats,
)
from touchpoints.core.contacts import (
    CUSTOMER,
    GRADE,
    SMALL_CELL,
    TOUCHPOINT,
    is_missing,
    require_grades,
    require_groups,
)
from touchpoints.core.errors import InputError, echo, listing, nearest
from touchpoints.core.intervals import t_values, wilson
from touchpoints.core.vocabulary import GRADES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from touchpoints.core.numbers import FloatArray

_GROUP = "_group"


@dataclass(frozen=True)
class Means:
    """Mean grades, one entry a touchpoint or group.

    Attributes:
        names: Keys, in the order of the entries.
        sums: Sums over customers: `k` contacts, `s` their grades.
    """

    names: tuple[str, ...]
    sums: Sums

    def place(self, name: str) -> int:
        """Return the entry of a key."""
        return self.names.index(name)

    @property
    def n(self) -> FloatArray:
        """Graded contacts."""
        return self.sums.k

    @property
    def customers(self) -> FloatArray:
        """Customers who graded."""
        return self.sums.units

    @property
    def mean(self) -> FloatArray:
        """Mean grades."""
        return self.sums.ratio

    def distances(self, confidence: float) -> tuple[FloatArray, FloatArray]:
        """Return how far the bounds lie below and above the means, cut at the ends of the scale.

        Student's t for the number of customers. Where all grade alike, no spread can be seen and
        yet others may grade otherwise: a share of customers up to Wilson's upper bound of 0 among
        them, at worst with the first or the last grade. One customer says nothing about others.
        """
        below, above = self.mean - GRADES[0], GRADES[-1] - self.mean
        several = np.maximum(self.customers - 1, 1.0)
        half = t_values(confidence, several) * np.sqrt(self.sums.variance)
        _, otherwise = wilson(np.zeros(len(below)), self.customers, confidence=confidence)
        otherwise = np.where(self.customers > 1, otherwise, 1.0)
        alike = self.alike
        return (
            np.where(alike, otherwise * below, np.minimum(half, below)),
            np.where(alike, otherwise * above, np.minimum(half, above)),
        )

    @property
    def alike(self) -> npt.NDArray[np.bool_]:
        """Entries whose customers do not differ, or with a single customer."""
        return np.asarray(self.sums.variance == 0)

    def rows(self, confidence: float) -> list[dict[str, Any]]:
        """Return the entries as the columns `n`, `mean_grade`, `low` and `high`."""
        below, above = self.distances(confidence)
        columns = (self.n, self.mean, self.mean - below, self.mean + above)
        return [
            {"n": int(n), "mean_grade": float(mean), "low": float(low), "high": float(high)}
            for n, mean, low, high in zip(*columns, strict=True)
        ]

    def is_small(self, place: int) -> bool:
        """Tell whether fewer customers than `SMALL_CELL` graded."""
        return bool(self.customers[place] < SMALL_CELL)


def require_gradings(counts: nw.DataFrame[Any], listed: Sequence[str]) -> None:
    """Check the counts by touchpoint and grade.

    Raises:
        InputError: If a grade is out of range, nothing is graded, or a touchpoint is not listed.
    """
    require_groups(counts, [TOUCHPOINT])
    require_grades(counts)
    if all(is_missing(grade) for grade in counts.get_column(GRADE).to_list()):
        raise InputError(
            f"no grade in column {GRADE!r}", "some graded contacts", "check the file or the filter"
        )
    for name in counts.get_column(TOUCHPOINT).to_list():
        if name not in listed:
            raise InputError(
                f"a contact at {echo(name)}, which is not in the list of touchpoints",
                listing(listed),
                f"add it to the list or correct the contacts{nearest(name, listed)}",
            )


def means_of_touchpoints(counts: nw.DataFrame[Any]) -> Means:
    """Take the means from counts by touchpoint and grade: a customer stands there once."""
    graded = counts.filter(~nw.col(GRADE).is_null())
    texts = graded.get_column(TOUCHPOINT).to_list()
    names = tuple(dict.fromkeys(texts))
    place = np.array([names.index(text) for text in texts])
    n, grade = to_floats(graded, "n"), to_floats(graded, GRADE)
    k, s, ss = (
        np.bincount(place, weights=n * grade**power).astype(np.float64) for power in (0, 1, 2)
    )
    return Means(names, Sums(k=k, s=s, ss=ss, sk=s, kk=k, units=k))


def means_of_groups(lazy: nw.LazyFrame[Any], group_of: Mapping[str, str]) -> Means:
    """Take the means of groups of touchpoints, with the customer as the unit."""
    customers = _customers(_graded(lazy, group_of)).with_columns(*products_of_units())
    sums = customers.group_by(_GROUP).agg(nw.col(c).sum() for c in SUM_COLUMNS).collect()
    order = {name: i for i, name in enumerate(dict.fromkeys(group_of.values()))}
    sums = sums.sort(_GROUP)
    names = sums.get_column(_GROUP).to_list()
    places = sorted(range(len(names)), key=lambda i: order[names[i]])
    read = sums_from(sums)
    ordered = Sums(*(getattr(read, c)[places] for c in SUM_COLUMNS))
    return Means(tuple(names[i] for i in places), ordered)


def gaps(
    lazy: nw.LazyFrame[Any],
    group_of: Mapping[str, str],
    single: Means,
    groups: Means,
    confidence: float,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return for each touchpoint its mean minus its group's, and the bounds of that.

    The touchpoint is a part of its group and its customers stand at other touchpoints of it too, so
    the two means are correlated; the sums of products over customers say how much.

    Args:
        lazy: The contacts.
        group_of: Group of each touchpoint.
        single: Means of the touchpoints.
        groups: Means of the groups.
        confidence: Of the bounds.

    Returns:
        Gaps and their lower and upper bounds in the order of `single`.
    """
    rows = _graded(lazy, group_of)
    whole = _customers(rows).select(_GROUP, CUSTOMER, k_0=nw.col("k"), s_0=nw.col("s"))
    s, k_0, s_0 = nw.col("s"), nw.col("k_0"), nw.col("s_0")
    beside = rows.join(whole, on=[_GROUP, CUSTOMER], how="left").select(
        TOUCHPOINT, ss=s * s_0, sk=s * k_0, ks=s_0, kk=k_0
    )
    sums = beside.group_by(TOUCHPOINT).agg(nw.col(c).sum() for c in ("ss", "sk", "ks", "kk"))
    table = sums.collect()
    names = table.get_column(TOUCHPOINT).to_list()
    places = [names.index(name) for name in single.names]
    cross = CrossSums(*(to_floats(table, c)[places] for c in ("ss", "sk", "ks", "kk")))
    group = [groups.place(group_of[name]) for name in single.names]
    of_group = Sums(*(getattr(groups.sums, c)[group] for c in SUM_COLUMNS))
    a, b = single.sums.variance, of_group.variance
    variance = a + b - 2 * cross.correlation(single.sums, of_group) * np.sqrt(a * b)
    several = np.maximum(single.customers - 1, 1.0)
    half = t_values(confidence, several) * np.sqrt(np.maximum(variance, 0.0))
    # Where a touchpoint's own grades show no spread, its bounds come in as they are.
    below, above = (np.where(single.alike, d, 0.0) for d in single.distances(confidence))
    gap = single.mean - of_group.ratio
    widest = float(GRADES[-1] - GRADES[0])
    low = np.maximum(gap - np.hypot(half, below), -widest)
    high = np.minimum(gap + np.hypot(half, above), widest)
    # One customer's grade leaves everything open; a touchpoint that is its group has no gap at all.
    one, whole = single.customers == 1, single.n == of_group.k
    low, high = np.where(one, -widest, low), np.where(one, widest, high)
    return gap, np.where(whole, 0.0, low), np.where(whole, 0.0, high)


def _graded(lazy: nw.LazyFrame[Any], group_of: Mapping[str, str]) -> nw.LazyFrame[Any]:
    """Keep graded contacts at the touchpoints of the mapping, as units of size 1."""
    return lazy.filter(~nw.col(GRADE).is_null()).select(
        CUSTOMER, TOUCHPOINT, _group(group_of), k=nw.lit(1.0), s=nw.col(GRADE)
    )


def _customers(rows: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Add the contacts of each customer in a group up."""
    return rows.group_by(_GROUP, CUSTOMER).agg(nw.col(c).sum() for c in ("k", "s"))


def _group(group_of: Mapping[str, str]) -> nw.Expr:
    """Look the group of a touchpoint up; written as conditions, so that no engine needs a join."""
    first, *others = dict.fromkeys(group_of.values())
    label: nw.Expr = nw.lit(first)
    for group in others:
        members = [name for name, its_group in group_of.items() if its_group == group]
        label = nw.when(nw.col(TOUCHPOINT).is_in(members)).then(nw.lit(group)).otherwise(label)
    return label.alias(_GROUP)
