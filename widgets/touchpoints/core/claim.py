"""The claim test: is what the data show consistent with "only grade 1 counts" (C13)?

Two questions are kept apart. The *pattern* is what a table of grades shows: more fans at grade 1
than without contact, fewer at grade 2, no lift at the others (`claim_parts`). The *claim* is about
what contacts do. A pattern that looks like the claim is also what mood alone makes, if fans grade
more kindly. So the verdict follows this rule:

1. Pattern contradicted or undecided: that is the verdict.
2. Pattern consistent, and no negative control: "not identifiable". No sample, however large, tells
   an effect from mood in such a table.
3. Pattern consistent, with a negative control (a touchpoint whose contacts can't make fans, so that
   its contrasts show what mood alone makes): the same test on the contrasts minus those of the
   control. If all parts hold there too, the verdict is "consistent", else "not identifiable": what
   there is may be mood. What is left beyond the control never contradicts the claim, because a
   control on which mood weighs more than at the touchpoint leaves the same.

Rule 3 assumes that mood adds the same points at the control as at the touchpoint.

References:
    Lipsitch, M., Tchetgen Tchetgen, E. & Cohen, T. (2010). Negative controls: a tool for detecting
    confounding and bias in observational studies. Epidemiology 21, 383-388.
    Zou, G. Y. & Donner, A. (2008). Construction of confidence limits about effect measures.
    Statistics in Medicine 27, 1693-1702.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw
import numpy as np

from touchpoints.core.against_no_contact import (
    contact_frame,
    count_contacts,
    differences,
)
from touchpoints.core.claim_control import beside_control, bounds_of, minus_control
from touchpoints.core.claim_parts import (
    CONSISTENT,
    CONTRADICTED,
    NOT_IDENTIFIABLE,
    UNDECIDED,
    VERDICTS,
    judge_parts,
    require_levels,
    together,
)
from touchpoints.core.cluster_bootstrap import draw_cells, drawn_contrasts, require_draws
from touchpoints.core.clusters import to_floats
from touchpoints.core.contacts import CUSTOMER, GRADE, TOUCHPOINT, as_columns
from touchpoints.core.errors import InputError, listing
from touchpoints.core.result import Result
from touchpoints.core.tables import from_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from touchpoints.core.claim_parts import Part
    from touchpoints.core.cluster_bootstrap import DrawnCells
    from touchpoints.core.fan_rule import FanRule
    from touchpoints.core.frames import IntoFrame


_REASONS: Final = {
    CONTRADICTED: "at least one part shows the opposite",
    UNDECIDED: "at least one part could be either way",
    NOT_IDENTIFIABLE: "the pattern is there, but without a negative control it may be mood",
    CONSISTENT: "all parts hold beyond the negative control",
}
_SELF: Final = "this is the negative control: what it shows is taken for mood"
_NOT_BEYOND: Final = "the pattern is there, but not clearly beyond that of the negative control"
_LACKING: Final = "the pattern is there, but the negative control lacks one of the grades"
_OPPOSITE_BEYOND: Final = "beyond the negative control at least one part shows the opposite"


@dataclass(frozen=True)
class OnlyBestCounts(Result):
    """Verdicts on the claim that only grade 1 counts.

    Attributes:
        table: One row a group: the columns of `by`, `pattern` (verdict on what the table shows),
            `verdict` (on the claim: consistent, contradicted, undecided, not identifiable),
            `p_pattern` (of the pattern as a whole, the largest of its parts), `reason`.
        parts: One row a group and part: the columns of `by`, `part`, `beyond_control` (true for the
            contrasts minus those of the control), `grades` (those with data), `least_effective_n`
            (smallest effective sample size among their cells, no contact included; 0 without
            data), `p_for`, `p_against`, `verdict`.
        by: The columns grouped by.
        margin_points: What grades 3 to 6 had to stay below.
        alpha: Level of each one-sided test.
        negative_control: Touchpoint taken as control, or None.
        weights: Column of weights, or None.
        cluster: Column of clusters the tests allow for, or None where rows are independent.
        bootstrap: Draws of customers that the bounds come from, or None where they are analytic.
        seed: Of the draws.
    """

    table: Any
    parts: Any
    by: tuple[str, ...]
    margin_points: float
    alpha: float
    negative_control: str | None = None
    weights: str | None = None
    cluster: str | None = None
    bootstrap: int | None = None
    seed: int = 0

    @property
    def text(self) -> str:
        """Say the verdict and its reason, or how often each verdict was reached."""
        rows = nw.from_native(self.table, eager_only=True).rows(named=True)
        how = (
            f"(one-sided tests at {100 * self.alpha:g} %; grades 3 to 6 may lie at most "
            f"{self.margin_points:g} points above no contact{self._drawn()})"
        )
        if len(rows) == 1:
            row = rows[0]
            return (
                f"The claim that only grade 1 counts: {row['verdict']}, because {row['reason']} "
                f"{how}. The pattern by itself is {row['pattern']}. It is an association."
            )
        said = [f"{sum(row['verdict'] == v for row in rows)} {v}" for v in VERDICTS]
        seen = sum(row["pattern"] == CONSISTENT for row in rows)
        return (
            f"The claim that only grade 1 counts, in {len(rows)} groups: {', '.join(said)} {how}. "
            f"The pattern by itself is consistent in {seen}; patterns are associations."
        )

    def _drawn(self) -> str:
        return "" if self.bootstrap is None else f"; {self.bootstrap:,} draws of customers"


def only_best_counts(  # noqa: PLR0913  (all but the frame are options)
    frame: IntoFrame,
    *,
    by: str | Sequence[str] | None = TOUCHPOINT,
    margin_points: float = 2.0,
    alpha: float = 0.05,
    negative_control: str | None = None,
    weights: str | None = None,
    cluster: str = CUSTOMER,
    rule: FanRule | None = None,
    bootstrap: int | None = None,
    seed: int = 0,
) -> OnlyBestCounts:
    """Test the claim that only contacts graded 1 lift the fan rate.

    The pattern is Δ1 > 0 and Δ2 < 0 and Δ3, …, Δ6 < margin, as an intersection-union test: each
    part is tested at the level alpha, may fail on its own, and all must hold. When a pattern that
    holds is more than a pattern stands at the head of this module.

    Args:
        frame: As `lift_over_no_contact` takes it.
        by: Column or columns to group by; None pools everything.
        margin_points: Lift in percentage points that grades 3 to 6 must stay below, 0 or more. With
            0 they must lie clearly below no contact.
        alpha: Level of each one-sided test, above 0 and below 0.5.
        negative_control: A touchpoint whose contacts can't make fans, or None. Needs
            `by="touchpoint"`.
        weights: Column of weights, 0 or more, or None.
        cluster: Column that names what is sampled as one; by default the customer.
        rule: A rule that makes the fan status from the frame's columns.
        bootstrap: Number of draws, from 100 to 1,000,000, for bounds from customers drawn anew; or
            None for analytic bounds. Small cells, and cells where all or none are fans, keep the
            analytic bounds. No p-value gets below 1 / (draws + 1).
        seed: Of the draws, a whole number of 0 or more.

    Returns:
        The verdicts as a frozen result, sorted by group.

    Raises:
        InputError: As `lift_over_no_contact`; or if an option is out of its range or the control is
            not among the touchpoints.

    References:
        Berger (1982) for the test, Lipsitch et al. (2010) for the control; see the heads of the
        modules here and in `claim_parts`, `claim_control` and `cluster_bootstrap`.

    Example:
        >>> import pandas as pd
        >>> contacts = pd.DataFrame({
        ...     "customer_id": range(400),
        ...     "touchpoint": "live_chat",
        ...     "grade": [1] * 100 + [2] * 100 + [3] * 100 + [None] * 100,
        ...     "fan": [True] * 80 + [False] * 20 + [True] * 20 + [False] * 80
        ...            + [True] * 10 + [False] * 90 + [True] * 40 + [False] * 60,
        ... })
        >>> result = only_best_counts(contacts)
        >>> result.table[["pattern", "verdict"]].values.tolist()
        [['consistent', 'not identifiable']]
    """
    groups = as_columns(by)
    require_options(margin_points, alpha, negative_control, groups)
    lazy = contact_frame(frame, groups, weights, cluster, rule)
    counts, clustered = count_contacts(lazy, groups, weights, cluster)
    cells = None
    if bootstrap is not None:
        require_draws(bootstrap, seed)
        cells = draw_cells(
            lazy, counts, groups, weights=weights, cluster=cluster, draws=bootstrap, seed=seed
        )
    asked = {"margin_points": margin_points, "alpha": alpha}
    table, parts = judge(counts, cells, groups, asked, negative_control)
    return OnlyBestCounts(
        table,
        parts,
        groups,
        margin_points,
        alpha,
        negative_control,
        weights,
        cluster if clustered else None,
        bootstrap,
        seed,
    )


def judge(
    counts: nw.DataFrame[Any],
    cells: DrawnCells | None,
    by: tuple[str, ...],
    asked: Mapping[str, float],
    control: str | None,
) -> tuple[Any, Any]:
    """Judge a table of counts by group and grade: verdicts and parts as native frames.

    The decision of `only_best_counts`, also for counts that come from elsewhere (`claim_power`).

    Args:
        counts: As `count_contacts` gives them.
        cells: Cells of drawn customers, or None for intervals by formula.
        by: The columns that name a group.
        asked: `margin_points` and `alpha`.
        control: The touchpoint taken as negative control, or None.

    Returns:
        What `OnlyBestCounts` holds as `table` and `parts`.
    """
    result = differences(counts, by)
    drawn = None if cells is None else drawn_contrasts(counts, by, cells)
    grades = to_floats(result.cells, GRADE)
    least = np.minimum(result.graded.effective_n, result.reference.effective_n)
    seen = judge_parts(result.keys, grades, result.points, bounds_of(result, drawn), **asked)
    sizes = {(key, False, g): n for key, g, n in zip(result.keys, grades, least, strict=True)}
    beyond: dict[Any, list[Part]] = {}
    if control is not None:
        at, own = beside_control(result, grades, control)
        if at:
            points, points_at = minus_control(result, at, own, drawn)
            keys = [result.keys[i] for i in at]
            beyond = judge_parts(keys, grades[at], points, points_at, **asked)
            both = zip(keys, grades[at], np.minimum(least[at], least[own]), strict=True)
            sizes |= {(key, True, g): n for key, g, n in both}
    rows = [_row(key, seen[key], beyond.get(key), control) for key in seen]
    parts = [
        (
            *key,
            part.part,
            is_beyond,
            listing(part.grades) or "none",
            min((float(sizes[key, is_beyond, g]) for g in part.grades), default=0.0),
            part.p_for,
            part.p_against,
            part.verdict,
        )
        for key in seen
        for is_beyond, group in ((False, seen[key]), (True, beyond.get(key, [])))
        for part in group
    ]
    names = (*by, "pattern", "verdict", "p_pattern", "reason")
    of_parts = (
        *by,
        "part",
        "beyond_control",
        "grades",
        "least_effective_n",
        "p_for",
        "p_against",
        "verdict",
    )
    return from_rows(counts, names, rows), from_rows(counts, of_parts, parts)


def _row(
    key: tuple[Any, ...], seen: list[Part], beyond: list[Part] | None, control: str | None
) -> tuple[Any, ...]:
    """Apply the rule at the head of this module to one group."""
    pattern = verdict = together(seen)
    reason = _REASONS[pattern]
    if pattern == CONSISTENT:
        verdict, reason = NOT_IDENTIFIABLE, _REASONS[NOT_IDENTIFIABLE]
        if control is not None:
            reason = _SELF if key == (control,) else _LACKING if beyond is None else _NOT_BEYOND
        if beyond is not None and together(beyond) == CONSISTENT:
            verdict, reason = CONSISTENT, _REASONS[CONSISTENT]
        elif beyond is not None and together(beyond) == CONTRADICTED:
            reason = _OPPOSITE_BEYOND
    return (*key, pattern, verdict, max(part.p_for for part in seen), reason)


def require_options(
    margin_points: object, alpha: object, control: object, by: tuple[str, ...]
) -> None:
    """Raise an `InputError` for an option out of its range."""
    require_levels(margin_points, alpha)
    if control is not None and by != (TOUCHPOINT,):
        raise InputError(
            f"a negative control with the grouping {listing(by) or 'None'}",
            f"the grouping {TOUCHPOINT!r}",
            f"pass by={TOUCHPOINT!r}",
        )
