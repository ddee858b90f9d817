"""The study planner: how many customers to ask so that a lift is found, for grades 1 and 2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import traitlets as t

from touchpoints.core.errors import InputError, echo
from touchpoints.core.study_plan import (
    RATE_LIMITS,
    STUDY_LIMITS,
    StudyAssumptions,
    StudyPlan,
    plan_study,
)
from touchpoints.ui.base import TouchpointWidget, texts, written

if TYPE_CHECKING:
    from collections.abc import Mapping


class StudyPlanner(TouchpointWidget):
    """Enter what a survey is to find, and see whether so many customers can find it.

    The page computes what `plan_study` computes: power, sizes and the expected width of intervals,
    for the lift of grade 1 and for that of grade 2.

    Args:
        plan: Assumptions to start from; by default the kit's example, whose numbers are made up.
        lang: Language of the texts, "en" or "de".
        keep: Name under which a published page keeps the reader's plan in the browser.

    Attributes:
        plan: The assumptions as plain data; observable.

    Raises:
        InputError: If the assumptions are none, or one is out of its range.

    Example:
        >>> planner = StudyPlanner()
        >>> planner.plan = {**planner.plan, "response_pct": 60}
        >>> planner.results.needed
        (1314, 8351)
    """

    _name = "study_planner"
    _parts = (
        "dom",
        "records",
        "controls",
        "picture",
        "intervals",
        "normal",
        "slider",
        "study_plan",
        "axes",
        "study_chart",
    )

    plan = t.Dict().tag(sync=True)
    #: What the front end must not have a copy of.
    _constants = t.Dict().tag(sync=True)

    def __init__(
        self, plan: StudyAssumptions | None = None, lang: str = "en", *, keep: str = ""
    ) -> None:
        if not isinstance(plan, StudyAssumptions | None):
            raise InputError(
                f"plan {echo(plan)}", "StudyAssumptions", "pass StudyAssumptions(asked=4000)"
            )
        super().__init__(
            lang=lang,
            plan=(plan or StudyAssumptions()).to_dict(),
            _constants={
                "limits": {name: list(limits) for name, limits in STUDY_LIMITS.items()},
                "rates": list(RATE_LIMITS),
            },
            _kept={"key": keep, "traits": ["plan"]},
        )
        self._fallback = self._table_without_scripts()

    @property
    def results(self) -> StudyPlan:
        """The plan: the same numbers as in the page."""
        return plan_study(StudyAssumptions(**self.plan))

    @t.validate("plan")
    def _check_plan(self, proposal: Any) -> dict[str, float]:  # noqa: ANN401
        found: Mapping[str, Any] = proposal["value"]
        unknown = [name for name in found if name not in STUDY_LIMITS]
        if unknown:
            raise InputError(
                f"assumption {echo(unknown[0])}",
                ", ".join(STUDY_LIMITS),
                "start from StudyAssumptions().to_dict()",
            )
        return StudyAssumptions(**found).to_dict()

    def _table_without_scripts(self) -> dict[str, Any]:
        """Describe the initial state as a table: what each number of customers would find."""
        words = texts(self.lang)["study_planner"]
        plan = self.results
        titles = [
            words[f"column_{key}"].format(grade=grade)
            for grade in (1, 2)
            for key in ("graded", "power", "width")
        ]
        return {
            "caption": words["table"],
            "columns": [words["column_asked"], words["column_answers"], *titles],
            "rows": [self._cells(row, plan, words) for row in plan.table.to_dict("records")],
        }

    def _cells(self, row: dict[Any, Any], plan: StudyPlan, words: dict[str, str]) -> list[str]:
        """Write one row of the table."""
        name = written(row["asked"], self.lang, 0)
        if row["asked"] == plan.assumptions.asked:
            name = words["row_plan"].format(n=name)
        elif row["asked"] in plan.needed:
            grade = plan.needed.index(row["asked"]) + 1
            name = words["row_needed"].format(n=name, grade=grade)
        cells = [
            written(row[column.format(grade)], self.lang, digits)
            for grade in (1, 2)
            for column, digits in (("graded_{}", 0), ("power_{}_pct", 1), ("width_{}_points", 1))
        ]
        return [name, written(row["answers"], self.lang, 0), *cells]
