"""The small-things check: which small things of a touchpoint were seen done, and which are missing.

The list is the article's (C08); that each can be seen at a touchpoint, and how, is the kit's
reading. The check counts and orders. It has no weights and makes no score: the article puts
reliability above the rest and gives no number for it, so there is none here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw

from touchpoints.core.errors import InputError, listing
from touchpoints.core.frames import (
    IntoFrame,
    require_among,
    require_columns,
    require_rows,
    require_unique,
    to_eager,
)
from touchpoints.core.result import Result

#: The small things of C08 as columns; the first is the one the article puts above all.
SMALL_THINGS: Final = (
    "reliable",
    "request",
    "invite",
    "listen",
    "find_out",
    "think_ahead",
    "interact",
    "interest",
    "respect",
    "in_time",
)

#: What an observer may answer; nothing means that it was not seen.
ANSWERS: Final = ("yes", "partly", "no")

_PLACE: Final = "_place"


@dataclass(frozen=True)
class SmallThings(Result):
    """The counts of a small-things check.

    Attributes:
        table: The input with four columns more, one row a touchpoint: `n_seen` (small things with
            an answer, 0 to 10), `n_done`, `n_partly` and `n_missing` (answers yes, partly, no).
            Most missing first; among equals most partly first, then the input's order.
        things: One row a small thing, in the order of `SMALL_THINGS`: `small_thing`,
            `n_touchpoints` (all), `n_seen` (with an answer), `n_done`, `n_partly`, `n_missing`.
        most_missing: The small things missing at the most touchpoints; empty while none is missing.
    """

    table: Any
    things: Any
    most_missing: tuple[str, ...]

    @property
    def text(self) -> str:
        """Say how much was seen, what is missing most often and where reliability is missing."""
        table = nw.from_native(self.table, eager_only=True)
        things = nw.from_native(self.things, eager_only=True)
        seen = int(things.get_column("n_seen").sum())
        start = (
            f"{seen} of {len(table) * len(SMALL_THINGS)} answers seen at {len(table)} touchpoints. "
        )
        if not self.most_missing:
            return start + "None of the small things is missing where it was looked at."
        most = things.filter(nw.col("small_thing").is_in(self.most_missing))
        named = listing(
            f"{thing} ({missing} of {n_seen})"
            for thing, missing, n_seen in most.select("small_thing", "n_missing", "n_seen").rows()
        )
        text = f"Most often missing, among those seen: {named}."
        failing = table.filter((nw.col(SMALL_THINGS[0]) == "no").fill_null(value=False))
        if len(failing):
            names = listing(failing.get_column("touchpoint").to_list())
            text += f" Reliability, which the article puts above all, is missing at {names}."
        return start + text


def check_small_things(frame: IntoFrame) -> SmallThings:
    """Count which small things were seen done, partly done or missing at each touchpoint (C08).

    Counts alone: n_seen = n_done + n_partly + n_missing, out of ten. What was not seen counts
    neither for nor against. The touchpoints are one team's list, not a sample, so there is no
    interval; with few things seen a small count of missing ones says little.

    Args:
        frame: One row a touchpoint, any frame that narwhals supports. Columns: `touchpoint` (a key,
            each once) and one for each of `SMALL_THINGS` with "yes", "partly", "no" or nothing (not
            seen). Further columns are kept.

    Returns:
        The counts as a frozen result; its tables are frames of the engine that came in (lazy frames
        are collected).

    Raises:
        InputError: If a column is missing or a value is not allowed: with row, value and cure.

    Example:
        >>> import pandas as pd
        >>> nothing = {thing: [None, None] for thing in SMALL_THINGS}
        >>> check = check_small_things(pd.DataFrame({
        ...     **nothing,
        ...     "touchpoint": ["hotline", "checkout"],
        ...     "reliable": ["no", "yes"],
        ...     "listen": ["no", None],
        ... }))
        >>> check.table[["touchpoint", "n_seen", "n_missing"]].values.tolist()
        [['hotline', 2, 2], ['checkout', 1, 0]]
        >>> check.most_missing
        ('reliable', 'listen')
    """
    data = to_eager(frame)
    require_columns(data, ("touchpoint", *SMALL_THINGS))
    require_rows(data, "small-things check")
    require_unique(data, "touchpoint")
    taken = [c for c in ("n_seen", "n_done", "n_partly", "n_missing", _PLACE) if c in data.columns]
    if taken:
        raise InputError(
            f"a column {taken[0]!r}, which the result adds", "other names", "rename or drop it"
        )
    for thing in SMALL_THINGS:
        require_among(data, thing, ANSWERS, missing=True)
    data = data.with_columns(nw.col(*SMALL_THINGS).cast(nw.String))
    counted = data.with_row_index(_PLACE).with_columns(
        n_seen=nw.sum_horizontal(*(_is(thing, *ANSWERS) for thing in SMALL_THINGS)),
        **{
            name: nw.sum_horizontal(*(_is(thing, answer) for thing in SMALL_THINGS))
            for name, answer in zip(("n_done", "n_partly", "n_missing"), ANSWERS, strict=True)
        },
    )
    table = counted.sort("n_missing", "n_partly", _PLACE, descending=[True, True, False])
    things = _by_thing(data)
    most = max(things["n_missing"])
    return SmallThings(
        table=table.drop(_PLACE).to_native(),
        things=nw.from_dict(things, backend=data.implementation).to_native(),
        most_missing=tuple(
            thing
            for thing, missing in zip(SMALL_THINGS, things["n_missing"], strict=True)
            if missing == most > 0
        ),
    )


def _is(thing: str, *answers: str) -> nw.Expr:
    """Write 1 where a small thing has one of the answers, else 0."""
    return nw.col(thing).is_in(answers).fill_null(value=False).cast(nw.Int64)


def _by_thing(data: nw.DataFrame[Any]) -> dict[str, list[Any]]:
    """Count the answers to each small thing over all touchpoints."""

    def counts(*answers: str) -> list[int]:
        sums = data.select(_is(thing, *answers).sum().alias(thing) for thing in SMALL_THINGS)
        return [int(value) for value in sums.row(0)]

    done, partly, missing = (counts(answer) for answer in ANSWERS)
    return {
        "small_thing": list(SMALL_THINGS),
        "n_touchpoints": [len(data)] * len(SMALL_THINGS),
        "n_seen": counts(*ANSWERS),
        "n_done": done,
        "n_partly": partly,
        "n_missing": missing,
    }
