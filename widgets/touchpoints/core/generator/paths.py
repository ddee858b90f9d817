"""How customers move from touchpoint to touchpoint: a first-order chain with known shares.

The numbers are those of Nordlicht Wohnen; another company has `Paths` of its own. The log sees
only contacts that the company's systems can tie to a customer (login, loyalty card, order number).
What friends say, a window, an entrance, a leaflet in the box and the city's car park leave no trace
in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Final

from touchpoints.core.generator.company import TOUCHPOINTS
from touchpoints.core.generator.draws import PER_MILLE

#: Equally spaced quantiles; their number is a power of two plus one.
Knots = tuple[int, ...]


@dataclass(frozen=True)
class Paths:
    """How the customers of one company move, and what its log sees of it.

    Attributes:
        logged: The touchpoints that the log sees.
        starts: Where an episode begins, by communication style; shares in thousandths.
        following: Where it goes on after each logged touchpoint, in thousandths; the rest ends the
            episode. The keys with `+order` hold after a checkout at which an order was placed.
        orders: By checkout the probability that a contact ends in an order.
        gaps: By position in `logged`, quantiles of the time to the next contact, in minutes of
            opening time.
        order_cents: Quantiles of an order's value, in cents.
        resting: Touchpoints that are closed on Sundays.
    """

    logged: tuple[str, ...]
    starts: tuple[Mapping[str, int], ...]
    following: Mapping[str, Mapping[str, int]]
    orders: Mapping[str, int]
    gaps: tuple[Knots, ...]
    order_cents: Knots
    resting: tuple[str, ...]

    @cached_property
    def start_shares(self) -> tuple[tuple[int, ...], ...]:
        """Where an episode begins, by style, laid out over the logged touchpoints."""
        return tuple(shares_of(row, self.logged) for row in self.starts)

    @cached_property
    def next_shares(self) -> tuple[tuple[int, ...], ...]:
        """Where it goes on: rows for the logged touchpoints, then for the checkouts' orders."""
        rows = (*self.logged, *(f"{checkout}+order" for checkout in self.orders))
        return tuple(shares_of(self.following[row], self.logged) for row in rows)


def shares_of(row: Mapping[str, int], logged: tuple[str, ...]) -> tuple[int, ...]:
    """Lay a row of shares out over the logged touchpoints, the end of the episode last.

    Example:
        >>> shares_of({"home_page": 400}, ("home_page", "till"))
        (400, 0, 600)
    """
    shares = [row.get(touchpoint, 0) for touchpoint in logged]
    return (*shares, PER_MILLE - sum(shares))


#: Where an episode begins, by communication style.
STARTS: Final[tuple[Mapping[str, int], ...]] = (
    {
        "printed_brochure": 280,
        "home_page": 330,
        "sales_advice": 170,
        "phone_enquiry": 60,
        "review_portal": 80,
        "social_media_feed": 80,
    },
    {
        "social_media_feed": 330,
        "review_portal": 190,
        "home_page": 300,
        "live_chat": 50,
        "room_planner": 70,
        "sales_advice": 60,
    },
)

