"""A team's answers to the five shifts: how far apart its members stand, and where the middle is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw
import numpy as np

from touchpoints.core.errors import InputError, echo
from touchpoints.core.frames import (
    IntoFrame,
    require_among,
    require_columns,
    require_rows,
    require_whole_numbers,
    to_eager,
)
from touchpoints.core.result import Result
from touchpoints.core.tables import attach
from touchpoints.core.vocabulary import SHIFT_ANSWERS, SHIFTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]

#: Fewer answers than this say nothing of spread: two people are one pair, and one is none.
FEWEST_ANSWERS: Final = 3

_COLUMNS: Final = ("member", "shift", "answer")
_STEPS: Final = np.arange(SHIFT_ANSWERS[0], SHIFT_ANSWERS[1] + 1)


@dataclass(frozen=True)
class TeamDisagreement(Result):
    """What `team_disagreement` gives: the answers to each shift, the most disputed shift first.

    Attributes:
        table: One row a shift, all five, sorted by disagreement (equals, and those with too few
            answers at the end, in the essay's order): `shift`, `n` (answers), `disagreement`
            (mean distance of two members in steps of the scale, 0 to 8 / 3), `median`, `lowest`,
            `highest`, `range` (highest minus lowest). Nothing stands where there is no answer, and
            for `disagreement` and `range` where there are fewer than three.
        answers: How often each answer was given, one row a shift and answer from 1 to 5: `shift`,
            `answer`, `n`; in the order of the table.
    """

    table: Any
    answers: Any

    @property
    def text(self) -> str:
        """Say where the team is most at odds, and that these are the figures of those asked."""
        first = nw.from_native(self.table, eager_only=True).rows(named=True)[0]
        if first["disagreement"] is None or first["disagreement"] != first["disagreement"]:
            return f"No shift has {FEWEST_ANSWERS} answers yet: nothing can be said of spread."
        return (
            f"Most disputed is {first['shift']}: two of {first['n']} members stand "
            f"{first['disagreement']:.2f} apart on average, the answers run from "
            f"{first['lowest']:.0f} to {first['highest']:.0f}, and the median is "
            f"{first['median']:g}. The figures are those of the people asked."
        )


def team_disagreement(frame: IntoFrame) -> TeamDisagreement:
    """Tell for each shift how far apart two members of a team stand on average.

    The disagreement of the answers a₁ … aₙ is the mean distance of all pairs,
    2 / (n (n − 1)) × Σ |aᵢ − aⱼ| over i < j: Gini's mean difference. It treats the steps of the
    scale as equal and serves to sort shifts. There is no interval: where all members were asked,
    the figures are the team's own. They say nothing about people who were not asked.

    Args:
        frame: One row a member and shift, any frame that narwhals supports. Columns: `member` (a
            key), `shift` (one of the five), `answer` (a whole number from 1 to 5, or nothing where
            it was left open). Further columns are ignored.

    Returns:
        A frozen result; its tables are frames of the engine that came in (lazy frames are
        collected).

    Raises:
        InputError: If a column is missing, a value is not allowed, or a member answers a shift
            twice: with row, value and cure.

    References:
        Gini, C. (1912). Variabilità e mutabilità. Cuppini.

    Example:
        >>> import pandas as pd
        >>> team = team_disagreement(pd.DataFrame({
        ...     "member": ["a", "b", "c", "d"], "shift": "dialogue", "answer": [1, 1, 4, 4],
        ... }))
        >>> team.table.loc[0, ["disagreement", "median"]].tolist()
        [2.0, 2.5]
    """
    data = _validated(frame)
    counts = _counts(data)
    below = counts.cumsum(axis=1)  # members who answer so much or less, one row a shift
    n = below[:, -1]
    few = n < FEWEST_ANSWERS
    # A pair lies a step apart for each step of the scale that has one member below and one above.
    apart = (below * (n[:, None] - below)).sum(axis=1) / np.maximum(n * (n - 1) / 2, 1)
    lowest, highest = _answer(below, np.minimum(n, 1)), _answer(below, n)
    columns = {
        "n": n,
        "disagreement": np.where(few, np.nan, apart),
        "median": (_answer(below, (n + 1) // 2) + _answer(below, n // 2 + 1)) / 2,
        "lowest": lowest,
        "highest": highest,
        "range": np.where(few, np.nan, highest - lowest),
    }
    order = np.lexsort((np.where(few, 1.0, -apart), few))
    shifts = np.array(SHIFTS)[order]
    table = _frame_like(data, {"shift": shifts, **{k: v[order] for k, v in columns.items()}})
    answers = {
        "shift": np.repeat(shifts, len(_STEPS)),
        "answer": np.tile(_STEPS, len(SHIFTS)),
        "n": counts[order].ravel(),
    }
    return TeamDisagreement(table.to_native(), _frame_like(data, answers).to_native())


def _validated(frame: IntoFrame) -> nw.DataFrame[Any]:
    """Check the answers; those left open are dropped."""
    data = to_eager(frame)
    require_columns(data, _COLUMNS)
    require_rows(data, "table of answers")
    require_among(data, "shift", SHIFTS)
    require_whole_numbers(data, "answer", *SHIFT_ANSWERS, missing=True)
    keys = data.select("member", nw.col("shift").cast(nw.String))
    if keys.get_column("member").null_count():
        raise InputError("column 'member': nothing", "a key in each row", "name each member")
    twice = keys.filter(keys.is_duplicated())
    if len(twice):
        member, shift = twice.row(0)
        raise InputError(
            f"member {echo(member)} with shift {echo(shift)} more than once",
            "one answer a member and shift",
            "drop one of the rows",
        )
    numeric = data.get_column("answer").dtype.is_numeric()  # not where all is left open
    answer = nw.col("answer").cast(nw.Float64) if numeric else nw.lit(None, nw.Float64)
    answers = keys.with_columns(data.select(answer=answer).get_column("answer"))
    return answers.filter(nw.col("answer").is_finite())


def _counts(data: nw.DataFrame[Any]) -> Whole:
    """Count each answer to each shift: five rows of five."""
    places = nw.max_horizontal(
        *(nw.when(nw.col("shift") == s).then(nw.lit(i)) for i, s in enumerate(SHIFTS))
    )
    cells = data.select(cell=places * len(_STEPS) + nw.col("answer") - SHIFT_ANSWERS[0])
    numbers = cells.get_column("cell").to_numpy().astype(np.int64)
    return np.bincount(numbers, minlength=len(SHIFTS) * len(_STEPS)).reshape(len(SHIFTS), -1)


def _answer(below: Whole, place: Whole) -> Any:  # noqa: ANN401  (an array with NaN)
    """Give the answer at a place among the sorted ones, from 1; NaN where nobody answered."""
    found = _STEPS[(below < place[:, None]).sum(axis=1).clip(max=len(_STEPS) - 1)]
    return np.where(below[:, -1] > 0, found, np.nan)


def _frame_like(data: nw.DataFrame[Any], columns: dict[str, Any]) -> nw.DataFrame[Any]:
    """Make a frame of the engine of the data; what is no number becomes nothing."""
    frame = attach(data.select().head(0), columns)
    floats = [name for name, values in columns.items() if values.dtype.kind == "f"]
    return frame.with_columns(
        nw.when(nw.col(name).is_finite()).then(nw.col(name)).alias(name) for name in floats
    )
