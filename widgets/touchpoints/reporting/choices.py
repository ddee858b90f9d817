"""What whoever asks for a report has decided: columns, levels, the margin, the control."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from touchpoints.core.contacts import CUSTOMER, GRADE, TOUCHPOINT
from touchpoints.core.errors import InputError, echo

_LEAST_CONFIDENCE: Final = 0.5
_MOST_MARGIN: Final = 100


@dataclass(frozen=True)
class Choices:
    """The choices behind a report; the methods paragraph states each of them.

    Attributes:
        customer: Column that names the customer.
        touchpoint: Column that names the touchpoint.
        grade: Column of grades, 1 best to 6, nothing for no contact.
        fan: Column of the fan status; None takes `fan`, or the kit's rule on the bonding items.
        weight: Column of survey weights, or None.
        recommend: Column of answers 0 to 10; None takes `recommendation` where there is one.
        negative_control: Touchpoint whose contacts can't make fans, or None.
        margin_points: Lift that grades 3 to 6 must stay below, in percentage points.
        confidence: Of the intervals, above 0.5 and below 1; the tests' level is the rest to 1.

    Raises:
        InputError: If a number is out of its range.

    Example:
        >>> Choices(confidence=95)
        Traceback (most recent call last):
        ...
        touchpoints.core.errors.InputError: Found confidence 95; allowed is above 0.5 and below 1;
        write 0.95 for 95 %.
    """

    customer: str = CUSTOMER
    touchpoint: str = TOUCHPOINT
    grade: str = GRADE
    fan: str | None = None
    weight: str | None = None
    recommend: str | None = None
    negative_control: str | None = None
    margin_points: float = 2.0
    confidence: float = 0.95

    def __post_init__(self) -> None:
        if not _LEAST_CONFIDENCE < self.confidence < 1:
            raise InputError(
                f"confidence {echo(self.confidence)}",
                f"above {_LEAST_CONFIDENCE:g} and below 1",
                "write 0.95 for 95 %",
            )
        if not 0 <= self.margin_points < _MOST_MARGIN:
            raise InputError(
                f"margin {echo(self.margin_points)}",
                f"0 or more and below {_MOST_MARGIN} percentage points",
                "pass another margin",
            )

    @property
    def alpha(self) -> float:
        """Level of each one-sided test of the claim.

        Example:
            >>> Choices(confidence=0.95).alpha
            0.05
        """
        return round(1 - self.confidence, 12)
