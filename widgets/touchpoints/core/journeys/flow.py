"""How journeys flow: from place to place, over which touchpoints, and how they end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw
import numpy as np

from touchpoints.core.errors import InputError, echo, listing
from touchpoints.core.frames import IntoFrame
from touchpoints.core.intervals import wilson
from touchpoints.core.journeys.paths import Paths, add_up, largest_first, read_paths
from touchpoints.core.journeys.words import CONVERSION, NULL, ONWARDS, OTHERS, PATH
from touchpoints.core.numbers import whole
from touchpoints.core.result import Result

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]

#: Places that are followed, and touchpoints that keep their name.
PLACES: Final = 4
NAMED: Final = 5
#: What a chart of bands can hold.
MOST_PLACES: Final = 8
MOST_NAMED: Final = 12


@dataclass(frozen=True)
class JourneyFlow(Result):
    """What `journey_flow` gives.

    Attributes:
        table: One row a band, by place, then in the order of `names` and the ends: `place` (of the
            contact that journeys leave, 1 for the first), `source` (its touchpoint), `target` (the
            touchpoint of the next contact; "(conversion)", "(null)", or, after the last place,
            "(onwards)"), `n` (journeys), `at_source` (journeys at that source and place),
            `share_pct` (of these), `low_pct` and `high_pct` (interval of the share), `conversions`
            (how many of the n convert in the end, whenever that is).
        names: Touchpoints that keep their name, the most frequent first, then "(others)" if there
            are any.
        places: How many contacts of a journey are followed.
        journeys: All journeys.
        conversions: Those that convert, however long they are.
        confidence: Of the intervals.
    """

    table: Any
    names: tuple[str, ...]
    places: int
    journeys: int
    conversions: int
    confidence: float

    @property
    def text(self) -> str:
        """Say where journeys begin, how many end where, and how many go on."""
        rows = nw.from_native(self.table, eager_only=True).rows(named=True)
        begun = [r for r in rows if r["place"] == 1]
        named = [r for r in begun if r["source"] != OTHERS] or begun
        first = max(named, key=lambda r: r["at_source"])
        ended = sum(r["n"] for r in rows if r["target"] in {CONVERSION, NULL})
        within = sum(r["n"] for r in rows if r["target"] == CONVERSION)
        at_once = sum(r["n"] for r in rows if r["place"] == 1 and r["target"] in {CONVERSION, NULL})
        return (
            f"Of {self.journeys:,} journeys {self.conversions:,} convert "
            f"({_percent(self.conversions, self.journeys)}). Of the touchpoints named "
            f"{first['source']} comes first most often "
            f"({_percent(first['at_source'], self.journeys)}). "
            f"{_percent(at_once, self.journeys)} have one contact. Within {self.places} "
            f"{'contact' if self.places == 1 else 'contacts'} {within:,} have converted and "
            f"{ended - within:,} have ended in nothing; {self.journeys - ended:,} go on."
        )


def journey_flow(
    paths: IntoFrame, *, places: int = PLACES, named: int = NAMED, confidence: float = 0.95
) -> JourneyFlow:
    """Count how journeys flow from contact to contact, and how they end.

    All journeys begin at place 1. From each place they go to the touchpoint of the next contact, to
    a conversion or to nothing; after the last place that is followed, longer ones go onwards. The
    share of a band is n / at_source, its interval Wilson's, with journeys taken as independent.
    Touchpoints beyond the most frequent ones are put together as "(others)".

    Args:
        paths: Table of paths: `path` ("a > b > c"), `conversions`, `nulls`, as `journey_paths`
            gives it; any frame that narwhals supports.
        places: How many contacts of a journey are followed, 1 to 8.
        named: How many touchpoints keep their name, 1 to 12: those with most contacts at the places
            followed.
        confidence: Of the intervals, between 0 and 1.

    Returns:
        The bands as a frozen result; its table is a frame of the engine that came in.

    Raises:
        InputError: If the table of paths or an option is not allowed, or a touchpoint is called
            "(others)" or "(onwards)".

    References:
        Schmidt, M. (2008). The Sankey diagram in energy and material flow management. Journal of
        Industrial Ecology 12, 82-94 (bands as wide as what flows).

    Example:
        >>> import pandas as pd
        >>> paths = pd.DataFrame({
        ...     "path": ["shop", "site > shop"], "conversions": [1, 3], "nulls": [1, 2],
        ... })
        >>> flow = journey_flow(paths, places=2).table
        >>> flow[["place", "source", "target", "n", "conversions"]].values.tolist()[:3]
        [[1, 'shop', '(conversion)', 1, 1], [1, 'shop', '(null)', 1, 0], [1, 'site', 'shop', 5, 3]]
    """
    whole("places", places, 1, MOST_PLACES)
    whole("named", named, 1, MOST_NAMED)
    read = read_paths(paths)
    for name in (OTHERS, ONWARDS):
        if name in read.names:
            raise InputError(
                f"column {PATH!r}: {echo(name)}",
                f"names other than {listing((OTHERS, ONWARDS))}, which a flow gives",
                "rename it",
            )
    names, contact = _named(read, places, named)
    parts = [_bands(read, contact, len(names), place, places) for place in range(places)]
    place, source, target, n, conversions = (
        np.concatenate(part) for part in zip(*parts, strict=True)
    )
    at_source = add_up(place * len(names) + source, n, places * len(names))[
        place * len(names) + source
    ]
    low, high = wilson(n, at_source, confidence=confidence)
    targets = np.array([*names, CONVERSION, NULL, ONWARDS], dtype=object)
    columns = {
        "place": place + 1,
        "source": targets[source],
        "target": targets[target],
        "n": n.astype(np.int64),
        "at_source": at_source.astype(np.int64),
        "share_pct": 100 * n / at_source,
        "low_pct": 100 * low,
        "high_pct": 100 * high,
        "conversions": conversions.astype(np.int64),
    }
    return JourneyFlow(
        read.frame(columns),
        names,
        places,
        int(read.journeys.sum()),
        int(read.conversions.sum()),
        confidence,
    )


def _named(read: Paths, places: int, named: int) -> tuple[tuple[str, ...], Whole]:
    """Return the names that are kept, and the position of each contact's name among them."""
    followed = read.place < places
    weight = np.where(followed, read.journeys[read.path], 0)
    order = largest_first(add_up(read.contact, weight, len(read.names)))
    order = order[np.isin(order, read.contact[followed])]
    kept = tuple(read.names[i] for i in order[:named])
    position = np.full(len(read.names), len(kept))
    position[order[:named]] = np.arange(len(kept))
    return (kept if len(order) <= named else (*kept, OTHERS)), position[read.contact]


