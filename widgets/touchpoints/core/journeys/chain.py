"""Journeys as an absorbing Markov chain, of order 1 to 3.

In a chain of order k a state is what a journey has met last: up to k touchpoints in their order.
From each state a journey goes on, ends in a conversion, or ends in nothing; the probabilities are
the shares seen in the paths. With Q those of going on, r those of converting and s those of the
first contact, the expected number of visits is N = (I - Q)⁻¹ and

    a = s N (visits to each state),  v = N r (probability to convert from each state on),  p = s r'

with p = s v, which equals the share of journeys that converted, whatever the order.

References:
    Kemeny, J. G. & Snell, J. L. (1976). Finite Markov Chains. Springer, chapter III.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from touchpoints.core.errors import InputError, echo
from touchpoints.core.journeys.paths import Paths, add_up

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from touchpoints.core.numbers import FloatArray

    Whole = NDArray[np.int64]

#: Orders that are offered: how many of the last touchpoints decide where a journey goes.
ORDERS: Final = (1, 2, 3)
#: A dense matrix of so many states takes 200 MB.
MOST_STATES: Final = 5_000
# What remains of a probability after cancellation is rounding, not a chance to convert.
_ROUNDING: Final = 1e-12


@dataclass(frozen=True)
class Chain:
    """Counts of a chain's steps.

    Attributes:
        last: Touchpoint that each state ends in, a position in the names of the paths.
        state: State of each contact of the paths.
        begins: Journeys whose first contact is in each state.
        steps: Steps from each state (row) to each (column).
        conversions: Conversions from each state.
        visits: Contacts in each state.
        journeys: All journeys.
    """

    last: Whole
    state: Whole
    begins: FloatArray
    steps: FloatArray
    conversions: FloatArray
    visits: FloatArray
    journeys: float

    @property
    def start(self) -> FloatArray:
        """Probability to begin in each state, s."""
        return np.asarray(self.begins / self.journeys)

    @property
    def onwards(self) -> FloatArray:
        """Probabilities to go on, Q."""
        return np.asarray(self.steps / self.visits[:, None])

    @property
    def converting(self) -> FloatArray:
        """Probability to convert at once from each state, r."""
        return np.asarray(self.conversions / self.visits)


def chain_of(paths: Paths, order: int) -> Chain:
    """Count the steps of a chain.

    Args:
        paths: The paths.
        order: 1, 2 or 3.

    Returns:
        The counts. States that no journey visits are left out.

    Raises:
        InputError: If the order is another, or there are more than 5,000 states.
    """
    if isinstance(order, bool) or order not in ORDERS:
        raise InputError(f"order {echo(order)}", "1, 2 or 3", "choose one")
    last, state = _states(paths, order)
    size = len(last)
    require_few(size, order)
    journeys = paths.journeys.astype(np.float64)
    weight = journeys[paths.path]
    ends = np.cumsum(paths.length) - 1
    going = np.ones(len(state), dtype=bool)
    going[ends] = False
    at = np.flatnonzero(going)
    pairs = state[at] * size + state[at + 1]
    return Chain(
        last=last,
        state=state,
        begins=add_up(state[ends - paths.length + 1], journeys, size),
        steps=add_up(pairs, weight[at], size * size).reshape(size, size),
        conversions=add_up(state[ends], paths.conversions, size),
        visits=add_up(state, weight, size),
        journeys=float(journeys.sum()),
    )


def require_few(states: int, order: int) -> None:
    """Raise an `InputError` if a chain has more states than a dense matrix should hold."""
    if states > MOST_STATES:
        raise InputError(
            f"{states:,} states in a chain of order {order}",
            f"up to {MOST_STATES:,}",
            "take a lower order or group rare touchpoints",
        )


@dataclass(frozen=True)
class Without:
    """What is left of a chain without one touchpoint.

    Attributes:
        visits: Expected visits to each state, by journeys that never come to the touchpoint.
        chance: To convert from each state on, without ever coming to it.
        probability: To convert from the start on, without ever coming to it.
    """

    visits: FloatArray
    chance: FloatArray
    probability: float


def whole_chain(chain: Chain) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the expected visits N, those from the start a, and the chances to convert v."""
    visits = np.asarray(np.linalg.inv(np.eye(len(chain.last)) - chain.onwards), dtype=np.float64)
    return visits, chain.start @ visits, visits @ chain.converting


def removals(chain: Chain) -> Iterator[Without]:
    """Take each touchpoint away, in the order of the names; one inverse serves all."""
    visits, a, v = whole_chain(chain)
    p = float(chain.conversions.sum() / chain.journeys)
    for touchpoint in range(int(chain.last.max()) + 1):
        at = chain.last == touchpoint
        inner = visits[np.ix_(at, at)]
        a_left = a - np.linalg.solve(inner.T, a[at]) @ visits[at]
        v_left = v - visits[:, at] @ np.linalg.solve(inner, v[at])
        a_left[at] = v_left[at] = 0.0
        left = float(chain.start @ v_left)
        yield Without(a_left, v_left, left if left > _ROUNDING * p else 0.0)


def _states(paths: Paths, order: int) -> tuple[Whole, Whole]:
    """Number the states; return the last touchpoint of each, and the state of each contact."""
    if order == 1:
        return np.arange(len(paths.names)), paths.contact
    base = len(paths.names) + 1  # digit 0: the journey had not begun
    place = paths.place
    code: Any = paths.contact + 1
    for back in range(1, order):
        before = np.where(place >= back, np.roll(paths.contact, back) + 1, 0)
        code = code + before * base**back
    codes, state = np.unique(code, return_inverse=True)
    return codes % base - 1, state
