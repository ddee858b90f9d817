"""From a table of counts to fan rates with intervals."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from touchpoints.core.clusters import Sums, effective_n, shrink, sums_from, to_floats
from touchpoints.core.contacts import SMALL_CELL
from touchpoints.core.intervals import wilson, z_value

if TYPE_CHECKING:
    import narwhals as nw
    import numpy.typing as npt

    from touchpoints.core.numbers import FloatArray


@dataclass(frozen=True)
class Rates:
    """Fan rates of groups, one entry a group.

    Attributes:
        n: Rows whose fan status is known.
        fans: Fans among them.
        unknown: Rows without a known fan status, left out.
        rate: Share of fans (weighted where there are weights), 0 to 1.
        effective_n: Number of independent rows that would tell as much.
        sums: Sums over units, or None where each row counts once and for itself.
        clustered: Whether the units are customers with several rows.
    """

    n: FloatArray
    fans: FloatArray
    unknown: FloatArray
    rate: FloatArray
    effective_n: FloatArray
    sums: Sums | None
    clustered: bool = False

    def score_n(self, z: float | FloatArray) -> FloatArray:
        """Size that a score interval at the normal quantile z takes: less for few clusters."""
        if self.sums is None or not self.clustered:
            return self.effective_n
        return self.effective_n * shrink(z, self.sums.k**2 / self.sums.kk)

    def interval(self, confidence: float) -> tuple[FloatArray, FloatArray]:
        """Wilson's interval at the effective sample size."""
        n = self.score_n(z_value(confidence))
        return wilson(self.rate * n, n, confidence=confidence)

    @property
    def size(self) -> FloatArray:
        """What the rates weigh in a whole: the weights, or the rows."""
        return self.n if self.sums is None else self.sums.k

    @property
    def small(self) -> npt.NDArray[np.bool_]:
        """Groups with fewer rows, or fewer customers, than `SMALL_CELL`."""
        units = self.n if self.sums is None else self.sums.units
        return np.asarray(units < SMALL_CELL)

    def take(self, rows: list[int]) -> Rates:
        """Return the groups of these places, in this order."""
        sums = None if self.sums is None else Sums(*(a[rows] for a in _arrays(self.sums)))
        return Rates(
            self.n[rows],
            self.fans[rows],
            self.unknown[rows],
            self.rate[rows],
            self.effective_n[rows],
            sums,
            self.clustered,
        )


def rates_of(counts: nw.DataFrame[Any], *, clustered: bool) -> Rates:
    """Estimate the fan rates of a checked table of counts, whose units may be clusters."""
    n, fans, unknown = (to_floats(counts, c) for c in ("n", "fans", "unknown"))
    if "kk" not in counts.columns:
        return Rates(n, fans, unknown, fans / n, n, None)
    sums = sums_from(counts)
    return Rates(n, fans, unknown, sums.ratio, effective_n(sums, n), sums, clustered)


def _arrays(sums: Sums) -> list[FloatArray]:
    return [getattr(sums, field.name) for field in fields(sums)]