def _bands(read: Paths, contact: Whole, size: int, place: int, places: int) -> tuple[Any, ...]:
    """Return place, source, target, journeys and conversions of the bands that leave a place."""
    there = np.flatnonzero(read.length > place)
    at = (np.cumsum(read.length) - read.length + place)[there]
    ends = read.length[there] == place + 1
    following = contact[np.where(ends, at, at + 1)] if place + 1 < places else size + 2
    going = np.where(ends, size, following)
    # Journeys of one path leave by the same band, but for those that end: these split in two.
    source = np.concatenate([contact[at], contact[at][ends]])
    target = np.concatenate([going, np.full(ends.sum(), size + 1)])
    won, lost = read.conversions[there], read.nulls[there]
    n = np.concatenate([np.where(ends, won, won + lost), lost[ends]])
    converting = np.concatenate([won, np.zeros(ends.sum(), dtype=np.int64)])
    bands, band = np.unique(source * (size + 3) + target, return_inverse=True)
    counts = [add_up(band, amounts, len(bands)) for amounts in (n, converting)]
    seen = counts[0] > 0
    origin, goal = np.divmod(bands[seen], size + 3)
    return np.full(seen.sum(), place), origin, goal, counts[0][seen], counts[1][seen]


def _percent(part: int, total: int) -> str:
    return f"{100 * part / total:.1f} %"
