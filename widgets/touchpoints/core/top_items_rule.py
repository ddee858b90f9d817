"""A fan rule that counts high answers instead of taking their mean."""

from __future__ import annotations

from dataclasses import dataclass

import narwhals as nw

from touchpoints.core.fan_rule import FanRule
from touchpoints.core.numbers import whole


@dataclass(frozen=True)
class TopItemsRule(FanRule):
    """A rule that calls a customer a fan for enough high answers.

    By default: at least 3 of five bonding items are answered with 5. The mean lets one high answer
    make up for a low one; counting doesn't.

    Attributes:
        items: As in `FanRule`.
        cut_off: Smallest answer to an item that counts as high, from 1 to 5.
        satisfaction_at_most: As in `FanRule`.
        satisfaction: As in `FanRule`.
        at_least: Number of items with a high answer that makes a fan, from 1 to all.

    Raises:
        InputError: If there is no item or a limit is out of range.

    Example:
        >>> import pandas as pd
        >>> answers = pd.DataFrame({f"bonding_{i}": [5, 4, 3 + 2 * (i > 2)] for i in range(1, 6)})
        >>> TopItemsRule().apply(answers)["fan"].tolist()
        [True, False, True]
    """

    cut_off: float = 5.0
    at_least: int = 3

    def __post_init__(self) -> None:
        super().__post_init__()
        whole("at least", self.at_least, 1, len(self.items))

    @property
    def text(self) -> str:
        """Say the rule in a sentence, with its warning if it uses satisfaction."""
        rule = (
            f"A fan is who answers at least {self.at_least} of {len(self.items)} bonding items "
            f"with {self.cut_off:g} or more (1 to 5)"
        )
        return f"{rule}{self._satisfaction_text}"

    @property
    def name(self) -> str:
        """Name the rule in a few words."""
        return f"{self.at_least} of {len(self.items)} at {self.cut_off:g}{self._satisfaction_name}"

    def expression(self) -> nw.Expr:
        """Return the rule as a narwhals expression named `fan`; null where an answer is missing."""
        answers = [nw.col(item).cast(nw.Float64) for item in self.items]
        known = answers[0].is_finite()
        high = nw.when(answers[0] >= self.cut_off).then(nw.lit(1)).otherwise(nw.lit(0))
        for answer in answers[1:]:
            known = known & answer.is_finite()
            high = high + nw.when(answer >= self.cut_off).then(nw.lit(1)).otherwise(nw.lit(0))
        return self._with_satisfaction(known, high >= self.at_least)
