"""Checks on what is asked of the sensitivity to confounding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from touchpoints.core.contacts import GRADE, TOUCHPOINT, is_missing
from touchpoints.core.errors import InputError, echo, listing, one_of
from touchpoints.core.fan_rule import FAN

if TYPE_CHECKING:
    from collections.abc import Sequence


def columns_of(value: object, name: str) -> tuple[str, ...]:
    """Turn a column or several into a tuple, each once."""
    columns = (value,) if isinstance(value, str) else value
    if not isinstance(columns, list | tuple) or not all(isinstance(c, str) for c in columns):
        raise InputError(
            f"{name} {echo(value)}", "a column or several columns", "pass their names as text"
        )
    return tuple(columns)


def require_apart(by: Sequence[str], held: Sequence[str], *named: str | None) -> None:
    """Raise an `InputError` for a column with two roles."""
    columns = [*by, *held, *(column for column in named if column is not None), GRADE, FAN]
    twice = [column for column in columns if columns.count(column) > 1]
    if twice:
        raise InputError(
            f"column {twice[0]!r} with two roles",
            "each column once among grouping, covariates, earlier wave, grade and fan status",
            "name it once",
        )


def require_control(lazy: nw.LazyFrame[Any], control: str, by: Sequence[str]) -> None:
    """Raise an `InputError` unless the control is a touchpoint and fits the grouping."""
    if TOUCHPOINT in by and len(by) > 1:
        raise InputError(
            f"a negative control with the grouping {listing(by)}",
            f"{TOUCHPOINT!r} alone, or a grouping without it",
            "group by one of them",
        )
    names = lazy.select(TOUCHPOINT).unique().collect().get_column(TOUCHPOINT).to_list()
    # As they are, since the methods compare them so: the text "1" is not the touchpoint 1.
    one_of("negative control", control, sorted((v for v in names if not is_missing(v)), key=str))
