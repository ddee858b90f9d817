"""All customers of the company with their log, their contacts and their bonding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from touchpoints.core.generator.company import (
    AGE_BONDING,
    AGE_SHARES,
    PROBLEM,
    PROBLEM_COST,
    STYLE_SHARES,
)
from touchpoints.core.generator.contacts import Traits, draw_contacts
from touchpoints.core.generator.draws import Array, Draws, Flags, Whole, blend, in_units
from touchpoints.core.generator.journeys import Log, draw_log
from touchpoints.core.generator.panel import bonding_level

if TYPE_CHECKING:
    from touchpoints.core.generator.company_model import CompanyModel
    from touchpoints.core.generator.worlds import World


@dataclass(frozen=True)
class Population:
    """All customers, one position a customer; contacts by touchpoint and customer.

    Attributes:
        traits: What the customers bring along.
        log: Their journeys.
        orders: Orders within the year.
        cents: Their value.
        bonding: Bonding this year.
        mean_quality: What the grades were made of, on average over the customer's contacts.
        grade: Grade 1 to 6 by touchpoint and customer, 0 for no contact.
        staff: Whether a person took part, by touchpoint and customer.
        reason: Position of the reason, by touchpoint and customer.
    """

    traits: Traits
    log: Log
    orders: Whole
    cents: Whole
    bonding: Whole
    mean_quality: Whole
    grade: Array
    staff: Flags
    reason: Array


def draw_population(draws: Draws, company: CompanyModel, world: World, size: int) -> Population:
    """Draw a year in the life of the company's customers.

    Bonding this year is what is left of last year's, plus what happened besides, plus what the
    contacts added, minus what a problem with an order cost.

    Args:
        draws: The random numbers.
        company: Its touchpoints and journeys.
        world: The causes at work.
        size: Number of customers.
    """
    age = draws.choose("age", AGE_SHARES, np.zeros(size, dtype=np.int64))
    style = draws.choose("style", STYLE_SHARES, age)
    by_age = np.array([in_units(plus) for plus in AGE_BONDING], dtype=np.int64)
    earlier = by_age[age] + draws.disturbance("earlier bonding", size)
    log = draw_log(draws, company.paths, style, bonding_level(earlier))
    orders = np.bincount(log.customer[log.cents > 0], minlength=size).astype(np.int64)
    # Sums of whole numbers below 2^53 are exact in floating point.
    cents = np.bincount(log.customer, weights=log.cents, minlength=size).astype(np.int64)
    traits = Traits(
        age=age,
        style=style,
        earlier=earlier,
        service=draws.disturbance("service", size),
        problem=draws.happens("problem", np.where(orders > 0, PROBLEM, 0)),
        buyer=orders > 0,
    )
    bonding = in_units(world.base) + blend(
        (world.carry_over, earlier), (world.shock, draws.disturbance("shock", size))
    )
    bonding += in_units(PROBLEM_COST) * traits.problem
    shape = (len(company.sites), size)
    grade = np.empty(shape, dtype=np.int8)
    staff = np.empty(shape, dtype=np.bool_)
    reason = np.empty(shape, dtype=np.int8)
    quality = np.zeros(size, dtype=np.int64)
    seen = _seen(company.paths.logged, log, size)
    for row, here in enumerate(draw_contacts(draws, company, world, traits, seen)):
        grade[row], staff[row], reason[row] = here.grade, here.staff, here.reason
        quality += np.where(here.grade > 0, here.quality, 0)
        bonding += here.gain
    contacts = np.maximum((grade > 0).sum(axis=0), 1)
    return Population(
        traits, log, orders, cents, bonding, quality // contacts, grade, staff, reason
    )


def _seen(logged: tuple[str, ...], log: Log, size: int) -> dict[str, Flags]:
    """Tell by touchpoint who was seen there in the log."""
    seen = np.zeros((len(logged), size), dtype=np.bool_)
    seen[log.touchpoint, log.customer] = True
    return dict(zip(logged, seen, strict=True))
