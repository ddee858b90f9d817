"""Score touchpoints: what is worth mending first, under two readings of what a grade is worth."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw

from touchpoints.core.frames import (
    IntoFrame,
    require_among,
    require_columns,
    require_flags,
    require_rows,
    require_unique,
    require_whole_numbers,
    to_eager,
)
from touchpoints.core.result import Result
from touchpoints.core.scoring_rule import VALUE_FUNCTIONS, ScoringRule
from touchpoints.core.vocabulary import CONTACT_PHASES, GRADES, IMPORTANCE_RANGE, MEDIA

#: The columns that a scorecard needs, in this order.
SCORECARD_COLUMNS: Final = (
    "touchpoint",
    "contact_phase",
    "medium",
    "grade",
    "importance",
    "moment_of_truth",
)

_DECIMALS = 9


@dataclass(frozen=True)
class TouchpointScores(Result):
    """Scores of touchpoints under both value functions.

    Attributes:
        table: The input with six columns more, one row a touchpoint, in the input's order:
            `quality_linear`, `quality_only_best` (0 to 1), `priority_linear`,
            `priority_only_best` (0 to 10 × weight), `rank_linear`, `rank_only_best` (1 is the first
            to mend; equal priorities share the smallest rank). Ungraded touchpoints have nulls.
        phases: One row a contact phase with graded touchpoints: `contact_phase`, `n` (graded
            touchpoints), `mean_grade` (weighted by importance; unweighted where all weights are
            0), `worst_grade`.
        media: One row a medium: `medium`, `n` touchpoints, `share_pct` of the touchpoints,
            `importance_share_pct` of the importance (null where all importance is 0).
        weakest_link: Key of the touchpoint with the worst grade (among equals the one of higher
            importance × weight, then the earlier in the cycle), or None while nothing is graded.
        rule: The parameters used.
    """

    table: Any
    phases: Any
    media: Any
    weakest_link: str | None
    rule: ScoringRule

    @property
    def text(self) -> str:
        """Say how many are graded, the weakest link and the first priority of both readings."""
        table = nw.from_native(self.table, eager_only=True)
        graded = table.filter(~nw.col("rank_linear").is_null())
        if len(graded) == 0:
            return f"None of {len(table)} touchpoints is graded yet."
        first = {
            name: " and ".join(
                graded.filter(nw.col(f"rank_{name}") == 1).get_column("touchpoint").to_list()
            )
            for name in VALUE_FUNCTIONS
        }
        weak = graded.filter(nw.col("touchpoint") == self.weakest_link).row(0)
        grade = int(weak[graded.columns.index("grade")])
        start = (
            f"{len(graded)} of {len(table)} touchpoints are graded; the weakest link is "
            f"{self.weakest_link} (grade {grade}). "
        )
        if first["linear"] == first["only_best"]:
            return start + f"First to mend under both value functions: {first['linear']}."
        return start + (
            f"First to mend: {first['linear']} if each grade counts the same step, "
            f"{first['only_best']} if only grade 1 counts."
        )


def score_touchpoints(frame: IntoFrame, rule: ScoringRule | None = None) -> TouchpointScores:
    """Score touchpoints and rank them by what is worth mending first.

    The priority of a touchpoint is importance × (1 − q) × w, where q is the quality of its grade
    under a value function and w the moment-of-truth weight (1 for other touchpoints). It is the
    kit's own rule, in the spirit of importance–performance analysis (Martilla & James 1977): what
    matters much and is done badly comes first.

    Args:
        frame: One row a touchpoint, any frame that narwhals supports. Columns: `touchpoint` (a key,
            each once), `contact_phase`, `medium`, `grade` (1 best … 6 worst, or nothing),
            `importance` (0 to 10), `moment_of_truth` (true or false). Further columns are kept.
        rule: The parameters; by default weight 1.5 and the two value functions of this module.

    Returns:
        The scores as a frozen result; its tables are frames of the engine that came in (lazy frames
        are collected).

    Raises:
        InputError: If a column is missing or a value is not allowed: with row, value and cure.

    Example:
        >>> import pandas as pd
        >>> scores = score_touchpoints(pd.DataFrame({
        ...     "touchpoint": ["checkout", "hotline"],
        ...     "contact_phase": ["full_contact", "post_contact"],
        ...     "medium": ["online", "offline"],
        ...     "grade": [2, 4],
        ...     "importance": [10, 6],
        ...     "moment_of_truth": [True, False],
        ... }))
        >>> scores.table["priority_linear"].round(1).tolist()
        [3.0, 3.6]
        >>> scores.table["priority_only_best"].tolist()
        [15.0, 6.0]
        >>> scores.weakest_link
        'hotline'
    """
    rule = rule or ScoringRule()
    data = _validated(frame)
    table = data.with_columns(*(_quality(name, rule) for name in VALUE_FUNCTIONS))
    table = table.with_columns(*(_priority(name, rule) for name in VALUE_FUNCTIONS))
    table = table.with_columns(
        nw.col(f"priority_{name}").rank("min", descending=True).alias(f"rank_{name}")
        for name in VALUE_FUNCTIONS
    )
    return TouchpointScores(
        table=table.to_native(),
        phases=_phases(data).to_native(),
        media=_media(data).to_native(),
        weakest_link=_weakest_link(data, rule),
        rule=rule,
    )


def _validated(frame: IntoFrame) -> nw.DataFrame[Any]:
    """Check a scorecard frame; grades become floats with null where nothing was given."""
    data = to_eager(frame)
    require_columns(data, SCORECARD_COLUMNS)
    require_rows(data, "table of touchpoints")
    require_unique(data, "touchpoint")
    require_among(data, "contact_phase", CONTACT_PHASES)
    require_among(data, "medium", MEDIA)
    require_whole_numbers(data, "grade", GRADES[0], GRADES[-1], missing=True)
    require_whole_numbers(data, "importance", *IMPORTANCE_RANGE)
    require_flags(data, "moment_of_truth")
    graded = data.get_column("grade").dtype.is_numeric()  # no type of number where all is empty
    grade = nw.col("grade").cast(nw.Float64) if graded else nw.lit(math.nan)
    return data.with_columns(nw.when(grade.is_finite()).then(grade).alias("grade"))


def _quality(name: str, rule: ScoringRule) -> nw.Expr:
    """Look the quality of a grade up in the value function; null for an ungraded touchpoint."""
    return nw.max_horizontal(
        *(
            nw.when(nw.col("grade") == grade).then(nw.lit(value))
            for grade, value in zip(GRADES, rule.values[name], strict=True)
        )
    ).alias(f"quality_{name}")


def _weight(rule: ScoringRule) -> nw.Expr:
    """Importance × moment-of-truth weight."""
    factor = nw.when(nw.col("moment_of_truth").cast(nw.Boolean)).then(
        nw.lit(float(rule.moment_of_truth_weight))
    )
    return nw.col("importance").cast(nw.Float64) * factor.otherwise(nw.lit(1.0))


def _priority(name: str, rule: ScoringRule) -> nw.Expr:
    """Importance × (1 − q) × moment-of-truth weight.

    Rounded, because 6 × (1 − 0.4) and 6 × (1 − 2 / 5) have to share a rank whatever the last bit.
    """
    product = (1.0 - nw.col(f"quality_{name}")) * _weight(rule)
    return product.round(_DECIMALS).alias(f"priority_{name}")


def _phase_number() -> nw.Expr:
    """Number the contact phases 0 to 3 in the cycle's order."""
    phase = nw.col("contact_phase").cast(nw.String)
    return nw.max_horizontal(
        *(nw.when(phase == name).then(nw.lit(i)) for i, name in enumerate(CONTACT_PHASES))
    )


