"""Two rates set against each other by any method, and the interval of their difference.

Each method gives the two rates and what every row *moves* them by (their influence functions). The
sum of squared totals by unit is then the linearised variance, whether a rate is raw, standardised
or weighted by a fitted propensity, and it is told as an effective sample size for the same score
interval that the raw lift has.

References:
    Newcombe (1998), Zou & Donner (2008), Korn & Graubard (1998): as in `intervals` and `clusters`.
    Tsiatis, A. A. (2006). Semiparametric Theory and Missing Data. Springer, chapter 3.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from touchpoints.core.clusters import shrink
from touchpoints.core.intervals import newcombe_at

if TYPE_CHECKING:
    from touchpoints.core.confounding.cells import Cells
    from touchpoints.core.numbers import FloatArray

_ROUNDING = 1e-15


@dataclass(frozen=True)
class Side:
    """One of the two rates.

    Attributes:
        rate: The rate, 0 to 1; the mean of a change, -1 to 1.
        moves: What a row of weight 1 moves the rate by.
        sizes: What a row of weight 1 weighs in it.
        n: Rows in it.
    """

    rate: float
    moves: FloatArray
    sizes: FloatArray
    n: float


@dataclass(frozen=True)
class Comparison:
    """A grade beside no contact.

    Attributes:
        cells: What both sides were computed from.
        graded: The side of the grade.
        reference: The side of no contact, made comparable.
        overlap: Share of the grade's rows that had somebody to be compared with.
    """

    cells: Cells
    graded: Side
    reference: Side
    overlap: float

    @property
    def difference(self) -> float:
        """The grade's rate minus that without contact."""
        return self.graded.rate - self.reference.rate

    def kish(self, side: Side) -> float:
        """How many units of equal size would be as many, K² / Σ kᵢ²."""
        total = float((side.sizes * self.cells.k).sum())
        return total**2 / self.cells.product(side.sizes, side.sizes)

    def variance(self, side: Side) -> float:
        """Linearised variance of one side."""
        squares = self.cells.product(side.moves, side.moves)
        if self.cells.unit is None and not self.cells.weighted:
            return squares
        units = self.cells.count(side.sizes)
        return squares * units / (units - 1) if units > 1 else 0.0

    def correlation(self) -> float:
        """Correlation of the two sides; 0 where one has no spread."""
        product = self.cells.product
        a, b = self.graded.moves, self.reference.moves
        scale = math.sqrt(product(a, a) * product(b, b))
        return max(-1.0, min(1.0, product(a, b) / scale)) if scale > _ROUNDING else 0.0

    def interval(self, z: float) -> tuple[float, float]:
        """Newcombe's interval of the difference at effective sample sizes, for two shares."""
        a, b = (
            (np.array(side.rate * n), np.array(n))
            for side in (self.graded, self.reference)
            for n in [self._score_n(side, z)]
        )
        low, high = newcombe_at(z, a, b, np.array(self.correlation()))
        return float(low), float(high)

    def error(self) -> float:
        """Standard error of the difference, for any outcome; 0 where it can't be told."""
        if min(self.variance(self.graded), self.variance(self.reference)) <= _ROUNDING:
            return 0.0
        joint = self.graded.moves - self.reference.moves
        return math.sqrt(self.cells.product(joint, joint))

    def quantile(self, z: float) -> float:
        """The normal quantile, or Student's with as many degrees as the fewer clusters allow."""
        if self.cells.unit is None:
            return z
        fewer = min(self.kish(self.graded), self.kish(self.reference))
        return z / math.sqrt(float(shrink(z, np.array(fewer))))

    def log_ratio_error(self) -> float:
        """Standard error of the log of the ratio of both rates, which must be above 0."""
        a, b = self.graded, self.reference
        joint = a.moves / a.rate - b.moves / b.rate
        return math.sqrt(self.cells.product(joint, joint))

    def _score_n(self, side: Side, z: float) -> float:
        """Effective size of one side, less where clusters are few."""
        p, variance, kish = side.rate, self.variance(side), self.kish(side)
        spread = variance > _ROUNDING and 0 < p < 1
        n = min(p * (1 - p) / variance if spread else kish, side.n)
        return n if self.cells.unit is None else n * float(shrink(z, np.array(kish)))
