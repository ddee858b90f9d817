"""The five-shifts self-assessment: the own answers, and those of a team, disagreement first."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import traitlets as t

from touchpoints.core.disagreement import FEWEST_ANSWERS, TeamDisagreement, team_disagreement
from touchpoints.core.frames import IntoFrame
from touchpoints.core.vocabulary import SHIFT_ANSWERS, SHIFTS
from touchpoints.ui.base import TouchpointWidget, texts
from touchpoints.ui.shift_sheets import (
    MOST_MEMBERS,
    checked_sheet,
    checked_team,
    sheet_of,
    team_frame,
    team_of,
)

#: What the front end must not have a copy of.
SHIFT_CONSTANTS: Final = {
    "shifts": list(SHIFTS),
    "scale": list(SHIFT_ANSWERS),
    "fewest_answers": FEWEST_ANSWERS,
    "most_members": MOST_MEMBERS,
}


class ShiftsCheck(TouchpointWidget):
    """Place yourself and your company on the five shifts, and look where a team is at odds.

    The scale from 1 (where the essay says one should leave) to 5 (arrived) is the kit's own and
    measures nothing but what people answer.

    Args:
        answers: One person's answers, any frame that narwhals supports: `shift` and, as far as
            there are any, `own` (what the person practises), `company` (1 to 5 or nothing), `note`
            (what was seen). Without a frame all is left open.
        team: A team's answers: `member`, `shift` and `own`, `company`, `note` as above. Without a
            frame nobody is in the team.
        lang: Language of the texts, "en" or "de".
        keep: Name under which a published page keeps the reader's entries in the browser.

    Attributes:
        answers: The own answers, a list of five dictionaries with `shift`, `own`, `company`,
            `note`; observable.
        person: Name or role of the person, may be empty; observable.
        team: The members, a list of dictionaries with `sheet` (a mark), `person`, `file`, `rows`
            (five dictionaries with `shift`, `own`, `company`, `evidence`: whether there is a note);
            observable.
        about: Which answers of the team are shown, "company" or "own"; observable.

    Raises:
        InputError: If the answers can't be those of a person or a team: with value and cure.

    Example:
        >>> check = ShiftsCheck(team=pd.DataFrame({
        ...     "member": ["a", "b", "c"], "shift": "dialogue", "company": [5, 1, 3],
        ... }))
        >>> check.results["company"].text[:40]
        'Most disputed is dialogue: two of 3 memb'
    """

    _name = "shifts_check"
    _parts = (
        "dom",
        "records",
        "controls",
        "picture",
        "disagreement",
        "shift_sheets",
        "shift_form",
        "shift_profile",
        "shift_words",
        "team_dots",
    )

    answers = t.List(t.Dict()).tag(sync=True)
    person = t.Unicode().tag(sync=True)
    #: Mark by which an exported sheet is known again; given in the page when it is first exported.
    sheet = t.Unicode().tag(sync=True)
    team = t.List(t.Dict()).tag(sync=True)
    about = t.Enum(("company", "own"), "company").tag(sync=True)
    #: What the front end must not have a copy of.
    _constants = t.Dict().tag(sync=True)

    def __init__(
        self,
        answers: IntoFrame | None = None,
        team: IntoFrame | None = None,
        lang: str = "en",
        *,
        keep: str = "",
    ) -> None:
        super().__init__(
            answers=sheet_of(answers),
            team=team_of(team),
            lang=lang,
            _constants=SHIFT_CONSTANTS,
            _fallback=_fallback(lang),
            _kept={"key": keep, "traits": ["answers", "person", "sheet", "team", "about"]},
        )

    @property
    def results(self) -> dict[str, TeamDisagreement]:
        """The team's figures, "company" and "own": the same numbers as in the page.

        Raises:
            InputError: If nobody is in the team.
        """
        frame = self.to_frame()
        return {
            side: team_disagreement(frame.assign(answer=frame[side])) for side in ("company", "own")
        }

    def to_frame(self) -> pd.DataFrame:
        """Return the team as a pandas frame, one row a member and shift.

        Columns: `member` (numbered from 1), `person`, `shift`, `own`, `company`, `evidence`.

        Example:
            >>> len(ShiftsCheck().to_frame())
            0
        """
        return team_frame(self.team)

    @t.validate("answers")
    def _check_answers(self, proposal: Any) -> list[dict[str, Any]]:  # noqa: ANN401
        return checked_sheet(proposal["value"])

    @t.validate("team")
    def _check_team(self, proposal: Any) -> list[dict[str, Any]]:  # noqa: ANN401
        return checked_team(proposal["value"])


def _fallback(lang: str) -> dict[str, Any]:
    """Describe the scale as a table: from where to where each shift leads."""
    words = texts(lang)["shifts_check"]
    return {
        "caption": words["fallback"],
        "columns": [words["column_shift"], words["fallback_from"], words["fallback_to"]],
        "rows": [
            [words[f"{name}_{shift}"] for name in ("shift", "shift_from", "shift_to")]
            for shift in SHIFTS
        ],
    }
