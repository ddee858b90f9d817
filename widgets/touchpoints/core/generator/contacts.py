"""Who has contact where, what grade it gets and what it does to bonding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from touchpoints.core.generator.company import (
    COMPLAINT_COST,
    REASONS,
    STAFF_GAIN,
    Site,
)
from touchpoints.core.generator.draws import (
    PER_MILLE,
    Array,
    Draws,
    Flags,
    Whole,
    blend,
    in_units,
    level,
    remaining,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from touchpoints.core.generator.company_model import CompanyModel
    from touchpoints.core.generator.worlds import World

#: From this cut-off on, in thousandths of a standard deviation, a contact is graded 5, 4, 3, 2, 1.
GRADE_CUTS: Final = (-1850, -1350, -850, -310, 750)
_WORST: Final = 6


@dataclass(frozen=True)
class Traits:
    """What customers bring along, one position a customer.

    Attributes:
        age: Position of the age group.
        style: Position of the communication style.
        earlier: Bonding one year earlier.
        service: The service that the customer happens to meet everywhere.
        problem: Whether an order went wrong.
        buyer: Whether the customer ordered within the year.
    """

    age: Whole
    style: Whole
    earlier: Whole
    service: Whole
    problem: Flags
    buyer: Flags

    def __len__(self) -> int:
        return len(self.age)


@dataclass(frozen=True)
class SiteContacts:
    """All contacts at one touchpoint, one position a customer.

    Attributes:
        site: The touchpoint.
        grade: Grade 1 to 6, 0 where there was no contact.
        staff: Whether a person took part.
        reason: Position of the reason.
        quality: What the grade was made of.
        gain: What the contact added to bonding.
    """

    site: Site
    grade: Array
    staff: Flags
    reason: Array
    quality: Whole
    gain: Whole


def draw_contacts(
    draws: Draws,
    company: CompanyModel,
    world: World,
    traits: Traits,
    logged: dict[str, Flags],
) -> Iterator[SiteContacts]:
    """Draw the contacts touchpoint by touchpoint.

    Args:
        draws: The random numbers.
        company: Its touchpoints.
        world: What makes a grade, and what a grade makes.
        traits: The customers.
        logged: By touchpoint, who was seen there in the log.

    Yields:
        The contacts of one touchpoint.
    """
    nobody = np.zeros(len(traits), dtype=np.bool_)
    for site in company.sites:
        had = _had_contact(draws, site, traits) | logged.get(site.touchpoint, nobody)
        staff = draws.happens(f"{site.touchpoint}: staff", np.full(len(traits), site.staff))
        reason = _reason(draws, site, traits)
        # At the negative control, service of the company has no part.
        service = 0 if site.touchpoint == company.negative_control else world.service
        quality = _quality(draws, site, traits, world.halo, service)
        quality += in_units(STAFF_GAIN) * (staff & (site.staff < PER_MILLE))
        quality += in_units(COMPLAINT_COST) * (reason == REASONS.index("complaint"))
        grade = np.where(had, _WORST - level(quality, GRADE_CUTS), 0)
        yield SiteContacts(
            site,
            grade.astype(np.int8),
            staff & had,
            reason.astype(np.int8),
            quality,
            gain_table(world, site)[grade],
        )


def gain_table(world: World, site: Site) -> Whole:
    """Return what a contact adds to bonding: first for no contact, then for the grades 1 to 6."""
    gains = (in_units(effect * site.weight // PER_MILLE) for effect in world.effects)
    return np.array([0, *gains], dtype=np.int64)


def _had_contact(draws: Draws, site: Site, traits: Traits) -> Flags:
    chance = np.array(site.reach, dtype=np.int64)[traits.age]
    chance += site.connector * traits.style + site.complaints[0] * traits.problem
    had = draws.happens(f"{site.touchpoint}: contact", chance)
    return had & traits.buyer if site.buyers_only else had


def _reason(draws: Draws, site: Site, traits: Traits) -> Whole:
    usual = draws.choose(
        f"{site.touchpoint}: reason", (site.reasons,), np.zeros(len(traits), dtype=np.int64)
    )
    complains = draws.happens(f"{site.touchpoint}: complaint", site.complaints[1] * traits.problem)
    return np.where(complains, REASONS.index("complaint"), usual)


def _quality(draws: Draws, site: Site, traits: Traits, halo: int, service: int) -> Whole:
    """Draw what a grade is made of."""
    own = draws.disturbance(f"{site.touchpoint}: quality", len(traits))
    return in_units(site.quality) + blend(
        (halo, traits.earlier),
        (service, traits.service),
        (remaining(halo, service), own),
    )
