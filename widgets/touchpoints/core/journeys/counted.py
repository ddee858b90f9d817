"""Logs too large for paths: steps counted on the log's own engine, and a chain fitted on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from touchpoints.core.contacts import CUSTOMER, TOUCHPOINT, is_missing
from touchpoints.core.errors import InputError, echo
from touchpoints.core.frames import IntoFrame, require_columns, require_rows, to_eager
from touchpoints.core.intervals import z_value
from touchpoints.core.journeys.chain import Chain, Without, removals, require_few, whole_chain
from touchpoints.core.journeys.log import CONVERTED, NAME, PLACE, read_log, refuse_doubles
from touchpoints.core.journeys.paths import add_up, counts_of, largest_first, make_frame
from touchpoints.core.journeys.removal import RemovalEffects, credits_in_proportion, lost
from touchpoints.core.journeys.shares import share_interval
from touchpoints.core.journeys.transitions import Transitions, transitions_of
from touchpoints.core.journeys.words import CONVERSION, NULL, START, require_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from touchpoints.core.numbers import FloatArray

    Whole = NDArray[np.int64]


def transitions_from_log(  # noqa: PLR0913  (names of columns)
    log: IntoFrame,
    *,
    touchpoint: str = TOUCHPOINT,
    order: str = "step",
    outcome: str = "outcome",
    conversion: str | bool = "order",
    confidence: float = 0.95,
) -> Transitions:
    """Count the steps between touchpoints straight from a log.

    The same steps as `transitions(journey_paths(log))`, with journeys cut by the same rule, but no
    path is ever put together: each row only looks at the next one of its customer, in one window
    per row on the log's own engine, and only the counts of pairs leave it. That is what a log of
    hundreds of millions of contacts can bear.

    Args:
        log: One row a contact, a frame of pandas, Polars (eager or lazy), DuckDB or PySpark.
            Columns: `customer_id` and those named below. Further columns are ignored.
        touchpoint: Column of the touchpoint.
        order: Column that orders a customer's contacts, numbers or times; no value twice.
        outcome: Column that says whether the contact ended in a conversion.
        conversion: Its value where it did.
        confidence: Of the intervals, between 0 and 1.

    Returns:
        The steps as a frozen result; its table is a frame of the engine (lazy Polars comes back
        eager, DuckDB and PySpark as PyArrow).

    Raises:
        InputError: If the log is not allowed, as by `journey_paths`, or has more than 5,000
            touchpoints.

    References:
        Anderson, T. W. & Goodman, L. A. (1957). Statistical inference about Markov chains. Annals
        of Mathematical Statistics 28, 89-110.

    Example:
        >>> import pandas as pd
        >>> log = pd.DataFrame({
        ...     "customer_id": [1, 1, 1, 2], "step": [1, 2, 3, 1],
        ...     "touchpoint": ["brochure", "shop", "hotline", "hotline"],
        ...     "outcome": ["none", "order", "none", "none"],
        ... })
        >>> transitions_from_log(log).table[["source", "target", "n"]].values.tolist()[:3]
        [['(start)', 'brochure', 1], ['(start)', 'hotline', 2], ['brochure', 'shop', 1]]
    """
    z_value(confidence)
    contacts = read_log(log, touchpoint, order, outcome, conversion)
    following = contacts.with_columns(
        _next=nw.col(NAME).shift(-1).over(CUSTOMER, order_by=PLACE),
        _next_place=nw.col(PLACE).shift(-1).over(CUSTOMER, order_by=PLACE),
    )
    ended = nw.when(nw.col(CONVERTED) == 1).then(nw.lit(CONVERSION))
    onwards = nw.when(~nw.col("_next").is_null()).then(nw.col("_next")).otherwise(nw.lit(NULL))
    double = nw.when(nw.col(PLACE) == nw.col("_next_place")).then(nw.lit(1)).otherwise(nw.lit(0))
    counts = (
        following.select(NAME, ended.otherwise(onwards).alias("_target"), double.alias("_double"))
        .group_by(NAME, "_target")
        .agg(nw.len().alias("_n"), nw.col("_double").sum())
        .collect()
    )
    if counts.get_column("_double").sum():
        refuse_doubles(contacts, order)
    source, target = (counts.get_column(c).cast(nw.String).to_list() for c in (NAME, "_target"))
    n = counts.get_column("_n").cast(nw.Float64).to_numpy().astype(np.float64)
    names, chain = _chain(source, target, n, None)
    return transitions_of(chain, names, counts.select().head(0), confidence)


def removal_effects_from_transitions(
    transitions: IntoFrame, *, confidence: float = 0.95
) -> RemovalEffects:
    """Compute removal effects of order 1 from counted steps alone.

    The effects and credits are those of `removal_effects(paths, order=1)`, which looks at no more
    of the paths than these counts. What the counts don't hold is how steps hang together within a
    journey, so the intervals here believe the chain: with n(i) visits to i and steps drawn
    independently with the probabilities P(i, j),

        variance = Σᵢ 1/n(i) × [ Σⱼ P(i, j) g(i, j)² - (Σⱼ P(i, j) g(i, j))² ],

    where g is the derivative of the effect by P (delta method). If journeys remember more than
    their last contact, intervals from paths are to be preferred.

    Args:
        transitions: Steps: `source`, `target`, `n`, as in the table of `transitions` or
            `transitions_from_log`; tables of parts of a log may be put below one another. Any frame
            that narwhals supports.
        confidence: Of the intervals, between 0 and 1.

    Returns:
        The effects as a frozen result, with `contacts` (visits to the touchpoint) in the place of
        `journeys`; its table is a frame of the engine that came in.

    Raises:
        InputError: If the table is not allowed, journeys begin nowhere, as many don't leave a
            touchpoint as come to it, or no step leads to it from the start.

    References:
        Anderson, T. W. & Goodman, L. A. (1957). Statistical inference about Markov chains. Annals
        of Mathematical Statistics 28, 89-110.

    Example:
        >>> import pandas as pd
        >>> steps = pd.DataFrame({
        ...     "source": ["(start)", "(start)", "G", "G", "G", "M"],
        ...     "target": ["G", "M", "M", "(conversion)", "(null)", "(conversion)"],
        ...     "n": [4, 1, 1, 2, 1, 2],
        ... })
        >>> effects = removal_effects_from_transitions(steps).table
        >>> effects[["touchpoint", "removal_effect", "credit"]].round(3).values.tolist()
        [['G', 0.75, 2.4], ['M', 0.5, 1.6]]
    """
    z_value(confidence)
    data = to_eager(transitions)
    require_columns(data, ("source", "target", "n"))
    require_rows(data, "table of steps")
    source, target = (data.get_column(c).cast(nw.String).to_list() for c in ("source", "target"))
    names, chain = _read(source, target, counts_of(data, "n").astype(np.float64))
    total, journeys = int(chain.conversions.sum()), int(chain.journeys)
    effect, variance = _effects(chain)
    low, high = share_interval(effect, variance, total, confidence)
    rank = largest_first(effect)
    columns = {
        "touchpoint": np.array(names, dtype=object),
        "removal_effect": effect,
        "credit": credits_in_proportion(effect, total),
        "low": low,
        "high": high,
        "contacts": chain.visits.astype(np.int64),
    }
    table = make_frame(data.select().head(0), {name: v[rank] for name, v in columns.items()})
    return RemovalEffects(table, 1, total, total / journeys, confidence)


def _read(source: Sequence[str], target: Sequence[str], n: FloatArray) -> tuple[Any, Chain]:
    """Check the steps and return the chain."""
    allowed = f"{START} and touchpoints as sources; touchpoints, {CONVERSION} and {NULL} as targets"
    for column, values, forbidden in (
        ("source", source, {CONVERSION, NULL}),
        ("target", target, {START}),
    ):
        for row, value in enumerate(values, 1):
            if is_missing(value) or value in forbidden:
                shown = "nothing" if is_missing(value) else value
                raise InputError(f"column {column!r}, row {row}: {shown}", allowed, "correct it")
        require_names(column, sorted(set(values) - {START, CONVERSION, NULL}))
    begins = np.array([name == START for name in source])
    if not n[begins].sum():
        raise InputError(
            f"no step from {START}", "the steps with which journeys begin", "add these rows"
        )
    first = dict.fromkeys(t for t, first_step in zip(target, begins, strict=True) if first_step)
    for end in (CONVERSION, NULL):
        if end in first:
            raise InputError(
                f"a step from {START} to {end}", "journeys of one contact or more", "drop the row"
            )
    kept = np.flatnonzero(~begins & (n > 0)).tolist()
    begun = np.flatnonzero(begins & (n > 0)).tolist()
    start = ([target[i] for i in begun], n[begun])
    names, chain = _chain([source[i] for i in kept], [target[i] for i in kept], n[kept], start)
    came = chain.begins + chain.steps.sum(axis=0)
    for at in np.flatnonzero(came != chain.visits)[:1]:
        raise InputError(
            f"{int(came[at]):,} steps to {echo(names[at])} and {int(chain.visits[at]):,} from it",
            "as many steps from a touchpoint as to it, its ends included",
            "complete the table",
        )
    for at in np.flatnonzero(~_reached(chain))[:1]:
        raise InputError(
            f"no way from {START} to {echo(names[at])}",
            "touchpoints that journeys reach, and so leave by an end",
            "drop its steps or complete the table",
        )
    return names, chain


def _reached(chain: Chain) -> NDArray[np.bool_]:
    """Tell which touchpoints journeys come to.

    As many steps leave a touchpoint as come to it, so none leaves those that are not reached, nor
    those from which no end is: the two are the same, and steps among them would never end.
    """
    reached = new = chain.begins > 0
    while new.any():
        new = (chain.steps[new] > 0).any(axis=0) & ~reached
        reached = reached | new
    return reached


def _chain(
    source: Sequence[str],
    target: Sequence[str],
    n: FloatArray,
    start: tuple[Sequence[str], FloatArray] | None,
) -> tuple[tuple[str, ...], Chain]:
    """Make a chain of order 1 of steps that leave a touchpoint.

    Where the start is not told, journeys begin with all contacts to which no step leads.
    """
    first: Sequence[str] = () if start is None else start[0]
    names = tuple(sorted({*source, *target, *first} - {CONVERSION, NULL}))
    size = len(names)
    require_few(size, 1)
    position = {name: i for i, name in enumerate((*names, CONVERSION, NULL))}
    at = np.array([position[name] for name in source], dtype=np.int64)
    to = np.array([position[name] for name in target], dtype=np.int64)
    counts = add_up(at * (size + 2) + to, n, size * (size + 2)).reshape(size, size + 2)
    steps, visits = counts[:, :size], counts.sum(axis=1)
    begins = visits - steps.sum(axis=0)
    if start is not None:
        begins = add_up(np.array([position[name] for name in first]), start[1], size)
    own = np.arange(size)
    journeys = float(begins.sum())
    return names, Chain(own, own, begins, steps, counts[:, size], visits, journeys)


def _effects(chain: Chain) -> tuple[FloatArray, FloatArray]:
    """Return effects and their variances."""
    size = len(chain.last)
    p = float(chain.conversions.sum() / chain.journeys)
    if not p:
        return np.full(size, np.nan), np.full(size, np.nan)
    _, a, v = whole_chain(chain)
    pairs = [
        (lost(without, p), _variance(chain, (a, v), without, p)) for without in removals(chain)
    ]
    effect, variance = np.array(pairs).T
    return effect, variance


def _variance(
    chain: Chain, whole: tuple[FloatArray, FloatArray], without: Without, p: float
) -> float:
    """Return the variance of an effect by the delta method, over steps.

    Both probabilities change with P(i, j) by (visits to i) x (chance from j on); so the effect, 1 -
    left / p, changes by the difference below. The start is one more place that is left.
    """
    a, v = (np.append(values, extra) for values, extra in zip(whole, (1.0, 1.0), strict=True))
    a_left, v_left = np.append(without.visits, 1.0), np.append(without.chance, 1.0)
    # Rows: touchpoints and the start; columns: touchpoints and the conversion.
    moved = np.outer(a, v) * without.probability / p**2 - np.outer(a_left, v_left) / p
    onwards = np.column_stack([chain.onwards, chain.converting])
    chances = np.vstack([onwards, np.append(chain.start, 0.0)])
    mean = (chances * moved).sum(axis=1)
    spread = (chances * moved**2).sum(axis=1) - mean**2
    return float((spread / np.append(chain.visits, chain.journeys)).sum())
