"""A student's own world: which causes are at work, and how strongly.

Parameters are drawn within bounds. Two of them are then set so that what anybody can count at a
glance tells nothing about the world: the fan rate, and how far customers lie apart in their
bonding. Both aims are drawn alike in all worlds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from touchpoints.core.generator.answers import Questionnaire
from touchpoints.core.generator.company_model import CompanyModel
from touchpoints.core.generator.contacts import gain_table
from touchpoints.core.generator.draws import PER_MILLE, Draws, Whole, in_units
from touchpoints.core.generator.panel import customers_behind, draw_panel
from touchpoints.core.generator.population import Population, draw_population
from touchpoints.core.generator.worlds import World, WorldName
from touchpoints.course.students.choices import Choices

_WORLDS: Final[tuple[WorldName, ...]] = ("effect", "halo", "mixed")
#: Fan rate of the panel and spread of bonding that are aimed at, in thousandths.
_FAN_RATE: Final = (220, 360)
_SPREAD: Final = (940, 1060)
#: What contacts of the grades 1 to 6 add, before they are scaled: only grade 1 adds.
_EFFECTS: Final = (
    (1000, 1000),
    (-620, -380),
    (-1250, -1050),
    (-1300, -1150),
    (-1400, -1250),
    (-1500, -1350),
)


@dataclass(frozen=True)
class _Bounds:
    """Bounds of a world's parameters, in thousandths.

    Attributes:
        halo: Bounds of `World.halo`.
        service: Bounds of `World.service`.
        carry_over: Bounds of `World.carry_over`.
        shock: Bounds of `World.shock`; where there are no effects, it is what gives the spread.
        effects: Whether contacts cause anything.
    """

    halo: tuple[int, int]
    service: tuple[int, int]
    carry_over: tuple[int, int]
    shock: tuple[int, int]
    effects: bool


_BOUNDS: Final[Mapping[WorldName, _Bounds]] = {
    "effect": _Bounds((0, 0), (680, 760), (360, 440), (150, 230), effects=True),
    "halo": _Bounds((760, 820), (0, 0), (900, 960), (0, 0), effects=False),
    "mixed": _Bounds((400, 500), (500, 600), (500, 600), (150, 230), effects=True),
}


def draw_world(choices: Choices, company: CompanyModel, members: int) -> World:
    """Draw a student's world.

    Args:
        choices: The student's draws.
        company: The student's company.
        members: Size of the panel.
    """
    name = choices.one("world", _WORLDS)
    bounds = _BOUNDS[name]
    effects = tuple(
        choices.number(f"effect {grade}", *bound) for grade, bound in enumerate(_EFFECTS, 1)
    )
    plain = World(
        name=name,
        halo=choices.number("halo", *bounds.halo),
        service=choices.number("service", *bounds.service),
        effects=(0, 0, 0, 0, 0, 0),
        carry_over=choices.number("carry over", *bounds.carry_over),
        shock=choices.number("shock", *bounds.shock),
        base=0,
    )
    draws = Draws(choices.seed)
    everybody = draw_population(draws, company, plain, customers_behind(members))
    spread = in_units(choices.number("spread", *_SPREAD))
    if bounds.effects:
        shaped, bonding = _scaled(plain, effects, company, everybody, spread)
    else:
        shaped, bonding = _shocked(plain, draws, everybody, spread)
    return replace(shaped, base=_base(choices, draws, everybody, bonding, members))


def _scaled(
    world: World,
    effects: tuple[int, ...],
    company: CompanyModel,
    everybody: Population,
    spread: int,
) -> tuple[World, Whole]:
    """Scale the effects until customers lie as far apart as they shall."""

    def at(scale: int) -> tuple[World, Whole]:
        sized = tuple(effect * scale // PER_MILLE for effect in effects)
        shaped = replace(world, effects=sized)
        gains = sum(
            gain_table(shaped, site)[grade]
            for site, grade in zip(company.sites, everybody.grade, strict=True)
        )
        return shaped, everybody.bonding + gains

    return at(_least(lambda scale: _variance(at(scale)[1]) >= spread**2))


def _shocked(world: World, draws: Draws, everybody: Population, spread: int) -> tuple[World, Whole]:
    """Add chance until customers lie as far apart as they shall."""
    chance = draws.disturbance("shock", len(everybody.bonding))

    def at(shock: int) -> tuple[World, Whole]:
        return replace(world, shock=shock), everybody.bonding + shock * chance // PER_MILLE

    return at(_least(lambda shock: _variance(at(shock)[1]) >= spread**2))


def _base(
    choices: Choices, draws: Draws, everybody: Population, bonding: Whole, members: int
) -> int:
    """Return what added to everybody's bonding gives the panel the fan rate aimed at."""
    traits = everybody.traits
    panel = draw_panel(draws, members, traits.age, everybody.orders, traits.earlier, bonding)
    asked = np.zeros(len(bonding), dtype=np.bool_)
    asked[panel.member] = True
    questionnaire = Questionnaire.draw(draws, "this year", len(bonding)).where(asked)
    wanted = choices.number("fan rate", *_FAN_RATE) * members // PER_MILLE
    here = bonding[panel.member]
    lowest = -2 * PER_MILLE
    return lowest + _least(
        lambda plus: int(questionnaire.fans(here + in_units(lowest + plus)).sum()) >= wanted
    )


def _variance(values: Whole) -> int:
    """Variance in whole numbers: sums stay below 2^63."""
    mean = int(values.sum()) // len(values)
    return int(((values - mean) ** 2).sum()) // len(values)


def _least(enough: Callable[[int], bool]) -> int:
    """Return the least whole number up to 4095 that is enough, by halving."""
    low, high = 0, 4095
    while low < high:
        middle = (low + high) // 2
        if enough(middle):
            high = middle
        else:
            low = middle + 1
    return low
