"""A student's own world: which causes are at work, and how strongly.

Parameters are drawn within bounds. What anybody can count at a glance shall tell nothing about the
world, so three things are then set to aims that are drawn alike in all worlds: the fan rate of the
panel, how far its members lie apart in their bonding, and how good their grades are.
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
_FAN_RATE: Final = (190, 390)
_SPREAD: Final = (920, 1080)
#: How good grades are, beside what each touchpoint has of its own, in thousandths.
_LEVEL: Final = (-170, 170)
#: By how much members of the panel were more bonded than all customers a year earlier: bonded
#: customers answer more readily, and in some worlds grade better.
_PANEL_BONDING: Final = 110
#: What contacts of the grades 1 to 6 add, before they are scaled: only grade 1 adds.
_EFFECTS: Final = (
    (1000, 1000),
    (-400, -80),
    (-1150, -950),
    (-1300, -1150),
    (-1400, -1250),
    (-1500, -1350),
)
_MOST: Final = 4095


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
    "effect": _Bounds((0, 0), (700, 790), (360, 440), (150, 230), effects=True),
    "halo": _Bounds((680, 770), (0, 0), (900, 960), (0, 0), effects=False),
    "mixed": _Bounds((370, 510), (490, 630), (480, 600), (150, 230), effects=True),
}


def draw_causes(choices: Choices) -> World:
    """Draw which causes are at work; effects are not yet scaled, and there is no base."""
    name = choices.one("world", _WORLDS)
    bounds = _BOUNDS[name]
    effects = tuple(
        choices.number(f"effect {grade}", *bound) for grade, bound in enumerate(_EFFECTS, 1)
    )
    return World(
        name=name,
        halo=choices.number("halo", *bounds.halo),
        service=choices.number("service", *bounds.service),
        effects=effects if bounds.effects else (0,) * len(effects),
        carry_over=choices.number("carry over", *bounds.carry_over),
        shock=choices.number("shock", *bounds.shock),
        base=0,
    )


def draw_level(choices: Choices, causes: World) -> int:
    """Draw how good grades are, in thousandths of a standard deviation."""
    return choices.number("level", *_LEVEL) - causes.halo * _PANEL_BONDING // PER_MILLE


def draw_world(choices: Choices, causes: World, company: CompanyModel, members: int) -> World:
    """Bring the causes to the spread and the fan rate that are drawn for the student.

    Args:
        choices: The student's draws.
        causes: What `draw_causes` gave.
        company: The student's company.
        members: Size of the panel.
    """
    draws = Draws(choices.seed)
    bare = replace(causes, effects=(0,) * len(causes.effects))
    everybody = draw_population(draws, company, bare, customers_behind(members))
    # Who is in the panel doesn't hang on bonding this year; only who stays in it does.
    traits, orders, bonding = everybody.traits, everybody.orders, everybody.bonding
    member = draw_panel(draws, members, traits.age, orders, traits.earlier, bonding).member
    spread = in_units(choices.number("spread", *_SPREAD))
    if any(causes.effects):
        world, bonding = _scaled(causes, company, everybody, member, spread)
    else:
        world, bonding = _shocked(bare, draws, everybody, member, spread)
    fans = choices.number("fan rate", *_FAN_RATE) * members // PER_MILLE
    return replace(world, base=_base(draws, bonding, member, fans))


def _scaled(
    causes: World, company: CompanyModel, everybody: Population, member: Whole, spread: int
) -> tuple[World, Whole]:
    """Scale the effects until members of the panel lie as far apart as they shall."""

    def at(scale: int) -> tuple[World, Whole]:
        sized = tuple(effect * scale // PER_MILLE for effect in causes.effects)
        world = replace(causes, effects=sized)
        gains = sum(
            gain_table(world, site)[grade]
            for site, grade in zip(company.sites, everybody.grade, strict=True)
        )
        return world, everybody.bonding + gains

    return at(_least(lambda scale: _variance(at(scale)[1][member]) >= spread**2))


def _shocked(
    bare: World, draws: Draws, everybody: Population, member: Whole, spread: int
) -> tuple[World, Whole]:
    """Add chance until members of the panel lie as far apart as they shall."""
    chance = draws.disturbance("shock", len(everybody.bonding))

    def at(shock: int) -> tuple[World, Whole]:
        return replace(bare, shock=shock), everybody.bonding + shock * chance // PER_MILLE

    return at(_least(lambda shock: _variance(at(shock)[1][member]) >= spread**2))


def _base(draws: Draws, bonding: Whole, member: Whole, fans: int) -> int:
    """Return what added to everybody's bonding gives the panel so many fans."""
    asked = np.zeros(len(bonding), dtype=np.bool_)
    asked[member] = True
    questionnaire = Questionnaire.draw(draws, "this year", len(bonding)).where(asked)
    here, lowest = bonding[member], -_MOST // 2
    return lowest + _least(
        lambda plus: int(questionnaire.fans(here + in_units(lowest + plus)).sum()) >= fans
    )


def _variance(values: Whole) -> int:
    """Variance in whole numbers; sums stay far below 2^63."""
    mean = int(values.sum()) // len(values)
    return int(((values - mean) ** 2).sum()) // len(values)


def _least(enough: Callable[[int], bool]) -> int:
    """Return the least whole number up to 4095 that is enough, by halving."""
    low, high = 0, _MOST
    while low < high:
        middle = (low + high) // 2
        if enough(middle):
            high = middle
        else:
            low = middle + 1
    return low
