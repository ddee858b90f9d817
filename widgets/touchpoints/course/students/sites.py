"""What the generator needs of an invented company: reach and quality of touchpoints, paths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from touchpoints.core.generator.company import Site
from touchpoints.core.generator.company_model import CompanyModel
from touchpoints.core.generator.draws import PER_MILLE
from touchpoints.core.generator.paths import DAYS, MINUTES, WEEKS, Knots, Paths
from touchpoints.course.students.choices import Choices
from touchpoints.course.students.company import Place

_MOMENT: Final = 1500


@dataclass(frozen=True)
class _Kind:
    """What touchpoints of one kind have in common; shares in thousandths.

    Attributes:
        reach: Bounds of the probability of contact beyond the log.
        reasons: Shares of the reasons for contact.
        leads_to: Where a journey goes on: for each kind a share, spread over its touchpoints.
        start: How often episodes begin there, relative to others.
        gap: Quantiles of the time to a contact there.
        buyers_only: Whether only customers with an order can have contact.
        complaints: What a problem adds to contact, and how often the reason is then a complaint.
    """

    reach: tuple[int, int]
    reasons: tuple[int, int, int, int, int, int]
    leads_to: Mapping[str, int]
    start: int
    gap: Knots
    buyers_only: bool = False
    complaints: tuple[int, int] = (0, 0)


_KINDS: Final[Mapping[str, _Kind]] = {
    "browse": _Kind(
        (300, 480), (650, 350, 0, 0, 0, 0), {"browse": 260, "talk": 200, "order": 330}, 300, DAYS
    ),
    "talk": _Kind(
        (280, 440),
        (100, 500, 400, 0, 0, 0),
        {"browse": 150, "talk": 60, "order": 520},
        140,
        DAYS,
        complaints=(60, 300),
    ),
    "order": _Kind((240, 380), (0, 0, 1000, 0, 0, 0), {"browse": 260, "talk": 140}, 60, MINUTES),
    "under_way": _Kind(
        (520, 720), (0, 0, 0, 1000, 0, 0), {"after": 360, "service": 120}, 0, WEEKS, True
    ),
    "after": _Kind(
        (460, 680), (0, 150, 0, 250, 600, 0), {"browse": 220, "service": 110}, 0, WEEKS, True
    ),
    "service": _Kind(
        (150, 260),
        (0, 50, 0, 350, 450, 150),
        {"service": 120, "after": 250},
        0,
        WEEKS,
        True,
        (420, 850),
    ),
    # Nearly half of all customers pass it, so that what happens there can be told with some
    # certainty.
    "control": _Kind((480, 580), (1000, 0, 0, 0, 0, 0), {}, 0, DAYS),
}
#: Where a journey goes on after an order.
_AFTER_ORDER: Final = {"under_way": 620, "after": 200, "service": 40}


def company_model(
    choices: Choices, places: Sequence[Place], order_eur: tuple[int, int], level: int
) -> CompanyModel:
    """Draw how the company's customers move, and how good its touchpoints are.

    Args:
        choices: The student's draws.
        places: The company's touchpoints.
        order_eur: Lowest and highest usual value of an order.
        level: How good all touchpoints are, in thousandths of a standard deviation.
    """
    sites = tuple(_site(choices, place, level) for place in places)
    control = next(place.key for place in places if place.kind == "control")
    return CompanyModel(sites, control, _paths(choices, places, order_eur))


def _site(choices: Choices, place: Place, level: int) -> Site:
    def number(what: str, low: int, high: int) -> int:
        return choices.number(f"{place.key}: {what}", low, high)

    kind = _KINDS[place.kind]
    control = place.kind == "control"
    reach = number("reach", *kind.reach)
    slope = number("slope", -120, 120)
    if place.medium == "online":
        slope = -abs(slope)
    moment = number("moment", 1, 3) == 1 or place.kind in {"order", "service"}
    return Site(
        place.key,
        (reach - slope, reach - slope // 3, reach + slope // 3, reach + slope),
        number("connector", -40, 60),
        level + number("quality", -250, 250),
        PER_MILLE if place.staff else 0 if control else number("staff", 0, 150),
        kind.reasons,
        0 if control else _MOMENT if moment else PER_MILLE,
        kind.buyers_only,
        kind.complaints,
    )


def _paths(choices: Choices, places: Sequence[Place], order_eur: tuple[int, int]) -> Paths:
    seen = [place for place in places if place.traced]
    orders = {place.key: choices.number(f"{place.key}: order", 620, 900) for place in seen
              if place.kind == "order"}  # fmt: skip
    following = {
        place.key: _shares(choices, place.key, _KINDS[place.kind].leads_to, seen) for place in seen
    }
    following |= {
        f"{key}+order": _shares(choices, f"{key}+order", _AFTER_ORDER, seen) for key in orders
    }
    return Paths(
        logged=tuple(place.key for place in seen),
        starts=tuple(_starts(choices, style, seen) for style in ("offline", "online")),
        following=following,
        orders=orders,
        gaps=tuple(_KINDS[place.kind].gap for place in seen),
        order_cents=_order_cents(order_eur),
        resting=tuple(place.key for place in seen if place.staff and place.channel == "store"),
    )


def _shares(
    choices: Choices, name: str, kinds: Mapping[str, int], places: Sequence[Place]
) -> dict[str, int]:
    """Spread the share of each kind over its touchpoints, in drawn proportions."""
    found: dict[str, int] = {}
    for kind, share in kinds.items():
        members = [place.key for place in places if place.kind == kind and place.key != name]
        found |= dict(_spread(choices, name, share, members))
    return found


def _spread(
    choices: Choices, name: str, share: int, members: Sequence[str]
) -> Iterator[tuple[str, int]]:
    parts = [choices.number(f"{name} to {member}", 2, 6) for member in members]
    for member, part in zip(members, parts, strict=True):
        yield member, share * part // sum(parts)


def _starts(choices: Choices, medium: str, places: Sequence[Place]) -> dict[str, int]:
    """Spread all starts; those who seek exchange begin more often online."""
    parts = {
        place.key: _KINDS[place.kind].start
        * choices.number(f"start {place.key}", 2, 5)
        * (2 if place.medium == medium else 1)
        for place in places
        if _KINDS[place.kind].start
    }
    total = sum(parts.values())
    shares = {key: PER_MILLE * part // total for key, part in parts.items()}
    first = next(iter(shares))
    shares[first] += PER_MILLE - sum(shares.values())
    return shares


def _order_cents(order_eur: tuple[int, int]) -> Knots:
    """Lay quantiles between the bounds, closer together at the lower end, in whole 10 cents."""
    low, high = (100 * value for value in order_eur)
    return tuple(low + (high - low) * k**3 // 16**3 // 10 * 10 for k in range(17))
