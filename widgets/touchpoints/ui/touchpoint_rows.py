"""What all tools with a list of touchpoints know of one: key, names, phase, medium, channel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import narwhals as nw
import pandas as pd

from touchpoints.core.vocabulary import CHANNELS, MEDIA

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def typed_frame(
    rows: list[dict[str, Any]], columns: Sequence[str], *, whole: Sequence[str], flags: str
) -> pd.DataFrame:
    """Turn a tool's rows into a frame with stable types.

    Args:
        rows: The rows; keys that are no columns are left out.
        columns: The frame's columns.
        whole: Those that hold whole numbers or nothing.
        flags: The one that holds true and false.

    Returns:
        The frame. A column with something else in it keeps its type, for a check to refuse.
    """
    frame = pd.DataFrame(rows, columns=list(columns))
    types = {c: "Int64" for c in whole if frame[c].map(_is_whole).all()}
    if frame[flags].isin([True, False, None]).all():
        types[flags] = "boolean"
    return frame.astype(types)


def _is_whole(value: object) -> bool:
    return value is None or isinstance(value, int) or (value != value)
