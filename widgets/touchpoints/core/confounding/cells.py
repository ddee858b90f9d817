"""Counts by stratum: what every method of this group of modules is computed from.

Where a customer stands in one row a group, one row for each stratum, grade and outcome leaves the
frame's engine. Pooled over touchpoints the rows of a customer depend on each other; then the counts
leave it by customer, because a model's variance can't be added up before the model is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw
import numpy as np
import numpy.typing as npt

from touchpoints.core.clusters import to_floats
from touchpoints.core.contacts import GRADE, is_missing
from touchpoints.core.errors import InputError
from touchpoints.core.fan_counts import fan_status, known_status
from touchpoints.core.numbers import FloatArray

if TYPE_CHECKING:
    from collections.abc import Sequence

Codes = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

#: With more classes than this a stratum holds next to nobody.
MOST_CLASSES: Final = 50
_OUTCOME, _MARK, _UNIT, _N, _K, _KK = "_outcome", "_mark", "_unit", "_n", "_k", "_kk"


@dataclass(frozen=True)
class Cells:
    """Counts of one group, one entry a stratum, grade and outcome (and cluster).

    Attributes:
        stratum: Number of the stratum, from 0.
        classes: For each stratum the number of its class on each column of strata.
        mark: Grade 1 to 6, 0 for no contact.
        outcome: 1 for a fan, 0 for others; of a change also -1.
        n: Rows.
        k: Sum of their weights, or rows.
        kk: Sum of their squared weights.
        unit: Number of the cluster, or None where each row is a unit.
        units: Number of clusters in all groups together; 0 without clusters.
        weighted: Whether there are survey weights.
    """

    stratum: Codes
    classes: Codes
    mark: Codes
    outcome: FloatArray
    n: FloatArray
    k: FloatArray
    kk: FloatArray
    unit: Codes | None
    units: int
    weighted: bool

    def by_stratum(self, values: FloatArray) -> FloatArray:
        """Add a value of each entry up by stratum."""
        sums = np.bincount(self.stratum, weights=values, minlength=len(self.classes))
        return np.asarray(sums, dtype=np.float64)

    def totals(self, a: FloatArray) -> FloatArray:
        """Add up by cluster what rows contribute; a is the contribution at weight 1."""
        sums = np.bincount(self._unit, weights=a * self.k, minlength=self.units)
        return np.asarray(sums, dtype=np.float64)

    def product(self, a: FloatArray, b: FloatArray) -> float:
        """Sum over units of the product of two totals."""
        if self.unit is None:
            return float((a * b * self.kk).sum())
        return float(self.totals(a) @ self.totals(b))

    def count(self, sizes: FloatArray) -> float:
        """Count the units with a size above 0."""
        if self.unit is None:
            return float(self.n[(sizes > 0) & (self.k > 0)].sum())
        return float((self.totals(sizes) > 0).sum())

    @property
    def _unit(self) -> Codes:
        if self.unit is None:
            raise TypeError("rows that are units of their own have no clusters")
        return self.unit


def with_outcome(lazy: nw.LazyFrame[Any], earlier_fan: str | None = None) -> nw.LazyFrame[Any]:
    """Keep rows with a known status and add the outcome: the status, or its change.

    The change since the earlier wave is 1 for a new fan, -1 for one lost, 0 for all others; it
    needs both waves.
    """
    known, outcome = known_status(lazy), fan_status(lazy)
    if earlier_fan is not None:
        known = known * known_status(lazy, earlier_fan)
        outcome = outcome - fan_status(lazy, earlier_fan)
    return lazy.with_columns(outcome.alias(_OUTCOME)).filter(known == 1)


def read_cells(  # noqa: PLR0913  (what to count by, and how)
    lazy: nw.LazyFrame[Any],
    by: Sequence[str],
    strata: Sequence[str] = (),
    *,
    optional: Sequence[str] = (),
    weights: str | None = None,
    cluster: str | None = None,
) -> dict[tuple[Any, ...], Cells]:
    """Count a frame with an outcome by group, stratum, grade and cluster.

    Args:
        lazy: What `with_outcome` gave; grades are floats, null for no contact.
        by: Columns of the groups.
        strata: Columns whose classes make the strata.
        optional: Those of them that may be missing; such rows are left out.
        weights: Column of weights, or None.
        cluster: Column of clusters, or None where each row is a unit.

    Returns:
        The cells of each group.

    Raises:
        InputError: If a class is missing that must not be, or a column has too many classes.
    """
    for column in optional:
        lazy = lazy.filter(_present(lazy, column))
    weight = nw.lit(1.0) if weights is None else nw.col(weights).cast(nw.Float64)
    named = {f"_x{i}": nw.col(column) for i, column in enumerate(strata)}
    if cluster is not None:
        named[_UNIT] = nw.col(cluster)
    mark = nw.col(GRADE).fill_null(0.0).alias(_MARK)
    rows = lazy.select(*by, _OUTCOME, mark, **named, _n=nw.lit(1), _k=weight, _kk=weight * weight)
    keys = [*by, *named, _MARK, _OUTCOME]
    counts = rows.group_by(*keys).agg(nw.col(_N, _K, _KK).sum()).collect()
    coded = [_codes(counts, f"_x{i}", name) for i, name in enumerate(strata)]
    stratum, classes = _strata(coded, len(counts))
    unit, clusters = (None, []) if cluster is None else _numbered(counts, _UNIT)
    whole = Cells(
        stratum,
        classes,
        to_floats(counts, _MARK).astype(np.int64),
        to_floats(counts, _OUTCOME),
        to_floats(counts, _N),
        to_floats(counts, _K),
        to_floats(counts, _KK),
        unit,
        len(clusters),
        weights is not None,
    )
    return _split(counts, by, whole)


def _present(lazy: nw.LazyFrame[Any], column: str) -> nw.Expr:
    """Where a column holds a value; NaN is none."""
    there = ~nw.col(column).is_null()
    if lazy.collect_schema()[column].is_float():
        there = there & ~nw.col(column).is_nan().fill_null(value=True)
    return there


def _codes(counts: nw.DataFrame[Any], column: str, name: str) -> Codes:
    """Number the classes of a column of strata."""
    codes, values = _numbered(counts, column)
    if any(is_missing(value) for value in values):
        raise InputError(
            f"column {name!r}: nothing in some rows",
            "a class in each row of a column to hold constant",
            "fill the cells (for example with 'unknown') or drop the rows",
        )
    if len(values) > MOST_CLASSES:
        raise InputError(
            f"column {name!r} with {len(values)} classes",
            f"at most {MOST_CLASSES}",
            "cut the column into a few classes",
        )
    return codes


def _numbered(counts: nw.DataFrame[Any], column: str) -> tuple[Codes, list[Any]]:
    """Number the values of a column in an order that doesn't hang on the order of rows."""
    series = counts.get_column(column)
    if series.dtype in {nw.Categorical, nw.Enum}:
        series = series.cast(nw.String)
    values = series.unique().to_list()
    present = sorted((v for v in values if not is_missing(v)), key=lambda v: (str(type(v)), v))
    if len(present) < len(values):
        return np.zeros(len(counts), dtype=np.int64), [*present, None]
    if not present:
        return np.zeros(0, dtype=np.int64), []
    coded = series.replace_strict(present, list(range(len(present))), return_dtype=nw.Int64)
    return np.asarray(coded.to_list(), dtype=np.int64), present


