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
from touchpoints.core.vocabulary import GRADES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from touchpoints.core.intervals import FloatArray

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

    def row(self, place: int, z: float) -> dict[str, Any]:
        """Return an entry as the columns `n`, `mean_grade`, `low` and `high`.

        One customer's grades say nothing about others: the bounds are then the whole scale.
        """
        best, worst = float(GRADES[0]), float(GRADES[-1])
        mean = float(self.mean[place])
        half = z * float(np.sqrt(self.sums.variance[place]))
        if self.customers[place] == 1:
            half = worst - best
        return {
            "n": int(self.n[place]),
            "mean_grade": mean,
            "low": max(mean - half, best),
            "high": min(mean + half, worst),
        }

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
    lazy: nw.LazyFrame[Any], group_of: Mapping[str, str], single: Means, groups: Means
) -> tuple[FloatArray, FloatArray]:
    """Return for each touchpoint its mean minus its group's, and the standard error of that.

    The touchpoint is a part of its group and its customers stand at other touchpoints of it too, so
    the two means are correlated; the sums of products over customers say how much.

    Args:
        lazy: The contacts.
        group_of: Group of each touchpoint.
        single: Means of the touchpoints.
        groups: Means of the groups.

    Returns:
        Gaps and standard errors in the order of `single`.
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
    variance = (
        single.sums.squares / single.sums.k**2
        + of_group.squares / of_group.k**2
        - 2 * cross.covariance(single.sums, of_group)
    )
    units = single.customers
    # One customer has no spread to tell; whoever shows the gap gives it the whole width then.
    factor = units / np.where(units > 1, units - 1, 1.0)
    return single.mean - of_group.ratio, np.sqrt(np.maximum(factor * variance, 0.0))


def _graded(lazy: nw.LazyFrame[Any], group_of: Mapping[str, str]) -> nw.LazyFrame[Any]:
    """Keep graded contacts at the touchpoints of the mapping, as units of size 1."""
    return lazy.filter(~nw.col(GRADE).is_null()).select(
        CUSTOMER, TOUCHPOINT, _group(group_of), n=nw.lit(1), k=nw.lit(1.0), s=nw.col(GRADE)
    )


def _customers(rows: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Add the contacts of each customer in a group up."""
    return rows.group_by(_GROUP, CUSTOMER).agg(nw.col(c).sum() for c in ("n", "k", "s"))


def _group(group_of: Mapping[str, str]) -> nw.Expr:
    """Look the group of a touchpoint up; written as conditions, so that no engine needs a join."""
    first, *others = dict.fromkeys(group_of.values())
    label: nw.Expr = nw.lit(first)
    for group in others:
        members = [name for name, its_group in group_of.items() if its_group == group]
        label = nw.when(nw.col(TOUCHPOINT).is_in(members)).then(nw.lit(group)).otherwise(label)
    return label.alias(_GROUP)
