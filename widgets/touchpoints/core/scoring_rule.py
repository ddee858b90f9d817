"""The parameters of a score: what each grade is worth, how heavy a moment of truth weighs.

A grade has to be turned into a quality between 0 and 1 before it can be weighed. Two ways are kept
side by side, because they disagree about the grade 2 (C13):

* `linear`: each grade is worth the same step, q = (6 - grade) / 5;
* `only_best`: q = 1 for grade 1 and 0 for the rest, the reading of "only grade 1 counts".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from touchpoints.core.errors import InputError, echo
from touchpoints.core.vocabulary import GRADES

#: The value functions: quality of the grades 1 to 6, between 0 (worst) and 1 (best).
VALUE_FUNCTIONS: Final[Mapping[str, tuple[float, ...]]] = MappingProxyType(
    {
        "linear": tuple((6 - grade) / 5 for grade in GRADES),
        "only_best": tuple(1.0 if grade == 1 else 0.0 for grade in GRADES),
    }
)

_MAX_WEIGHT: Final = 10.0


@dataclass(frozen=True)
class ScoringRule:
    """The parameters of a score, handed as data to whatever computes it.

    Attributes:
        moment_of_truth_weight: How much heavier a moment of truth weighs, from 1 to 10.
        values: For each value function the quality of the grades 1 to 6, each between 0 and 1.

    Raises:
        InputError: If a weight or a quality is out of range or a value function is missing.

    Example:
        >>> ScoringRule().values["only_best"]
        (1.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    """

    moment_of_truth_weight: float = 1.5
    values: Mapping[str, tuple[float, ...]] = field(default_factory=lambda: VALUE_FUNCTIONS)

    def __post_init__(self) -> None:
        weight = self.moment_of_truth_weight
        if isinstance(weight, bool) or not isinstance(weight, int | float):
            raise InputError(f"weight {echo(weight)}", "a number from 1 to 10", "pass a number")
        if not 1 <= weight <= _MAX_WEIGHT:
            raise InputError(f"weight {weight}", "1 to 10", "choose a weight in this range")
        if set(self.values) != set(VALUE_FUNCTIONS):
            raise InputError(
                f"value functions {sorted(self.values)}",
                f"{sorted(VALUE_FUNCTIONS)}",
                "give both, each with six values",
            )
        for name, values in self.values.items():
            if len(values) != len(GRADES) or not all(0 <= v <= 1 for v in values):
                raise InputError(
                    f"value function {name!r}: {list(values)}",
                    "six numbers from 0 to 1, one for each grade",
                    "correct the numbers",
                )

    def to_dict(self) -> dict[str, Any]:
        """Return the rule as plain data, as the widget receives it."""
        return {
            "moment_of_truth_weight": float(self.moment_of_truth_weight),
            "values": {name: [float(v) for v in values] for name, values in self.values.items()},
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> ScoringRule:
        """Read a rule from plain data.

        Raises:
            InputError: If the data are not a rule.
        """
        try:
            return cls(
                data["moment_of_truth_weight"],
                {str(name): tuple(values) for name, values in data["values"].items()},
            )
        except (KeyError, TypeError, AttributeError):
            raise InputError(
                f"scoring rule {echo(str(data))}",
                "moment_of_truth_weight and values",
                "start from ScoringRule().to_dict()",
            ) from None
