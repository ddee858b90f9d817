"""Removal effects: which share of conversions a Markov chain loses without a touchpoint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from touchpoints.core.frames import IntoFrame
from touchpoints.core.intervals import z_value
from touchpoints.core.journeys.chain import Chain, Without, chain_of, removals
from touchpoints.core.journeys.paths import Paths, largest_first, read_paths
from touchpoints.core.journeys.shares import share_interval
from touchpoints.core.numbers import FloatArray
from touchpoints.core.result import Result

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]


@dataclass(frozen=True)
class RemovalEffects(Result):
    """What `removal_effects` gives.

    Attributes:
        table: One row a touchpoint, the largest effect first (equals in the alphabet's order):
            `touchpoint`, `removal_effect` (share of the conversion probability that is lost, 0 to
            1), `credit` (conversions shared out in proportion to the effects), `low` and `high`
            (interval of the effect), `journeys` (that meet the touchpoint; from transitions, which
            don't tell them, `contacts` at it instead). Effects are empty where nothing converted.
        order: Of the chain.
        conversions: All conversions; the credits add up to them.
        conversion_probability: Of a journey, from the start on: the share that converted.
        confidence: Of the intervals.
    """

    table: Any
    order: int
    conversions: int
    conversion_probability: float
    confidence: float

    @property
    def text(self) -> str:
        """Say whose removal costs most in the chain, and what that doesn't mean."""
        if not self.conversions:
            return "No journey converted: a removal has nothing to take away."
        row = nw.from_native(self.table, eager_only=True).rows(named=True)[0]
        met = next(name for name in ("journeys", "contacts") if name in row)
        return (
            f"A journey converts with probability {self.conversion_probability:.3f}. If every "
            f"journey that comes to {row['touchpoint']} ended there in nothing, a chain of order "
            f"{self.order} would lose {100 * row['removal_effect']:.1f} % of it "
            f"({100 * self.confidence:g} % interval {100 * row['low']:.1f} to "
            f"{100 * row['high']:.1f}, {row[met]:,} {met}). That describes the paths "
            "seen; it is no forecast of what people would do without the touchpoint."
        )


def removal_effects(
    paths: IntoFrame, *, order: int = 1, confidence: float = 0.95
) -> RemovalEffects:
    """Compute the removal effect of each touchpoint exactly.

    Removing a touchpoint means: each journey that comes to it ends there in nothing, nobody goes
    round it. With p the probability to convert and p₋ᵢ that of converting without ever meeting i,

        effect i = 1 - p₋ᵢ / p,   credit i = conversions x effect i / (sum of all effects).

    No path is simulated. With N = (I - Q)⁻¹ the matrix of expected visits, a = s N and v = N r
    (see `touchpoints.core.journeys.chain`), and S the states that end in i,

        p - p₋ᵢ = a_S (N_SS)⁻¹ v_S,

    so one inversion serves all removals; at order 1 S is one state and the right side is
    aᵢ vᵢ / Nᵢᵢ. At order 2 or 3 a state is the last two or three touchpoints, which is the same
    chain on an enlarged space, and as exact. Contacts repeated in a row don't matter at order 1.

    The effects don't add up to 1, since a journey over two touchpoints is lost by either removal;
    the credit shares conversions in their proportion, which is a convention. The interval is
    Wilson's at an effective size from the delta method over journeys, taken as independent; a
    customer with several journeys, or few of them, makes it too narrow.

    Args:
        paths: Table of paths: `path` ("a > b > c"), `conversions`, `nulls`, as `journey_paths`
            gives it; any frame that narwhals supports.
        order: Of the chain, 1 to 3: how many of the last touchpoints decide where a journey goes.
        confidence: Of the intervals, between 0 and 1.

    Returns:
        The effects as a frozen result; its table is a frame of the engine that came in.

    Raises:
        InputError: If the table of paths or an option is not allowed, or a chain has more than
            5,000 states.

    References:
        Anderl, E., Becker, I., von Wangenheim, F. & Schumann, J. H. (2016). Mapping the customer
        journey: lessons learned from graph-based online attribution modeling. International
        Journal of Research in Marketing 33, 457-474.
        Kemeny, J. G. & Snell, J. L. (1976). Finite Markov Chains. Springer, chapter III.

    Example:
        >>> import pandas as pd
        >>> paths = pd.DataFrame({
        ...     "path": ["G", "M", "G > M"], "conversions": [2, 1, 1], "nulls": [1, 0, 0],
        ... })
        >>> result = removal_effects(paths)
        >>> result.table[["touchpoint", "removal_effect", "credit"]].round(3).values.tolist()
        [['G', 0.75, 2.4], ['M', 0.5, 1.6]]
    """
    z_value(confidence)
    read = read_paths(paths)
    chain = chain_of(read, order)
    total = int(read.conversions.sum())
    effect, variance = _effects(read, chain)
    low, high = share_interval(effect, variance, total, confidence)
    credit = credits_in_proportion(effect, total)
    rank = largest_first(effect)
    columns = {
        "touchpoint": read.labels,
        "removal_effect": effect,
        "credit": credit,
        "low": low,
        "high": high,
        "journeys": read.touched,
    }
    table = read.frame({name: values[rank] for name, values in columns.items()})
    probability = total / float(read.journeys.sum())
    return RemovalEffects(table, order, total, probability, confidence)


def effects_of(paths: Paths, order: int) -> FloatArray:
    """Return the removal effects of paths that are read already, in the order of their names."""
    return _effects(paths, chain_of(paths, order))[0]


def credits_in_proportion(effect: FloatArray, conversions: int) -> FloatArray:
    """Share conversions out in proportion to effects; nothing where nothing converted."""
    if not conversions:
        return np.zeros(len(effect))
    return np.asarray(conversions * effect / effect.sum())


def _effects(paths: Paths, chain: Chain) -> tuple[FloatArray, FloatArray]:
    """Return effects and their variances."""
    size = len(paths.names)
    p = chain.conversions.sum() / chain.journeys
    if not p:
        return np.full(size, np.nan), np.full(size, np.nan)
    effect, variance = np.empty(size), np.empty(size)
    steps = _steps(paths, chain)
    for touchpoint, without in enumerate(removals(chain)):
        effect[touchpoint] = lost(without, p)
        variance[touchpoint] = _variance(chain, steps, without, p)
    return effect, variance


def lost(without: Without, p: float) -> float:
    """Return the share of the conversion probability p that is lost."""
    return min(max(1 - without.probability / p, 0.0), 1.0)


@dataclass(frozen=True)
class _Steps:
    """The different steps of all paths, so that each is weighed once.

    Attributes:
        source: State that each step leaves.
        target: State that it reaches; the number of states for the end of a journey.
        taken: Step taken after each contact of the paths.
        first: Position of the first contact of each path.
        begin: State of the first contact of each path.
        end: State of the last one.
        journeys: Conversions and nulls of each path, as numbers that NumPy multiplies fast.
    """

    source: Whole
    target: Whole
    taken: Whole
    first: Whole
    begin: Whole
    end: Whole
    journeys: tuple[FloatArray, FloatArray]


def _steps(paths: Paths, chain: Chain) -> _Steps:
    size = len(chain.last) + 1
    ends = np.cumsum(paths.length) - 1
    first = ends - paths.length + 1
    following = np.append(chain.state[1:], size - 1)
    following[ends] = size - 1
    pairs = chain.state * size + following
    seen = np.zeros(size * size, dtype=bool)
    seen[pairs] = True
    source, target = np.divmod(np.flatnonzero(seen), size)
    taken = (np.cumsum(seen, dtype=np.int32) - 1)[pairs].astype(np.intp)
    counts = (paths.conversions.astype(np.float64), paths.nulls.astype(np.float64))
    return _Steps(source, target, taken, first, chain.state[first], chain.state[ends], counts)


def _variance(chain: Chain, steps: _Steps, without: Without, p: float) -> float:
    """Return the variance of 1 - left / p by the delta method, over journeys.

    A journey moves `left` by the sum, over its steps from x to y, of (visits to x) / (contacts in
    x) times (chance from y - chance from x), and p by (converted - p) / journeys.
    """
    a, v, left = without.visits, without.chance, without.probability
    pull, chance = a / chain.visits, np.append(v, 0.0)
    moves = pull[steps.source] * (chance[steps.target] - v[steps.source])
    moved = np.add.reduceat(moves.take(steps.taken), steps.first)
    moved += ((v - left) / chain.journeys).take(steps.begin)
    won = moved + pull.take(steps.end)
    won -= left * (1 - p) / p / chain.journeys
    moved += left / chain.journeys
    conversions, nulls = steps.journeys
    # For one product, the threads of a matrix library cost more than they save.
    squares = [np.einsum("i,i,i", n, x, x) for n, x in ((conversions, won), (nulls, moved))]
    return float(sum(squares)) / p**2
