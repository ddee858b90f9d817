"""Expected answers: Only grade 1?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from touchpoints.core.claim import only_best_counts
from touchpoints.core.claim_parts import NOT_IDENTIFIABLE, PARTS
from touchpoints.core.contacts import GRADE, TOUCHPOINT
from touchpoints.core.fan_rule import FAN
from touchpoints.core.grade_contrasts import grade_contrasts
from touchpoints.core.intervals import newcombe
from touchpoints.core.lift import lift_over_no_contact
from touchpoints.course.answers.frames import Frames, as_numbers, with_fans
from touchpoints.course.answers.targets import Target, count, target

if TYPE_CHECKING:
    import pandas as pd

#: Keys of the claim's parts in the answers.
PART_KEYS = ("best", "second", "others")
_LEVEL = 0.05
#: So many answers a group is worth: nobody needs a part of one.
_WHOLE = 0.51


def expected(data: Frames) -> dict[str, Target]:
    """Compute them from the student's data."""
    rows = with_fans(data)[["customer_id", TOUCHPOINT, GRADE, FAN]]
    return {**_lifts(rows), **_clear(rows), **_verdict(rows)}


def _lifts(rows: pd.DataFrame) -> dict[str, Target]:
    """Pooled lifts, with intervals of people and of rows."""
    table = lift_over_no_contact(rows, by=None).table.set_index(GRADE)
    rates = table["fan_rate_pct"].set_axis([int(grade) for grade in table.index])
    lifts = table["lift_points"].set_axis(rates.index)
    none = rows[GRADE].isna()
    at_each = lift_over_no_contact(rows).table.groupby(GRADE)["lift_points"].mean()
    found = {
        "lifts": target(
            as_numbers(lifts),
            mistakes={
                "everybody": as_numbers(rates - 100 * float(rows[FAN].mean())),
                "graded": as_numbers(rates - 100 * float(rows.loc[~none, FAN].mean())),
                "mean_of_touchpoints": as_numbers(
                    at_each.set_axis([int(grade) for grade in at_each.index])
                ),
            },
        ),
        "n_no_contact": count(int(none.sum())),
    }
    for grade in (1, 2):
        row, here = table.loc[grade], rows[rows[GRADE] == grade]
        counts = (here[FAN].sum(), len(here), rows.loc[none, FAN].sum(), none.sum())
        naive = newcombe(*(int(n) for n in counts))
        for side, bound in zip(("low", "high"), naive, strict=True):
            honest = row[f"{side}_points"]
            found[f"{side}_{grade}"] = target(honest, mistakes={"rows": 100 * bound})
            found[f"naive_{side}_{grade}"] = target(100 * bound, mistakes={"people": honest})
    return found


def _clear(rows: pd.DataFrame) -> dict[str, Target]:
    """How many contrasts of grade 2 are clear, before and after adjusting for their number."""
    every = grade_contrasts(rows).table
    table = every[every[GRADE] == 2]  # noqa: PLR2004  (grade 2)
    p = table["p_value"]
    clear = {name: int((table[name] <= _LEVEL).sum()) for name in ("p_value", "p_holm", "p_bh")}
    bonferroni = int((p * len(p) <= _LEVEL).sum())
    return {
        "n_clear": count(clear["p_value"], {"holm": clear["p_holm"], "bh": clear["p_bh"]}),
        "n_holm": count(clear["p_holm"], {"none": clear["p_value"], "bh": clear["p_bh"]}),
        "n_bh": count(
            clear["p_bh"],
            {"none": clear["p_value"], "bonferroni": bonferroni, "holm": clear["p_holm"]},
        ),
        "by_chance": target(_LEVEL * len(p), 0.02, {"every_grade": _LEVEL * len(every)}),
    }


def _verdict(rows: pd.DataFrame) -> dict[str, Target]:
    """What the claim test says of all touchpoints together."""
    result = only_best_counts(rows, by=None)
    verdicts = dict(zip(result.parts["part"], result.parts["verdict"], strict=True))
    parts = {key: str(verdicts[part]) for key, part in zip(PART_KEYS, PARTS, strict=True)}
    sizes = zip(PART_KEYS, result.parts["least_effective_n"], strict=True)
    of_rows = rows[GRADE].value_counts()
    by_part = (of_rows[1], of_rows[2], of_rows.drop([1, 2]).min())
    smallest = dict(zip(PART_KEYS, by_part, strict=True))
    verdict = str(result.table["verdict"].iloc[0])
    pattern = str(result.table["pattern"].iloc[0])
    return {
        **{f"part_{key}": count(value) for key, value in parts.items()},
        **{f"n_{key}": target(n, _WHOLE, {"rows": smallest[key]}) for key, n in sizes},
        "verdict": count(verdict, {"pattern": pattern}),
    }


def verdict_of(parts: dict[str, str]) -> str:
    """Return the verdict that follows from the parts without a negative control.

    Args:
        parts: For best, second and others: consistent, contradicted or undecided.

    Returns:
        The verdict; a pattern that holds throughout is not identifiable, because mood makes it too.

    Example:
        >>> verdict_of({"best": "consistent", "second": "undecided", "others": "consistent"})
        'undecided'
    """
    said = set(parts.values())
    if "contradicted" in said:
        return "contradicted"
    return NOT_IDENTIFIABLE if said == {"consistent"} else "undecided"
