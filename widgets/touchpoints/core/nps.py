"""The Net Promoter Score, with the uncertainty it is seldom published with (C25)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw
import numpy as np

from touchpoints.core.clusters import to_floats
from touchpoints.core.contacts import (
    SMALL_CELL,
    as_columns,
    group_label,
    is_missing,
    require_groups,
    require_numbers,
)
from touchpoints.core.errors import InputError, echo
from touchpoints.core.frames import IntoFrame, require_columns, to_lazy
from touchpoints.core.intervals import z_value
from touchpoints.core.numbers import FloatArray, together
from touchpoints.core.result import Result
from touchpoints.core.tables import attach, integers

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Answers to "how likely are you to recommend us?", 0 not at all to 10 extremely.
RECOMMENDATION_RANGE: Final = (0, 10)
#: Lowest answer of a promoter and highest of a detractor.
PROMOTER_FROM: Final = 9
DETRACTOR_TO: Final = 6

#: Promoters, passives and detractors that the adjusted Wald interval adds: three answers in all.
ADDED_COUNTS: Final = (0.75, 1.5, 0.75)

_KINDS = ("promoters", "passives", "detractors")


@dataclass(frozen=True)
class NetPromoterScores(Result):
    """Net Promoter Scores by group.

    All scores are shares from -1 to 1; times 100 they are the usual points.

    Attributes:
        table: One row a group: the columns of `by`, `promoters`, `passives`, `detractors`, `n`,
            `unknown` (answers missing), `nps`, `standard_error`, `low` and `high` (Wald interval),
            `adjusted_low` and `adjusted_high` (adjusted Wald), `small_cell` (true under 30).
        by: The columns grouped by.
        confidence: Of the intervals.
    """

    table: Any
    by: tuple[str, ...]
    confidence: float

    @property
    def nps(self) -> Any:  # noqa: ANN401
        """The score: a number without grouping, else an array in the order of the table."""
        return self._column("nps")

    @property
    def standard_error(self) -> Any:  # noqa: ANN401
        """Standard error of the score."""
        return self._column("standard_error")

    @property
    def low(self) -> Any:  # noqa: ANN401
        """Lower bound of the Wald interval."""
        return self._column("low")

    @property
    def high(self) -> Any:  # noqa: ANN401
        """Upper bound of the Wald interval."""
        return self._column("high")

    @property
    def adjusted_low(self) -> Any:  # noqa: ANN401
        """Lower bound of the adjusted Wald interval."""
        return self._column("adjusted_low")

    @property
    def adjusted_high(self) -> Any:  # noqa: ANN401
        """Upper bound of the adjusted Wald interval."""
        return self._column("adjusted_high")

    @property
    def text(self) -> str:
        """Say the score with its adjusted interval, or the range over groups."""
        rows = nw.from_native(self.table, eager_only=True).sort("nps").rows(named=True)
        if len(rows) == 1:
            return f"The NPS is {self._score(rows[0])}."
        names = [group_label(self.by, [row[c] for c in self.by]) for row in (rows[0], rows[-1])]
        small = sum(row["small_cell"] for row in rows)
        note = f" {small} of {len(rows)} groups are small cells." if small else ""
        return (
            f"The NPS is lowest for {names[0]}: {self._score(rows[0])}, and highest for "
            f"{names[1]}: {self._score(rows[-1])}.{note}"
        )

    def _score(self, row: dict[str, Any]) -> str:
        low, high = 100 * row["adjusted_low"], 100 * row["adjusted_high"]
        return (
            f"{100 * row['nps']:+.1f} points ({100 * self.confidence:g} % interval "
            f"{low:+.1f} to {high:+.1f}, n = {row['n']:,})"
        )

    def _column(self, name: str) -> Any:  # noqa: ANN401
        values = to_floats(nw.from_native(self.table, eager_only=True), name)
        return values if self.by else float(values[0])


def nps(
    frame: IntoFrame,
    *,
    column: str = "recommendation",
    by: str | Sequence[str] | None = None,
    confidence: float = 0.95,
) -> NetPromoterScores:
    """Compute the Net Promoter Score from answers 0 to 10, as a whole or by group.

    Promoters answer 9 or 10, detractors 0 to 6; the score is the share of promoters minus the share
    of detractors. Rows count as independent: use one row a customer.

    Args:
        frame: Any frame that narwhals supports, eager or lazy; it is grouped on its own engine.
        column: Column of the answers; missing ones are left out and counted as `unknown`.
        by: Column or columns to group by.
        confidence: Of the intervals, between 0 and 1.

    Returns:
        The scores as a frozen result, sorted by `by`.

    Raises:
        InputError: If a column is missing, an answer is not a whole number from 0 to 10, or a group
            has no answer.

    Example:
        >>> import pandas as pd
        >>> result = nps(pd.DataFrame({"recommendation": [10, 9, 8, 7, 3]}))
        >>> round(result.nps, 3), round(result.standard_error, 3)
        (0.2, 0.335)
    """
    keys = as_columns(by)
    lazy = to_lazy(frame)
    require_columns(lazy, (*keys, column))
    low, high = RECOMMENDATION_RANGE
    require_numbers(lazy, column, f"whole numbers from {low} to {high}, or nothing")
    answers = lazy.group_by(*dict.fromkeys((*keys, column))).agg(nw.len().alias("rows")).collect()
    require_groups(answers, keys)
    _require_answers(answers, column)
    counts = _by_kind(answers, column, keys)
    return _result(counts, keys, confidence)


def nps_from_counts(
    promoters: int | Sequence[int],
    passives: int | Sequence[int],
    detractors: int | Sequence[int],
    *,
    confidence: float = 0.95,
) -> NetPromoterScores:
    """Compute the Net Promoter Score from counts.

    With p and d the shares of promoters and detractors among n answers the score is p - d and its
    variance (p + d - (p - d)²) / n. The adjusted Wald interval first adds three answers, 3/4 of a
    promoter and 3/4 of a detractor among them; it is the better one for few answers and keeps a
    width where all answers are alike. Intervals are cut at -1 and 1.

    Args:
        promoters: Answers 9 and 10: a number, or a sequence with one entry a group.
        passives: Answers 7 and 8.
        detractors: Answers 0 to 6.
        confidence: Of the intervals, between 0 and 1.

    Returns:
        The scores as a frozen result; for sequences with a column `group` numbered from 1.

    Raises:
        InputError: If a count is not a whole number of 0 or more, or a group has no answer.

    References:
        Rocks, B. (2016). Interval estimation for the "Net Promoter Score". The American
        Statistician 70, 365-372.

    Example:
        >>> result = nps_from_counts(1436, 968, 342)
        >>> round(result.nps, 4), round(result.adjusted_low, 4), round(result.adjusted_high, 4)
        (0.3984, 0.3718, 0.4241)
    """
    given = zip(_KINDS, (promoters, passives, detractors), strict=True)
    counts = [_counts_of(name, values) for name, values in given]
    grouped = any(values.ndim for values in counts)
    rows = [np.atleast_1d(values) for values in together(*counts)]
    data: dict[str, list[Any]] = {"group": list(range(1, len(rows[0]) + 1))} if grouped else {}
    data |= {name: values.tolist() for name, values in zip(_KINDS, rows, strict=True)}
    data["unknown"] = [0] * len(rows[0])
    frame = nw.from_dict(data, backend="pandas")
    return _result(frame, ("group",) if grouped else (), confidence)


def score_interval(
    promoters: FloatArray, passives: FloatArray, detractors: FloatArray, z: float
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return score, standard error and Wald bounds; counts may be fractional."""
    n = promoters + passives + detractors
    score = (promoters - detractors) / n
    spread = (promoters + detractors) / n - score**2
    error = np.sqrt(np.maximum(spread, 0.0) / n)
    low, high = np.maximum(score - z * error, -1.0), np.minimum(score + z * error, 1.0)
    return score, error, low, high


