"""Contrasts with and without those of a negative control, and their bounds for the claim test.

The same customers grade a touchpoint and its control, so the two contrasts depend on each other.
The analytic bounds of their difference add the distances of both, which holds for any correlation.
The bootstrap draws the customers of both at once and needs no such reserve.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from touchpoints.core.cluster_bootstrap import bare, beside, percentiles_at
from touchpoints.core.errors import InputError, echo, listing, nearest

if TYPE_CHECKING:
    from touchpoints.core.against_no_contact import Differences
    from touchpoints.core.inversion import BoundsAt
    from touchpoints.core.numbers import FloatArray


def beside_control(
    result: Differences, grades: FloatArray, control: str
) -> tuple[list[int], list[int]]:
    """Places of the contrasts to hold against the control's, and of the latter.

    Touchpoints with a grade that the control lacks are left out: the claim is about all grades.

    Raises:
        InputError: If the control is not among the touchpoints.
    """
    names = [key[0] for key in result.keys]
    if control not in names:
        known = list(dict.fromkeys(names))
        raise InputError(
            f"negative control {echo(control)}",
            f"one of the touchpoints {listing(known)}",
            f"name a touchpoint of the frame{nearest(control, known)}",
        )
    own = {grade: i for i, grade in enumerate(grades) if names[i] == control}
    lacking = {control, *(n for n, g in zip(names, grades, strict=True) if g not in own)}
    at = [i for i, name in enumerate(names) if name not in lacking]
    return at, [own[grades[i]] for i in at]


def bounds_of(result: Differences, drawn: FloatArray | None) -> BoundsAt:
    """Bounds of the contrasts: analytic, or of the drawn contrasts where cells are large enough."""
    if drawn is None:
        return result.points_at
    return beside(percentiles_at(drawn), result.points_at, bare(result))


def minus_control(
    result: Differences, at: list[int], own: list[int], drawn: FloatArray | None
) -> tuple[FloatArray, BoundsAt]:
    """Contrasts minus those of the control, and their bounds at normal quantiles."""
    contrasts, controls = result.take(at), result.take(own)

    def points_at(z: FloatArray) -> tuple[FloatArray, FloatArray]:
        low, high = contrasts.points_at(z)
        control_low, control_high = controls.points_at(z)
        return low - control_high, high - control_low

    points = contrasts.points - controls.points
    if drawn is None:
        return points, points_at
    together = percentiles_at(drawn[at] - drawn[own])
    return points, beside(together, points_at, bare(contrasts) | bare(controls))
