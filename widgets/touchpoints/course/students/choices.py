"""What is drawn once for a student: whole numbers and picks from a keyed hash, alike everywhere."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

_T = TypeVar("_T")
#: Bytes of a draw: far more than any number that is drawn, so that no value is favoured.
_BYTES = 16


@dataclass(frozen=True)
class Choices:
    """Named draws; a new name leaves the others as they were.

    Each draw is the BLAKE2b hash of its name under the student's own secret, so that neither one
    draw nor all of them tell anything about the rest.

    Attributes:
        secret: The student's own secret, 32 bytes.

    Example:
        >>> choices = Choices(bytes(32))
        >>> 3 <= choices.number("weeks", 3, 5) <= 5
        True
        >>> choices.number("weeks", 3, 5) == choices.number("weeks", 3, 5)
        True
    """

    secret: bytes

    def _draw(self, name: str) -> int:
        digest = hashlib.blake2b(name.encode(), key=self.secret, digest_size=_BYTES)
        return int.from_bytes(digest.digest(), "big")

    def number(self, name: str, low: int, high: int) -> int:
        """Draw a whole number from `low` to `high`, both included, all equally likely."""
        return low + self._draw(name) % (high - low + 1)

    def one(self, name: str, options: Sequence[_T]) -> _T:
        """Pick one of some."""
        return options[self.number(name, 0, len(options) - 1)]

    def some(self, name: str, options: Sequence[str], count: int) -> tuple[str, ...]:
        """Pick `count` different ones; they stay in the order of `options`."""
        lot = {option: self._draw(f"{name}: {option}") for option in options}
        drawn = set(sorted(options, key=lot.__getitem__)[:count])
        return tuple(option for option in options if option in drawn)

    @property
    def seed(self) -> int:
        """Seed of the student's random numbers, 128 bits."""
        return self._draw("seed")
