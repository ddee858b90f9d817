"""The log of a year: every customer's contacts in the order of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from touchpoints.core.generator.draws import Draws, Flags, Whole, pick, spread
from touchpoints.core.generator.paths import AGAIN, PAUSE, Paths

if TYPE_CHECKING:
    from collections.abc import Iterator

#: First day of the log, a Wednesday.
FIRST_DAY: Final = "2025-01-01"
_DAYS: Final = 365
#: Contacts happen from 9 to 20 o'clock.
_OPENS: Final = 9 * 60
_OPEN_MINUTES: Final = 11 * 60
_YEAR: Final = _DAYS * _OPEN_MINUTES
_LATEST_START: Final = 330 * _OPEN_MINUTES
#: Day of the year, counted from 0, that is the first Sunday.
_FIRST_SUNDAY: Final = 4


@dataclass(frozen=True)
class Log:
    """The contacts of all customers, one position a contact.

    Attributes:
        customer: Position of the customer, rising.
        step: Number of the contact in the customer's log, from 1.
        minute: Minutes since the first day's midnight.
        touchpoint: Position among the logged touchpoints.
        cents: Value of the order placed at this contact, 0 where there was none.
    """

    customer: Whole
    step: Whole
    minute: Whole
    touchpoint: Whole
    cents: Whole


@dataclass(frozen=True)
class _Stage:
    """Customers still under way, with where and when their next contact is."""

    customer: Whole
    place: Whole
    clock: Whole

    def where(self, keep: Flags) -> _Stage:
        return _Stage(self.customer[keep], self.place[keep], self.clock[keep])


def draw_log(draws: Draws, paths: Paths, style: Whole, loyalty: Whole) -> Log:
    """Let all customers move through the year.

    Args:
        draws: The random numbers.
        paths: How the company's customers move.
        style: Position of each customer's communication style.
        loyalty: Level of bonding one year earlier, 0 to 4.

    Returns:
        The log; every customer has one contact or more.
    """
    size = len(style)
    rows = list(_steps(draws, paths, style, loyalty))
    count = np.zeros(size, dtype=np.int64)
    for stage, _ in rows:
        count[stage.customer] += 1
    first = np.cumsum(count) - count
    log = {name: np.empty(int(count.sum()), dtype=np.int64) for name in _FIELDS}
    for step, (stage, cents) in enumerate(rows):
        at = first[stage.customer] + step
        log["customer"][at] = stage.customer
        log["step"][at] = step + 1
        log["minute"][at] = _clock_time(stage.clock)
        log["touchpoint"][at] = stage.place
        log["cents"][at] = cents
    return Log(**log)


_FIELDS: Final = ("customer", "step", "minute", "touchpoint", "cents")


def _steps(
    draws: Draws, paths: Paths, style: Whole, loyalty: Whole
) -> Iterator[tuple[_Stage, Whole]]:
    """Yield contact after contact of all customers who still have one in the year."""
    size = len(style)
    begin = draws.uniform("journey: begin", size) * _LATEST_START >> 32
    place = draws.choose("journey: start", paths.start_shares, style)
    stage = _on_open_day(paths, _Stage(np.arange(size), place, begin))
    number = 0
    while len(stage.customer):
        cents = _order(draws, paths, number, stage)
        yield stage, cents
        number += 1
        stage = _move(draws, paths, number, stage, cents > 0, style, loyalty)


def _order(draws: Draws, paths: Paths, number: int, stage: _Stage) -> Whole:
    """Draw the value of the order at each contact, 0 for none."""
    chance = np.zeros(len(paths.logged), dtype=np.int64)
    for touchpoint, per_mille in paths.orders.items():
        chance[paths.logged.index(touchpoint)] = per_mille
    ordered = draws.happens(f"journey {number}: order", chance[stage.place])
    cents = draws.amount(f"journey {number}: value", paths.order_cents, len(stage.place))
    return np.where(ordered, cents // 10 * 10, 0)


def _move(  # noqa: PLR0913, PLR0917
    draws: Draws,
    paths: Paths,
    number: int,
    stage: _Stage,
    ordered: Flags,
    style: Whole,
    loyalty: Whole,
) -> _Stage:
    """Draw where and when each customer's next contact is; drop those who have none."""
    end = len(paths.logged)
    row = stage.place.copy()
    for offset, touchpoint in enumerate(paths.orders):
        row[ordered & (stage.place == paths.logged.index(touchpoint))] = end + offset
    place = draws.choose(f"journey {number}: next", paths.next_shares, row)
    ended = place == end
    again = draws.happens(
        f"journey {number}: again", np.array(AGAIN, dtype=np.int64)[loyalty[stage.customer]]
    )
    start = draws.uniform(f"journey {number}: start", len(place))
    place = np.where(ended, pick(start, paths.start_shares, style[stage.customer]), place)
    pace = draws.uniform(f"journey {number}: gap", len(place))
    gap = np.zeros(len(place), dtype=np.int64)
    for knots in dict.fromkeys(paths.gaps):
        members = [position for position, own in enumerate(paths.gaps) if own == knots]
        chosen = np.isin(place, members)
        gap[chosen] = spread(pace[chosen], knots)
    gap[ended] = spread(pace[ended], PAUSE)
    moved = _on_open_day(paths, _Stage(stage.customer, place, stage.clock + gap))
    return moved.where((~ended | again) & (moved.clock < _YEAR))


def _on_open_day(paths: Paths, stage: _Stage) -> _Stage:
    """Move contacts that rest on Sundays to the Monday."""
    resting = [paths.logged.index(touchpoint) for touchpoint in paths.resting]
    sunday = (stage.clock // _OPEN_MINUTES - _FIRST_SUNDAY) % 7 == 0
    late = sunday & np.isin(stage.place, resting)
    return _Stage(stage.customer, stage.place, stage.clock + _OPEN_MINUTES * late)


def _clock_time(clock: Whole) -> Whole:
    """Turn minutes of opening time into minutes since the first midnight."""
    return clock // _OPEN_MINUTES * (24 * 60) + _OPENS + clock % _OPEN_MINUTES