def _result(
    counts: nw.DataFrame[Any], keys: tuple[str, ...], confidence: float
) -> NetPromoterScores:
    """Add scores and intervals to the counts of the three kinds of answers."""
    z = z_value(confidence)
    promoters, passives, detractors = kinds = [to_floats(counts, kind) for kind in _KINDS]
    n = sum(kinds)
    for i in np.flatnonzero(n == 0)[:1]:
        group = group_label(keys, counts.select(*keys).row(int(i)) if keys else ())
        raise InputError(f"no answer in the group {group}", "one or more", "leave the group out")
    score, error, low, high = score_interval(promoters, passives, detractors, z)
    more, middle, less = ADDED_COUNTS
    *_, adjusted_low, adjusted_high = score_interval(
        promoters + more, passives + middle, detractors + less, z
    )
    columns = {name: integers(kind) for name, kind in zip(_KINDS, kinds, strict=True)} | {
        "n": integers(n),
        "unknown": integers(to_floats(counts, "unknown")),
        "nps": score,
        "standard_error": error,
        "low": low,
        "high": high,
        "adjusted_low": adjusted_low,
        "adjusted_high": adjusted_high,
        "small_cell": n < SMALL_CELL,
    }
    return NetPromoterScores(attach(counts, columns).to_native(), keys, confidence)


def _by_kind(answers: nw.DataFrame[Any], column: str, keys: tuple[str, ...]) -> nw.DataFrame[Any]:
    """Add the rows of a table of answers up to promoters, passives, detractors and unknown."""
    answer, rows, zero = nw.col(column).cast(nw.Float64), nw.col("rows"), nw.lit(0)
    known = answer.is_finite().fill_null(value=False)
    promoter, detractor = answer >= PROMOTER_FROM, answer <= DETRACTOR_TO
    kinds = answers.select(
        *keys,
        promoters=nw.when(known & promoter).then(rows).otherwise(zero),
        passives=nw.when(known & ~promoter & ~detractor).then(rows).otherwise(zero),
        detractors=nw.when(known & detractor).then(rows).otherwise(zero),
        unknown=nw.when(known).then(zero).otherwise(rows),
    )
    sums = [nw.col(c).sum() for c in (*_KINDS, "unknown")]
    if not keys:
        return kinds.select(*sums)
    return kinds.group_by(*keys).agg(*sums).sort(*keys)


def _require_answers(answers: nw.DataFrame[Any], column: str) -> None:
    """Raise an `InputError` for an answer outside 0 to 10, or if there is none."""
    low, high = RECOMMENDATION_RANGE
    allowed = f"a whole number from {low} to {high}, or nothing"
    values = [v for v in answers.get_column(column).to_list() if not is_missing(v)]
    for value in values:
        if value not in range(low, high + 1):
            raise InputError(f"column {column!r}: {value:g}", allowed, "correct or empty the cells")
    if not values:
        raise InputError(f"no answer in column {column!r}", "some answers", "check the column")


def _counts_of(name: str, given: object) -> Any:  # noqa: ANN401
    """Check the counts of one kind: a number, or one number a group."""
    try:
        values = np.asarray(given)
    except ValueError:  # lists of unequal length
        values = np.asarray(None)
    numeric = values.dtype.kind in "iuf" and values.ndim <= 1 and values.size > 0
    if numeric and np.all(np.isfinite(values) & (values >= 0) & (values % 1 == 0)):
        return values
    raise InputError(
        f"{name} {echo(str(given))}",
        "a whole number of 0 or more, or one for each group",
        "correct the counts",
    )
