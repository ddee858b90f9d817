"""Expected answers: Fans and grades."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from touchpoints.core.contacts import CUSTOMER, GRADE, TOUCHPOINT
from touchpoints.core.fan_rule import BONDING_ITEMS, FAN
from touchpoints.core.intervals import wilson
from touchpoints.core.lift import lift_over_no_contact
from touchpoints.core.net_effect import net_contact_effect
from touchpoints.core.normal import quantile
from touchpoints.course.answers.frames import Frames, as_numbers, most_met, with_fans
from touchpoints.course.answers.targets import Target, count, target

if TYPE_CHECKING:
    import pandas as pd

_CUT_OFF = 4.0


def expected(data: Frames) -> dict[str, Target]:
    """Compute them from the student's data."""
    rows = with_fans(data)
    people = rows.drop_duplicates(CUSTOMER)
    place = most_met(data)
    here = rows[rows[TOUCHPOINT] == place]
    best = rows[rows[GRADE] == 1]
    return {
        **_rates(data, people),
        "touchpoint": count(place),
        **_lifts(here),
        "rows_1": count(len(best), {"all": int(rows[GRADE].notna().sum())}),
        "customers_1": count(
            best[CUSTOMER].nunique(), {"rows": len(best), "everybody": len(people)}
        ),
    }


def _rates(data: Frames, people: pd.DataFrame) -> dict[str, Target]:
    """Fans, their rate and its interval."""
    n, fans = len(people), int(people[FAN].sum())
    p = fans / n
    half = quantile(0.975) * (p * (1 - p) / n) ** 0.5
    low, high = wilson(fans, n)
    of_panel = wilson(fans, len(data.customers))
    items = people[list(BONDING_ITEMS)].astype(float)
    return {
        "n_known": count(n, {"panel": len(data.customers)}),
        "n_fans": count(
            fans,
            {
                "above": int((items.mean(axis=1) > _CUT_OFF + 1e-9).sum()),
                "first_item": int((items.iloc[:, 0] >= _CUT_OFF).sum()),
                "every_item": int((items >= _CUT_OFF).all(axis=1).sum()),
            },
        ),
        "fan_rate_pct": target(100 * p, mistakes={"panel": 100 * fans / len(data.customers)}),
        "low_pct": target(
            100 * low, mistakes={"simple": 100 * (p - half), "panel": 100 * of_panel[0]}
        ),
        "high_pct": target(
            100 * high, mistakes={"simple": 100 * (p + half), "panel": 100 * of_panel[1]}
        ),
    }


def _lifts(here: pd.DataFrame) -> dict[str, Target]:
    """Lifts at one touchpoint, and what they come to."""
    table = lift_over_no_contact(here, by=None).table.set_index(GRADE)
    lifts: pd.Series[Any] = table["lift_points"]
    share = table["share_pct"] / 100
    net = float(net_contact_effect(here, by=None).table["net_effect_points"].iloc[0])
    everybody = 100 * float(here[FAN].mean())
    graded = 100 * float(here.loc[here[GRADE].notna(), FAN].mean())
    of_all_rows = table["n"] / len(here)
    rest = net - float(share[1.0] * lifts[1.0])
    return {
        "lifts": target(
            as_numbers(_whole(lifts)),
            mistakes={
                "everybody": as_numbers(_whole(table["fan_rate_pct"] - everybody)),
                "graded": as_numbers(_whole(table["fan_rate_pct"] - graded)),
                "rates": as_numbers(_whole(table["fan_rate_pct"])),
            },
        ),
        "lift_1": target(lifts[1.0], mistakes={"rate": table["fan_rate_pct"][1.0]}),
        "net_points": target(
            net,
            mistakes={
                "plain_mean": lifts.mean(),
                "of_all_rows": float((of_all_rows * lifts).sum()),
                "best_only": float(share[1.0] * lifts[1.0]),
            },
        ),
        "one_step_points": target(net, mistakes={"everybody": graded - everybody}),
        "rest_points": target(
            rest, mistakes={"unweighted": net - float(lifts[1.0]), "best": net - rest}
        ),
        "some_grade_below": count(rest < 0),
    }


def _whole(series: pd.Series[Any]) -> pd.Series[Any]:
    """Index by whole grades."""
    return series.set_axis([int(grade) for grade in series.index])
