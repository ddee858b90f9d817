"""The fan-rate explorer: who becomes a fan, by grade, against those without contact."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import traitlets as t

from touchpoints.core.contacts import GRADE, SMALL_CELL
from touchpoints.core.errors import InputError, one_of
from touchpoints.core.fan_cube import FanCube, fan_cube_from_counts
from touchpoints.core.intervals import z_value
from touchpoints.core.vocabulary import GRADES
from touchpoints.data import load
from touchpoints.ui.base import TouchpointWidget, texts, written
from touchpoints.ui.fan_sources import (
    WORLDS_BY_LETTER,
    airport_source,
    own_source,
    panel_source,
    place_of,
    settled,
    world_source,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchpoints.core.fan_rule import FanRule
    from touchpoints.core.frames import IntoFrame

_CONFIDENCE: Final = 0.95
_OWN: Final = "own"
_FIGURES: Final = ("fan_rate_pct", "low_pct", "high_pct", "share_pct")
_LIFTS: Final = ("lift_points", "lift_low_points", "lift_high_points")

#: Counts to start from: made up, so that there is something to change.
_EXAMPLE: Final = (
    {"grade": 1, "n": 40, "fans": 26},
    {"grade": 2, "n": 62, "fans": 17},
    {"grade": 3, "n": 31, "fans": 4},
    {"grade": None, "n": 70, "fans": 20},
)


class FanExplorer(TouchpointWidget):
    """See fan rates by grade with their intervals, the lifts over no contact, and the net effect.

    The explorer looks up what Python estimated beforehand for every combination of filters. Only
    counts that the reader types in are computed in the browser, by the same formulas.

    Args:
        frame: One row a customer and touchpoint, any frame that narwhals supports: `customer_id`,
            `touchpoint`, `grade` (1 best to 6, nothing for no contact), and `fan` or the columns of
            the rule. Without a frame: the shipped panel of Nordlicht Wohnen and three further
            worlds (all synthetic), and the airport (counted); making them takes some seconds, once.
        lang: Language of the texts, "en" or "de".
        filters: Columns that are filters; by default `touchpoint`, `medium` and `age_group`, as far
            as they are there.
        weights: Column of weights, or None.
        rule: Makes the fan status; by default `FanRule()` where there is no column `fan`.
        keep: Name under which a published page keeps the reader's choices and counts.

    Attributes:
        source: What is looked at: "frame", or "panel", "world_a", "world_b", "world_c", "airport",
            or "own" for `counts`; observable.
        choice: Value of each filter by column; a filter left out means all; observable.
        weighted: Whether estimates are weighted, where the data have weights; observable.
        counts: Own counts: dictionaries of `grade` (None for no contact), `n` and `fans`;
            observable.

    Raises:
        InputError: If the frame can't be estimated, or a filter is no column or has too many
            values.

    Example:
        >>> import pandas as pd
        >>> contacts = pd.DataFrame({
        ...     "customer_id": range(150),
        ...     "touchpoint": "live_chat",
        ...     "grade": [1] * 40 + [2] * 50 + [None] * 60,
        ...     "fan": [True] * 30 + [False] * 10 + [True] * 10 + [False] * 40
        ...            + [True] * 18 + [False] * 42,
        ... })
        >>> explorer = FanExplorer(contacts)
        >>> explorer.estimates[["grade", "n", "fan_rate_pct", "lift_points"]]
           grade   n  fan_rate_pct  lift_points
        0    1.0  40          75.0         45.0
        1    2.0  50          20.0        -10.0
        2    NaN  60          30.0          NaN
    """

    _name = "fan_explorer"
    _parts = (
        "dom",
        "records",
        "controls",
        "picture",
        "intervals",
        "fan_estimates",
        "axes",
        "fan_chart",
        "own_counts",
        "which_world",
    )

    source = t.Unicode().tag(sync=True)
    choice = t.Dict().tag(sync=True)
    weighted = t.Bool(default_value=False).tag(sync=True)
    counts = t.List(t.Dict()).tag(sync=True)
    #: The reader's guess which world each letter is.
    guesses = t.Dict().tag(sync=True)
    _sources = t.List(t.Dict()).tag(sync=True)
    #: What the front end must not have a copy of.
    _constants = t.Dict().tag(sync=True)

    def __init__(  # noqa: PLR0913  (all but the frame are options)
        self,
        frame: IntoFrame | None = None,
        lang: str = "en",
        *,
        filters: Sequence[str] | None = None,
        weights: str | None = None,
        rule: FanRule | None = None,
        keep: str = "",
    ) -> None:
        if frame is None:
            _refuse_options(filters, weights, rule)
            sources = _kit_sources()
        else:
            sources = [own_source(frame, filters=filters, weights=weights, rule=rule)]
        super().__init__(
            lang=lang,
            source=sources[0]["key"],
            choice={},
            counts=[dict(row) for row in _EXAMPLE],
            _sources=sources,
            _constants={
                "z": z_value(_CONFIDENCE),
                "small_cell": SMALL_CELL,
                "grades": list(GRADES),
                "worlds": dict(WORLDS_BY_LETTER),
                "example": [dict(row) for row in _EXAMPLE],
            },
            _kept={
                "key": keep,
                "traits": ["source", "choice", "weighted", "counts", "guesses"],
            },
        )
        self._fallback = self._table_without_scripts()

    @property
    def estimates(self) -> pd.DataFrame:
        """What is shown now: one row a grade, no contact last.

        Columns: `grade` (missing for no contact), `n`, `fans`, `fan_rate_pct`, `low_pct`,
        `high_pct`, `share_pct`, `lift_points`, `lift_low_points`, `lift_high_points`,
        `contribution_points`, `small_cell`. Looked up, so rounded to hundredths; own counts are
        estimated anew.
        """
        own = self.source == _OWN
        rows = _own_cube(self.counts).cells if own else self._looked_up()
        order = sorted(rows, key=lambda row: (row[GRADE] is None, row[GRADE] or 0))
        columns = [GRADE, "n", "fans", *_FIGURES, *_LIFTS]
        table = pd.DataFrame(order, columns=[*columns, "small_cell"])
        table = table.astype(dict.fromkeys((GRADE, *_FIGURES, *_LIFTS), "float64"))
        contribution = table["share_pct"] * table["lift_points"] / 100
        table.insert(len(columns), "contribution_points", contribution)
        return table

    def _looked_up(self) -> list[dict[str, Any]]:
        """The cells of the present place."""
        chosen = self._source(self.source)
        cells, place = chosen["cells"], self._place(chosen)

        def figure(column: str, i: int) -> float | None:
            value = cells[column][i]
            return None if value is None else value / 100

        return [
            {
                GRADE: grade or None,
                "n": cells["n"][i],
                "fans": cells["fans"][i],
                "small_cell": bool(cells["small"][i]),
                **{c: figure(c, i) for c in (*_FIGURES, *_LIFTS)},
            }
            for i, (at, grade) in enumerate(zip(cells["at"], cells[GRADE], strict=True))
            if at == place
        ]

    def _source(self, key: str) -> dict[str, Any]:
        return next(s for s in self._sources if s["key"] == key)

    def _place(self, source: dict[str, Any]) -> int:
        """Number of the present combination."""
        values = {f["column"]: f["values"] for f in source["filters"]}
        weighted = self.weighted and True in source["weighted"]
        return place_of(settled(source, self.choice), values, weighted=weighted)

    @t.validate("source")
    def _check_source(self, proposal: Any) -> str:  # noqa: ANN401
        known = [*(s["key"] for s in self._sources), _OWN]
        found: str = proposal["value"]
        return one_of("source", found, known) if self._sources else found

    @t.validate("choice")
    def _check_choice(self, proposal: Any) -> dict[str, Any]:  # noqa: ANN401
        choice: dict[str, Any] = proposal["value"]
        filters = [f for s in self._sources for f in s["filters"]]
        for column, value in choice.items() if filters else ():
            one_of("filter", column, {f["column"]: None for f in filters})
            known = {v: None for f in filters if f["column"] == column for v in f["values"]}
            one_of(column, value, known)
        return choice

    @t.validate("counts")
    def _check_counts(self, proposal: Any) -> list[dict[str, Any]]:  # noqa: ANN401
        counts: list[dict[str, Any]] = proposal["value"]
        _own_cube(counts)
        return counts

    def _table_without_scripts(self) -> dict[str, Any]:
        """Describe the initial state as a table."""
        words = texts(self.lang)["fan_explorer"]
        estimates = self.estimates
        top = self._source(self.source)["measure"]
        return {
            "caption": words["fallback"].format(
                source=words[f"source_{self.source}"], touchpoint=words["all_touchpoints"]
            ),
            "columns": [
                words["column_grade"],
                words["n"],
                words[f"rate_{top}"] + ", %",
                words["interval"],
                words["lift"],
                words["interval"],
            ],
            "rows": [_fallback_row(row, words, self.lang) for row in estimates.to_dict("records")],
        }


@lru_cache
def _kit_sources() -> list[dict[str, Any]]:
    """The kit's own sources; made once, because it takes seconds."""
    panel = panel_source("panel", load("customers"), load("contacts"))
    return [panel, *(world_source(letter) for letter in WORLDS_BY_LETTER), airport_source()]


def _refuse_options(*options: object) -> None:
    if any(option is not None for option in options):
        raise InputError(
            "filters, weights or rule without a frame",
            "these options with a frame",
            "pass the frame they belong to",
        )


def _own_cube(counts: list[dict[str, Any]]) -> FanCube:
    """Estimate own counts; raises an `InputError` where they can't be."""
    return fan_cube_from_counts(pd.DataFrame(counts, columns=[GRADE, "n", "fans"]), ())


def _fallback_row(row: dict[str, Any], words: dict[str, str], lang: str) -> list[str]:
    grade = row[GRADE]

    def lifts(*columns: str) -> str:
        if pd.isna(row["lift_points"]):
            return "–"
        return " … ".join(written(row[column], lang, signed=True) for column in columns)

    return [
        words["no_contact"] if pd.isna(grade) else f"{grade:g}",
        written(row["n"], lang, 0),
        written(row["fan_rate_pct"], lang),
        " … ".join(written(row[bound], lang) for bound in ("low_pct", "high_pct")),
        lifts("lift_points"),
        lifts("lift_low_points", "lift_high_points"),
    ]
