"""The fan rate: the share of fans among customers or contacts, with its interval.

What belongs together is also found here: `FanRule`, `lift_over_no_contact`, `net_contact_effect`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from touchpoints.core.clusters import SUM_COLUMNS
from touchpoints.core.contacts import CUSTOMER, TOUCHPOINT, as_columns, group_label
from touchpoints.core.fan_counts import count_fans, frame_with_fan
from touchpoints.core.fan_rule import BONDING_ITEMS, FAN, FanRule
from touchpoints.core.given_counts import read_counts
from touchpoints.core.intervals import z_value
from touchpoints.core.lift import Lifts, lift_from_counts, lift_over_no_contact
from touchpoints.core.net_effect import (
    NetContactEffect,
    net_contact_effect,
    net_contact_effect_from_counts,
)
from touchpoints.core.rates import rates_of
from touchpoints.core.result import Result
from touchpoints.core.tables import attach, integers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchpoints.core.frames import IntoFrame

__all__ = [
    "BONDING_ITEMS",
    "FanRates",
    "FanRule",
    "Lifts",
    "NetContactEffect",
    "fan_rate",
    "fan_rate_from_counts",
    "lift_from_counts",
    "lift_over_no_contact",
    "net_contact_effect",
    "net_contact_effect_from_counts",
]


@dataclass(frozen=True)
class FanRates(Result):
    """Fan rates by group.

    Attributes:
        table: One row a group: the columns of `by`, `n` (rows with a known fan status), `fans`,
            `unknown` (rows left out because the status is missing), `fan_rate_pct` (weighted where
            weights were given), `low_pct`, `high_pct` (bounds of the interval), `effective_n`
            (number of independent rows that would tell as much), `clusters` (only with `cluster`),
            `small_cell` (true under 30 rows or clusters).
        by: The columns grouped by.
        confidence: Of the intervals.
        weights: Column of weights, or None.
        cluster: Column of clusters, or None.
        rule: The rule that said who is a fan, or None if the frame had a column `fan`.
        rows_pooled: True if contacts were pooled over touchpoints without `cluster`: rows of one
            customer are then counted as if independent, and the intervals are too narrow.
    """

    table: Any
    by: tuple[str, ...]
    confidence: float
    weights: str | None = None
    cluster: str | None = None
    rule: FanRule | None = None
    rows_pooled: bool = False

    @property
    def text(self) -> str:
        """Say the rate or its range, and what to be careful about."""
        rows = nw.from_native(self.table, eager_only=True).sort("fan_rate_pct").rows(named=True)
        if len(rows) == 1:
            said = f"The fan rate is {self._rate(rows[0])}."
        else:
            said = (
                f"The fan rate is lowest for {self._label(rows[0])}: {self._rate(rows[0])}, and "
                f"highest for {self._label(rows[-1])}: {self._rate(rows[-1])}."
            )
        return " ".join([said, *self._cautions(rows)])

    def _label(self, row: dict[str, Any]) -> str:
        return group_label(self.by, [row[c] for c in self.by])

    def _rate(self, row: dict[str, Any]) -> str:
        return (
            f"{row['fan_rate_pct']:.1f} % ({100 * self.confidence:g} % interval "
            f"{row['low_pct']:.1f} to {row['high_pct']:.1f}, n = {row['n']:,})"
        )

    def _cautions(self, rows: list[dict[str, Any]]) -> list[str]:
        said = []
        unknown, small = sum(r["unknown"] for r in rows), sum(r["small_cell"] for r in rows)
        if unknown:
            said.append(f"{unknown:,} rows without a known fan status are left out.")
        if small:
            said.append(f"{small} of {len(rows)} groups are small cells.")
        if self.rows_pooled:
            said.append(
                "Rows count as independent here; where customers stand at several touchpoints, the "
                f"intervals are too narrow: pass cluster={CUSTOMER!r}."
            )
        return [*said, self.rule.text] if self.rule else said


def fan_rate(  # noqa: PLR0913  (all but the frame are options)
    frame: IntoFrame,
    *,
    by: str | Sequence[str] | None = None,
    weights: str | None = None,
    cluster: str | None = None,
    rule: FanRule | None = None,
    confidence: float = 0.95,
) -> FanRates:
    """Estimate the fan rate, as a whole or by group.

    The interval is Wilson's. With weights or clusters it is taken at the effective sample size that
    gives the linearised variance of the weighted or clustered share. Use `cluster="customer_id"`
    whenever a customer can stand in several rows of a group: fan status is one value a customer, so
    such rows say less than their number.

    Args:
        frame: Any frame that narwhals supports, eager or lazy; one row a customer, or one row a
            customer and touchpoint. It is grouped on its own engine; only counts leave it.
        by: Column or columns to group by. A column `grade` holds 1 (best) to 6 or nothing for no
            contact, which is a group of its own.
        weights: Column of weights, 0 or more, or None.
        cluster: Column that names the customer, or None to take rows as independent. With it, and
            with columns `customer_id` and `touchpoint`, duplicated contacts are refused; without
            it, rows are counted as they stand.
        rule: A rule that makes the fan status from the frame's columns; by default the frame has a
            column `fan` (true, false, or nothing where it is not known).
        confidence: Of the intervals, between 0 and 1.

    Returns:
        The rates as a frozen result, sorted by `by`, no contact last.

    Raises:
        InputError: If a column is missing, a value is not allowed, or a group has no known status.

    Example:
        >>> import pandas as pd
        >>> contacts = pd.DataFrame({
        ...     "grade": [1] * 40 + [2] * 50 + [None] * 60,
        ...     "fan": [True] * 30 + [False] * 10 + [True] * 10 + [False] * 40
        ...            + [True] * 18 + [False] * 42,
        ... })
        >>> rates = fan_rate(contacts, by="grade")
        >>> rates.table[["grade", "n", "fans", "fan_rate_pct", "low_pct", "high_pct"]].round(1)
           grade   n  fans  fan_rate_pct  low_pct  high_pct
        0    1.0  40    30          75.0     59.8      85.8
        1    2.0  50    10          20.0     11.2      33.0
        2    NaN  60    18          30.0     19.9      42.5
    """
    z_value(confidence)
    keys = as_columns(by)
    lazy = frame_with_fan(frame, rule, [c for c in (*keys, weights, cluster) if c is not None])
    names = set(lazy.collect_schema().names())
    counts = count_fans(lazy, keys, weights=weights, cluster=cluster)
    pooled = cluster is None and {CUSTOMER, TOUCHPOINT} <= names and TOUCHPOINT not in keys
    table = _table(counts, confidence, clustered=cluster is not None)
    return FanRates(table, keys, confidence, weights, cluster, rule, rows_pooled=pooled)


def fan_rate_from_counts(
    frame: IntoFrame,
    *,
    by: str | Sequence[str] | None = None,
    n: str = "n",
    fans: str = "fans",
    confidence: float = 0.95,
) -> FanRates:
    """Give the fan rate and its interval for a ready-made table of counts.

    Counts can't tell which rows are of the same customer: each group should hold a customer at most
    once (one touchpoint, not several pooled).

    Args:
        frame: One row a group.
        by: Column or columns that name the group.
        n: Column with the number of answers.
        fans: Column with the number of fans among them.
        confidence: Of the intervals.

    Returns:
        As `fan_rate`.

    Raises:
        InputError: If a column is missing, a count is not allowed, or a group stands twice.

    Example:
        >>> import pandas as pd
        >>> counts = pd.DataFrame({"grade": [1, 2], "n": [40, 50], "fans": [30, 10]})
        >>> fan_rate_from_counts(counts, by="grade").table["fan_rate_pct"].tolist()
        [75.0, 20.0]
    """
    z_value(confidence)
    keys = as_columns(by)
    table = _table(read_counts(frame, keys, n, fans), confidence, clustered=False)
    return FanRates(table, keys, confidence)


def _table(counts: nw.DataFrame[Any], confidence: float, *, clustered: bool) -> Any:  # noqa: ANN401
    """Put the estimates beside the keys; a native frame."""
    rates = rates_of(counts, clustered=clustered)
    low, high = rates.interval(confidence)
    columns = {
        "n": integers(rates.n),
        "fans": integers(rates.fans),
        "unknown": integers(rates.unknown),
        f"{FAN}_rate_pct": 100 * rates.rate,
        "low_pct": 100 * low,
        "high_pct": 100 * high,
        "effective_n": rates.effective_n,
    }
    if clustered and rates.sums is not None:
        columns["clusters"] = integers(rates.sums.units)
    columns["small_cell"] = rates.small
    return attach(counts, columns, drop=SUM_COLUMNS).to_native()
