"""What customers answer in the survey: bonding, satisfaction, recommendation and intentions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from touchpoints.core.generator.draws import Draws, Flags, Whole, blend, in_units, level

#: Cut-offs of the answers 2 to 5 to the five bonding items, in thousandths of a standard deviation.
ITEM_CUTS: Final = (
    (-1350, -600, 200, 1050),
    (-1200, -450, 350, 1150),
    (-1300, -500, 300, 1200),
    (-1100, -400, 400, 1250),
    (-1250, -550, 250, 1100),
)
#: How much of an answer to an item is chance.
ITEM_NOISE: Final = 450
#: The default rule: a customer is a fan from a mean of 4.0 over the five items on.
_FAN_TOTAL: Final = 20

_SATISFACTION_CUTS: Final = (-1700, -1250, -700, 0, 850)
_RECOMMENDATION_CUTS: Final = (-2100, -1800, -1500, -1200, -950, -650, -350, 0, 500, 950)
_PRICE_STEPS: Final = (0, 2, 5, 8, 10, 15, 20, 25, 30)
_PRICE_CUTS: Final = (-500, -150, 200, 500, 900, 1300, 1700, 2100)
_WORST_GRADE: Final = 6


@dataclass(frozen=True)
class Questionnaire:
    """Chance in the answers to the bonding items of one wave; the same for any bonding asked about.

    Attributes:
        noise: For each item the part of the answer that is chance.
    """

    noise: tuple[Whole, ...]

    @classmethod
    def draw(cls, draws: Draws, wave: str, size: int) -> Questionnaire:
        """Draw the chance of one wave."""
        return cls(tuple(draws.disturbance(f"{wave}: item {k}", size) for k in range(5)))

    def where(self, keep: Flags) -> Questionnaire:
        """Keep some of the customers."""
        return Questionnaire(tuple(noise[keep] for noise in self.noise))

    def items(self, bonding: Whole) -> tuple[Whole, ...]:
        """Answer the five items, 1 to 5, at the given bonding."""
        return tuple(
            1 + level(blend((1000, bonding), (ITEM_NOISE, noise)), cuts)
            for noise, cuts in zip(self.noise, ITEM_CUTS, strict=True)
        )

    def fans(self, bonding: Whole) -> Flags:
        """Tell who is a fan at the given bonding: mean of the five items at least 4.0."""
        return np.asarray(sum(self.items(bonding)) >= _FAN_TOTAL)


def satisfaction(draws: Draws, bonding: Whole, mean_quality: Whole) -> Whole:
    """Answer "how satisfied are you overall?" with a school grade from 1 to 6."""
    noise = draws.disturbance("satisfaction", len(bonding))
    felt = blend((450, bonding), (500, mean_quality), (600, noise))
    return _WORST_GRADE - level(felt, _SATISFACTION_CUTS)


def recommendation(draws: Draws, bonding: Whole) -> Whole:
    """Answer "how likely are you to recommend us?" from 0 to 10."""
    noise = draws.disturbance("recommendation", len(bonding))
    return level(blend((850, bonding), (550, noise)), _RECOMMENDATION_CUTS)


def stays_in_crisis(draws: Draws, bonding: Whole) -> Flags:
    """Answer whether one would stay if the company got into trouble."""
    noise = draws.disturbance("crisis", len(bonding))
    return blend((750, bonding), (650, noise)) >= in_units(150)


def price_tolerance(draws: Draws, bonding: Whole) -> Whole:
    """Answer by how many per cent prices could rise before one would leave."""
    noise = draws.disturbance("price", len(bonding))
    step = level(blend((600, bonding), (800, noise)), _PRICE_CUTS)
    return np.array(_PRICE_STEPS, dtype=np.int64)[step]
