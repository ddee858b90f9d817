"""The touchpoint scorecard: grade the own touchpoints and see at once what to mend first."""

from __future__ import annotations

from typing import Any, Final

import narwhals as nw
import pandas as pd
import traitlets as t

from touchpoints.core.frames import IntoFrame, to_eager
from touchpoints.core.scoring import TouchpointScores, score_touchpoints
from touchpoints.core.scoring_rule import ScoringRule
from touchpoints.core.small_things import ANSWERS, SMALL_THINGS
from touchpoints.core.vocabulary import (
    CHANNELS,
    CONTACT_PHASES,
    GRADES,
    IMPORTANCE_RANGE,
    MEDIA,
)
from touchpoints.data import load
from touchpoints.ui.base import TouchpointWidget, texts
from touchpoints.ui.small_things import SmallThingsCheck, check_small_rows, handed_rows
from touchpoints.ui.touchpoint_rows import PLACE_COLUMNS, typed_frame, with_defaults

#: The columns of a scorecard, in the order of its exports.
COLUMNS: Final = (*PLACE_COLUMNS, "grade", "importance", "moment_of_truth")

_DEFAULT_IMPORTANCE: Final = 5

#: The allowed values, as data for front ends, so that these need no copy of them.
VOCABULARY: Final = {
    "contact_phases": list(CONTACT_PHASES),
    "media": list(MEDIA),
    "channels": list(CHANNELS),
    "grades": list(GRADES),
    "importance": list(IMPORTANCE_RANGE),
    "columns": list(COLUMNS),
    "default_importance": _DEFAULT_IMPORTANCE,
    "small_things": list(SMALL_THINGS),
    "answers": list(ANSWERS),
}


class Scorecard(TouchpointWidget):
    """Grade touchpoints, weigh them, and see priorities, journey and shares at once.

    In a notebook the widget and this object share their state: what is clicked changes `rows`, and
    what is assigned to `rows` is shown.

    Args:
        frame: One row a touchpoint, any frame that narwhals supports. Needs `touchpoint` and
            `contact_phase`; `name_en`, `name_de` (default: the key), `medium` (offline), `channel`
            (store), `grade` (none), `importance` (5) and `moment_of_truth` (false) may be there.
            Without a frame: the kit's touchpoints of Nordlicht Wohnen (synthetic), ungraded.
        lang: Language of the texts, "en" or "de".
        rule: The scoring parameters; by default those of `ScoringRule()`.
        small_things: A `SmallThingsCheck`, which then stays linked: what its reader hands over is
            noted here. By default none; a published page takes those of the check kept there as
            "small-things".
        keep: Name under which a published page keeps the reader's entries in the browser; cards
            of the same name share them. By default each place of each page has its own.

    Attributes:
        rows: The touchpoints as a list of dictionaries with the keys of `COLUMNS`; observable.
        rule: The scoring parameters as plain data; observable.
        small_things: What was handed over by a small-things check: notes and proposals, which
            change no row until the reader takes one up.

    Raises:
        InputError: If the frame can't be a scorecard: with row, value and cure.

    Example:
        >>> card = Scorecard()
        >>> card.rows = [{**row, "grade": 2} for row in card.rows]
        >>> card.scores.table["priority_linear"].round(1).max()
        np.float64(1.5)
    """

    _name = "scorecard"
    _parts = (
        "dom",
        "history",
        "records",
        "rows",
        "row_files",
        "scoring",
        "journey",
        "priorities",
        "settings",
        "small_things_counts",
        "small_things_proposals",
        "touchpoint_row",
    )

    rows = t.List(t.Dict()).tag(sync=True)
    rule = t.Dict().tag(sync=True)
    small_things = t.List(t.Dict()).tag(sync=True)
    _vocabulary = t.Dict().tag(sync=True)

    def __init__(
        self,
        frame: IntoFrame | None = None,
        lang: str = "en",
        *,
        rule: ScoringRule | None = None,
        small_things: SmallThingsCheck | None = None,
        keep: str = "",
    ) -> None:
        rows = rows_of(load("touchpoints") if frame is None else frame)
        super().__init__(
            rows=rows,
            lang=lang,
            rule=(rule or ScoringRule()).to_dict(),
            _vocabulary=VOCABULARY,
            _fallback=_fallback(rows, lang),
            _kept={"key": keep, "traits": ["rows", "rule"]},
            _reads=["small-things"] if small_things is None else [],
        )
        if small_things is not None:
            t.dlink((small_things, "rows"), (self, "small_things"), handed_rows)

    @t.validate("rows")
    def _check_rows(self, proposal: Any) -> list[dict[str, Any]]:  # noqa: ANN401
        return check_rows(proposal["value"])

    @t.validate("rule")
    def _check_rule(self, proposal: Any) -> dict[str, Any]:  # noqa: ANN401
        return ScoringRule.from_dict(proposal["value"]).to_dict()

    @t.validate("small_things")
    def _check_small_things(self, proposal: Any) -> list[dict[str, Any]]:  # noqa: ANN401
        return check_small_rows(proposal["value"])

    def to_frame(self) -> pd.DataFrame:
        """Return the touchpoints as a pandas frame with the columns of `COLUMNS`.

        Example:
            >>> Scorecard().to_frame().columns[:3].tolist()
            ['touchpoint', 'name_en', 'name_de']
        """
        return _frame(self.rows)

    @property
    def scores(self) -> TouchpointScores:
        """The scores of the present rows under the present rule.

        Raises:
            InputError: If there is no touchpoint left.
        """
        return score_touchpoints(self.to_frame(), ScoringRule.from_dict(self.rule))


def check_rows(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows if a scorecard can hold them.

    Raises:
        InputError: If it can't, with row, value and cure.
    """
    if rows:
        score_touchpoints(_frame(rows))
    return rows


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return typed_frame(rows, COLUMNS, whole=("grade", "importance"), flags="moment_of_truth")


def rows_of(frame: IntoFrame) -> list[dict[str, Any]]:
    """Turn any frame into checked rows with defaults for what is missing.

    Raises:
        InputError: If the frame can't be a scorecard: with row, value and cure.
    """
    data = with_defaults(
        to_eager(frame),
        {
            "grade": nw.lit(None),
            "importance": nw.lit(_DEFAULT_IMPORTANCE),
            "moment_of_truth": nw.lit(value=False),
        },
    )
    score_touchpoints(data.to_native())
    return [
        {column: _plain(column, row[column]) for column in COLUMNS}
        for row in data.select(*COLUMNS).rows(named=True)
    ]


def _plain(column: str, value: Any) -> Any:  # noqa: ANN401
    """Turn a checked cell of any engine into what JSON knows."""
    if column == "moment_of_truth":
        return bool(value)
    if column in ("grade", "importance"):
        return None if pd.isna(value) else int(value)
    return str(value)


def _fallback(rows: list[dict[str, Any]], lang: str) -> dict[str, Any]:
    """Describe the initial state as a table."""
    words = texts(lang)["words"]
    shown = ("name", "contact_phase", "medium", "grade", "importance", "moment_of_truth")
    return {
        "caption": texts(lang)["scorecard"]["fallback"],
        "columns": [words[f"column_{c}"] for c in shown],
        "rows": [
            [
                row[f"name_{lang}"],
                words[f"contact_phase_{row['contact_phase']}"],
                words[f"medium_{row['medium']}"],
                "–" if row["grade"] is None else str(row["grade"]),
                str(row["importance"]),
                words["yes"] if row["moment_of_truth"] else words["no"],
            ]
            for row in rows
        ],
    }
