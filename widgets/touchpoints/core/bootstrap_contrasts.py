"""Contrasts and net contact effects, with bootstrap intervals beside the analytic ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from touchpoints.core.against_no_contact import contact_frame, count_contacts, differences
from touchpoints.core.cluster_bootstrap import (
    draw_cells,
    drawn_contrasts,
    drawn_net_effects,
    percentiles_at,
    require_draws,
)
from touchpoints.core.contacts import CUSTOMER, GRADE, TOUCHPOINT, as_columns
from touchpoints.core.intervals import z_value
from touchpoints.core.net_effect import as_one_grade
from touchpoints.core.result import Result
from touchpoints.core.tables import attach

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchpoints.core.against_no_contact import Differences
    from touchpoints.core.fan_rule import FanRule
    from touchpoints.core.frames import IntoFrame
    from touchpoints.core.numbers import FloatArray


@dataclass(frozen=True)
class BootstrapContrasts(Result):
    """Two intervals for each contrast: one from a formula, one from customers drawn anew.

    Attributes:
        table: One row a group and grade: the columns of `by`, `grade`, `n`, `fans`, `fan_rate_pct`,
            `effective_n` and the same of `no_contact_`, `lift_points` with `low_points` and
            `high_points` (as `lift_over_no_contact`), `standard_error_points` (standard deviation
            of the draws), `bootstrap_low_points` and `bootstrap_high_points` (percentiles),
            `empty_draws` (draws with nobody in one of the two cells), `small_cell` (then, and where
            all or none are fans, the bootstrap interval is too narrow: rely on the other).
        net: The same for the net contact effects, one row a group: `net_effect_points` and so on.
        by: The columns grouped by.
        confidence: Of the intervals.
        draws: Samples of customers.
        seed: Of the draws.
        weights: Column of weights, or None.
        cluster: Column that names what was drawn.
    """

    table: Any
    net: Any
    by: tuple[str, ...]
    confidence: float
    draws: int
    seed: int
    weights: str | None = None
    cluster: str = CUSTOMER

    @property
    def text(self) -> str:
        """Say how far the two kinds of intervals agree."""
        rows = nw.from_native(self.table, eager_only=True).rows(named=True)
        large = [row for row in rows if not row["small_cell"] and _spread(row)]
        ratios = sorted(
            (row["bootstrap_high_points"] - row["bootstrap_low_points"])
            / (row["high_points"] - row["low_points"])
            for row in large
        )
        width = "No cell is large enough to compare the intervals"
        if ratios:
            width = (
                f"In {len(large)} of {len(rows)} contrasts the cells are large enough: there the "
                f"bootstrap interval is {ratios[0]:.2f} to {ratios[-1]:.2f} times as wide as the "
                "analytic one"
            )
        same = sum(
            (row["low_points"] > 0) == (row["bootstrap_low_points"] > 0)
            and (row["high_points"] < 0) == (row["bootstrap_high_points"] < 0)
            for row in rows
        )
        return (
            f"{width}; in {same} of {len(rows)} both say the same about 0 "
            f"({self.draws:,} draws of whole customers, {100 * self.confidence:g} % intervals). "
            "These are associations, not effects of the contact."
        )


def _spread(row: dict[str, Any]) -> bool:
    """Tell whether both cells have fans and others; else resampling gives one value for ever."""
    inside = (0 < row[f"{side}fans"] < row[f"{side}n"] for side in ("", "no_contact_"))
    return all(inside)


def bootstrap_contrasts(  # noqa: PLR0913  (all but the frame are options)
    frame: IntoFrame,
    *,
    by: str | Sequence[str] | None = TOUCHPOINT,
    weights: str | None = None,
    cluster: str = CUSTOMER,
    rule: FanRule | None = None,
    confidence: float = 0.95,
    draws: int = 2000,
    seed: int = 0,
) -> BootstrapContrasts:
    """Give the contrasts and net contact effects intervals from resampled customers.

    Customers are drawn with replacement, each with all rows and weights; the interval runs between
    percentiles of the draws. It needs no formula for the variance and no effective size, so it is a
    check on both. It needs customers enough in each cell: see `small_cell`.

    Args:
        frame: As `lift_over_no_contact` takes it. Unlike there, one row a customer and cell leaves
            the frame's engine.
        by: Column or columns to group by; None pools everything.
        weights: Column of weights, 0 or more, or None.
        cluster: Column that names what is drawn as one; by default the customer.
        rule: A rule that makes the fan status from the frame's columns.
        confidence: Of the intervals, between 0 and 1.
        draws: Samples, from 100 to 1,000,000.
        seed: Of the generator (PCG64), a whole number of 0 or more.

    Returns:
        Both kinds of intervals as a frozen result, sorted by group and grade.

    Raises:
        InputError: As `lift_over_no_contact`; or if the draws or the seed are out of their range.

    References:
        See the head of `cluster_bootstrap`.

    Example:
        >>> import pandas as pd
        >>> contacts = pd.DataFrame({
        ...     "customer_id": range(150),
        ...     "touchpoint": "live_chat",
        ...     "grade": [1] * 40 + [2] * 50 + [None] * 60,
        ...     "fan": [True] * 30 + [False] * 10 + [True] * 10 + [False] * 40
        ...            + [True] * 18 + [False] * 42,
        ... })
        >>> table = bootstrap_contrasts(contacts).table
        >>> table[["low_points", "bootstrap_low_points"]].round(0).values.tolist()
        [[25.0, 26.0], [-25.0, -26.0]]
    """
    z = z_value(confidence)
    require_draws(draws, seed)
    groups = as_columns(by)
    lazy = contact_frame(frame, groups, weights, cluster, rule)
    counts, _ = count_contacts(lazy, groups, weights, cluster)
    drawn = draw_cells(
        lazy, counts, groups, weights=weights, cluster=cluster, draws=draws, seed=seed
    )
    lifts = differences(counts, groups)
    merged, _ = count_contacts(lazy.with_columns(as_one_grade()), groups, weights, cluster)
    nets = differences(merged, groups)
    columns = _columns("lift_points", lifts, drawn_contrasts(counts, groups, drawn), z)
    of_net = _columns("net_effect_points", nets, drawn_net_effects(counts, groups, drawn), z)
    return BootstrapContrasts(
        attach(lifts.cells.select(*groups, GRADE), columns).to_native(),
        attach(nets.cells.select(*groups), of_net).to_native(),
        groups,
        confidence,
        draws,
        seed,
        weights,
        cluster,
    )


def _columns(name: str, result: Differences, drawn: FloatArray, z: float) -> dict[str, Any]:
    """Both kinds of intervals as columns."""
    low, high = percentiles_at(drawn)(np.full(len(drawn), z))
    analytic_low, analytic_high = result.points_at(z)
    known = np.ma.masked_invalid(drawn)
    return {
        **result.counts_and_rates(),
        name: result.points,
        "low_points": analytic_low,
        "high_points": analytic_high,
        "standard_error_points": known.std(axis=1).filled(np.nan),
        "bootstrap_low_points": low,
        "bootstrap_high_points": high,
        "empty_draws": np.isnan(drawn).sum(axis=1),
        "small_cell": result.small,
    }
