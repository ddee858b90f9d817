"""Count fans on the frame's own engine: what leaves it is one row a group.

Three ways, from cheap to dear: plain counts; weighted sums, where each row is a unit; and sums by
cluster, where the rows of one customer are first added up and the customer is the unit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import narwhals as nw

from touchpoints.core.clusters import SUM_COLUMNS, products_of_units
from touchpoints.core.contacts import (
    CUSTOMER,
    GRADE,
    TOUCHPOINT,
    grade_as_float,
    group_label,
    is_missing,
    require_grades,
    require_groups,
    require_numbers,
    require_unique_contacts,
)
from touchpoints.core.errors import InputError, echo
from touchpoints.core.fan_rule import FAN, FanRule, refuse_made
from touchpoints.core.frames import IntoFrame, require_columns, to_lazy
from touchpoints.core.weights import (
    BAD_WEIGHTS,
    WEIGHT_ALLOWED,
    refuse_bad_weights,
    weight_and_use,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_CHECKS: Final = ("n", "fans", "unknown", BAD_WEIGHTS, "no_cluster")
CLUSTER = "_cluster"
#: Sums of products with the reference group, as `CrossSums` takes them.
CROSS_COLUMNS: Final = ("cross_ss", "cross_sk", "cross_ks", "cross_kk")


def frame_with_fan(
    frame: IntoFrame, rule: FanRule | None, columns: Sequence[str]
) -> nw.LazyFrame[Any]:
    """Wrap a frame, check its columns and, with a rule, add or replace the column `fan`.

    Raises:
        InputError: If the frame has neither a column `fan` nor a rule to make it, or a column
            misses.
    """
    lazy = to_lazy(frame)
    require_columns(lazy, columns)
    if rule is not None:
        if not isinstance(rule, FanRule):
            raise InputError(
                f"rule {echo(rule)}", "a FanRule", "pass for example rule=FanRule(cut_off=4.5)"
            )
        refuse_made(columns)
        return rule.checked(lazy).with_columns(rule.expression())
    if FAN not in lazy.collect_schema().names():
        raise InputError(
            f"no column {FAN!r}",
            f"a column {FAN!r} of true and false, or a rule that makes it",
            "pass rule=FanRule() if the bonding items are in the frame, or add the column",
        )
    return lazy


def count_fans(
    lazy: nw.LazyFrame[Any], keys: Sequence[str], *, weights: str | None, cluster: str | None
) -> nw.DataFrame[Any]:
    """Count rows and fans by group.

    Args:
        lazy: A frame with a column `fan`.
        keys: Columns to group by; `grade` may be one of them.
        weights: Column of weights, or None.
        cluster: Column that names the customer (or another cluster), or None.

    Returns:
        One row a group: the keys, `n` (rows whose fan status is known), `fans`, `unknown`, and with
        weights or clusters the columns of `Sums`.

    Raises:
        InputError: If the values of a column are not allowed or a group has no known fan status.
    """
    require_columns(lazy, [c for c in (*keys, weights, cluster) if c is not None])
    if weights is None and cluster is None:
        counts = _one_no_contact(_plain(lazy, keys), keys)
    else:
        lazy = grade_as_float(lazy) if GRADE in keys else lazy
        if cluster is not None and {CUSTOMER, TOUCHPOINT} <= set(lazy.collect_schema().names()):
            require_unique_contacts(lazy)
        counts = _sum_units(units_of(lazy, keys, weights, cluster), keys, (weights, cluster))
    return checked_counts(counts, keys)


def count_fans_beside(
    lazy: nw.LazyFrame[Any], by: Sequence[str], *, weights: str | None, cluster: str
) -> nw.DataFrame[Any]:
    """Count by group and grade, with the sums of products between each grade and no contact.

    The same customers stand in several grades and among those without contact, so the two rates of
    a lift are correlated; the extra columns let the interval use that.

    Args:
        lazy: A frame with `fan` and with grades as floats, null for no contact.
        by: Columns to group by besides the grade.
        weights: Column of weights, or None.
        cluster: Column that names the customer.

    Returns:
        What `count_fans` gives, and the columns `CROSS_COLUMNS`.

    Raises:
        InputError: As `count_fans`.
    """
    keys = (*by, GRADE)
    units = units_of(lazy, keys, weights, cluster)
    reference = units.filter(nw.col(GRADE).is_null()).select(
        *by, CLUSTER, k_0=nw.col("k"), s_0=nw.col("s")
    )
    beside = units.join(reference, on=[*by, CLUSTER], how="left").with_columns(
        nw.col("k_0").fill_null(0.0), nw.col("s_0").fill_null(0.0)
    )
    k, s, k_0, s_0 = (nw.col(name) for name in ("k", "s", "k_0", "s_0"))
    products = beside.with_columns(
        cross_ss=s * s_0, cross_sk=s * k_0, cross_ks=k * s_0, cross_kk=k * k_0
    )
    return checked_counts(_sum_units(products, keys, (weights, cluster), CROSS_COLUMNS), keys)


def has_cross_sums(counts: nw.DataFrame[Any]) -> bool:
    """Tell whether a table of counts comes from `count_fans_beside`: its units are clusters."""
    return CROSS_COLUMNS[0] in counts.columns


def checked_counts(counts: nw.DataFrame[Any], keys: Sequence[str]) -> nw.DataFrame[Any]:
    """Check a table of counts and sort it by its keys, no contact last.

    Raises:
        InputError: If a grade, a key or a count is not allowed.
    """
    if GRADE in keys:
        require_grades(counts)
    require_groups(counts, keys)
    n = [int(v) for v in counts.get_column("n").to_list()]
    if sum(n) + sum(counts.get_column("unknown").to_list()) == 0:
        require_groups(counts.head(0), keys)  # without a grouping no row still makes a group
    if sum(n) == 0:
        raise InputError(
            f"no known value in column {FAN!r}", "true or false in some rows", "check the join"
        )
    if 0 in n:
        group = counts.select(*keys).row(n.index(0)) if keys else ()
        raise InputError(
            f"no known fan status in the group {group_label(keys, group)}",
            "one or more in each group",
            "leave the group out or group more coarsely",
        )
    return counts.sort(*keys, nulls_last=True) if keys else counts


def _plain(lazy: nw.LazyFrame[Any], keys: Sequence[str]) -> nw.DataFrame[Any]:
    """Count rows and fans; where the status is true, false or nothing, in one pass and as it is."""
    if lazy.collect_schema()[FAN] == nw.Boolean:
        fan = nw.col(FAN)
        # Spark alone adds no booleans up; elsewhere a conversion would cost time.
        number = fan.cast(nw.Int64) if lazy.implementation.is_spark_like() else fan
        sums = [nw.len().alias("_rows"), number.sum().alias("fans"), fan.count().alias("n")]
        counts = _group(lazy, keys, sums)
        unknown = (nw.col("_rows") - nw.col("n")).alias("unknown")
        return counts.select(*keys, "n", nw.col("fans").fill_null(0), unknown)
    known, is_fan = known_status(lazy), fan_status(lazy)
    flags = lazy.select(*keys, n=known, fans=is_fan, unknown=1 - known)
    return _group(flags, keys, [nw.col(c).sum() for c in ("n", "fans", "unknown")])


def fan_status(lazy: nw.LazyFrame[Any], column: str = FAN) -> nw.Expr:
    """1 for a fan, else 0. The statuses of a column that is not boolean are looked at first."""
    fan = nw.col(column)
    if lazy.collect_schema()[column] == nw.Boolean:
        return nw.when(fan.fill_null(value=False)).then(nw.lit(1)).otherwise(nw.lit(0))
    _require_comparable(lazy, column)
    values = lazy.select(column).unique().collect().get_column(column).to_list()
    for value in values:
        if not is_missing(value) and value not in (0, 1):
            raise InputError(
                f"column {column!r}: {echo(value)}",
                "true or false (or 1 and 0), or nothing",
                "convert the column",
            )
    return nw.when(fan == 1).then(nw.lit(1)).otherwise(nw.lit(0))


def fan_as_number(lazy: nw.LazyFrame[Any]) -> nw.Expr:
    """1 for a fan, 0 for no fan, null where the status is not known.

    Raises:
        InputError: If the column holds anything but true, false (or 1, 0) and nothing.
    """
    fan = fan_status(lazy)
    return nw.when(known_status(lazy) == 1).then(fan.cast(nw.Float64))


def _require_comparable(lazy: nw.LazyFrame[Any], column: str) -> None:
    """Raise an `InputError` for a category: it may read "True" and yet equal neither 1 nor 0."""
    dtype = lazy.collect_schema()[column]
    if isinstance(dtype, nw.Categorical | nw.Enum):
        raise InputError(
            f"column {column!r} of type {type(dtype).__name__}",
            "true or false (or 1 and 0), or nothing",
            "convert the column",
        )


def known_status(lazy: nw.LazyFrame[Any], column: str = FAN) -> nw.Expr:
    """1 where the fan status is known, else 0."""
    fan = nw.col(column)
    if lazy.collect_schema()[column] == nw.Boolean:
        return nw.when(fan.is_null()).then(nw.lit(0)).otherwise(nw.lit(1))
    return nw.when((fan == 1) | (fan == 0)).then(nw.lit(1)).otherwise(nw.lit(0))


def units_of(
    lazy: nw.LazyFrame[Any], keys: Sequence[str], weights: str | None, cluster: str | None
) -> nw.LazyFrame[Any]:
    """Make the units: rows, or the rows of a cluster added up, with size `k` and total `s`."""
    known, is_fan = known_status(lazy), fan_status(lazy)
    zero, one = nw.lit(0), nw.lit(1)
    weight, bad = nw.lit(1.0), zero
    if weights is not None:
        require_numbers(lazy, weights, WEIGHT_ALLOWED)
        weight, usable = weight_and_use(weights)
        # Who dropped out has neither a status nor a weight: such rows are left out anyway.
        bad = nw.when(usable | (known == 0)).then(zero).otherwise(one)
        weight = nw.when(usable & (known == 1)).then(weight).otherwise(nw.lit(0.0))
    rows = lazy.select(
        *keys,
        *([nw.col(cluster).alias(CLUSTER)] if cluster else []),
        n=known,
        fans=is_fan,
        unknown=1 - known,
        bad_weights=bad,
        no_cluster=nw.when(nw.col(cluster).is_null()).then(one).otherwise(zero)
        if cluster
        else zero,
        k=known * weight,
        s=is_fan * weight,
    )
    if cluster is None:
        return rows
    return rows.group_by(*keys, CLUSTER).agg(nw.col(c).sum() for c in (*_CHECKS, "k", "s"))


def _sum_units(
    units: nw.LazyFrame[Any],
    keys: Sequence[str],
    options: tuple[str | None, str | None],
    more: Sequence[str] = (),
) -> nw.DataFrame[Any]:
    """Add the units' products up by group and check the weights and clusters on the way.

    The options name the columns of weights and clusters for the messages.
    """
    weights, cluster = options
    columns = (*_CHECKS, *SUM_COLUMNS, *more)
    sums = _group(
        units.with_columns(*products_of_units()), keys, [nw.col(c).sum() for c in columns]
    )
    refuse_bad_weights(sums, weights)
    if sum(sums.get_column("no_cluster").to_list()):
        raise InputError(
            f"column {cluster!r}: nothing in some rows",
            "a customer in each row",
            "fill the cells or drop the rows",
        )
    empty = sums.filter((nw.col("k") <= 0) & (nw.col("n") > 0))
    if len(empty):
        group = group_label(keys, empty.select(*keys).row(0) if keys else ())
        raise InputError(
            f"column {weights!r}: only weights of 0 in the group {group}",
            WEIGHT_ALLOWED,
            "correct the weights or leave the group out",
        )
    return sums.drop(BAD_WEIGHTS, "no_cluster")


def _group(lazy: nw.LazyFrame[Any], keys: Sequence[str], sums: list[nw.Expr]) -> nw.DataFrame[Any]:
    if keys:
        return lazy.group_by(*keys).agg(*sums).collect()
    # The sum over no row is null on some engines.
    return lazy.select(*sums).collect().with_columns(nw.all().fill_null(0))


def _one_no_contact(counts: nw.DataFrame[Any], keys: Sequence[str]) -> nw.DataFrame[Any]:
    """Make grades floats and put the groups of null and NaN together: both mean no contact."""
    if GRADE not in keys:
        return counts
    grades = grade_as_float(counts.lazy()).collect()
    sums = [nw.col(c).sum() for c in grades.columns if c not in keys]
    return grades.group_by(*keys).agg(*sums)
