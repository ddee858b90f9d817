"""Bad, middle and good: grades in three levels, with explicit cut-offs."""

from __future__ import annotations

from dataclasses import dataclass

from touchpoints.core.errors import InputError
from touchpoints.core.numbers import whole
from touchpoints.core.vocabulary import GRADES


@dataclass(frozen=True)
class GradeLevels:
    """Cut-offs that part the grades into good, middle and bad.

    The cut-offs are decisions, and what is found depends on them.

    Attributes:
        good_to: Worst grade that counts as good.
        bad_from: Best grade that counts as bad; at least one grade lies between the two.

    Raises:
        InputError: If no grade is left in the middle or a cut-off is no grade.

    Example:
        >>> [GradeLevels().level(grade) for grade in (1, 2, 3, 4, 6)]
        ['good', 'middle', 'middle', 'bad', 'bad']
    """

    good_to: int = 1
    bad_from: int = 4

    def __post_init__(self) -> None:
        for name in ("good_to", "bad_from"):
            whole(name, getattr(self, name), GRADES[0], GRADES[-1])
        if self.bad_from - self.good_to < 2:  # noqa: PLR2004  (a grade has to fit between)
            raise InputError(
                f"good to {self.good_to} and bad from {self.bad_from}",
                "cut-offs with a grade between them",
                "leave a grade for the middle",
            )

    def level(self, grade: float) -> str:
        """Name the level of a grade."""
        if grade <= self.good_to:
            return "good"
        return "bad" if grade >= self.bad_from else "middle"

    @property
    def text(self) -> str:
        """Say the cut-offs."""
        middle = [str(g) for g in GRADES if self.level(g) == "middle"]
        good = "1" if self.good_to == 1 else f"1 to {self.good_to}"
        bad = "6" if self.bad_from == GRADES[-1] else f"{self.bad_from} to 6"
        return f"good is grade {good}, bad {bad}, and both are set against {' and '.join(middle)}"
