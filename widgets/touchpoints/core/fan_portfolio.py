"""The fan portfolio: bonding and satisfaction as two questions, four kinds of customers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw
import numpy as np

from touchpoints.core.contacts import as_columns
from touchpoints.core.errors import InputError, echo
from touchpoints.core.fan_counts import count_fans
from touchpoints.core.fan_rule import FAN, FanRule, refuse_made
from touchpoints.core.frames import require_columns
from touchpoints.core.intervals import z_value
from touchpoints.core.rates import rates_of
from touchpoints.core.result import Result
from touchpoints.core.tables import attach, integers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchpoints.core.frames import IntoFrame

#: The four fields: key, bonded, satisfied. The names are the kit's own.
FIELDS: Final = (
    ("bonded_and_content", True, True),
    ("bonded_not_content", True, False),
    ("content_not_bonded", False, True),
    ("neither", False, False),
)

_PLACE: Final = "_place"


@dataclass(frozen=True)
class FanPortfolio(Result):
    """Shares of customers in four fields.

    Attributes:
        table: One row a group and field: the columns of `by`, `field`, `bonded`, `content`, `n`
            (customers of the group with known answers), `customers` (in the field), `unknown` (of
            the group, left out), `share_pct` with `low_pct` and `high_pct`, `small_cell` (the group
            has under 30 customers).
        by: The columns grouped by.
        rule: The rule that said who is bonded.
        satisfied_at_most: Worst grade of satisfaction that counts as content.
        weights: Column of weights, or None.
        confidence: Of the intervals, each for itself.
    """

    table: Any
    by: tuple[str, ...]
    rule: FanRule
    satisfied_at_most: float
    weights: str | None
    confidence: float

    @property
    def text(self) -> str:
        """Say the four shares, or between which values they run, and the cut-offs."""
        rows = nw.from_native(self.table, eager_only=True).rows(named=True)
        said = []
        for field, *_ in FIELDS:
            shares = [row for row in rows if row["field"] == field]
            low, high = (f(shares, key=lambda r: r["share_pct"]) for f in (min, max))
            name = field.replace("_", " ")
            if len(shares) == 1:
                said.append(
                    f"{name} {low['share_pct']:.1f} % ({100 * self.confidence:g} % interval "
                    f"{low['low_pct']:.1f} to {low['high_pct']:.1f})"
                )
            else:
                said.append(f"{name} {low['share_pct']:.1f} to {high['share_pct']:.1f} %")
        groups = {tuple(row[c] for c in self.by): row for row in rows}.values()
        n, unknown = (sum(row[c] for row in groups) for c in ("n", "unknown"))
        left = f" {unknown:,} without known answers are left out." if unknown else ""
        return (
            f"Of {n:,} customers: {'; '.join(said)}.{left} Bonded: {self.rule.name}; content: "
            f"satisfaction {self.satisfied_at_most:g} or better. The cut-offs are decisions."
        )


def fan_portfolio(  # noqa: PLR0913  (all but the frame are options)
    frame: IntoFrame,
    *,
    rule: FanRule | None = None,
    satisfied_at_most: float = 2,
    satisfaction: str = "satisfaction",
    by: str | Sequence[str] | None = None,
    weights: str | None = None,
    confidence: float = 0.95,
) -> FanPortfolio:
    """Part customers by bonding and satisfaction and give the shares with Wilson's intervals.

    Args:
        frame: Any frame, one row a customer, with the bonding items and `satisfaction`.
        rule: Who is bonded; it must not use satisfaction, which is the other question.
        satisfied_at_most: Worst grade (1 best to 6) that counts as content.
        satisfaction: Column of the grade of overall satisfaction.
        by: Column or columns to group by, or None.
        weights: Column of weights, 0 or more, or None.
        confidence: Of the intervals.

    Returns:
        The portfolio as a frozen result.

    Raises:
        InputError: If a column is missing or a value is not allowed.

    References:
        The two questions are those of Becker, R. & Daschmann, G. (2016), Das Fan-Portfolio; rule,
        cut-offs and names of the fields are the kit's own.

    Example:
        >>> import pandas as pd
        >>> answers = pd.DataFrame({f"bonding_{i}": [5, 5, 4, 2, 1, 3] for i in range(1, 6)})
        >>> portfolio = fan_portfolio(answers.assign(satisfaction=[1, 2, 4, 2, 5, 1]))
        >>> portfolio.table[["field", "customers", "share_pct", "low_pct", "high_pct"]].round(1)
                        field  customers  share_pct  low_pct  high_pct
        0  bonded_and_content          2       33.3      9.7      70.0
        1  bonded_not_content          1       16.7      3.0      56.4
        2  content_not_bonded          2       33.3      9.7      70.0
        3             neither          1       16.7      3.0      56.4
    """
    z_value(confidence)
    rule = _bonding_rule(rule)
    keys = as_columns(by)
    both = replace(rule, satisfaction_at_most=satisfied_at_most, satisfaction=satisfaction)
    lazy = both.checked(frame)
    used = [*keys, *([weights] if weights else [])]
    require_columns(lazy, used)
    refuse_made(used)
    grade = nw.col(satisfaction).cast(nw.Float64)
    # Who answered only one of the two questions stands in no field.
    bonded = rule.expression()
    known = grade.is_finite() & ~bonded.is_null()
    lazy = lazy.with_columns(_bonded=bonded, _content=grade <= satisfied_at_most, _known=known)
    parts = []
    for field, is_bonded, is_content in FIELDS:
        fan = (nw.col("_bonded") == is_bonded) & (nw.col("_content") == is_content)
        marked = lazy.with_columns(nw.when(nw.col("_known")).then(fan).alias(FAN))
        counts = count_fans(marked, keys, weights=weights, cluster=None)
        rates = rates_of(counts, clustered=False)
        low, high = rates.interval(confidence)
        columns = {
            "field": [field] * len(counts),
            "bonded": [is_bonded] * len(counts),
            "content": [is_content] * len(counts),
            "n": integers(rates.n),
            "customers": integers(rates.fans),
            "unknown": integers(rates.unknown),
            "share_pct": 100 * rates.rate,
            "low_pct": 100 * low,
            "high_pct": 100 * high,
            "small_cell": np.asarray(rates.small),
        }
        parts.append(attach(counts.select(*keys), columns))
    table = nw.concat(parts)
    if keys:  # sorting by keys alone would shuffle the fields on some engines
        place = np.repeat(np.arange(len(FIELDS)), len(table) // len(FIELDS))
        table = attach(table, {_PLACE: place}).sort(*keys, _PLACE).drop(_PLACE)
    return FanPortfolio(
        nw.maybe_reset_index(table).to_native(), keys, rule, satisfied_at_most, weights, confidence
    )


def _bonding_rule(rule: FanRule | None) -> FanRule:
    rule = rule or FanRule()
    if not isinstance(rule, FanRule):
        raise InputError(f"rule {echo(rule)}", "a FanRule", "pass for example FanRule(cut_off=4.5)")
    if rule.satisfaction_at_most is not None:
        raise InputError(
            "a rule of bonding that uses satisfaction",
            "a rule on bonding alone",
            "pass satisfied_at_most= beside the rule",
        )
    return rule
