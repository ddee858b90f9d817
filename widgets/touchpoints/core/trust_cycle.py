"""The parameters of the contact cycle as a trust account, and the course to be expected.

A teaching model, not a finding: it turns what the articles say about the four phases (C19 to C24),
about fragility (C07) and about the account of trust (C27) into the smallest set of equations with
which one can ask "what if". Nothing in it was estimated from data.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np

from touchpoints.core.errors import InputError, echo, one_of
from touchpoints.core.numbers import whole
from touchpoints.core.vocabulary import CONTACT_PHASES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

#: Lowest and highest value of each whole-number parameter; those of the tuples hold for each phase.
TRUST_LIMITS: Final[Mapping[str, tuple[int, int]]] = MappingProxyType(
    {
        "good_pct": (0, 100),
        "deposit_points": (0, 10),
        "bad_weight": (0, 10),
        "carry_over_pct": (0, 100),
        "word_of_mouth_pct": (0, 100),
        "forget_pct": (0, 100),
        "start_points": (-100, 100),
        "leave_below_points": (-100, 0),
        "mishap_cycle": (0, 100),
    }
)

_PHASES: Final = len(CONTACT_PHASES)
_BY_PHASE: Final = ("good_pct", "deposit_points")
_ALL: Final = 100


@dataclass(frozen=True)
class TrustCycle:
    """The parameters of the contact cycle as a trust account (a teaching model).

    Each customer has an account of trust, in points. In every cycle the four phases follow each
    other; each is one contact, good or bad. With d the deposit of the phase and b the weight of bad
    contacts,

        account ← account + d after a good contact, account - b × d after a bad one.

    A contact is good with the probability p of its phase. In the pre-contact people also filter by
    their own last experience and by what they hear (C20, C23, C24): with c the carry-over, w the
    weight of word of mouth, G = 1 if the customer's last post-contact was good (else 0), and R the
    share of good contacts among all contacts of the cycle before,

        p = (1 - c - w) × p_pre + c × G + w × R; in the first cycle p = p_pre.

    Between two cycles a part f of every account, credit or debt, is forgotten:
    account ← (1 - f) × account. Customers whose account then lies below a limit stay away from that
    cycle: they have no contact, and come back once enough is forgotten.

    Attributes:
        good_pct: Probability of a good contact in each of the four phases, whole percent, 0 to 100.
        deposit_points: What a good contact adds in each phase, whole points, 0 to 10.
        bad_weight: How many good contacts of a phase one bad one undoes, 0 to 10 (C07); 1 is even.
        carry_over_pct: c, whole percent, 0 to 100.
        word_of_mouth_pct: w, whole percent, 0 to 100; c and w together at most 100.
        forget_pct: f, whole percent, 0 to 100.
        start_points: Everybody's account before the first cycle, whole points, -100 to 100.
        leave_below_points: The limit, whole points, -100 to 0.
        mishap_cycle: In this cycle, counted from 1, one contact goes wrong for all who take part;
            0 for never.
        mishap_phase: The phase in which it goes wrong.

    Raises:
        InputError: If a parameter is out of its range.

    Example:
        >>> TrustCycle(bad_weight=3).expected(2).round(2).tolist()
        [[0.2, 0.4, 0.8, 1.0], [1.1, 1.3, 1.7, 1.9]]
        >>> TrustCycle.preset("post_contact_forgotten").good_pct
        (95, 95, 95, 40)
    """

    good_pct: tuple[int, ...] = (80, 80, 80, 80)
    deposit_points: tuple[int, ...] = (1, 1, 2, 1)
    bad_weight: float = 2.0
    carry_over_pct: int = 0
    word_of_mouth_pct: int = 0
    forget_pct: int = 10
    start_points: int = 0
    leave_below_points: int = -5
    mishap_cycle: int = 0
    mishap_phase: str = CONTACT_PHASES[2]

    def __post_init__(self) -> None:
        for name, (low, high) in TRUST_LIMITS.items():
            given = getattr(self, name)
            if name in _BY_PHASE:
                value: Any = _for_each_phase(name, given)
            elif name == "bad_weight":
                value = _number(name, given, low, high)
            else:
                value = whole(name, given, low, high)
            object.__setattr__(self, name, value)
        together = self.carry_over_pct + self.word_of_mouth_pct
        if together > _ALL:
            raise InputError(
                f"carry_over_pct + word_of_mouth_pct = {together}",
                "at most 100 together",
                "lower one of them",
            )
        one_of("mishap_phase", self.mishap_phase, CONTACT_PHASES)

    @classmethod
    def preset(cls, name: str) -> Self:
        """Return one of the kit's examples; their numbers are made up.

        Args:
            name: "excellent_throughout"; or, but for one thing the same, "one_bad_contact" (in the
                fourth cycle the full contact goes wrong for everybody) or "post_contact_forgotten"
                (a neglected post-contact, which colours the next pre-contact).

        Returns:
            The parameters.

        Raises:
            InputError: If there is no preset of this name.
        """
        return cls(**TRUST_PRESETS[one_of("preset", name, TRUST_PRESETS)])

    def to_dict(self) -> dict[str, Any]:
        """Return the parameters as plain data, as a page receives them."""
        return {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(self).items()}

    def withdrawals(self) -> tuple[float, ...]:
        """Return what a bad contact takes away in each phase, in points.

        Example:
            >>> TrustCycle(bad_weight=2.5).withdrawals()
            (2.5, 2.5, 5.0, 2.5)
        """
        return tuple(float(self.bad_weight * points) for points in self.deposit_points)

    def expected(self, n_cycles: int = 10) -> NDArray[np.float64]:
        """Follow the account that is to be expected, without chance.

        Every contact adds its expected amount, p × d - (1 - p) × b × d, and G and R are the
        probabilities themselves. That is the mean over infinitely many customers as long as nobody
        stays away (the limit plays no part here).

        Args:
            n_cycles: From 1 to 100.

        Returns:
            Points after each contact, one row a cycle, one column a phase.

        Raises:
            InputError: If the number of cycles is out of range.
        """
        cycles = whole("n_cycles", n_cycles, 1, 100)
        usual = np.array(self.good_pct, dtype=np.float64) / _ALL
        gain, loss = np.array(self.deposit_points), np.array(self.withdrawals())
        carried, heard = self.carry_over_pct / _ALL, self.word_of_mouth_pct / _ALL
        last_post = reputation = usual[0]
        account = float(self.start_points)
        course = np.empty((cycles, _PHASES))
        for cycle in range(cycles):
            good = usual.copy()
            good[0] = (1 - carried - heard) * usual[0] + carried * last_post + heard * reputation
            if cycle + 1 == self.mishap_cycle:
                good[CONTACT_PHASES.index(self.mishap_phase)] = 0.0
            kept = account if cycle == 0 else account * (1 - self.forget_pct / _ALL)
            course[cycle] = kept + np.cumsum(good * gain - (1 - good) * loss)
            account = float(course[cycle, -1])
            last_post, reputation = good[-1], good.mean()
        return course


#: What all examples share: made up, and heavy on bad contacts, so that there is something to see.
_EXAMPLE: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "good_pct": (95, 95, 95, 95),
        "bad_weight": 5.0,
        "carry_over_pct": 20,
        "word_of_mouth_pct": 20,
    }
)

#: The kit's examples: each differs in one thing from excellent throughout.
TRUST_PRESETS: Final[Mapping[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "one_bad_contact": {**_EXAMPLE, "mishap_cycle": 4},
        "post_contact_forgotten": {**_EXAMPLE, "good_pct": (95, 95, 95, 40)},
        "excellent_throughout": _EXAMPLE,
    }
)


def _number(name: str, value: object, low: int, high: int) -> float:
    good = isinstance(value, int | float | np.number) and not isinstance(value, bool)
    if not (good and low <= value <= high):  # type: ignore[operator]
        raise InputError(
            f"{name} {echo(value)}",
            f"a number from {low} to {high}",
            "choose a number in this range",
        )
    return float(value)  # type: ignore[arg-type]


def _for_each_phase(name: str, values: object) -> tuple[int, ...]:
    """Return four whole numbers within the limits of the parameter."""
    low, high = TRUST_LIMITS[name]
    if not isinstance(values, tuple | list | np.ndarray) or len(values) != _PHASES:
        raise InputError(
            f"{name} {echo(values)}",
            f"four whole numbers from {low} to {high}",
            "give one for each contact phase",
        )
    return tuple(
        whole(f"{name} of {phase}", value, low, high)
        for phase, value in zip(CONTACT_PHASES, values, strict=True)
    )
