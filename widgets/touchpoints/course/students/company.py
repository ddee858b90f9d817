"""The invented company of a student: its name, its trade, its touchpoints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from touchpoints.core.vocabulary import CONTACT_PHASES
from touchpoints.course.sources import teaching_folder
from touchpoints.course.students.choices import Choices
from touchpoints.plain_yaml import read_yaml

#: Says that nothing here is real; it stands in every folder.
NOTICE: Final = (
    "Synthetic data, invented for teaching: the company does not exist, nobody was asked, and any "
    "likeness of names is chance."
)
_FEWEST, _MOST = 10, 14


@dataclass(frozen=True)
class Company:
    """An invented company, as `company.json` tells it.

    Attributes:
        name: Its name, made of syllables that mean nothing.
        trade: Key of its trade.
        trade_en: The trade in English.
        trade_de: The trade in German.
        order_en: What an "order" is in this trade, in English.
        order_de: The same in German.
    """

    name: str
    trade: str
    trade_en: str
    trade_de: str
    order_en: str
    order_de: str


@dataclass(frozen=True)
class Place:
    """One touchpoint of an invented company, as the catalogue has it.

    Attributes:
        key: Key of the touchpoint.
        kind: "browse", "talk", "order", "under_way", "after", "service" or "control".
        phase: Contact phase.
        medium: "offline" or "online".
        channel: The route of the contact.
        department: Who owns it, "none" where nobody does.
        control: "owned", "paid", "partner" or "earned".
        name_en: Name in English.
        name_de: Name in German.
        about: One line on what happens there.
        traced: Whether the log sees contacts there.
        staff: Whether a person always takes part.
    """

    key: str
    kind: str
    phase: str
    medium: str
    channel: str
    department: str
    control: str
    name_en: str
    name_de: str
    about: str
    traced: bool = True
    staff: bool = False


def draw_company(choices: Choices) -> tuple[Company, tuple[Place, ...], tuple[int, int]]:
    """Draw a student's company.

    Returns:
        The company; its 10 to 14 touchpoints in the order of the contact cycle, the negative
        control among them; the lowest and highest usual value of an order, in EUR.
    """
    catalogue = _catalogue()
    trade = choices.one("trade", sorted(catalogue["trades"]))
    entry = catalogue["trades"][trade]
    word = choices.one("name: first", catalogue["name_first"])
    word += choices.one("name: second", catalogue["name_second"])
    names = {key: entry[key] for key in ("order_en", "order_de")}
    company = Company(
        entry["name"].format(word), trade, trade_en=entry["en"], trade_de=entry["de"], **names
    )
    low, high = entry["order_eur"]
    return company, _places(choices, catalogue["shared"], entry), (low, high)


@lru_cache
def _catalogue() -> dict[str, Any]:
    path = teaching_folder() / "companies.yml"
    found: dict[str, Any] = read_yaml(path, "the catalogue of companies", "YAML")
    return found


def _places(
    choices: Choices, shared: Mapping[str, Any], entry: Mapping[str, Any]
) -> tuple[Place, ...]:
    """Draw the touchpoints: some of each kind are always there, the rest is drawn."""
    offered = [_place(key, told) for key, told in {**shared, **entry["touchpoints"]}.items()]
    by_key = {place.key: place for place in offered}

    def any_of(name: str, **wanted: str) -> set[str]:
        fitting = [
            place.key
            for place in offered
            if all(getattr(place, field) == value for field, value in wanted.items())
        ]
        return {choices.one(f"touchpoint: {name}", fitting)}

    chosen = {place.key for place in offered if place.kind == "order"} | {"home_page"}
    chosen |= any_of("before", phase="pre_contact") | any_of("talk", kind="talk")
    chosen |= any_of("under way", kind="under_way") | any_of("service", kind="service")
    others = [key for key in by_key if key not in chosen]
    count = choices.number("touchpoints", _FEWEST, _MOST) - 1
    chosen |= set(choices.some("touchpoint", others, count - len(chosen)))
    told = dict(entry["control"])
    fixed = {"kind": "control", "phase": "contact", "department": "none", "control": "partner"}
    control = _place(told.pop("key"), {**told, **fixed, "traced": False})
    kept = [place for place in offered if place.key in chosen]
    return tuple(sorted([*kept, control], key=lambda place: CONTACT_PHASES.index(place.phase)))


def _place(key: str, told: Mapping[str, Any]) -> Place:
    plain = {name: told[name] for name in told if name not in {"en", "de"}}
    return Place(key=key, name_en=told["en"], name_de=told["de"], **plain)