#: Where it goes on after each touchpoint, in thousandths; the rest ends the episode. The keys with
#: `+order` hold after a checkout at which an order was placed.
NEXT: Final[Mapping[str, Mapping[str, int]]] = MappingProxyType(
    {
        "review_portal": {"home_page": 450, "social_media_feed": 80, "sales_advice": 70},
        "printed_brochure": {
            "home_page": 250,
            "sales_advice": 250,
            "phone_enquiry": 60,
            "store_checkout": 60,
        },
        "social_media_feed": {
            "home_page": 360,
            "review_portal": 130,
            "room_planner": 80,
            "social_media_feed": 60,
        },
        "home_page": {
            "online_checkout": 240,
            "room_planner": 120,
            "live_chat": 80,
            "sales_advice": 80,
            "review_portal": 60,
            "phone_enquiry": 40,
            "financing_offer": 30,
        },
        "room_planner": {
            "home_page": 250,
            "online_checkout": 200,
            "sales_advice": 170,
            "social_media_feed": 40,
        },
        "sales_advice": {
            "store_checkout": 420,
            "home_page": 120,
            "room_planner": 70,
            "financing_offer": 70,
            "phone_enquiry": 30,
        },
        "phone_enquiry": {"sales_advice": 200, "home_page": 200, "online_checkout": 180},
        "live_chat": {"online_checkout": 330, "home_page": 200, "phone_enquiry": 60},
        "financing_offer": {"online_checkout": 380, "store_checkout": 220, "home_page": 80},
        "online_checkout": {
            "home_page": 250,
            "live_chat": 120,
            "financing_offer": 80,
            "phone_enquiry": 60,
        },
        "store_checkout": {"sales_advice": 300},
        "online_checkout+order": {
            "delivery_tracking": 640,
            "delivery_crew": 150,
            "follow_up_email": 90,
            "service_hotline": 30,
        },
        "store_checkout+order": {
            "delivery_crew": 330,
            "delivery_tracking": 160,
            "follow_up_email": 160,
        },
        "delivery_tracking": {
            "delivery_crew": 480,
            "follow_up_email": 130,
            "delivery_tracking": 120,
            "service_hotline": 70,
        },
        "delivery_crew": {"follow_up_email": 320, "service_hotline": 110, "returns_desk": 70},
        "service_hotline": {
            "returns_desk": 190,
            "service_hotline": 120,
            "delivery_crew": 120,
            "follow_up_email": 100,
        },
        "returns_desk": {"store_checkout": 120, "home_page": 100, "service_hotline": 50},
        "follow_up_email": {
            "review_portal": 120,
            "home_page": 110,
            "service_hotline": 60,
            "returns_desk": 50,
        },
    }
)

#: Probability that a contact at a checkout ends in an order.
ORDERS: Final[Mapping[str, int]] = MappingProxyType({"online_checkout": 620, "store_checkout": 940})
#: Probability of another episode after one has ended, by level of bonding one year earlier.
AGAIN: Final = (330, 430, 530, 620, 700)

#: The touchpoints that the log sees.
LOGGED: Final = tuple(touchpoint for touchpoint in TOUCHPOINTS if touchpoint in NEXT)

# Quantiles of the time to the next contact, in minutes of opening time; the mark is the place that
# the contact takes in an episode.
MINUTES: Final = (1, 4, 12, 30, 90, 300, 900, 2600, 6600)
DAYS: Final = (40, 200, 500, 900, 1500, 2600, 4200, 6600, 11000)
WEEKS: Final = (1300, 2200, 3300, 4600, 6000, 8000, 11000, 15000, 24000)
#: The same for the time to the next episode.
PAUSE: Final = (5000, 11000, 18000, 26000, 36000, 48000, 64000, 90000, 140000)
_BY_PACE: Final = (
    (WEEKS, ("delivery_crew", "follow_up_email", "service_hotline", "returns_desk")),
    (
        DAYS,
        (
            "review_portal",
            "printed_brochure",
            "social_media_feed",
            "sales_advice",
            "phone_enquiry",
            "delivery_tracking",
        ),
    ),
)
_PACE: Final = {touchpoint: knots for knots, members in _BY_PACE for touchpoint in members}
#: Quantiles of the time to the next contact by position of the touchpoint in `LOGGED`.
GAPS: Final = tuple(_PACE.get(touchpoint, MINUTES) for touchpoint in LOGGED)

#: Quantiles of an order's value, in cents.
ORDER_CENTS: Final = (
    1990, 3490, 4990, 6990, 8990, 11990, 14990, 19990, 24990,
    32990, 44990, 59990, 79990, 109990, 159990, 249990, 489990,
)  # fmt: skip


#: The paths of Nordlicht Wohnen.
NORDLICHT_PATHS: Final = Paths(
    logged=LOGGED,
    starts=STARTS,
    following=NEXT,
    orders=ORDERS,
    gaps=GAPS,
    order_cents=ORDER_CENTS,
    resting=("sales_advice", "store_checkout", "delivery_crew", "returns_desk"),
)
