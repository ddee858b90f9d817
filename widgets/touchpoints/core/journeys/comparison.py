"""The same paths under every rule and model, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw
import numpy as np

from touchpoints.core.frames import IntoFrame
from touchpoints.core.journeys.paths import Paths, read_paths
from touchpoints.core.journeys.removal import credits_in_proportion, effects_of
from touchpoints.core.journeys.rules import RULES, credits_of, rule_weights
from touchpoints.core.journeys.shapley import shapley_of
from touchpoints.core.numbers import FloatArray
from touchpoints.core.result import Result

#: All ways to share conversions out, in the order of the comparison's columns.
METHODS: Final = (*RULES, "markov", "shapley")


@dataclass(frozen=True)
class AttributionComparison(Result):
    """What `compare_attribution` gives.

    Attributes:
        table: One row a touchpoint, by the alphabet: `touchpoint`, the credits in conversions by
            `first`, `last`, `linear`, `position_based`, `time_decay`, `markov` (removal effects of
            order 1) and `shapley`, then `lowest_pct` and `highest_pct` (of all conversions, over
            the methods; empty where nothing converted) and `journeys`.
        conversions: All conversions; each method's credits add up to them.
    """

    table: Any
    conversions: int

    @property
    def text(self) -> str:
        """Say where the choice of the method matters most."""
        if not self.conversions:
            return "No journey converted: there is no credit to share out."
        rows = nw.from_native(self.table, eager_only=True).rows(named=True)
        widest = max(rows, key=lambda row: row["highest_pct"] - row["lowest_pct"])
        return (
            f"The method matters most for {widest['touchpoint']}: of {self.conversions:,} "
            f"conversions it gets from {widest['lowest_pct']:.1f} to {widest['highest_pct']:.1f} % "
            f"by {len(METHODS)} methods on the same paths. None of them tells what caused a "
            "conversion."
        )


def compare_attribution(paths: IntoFrame) -> AttributionComparison:
    """Share the same conversions out by every rule and model of the kit.

    The five rules of `attribute` and Shapley's values with their defaults, removal effects of order
    1. The spread over methods is not an interval: it shows how much of a credit is the choice of
    the method.

    Args:
        paths: Table of paths: `path` ("a > b > c"), `conversions`, `nulls`, as `journey_paths`
            gives it; any frame that narwhals supports.

    Returns:
        The credits as a frozen result; its table is a frame of the engine that came in.

    Raises:
        InputError: If the table of paths is not allowed.

    References:
        Those of `attribute`, `removal_effects` and `shapley_values`.

    Example:
        >>> import pandas as pd
        >>> paths = pd.DataFrame({
        ...     "path": ["brochure > shop", "shop"], "conversions": [4, 2], "nulls": [9, 1],
        ... })
        >>> compare_attribution(paths).table[["touchpoint", "first", "last"]].values.tolist()
        [['brochure', 4.0, 0.0], ['shop', 2.0, 6.0]]
    """
    read = read_paths(paths)
    found = {method: credits_by(read, method) for method in METHODS}
    total = int(read.conversions.sum())
    shares = 100 * np.array(list(found.values())) / (total or np.nan)
    columns = {
        "touchpoint": read.labels,
        **found,
        "lowest_pct": shares.min(axis=0),
        "highest_pct": shares.max(axis=0),
        "journeys": read.touched,
    }
    return AttributionComparison(read.frame(columns), total)


def credits_by(paths: Paths, method: str) -> FloatArray:
    """Return the credits by one of the methods, in the order of the names."""
    if method in RULES:
        return credits_of(paths, rule_weights(paths, method))
    total = int(paths.conversions.sum())
    if method == "markov":
        return credits_in_proportion(effects_of(paths, 1), total)
    return np.asarray(total * np.nan_to_num(shapley_of(paths)[0]))