def _strata(coded: list[Codes], rows: int) -> tuple[Codes, Codes]:
    """Number the combinations of classes there are; without columns all rows are one stratum."""
    if not coded:
        return np.zeros(rows, dtype=np.int64), np.zeros((1, 0), dtype=np.int64)
    classes, stratum = np.unique(np.column_stack(coded), axis=0, return_inverse=True)
    return stratum.reshape(-1), classes


def _split(
    counts: nw.DataFrame[Any], by: Sequence[str], whole: Cells
) -> dict[tuple[Any, ...], Cells]:
    """Take the groups apart; they share the numbers of classes and clusters."""
    coded = [_numbered(counts, column) for column in by]
    at, groups = _strata([codes for codes, _ in coded], len(counts))
    return {
        tuple(values[i] for i, (_, values) in zip(group, coded, strict=True)): _take(
            whole, np.flatnonzero(at == place)
        )
        for place, group in enumerate(groups)
    }


def _take(cells: Cells, places: Codes) -> Cells:
    """Keep some entries; the numbers of strata and clusters stay."""
    return Cells(
        cells.stratum[places],
        cells.classes,
        cells.mark[places],
        cells.outcome[places],
        cells.n[places],
        cells.k[places],
        cells.kk[places],
        None if cells.unit is None else cells.unit[places],
        cells.units,
        cells.weighted,
    )
