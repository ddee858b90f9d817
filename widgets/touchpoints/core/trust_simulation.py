"""Simulate the contact cycle: many customers, each with a trust account of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from touchpoints.core.errors import InputError, echo
from touchpoints.core.hashed_draws import DRAW_RANGE, hashed_uniform
from touchpoints.core.intervals import wilson
from touchpoints.core.numbers import whole
from touchpoints.core.result import Result
from touchpoints.core.trust_cycle import TrustCycle
from touchpoints.core.vocabulary import CONTACT_PHASES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Whole = NDArray[np.int64]

#: Accounts are whole thousandths of a point: sums of whole numbers are the same everywhere.
_POINT: Final = 1000
_PERCENT: Final = 100
_CERTAIN: Final = _PERCENT**3
_PHASES: Final = len(CONTACT_PHASES)
_MOST_CUSTOMERS: Final = 1_000_000
_MOST_CYCLES: Final = 100
_QUARTILES: Final = (0.25, 0.5, 0.75)


@dataclass(frozen=True)
class TrustCourse(Result):
    """What `simulate_trust` gives: the accounts of all customers after each contact.

    Attributes:
        table: One row a cycle and phase: `cycle` (from 1), `contact_phase`, `n` (all customers),
            `taking_part` (those who had the contact), `median_points`, `q25_points`, `q75_points`
            (accounts of all customers), `in_credit` (customers above 0), `in_credit_pct` with
            Wilson's interval `low_pct` to `high_pct`, `expected_points` (without chance, if nobody
            stayed away).
        parameters: The parameters used.
        seed: The seed used.
    """

    table: Any
    parameters: TrustCycle
    seed: int

    @property
    def text(self) -> str:
        """Say who is in credit at the end, the middle account, and how many still take part."""
        last = self.table.iloc[-1]
        return (
            f"In this teaching model, {last['in_credit_pct']:.1f} % of {last['n']:,} simulated "
            f"customers (95 % interval {last['low_pct']:.1f} to {last['high_pct']:.1f} %) are in "
            f"credit after cycle {last['cycle']}; the median account holds "
            f"{last['median_points']:.1f} points, and {last['taking_part']:,} took part in the "
            "last cycle."
        )


def simulate_trust(
    parameters: TrustCycle, *, n_customers: int = 1000, n_cycles: int = 10, seed: int
) -> TrustCourse:
    """Send customers through the contact cycle again and again and watch their trust.

    The equations stand in `TrustCycle`; they are a teaching model, not a finding, and their
    parameters are assumptions. Chance decides each contact. The same customers have the same luck
    under the same seed, so two sets of parameters differ by the parameters alone.

    Quartiles are accounts of customers (the smallest account that at least a quarter, half, three
    quarters don't exceed). The interval tells how far the share of so many customers may lie from
    that of very many; it says nothing on whether the model is right. All accounts count in it, also
    of those who stayed away.

    A better phase never lowers an account as long as nobody stays away. With a limit it may: who
    stays away can't be disappointed again.

    Args:
        parameters: The parameters of the cycle.
        n_customers: From 1 to 1,000,000.
        n_cycles: From 1 to 100.
        seed: A whole number from 0 to 4,294,967,295.

    Returns:
        A frozen result with a table (pandas), a sentence and a chart; the same on every computer.

    Raises:
        InputError: If a number can't be used or `parameters` is no `TrustCycle`.

    Example:
        >>> course = simulate_trust(TrustCycle.preset("excellent_throughout"), seed=1)
        >>> course.table["in_credit"].tolist()[-4:]
        [970, 971, 966, 970]
    """
    if not isinstance(parameters, TrustCycle):
        raise InputError(
            f"parameters {echo(parameters)}",
            "a TrustCycle",
            "start from TrustCycle() or TrustCycle.preset(...)",
        )
    customers = whole("n_customers", n_customers, 1, _MOST_CUSTOMERS)
    cycles = whole("n_cycles", n_cycles, 1, _MOST_CYCLES)
    start = whole("seed", seed, 0, DRAW_RANGE - 1)
    rows = [
        (i // _PHASES + 1, CONTACT_PHASES[i % _PHASES], customers, taking_part, *_summary(account))
        for i, (account, taking_part) in enumerate(_accounts(parameters, customers, cycles, start))
    ]
    columns = ["cycle", "contact_phase", "n", "taking_part"]
    points = [f"{name}_points" for name in ("q25", "median", "q75")]
    table = pd.DataFrame(rows, columns=[*columns, *points, "in_credit"])
    low, high = wilson(table["in_credit"].to_numpy(), table["n"].to_numpy())
    table = table.assign(
        in_credit_pct=100 * table["in_credit"] / table["n"],
        low_pct=100 * low,
        high_pct=100 * high,
        expected_points=parameters.expected(cycles).ravel(),
    )
    return TrustCourse(table, parameters, start)


def _accounts(
    parameters: TrustCycle, customers: int, cycles: int, seed: int
) -> Iterator[tuple[Whole, int]]:
    """Give all accounts after each contact, in thousandths, and how many had the contact."""
    gains = np.array(parameters.deposit_points, dtype=np.int64) * _POINT
    losses = [int(points * _POINT + 0.5) for points in parameters.withdrawals()]
    usual = parameters.good_pct
    account = np.full(customers, parameters.start_points * _POINT, dtype=np.int64)
    last_post = np.full(customers, usual[0], dtype=np.int64)  # percent
    reputation = usual[0] * _PERCENT  # hundredths of a percent
    for cycle in range(cycles):
        if cycle:
            account = account * (_PERCENT - parameters.forget_pct) // _PERCENT
        present = account >= parameters.leave_below_points * _POINT
        taking_part = int(present.sum())
        contacts_good = 0
        for phase, name in enumerate(CONTACT_PHASES):
            chance: Whole | int = usual[phase] * _PERCENT**2
            if phase == 0:
                chance = _first_impression(parameters, last_post, reputation)
            if (cycle + 1, name) == (parameters.mishap_cycle, parameters.mishap_phase):
                chance = 0
            draws = hashed_uniform(seed, cycle * _PHASES + phase, customers)
            good = draws * _CERTAIN < np.asarray(chance) * DRAW_RANGE
            account = account + present * np.where(good, gains[phase], -losses[phase])
            contacts_good += int((good & present).sum())
            yield account, taking_part
        last_post = np.where(present, good * _PERCENT, last_post)
        if taking_part:
            reputation = contacts_good * _PERCENT**2 // (taking_part * _PHASES)


def _first_impression(parameters: TrustCycle, last_post: Whole, reputation: int) -> Whole:
    """Chance of a good pre-contact, in millionths: usual, own last experience, what is heard."""
    carried, heard = parameters.carry_over_pct, parameters.word_of_mouth_pct
    usual = (_PERCENT - carried - heard) * parameters.good_pct[0] * _PERCENT
    return usual + carried * last_post * _PERCENT + heard * reputation


def _summary(account: Whole) -> tuple[float, float, float, int]:
    """Quartiles in points, and how many are in credit."""
    quartiles = np.quantile(account, _QUARTILES, method="inverted_cdf") / _POINT
    low, middle, high = (float(q) for q in quartiles)
    return low, middle, high, int((account > 0).sum())
