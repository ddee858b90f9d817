"""The report: what the tools keep, gathered on one sheet to print or to save."""

from __future__ import annotations

from datetime import date as calendar_date
from typing import TYPE_CHECKING, Any, Final

import traitlets as t

from touchpoints.core.errors import InputError, echo, listing, one_of
from touchpoints.core.scoring_rule import ScoringRule
from touchpoints.data import load
from touchpoints.ui.balance_planner import PLAN_VOCABULARY, BalancePlanner
from touchpoints.ui.base import TouchpointWidget, texts
from touchpoints.ui.scorecard import VOCABULARY, Scorecard
from touchpoints.ui.shifts_check import SHIFT_CONSTANTS, ShiftsCheck
from touchpoints.ui.small_things import SMALL_VOCABULARY, SmallThingsCheck

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The tools that a report gathers, by the name under which their pages keep entries.
TOOLS: Final[dict[str, type[TouchpointWidget]]] = {
    "scorecard": Scorecard,
    "balance": BalancePlanner,
    "small-things": SmallThingsCheck,
    "five-shifts": ShiftsCheck,
}

#: Pages of the tools, without ending, in the folder of the toolbox.
_PAGES: Final = {
    "scorecard": "scorecard",
    "balance": "balance-planner",
    "small-things": "small-things",
    "five-shifts": "shifts-check",
}

_STEP: Final = ("what", "who", "until")
_MOST_STEPS: Final = 50
_LONGEST: Final = 300


