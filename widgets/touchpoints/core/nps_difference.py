"""Differences of Net Promoter Scores: each group against one, with the sign of a subtraction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from touchpoints.core.clusters import to_floats
from touchpoints.core.contacts import group_label
from touchpoints.core.errors import InputError, echo, listing
from touchpoints.core.intervals import z_value
from touchpoints.core.nps import ADDED_COUNTS, NetPromoterScores, score_interval
from touchpoints.core.nps_bootstrap import bootstrap_scores
from touchpoints.core.result import Result
from touchpoints.core.tables import attach, group_keys, integers

if TYPE_CHECKING:
    from touchpoints.core.numbers import FloatArray

_KINDS = ("promoters", "passives", "detractors")


@dataclass(frozen=True)
class NpsDifferences(Result):
    """Differences of Net Promoter Scores between independent groups.

    A difference above 0 means that the group's score is higher than that of the group it is held
    against. All are shares from -2 to 2; times 100 they are points.

    Attributes:
        table: One row for each other group: the columns of `by`, `n`, `nps`, `against_n`,
            `against_nps`, `difference` (`nps` minus `against_nps`), `standard_error`, `low` and
            `high` (adjusted Wald), `bootstrap_low` and `bootstrap_high` (percentiles), `small_cell`
            (true if either group is one).
        by: The columns grouped by.
        against: Name of the group that the others are held against.
        confidence: Of the intervals.
        draws: Samples of the bootstrap.
        seed: Of the bootstrap.
    """

    table: Any
    by: tuple[str, ...]
    against: str
    confidence: float
    draws: int
    seed: int

    @property
    def text(self) -> str:
        """Say the difference, or how many groups lie clearly above and below."""
        rows = nw.from_native(self.table, eager_only=True).rows(named=True)
        small = sum(row["small_cell"] for row in rows)
        note = f" {small} of {len(rows)} rows are small cells." if small else ""
        if len(rows) == 1:
            row = rows[0]
            return (
                f"The NPS of {group_label(self.by, [row[c] for c in self.by])} minus that of "
                f"{self.against} is {100 * row['difference']:+.1f} points "
                f"({100 * self.confidence:g} % interval {100 * row['low']:+.1f} to "
                f"{100 * row['high']:+.1f}, n = {row['n']:,} and {row['against_n']:,}).{note}"
            )
        above = sum(row["low"] > 0 for row in rows)
        below = sum(row["high"] < 0 for row in rows)
        return (
            f"Of {len(rows)} groups, {above} have an NPS clearly above that of {self.against} "
            f"and {below} clearly below ({100 * self.confidence:g} % intervals, each by itself)."
            f"{note}"
        )


def nps_difference(
    scores: NetPromoterScores,
    against: Any,  # noqa: ANN401  (a value of any column)
    *,
    confidence: float = 0.95,
    draws: int = 10_000,
    seed: int = 0,
) -> NpsDifferences:
    """Subtract the score of one group from that of each other group.

    The difference is d = NPS(group) - NPS(against). The groups hold different people, so the
    variances add up: with p and d as shares of promoters and detractors, each group's is
    (p + d - (p - d)²) / n. The interval adds to each group three answers, 3/4 of a promoter and 3/4
    of a detractor among them, as the adjusted Wald interval of a single score does. The bootstrap
    interval draws the counts of each group anew (multinomial) and takes percentiles.

    Args:
        scores: What `nps` gave with `by`, or `nps_from_counts` for several groups.
        against: The group that the others are held against: its value in the column of `by`, or a
            tuple with one value for each column.
        confidence: Of the intervals, between 0 and 1.
        draws: Samples of the bootstrap, from 100 to 1,000,000.
        seed: Of the bootstrap, a whole number of 0 or more.

    Returns:
        The differences as a frozen result, in the order of the scores.

    Raises:
        InputError: If the scores have no second group, or the named group is not among them.

    References:
        Rocks, B. (2016). Interval estimation for the "Net Promoter Score". The American
        Statistician 70, 365-372.

    Example:
        >>> from touchpoints.core.nps import nps_from_counts
        >>> scores = nps_from_counts([50, 30], [30, 40], [20, 30])
        >>> row = nps_difference(scores, against=2).table.iloc[0]
        >>> [round(float(row[c]), 3) for c in ("nps", "against_nps", "difference", "low", "high")]
        [0.3, 0.0, 0.3, 0.079, 0.503]
    """
    z = z_value(confidence)
    if not isinstance(scores, NetPromoterScores):
        raise InputError(
            f"an object of type {type(scores).__name__}",
            "the result of nps or nps_from_counts",
            "compute the scores first",
        )
    frame = nw.from_native(scores.table, eager_only=True)
    place = _place_of(group_keys(frame, scores.by), against, scores.by)
    counts = [to_floats(frame, kind) for kind in _KINDS]
    n, score = to_floats(frame, "n"), to_floats(frame, "nps")
    promoters, passives, detractors = counts
    drawn = bootstrap_scores(promoters, passives, detractors, draws=draws, seed=seed)
    tail = (1 - confidence) / 2
    low, high = np.quantile(drawn - drawn[place], [tail, 1 - tail], axis=1)
    others = np.arange(len(frame)) != place
    small = np.asarray(frame.get_column("small_cell").to_list(), dtype=bool)
    columns = {
        "n": integers(n),
        "nps": score,
        "against_n": np.full(len(n), integers(n[place])),
        "against_nps": np.full(len(n), score[place]),
        "difference": score - score[place],
        **_wald(counts, place, z),
        "bootstrap_low": low,
        "bootstrap_high": high,
        "small_cell": small | small[place],
    }
    kept = frame.select(*scores.by).filter(others.tolist())
    table = attach(kept, {name: values[others] for name, values in columns.items()})
    name = group_label(scores.by, frame.select(*scores.by).row(place))
    return NpsDifferences(table.to_native(), scores.by, name, confidence, draws, seed)


def _wald(counts: list[FloatArray], place: int, z: float) -> dict[str, FloatArray]:
    """Standard error of the differences, and the bounds of the adjusted Wald interval."""
    promoters, passives, detractors = counts
    _, error, *_ = score_interval(promoters, passives, detractors, z)
    more, middle, less = ADDED_COUNTS
    score, wide, *_ = score_interval(promoters + more, passives + middle, detractors + less, z)
    difference = score - score[place]
    half = z * np.hypot(wide, wide[place])
    return {
        "standard_error": np.hypot(error, error[place]),
        "low": np.maximum(difference - half, -2.0),
        "high": np.minimum(difference + half, 2.0),
    }


def _place_of(keys: list[tuple[Any, ...]], against: object, by: tuple[str, ...]) -> int:
    """Find the group that the others are held against."""
    if len(keys) < 2:  # noqa: PLR2004
        raise InputError("scores of one group", "two groups or more", "pass by= to nps")
    wanted = against if isinstance(against, tuple) else (against,)
    for place, key in enumerate(keys):
        if key == wanted:
            return place
    raise InputError(
        f"group {echo(against)}",
        f"one of {listing(group_label(by, key) for key in keys[:20])}",
        "name the group that the others are held against",
    )
