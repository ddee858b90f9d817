"""Who is a fan: an open rule on questionnaire items, so that its choice can be questioned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw

from touchpoints.core.contacts import is_missing, require_numbers
from touchpoints.core.errors import InputError, echo
from touchpoints.core.frames import IntoFrame, require_columns, to_lazy
from touchpoints.core.vocabulary import GRADES

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The column that a rule makes.
FAN: Final = "fan"

#: Five questions on emotional bonding, each from 1 (not at all) to 5 (very much).
BONDING_ITEMS: Final = tuple(f"bonding_{i}" for i in range(1, 6))

#: Lowest and highest answer to a bonding item.
BONDING_RANGE: Final = (1, 5)

# Answers from a slider have decimals: 5 + 4.2 + 3.6 + 3.3 + 3.9 is a hair below 20 as floats.
_ROUNDING = 1e-9


@dataclass(frozen=True)
class FanRule:
    """A rule that calls a customer a fan.

    By default: the mean of five bonding items is at least 4.0. The rule is the kit's own and open
    to change; it is not the proprietary indicator behind published fan rates (C11).

    A condition on satisfaction can be added, because fans are often defined by bonding and
    satisfaction together. Take care: satisfaction is asked in the same survey and on the same scale
    as the grades of the contacts. A rule that uses it partly builds in what is to be tested, that
    only the best grade goes with fans (C13). The default therefore uses bonding alone.

    Attributes:
        items: Columns of the bonding items, answers from 1 to 5.
        cut_off: Smallest mean of the items that makes a fan, from 1 to 5.
        satisfaction_at_most: Worst grade of overall satisfaction (1 best ... 6 worst) a fan may
            give, or None for bonding alone.
        satisfaction: Column of the overall satisfaction, used only with `satisfaction_at_most`.

    Raises:
        InputError: If there is no item or a limit is out of range.

    Example:
        >>> import pandas as pd
        >>> answers = pd.DataFrame({f"bonding_{i}": [5, 4, 3] for i in range(1, 6)})
        >>> FanRule().apply(answers)["fan"].tolist()
        [True, True, False]
        >>> FanRule(cut_off=4.5).apply(answers)["fan"].tolist()
        [True, False, False]
    """

    items: tuple[str, ...] = BONDING_ITEMS
    cut_off: float = 4.0
    satisfaction_at_most: float | None = None
    satisfaction: str = "satisfaction"

    def __post_init__(self) -> None:
        if isinstance(self.items, str) or not self.items:
            raise InputError(
                f"items {echo(self.items)}", "one or more columns", "pass a tuple of column names"
            )
        if len(set(self.items)) < len(self.items):
            raise InputError(f"items {echo(self.items)}", "each column once", "drop the second")
        object.__setattr__(self, "items", tuple(self.items))
        _require_within(self.cut_off, BONDING_RANGE, "cut-off")
        if self.satisfaction_at_most is not None:
            _require_within(
                self.satisfaction_at_most, (GRADES[0], GRADES[-1]), "satisfaction limit"
            )

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the rule reads."""
        extra = () if self.satisfaction_at_most is None else (self.satisfaction,)
        return (*self.items, *extra)

    @property
    def text(self) -> str:
        """Say the rule in a sentence, with its warning if it uses satisfaction."""
        return (
            f"A fan is who answers {len(self.items)} bonding items with {self.cut_off:g} or more "
            f"on average (1 to 5){self._satisfaction_text}"
        )

    @property
    def name(self) -> str:
        """Name the rule in a few words."""
        return f"mean {self.cut_off:g}{self._satisfaction_name}"

    @property
    def _satisfaction_text(self) -> str:
        if self.satisfaction_at_most is None:
            return "."
        return (
            f" and grades overall satisfaction {self.satisfaction_at_most:g} or better. "
            "Satisfaction comes from the same survey as the grades of the contacts: the rule "
            "partly builds in that best grades go with fans."
        )

    @property
    def _satisfaction_name(self) -> str:
        limit = self.satisfaction_at_most
        return "" if limit is None else f", satisfied {limit:g}"

    def expression(self) -> nw.Expr:
        """Return the rule as a narwhals expression named `fan`.

        Returns:
            True or false; null where an answer is missing.
        """
        answers = [nw.col(item).cast(nw.Float64) for item in self.items]
        known = answers[0].is_finite()
        total = answers[0]
        for answer in answers[1:]:
            known, total = known & answer.is_finite(), total + answer
        return self._with_satisfaction(known, total >= self.cut_off * len(answers) - _ROUNDING)

    def _with_satisfaction(self, known: nw.Expr, fan: nw.Expr) -> nw.Expr:
        """Add the condition on satisfaction, if there is one, and name the column."""
        if self.satisfaction_at_most is not None:
            grade = nw.col(self.satisfaction).cast(nw.Float64)
            known, fan = known & grade.is_finite(), fan & (grade <= self.satisfaction_at_most)
        return nw.when(known).then(fan).alias(FAN)

    def apply(self, frame: IntoFrame) -> Any:  # noqa: ANN401  (a frame of the engine that came in)
        """Add the column `fan` to a frame, on the frame's own engine.

        Args:
            frame: Any frame with the columns of the rule: customers, or contacts joined with them.

        Returns:
            The frame with a column `fan`; lazy frames stay lazy.

        Raises:
            InputError: If a column is missing or holds answers out of range.
        """
        lazy = self.checked(frame)
        with_fan = lazy.with_columns(self.expression())
        eager = isinstance(nw.from_native(frame), nw.DataFrame)
        return (with_fan.collect() if eager else with_fan).to_native()

    def checked(self, frame: IntoFrame) -> nw.LazyFrame[Any]:
        """Check the columns of the rule in one pass on the engine and return the frame.

        Raises:
            InputError: If a column is missing or holds answers out of range.
        """
        lazy = to_lazy(frame)
        require_columns(lazy, self.columns)
        limits = dict.fromkeys(self.items, BONDING_RANGE)
        if self.satisfaction_at_most is not None:
            limits[self.satisfaction] = (GRADES[0], GRADES[-1])
        for column, (low, high) in limits.items():
            require_numbers(lazy, column, f"numbers from {low} to {high}")
        values = {c: nw.col(c).cast(nw.Float64).fill_nan(None) for c in limits}
        lowest = [value.min().alias(f"{c} low") for c, value in values.items()]
        highest = [value.max().alias(f"{c} high") for c, value in values.items()]
        extremes = lazy.select(*lowest, *highest).collect()
        found = dict(zip(extremes.columns, extremes.row(0), strict=True))
        for column, (low, high) in limits.items():
            for value in (found[f"{column} low"], found[f"{column} high"]):
                # A column without any answer is told by the estimate, not here.
                if not is_missing(value) and not low <= value <= high:
                    raise InputError(
                        f"column {column!r}: {value:g}",
                        f"numbers from {low} to {high}, or nothing",
                        "correct or empty these cells",
                    )
        return lazy


def _require_within(value: object, limits: tuple[int, int], name: str) -> None:
    """Raise an `InputError` unless the value is a number within the limits."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not (number and limits[0] <= value <= limits[1]):  # type: ignore[operator]
        raise InputError(
            f"{name} {echo(value)}", f"a number from {limits[0]} to {limits[1]}", "correct it"
        )


def refuse_made(columns: Iterable[str]) -> None:
    """Raise an `InputError` if the column that a rule makes is to be read as one of the frame's."""
    if FAN in columns:
        raise InputError(
            f"column {FAN!r} beside a rule that makes it",
            "other columns to group or weigh by",
            "rename the column, or leave the rule out",
        )