def _phases(data: nw.DataFrame[Any]) -> nw.DataFrame[Any]:
    """Summarise the graded touchpoints of each phase."""
    graded = data.filter(~nw.col("grade").is_null()).select(
        "grade",
        nw.col("contact_phase").cast(nw.String),
        nw.col("importance").cast(nw.Float64),
        order=_phase_number(),
    )
    weighted = graded.with_columns(product=nw.col("grade") * nw.col("importance"))
    summary = weighted.group_by("contact_phase").agg(
        nw.len().alias("n"),
        nw.col("product").sum(),
        nw.col("importance").sum(),
        nw.col("grade").mean().alias("plain"),
        nw.col("grade").max().alias("worst_grade"),
        nw.col("order").min(),
    )
    mean = nw.when(nw.col("importance") > 0).then(nw.col("product") / nw.col("importance"))
    return summary.sort("order").select(
        "contact_phase", "n", mean.otherwise(nw.col("plain")).alias("mean_grade"), "worst_grade"
    )


def _media(data: nw.DataFrame[Any]) -> nw.DataFrame[Any]:
    """Share of the touchpoints and of the importance that each medium carries."""
    summary = (
        data.select(nw.col("medium").cast(nw.String), nw.col("importance").cast(nw.Float64))
        .group_by("medium")
        .agg(nw.len().alias("n"), nw.col("importance").sum())
        .sort("medium")
    )
    total = nw.col("importance").sum()
    share = nw.when(total > 0).then(100.0 * nw.col("importance") / total)
    return summary.with_columns(
        share_pct=100.0 * nw.col("n") / nw.col("n").sum(), importance_share_pct=share
    ).drop("importance")


def _weakest_link(data: nw.DataFrame[Any], rule: ScoringRule) -> str | None:
    """Key of the worst grade; ties go to the heavier touchpoint, then to the earlier phase."""
    graded = data.filter(~nw.col("grade").is_null())
    if len(graded) == 0:
        return None
    first = (
        graded.with_columns(weight=_weight(rule), order=_phase_number())
        .with_row_index("row")
        .sort("grade", "weight", "order", "row", descending=[True, True, False, False])
    )
    return str(first.get_column("touchpoint").to_list()[0])
