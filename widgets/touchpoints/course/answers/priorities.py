"""Expected answers: Priorities at my touchpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from touchpoints.core.contacts import GRADE, TOUCHPOINT
from touchpoints.core.fan_rule import FAN
from touchpoints.core.importance_performance import QUADRANTS, importance_performance
from touchpoints.core.scoring_rule import VALUE_FUNCTIONS, ScoringRule
from touchpoints.course.answers.frames import Frames, as_numbers, with_fans
from touchpoints.course.answers.targets import Target, count, target

if TYPE_CHECKING:
    import pandas as pd

_NEAR = 0.006


def expected(data: Frames) -> dict[str, Target]:
    """Compute them from the student's data."""
    rows = with_fans(data)[["customer_id", TOUCHPOINT, GRADE, FAN]]
    table = importance_performance(rows).table.set_index(TOUCHPOINT)
    quadrant = table["quadrant"]
    names = {key: [str(n) for n in quadrant.index[quadrant == key]] for key in QUADRANTS}
    clear = table["clear_of_cuts"]
    return {
        "concentrate": count(
            names["concentrate_here"],
            {
                "grade_turned": names["keep_up"],
                "importance_left_out": [*names["concentrate_here"], *names["low_priority"]],
                "performance_left_out": [*names["concentrate_here"], *names["keep_up"]],
            },
        ),
        "n_sure": count(
            int(clear.sum()),
            {
                "unsure": int((~clear).sum()),
                "of_concentrate": int(clear[names[QUADRANTS[0]]].sum()),
            },
        ),
        "given_names": count([str(name) for name in data.touchpoints[TOUCHPOINT]]),
        **_values(data, rows, table["derived_pct"]),
    }


def _values(data: Frames, rows: pd.DataFrame, importance: pd.Series[float]) -> dict[str, Target]:
    """Quality under both value functions, and what is to be mended first."""
    places = data.touchpoints.astype({TOUCHPOINT: str}).set_index(TOUCHPOINT)
    heavy = places["moment_of_truth"].reindex(importance.index).astype(bool)
    weight = np.where(heavy, ScoringRule().moment_of_truth_weight, 1.0)
    graded = rows.dropna(subset=GRADE)
    grade = graded[GRADE].astype(int)
    quality = {
        name: grade.map(dict(enumerate(worth, 1))).groupby(graded[TOUCHPOINT]).mean()
        for name, worth in VALUE_FUNCTIONS.items()
    }
    means = grade.astype(float).groupby(graded[TOUCHPOINT]).mean()
    up_to_2 = (grade <= 2).groupby(graded[TOUCHPOINT]).mean()  # noqa: PLR2004  (grade 2)
    found = {
        "quality_linear": target(
            as_numbers(quality["linear"]),
            _NEAR,
            {"turned": as_numbers(1 - quality["linear"]), "means": as_numbers(means)},
        ),
        "quality_only_best": target(
            as_numbers(quality["only_best"]),
            _NEAR,
            {"up_to_2": as_numbers(up_to_2), "turned": as_numbers(1 - quality["only_best"])},
        ),
    }
    for name, q in quality.items():
        gap = 1 - q.reindex(importance.index)
        priority = importance * gap * weight
        found[f"first_{name}"] = count(
            [str(n) for n in priority.index[priority >= priority.max() - 1e-9]],
            {
                "no_weight": str((importance * gap).idxmax()),
                "no_importance": str((gap * weight).idxmax()),
                "turned": str((importance * (1 - gap) * weight).idxmax()),
            },
        )
    return found