class Report(TouchpointWidget):
    """Gather what the tools keep, say what comes next, print it or save it as one file.

    On a published page the report reads what the reader's browser keeps. In a notebook it is linked
    to the widgets that are passed, and follows them. The saved file holds everything: no script, no
    request, drawings and tables inside.

    Args:
        lang: Language of the texts, "en" or "de".
        scorecard: A `Scorecard` to report on.
        planner: A `BalancePlanner` to report on.
        small_things: A `SmallThingsCheck` to report on.
        shifts: A `ShiftsCheck` to report on: the own answers, not the team's.
        title: Title of the report.
        author: Who wrote it.
        date: Its day as "2025-03-31"; empty: the day it is read.
        next_steps: What to do next: dictionaries with `what`, `who` and `until`.
        pages: Folder of the tools' pages as seen from this page, so that the report can link to
            tools that keep nothing yet; empty: no links.
        keep: Name under which a published page keeps title, author, date, choices and next steps.

    Attributes:
        title: Title of the report; observable, as the following are.
        author: Who wrote it.
        date: Its day.
        left_out: Names of the tools whose sections are left out.
        next_steps: What to do next.
        kept: What each tool keeps, by its name.

    Raises:
        InputError: If a tool is not of its kind, or a text, day or step can't be used.

    Example:
        >>> report = Report(scorecard=Scorecard(), title="Our touchpoints")
        >>> list(report.kept)
        ['scorecard']
    """

    _name = "report"
    _shows = ("scorecard", "balance_planner", "small_things", "shifts_check")
    _parts = (
        "dom",
        "records",
        "rows",
        "controls",
        "picture",
        "scoring",
        "journey",
        "balance",
        "balance_rows",
        "balance_words",
        "balance_chart",
        "small_things_counts",
        "small_things_strip",
        "small_things_words",
        "shift_sheets",
        "shift_profile",
        "shift_words",
        "report_sections",
        "report_sheet",
    )

    title = t.Unicode().tag(sync=True)
    author = t.Unicode().tag(sync=True)
    date = t.Unicode().tag(sync=True)
    left_out = t.List(t.Unicode()).tag(sync=True)
    next_steps = t.List(t.Dict()).tag(sync=True)
    kept = t.Dict().tag(sync=True)
    _vocabulary = t.Dict().tag(sync=True)

    def __init__(  # noqa: PLR0913  (the tools, and the words of the sheet)
        self,
        lang: str = "en",
        *,
        scorecard: Scorecard | None = None,
        planner: BalancePlanner | None = None,
        small_things: SmallThingsCheck | None = None,
        shifts: ShiftsCheck | None = None,
        title: str = "",
        author: str = "",
        date: str = "",
        next_steps: Sequence[dict[str, str]] = (),
        pages: str = "",
        keep: str = "",
    ) -> None:
        given = {
            "scorecard": scorecard,
            "balance": planner,
            "small-things": small_things,
            "five-shifts": shifts,
        }
        self._linked = {name: tool for name, tool in given.items() if tool is not None}
        for name, tool in self._linked.items():
            if not isinstance(tool, TOOLS[name]):
                kind = TOOLS[name].__name__
                raise InputError(f"{name} {echo(tool)}", f"a {kind}", f"pass a tp.{kind}(...)")
        super().__init__(
            lang=lang,
            title=title,
            author=author,
            date=date,
            next_steps=list(next_steps),
            kept={name: tool.kept_state() for name, tool in self._linked.items()},
            _vocabulary={
                "tools": list(TOOLS),
                "pages": {name: f"{pages}{page}.html" for name, page in _PAGES.items() if pages},
                "scorecard": VOCABULARY,
                "balance": PLAN_VOCABULARY,
                "small-things": SMALL_VOCABULARY,
                "five-shifts": SHIFT_CONSTANTS,
                "rule": ScoringRule().to_dict(),
                "example": load("touchpoints")["touchpoint"].tolist(),
                "longest": _LONGEST,
                "most_steps": _MOST_STEPS,
            },
            _fallback=_fallback(lang),
            _kept={"key": keep, "traits": ["title", "author", "date", "left_out", "next_steps"]},
            _reads=[] if self._linked else list(TOOLS),
        )
        for tool in self._linked.values():
            tool.observe(self._gather)

    def _gather(self, _change: object) -> None:
        """Follow the linked widgets; what is the same already isn't sent again."""
        self.kept = {name: tool.kept_state() for name, tool in self._linked.items()}

    @t.validate("title", "author")
    def _check_text(self, proposal: Any) -> str:  # noqa: ANN401
        return _text(proposal["trait"].name, proposal["value"])

    @t.validate("date")
    def _check_date(self, proposal: Any) -> str:  # noqa: ANN401
        day: str = proposal["value"]
        try:
            return calendar_date.fromisoformat(day).isoformat() if day else day
        except ValueError:
            raise InputError(
                f"date {echo(day)}", "a day such as 2025-03-31, or nothing", "correct the day"
            ) from None

    @t.validate("left_out")
    def _check_left_out(self, proposal: Any) -> list[str]:  # noqa: ANN401
        return [one_of("section", name, list(TOOLS)) for name in proposal["value"]]

    @t.validate("next_steps")
    def _check_steps(self, proposal: Any) -> list[dict[str, str]]:  # noqa: ANN401
        steps: list[dict[str, Any]] = proposal["value"]
        if len(steps) > _MOST_STEPS:
            raise InputError(
                f"{len(steps)} next steps", f"{_MOST_STEPS} or fewer", "leave some out"
            )
        for step in steps:
            unknown = [key for key in step if key not in _STEP]
            if unknown:
                raise InputError(
                    f"a next step with {echo(unknown[0])}", listing(_STEP), "rename it"
                )
        return [{key: _text(key, step.get(key, "")) for key in _STEP} for step in steps]


def _text(what: str, value: object) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise InputError(
            f"{what} {echo(value)}", f"a text of up to {_LONGEST} characters", "shorten it"
        )
    return value


def _fallback(lang: str) -> dict[str, Any]:
    """Say which sections a report has, for readers without scripts."""
    own = texts(lang)["report"]
    return {
        "caption": own["fallback"],
        "columns": [own["section"], own["question"]],
        "rows": [[own[f"name_{name}"], own[f"question_{name}"]] for name in TOOLS],
    }
