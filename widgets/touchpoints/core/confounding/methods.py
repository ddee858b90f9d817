"""The methods that are set side by side: each turns a frame into contrasts by group and grade."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw
import numpy as np

from touchpoints.core.confounding.cells import Cells, read_cells, with_outcome
from touchpoints.core.confounding.comparison import Comparison
from touchpoints.core.confounding.e_value import e_value
from touchpoints.core.confounding.mood import OTHERS, with_mean_of_others
from touchpoints.core.confounding.propensity import weigh
from touchpoints.core.confounding.standardisation import standardise
from touchpoints.core.contacts import TOUCHPOINT
from touchpoints.core.vocabulary import GRADES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

#: The methods, in the order in which results show them.
RAW: Final = "raw"
STANDARDISED: Final = "covariates standardised"
WEIGHTED: Final = "weighted by propensity"
MOOD: Final = "other grades held constant"
EARLIER: Final = "earlier bonding held constant"
CHANGE: Final = "change since the earlier wave"
CONTROL: Final = "minus the negative control"
ALL: Final = "all held constant"
METHODS: Final = (RAW, STANDARDISED, WEIGHTED, MOOD, EARLIER, CHANGE, CONTROL, ALL)

#: How an interval was made.
SCORE, LINEARISED = "score, linearised", "linearised"
_NO_SPREAD: Final = "no spread: the interval can't be told"
#: Quantiles of few clusters have no bound; beyond this exponent a ratio is no floating number.
_FARTHEST: Final = 700.0

Row = dict[str, Any]


@dataclass(frozen=True)
class Design:
    """What to compare and what to hold constant; as the arguments of the public function."""

    by: tuple[str, ...]
    covariates: tuple[str, ...]
    earlier: str | None
    earlier_fan: str | None
    negative_control: str | None
    weights: str | None
    cluster: str
    clustered: bool
    z: float


def rows_by_method(lazy: nw.LazyFrame[Any], design: Design) -> Iterator[Row]:
    """Compare by each method that the design has columns for.

    Args:
        lazy: Checked contacts with grades as floats.
        design: What to compare.

    Yields:
        One row a method, group and grade: `key`, `method`, `grade`, and the columns of the result.
    """
    mood = with_mean_of_others(lazy)
    held = (*design.covariates, *([design.earlier] if design.earlier else []), OTHERS)
    gaps = (design.earlier, OTHERS)
    yield from _by_strata(lazy, design, RAW, ())
    if design.covariates:
        yield from _by_strata(lazy, design, STANDARDISED, design.covariates)
        yield from _by_strata(lazy, design, WEIGHTED, design.covariates, weigh)
    yield from _by_strata(mood, design, MOOD, (OTHERS,), gaps=gaps)
    if design.earlier:
        yield from _by_strata(lazy, design, EARLIER, (design.earlier,), gaps=gaps)
    if design.earlier_fan:
        yield from _changes(lazy, design, design.earlier_fan)
    if design.negative_control is not None:
        yield from _beyond_control(lazy, design, design.negative_control)
    if len(held) > 1:
        yield from _by_strata(mood, design, ALL, held, gaps=gaps)


def _by_strata(  # noqa: PLR0913, PLR0917  (a frame, a design and how to compare)
    lazy: nw.LazyFrame[Any],
    design: Design,
    method: str,
    strata: Sequence[str],
    compare: Callable[[Cells, int], Comparison | None] = standardise,
    gaps: Sequence[str | None] = (),
) -> Iterator[Row]:
    """Compare within strata, or weighted over them."""
    cells = read_cells(
        with_outcome(lazy),
        design.by,
        strata,
        optional=[column for column in strata if column in gaps],
        weights=design.weights,
        cluster=design.cluster if design.clustered else None,
    )
    for key, group in cells.items():
        for grade in _grades(group):
            found = compare(group, grade)
            if found is None:
                note = "no overlap: nobody to compare with"
                yield {"key": key, "method": method, "grade": grade, "note": note}
            else:
                yield {"key": key, "method": method, "grade": grade} | _shares(found, design.z)


def _changes(lazy: nw.LazyFrame[Any], design: Design, earlier_fan: str) -> Iterator[Row]:
    """Compare the change since the earlier wave instead of the status."""
    cells = read_cells(
        with_outcome(lazy, earlier_fan),
        design.by,
        weights=design.weights,
        cluster=design.cluster if design.clustered else None,
    )
    for key, group in cells.items():
        for grade in _grades(group):
            found = standardise(group, grade)
            if found is not None:
                half = found.quantile(design.z) * found.error()
                row = _linearised(found.difference, half) | _sizes(found)
                yield {"key": key, "method": CHANGE, "grade": grade} | row


def _beyond_control(lazy: nw.LazyFrame[Any], design: Design, control: str) -> Iterator[Row]:
    """Take the contrast of the negative control off; the same customers stand in both.

    Without the touchpoint in the grouping, a group's contrast is that of its other touchpoints.
    """
    flag = "_control"
    marked = with_outcome(lazy).with_columns((nw.col(TOUCHPOINT) == control).alias(flag))
    keys = (*design.by, flag)
    cells = read_cells(marked, keys, weights=design.weights, cluster=design.cluster)
    per_touchpoint = design.by == (TOUCHPOINT,)
    for (*key, is_control), group in cells.items():
        against = cells.get((*((control,) if per_touchpoint else key), True))
        if is_control or against is None:
            continue
        for grade in _grades(group):
            own, mood = standardise(group, grade), standardise(against, grade)
            if own is None or mood is None:
                continue
            totals = [
                side.cells.totals(side.graded.moves - side.reference.moves) for side in (own, mood)
            ]
            apart = totals[0] - totals[1]
            known = min(own.error(), mood.error()) > 0
            wide = max(own.quantile(design.z), mood.quantile(design.z))
            half = wide * math.sqrt(float(apart @ apart)) if known else 0.0
            row = _linearised(own.difference - mood.difference, half) | _sizes(own)
            row["raw_points"] = 100 * own.difference
            yield {"key": tuple(key), "method": CONTROL, "grade": grade} | row


def _grades(cells: Cells) -> list[int]:
    """Grades there are rows of."""
    return [grade for grade in GRADES if (cells.mark == grade).any()]


def _sizes(found: Comparison) -> Row:
    """Counts, overlap and what the weights cost."""
    reference, k = found.reference, found.cells.k
    used = reference.sizes > 0
    return {
        "n": round(found.graded.n),
        "no_contact_n": round(reference.n),
        "overlap_pct": 100 * found.overlap,
        "effective_n": found.kish(reference),
        "largest_weight": float(reference.sizes.max() * k[used].sum()),
    }


def _shares(found: Comparison, z: float) -> Row:
    """The columns of two comparable shares."""
    low, high = found.interval(z)
    reference, cells = found.reference, found.cells
    plain = cells.k * (reference.sizes > 0)
    raw = found.graded.rate - float((plain * cells.outcome).sum() / plain.sum())
    estimate, limit = _e_values(found, z)
    return _sizes(found) | {
        "fan_rate_pct": 100 * found.graded.rate,
        "no_contact_rate_pct": 100 * reference.rate,
        "lift_points": 100 * found.difference,
        "low_points": 100 * low,
        "high_points": 100 * high,
        "interval": SCORE,
        "raw_points": 100 * raw,
        "e_value": estimate,
        "e_value_limit": limit,
    }


def _e_values(found: Comparison, z: float) -> tuple[float | None, float | None]:
    """E-values of the ratio of both rates and of its limit; None where a rate is 0."""
    if min(found.graded.rate, found.reference.rate) <= 0:
        return None, None
    ratio = found.graded.rate / found.reference.rate
    far = math.exp(min(found.quantile(z) * found.log_ratio_error(), _FARTHEST))
    return e_value(ratio, ratio / far, ratio * far)


def _linearised(difference: float, half: float) -> Row:
    """The columns of an estimate with a symmetric interval, or without one."""
    row: Row = {"lift_points": 100 * difference, "interval": LINEARISED}
    if half == 0:
        return row | {"interval": None, "note": _NO_SPREAD}
    low, high = np.clip([difference - half, difference + half], -2.0, 2.0)
    return row | {"low_points": 100 * float(low), "high_points": 100 * float(high)}
