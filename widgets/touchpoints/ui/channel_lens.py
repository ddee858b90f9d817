"""The lens as a widget: the same contacts, seen by the company and by its customers (C01, C02)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw
import pandas as pd
import traitlets as t

from touchpoints.core.contacts import CUSTOMER, GRADE, TOUCHPOINT
from touchpoints.core.errors import InputError, listing, one_of
from touchpoints.core.frames import IntoFrame, to_eager, to_lazy
from touchpoints.core.lens import PHASE, LensResult, channel_lens, require_threshold
from touchpoints.data import load
from touchpoints.ui.base import TouchpointWidget, texts, written
from touchpoints.ui.lens_cells import filter_values, graded_contacts, keep_chosen, lens_data
from touchpoints.ui.scorecard import VOCABULARY, Scorecard, check_rows, rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: The two views of the same contacts.
VIEWS: Final = ("company", "customer")
#: Where the grades come from.
SOURCES: Final = ("survey", "scorecard")

_COMPANY_COLUMNS: Final = ("channel", "department", "medium")
_FILTER_COLUMNS: Final = ("age_group", "staff_involved")
#: A scorecard knows no department.
_SCORECARD_BY: Final = ("channel", "medium")
_CONFIDENCE: Final = 0.95
#: Gaps in grades from which a touchpoint is hidden, as the widget offers them.
THRESHOLDS: Final = (1.0, 0.5, 0.3)
_READER: Final = "reader"


class ChannelLens(TouchpointWidget):
    """Look at the same contacts as the company does and as its customers do.

    The company's view has a lane for each channel, department or medium with its mean grade; the
    customer's has one for each contact phase. A touchpoint that lies a threshold
    or more behind its group is hidden by the group's mean: it is ringed and listed with its gap,
    interval and count. All numbers come from `channel_lens`, computed beforehand for every choice
    of the filters.

    Args:
        frame: Contacts, one row a customer and touchpoint, any frame that narwhals supports, with
            `customer_id`, `touchpoint`, `grade` (1 best to 6, nothing for no contact) and the
            columns to filter by. Without a frame: the kit's synthetic contacts of Nordlicht Wohnen.
        lang: Language of the texts, "en" or "de".
        touchpoints: List of touchpoints with `touchpoint`, `contact_phase`, the columns `by`, and
            perhaps `name_en`, `name_de` and `medium`. By default the kit's list.
        by: Columns that group touchpoints; by default those of channel, department and medium that
            the list has.
        filters: Columns of `frame` to filter by, with few values each; by default those of
            `age_group` and `staff_involved` that the frame has.
        scorecard: The reader's own grades: a `Scorecard`, which then stays linked, or a frame or
            list of rows as a scorecard has. By default none; a published page takes the entries
            of the scorecard kept there as "scorecard".
        keep: Name under which a published page keeps the reader's choices in the browser.

    Attributes:
        view: "company" or "customer"; observable, like all that follow.
        by: The column that groups touchpoints.
        filters: The chosen values by column, as texts; a column that is not in it lets all through.
        source: "survey" or "scorecard".
        threshold: Gap in grades from which a touchpoint is hidden, above 0 and at most 5.
        show_touchpoints: Whether the company's view shows what is behind its means.
        scorecard: Rows of a scorecard, the reader's own grades.

    Raises:
        InputError: If the frame, the list or a choice can't be used, with the cure.

    Example:
        >>> lens = ChannelLens()
        >>> lens.filters = {"age_group": "60+"}
        >>> lens.lens.table["n"].sum() < 17840
        np.True_
    """

    _name = "channel_lens"
    _parts = (
        "dom",
        "controls",
        "picture",
        "records",
        "rows",
        "lens_data",
        "lens_words",
        "lens_layout",
        "lens_drawing",
    )

    view = t.Unicode(VIEWS[0]).tag(sync=True)
    by = t.Unicode().tag(sync=True)
    filters = t.Dict().tag(sync=True)
    source = t.Unicode(SOURCES[0]).tag(sync=True)
    threshold = t.Float(THRESHOLDS[0]).tag(sync=True)
    show_touchpoints = t.Bool(default_value=False).tag(sync=True)
    scorecard = t.List(t.Dict()).tag(sync=True)
    #: The survey's results for all choices; the front end looks them up.
    _data = t.Dict().tag(sync=True)
    _vocabulary = t.Dict().tag(sync=True)

    def __init__(  # noqa: PLR0913  (all but the frame are options)
        self,
        frame: IntoFrame | None = None,
        lang: str = "en",
        *,
        touchpoints: IntoFrame | None = None,
        by: Sequence[str] | None = None,
        filters: Sequence[str] | None = None,
        scorecard: Scorecard | IntoFrame | list[dict[str, Any]] | None = None,
        keep: str = "",
    ) -> None:
        if frame is None and touchpoints is None and by is None and filters is None:
            survey = _shipped()
        else:
            contacts = _shipped_contacts() if frame is None else frame
            survey = _survey(contacts, touchpoints, by, filters)
        self._survey = survey
        columns = list(survey.data["touchpoints"]["groups"])
        super().__init__(
            lang=lang,
            _data={**survey.data, "synthetic": frame is None},
            _vocabulary={
                **VOCABULARY,
                "views": list(VIEWS),
                "sources": list(SOURCES),
                "by": columns,
                "thresholds": list(THRESHOLDS),
                "scorecard_by": list(_SCORECARD_BY),
            },
            by=columns[0],
            _fallback=_fallback(survey, lang),
            _kept={
                "key": keep,
                "traits": ["view", "by", "filters", "source", "threshold", "show_touchpoints"],
            },
            _reads=["scorecard"] if scorecard is None else [],
        )
        if isinstance(scorecard, Scorecard):
            t.dlink((scorecard, "rows"), (self, "scorecard"))
        elif scorecard is not None:
            self.scorecard = scorecard if isinstance(scorecard, list) else rows_of(scorecard)

    @property
    def lens(self) -> LensResult:
        """The statistics of what is shown: of the filtered survey, or of the reader's own grades.

        Own grades are those of one person: their intervals are the whole scale.

        Raises:
            InputError: If no contact is left, or nothing is graded.
        """
        options = {"threshold": self.threshold, "confidence": _CONFIDENCE}
        if self.source == SOURCES[0]:
            part = keep_chosen(self._survey.graded, self.filters).to_native()
            return channel_lens(part, self._survey.listed.to_native(), by=self.by, **options)
        if not any(row["grade"] for row in self.scorecard):
            raise InputError(
                "no grade of the reader", "one graded touchpoint or more", "fill in a scorecard"
            )
        own = pd.DataFrame(self.scorecard)
        contacts = own[[TOUCHPOINT, GRADE]].assign(**{CUSTOMER: _READER})
        contacts[GRADE] = pd.to_numeric(contacts[GRADE])
        by = self.by if self.by in _SCORECARD_BY else _SCORECARD_BY[0]
        return channel_lens(contacts, own, by=by, **options)

    @t.validate("view")
    def _check_view(self, proposal: Any) -> str:  # noqa: ANN401
        return one_of("view", proposal["value"], VIEWS)

    @t.validate("source")
    def _check_source(self, proposal: Any) -> str:  # noqa: ANN401
        return one_of("source", proposal["value"], SOURCES)

    @t.validate("threshold")
    def _check_threshold(self, proposal: Any) -> float:  # noqa: ANN401
        return require_threshold(proposal["value"])

    @t.validate("by")
    def _check_by(self, proposal: Any) -> str:  # noqa: ANN401
        allowed: list[str] = [*self._vocabulary["by"], *_SCORECARD_BY]
        return one_of("by", proposal["value"], list(dict.fromkeys(allowed)))

    @t.validate("filters")
    def _check_filters(self, proposal: Any) -> dict[str, str]:  # noqa: ANN401
        chosen: Mapping[str, Any] = proposal["value"]
        values = self._survey.filters
        for column, value in chosen.items():
            one_of("filter", column, list(values))
            if value is not None:
                one_of(f"filter {column!r}:", _as_text(value), values[column])
        return {c: _as_text(v) for c, v in chosen.items() if v is not None}

    @t.validate("scorecard")
    def _check_scorecard(self, proposal: Any) -> list[dict[str, Any]]:  # noqa: ANN401
        return check_rows(proposal["value"])


@dataclass(frozen=True)
class _Survey:
    """What a widget needs of its contacts: made once, then only looked at."""

    listed: nw.DataFrame[Any]
    graded: nw.DataFrame[Any]
    filters: Mapping[str, Sequence[str]]
    data: Mapping[str, Any]
    whole: LensResult


def _survey(
    contacts: IntoFrame,
    touchpoints: IntoFrame | None,
    by: Sequence[str] | None,
    filters: Sequence[str] | None,
) -> _Survey:
    """Check the contacts and compute the lens for every choice."""
    listed = to_eager(load("touchpoints") if touchpoints is None else touchpoints)
    columns = _among(by, _COMPANY_COLUMNS, listed.columns, "by")
    whole = channel_lens(contacts, listed.to_native(), by=columns[0], confidence=_CONFIDENCE)
    present = to_lazy(contacts).collect_schema().names()
    chosen = _among(filters, _FILTER_COLUMNS, present, None)
    graded = graded_contacts(contacts, chosen)
    values = filter_values(graded, chosen)
    data = lens_data(graded, listed, columns, values, _CONFIDENCE)
    return _Survey(listed, graded, values, data, whole)


@lru_cache
def _shipped() -> _Survey:
    """Compute the lens of the shipped contacts once; it takes a second or two."""
    return _survey(_shipped_contacts(), None, None, None)


def _shipped_contacts() -> pd.DataFrame:
    """Join the kit's contacts with the age group of their customers."""
    customers = load("customers")[[CUSTOMER, "age_group"]]
    contacts: pd.DataFrame = load("contacts").merge(customers, on=CUSTOMER, validate="many_to_one")
    return contacts


