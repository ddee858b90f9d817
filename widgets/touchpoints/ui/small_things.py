"""The small-things check as a widget: what was seen at each touchpoint, item by item (C08)."""

from __future__ import annotations

from typing import Any, Final

import narwhals as nw
import pandas as pd
import traitlets as t

from touchpoints.core.frames import (
    IntoFrame,
    require_among,
    require_columns,
    require_flags,
    require_whole_numbers,
    to_eager,
)
from touchpoints.core.small_things import ANSWERS, SMALL_THINGS, SmallThings, check_small_things
from touchpoints.core.vocabulary import CHANNELS, CONTACT_PHASES, GRADES, MEDIA
from touchpoints.data import load
from touchpoints.ui.base import TouchpointWidget, texts
from touchpoints.ui.touchpoint_rows import PLACE_COLUMNS, typed_frame, with_defaults

#: The columns of a check, in the order of its exports.
SMALL_COLUMNS: Final = (*PLACE_COLUMNS, *SMALL_THINGS, "note", "grade", "to_scorecard")

#: The allowed values, as data for front ends.
SMALL_VOCABULARY: Final = {
    "contact_phases": list(CONTACT_PHASES),
    "media": list(MEDIA),
    "channels": list(CHANNELS),
    "grades": list(GRADES),
    "small_things": list(SMALL_THINGS),
    "answers": list(ANSWERS),
    "columns": list(SMALL_COLUMNS),
}


class SmallThingsCheck(TouchpointWidget):
    """Note for each touchpoint which small things were seen, and see what is missing most often.

    In a notebook the widget and this object share their state: what is clicked changes `rows`, and
    what is assigned to `rows` is shown. A touchpoint handed over appears in a scorecard made with
    `Scorecard(small_things=check)`, as a note with what is missing. No grade follows from the
    answers: one that goes with it was chosen by the reader.

    Args:
        frame: One row a touchpoint, any frame that narwhals supports. Needs `touchpoint` and
            `contact_phase`; `name_en`, `name_de` (default: the key), `medium` (offline), `channel`
            (store), the columns of `SMALL_THINGS` ("yes", "partly", "no" or nothing for not
            seen), `note` (a line of evidence), `grade` (1 best to 6, or nothing) and `to_scorecard`
            (false) may be there. Without a frame: eight touchpoints of Nordlicht Wohnen with
            invented answers (synthetic).
        lang: Language of the texts, "en" or "de".
        keep: Name under which a published page keeps the reader's entries in the browser; by
            default each place of each page has its own.

    Attributes:
        rows: The touchpoints as a list of dictionaries with the keys of `SMALL_COLUMNS`;
            observable.

    Raises:
        InputError: If the frame can't be a check: with row, value and cure.

    Example:
        >>> check = SmallThingsCheck()
        >>> check.results.most_missing
        ('think_ahead',)
        >>> check.rows = [{**row, "think_ahead": "yes"} for row in check.rows]
        >>> check.results.most_missing
        ('find_out', 'interact', 'in_time')
    """

    _name = "small_things"
    _parts = (
        "dom",
        "controls",
        "history",
        "records",
        "rows",
        "row_files",
        "picture",
        "small_things_counts",
        "small_things_strip",
        "small_things_words",
        "small_things_form",
    )

    rows = t.List(t.Dict()).tag(sync=True)
    #: The touchpoints of the reader's scorecard, offered for taking over on the published page.
    _scorecard = t.List(t.Dict()).tag(sync=True)
    _vocabulary = t.Dict().tag(sync=True)
    #: Keys of the example's touchpoints: while one of them is left, it is called synthetic.
    _examples = t.List(t.Unicode()).tag(sync=True)

    def __init__(self, frame: IntoFrame | None = None, lang: str = "en", *, keep: str = "") -> None:
        rows = small_rows_of(_example() if frame is None else frame)
        super().__init__(
            rows=rows,
            lang=lang,
            _vocabulary=SMALL_VOCABULARY,
            _examples=[row["touchpoint"] for row in rows] if frame is None else [],
            _fallback=_fallback(rows, lang),
            _kept={"key": keep, "traits": ["rows"]},
            _reads=["scorecard"],
        )

    @t.validate("rows")
    def _check_rows(self, proposal: Any) -> list[dict[str, Any]]:  # noqa: ANN401
        return check_small_rows(proposal["value"])

    def to_frame(self) -> pd.DataFrame:
        """Return the touchpoints as a pandas frame with the columns of `SMALL_COLUMNS`.

        Example:
            >>> SmallThingsCheck().to_frame()["reliable"].value_counts()["yes"]
            np.int64(5)
        """
        return _frame(self.rows)

    @property
    def results(self) -> SmallThings:
        """The counts of the present rows.

        Raises:
            InputError: If there is no touchpoint left.
        """
        return check_small_things(self.to_frame())


def check_small_rows(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows if a check can hold them.

    Raises:
        InputError: If it can't, with row, value and cure.
    """
    if rows:
        _require(nw.from_native(_frame(rows), eager_only=True))
    return rows


def handed_rows(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows that their reader hands over to the scorecard."""
    return [row for row in rows if row["to_scorecard"]]


def small_rows_of(frame: IntoFrame) -> list[dict[str, Any]]:
    """Turn any frame into checked rows with defaults for what is missing.

    Raises:
        InputError: If the frame can't be a check: with row, value and cure.
    """
    nothing = dict.fromkeys(SMALL_THINGS, nw.lit(None, dtype=nw.String))
    rest = {"note": nw.lit(""), "grade": nw.lit(None), "to_scorecard": nw.lit(value=False)}
    data = with_defaults(to_eager(frame), nothing | rest)
    _require(data)
    return [
        {column: _plain(column, row[column]) for column in SMALL_COLUMNS}
        for row in data.select(*SMALL_COLUMNS).rows(named=True)
    ]


def _require(data: nw.DataFrame[Any]) -> None:
    """Check all columns; those of the small things in the core."""
    require_columns(data, ("touchpoint", "contact_phase"))
    check_small_things(data.to_native())
    require_among(data, "contact_phase", CONTACT_PHASES)
    require_among(data, "medium", MEDIA)
    require_whole_numbers(data, "grade", GRADES[0], GRADES[-1], missing=True)
    require_flags(data, "to_scorecard")


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return typed_frame(rows, SMALL_COLUMNS, whole=("grade",), flags="to_scorecard")


def _plain(column: str, value: Any) -> Any:  # noqa: ANN401
    """Turn a checked cell of any engine into what JSON knows."""
    if column == "to_scorecard":
        return bool(value)
    if pd.isna(value):
        return "" if column == "note" else None
    return int(value) if column == "grade" else str(value)


def _example() -> pd.DataFrame:
    """Join the invented answers with the touchpoints they are about."""
    joined: pd.DataFrame = load("touchpoints").merge(load("small_things_example"), on="touchpoint")
    return joined


def _fallback(rows: list[dict[str, Any]], lang: str) -> dict[str, Any]:
    """Describe the initial state as a table."""
    words = texts(lang)["words"]
    return {
        "caption": texts(lang)["small_things"]["fallback"],
        "columns": [words["column_touchpoint"], *(words[f"small_thing_{s}"] for s in SMALL_THINGS)],
        "rows": [
            [row[f"name_{lang}"], *(words[f"answer_{row[s] or 'unseen'}"] for s in SMALL_THINGS)]
            for row in rows
        ],
    }
