"""All data of one student, with their truth: the lecturer's side."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from touchpoints.core.generator.dataset import generate_for
from touchpoints.core.generator.draws import PER_MILLE
from touchpoints.course.students.company import Place, draw_company
from touchpoints.course.students.key import CourseKey
from touchpoints.course.students.reading import CourseData, typed_touchpoints
from touchpoints.course.students.sites import company_model
from touchpoints.course.students.worlds import draw_causes, draw_level, draw_world

#: Customers in a student's survey.
_MEMBERS: Final = (560, 800)


@dataclass(frozen=True)
class StudentData(CourseData):
    """One student's company and survey with their truth, synthetic throughout.

    Attributes:
        truth: What is true in these data: `world`, `negative_control`, `parameters`,
            `causal_effect_points` (`by_grade`, `by_touchpoint`, `all_contacts`), `raw_table`,
            `fan_rate_pct`, `customers`. Plain data whose keys are texts, as a JSON file gives them.
    """

    truth: dict[str, Any]


def student_data(key: CourseKey, student: str) -> StudentData:
    """Draw one student's company, world and survey.

    The same key and student give the same data on every computer. Case, Unicode form and spaces
    around the id make no difference.

    Args:
        key: The course's key.
        student: The student's id, as the roster has it.

    Returns:
        The data with their truth.

    Example:
        >>> data = student_data(CourseKey("a course", bytes(32)), "4711")
        >>> 10 <= len(data.touchpoints) <= 14
        True
        >>> data.truth["causal_effect_points"]["by_touchpoint"][data.truth["negative_control"]]["1"]
        0.0
    """
    choices = key.choices(student)
    company, places, order_eur = draw_company(choices)
    causes = draw_causes(choices)
    model = company_model(choices, places, order_eur, draw_level(choices, causes))
    members = choices.number("customers", *_MEMBERS)
    world = draw_world(choices, causes, model, members)
    data = generate_for(model, world, choices.seed, members)
    moments = {site.touchpoint for site in model.sites if site.weight > PER_MILLE}
    return StudentData(
        code=key.code(student),
        company=company,
        touchpoints=_touchpoints(places, moments),
        customers=data.customers,
        contacts=data.contacts,
        journeys=data.journeys,
        truth=_truth(data.truth),
    )


def _touchpoints(places: tuple[Place, ...], moments: set[str]) -> pd.DataFrame:
    return typed_touchpoints(
        {
            "touchpoint": place.key,
            "name_en": place.name_en,
            "name_de": place.name_de,
            "contact_phase": place.phase,
            "medium": place.medium,
            "channel": place.channel,
            "department": place.department,
            "control": place.control,
            "moment_of_truth": place.key in moments,
            "description": place.about,
        }
        for place in places
    )


def _truth(found: dict[str, Any]) -> dict[str, Any]:
    """Put the world and the control first, leave the seed out, and make all keys texts."""
    parameters = dict(found["parameters"])
    told = {
        "world": parameters.pop("world"),
        "negative_control": parameters.pop("negative_control"),
        "parameters": parameters,
        **{name: found[name] for name in found if name not in {"seed", "parameters"}},
    }
    plain: dict[str, Any] = json.loads(json.dumps(told))
    return plain
