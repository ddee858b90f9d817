"""What the lens widget looks up: the results of `channel_lens` for every choice of its filters.

Statistics stay in Python. A page has no kernel, so the results of all combinations travel with it,
column by column, with five decimals: with three, a mean of 2.0745 would show as 2.08.
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw

from touchpoints.core.contacts import CUSTOMER, GRADE, SMALL_CELL, TOUCHPOINT, is_missing
from touchpoints.core.errors import InputError, listing
from touchpoints.core.frames import require_columns, to_lazy
from touchpoints.core.lens import PHASE, LensResult, channel_lens
from touchpoints.core.quick_engine import on_a_quick_engine
from touchpoints.core.vocabulary import MEDIA

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: The most combinations of filter values: each is computed beforehand.
MOST_COMBINATIONS: Final = 200

_DECIMALS: Final = 5
_KEYS: Final = (CUSTOMER, TOUCHPOINT, GRADE)
_GROUP_COLUMNS: Final = (
    "touchpoints",
    "customers",
    "n",
    "mean_grade",
    "low",
    "high",
    "small_cell",
)
_MARK_COLUMNS: Final = ("n", "mean_grade", "low", "high", "small_cell")
_GAP_COLUMNS: Final = ("gap_grades", "gap_low", "gap_high")


def graded_contacts(contacts: Any, filters: Sequence[str]) -> nw.DataFrame[Any]:  # noqa: ANN401
    """Bring the graded contacts into memory: key columns, and filters as texts.

    Args:
        contacts: Contacts that `channel_lens` has taken, any engine.
        filters: Names of the columns to filter by.

    Raises:
        InputError: If a filter's column is missing or is none to filter by.
    """
    lazy = to_lazy(contacts)
    require_columns(lazy, filters)
    for column in filters:
        if column in _KEYS:
            raise InputError(
                f"filter {column!r}", "a column that describes a contact or a customer", "drop it"
            )
    schema = lazy.collect_schema()
    kept = lazy.select(
        nw.col(CUSTOMER),
        nw.col(TOUCHPOINT).cast(nw.String),
        nw.col(GRADE).cast(nw.Float64).fill_nan(None),
        *(_as_text(column, schema[column]) for column in filters),
    )
    return kept.filter(~nw.col(GRADE).is_null()).collect()


def _as_text(column: str, dtype: Any) -> nw.Expr:  # noqa: ANN401
    """Write a column's values as texts; engines differ in how they would write a flag."""
    if dtype != nw.Boolean:
        return nw.col(column).cast(nw.String)
    flag = nw.col(column)
    text = nw.when(flag).then(nw.lit("true")).otherwise(nw.lit("false"))
    return nw.when(~flag.is_null()).then(text).alias(column)


def filter_values(graded: nw.DataFrame[Any], filters: Sequence[str]) -> dict[str, list[str]]:
    """List the values that each filter offers; "true" stands before "false", texts in order.

    Raises:
        InputError: If they have too many combinations to compute each.
    """
    values = {
        column: sorted(
            {str(v) for v in graded.get_column(column).unique().to_list() if not is_missing(v)},
            key=lambda v: (v != "true", v),
        )
        for column in filters
    }
    combinations = math.prod(len(v) + 1 for v in values.values())
    if combinations > MOST_COMBINATIONS:
        raise InputError(
            f"{combinations:,} combinations of {listing(filters)}",
            f"at most {MOST_COMBINATIONS}",
            "filter by fewer columns or join some of their values",
        )
    return values


def keep_chosen(graded: nw.DataFrame[Any], chosen: Mapping[str, str]) -> nw.DataFrame[Any]:
    """Keep the contacts that the chosen values of the filters let through."""
    for column, value in chosen.items():
        graded = graded.filter(nw.col(column) == value)
    return graded


def lens_data(
    graded: nw.DataFrame[Any],
    touchpoints: nw.DataFrame[Any],
    by: Sequence[str],
    values: Mapping[str, Sequence[str]],
    confidence: float,
) -> dict[str, Any]:
    """Compute everything the widget shows of the survey, as plain data.

    Args:
        graded: Graded contacts, as `graded_contacts` gives them.
        touchpoints: The list of touchpoints.
        by: Columns of the list that group touchpoints.
        values: Values of each filter.
        confidence: Of the intervals.

    Returns:
        `touchpoints` (columns of the list), `filters`, `cells` (one entry a combination, the last
        filter changing fastest, "all" before the values; None where nobody graded),
        `small_cell` and `confidence`.
    """
    quick = on_a_quick_engine(graded)
    keys = [str(key) for key in touchpoints.get_column(TOUCHPOINT).to_list()]
    choices = itertools.product(
        *([(column, v) for v in (None, *values[column])] for column in values)
    )
    cells = []
    for choice in choices:
        part = keep_chosen(quick, {column: v for column, v in choice if v is not None})
        lenses = [
            channel_lens(
                part.to_native(), touchpoints.to_native(), by=column, confidence=confidence
            )
            for column in by
            if len(part)
        ]
        cells.append(_cell(lenses, keys) if lenses else None)
    return {
        "touchpoints": _list_columns(touchpoints, by),
        "filters": [{"column": column, "values": list(values[column])} for column in values],
        "cells": cells,
        "small_cell": SMALL_CELL,
        "confidence": confidence,
    }


def _list_columns(touchpoints: nw.DataFrame[Any], by: Sequence[str]) -> dict[str, Any]:
    """Return the list of touchpoints column by column; what is missing gets its default."""
    present = touchpoints.columns
    texts = {
        column: [str(v) for v in touchpoints.get_column(column).to_list()]
        for column in (TOUCHPOINT, PHASE, "name_en", "name_de", "medium", *by)
        if column in present
    }
    keys = texts[TOUCHPOINT]
    return {
        TOUCHPOINT: keys,
        PHASE: texts[PHASE],
        "name_en": texts.get("name_en", texts.get("name_de", keys)),
        "name_de": texts.get("name_de", texts.get("name_en", keys)),
        "medium": texts.get("medium", [MEDIA[0]] * len(keys)),
        "groups": {column: texts[column] for column in by},
    }


def _cell(lenses: Sequence[LensResult], keys: Sequence[str]) -> dict[str, Any]:
    """Write the lenses of one combination column by column."""
    first = lenses[0]
    return {
        "touchpoint": [keys.index(key) for key in _column(first.table, TOUCHPOINT)],
        **{column: _column(first.table, column) for column in _MARK_COLUMNS},
        "by": {
            lens.by: {
                "groups": _groups(lens.groups, lens.by),
                **{column: _column(lens.table, column) for column in _GAP_COLUMNS},
            }
            for lens in lenses
        },
        "phases": _groups(first.phases, PHASE),
    }


def _groups(table: Any, name: str) -> dict[str, Any]:  # noqa: ANN401  (a native frame)
    return {"group": _column(table, name), **{c: _column(table, c) for c in _GROUP_COLUMNS}}


def _column(table: Any, name: str) -> list[Any]:  # noqa: ANN401  (a native frame)
    """Return a column as plain values; measures rounded, flags as 0 and 1."""
    values = nw.from_native(table, eager_only=True).get_column(name).to_list()
    return [
        round(v, _DECIMALS) if isinstance(v, float) else int(v) if isinstance(v, bool) else v
        for v in values
    ]
