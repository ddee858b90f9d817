"""Customers added up by their fan status under many rules at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import narwhals as nw
import numpy as np

from touchpoints.core.contacts import (
    CUSTOMER,
    GRADE,
    TOUCHPOINT,
    grade_as_float,
    require_grades,
    require_numbers,
    require_unique_contacts,
)
from touchpoints.core.errors import InputError
from touchpoints.core.frames import require_columns
from touchpoints.core.weights import (
    BAD_WEIGHTS,
    WEIGHT_ALLOWED,
    refuse_bad_weights,
    weight_and_use,
)

if TYPE_CHECKING:
    from touchpoints.core.fan_rule import FanRule
    from touchpoints.core.numbers import FloatArray

#: Grades whose lifts are compared.
LIFTED: Final = (1, 2)
#: How a status is written: 0 not known, 1 no fan, 2 a fan.
FAN_DIGIT: Final = 2
#: Statuses, three kinds each, that fit into one whole number of 64 bits.
_DIGITS: Final = 39


def status_classes(
    customers: nw.LazyFrame[Any],
    contacts: nw.LazyFrame[Any],
    rules: tuple[FanRule, ...],
    weights: str | None,
) -> nw.DataFrame[Any]:
    """Add up customers who have the same status under each rule.

    For the group without contact (0) and the grades: `n` rows, `k` their weight, `kk` squared
    weights of customers, `u` customers; `x` products with no contact; `c` the customers themselves.
    """
    require_columns(customers, [CUSTOMER, *([weights] if weights else [])])
    require_columns(contacts, [CUSTOMER, TOUCHPOINT, GRADE])
    for rule in {(rule.items, rule.columns): rule for rule in rules}.values():
        rule.checked(customers)  # rules that read the same columns check the same
    require_unique_contacts(contacts)
    graded = grade_as_float(contacts)
    require_grades(graded.select(GRADE).unique().collect())
    marked = customers.with_columns(r.expression().alias(f"_r{i}") for i, r in enumerate(rules))
    keys = _keys(len(rules))
    people = marked.select(CUSTOMER, *keys, *([weights] if weights else []))
    weight, bad = nw.lit(1.0), nw.lit(0)
    if weights is not None:
        require_numbers(customers, weights, WEIGHT_ALLOWED)
        weight, usable = weight_and_use(weights)
        # Who dropped out has neither a status (all digits are 0) nor a weight.
        digits = sum((nw.col(f"_key{i}") for i in range(1, len(keys))), nw.col("_key0"))
        bad = nw.when(usable | (digits == 0)).then(nw.lit(0)).otherwise(nw.lit(1))
        weight = nw.when(usable).then(weight).otherwise(nw.lit(0.0))
    people = people.with_columns(_w=weight, **{BAD_WEIGHTS: bad})
    _require_single(people)
    places = (0, *LIFTED)
    marks = [
        nw.when(_at(place)).then(nw.lit(1)).otherwise(nw.lit(0)).alias(f"n{place}")
        for place in places
    ]
    per = graded.select(CUSTOMER, *marks).group_by(CUSTOMER)
    rows = per.agg(nw.col(f"n{place}").sum() for place in places)
    joined = people.join(rows, on=CUSTOMER, how="left")
    joined = joined.with_columns(nw.col(f"n{p}").fill_null(0).cast(nw.Float64) for p in places)
    w = nw.col("_w")
    sums = [nw.lit(1.0).alias("nc"), w.alias("kc"), (w * w).alias("kkc")]
    sums += [nw.when(w > 0).then(nw.lit(1.0)).otherwise(nw.lit(0.0)).alias("uc")]
    for place in places:
        n = nw.col(f"n{place}")
        used = nw.when((n > 0) & (w > 0)).then(nw.lit(1.0)).otherwise(nw.lit(0.0))
        sums += [(w * n).alias(f"k{place}"), (w * n * w * n).alias(f"kk{place}")]
        sums += [used.alias(f"u{place}"), (w * n * w * nw.col("n0")).alias(f"x{place}")]
    whole = joined.with_columns(*sums)
    added = [f"{part}{place}" for part in ("n", "k", "kk", "u") for place in ("c", *places)]
    added += [*(f"x{place}" for place in LIFTED), BAD_WEIGHTS]
    names = [f"_key{i}" for i in range(len(keys))]
    classes = whole.group_by(*names).agg(nw.col(c).sum() for c in added).collect()
    refuse_bad_weights(classes, weights)
    for place in places:
        if classes.get_column(f"k{place}").sum() <= 0:
            what = "without contact" if place == 0 else f"with grade {place}"
            raise InputError(
                f"nobody {what}", "contacts with grades 1 and 2, and none", "check the filter"
            )
    return classes


def _at(place: int) -> nw.Expr:
    return nw.col(GRADE).is_null() if place == 0 else nw.col(GRADE) == place


def _keys(rules: int) -> list[nw.Expr]:
    """Write the statuses as digits of few numbers: 0 not known, 1 no fan, 2 a fan."""
    keys = []
    for start in range(0, rules, _DIGITS):
        key = nw.lit(0)
        for i in range(start, min(start + _DIGITS, rules)):
            fan = nw.col(f"_r{i}")
            digit = nw.when(fan.fill_null(value=False)).then(nw.lit(2)).otherwise(nw.lit(1))
            digit = nw.when(fan.is_null()).then(nw.lit(0)).otherwise(digit)
            key = key + digit.cast(nw.Int64) * 3 ** (i - start)
        keys.append(key.alias(f"_key{start // _DIGITS}"))
    return keys


def statuses(classes: nw.DataFrame[Any], rules: int) -> FloatArray:
    """Read the digits again: rules by classes."""
    rows = []
    for i in range(rules):
        key = classes.get_column(f"_key{i // _DIGITS}").to_numpy().astype(np.int64)
        rows.append(key // 3 ** (i % _DIGITS) % 3)
    return np.stack(rows).astype(np.float64)


def _require_single(people: nw.LazyFrame[Any]) -> None:
    twice = people.group_by(CUSTOMER).agg(nw.len().alias("rows")).filter(nw.col("rows") > 1)
    found = twice.head(1).collect()
    if len(found):
        raise InputError(
            f"{int(found.get_column('rows').to_list()[0])} rows of one customer",
            "one row a customer",
            "drop the second, or pass the customers and not the contacts",
        )
