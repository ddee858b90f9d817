"""Nordlicht Wohnen, the invented company: its customers' traits and its touchpoints.

Shares and probabilities are whole numbers of thousandths, quality is in thousandths of a standard
deviation of a grade's cause.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

AGE_GROUPS: Final = ("18-29", "30-44", "45-59", "60+")
#: The two styles of C26.
COMMUNICATION_STYLES: Final = ("individualist", "social_connector")
#: Why a customer was in contact.
REASONS: Final = (
    "in_passing",
    "information",
    "purchase",
    "order_in_progress",
    "after_sales",
    "complaint",
)

AGE_SHARES: Final = ((190, 270, 290, 250),)
#: By age group: shares of the two styles ("individualists" are often over 40).
STYLE_SHARES: Final = ((280, 720), (450, 550), (680, 320), (790, 210))
#: By age group: what age adds to bonding, which makes age a common cause of contact and bonding.
AGE_BONDING: Final = (-260, -90, 80, 260)
#: Of customers with at least one order: how many had a problem with it. It drives complaints and
#: costs bonding, in every world, whatever the service does about it.
PROBLEM: Final = 150
PROBLEM_COST: Final = -350
#: What a complaint does to the grade of the touchpoint where it is made.
COMPLAINT_COST: Final = -500
#: What a person's part in a contact adds to its grade (C15, C16); by itself it adds no bonding.
STAFF_GAIN: Final = 200

_TALK = (100, 500, 400, 0, 0, 0)
_BROWSE = (650, 350, 0, 0, 0, 0)
_ORDER = (0, 0, 1000, 0, 0, 0)
_UNDER_WAY = (0, 0, 0, 1000, 0, 0)
_AFTER = (0, 150, 0, 250, 600, 0)
_SERVICE = (0, 50, 0, 350, 450, 150)


@dataclass(frozen=True)
class Site:
    """One touchpoint as the generator sees it.

    Attributes:
        touchpoint: Key of the touchpoint.
        reach: Probability of contact within a year by age group, beyond contacts in the log.
        connector: What being a social connector adds to this probability.
        quality: How good contacts are there on average.
        staff: Probability that a person of the company or its partner takes part.
        reasons: Shares of the reasons for contact.
        weight: How much a contact there counts for bonding, 1000 for an ordinary touchpoint.
        buyers_only: Whether only customers with an order can have contact.
        complaints: What a problem with an order adds to the probability of contact, and the
            probability that the reason is then a complaint.
    """

    touchpoint: str
    reach: tuple[int, int, int, int]
    connector: int
    quality: int
    staff: int
    reasons: tuple[int, int, int, int, int, int]
    weight: int = 1000
    buyers_only: bool = False
    complaints: tuple[int, int] = (0, 0)


#: A moment of truth weighs one and a half times as much.
_MOMENT = 1500

#: The touchpoints, in the order of the dataset `touchpoints`.
SITES: Final = (
    Site("friends_recommendation", (240, 220, 200, 190), 80, 250, 0, _BROWSE, _MOMENT),
    Site("review_portal", (170, 140, 90, 40), 100, -200, 0, _BROWSE, _MOMENT, complaints=(60, 400)),
    Site("window_display", (240, 250, 270, 270), 0, 50, 0, _BROWSE),
    Site("printed_brochure", (40, 130, 240, 310), -60, -150, 0, _BROWSE),
    Site("social_media_feed", (260, 140, 50, 10), 150, 0, 150, _BROWSE, complaints=(60, 300)),
    Site("home_page", (310, 270, 210, 130), 40, 50, 0, _BROWSE),
    Site("room_planner", (120, 90, 40, 10), 30, 250, 0, _BROWSE),
    Site("store_entrance", (350, 400, 450, 460), 0, 100, 350, _BROWSE),
    Site("sales_advice", (130, 190, 240, 270), -20, 300, 1000, _TALK, _MOMENT),
    Site("phone_enquiry", (20, 50, 90, 130), -30, -150, 950, _TALK, complaints=(100, 300)),
    Site("live_chat", (90, 80, 40, 10), 40, -300, 500, _TALK, complaints=(100, 350)),
    Site("city_car_park", (160, 240, 290, 290), 0, -150, 50, (1000, 0, 0, 0, 0, 0), 0),
    Site("online_checkout", (90, 60, 40, 20), 0, 100, 30, _ORDER, _MOMENT),
    Site("store_checkout", (130, 170, 190, 190), 0, -50, 950, _ORDER, _MOMENT),
    Site("financing_offer", (50, 50, 30, 10), 0, -100, 250, _TALK),
    Site("delivery_tracking", (250, 220, 160, 90), 40, 100, 20, _UNDER_WAY, buyers_only=True),
    Site(
        "delivery_crew", (270, 290, 310, 330), 0, 200, 1000, _UNDER_WAY, _MOMENT, buyers_only=True
    ),
    Site("assembly_guide", (500, 490, 450, 390), 0, -250, 0, _AFTER, buyers_only=True),
    Site("service_hotline", (30, 40, 60, 80), -20, -300, 900, _SERVICE, _MOMENT, True, (420, 850)),
    Site("returns_desk", (80, 60, 40, 40), 0, 0, 900, _AFTER, _MOMENT, True, (150, 600)),
    Site(
        "follow_up_email",
        (270, 290, 300, 270),
        0,
        -100,
        80,
        _AFTER,
        buyers_only=True,
        complaints=(50, 250),
    ),
)

TOUCHPOINTS: Final = tuple(site.touchpoint for site in SITES)
#: The touchpoint that can't matter: the city runs it, and a contact with it changes no bonding.
NEGATIVE_CONTROL: Final = "city_car_park"