def _among(
    wanted: Sequence[str] | None, usual: Sequence[str], present: Sequence[str], required: str | None
) -> list[str]:
    """Return the wanted columns, or by default the usual ones that are there.

    Raises:
        InputError: If none is left although the argument `required` needs one.
    """
    names = [wanted] if isinstance(wanted, str) else wanted
    columns = [c for c in usual if c in present] if names is None else list(dict.fromkeys(names))
    if required and not columns:
        raise InputError(
            f"no column to group by among {listing(present)}",
            f"one of {listing(usual)}, or others",
            f"add one, or name it in {required}=(...)",
        )
    return columns


def _as_text(value: object) -> str:
    """Write a chosen value as the filters do: flags in lower case."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _fallback(survey: _Survey, lang: str) -> dict[str, Any]:
    """Describe all contacts by touchpoint and group as a table."""
    whole, listed = survey.whole, survey.data["touchpoints"]
    words, own = texts(lang)["words"], texts(lang)["channel_lens"]
    names = dict(zip(listed[TOUCHPOINT], listed[f"name_{lang}"], strict=True))
    percent = round(100 * _CONFIDENCE)

    def number(value: float) -> str:
        return written(value, lang, 2)

    def word(column: str, value: str) -> str:
        return words.get(f"{column}_{value}", value)

    return {
        "caption": own["fallback"],
        "columns": [
            words["column_touchpoint"],
            word("column", whole.by),
            words["column_contact_phase"],
            "n",
            own["column_mean"].format(percent=percent),
            own["column_group_mean"],
            own["column_gap"].format(percent=percent),
            own["column_hidden"],
        ],
        "rows": [
            [
                names[row[TOUCHPOINT]],
                word(whole.by, row[whole.by]),
                words[f"{PHASE}_{row[PHASE]}"],
                str(row["n"]),
                f"{number(row['mean_grade'])} ({number(row['low'])}–{number(row['high'])})",
                number(row["group_mean_grade"]),
                number(row["gap_grades"]),
                words["yes"] if row["hidden"] else words["no"],
            ]
            for row in nw.from_native(whole.table, eager_only=True).rows(named=True)
        ],
    }
