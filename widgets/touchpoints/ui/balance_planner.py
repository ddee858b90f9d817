"""The balance planner: phases by medium, the cost of personal contact, and what would move."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import narwhals as nw
import pandas as pd
import traitlets as t

from touchpoints.core.contact_balance import (
    BALANCE_LIMITS,
    BUDGET_LIMITS,
    ContactBalance,
    check_budget,
    plan_contacts,
)
from touchpoints.core.errors import InputError, echo, one_of
from touchpoints.core.frames import IntoFrame, require_columns, to_eager
from touchpoints.core.vocabulary import CONTACT_PHASES, MEDIA
from touchpoints.data import load
from touchpoints.ui.base import TouchpointWidget, texts, written
from touchpoints.ui.scorecard import VOCABULARY, Scorecard, check_rows

#: The columns of a plan, in the order of its exports.
COLUMNS: Final = (
    "touchpoint",
    "name_en",
    "name_de",
    "contact_phase",
    "medium",
    "personal",
    "contacts_per_month",
    "minutes_per_contact",
    "eur_per_hour",
    "moved_pct",
    "moved_minutes",
)

#: Where the touchpoints come from: the plan's own rows, or the reader's scorecard.
SOURCES: Final = ("own", "scorecard")

_FROM_SCORECARD: Final = ("touchpoint", "name_en", "name_de", "contact_phase", "medium")

#: What a touchpoint has before the reader says more.
_DEFAULTS: Final[dict[str, Any]] = {
    "personal": False,
    "contacts_per_month": 0,
    "minutes_per_contact": 0,
    "eur_per_hour": 40,
    "moved_pct": 0,
    "moved_minutes": 0,
}

#: Staff minutes of a contact and EUR an hour of the example: made up, as in the chapter.
_EXAMPLE_MINUTES: Final = {
    "sales_advice": 25,
    "phone_enquiry": 6,
    "store_checkout": 3,
    "delivery_crew": 80,
    "service_hotline": 12,
    "returns_desk": 10,
}
_EXAMPLE_MONTHS: Final = 12

#: The allowed values, as data for front ends; those of a scorecard too, whose rows it reads.
PLAN_VOCABULARY: Final = {
    "columns": list(COLUMNS),
    "sources": list(SOURCES),
    "limits": {name: list(limits) for name, limits in BALANCE_LIMITS.items()},
    "budget": list(BUDGET_LIMITS),
    "defaults": _DEFAULTS,
    "scorecard": VOCABULARY,
}


class BalancePlanner(TouchpointWidget):
    """Say which touchpoints have a person, and see what that costs and what would move.

    In a notebook the widget and this object share their state. The planner makes no recommendation:
    that personal contact can't be replaced is a claim (C28), and the plan can't test it.

    Args:
        frame: One row a touchpoint, any frame that narwhals supports. Needs `touchpoint` and
            `contact_phase`; `name_en`, `name_de` (default: the key), `medium` (offline), `personal`
            (false), `contacts_per_month` (0), `minutes_per_contact` (0), `eur_per_hour` (40),
            `moved_pct` (0) and `moved_minutes` (0) may be there. Without a frame: Nordlicht Wohnen
            with made-up figures (synthetic).
        lang: Language of the texts, "en" or "de".
        scorecard: A `Scorecard` whose touchpoints the plan takes, now and when they change; sets
            `source` to "scorecard". On a published page: that of the reader's browser.
        budget_hours: Hours a month that personal contact may take, or None.
        keep: Name under which a published page keeps the reader's plan in the browser.

    Attributes:
        rows: The plan's own touchpoints and figures as a list of dictionaries with the keys of
            `COLUMNS`; observable.
        source: "own", or "scorecard": names, phases and media are then those of the scorecard, the
            figures those of `rows` under the same key; observable.
        scorecard: The rows of a scorecard; observable.
        budget_hours: Hours a month, or None; observable.

    Raises:
        InputError: If the frame can't be a plan: with row, value and cure.

    Example:
        >>> planner = BalancePlanner()
        >>> planner.rows = [{**row, "moved_pct": 100} for row in planner.rows]
        >>> planner.results.totals["hours"].round(1).tolist()
        [466.0, 0.0]
    """

    _name = "balance_planner"
    _parts = (
        "dom",
        "history",
        "records",
        "rows",
        "row_files",
        "controls",
        "picture",
        "balance",
        "balance_rows",
        "balance_words",
        "balance_chart",
        "balance_row",
    )

    rows = t.List(t.Dict()).tag(sync=True)
    source = t.Unicode(SOURCES[0]).tag(sync=True)
    scorecard = t.List(t.Dict()).tag(sync=True)
    budget_hours = t.Any(None, allow_none=True).tag(sync=True)
    _vocabulary = t.Dict().tag(sync=True)
    #: The rows that stand for the made-up example, so that the page can say so.
    _example = t.List(t.Dict()).tag(sync=True)

    def __init__(
        self,
        frame: IntoFrame | None = None,
        lang: str = "en",
        *,
        scorecard: Scorecard | None = None,
        budget_hours: float | None = None,
        keep: str = "",
    ) -> None:
        if scorecard is not None and not isinstance(scorecard, Scorecard):
            raise InputError(
                f"scorecard {echo(scorecard)}", "a Scorecard", "pass scorecard=tp.Scorecard(...)"
            )
        rows = plan_rows_of(_example() if frame is None else frame)
        super().__init__(
            rows=rows,
            lang=lang,
            budget_hours=budget_hours,
            _vocabulary=PLAN_VOCABULARY,
            _example=rows if frame is None else [],
            _kept={"key": keep, "traits": ["rows", "source", "budget_hours"]},
            _reads=["scorecard"] if scorecard is None else [],
        )
        if scorecard is not None:
            t.dlink((scorecard, "rows"), (self, "scorecard"))
            self.source = SOURCES[1]
        self._fallback = _fallback(self.results, lang)

    def to_frame(self) -> pd.DataFrame:
        """Return the touchpoints that are shown as a pandas frame with the columns of `COLUMNS`.

        Example:
            >>> BalancePlanner().to_frame().shape
            (21, 11)
        """
        return pd.DataFrame(self.shown_rows(), columns=list(COLUMNS))

    @property
    def results(self) -> ContactBalance:
        """The plan of the touchpoints that are shown: the same numbers as in the page.

        Raises:
            InputError: If there is no touchpoint left.
        """
        return plan_contacts(self.to_frame(), budget_hours=self.budget_hours)

    def shown_rows(self) -> list[dict[str, Any]]:
        """Return the rows shown: the own ones, or the scorecard's with the own ones' figures."""
        if self.source == SOURCES[0] or not self.scorecard:
            return list(self.rows)
        figures = {row["touchpoint"]: row for row in self.rows}
        return [
            {
                **{c: row[c] for c in _FROM_SCORECARD},
                **{c: figures.get(row["touchpoint"], _DEFAULTS)[c] for c in _DEFAULTS},
            }
            for row in self.scorecard
        ]

    def kept_state(self) -> dict[str, Any]:
        """Return the plan as other tools read it: with the rows shown, wherever they come from."""
        return {**super().kept_state(), "rows": self.shown_rows(), "source": SOURCES[0]}

    @t.validate("rows")
    def _check_rows(self, proposal: Any) -> list[dict[str, Any]]:  # noqa: ANN401
        rows: list[dict[str, Any]] = proposal["value"]
        return plan_rows_of(pd.DataFrame(rows)) if rows else rows

    @t.validate("scorecard")
    def _check_scorecard(self, proposal: Any) -> list[dict[str, Any]]:  # noqa: ANN401
        return check_rows(proposal["value"])

    @t.validate("source")
    def _check_source(self, proposal: Any) -> str:  # noqa: ANN401
        return one_of("source", proposal["value"], SOURCES)

    @t.validate("budget_hours")
    def _check_budget(self, proposal: Any) -> float | None:  # noqa: ANN401
        return check_budget(proposal["value"])


def plan_rows_of(frame: IntoFrame) -> list[dict[str, Any]]:
    """Turn any frame into checked rows of a plan, with defaults for what is missing.

    Raises:
        InputError: If the frame can't be a plan: with row, value and cure.
    """
    data = to_eager(frame)
    require_columns(data, ("touchpoint", "contact_phase"))
    names = {column: nw.col("touchpoint") for column in ("name_en", "name_de")}
    rest = {c: nw.lit(value) for c, value in {"medium": MEDIA[0], **_DEFAULTS}.items()}
    data = data.with_columns(
        expression.alias(column)
        for column, expression in (names | rest).items()
        if column not in data.columns
    )
    plan_contacts(data.to_native())
    rows = data.select(*COLUMNS).rows(named=True)
    return [{column: _plain(column, row[column]) for column in COLUMNS} for row in rows]


def _plain(column: str, value: Any) -> Any:  # noqa: ANN401
    """Turn a checked cell of any engine into what JSON knows; whole numbers stay whole."""
    if column == "personal":
        return bool(value)
    if column in BALANCE_LIMITS:
        number = float(value)
        return int(number) if number.is_integer() else number
    return str(value)


@lru_cache
def _example() -> pd.DataFrame:
    """Nordlicht Wohnen: contacts of the synthetic log a month, minutes made up.

    Contacts that the log doesn't record stand at 0.
    """
    listed: pd.DataFrame = load("touchpoints")
    logged = load("journeys")["touchpoint"].value_counts() / _EXAMPLE_MONTHS
    keys = listed["touchpoint"]
    return listed[list(_FROM_SCORECARD)].assign(
        personal=keys.isin(list(_EXAMPLE_MINUTES)),
        contacts_per_month=keys.map(logged).fillna(0).round().astype(int),
        minutes_per_contact=keys.map(_EXAMPLE_MINUTES).fillna(0).astype(int),
    )


def _fallback(plan: ContactBalance, lang: str) -> dict[str, Any]:
    """Describe the initial state as a table: phases and media, with hours and cost in its title."""
    words, own = texts(lang)["words"], texts(lang)["balance_planner"]
    before = plan.totals.iloc[0]
    cells = plan.matrix.set_index(["contact_phase", "medium"])
    return {
        "caption": own["fallback"].format(
            hours=written(before["hours"], lang, 0), eur=written(before["eur"], lang, 0)
        ),
        "columns": [
            words["column_contact_phase"],
            *(
                f"{words[f'medium_{m}']}: {own[k]}"
                for m in MEDIA
                for k in ("touchpoints", "contacts")
            ),
        ],
        "rows": [
            [
                words[f"contact_phase_{phase}"],
                *(
                    written(cells.loc[(phase, medium), key], lang, 0)
                    for medium in MEDIA
                    for key in ("touchpoints", "contacts")
                ),
            ]
            for phase in CONTACT_PHASES
        ],
    }
