"""What all tools with a list of touchpoints know of one: key, names, phase, medium, channel."""

from __future__ import annotations

from typing import Any, Final

import narwhals as nw

from touchpoints.core.vocabulary import CHANNELS, MEDIA

#: The columns that say which touchpoint a row is, in the order of exports.
PLACE_COLUMNS: Final = ("touchpoint", "name_en", "name_de", "contact_phase", "medium", "channel")

_DEFAULTS: Final = {
    "name_en": nw.col("touchpoint"),
    "name_de": nw.col("touchpoint"),
    "medium": nw.lit(MEDIA[0]),
    "channel": nw.lit(CHANNELS[0]),
}


def with_defaults(data: nw.DataFrame[Any], more: dict[str, nw.Expr]) -> nw.DataFrame[Any]:
    """Fill in the columns that a short frame leaves out.

    Args:
        data: The frame; without `touchpoint` and `contact_phase` it is left for a check to refuse.
        more: Defaults of a tool's own columns, beside those of every touchpoint.

    Returns:
        The frame with all columns.
    """
    if not {"touchpoint", "contact_phase"} <= set(data.columns):
        return data
    return data.with_columns(
        expression.alias(column)
        for column, expression in (_DEFAULTS | more).items()
        if column not in data.columns
    )


def is_plain(value: object) -> bool:
    """Tell whole numbers, flags and nothing from what a check has to refuse with a sentence."""
    return value is None or isinstance(value, bool | int) or (value != value)
