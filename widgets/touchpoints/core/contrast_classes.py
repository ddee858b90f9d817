"""When a touchpoint is called a basic, a performance or an excitement factor: rules as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from touchpoints.core.errors import InputError, echo, one_of

if TYPE_CHECKING:
    from touchpoints.core.numbers import FloatArray

#: The classes, in the order of charts.
BASIC, PERFORMANCE, EXCITEMENT, UNDECIDED = "basic", "performance", "excitement", "undecided"
CLASSES: Final = (BASIC, PERFORMANCE, EXCITEMENT, UNDECIDED)

#: The rules there are.
CLASS_RULES: Final = ("significance", "asymmetry")


@dataclass(frozen=True)
class ClassRule:
    """A rule that turns a penalty, a reward and their intervals into a class.

    * `significance`, as usual since Brandt (1987): a factor is *basic* if only the penalty is
      clearly apart from 0, *excitement* if only the reward is, *performance* if both are, else
      undecided. Its weakness: "not clear" is not "none"; where few grade badly, a penalty is never
      clear.
    * `asymmetry`: *basic* if the penalty is clearly the larger by more than the margin,
      *excitement* if the reward is, *performance* if the interval of their difference lies within
      the margin, else undecided.

    Attributes:
        rule: `significance` or `asymmetry`.
        margin: What counts as equally large, in the unit of the result, 0 or more; used by the rule
            `asymmetry`. With a margin of 0 nothing is ever *performance*.

    Raises:
        InputError: If the rule is not known or the margin is no number of 0 or more.
    """

    rule: str = "significance"
    margin: float = 5.0

    def __post_init__(self) -> None:
        one_of("rule", self.rule, CLASS_RULES)
        number = isinstance(self.margin, int | float) and not isinstance(self.margin, bool)
        if not (number and 0 <= self.margin < float("inf")):
            raise InputError(f"margin {echo(self.margin)}", "a number of 0 or more", "correct it")

    def classes(self, columns: dict[str, FloatArray]) -> list[str]:
        """Class of each touchpoint; undecided where something is missing."""
        if self.rule == "significance":
            penalty, reward = columns["penalty_high"] < 0, columns["reward_low"] > 0
            conditions = [penalty & ~reward, penalty & reward, ~penalty & reward]
            missing = np.isnan(columns["penalty"]) | np.isnan(columns["reward"])
        else:
            low, high = columns["asymmetry_low"], columns["asymmetry_high"]
            within = (low >= -self.margin) & (high <= self.margin)
            conditions = [low > self.margin, within, high < -self.margin]
            missing = np.isnan(columns["asymmetry"])
        chosen = np.select([c & ~missing for c in conditions], CLASSES[:3], UNDECIDED)
        return [str(name) for name in chosen]

    @property
    def text(self) -> str:
        """Say the rule."""
        if self.rule == "significance":
            return "classes go by which of the two is clearly apart from 0"
        return f"classes go by the asymmetry, with a margin of {self.margin:g}"
