"""On which side of no contact an interval lies: its word, colour and shape in charts of lifts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import altair as alt

from touchpoints.charts.theme import PALETTE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SIDE_COLORS: Final = (PALETTE[2], "#777777", PALETTE[1])
_SHAPES: Final = ("triangle-up", "circle", "triangle-down")


def side_of(row: Mapping[str, Any], words: Sequence[str]) -> str:
    """Choose the word for a row's interval (`low_points`, `high_points`): above, not clear, below.

    Example:
        >>> side_of({"low_points": -3.0, "high_points": -1.0}, ("above", "not clear", "below"))
        'below'
    """
    if row["low_points"] > 0:
        return words[0]
    return words[2] if row["high_points"] < 0 else words[1]


def side_scales(words: Sequence[str]) -> tuple[alt.Scale, alt.Scale]:
    """Scales of colour and shape for the three words."""
    domain = list(words)
    return (
        alt.Scale(domain=domain, range=list(SIDE_COLORS)),
        alt.Scale(domain=domain, range=list(_SHAPES)),
    )
