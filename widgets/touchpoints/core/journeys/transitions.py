"""Where journeys go from each touchpoint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np

from touchpoints.core.frames import IntoFrame
from touchpoints.core.intervals import wilson
from touchpoints.core.journeys.chain import Chain, chain_of
from touchpoints.core.journeys.paths import make_frame, read_paths
from touchpoints.core.journeys.words import CONVERSION, NULL, START
from touchpoints.core.result import Result


@dataclass(frozen=True)
class Transitions(Result):
    """What `transitions` gives.

    Attributes:
        table: One row a step that occurs, by `source` (the start first, then by the alphabet) and
            `target` (by the alphabet, conversion and null last): `source`, `target`, `n` (steps),
            `visits` (of the source), `share_pct` (of the visits), `low_pct` and `high_pct`.
        confidence: Of the intervals.
    """

    table: Any
    confidence: float

    @property
    def text(self) -> str:
        """Name the most frequent step between two touchpoints, and from where most convert."""
        rows = nw.from_native(self.table, eager_only=True).rows(named=True)
        between = [
            r for r in rows if r["source"] != START and r["target"] not in {CONVERSION, NULL}
        ]
        said = "No journey has two contacts."
        if between:
            most = max(between, key=lambda row: row["n"])
            said = (
                f"Most often journeys go from {most['source']} to {most['target']}: {_share(most)}."
            )
        ends = [row for row in rows if row["target"] == CONVERSION]
        if not ends:
            return f"{said} No journey converted."
        last = max(ends, key=lambda row: row["n"])
        return f"{said} Most conversions come directly after {last['source']}: {_share(last)}."


def transitions(paths: IntoFrame, *, confidence: float = 0.95) -> Transitions:
    """Count the steps between touchpoints, from the start and to the two ends.

    The share of a step from i to j is n(i, j) / visits(i): the transition probability of the Markov
    chain of order 1. The interval is Wilson's, with visits taken as independent.

    Args:
        paths: Table of paths: `path` ("a > b > c"), `conversions`, `nulls`, as `journey_paths`
            gives it; any frame that narwhals supports.
        confidence: Of the intervals, between 0 and 1.

    Returns:
        The steps as a frozen result; its table is a frame of the engine that came in. The start is
        called "(start)", the ends "(conversion)" and "(null)".

    Raises:
        InputError: If the table of paths or the confidence is not allowed.

    References:
        Anderson, T. W. & Goodman, L. A. (1957). Statistical inference about Markov chains. Annals
        of Mathematical Statistics 28, 89-110.

    Example:
        >>> import pandas as pd
        >>> paths = pd.DataFrame({"path": ["a", "a > b"], "conversions": [0, 3], "nulls": [6, 1]})
        >>> steps = transitions(paths).table
        >>> steps.query("source == 'a'")[["target", "n", "share_pct"]].values.tolist()
        [['b', 4, 40.0], ['(null)', 6, 60.0]]
    """
    read = read_paths(paths)
    return transitions_of(chain_of(read, 1), read.names, read.like, confidence)


def transitions_of(
    chain: Chain, names: tuple[str, ...], like: nw.DataFrame[Any], confidence: float
) -> Transitions:
    """Return the steps of a chain of order 1 as a result.

    Args:
        chain: The counts.
        names: Names of the touchpoints, in the order of the chain's states.
        like: An empty frame of the engine that the table is to be of.
        confidence: Of the intervals.

    Returns:
        The steps.
    """
    nothing = chain.visits - chain.steps.sum(axis=1) - chain.conversions
    onwards = np.column_stack([chain.steps, chain.conversions, nothing])
    counts = np.vstack([np.append(chain.begins, [0.0, 0.0]), onwards])
    sources = np.array([START, *names], dtype=object)
    targets = np.array([*names, CONVERSION, NULL], dtype=object)
    at, to = np.nonzero(counts)
    n = counts[at, to]
    visits = np.append(chain.journeys, chain.visits)[at]
    low, high = wilson(n, visits, confidence=confidence)
    columns = {
        "source": sources[at],
        "target": targets[to],
        "n": n.astype(np.int64),
        "visits": visits.astype(np.int64),
        "share_pct": 100 * n / visits,
        "low_pct": 100 * low,
        "high_pct": 100 * high,
    }
    return Transitions(make_frame(like, columns), confidence)


def _share(row: dict[str, Any]) -> str:
    return (
        f"{row['n']:,} of {row['visits']:,} visits, {row['share_pct']:.1f} % "
        f"(interval {row['low_pct']:.1f} to {row['high_pct']:.1f})"
    )
