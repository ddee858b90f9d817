"""Expected answers: Journeys, credit, and a study that can decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from touchpoints.core.contacts import CUSTOMER, GRADE, TOUCHPOINT
from touchpoints.core.fan_rule import FAN
from touchpoints.core.journeys.from_log import journey_paths
from touchpoints.core.journeys.removal import removal_effects
from touchpoints.core.journeys.rules import attribute
from touchpoints.core.planning import plan_lift, power_at
from touchpoints.course.answers.frames import Frames, as_numbers, most_met, with_fans
from touchpoints.course.answers.targets import Target, count, target

if TYPE_CHECKING:
    import pandas as pd

#: The lift that the planned study is to find, in percentage points.
LIFT: Final = -5.0
_RULES: Final = ("first", "last", "linear")
_EFFECT_NEAR: Final = 0.0006
_LEVEL: Final = 0.05


def expected(data: Frames) -> dict[str, Target]:
    """Compute them from the student's data."""
    log = data.journeys.astype({TOUCHPOINT: str, "outcome": str})
    paths = journey_paths(log)
    conversions = int(paths["conversions"].sum())
    journeys = conversions + int(paths["nulls"].sum())
    return {
        "n_journeys": count(
            journeys, {"customers": log[CUSTOMER].nunique(), "converted": conversions}
        ),
        "n_conversions": count(
            conversions, {"customers": log.loc[log["outcome"] == "order", CUSTOMER].nunique()}
        ),
        **_credits(paths),
        **_removal(paths, conversions / journeys),
        **_study(data),
    }


def _by_touchpoint(table: pd.DataFrame, column: str) -> pd.Series[Any]:
    series: pd.Series[Any] = table.astype({TOUCHPOINT: str}).set_index(TOUCHPOINT)[column]
    return series


def _credits(paths: pd.DataFrame) -> dict[str, Target]:
    """Credits by three rules."""
    credit = {rule: _by_touchpoint(attribute(paths, rule=rule).table, "credit") for rule in _RULES}
    met = _by_touchpoint(attribute(paths).table, "journeys")
    return {
        f"{rule}_credit": target(
            as_numbers(own),
            mistakes={
                "met": as_numbers(met),
                **{other: as_numbers(credit[other]) for other in _RULES if other != rule},
            },
        )
        for rule, own in credit.items()
    }


def _removal(paths: pd.DataFrame, probability: float) -> dict[str, Target]:
    """Exact removal effects."""
    effects = removal_effects(paths).table
    effect = _by_touchpoint(effects, "removal_effect")
    steps = paths["path"].str.split(" > ").explode()
    touched = steps.reset_index().drop_duplicates().set_index("index")["path"]
    won = paths["conversions"].reindex(touched.index).to_numpy()
    of_converted = touched.to_frame().assign(won=won).groupby("path")["won"].sum()
    return {
        "conversion_probability": target(probability, _EFFECT_NEAR),
        "removal_effect": target(
            as_numbers(effect),
            _EFFECT_NEAR,
            {
                "containing": as_numbers(of_converted / paths["conversions"].sum()),
                "in_proportion": as_numbers(effect / effect.sum()),
            },
        ),
        "most_needed": count([str(k) for k in effect.index[effect >= effect.max() - 1e-9]]),
    }


def _study(data: Frames) -> dict[str, Target]:
    """The study that finds a lift of grade 2 at the touchpoint that most customers meet."""
    rows = with_fans(data)
    here = rows[rows[TOUCHPOINT] == most_met(data)]
    none = here[GRADE].isna()
    rate = 100 * float(here.loc[none, FAN].mean())
    share_2 = 100 * float((here[GRADE] == 2).fillna(value=False).mean())  # noqa: PLR2004
    share_none = 100 * float(none.mean())
    shares = {"grade_share_pct": share_2, "no_contact_share_pct": share_none}
    plan = plan_lift(no_contact_rate_pct=rate, lift_points=LIFT, **shares).customers
    both = share_2 + share_none
    of_pair = plan * both / 100
    n = len(here)
    p_1, p_2 = (rate + LIFT) / 100, rate / 100
    n_1, n_2 = np.array(n * share_2 / 100), np.array(n * share_none / 100)
    power = 100 * float(power_at(p_1, p_2, n_1, n_2, _LEVEL))
    return {
        "touchpoint": count(most_met(data)),
        "no_contact_rate_pct": target(rate, mistakes={"everybody": 100 * float(here[FAN].mean())}),
        "share_2_pct": target(
            share_2, mistakes={"of_contacts": share_2 / (100 - share_none) * 100}
        ),
        "share_none_pct": target(share_none),
        "customers_needed": target(
            plan, max(2.0, 0.004 * plan), {"of_both": of_pair, "of_grade": plan * share_2 / 100}
        ),
        "power_pct": target(power, 0.15, {"missed": 100 - power}),
        "enough": count(n >= plan),
    }
