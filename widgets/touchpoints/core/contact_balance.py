"""Offline and online in balance: which medium serves which phase, and what personal contact costs.

A plan has one row a touchpoint. Part of its contacts may be moved to the other medium; everything
is worked out before and after these moves. Balance is nowhere defined in the article on it (C28 to
C30): what is counted here is the kit's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw

from touchpoints.core.errors import InputError, echo
from touchpoints.core.frames import (
    IntoFrame,
    require_among,
    require_columns,
    require_flags,
    require_numbers,
    require_rows,
    require_unique,
    to_eager,
)
from touchpoints.core.result import Result
from touchpoints.core.vocabulary import CONTACT_PHASES, MEDIA

#: The columns that a plan needs.
BALANCE_COLUMNS: Final = (
    "touchpoint",
    "contact_phase",
    "medium",
    "personal",
    "contacts_per_month",
    "minutes_per_contact",
    "eur_per_hour",
)

#: Lowest and highest allowed value of each number; the last two columns may be left out.
BALANCE_LIMITS: Final[dict[str, tuple[float, float]]] = {
    "contacts_per_month": (0, 10_000_000),
    "minutes_per_contact": (0, 600),
    "eur_per_hour": (0, 1000),
    "moved_pct": (0, 100),
    "moved_minutes": (0, 600),
}

#: Lowest and highest hours a month that can be given to personal contact.
BUDGET_LIMITS: Final = (1, 1_000_000)

#: How a phase is served: by both media, by one only, or by none.
SERVED: Final = ("both", *MEDIA, "none")

_MOVES: Final = ("moved_pct", "moved_minutes")
_PLANS: Final = ("before", "after")
_ALL_PCT: Final = 100.0
_MINUTES: Final = 60.0


@dataclass(frozen=True)
class ContactBalance(Result):
    """What a plan of contacts costs and which media it leaves, before and after its moves.

    Attributes:
        table: The input with six columns more, one row a touchpoint, in the input's order, all a
            month: `hours`, `hours_after` of personal time, `eur`, `eur_after`, `without_person`,
            `without_person_after` (contacts in which nobody is there).
        matrix: One row a phase and medium: `contact_phase`, `medium`, `touchpoints`,
            `touchpoints_after` (their number; one that moves in part stands in both media),
            `contacts`, `contacts_after` a month.
        phases: One row a phase: `contact_phase`, `served`, `served_after`, each one of `SERVED`.
        totals: Two rows, `plan` "before" and "after": `contacts`, `hours`, `eur`,
            `without_person`, `budget_share_pct` (of the hours; null without a budget),
            `one_medium` (number of phases with one medium only or none).
        budget_hours: Hours a month that the plan may take, or None.
    """

    table: Any
    matrix: Any
    phases: Any
    totals: Any
    budget_hours: float | None

    @property
    def text(self) -> str:
        """Say hours, cost and phases with one medium only, before and after the moves."""
        before, after = nw.from_native(self.totals, eager_only=True).rows(named=True)
        start = (
            f"Personal contact takes {before['hours']:,.1f} hours and {before['eur']:,.0f} EUR a "
            f"month; phases with one medium only or none: {before['one_medium']}."
        )
        if {**before, "plan": "after"} == after:
            return start
        return start + (
            f" After the moves: {after['hours']:,.1f} hours, {after['eur']:,.0f} EUR, phases: "
            f"{after['one_medium']}."
        )


def plan_contacts(frame: IntoFrame, *, budget_hours: float | None = None) -> ContactBalance:
    """Work out which media serve which phase and what personal contact costs, before and after.

    A touchpoint with a person takes contacts × minutes / 60 hours a month, and these × EUR an hour.
    Of its contacts `moved_pct` per cent go to the other medium and take `moved_minutes` each. The
    arithmetic is complete; whether customers would grade the moved contacts alike, it can't tell.

    Args:
        frame: One row a touchpoint, any frame that narwhals supports. Columns: `touchpoint` (a key,
            each once), `contact_phase`, `medium`, `personal` (true if a person is there),
            `contacts_per_month` (0 to 10,000,000), `minutes_per_contact` (staff minutes, 0 to 600;
            count only with a person), `eur_per_hour` (0 to 1,000). Optional: `moved_pct` (0 to 100,
            default 0) and `moved_minutes` (staff minutes of a moved contact, 0 to 600, default 0:
            nobody is there). Further columns are kept.
        budget_hours: Hours a month that personal contact may take, 1 to 1,000,000, or None.

    Returns:
        The plan as a frozen result; its tables are frames of the engine that came in (lazy frames
        are collected).

    Raises:
        InputError: If a column is missing or a value is not allowed: with row, value and cure.

    Example:
        >>> import pandas as pd
        >>> plan = plan_contacts(pd.DataFrame({
        ...     "touchpoint": ["talk", "shop"],
        ...     "contact_phase": ["contact", "full_contact"],
        ...     "medium": ["offline", "online"],
        ...     "personal": [True, False],
        ...     "contacts_per_month": [300, 900],
        ...     "minutes_per_contact": [20, 0],
        ...     "eur_per_hour": [45, 45],
        ...     "moved_pct": [25, 0],
        ... }))
        >>> plan.totals[["plan", "hours", "eur", "without_person"]].values.tolist()
        [['before', 100.0, 4500.0, 900.0], ['after', 75.0, 3375.0, 975.0]]
        >>> plan.phases["served_after"].tolist()
        ['none', 'both', 'online', 'none']
    """
    data = _validated(frame)
    check_budget(budget_hours)
    table = data.with_columns(*_costs())
    matrix, phases = _served(data)
    return ContactBalance(
        table=table.to_native(),
        matrix=matrix.to_native(),
        phases=phases.to_native(),
        totals=_totals(table, phases, budget_hours).to_native(),
        budget_hours=budget_hours,
    )


def _validated(frame: IntoFrame) -> nw.DataFrame[Any]:
    """Check a plan; without moves nothing moves."""
    data = to_eager(frame)
    require_columns(data, BALANCE_COLUMNS)
    require_rows(data, "table of touchpoints")
    require_unique(data, "touchpoint")
    require_among(data, "contact_phase", CONTACT_PHASES)
    require_among(data, "medium", MEDIA)
    require_flags(data, "personal")
    data = data.with_columns(nw.lit(0.0).alias(c) for c in _MOVES if c not in data.columns)
    for column, (low, high) in BALANCE_LIMITS.items():
        require_numbers(data, column, low, high)
    return data


def check_budget(hours: object) -> float | None:
    """Return a budget of hours a month if it is one, or None.

    Raises:
        InputError: If it isn't a number within `BUDGET_LIMITS`.

    Example:
        >>> check_budget(160)
        160
    """
    low, high = BUDGET_LIMITS
    if hours is None:
        return None
    if isinstance(hours, bool) or not isinstance(hours, int | float) or not low <= hours <= high:
        raise InputError(
            f"budget_hours {echo(hours)}",
            f"a number from {low} to {high}, or None",
            "give the hours of a month",
        )
    return hours


def _number(column: str) -> nw.Expr:
    return nw.col(column).cast(nw.Float64)


def _costs() -> list[nw.Expr]:
    """Hours, cost and contacts without a person, of each touchpoint."""
    person = nw.col("personal").cast(nw.Boolean)
    contacts = _number("contacts_per_month")
    moved = contacts * _number("moved_pct") / _ALL_PCT
    stay = contacts - moved

    def hours(of: nw.Expr) -> nw.Expr:
        time = of * _number("minutes_per_contact") / _MINUTES
        return nw.when(person).then(time).otherwise(nw.lit(0.0))

    def alone(of: nw.Expr) -> nw.Expr:
        return nw.when(person).then(nw.lit(0.0)).otherwise(of)

    after = hours(stay) + moved * _number("moved_minutes") / _MINUTES
    moved_alone = nw.when(_number("moved_minutes") > 0).then(nw.lit(0.0)).otherwise(moved)
    return [
        hours(contacts).alias("hours"),
        after.alias("hours_after"),
        (hours(contacts) * _number("eur_per_hour")).alias("eur"),
        (after * _number("eur_per_hour")).alias("eur_after"),
        alone(contacts).alias("without_person"),
        (alone(stay) + moved_alone).alias("without_person_after"),
    ]


def _served(data: nw.DataFrame[Any]) -> tuple[nw.DataFrame[Any], nw.DataFrame[Any]]:
    """Count touchpoints and contacts by phase and medium, and say how each phase is served."""
    cells: dict[str, list[Any]] = {
        name: []
        for name in (
            "contact_phase",
            "medium",
            "touchpoints",
            "touchpoints_after",
            "contacts",
            "contacts_after",
        )
    }
    phases: dict[str, list[str]] = {"contact_phase": [], "served": [], "served_after": []}
    moved = _number("moved_pct")
    for phase in CONTACT_PHASES:
        part = data.filter(nw.col("contact_phase").cast(nw.String) == phase)
        counts = []
        for medium in MEDIA:
            here = nw.col("medium").cast(nw.String) == medium
            share = nw.when(here).then(_ALL_PCT - moved).otherwise(moved)
            contacts = _number("contacts_per_month")
            own = part.filter(here)
            left = part.with_columns(share_pct=share).filter(nw.col("share_pct") > 0)
            counts.append((len(own), len(left)))
            sums = (
                own.select(contacts.sum()).item() or 0.0,
                left.select((contacts * nw.col("share_pct") / _ALL_PCT).sum()).item() or 0.0,
            )
            row = (phase, medium, *counts[-1], *sums)
            for column, value in zip(cells.values(), row, strict=True):
                column.append(value)
        phases["contact_phase"].append(phase)
        for i, name in enumerate(("served", "served_after")):
            phases[name].append(_how_served([count[i] for count in counts]))
    backend = data.implementation
    return nw.from_dict(cells, backend=backend), nw.from_dict(phases, backend=backend)


def _how_served(counts: list[int]) -> str:
    """Name how a phase is served, from the touchpoints in each medium.

    Example:
        >>> _how_served([2, 0])
        'offline'
    """
    there = [medium for medium, count in zip(MEDIA, counts, strict=True) if count]
    if len(there) == len(MEDIA):
        return "both"
    return there[0] if there else "none"


def _totals(
    table: nw.DataFrame[Any], phases: nw.DataFrame[Any], budget_hours: float | None
) -> nw.DataFrame[Any]:
    """Add everything up, before and after."""
    contacts = float(table.select(_number("contacts_per_month").sum()).item())
    rows: dict[str, list[Any]] = {"plan": list(_PLANS), "contacts": [contacts, contacts]}
    for column in ("hours", "eur", "without_person"):
        rows[column] = [float(table.get_column(c).sum()) for c in (column, f"{column}_after")]
        if column == "eur":
            share = [
                None if budget_hours is None else 100 * h / budget_hours for h in rows["hours"]
            ]
            rows["budget_share_pct"] = share
    rows["one_medium"] = [
        int((phases.get_column(c) != "both").sum()) for c in ("served", "served_after")
    ]
    return nw.from_dict(rows, backend=table.implementation)
