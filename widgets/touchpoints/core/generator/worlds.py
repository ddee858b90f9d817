"""The three worlds: what makes a grade, and what a grade makes of bonding.

All three give about the same raw table of fan rates by grade. Only what is held in the data besides
the grades (bonding one year earlier, the negative control, who has contact) can in part tell them
apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from touchpoints.core.errors import one_of

if TYPE_CHECKING:
    from collections.abc import Mapping

WorldName = Literal["effect", "halo", "mixed"]


@dataclass(frozen=True)
class World:
    """The causes at work in a world. Numbers are thousandths of a standard deviation or of one.

    Attributes:
        name: Key of the world.
        halo: How strongly bonding one year earlier colours a grade.
        service: How strongly the service that a customer happens to meet everywhere (a good branch,
            a good team) moves a grade. It has nothing to do with earlier bonding.
        effects: What one contact adds to bonding, by grade 1 to 6, at an ordinary touchpoint.
        carry_over: How much of last year's bonding is left this year.
        shock: What else changed bonding in the year, unrelated to anything in the data.
        base: Added to everybody's bonding, so that worlds have about the same fan rate.
    """

    name: WorldName
    halo: int
    service: int
    effects: tuple[int, ...]
    carry_over: int
    shock: int
    base: int


#: The worlds by name.
WORLDS: Final[Mapping[str, World]] = MappingProxyType(
    {
        "effect": World(
            name="effect",
            halo=0,
            service=710,
            effects=(240, -120, -290, -300, -320, -340),
            carry_over=400,
            shock=200,
            base=630,
        ),
        "halo": World(
            name="halo",
            halo=790,
            service=0,
            effects=(0, 0, 0, 0, 0, 0),
            carry_over=940,
            shock=300,
            base=-50,
        ),
        "mixed": World(
            name="mixed",
            halo=450,
            service=550,
            effects=(165, -95, -220, -230, -250, -270),
            carry_over=550,
            shock=200,
            base=375,
        ),
    }
)


def world_named(name: object) -> World:
    """Look a world up.

    Args:
        name: "effect", "halo" or "mixed".

    Returns:
        The world's parameters.

    Raises:
        InputError: If there is no such world; the message lists the worlds.

    Example:
        >>> world_named("halo").effects
        (0, 0, 0, 0, 0, 0)
    """
    return WORLDS[one_of("world", name, WORLDS)]
