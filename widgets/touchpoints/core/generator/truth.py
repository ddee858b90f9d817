"""What is true in generated data: the parameters, and what they do to the fan rate."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from touchpoints.core.generator.contacts import gain_table
from touchpoints.core.generator.draws import PER_MILLE, Array, Flags, Whole
from touchpoints.core.generator.panel import STATUSES
from touchpoints.core.vocabulary import GRADES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from touchpoints.core.generator.answers import Questionnaire
    from touchpoints.core.generator.company_model import CompanyModel
    from touchpoints.core.generator.worlds import World

_DIGITS: Final = 2


def points(part: int, whole: int) -> float | None:
    """Return a share in per cent, None of nothing."""
    return round(100 * part / whole, _DIGITS) if whole else None


def causal_effects(
    company: CompanyModel,
    world: World,
    grade: Array,
    bonding: Whole,
    questionnaire: Questionnaire,
) -> dict[str, Any]:
    """Compare every contact with the same customer, same answers' chance, without this contact.

    Args:
        company: Its touchpoints.
        world: The causes at work.
        grade: Grade 1 to 6 by touchpoint and customer, 0 for no contact.
        bonding: Bonding this year.
        questionnaire: The chance in the answers.

    Returns:
        Effect on the fan rate in percentage points, over those who had the contact: `by_grade`,
        over all touchpoints, and `by_touchpoint`, by touchpoint and grade (None where nobody had
        such a contact); `all_contacts`, of all contacts together, over all customers.
    """
    fans = questionnaire.fans(bonding)
    by_touchpoint: dict[str, dict[int, float | None]] = {}
    change = np.zeros(len(GRADES) + 1, dtype=np.int64)
    count = np.zeros(len(GRADES) + 1, dtype=np.int64)
    total = np.zeros(len(bonding), dtype=np.int64)
    for site, here in zip(company.sites, grade, strict=True):
        gain = gain_table(world, site)[here]
        without = questionnaire.fans(bonding - gain) if gain.any() else fans
        own_change = np.bincount(here[fans], minlength=7) - np.bincount(here[without], minlength=7)
        own_count = np.bincount(here, minlength=7)
        by_touchpoint[site.touchpoint] = dict(_by_grade(own_change, own_count))
        change += own_change
        count += own_count
        total += gain
    together = int(fans.sum()) - int(questionnaire.fans(bonding - total).sum())
    return {
        "by_grade": dict(_by_grade(change, count)),
        "by_touchpoint": by_touchpoint,
        "all_contacts": points(together, len(bonding)),
    }


def _by_grade(change: Whole, count: Whole) -> Iterator[tuple[int, float | None]]:
    for grade in GRADES:
        yield grade, points(int(change[grade]), int(count[grade]))


def raw_table(grade: Array, fans: Flags) -> dict[str, dict[str, Any]]:
    """Return the raw fan rates over all touchpoints, as anybody can count them in the data.

    Returns:
        For `no_contact` and the grades "1" to "6": `contacts`, `fan_rate_pct` and `lift_points`,
        the fan rate minus that without contact.
    """
    pairs = np.zeros(len(GRADES) + 1, dtype=np.int64)
    hits = np.zeros(len(GRADES) + 1, dtype=np.int64)
    for here in grade:
        pairs += np.bincount(here, minlength=7)
        hits += np.bincount(here[fans], minlength=7)
    table: dict[str, dict[str, Any]] = {}
    for number in (0, *GRADES):
        share = hits[number] / max(int(pairs[number]), 1) - hits[0] / max(int(pairs[0]), 1)
        table[str(number) if number else "no_contact"] = {
            "contacts": int(pairs[number]),
            "fan_rate_pct": points(int(hits[number]), int(pairs[number])),
            "lift_points": round(100 * float(share), _DIGITS) if pairs[number] else None,
        }
    return table


def fan_rates(all_fans: Flags, member: Whole, status: Whole, weight_tens: Whole) -> dict[str, Any]:
    """Return the fan rate of all customers and what the panel makes of it, in per cent."""
    answered = status != STATUSES.index("dropped_out")
    fans = all_fans[member[answered]]
    weight = weight_tens[answered]
    return {
        "all_customers": points(int(all_fans.sum()), len(all_fans)),
        "panel_unweighted": points(int(fans.sum()), len(fans)),
        "panel_weighted": points(int(weight[fans].sum()), int(weight.sum())),
    }


def parameters(company: CompanyModel, world: World) -> dict[str, Any]:
    """Return a world's parameters, with the effects by grade, as parts of a standard deviation."""
    values = asdict(world)
    name, effects = values.pop("name"), values.pop("effects")
    return {
        "world": name,
        **{key: value / PER_MILLE for key, value in values.items()},
        "effects": dict(zip(GRADES, (effect / PER_MILLE for effect in effects), strict=True)),
        "weight_of_touchpoint": {
            site.touchpoint: site.weight / PER_MILLE for site in company.sites
        },
        "negative_control": company.negative_control,
    }
