"""Random whole numbers that are the same on every computer.

Only whole-number arithmetic happens on arrays here. NumPy's `exp` and `log` differ in their last
bits with the features of the processor, and a comparison with a rounded number then decides
differently. A draw is compared with whole-number thresholds instead, and a bell-shaped disturbance
is a sum of four uniform whole numbers (Irwin & Hall 1927).
"""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
Array = NDArray[Any]

_HALF_WORD: Final = (1 << 16) - 1
_DRAW_RANGE: Final = 1 << 32
#: Parts of one: weights and probabilities are whole numbers of thousandths.
PER_MILLE: Final = 1000
#: One standard deviation of a disturbance: four uniform numbers of 16 bits have variance 2^32 / 3.
UNIT: Final = math.isqrt((1 << 32) // 3)


def in_units(per_mille: int) -> int:
    """Turn thousandths of a standard deviation into the whole-number scale of a disturbance.

    Example:
        >>> in_units(1000) == UNIT
        True
    """
    return per_mille * UNIT // PER_MILLE


@dataclass(frozen=True)
class Draws:
    """Named streams of random numbers; a new stream leaves the others as they were.

    Each stream is a Philox counter of its own, keyed by the seed and the name (Salmon et al. 2011).
    NumPy keeps the bits of its generators the same from version to version.

    Attributes:
        seed: A whole number from 0.

    Example:
        >>> Draws(1).uniform("age", 3).tolist() == Draws(1).uniform("age", 3).tolist()
        True
    """

    seed: int

    def _bits(self, name: str, size: int) -> NDArray[np.uint64]:
        key = np.random.SeedSequence([self.seed, zlib.crc32(name.encode())])
        return np.random.Philox(key).random_raw(size)

    def uniform(self, name: str, size: int) -> Whole:
        """Draw whole numbers from 0 to 2^32 - 1, all equally likely."""
        return (self._bits(name, size) >> np.uint64(32)).astype(np.int64)

    def disturbance(self, name: str, size: int) -> Whole:
        """Draw bell-shaped whole numbers with mean 0 and standard deviation `UNIT`."""
        bits = self._bits(name, size)
        total = np.full(size, -2 * _HALF_WORD, dtype=np.int64)
        for shift in (0, 16, 32, 48):
            total += ((bits >> np.uint64(shift)) & np.uint64(_HALF_WORD)).astype(np.int64)
        return total

    def happens(self, name: str, per_mille: Whole) -> Flags:
        """Draw yes or no for each row with its own probability.

        Args:
            name: The stream.
            per_mille: Probability in thousandths, one a row; below 0 never, above 1000 always.
        """
        return self.uniform(name, len(per_mille)) * PER_MILLE < per_mille * _DRAW_RANGE

    def choose(self, name: str, shares: Sequence[Sequence[int]], group: Array) -> Whole:
        """Draw a position for each row from the shares of its group.

        Args:
            name: The stream.
            shares: For each group the shares of the positions, in thousandths that add up to 1000.
            group: Position of each row's group in `shares`.
        """
        return pick(self.uniform(name, len(group)), shares, group)

    def amount(self, name: str, knots: Sequence[int], size: int) -> Whole:
        """Draw amounts whose quantiles run straight from knot to knot.

        Args:
            name: The stream.
            knots: Equally spaced quantiles, from smallest to largest; their number is a power of
                two plus one.
            size: How many.
        """
        return spread(self.uniform(name, size), knots)


def pick(draws: Whole, shares: Sequence[Sequence[int]], group: Array) -> Whole:
    """Turn uniform draws into positions by the shares of each row's group.

    Args:
        draws: Numbers from 0 to 2^32 - 1.
        shares: For each group the shares of the positions, in thousandths that add up to 1000.
        group: Position of each row's group in `shares`.

    Example:
        >>> pick(np.array([0, 2**31]), [[500, 500]], np.array([0, 0])).tolist()
        [0, 1]
    """
    cut = np.cumsum(np.array(shares, dtype=np.int64), axis=1)[:, :-1] * _DRAW_RANGE // PER_MILLE
    position = np.zeros(len(draws), dtype=np.int64)
    for column in cut.T:
        position += draws >= column[group]
    return position


def spread(draws: Whole, knots: Sequence[int]) -> Whole:
    """Turn uniform draws into amounts between equally spaced quantiles.

    Args:
        draws: Numbers from 0 to 2^32 - 1.
        knots: The quantiles; their number is a power of two plus one.

    Example:
        >>> spread(np.array([0, 2**31, 2**31 + 2**30]), [0, 10, 30]).tolist()
        [0, 10, 20]
    """
    table = np.array(knots, dtype=np.int64)
    bits = 32 - (len(knots) - 1).bit_length() + 1
    place = draws >> bits
    inside = (draws & ((1 << bits) - 1)) >> (bits - 16)
    return np.asarray(table[place] + ((table[place + 1] - table[place]) * inside >> 16))


def level(values: Whole, cuts_per_mille: Sequence[int]) -> Whole:
    """Count how many of the rising cut-offs each value reaches.

    Args:
        values: Numbers on the scale of a disturbance.
        cuts_per_mille: Cut-offs in thousandths of a standard deviation.

    Example:
        >>> level(np.array([-UNIT, 0, UNIT]), [-500, 500]).tolist()
        [0, 1, 2]
    """
    count = np.zeros(len(values), dtype=np.int64)
    for cut in cuts_per_mille:
        count += values >= in_units(cut)
    return count


def blend(*parts: tuple[int, Whole]) -> Whole:
    """Add disturbances, each with a weight in thousandths.

    Example:
        >>> blend((600, np.array([1000])), (800, np.array([-500]))).tolist()
        [200]
    """
    return np.asarray(sum(weight * values for weight, values in parts) // PER_MILLE)


def remaining(*weights: int) -> int:
    """Return the weight, in thousandths, that brings the sum of squares to one.

    Example:
        >>> remaining(600)
        800
    """
    return math.isqrt(PER_MILLE**2 - sum(weight**2 for weight in weights))
