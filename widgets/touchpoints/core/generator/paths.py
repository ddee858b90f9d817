"""How customers move from touchpoint to touchpoint: a first-order chain with known shares.

The log sees only contacts that the company's systems can tie to a customer (login, loyalty card,
order number). What friends say, a window, an entrance, a leaflet in the box and the city's car
park leave no trace in it.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from touchpoints.core.generator.company import TOUCHPOINTS
from touchpoints.core.generator.draws import PER_MILLE

if TYPE_CHECKING:
    from collections.abc import Mapping

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
_MINUTES: Final = (1, 4, 12, 30, 90, 300, 900, 2600, 6600)
_DAYS: Final = (40, 200, 500, 900, 1500, 2600, 4200, 6600, 11000)
_WEEKS: Final = (1300, 2200, 3300, 4600, 6000, 8000, 11000, 15000, 24000)
#: The same for the time to the next episode.
PAUSE: Final = (5000, 11000, 18000, 26000, 36000, 48000, 64000, 90000, 140000)
_BY_PACE: Final = (
    (_WEEKS, ("delivery_crew", "follow_up_email", "service_hotline", "returns_desk")),
    (
        _DAYS,
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
GAPS: Final = tuple(_PACE.get(touchpoint, _MINUTES) for touchpoint in LOGGED)

#: Quantiles of an order's value, in cents.
ORDER_CENTS: Final = (
    1990, 3490, 4990, 6990, 8990, 11990, 14990, 19990, 24990,
    32990, 44990, 59990, 79990, 109990, 159990, 249990, 489990,
)  # fmt: skip


def shares_of(row: Mapping[str, int]) -> tuple[int, ...]:
    """Lay a row of shares out over the logged touchpoints, the end of the episode last.

    Example:
        >>> shares_of({"home_page": 400})[-1]
        600
    """
    shares = [row.get(touchpoint, 0) for touchpoint in LOGGED]
    return (*shares, PER_MILLE - sum(shares))
