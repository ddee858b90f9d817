"""Who of the company's customers is in the panel, in which wave, and with which weight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from touchpoints.core.generator.company import AGE_GROUPS
from touchpoints.core.generator.draws import Draws, Flags, Whole, level

#: `both_waves` answered last year and this year, `joined` only this year, `dropped_out` only last
#: year.
STATUSES: Final = ("both_waves", "joined", "dropped_out")

#: Of ten customers three are in the panel.
_PANEL_OF_TEN: Final = 3
#: Orders per year are grouped as 0, 1, 2, 3 and more for response and weights.
_ORDER_CLASSES: Final = 4
#: Probability to take part, by age group and order class.
RESPONSE: Final = (
    (120, 240, 340, 420),
    (210, 340, 450, 530),
    (360, 490, 590, 660),
    (470, 600, 680, 740),
)
#: What bonding one year earlier adds to it, by level: the part that weights can't correct.
RESPONSE_BONDING: Final = (-20, -8, 0, 8, 20)
#: Of the panel: how many joined this year.
JOINED: Final = 150
#: Of those who answered last year: how many dropped out, by level of bonding this year.
DROPPED_OUT: Final = (190, 145, 115, 90, 75)
#: Cut-offs between the five levels of bonding, in thousandths of a standard deviation.
LEVEL_CUTS: Final = (-840, -250, 250, 840)


@dataclass(frozen=True)
class Panel:
    """The panel, one position a member, by rising customer.

    Attributes:
        member: Position of the member among all customers.
        status: Position in `STATUSES`.
        weight_tens: Weight in ten-thousandths; 0 for those without an answer this year.
    """

    member: Whole
    status: Whole
    weight_tens: Whole


def customers_behind(members: int) -> int:
    """Return how many customers a panel of this size is drawn from.

    Example:
        >>> customers_behind(3000)
        10000
    """
    return -(-members * 10 // _PANEL_OF_TEN)


def bonding_level(bonding: Whole) -> Whole:
    """Sort bonding into five levels, 0 to 4."""
    return level(bonding, LEVEL_CUTS)


def draw_panel(  # noqa: PLR0913, PLR0917
    draws: Draws, members: int, age: Whole, orders: Whole, earlier: Whole, bonding: Whole
) -> Panel:
    """Draw the panel from all customers.

    Args:
        draws: The random numbers.
        members: Size of the panel.
        age: Position of each customer's age group.
        orders: Orders within the year.
        earlier: Bonding one year earlier.
        bonding: Bonding this year.
    """
    size = len(age)
    activity = np.minimum(orders, _ORDER_CLASSES - 1)
    chance = np.array(RESPONSE, dtype=np.int64)[age, activity]
    chance += np.array(RESPONSE_BONDING, dtype=np.int64)[bonding_level(earlier)]
    willing = draws.happens("panel: willing", chance)
    # In random order, the willing before the others, who only fill up a very small panel.
    asked = np.lexsort((np.arange(size), draws.uniform("panel: asked", size), ~willing))
    member = np.sort(asked[:members])
    status = _status(draws, bonding[member])
    answered = status != STATUSES.index("dropped_out")
    cell = age * _ORDER_CLASSES + activity
    return Panel(member, status, _weights(cell, member, answered))


def _status(draws: Draws, bonding: Whole) -> Whole:
    leaving = np.array(DROPPED_OUT, dtype=np.int64)[bonding_level(bonding)]
    joined = draws.happens("panel: joined", np.full(len(bonding), JOINED))
    gone = draws.happens("panel: gone", leaving)
    return np.where(joined, 1, np.where(gone, 2, 0))


def _weights(cell: Whole, member: Whole, answered: Flags) -> Whole:
    """Weigh each answer by its cell's share of customers over its share of answers."""
    cells = len(AGE_GROUPS) * _ORDER_CLASSES
    customers = np.bincount(cell, minlength=cells)
    answers = np.bincount(cell[member[answered]], minlength=cells)
    top = 20_000 * customers * int(answered.sum())
    bottom = len(cell) * np.maximum(answers, 1)
    ratio = (top // bottom + 1) // 2
    return np.where(answered, ratio[cell[member]], 0)
