"""Rules that share a conversion out over the contacts before it: conventions, not estimates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw
import numpy as np

from touchpoints.core.errors import InputError, echo, one_of
from touchpoints.core.frames import IntoFrame
from touchpoints.core.journeys.paths import Paths, add_up, largest_first, read_paths
from touchpoints.core.journeys.shares import share_interval
from touchpoints.core.numbers import FloatArray
from touchpoints.core.result import Result

#: The rules, from the simplest on.
RULES: Final = ("first", "last", "linear", "position_based", "time_decay")

#: What the position-based rule gives to each end of a journey.
END_SHARE: Final = 0.4
#: Contacts after which the credit under time decay is halved.
HALF_LIFE: Final = 2.0

_PAIR: Final = 2


@dataclass(frozen=True)
class Attribution(Result):
    """What `attribute` gives.

    Attributes:
        table: One row a touchpoint, the largest credit first (equals in the alphabet's order):
            `touchpoint`, `credit` (conversions), `share_pct` (of all conversions), `low_pct` and
            `high_pct` (interval of the share), `journeys` (that meet the touchpoint, converted or
            not). Shares are empty where nothing converted.
        rule: The rule's name.
        conversions: All conversions; the credits add up to them.
        confidence: Of the intervals.
    """

    table: Any
    rule: str
    conversions: int
    confidence: float

    @property
    def text(self) -> str:
        """Say who gets most, and that a rule is a convention."""
        if not self.conversions:
            return "No journey converted: there is no credit to share out."
        row = nw.from_native(self.table, eager_only=True).rows(named=True)[0]
        return (
            f"By the rule {self.rule} most credit goes to {row['touchpoint']}: "
            f"{row['credit']:,.1f} of {self.conversions:,} conversions, {row['share_pct']:.1f} % "
            f"({100 * self.confidence:g} % interval {row['low_pct']:.1f} to "
            f"{row['high_pct']:.1f}). "
            "The rule is a convention: it does not tell what caused a conversion."
        )


def attribute(
    paths: IntoFrame,
    *,
    rule: str = "linear",
    end_share: float = END_SHARE,
    half_life: float = HALF_LIFE,
    confidence: float = 0.95,
) -> Attribution:
    """Share conversions out over the contacts before them by a rule.

    The contact at place t of L (t = 1 … L) of a converted journey gets the weight

    - first: 1 for t = 1; last: 1 for t = L; linear: 1 / L;
    - position_based: `end_share` each for the first and the last, the rest shared evenly by those
      between; halves for two contacts, all for one;
    - time_decay: 2^(-(L - t) / `half_life`), divided by their sum. Paths carry an order but no
      times, so the half-life is in contacts, not in days.

    A touchpoint met twice gets both weights. Nulls get nothing and change nothing: a rule never
    looks at journeys that failed. The interval is that of a mean over converted journeys, taken as
    independent of each other.

    Args:
        paths: Table of paths: `path` ("a > b > c"), `conversions`, `nulls`, as `journey_paths`
            gives it; any frame that narwhals supports.
        rule: One of first, last, linear, position_based, time_decay.
        end_share: Of each end under position_based, from 0 to 0.5.
        half_life: Contacts, above 0, after which the weight under time_decay is halved.
        confidence: Of the intervals, between 0 and 1.

    Returns:
        The credits as a frozen result; its table is a frame of the engine that came in.

    Raises:
        InputError: If the table of paths, the rule or a number is not allowed.

    References:
        Berman, R. (2018). Beyond the last touch: attribution in online advertising. Marketing
        Science 37, 771-792 (what such rules reward).

    Example:
        >>> import pandas as pd
        >>> paths = pd.DataFrame({
        ...     "path": ["brochure > shop", "shop"], "conversions": [4, 2], "nulls": [9, 1],
        ... })
        >>> attribute(paths, rule="linear").table[["touchpoint", "credit"]].values.tolist()
        [['shop', 4.0], ['brochure', 2.0]]
    """
    one_of("rule", rule, RULES)
    _require("end_share", end_share, 0 <= _number(end_share) <= 1 / _PAIR, "0 to 0.5")
    _require("half_life", half_life, 0 < _number(half_life) < np.inf, "a number above 0")
    read = read_paths(paths)
    weights = rule_weights(read, rule, end_share=end_share, half_life=half_life)
    credit, share, variance = _shared_out(read, weights)
    total = int(read.conversions.sum())
    low, high = share_interval(share, variance, total, confidence)
    order = largest_first(credit)
    columns = {
        "touchpoint": read.labels,
        "credit": credit,
        "share_pct": 100 * share,
        "low_pct": 100 * low,
        "high_pct": 100 * high,
        "journeys": read.touched,
    }
    table = read.frame({name: values[order] for name, values in columns.items()})
    return Attribution(table, rule, total, confidence)


def rule_weights(
    paths: Paths, rule: str, *, end_share: float = END_SHARE, half_life: float = HALF_LIFE
) -> FloatArray:
    """Return the weight of each contact of the paths; those of a path add up to 1."""
    place = paths.place
    length = np.repeat(paths.length, paths.length)
    first, last = place == 0, place == length - 1
    if rule == "first":
        return np.where(first, 1.0, 0.0)
    if rule == "last":
        return np.where(last, 1.0, 0.0)
    if rule == "linear":
        return np.asarray(1 / length)
    if rule == "position_based":
        between = (1 - 2 * end_share) / np.maximum(length - _PAIR, 1)
        several = np.where(first | last, end_share, between)
        return np.asarray(np.where(length > _PAIR, several, 1 / length))
    decayed = np.exp2((place - length + 1) / half_life)
    return np.asarray(decayed / add_up(paths.path, decayed, len(paths.length))[paths.path])


def credits_of(paths: Paths, weights: FloatArray) -> FloatArray:
    """Add the weighted conversions up by touchpoint."""
    counted = weights * paths.conversions[paths.path]
    return add_up(paths.contact, counted, len(paths.names))


def _shared_out(paths: Paths, weights: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return credits, shares of all conversions, and the variances of these shares."""
    credit = credits_of(paths, weights)
    total = float(paths.conversions.sum())
    if not total:
        nothing = np.full(len(credit), np.nan)
        return credit, nothing, nothing
    share = np.clip(credit / total, 0.0, 1.0)
    keys, of_key = np.unique(paths.path * len(paths.names) + paths.contact, return_inverse=True)
    path, name = np.divmod(keys, len(paths.names))
    squares = add_up(of_key, weights, len(keys)) ** 2 * paths.conversions[path]
    spread = add_up(name, squares, len(credit)) / total - share**2
    return credit, share, np.maximum(spread, 0.0) / total


def _number(value: object) -> float:
    """Return a number, NaN for anything else."""
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if plain else float("nan")  # type: ignore[arg-type]


def _require(name: str, value: object, fine: bool, allowed: str) -> None:  # noqa: FBT001
    if not fine:
        raise InputError(f"{name} {echo(value)}", allowed, "correct it")
