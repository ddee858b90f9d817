"""The importance-performance map: what matters much and is done badly comes first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw
import numpy as np

from touchpoints.core.clusters import Sums, effective_n
from touchpoints.core.contacts import SMALL_CELL, TOUCHPOINT
from touchpoints.core.customer_matrix import CustomerMatrix, customer_matrix
from touchpoints.core.errors import InputError, listing, one_of
from touchpoints.core.fan_rule import FAN, FanRule
from touchpoints.core.frames import to_lazy
from touchpoints.core.grade_means import Means
from touchpoints.core.intervals import wilson, z_value
from touchpoints.core.numbers import finite_number
from touchpoints.core.relative_weights import relative_weights
from touchpoints.core.result import Result
from touchpoints.core.scoring_rule import VALUE_FUNCTIONS
from touchpoints.core.stated_importance import stated_importance
from touchpoints.core.tables import attach, integers

if TYPE_CHECKING:
    import numpy.typing as npt

    from touchpoints.core.frames import IntoFrame
    from touchpoints.core.numbers import FloatArray

#: Quadrants after Martilla and James (1977), as keys.
QUADRANTS: Final = ("concentrate_here", "keep_up", "low_priority", "possible_overkill")
_IMPORTANCE: Final = ("derived", "stated")
#: Column that says how well a touchpoint does, for each value function, and whether more is better.
PERFORMANCE: Final = {"linear": ("mean_grade", False), "only_best": ("grade_1_pct", True)}


@dataclass(frozen=True)
class ImportancePerformance(Result):
    """Importance and performance of touchpoints.

    Attributes:
        table: One row a touchpoint: `touchpoint`, `n` (grades), `reach_pct` (customers with
            contact), `mean_grade` with `mean_grade_low` and `_high`, `grade_1_pct` (grades that are
            1) with its bounds, `derived_pct` (percentage of the outcome's variance that goes with
            the touchpoint's grades) with its bounds, `stated` (mean of stated importance, 0 to 10)
            with `stated_n` and its bounds (missing for a single answer), `quadrant`,
            `clear_of_cuts` (false where an interval crosses a cut-off, so the quadrant may be
            another), `small_cell` (under 30 grades). Where all grades are alike nothing can be
            derived and the cell is empty.
        value: `linear` (performance is the mean grade) or `only_best` (the share of grade 1).
        importance: `derived` or `stated`: which of the two makes the quadrants.
        importance_cut: From this importance on a touchpoint counts as important.
        performance_cut: From this performance on it counts as done well.
        r2_pct: Percentage of the outcome's variance that all touchpoints explain.
        outcome: What importance is derived from.
        unknown: Customers left out because their outcome is not known.
        confidence: Of the intervals.
    """

    table: Any
    value: str
    importance: str
    importance_cut: float
    performance_cut: float
    r2_pct: float
    outcome: str
    unknown: int
    confidence: float

    @property
    def text(self) -> str:
        """Say what comes first, how sure that is, and what the model explains."""
        rows = nw.from_native(self.table, eager_only=True).rows(named=True)
        first = [row for row in rows if row["quadrant"] == QUADRANTS[0]]
        sure = sum(row["clear_of_cuts"] for row in rows)
        column = PERFORMANCE[self.value][0].replace("_", " ")
        names = listing(row[TOUCHPOINT] for row in first) or "none"
        confidence = f"{100 * self.confidence:g} %"
        said = [
            f"Important and not done well: {names}.",
            f"{sure} of {len(rows)} stay in their quadrant within {confidence} intervals.",
            f"Performance is the {column}, cut at {self.performance_cut:.2f};",
            f"importance is {self.importance}, cut at {self.importance_cut:.2f}.",
            f"The grades explain {self.r2_pct:.1f} % of the variance of {self.outcome}.",
        ]
        if self.unknown:
            said.append(f"{self.unknown:,} customers without a known outcome are left out.")
        return " ".join([*said, "Derived importance is an association, not an effect."])


def importance_performance(  # noqa: PLR0913  (all but the frame are options)
    frame: IntoFrame,
    *,
    outcome: str = FAN,
    rule: FanRule | None = None,
    weights: str | None = None,
    stated: IntoFrame | None = None,
    value: str = "linear",
    importance: str = "derived",
    importance_cut: float | None = None,
    performance_cut: float | None = None,
    confidence: float = 0.95,
) -> ImportancePerformance:
    """Set the importance of touchpoints against how well they do.

    Performance is the mean grade, or the share of grade 1: the two value functions of the
    scorecard. A linear value calls a grade 2 80 % good; with `only_best` it is worth nothing.
    Importance is *stated* (people were asked) or *derived*: Johnson's relative weights of the
    qualities of all touchpoints for the outcome. No contact neither adds nor takes away there, so a
    touchpoint that few meet can't be important for the whole, however much it is for these few.

    Args:
        frame: Any frame with one row a customer and touchpoint: `customer_id`, `touchpoint`,
            `grade` (nothing for no contact) and the outcome; no row counts as no contact.
        outcome: `fan`, or a column with one number a customer.
        rule: A rule that makes the fan status from the frame's columns.
        weights: Column of weights, 0 or more, one a customer, or None.
        stated: A frame with `touchpoint` and `importance` (0 to 10), one row an answer, or None.
        value: `linear` or `only_best`.
        importance: `derived` or `stated`.
        importance_cut: Cut-off of importance, in per cent of variance or points; by default the
            mean over the touchpoints.
        performance_cut: Cut-off of performance, a grade or a percentage; by default the mean.
        confidence: Of the intervals, between 0 and 1.

    Returns:
        The map as a frozen result, touchpoints in alphabetical order.

    Raises:
        InputError: If a column is missing, a value is not allowed, an option is not known,
            importance is to be derived and no touchpoint's grades differ in value, or the
            touchpoints can't be told apart.

    References:
        Martilla, J. A. & James, J. C. (1977). Importance-performance analysis. Journal of Marketing
        41, 77-79. For the weights see `relative_weights`.

    Example:
        >>> import pandas as pd
        >>> visits = pd.DataFrame({
        ...     "customer_id": [*range(8), *range(8)], "touchpoint": ["shop"] * 8 + ["web"] * 8,
        ...     "grade": [1, 1, 2, 3, 4, 4, 5, 6, 2, 1, 2, 1, None, 2, 1, 2],
        ...     "fan": [True, True, True, False, True, False, False, False] * 2,
        ... })
        >>> importance_performance(visits).table[["n", "mean_grade", "quadrant"]]
           n  mean_grade           quadrant
        0  8    3.250000   concentrate_here
        1  7    1.571429  possible_overkill
    """
    z_value(confidence)
    one_of("value", value, VALUE_FUNCTIONS)
    one_of("importance", importance, _IMPORTANCE)
    if importance == "stated" and stated is None:
        raise InputError(
            "importance 'stated' without stated importance", "a frame of it", "pass stated="
        )
    if importance_cut is not None:
        importance_cut = finite_number("importance_cut", importance_cut)
    if performance_cut is not None:
        performance_cut = finite_number("performance_cut", performance_cut)
    data = customer_matrix(frame, outcome=outcome, rule=rule, weights=weights)
    data = _with_grades(data)
    columns = _performance(data, confidence) | _derived(data, value, confidence)
    r2 = float(np.nansum(columns["derived_pct"]))
    if stated is not None:
        columns |= stated_importance(stated, data.touchpoints, confidence)
    name, better_high = PERFORMANCE[value]
    matters = "derived_pct" if importance == "derived" else "stated"
    if np.isnan(columns[matters]).all():
        raise InputError(
            f"the same value of all grades at each touchpoint (value {value!r})",
            "a touchpoint whose grades differ in value",
            "take more contacts or set importance='stated'",
        )
    cuts = (
        float(np.nanmean(columns[matters])) if importance_cut is None else importance_cut,
        float(columns[name].mean()) if performance_cut is None else performance_cut,
    )
    columns |= _quadrants(columns, (matters, name), cuts, better_high=better_high)
    columns["small_cell"] = columns["n"] < SMALL_CELL
    backend = to_lazy(frame).head(0).collect().implementation
    keys = nw.from_dict({TOUCHPOINT: list(data.touchpoints)}, backend=backend)
    table = attach(keys, columns).to_native()
    return ImportancePerformance(
        table, value, importance, *cuts, r2, outcome, data.unknown, confidence
    )


def _with_grades(data: CustomerMatrix) -> CustomerMatrix:
    """Keep the touchpoints that anybody graded."""
    graded: npt.NDArray[np.bool_] = np.asarray(data.contact.any(axis=0))
    if not graded.any():
        raise InputError("no grade", "some graded contacts", "check the file or the filter")
    names = tuple(n for n, kept in zip(data.touchpoints, graded, strict=True) if kept)
    return CustomerMatrix(names, data.grades[:, graded], data.outcome, data.weights, data.unknown)


def _performance(data: CustomerMatrix, confidence: float) -> dict[str, Any]:
    """Count grades, and give mean and share of grade 1 with their intervals."""
    contact = data.contact
    n = contact.sum(axis=0).astype(np.float64)
    k = contact * data.weights[:, None]
    means = Means(data.touchpoints, _sums(k, np.nan_to_num(data.grades)))
    below, above = means.distances(confidence)
    best = _sums(k, (data.grades == 1).astype(np.float64))
    # Equal weights are no weights: each row is then worth one.
    size = effective_n(best, n) if np.ptp(data.weights) > 0 else n
    low, high = wilson(best.ratio * size, size, confidence=confidence)
    return {
        "n": integers(n),
        "reach_pct": 100 * k.sum(axis=0) / data.weights.sum(),
        "mean_grade": means.mean,
        "mean_grade_low": means.mean - below,
        "mean_grade_high": means.mean + above,
        "grade_1_pct": 100 * best.ratio,
        "grade_1_pct_low": 100 * low,
        "grade_1_pct_high": 100 * high,
    }


def _sums(k: FloatArray, value: FloatArray) -> Sums:
    """Sums over customers, where each stands at a touchpoint once."""
    s = k * value
    parts = (k, s, s * s, s * k, k * k, k > 0)
    return Sums(*(np.asarray(part.sum(axis=0), dtype=np.float64) for part in parts))


def _derived(data: CustomerMatrix, value: str, confidence: float) -> dict[str, FloatArray]:
    """Relative weights in per cent of the variance; NaN where all grades have the same value."""
    quality = np.full(data.grades.shape, np.nan)
    worth = np.asarray(VALUE_FUNCTIONS[value])
    quality[data.contact] = worth[data.grades[data.contact].astype(int) - 1]
    spread = np.nanmax(quality, axis=0) > np.nanmin(quality, axis=0)
    share, half = (np.full(len(spread), np.nan) for _ in range(2))
    if spread.any():
        found = relative_weights(quality[:, spread], data.outcome, data.weights)
        share[spread] = found.share
        half[spread] = z_value(confidence) * found.error
    return {
        "derived_pct": 100 * share,
        "derived_pct_low": 100 * np.maximum(share - half, 0.0),
        "derived_pct_high": 100 * np.minimum(share + half, 1.0),
    }


def _quadrants(
    columns: dict[str, Any],
    names: tuple[str, str],
    cuts: tuple[float, float],
    *,
    better_high: bool,
) -> dict[str, Any]:
    """Name the quadrants, and tell where an interval crosses a cut-off."""
    (matters, name), (important, well) = names, cuts
    important_here = columns[matters] >= important
    good = columns[name] >= well if better_high else columns[name] <= well
    told = ~np.isnan(columns[matters])
    conditions = (
        important_here & ~good,
        important_here & good,
        ~important_here & ~good,
        ~important_here & good,
    )
    quadrant = np.select([c & told for c in conditions], QUADRANTS, "not_told")
    clear = told.copy()
    for column, cut in ((matters, important), (name, well)):
        clear &= (columns[f"{column}_low"] > cut) | (columns[f"{column}_high"] < cut)
    return {"quadrant": [str(q) for q in quadrant], "clear_of_cuts": clear}
