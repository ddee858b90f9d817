"""How often the claim test reaches which verdict, if the rates were as assumed: by simulation.

No formula gives the power of an intersection-union test whose six contrasts share one group and, if
touchpoints are pooled, its customers. So surveys are drawn (`survey_draws`), each is judged by the
very code of `only_best_counts`, and the verdicts are counted. How often a verdict falls is itself
an estimate, from as many surveys as were drawn; it comes with Wilson's interval.

A survey without a negative control can't reach "consistent": a pattern that holds reads "not
identifiable" there. So that verdict counts how often the pattern is found.

References:
    Morris, T. P., White, I. R. & Crowther, M. J. (2019). Using simulation studies to evaluate
    statistical methods. Statistics in Medicine 38, 2074-2102.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from touchpoints.core.claim import judge
from touchpoints.core.claim_parts import (
    CONSISTENT,
    NOT_IDENTIFIABLE,
    PARTS,
    VERDICTS,
    require_levels,
)
from touchpoints.core.errors import InputError
from touchpoints.core.intervals import wilson
from touchpoints.core.numbers import whole
from touchpoints.core.result import Result
from touchpoints.core.survey_draws import SURVEY, AssumedSurvey

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CLAIM: Final = "claim"

#: Numbers held at once while surveys are drawn, and surveys judged together.
_AT_ONCE: Final = 2_000_000
_TOGETHER: Final = 100
#: A survey is drawn whole: memory goes with its customers.
_MOST_CUSTOMERS: Final = 1_000_000
_MOST_DRAWS: Final = 100_000


@dataclass(frozen=True)
class ClaimPower(Result):
    """How often the claim test would reach which verdict.

    Attributes:
        table: One row a number of customers, part of the claim and verdict: `customers`, `what`
            ("claim" or one of its three parts), `verdict`, `draws` (surveys with this verdict),
            `share_pct`, `low_pct`, `high_pct` (95 % Monte-Carlo interval).
        draws: Surveys drawn for each number of customers.
        touchpoints: Touchpoints that each customer answers about.
        clustering: Assumed correlation of a customer's answers.
        margin_points: What grades 3 to 6 had to stay below.
        alpha: Level of each one-sided test.
    """

    table: Any
    draws: int
    touchpoints: int
    clustering: float
    margin_points: float
    alpha: float

    @property
    def text(self) -> str:
        """Say how often the pattern would be found, and which part stands in the way."""
        said = []
        for customers, rows in self.table.groupby("customers"):
            found = rows[(rows["what"] == CLAIM) & (rows["verdict"] == NOT_IDENTIFIABLE)].iloc[0]
            parts = rows[(rows["what"] != CLAIM) & (rows["verdict"] == CONSISTENT)]
            least = parts.loc[parts["share_pct"].idxmin()]
            said.append(
                f"{customers:,} customers in {found['share_pct']:.1f} % "
                f"({found['low_pct']:.1f} to {found['high_pct']:.1f}), where the part "
                f"“{least['what']}” is shown in {least['share_pct']:.1f} %"
            )
        return (
            f"If the rates were as assumed, the pattern “only grade 1 counts” would be found with "
            f"{'; with '.join(said)}. Counted in {self.draws:,} simulated surveys each, with 95 % "
            "Monte-Carlo intervals; a pattern alone is not identifiable without a negative control."
        )


def claim_power(  # noqa: PLR0913  (what a plan assumes)
    fan_rates_pct: Mapping[int, float],
    *,
    no_contact_rate_pct: float,
    grade_shares_pct: Mapping[int, float],
    no_contact_share_pct: float,
    customers: int | Sequence[int],
    seed: int,
    touchpoints: int = 1,
    clustering: float = 0.0,
    margin_points: float = 2.0,
    alpha: float = 0.05,
    draws: int = 500,
) -> ClaimPower:
    """Simulate how often `only_best_counts` would reach which verdict, without a control.

    How surveys are drawn stands at the head of `survey_draws`. With one touchpoint each customer
    answers once, as in `only_best_counts(by="touchpoint")`; with several the touchpoints are pooled
    and the test allows for clusters, as in `only_best_counts(by=None)`. The mean number of contacts
    of a customer is the number of touchpoints times the share of answers with contact.

    Args:
        fan_rates_pct: Assumed fan rate of each grade, 0 to 100.
        no_contact_rate_pct: Assumed fan rate without contact, 0 to 100.
        grade_shares_pct: Share of each grade among the contacts; they come to 100.
        no_contact_share_pct: Share of answers without contact, above 0 and below 100.
        customers: Customers who answer, 1 to 1,000,000; a number or several.
        seed: Start of the random numbers; the same seed draws the same surveys.
        touchpoints: Touchpoints that each customer answers about, 1 to 1,000, all alike.
        clustering: Correlation of two answers of a customer beyond what the fan status explains, 0
            to 1. No matter with one touchpoint.
        margin_points: As in `only_best_counts`.
        alpha: As in `only_best_counts`.
        draws: Surveys to draw for each number of customers, 1 to 100,000.

    Returns:
        How often each verdict falls, for the claim and for each of its parts, as a frozen result.

    Raises:
        InputError: If a number is out of its range, rates and shares are of other grades, or so few
            customers are asked that a survey has nobody with, or nobody without contact.

    References:
        Morris, White & Crowther (2019), see the head of the module.

    Example:
        >>> power = claim_power(
        ...     {1: 50, 2: 24, 3: 15}, no_contact_rate_pct=30,
        ...     grade_shares_pct={1: 30, 2: 40, 3: 30}, no_contact_share_pct=60,
        ...     customers=3000, draws=200, seed=1,
        ... )
        >>> parts = power.table[power.table["verdict"] == "consistent"]
        >>> parts[["what", "draws"]].values.tolist()[1:3]
        [['grade 1 lifts', 200], ['grade 2 lowers', 164]]
    """
    assumed = AssumedSurvey.of(
        fan_rates_pct,
        no_contact_rate_pct=no_contact_rate_pct,
        grade_shares_pct=grade_shares_pct,
        no_contact_share_pct=no_contact_share_pct,
        touchpoints=touchpoints,
        clustering=clustering,
    )
    require_levels(margin_points, alpha)
    whole("draws", draws, 1, _MOST_DRAWS)
    asked = {"margin_points": margin_points, "alpha": alpha}
    tables = []
    for size in np.unique(_sizes(customers)).tolist():
        rng = np.random.default_rng([whole("seed", seed, 0), size])
        tables.append(_counted(_verdicts(assumed, size, draws, rng, asked), size))
    table = pd.concat(tables, ignore_index=True)
    return ClaimPower(table, draws, assumed.touchpoints, assumed.clustering, margin_points, alpha)


def _verdicts(
    assumed: AssumedSurvey,
    customers: int,
    draws: int,
    rng: np.random.Generator,
    asked: Mapping[str, float],
) -> pd.DataFrame:
    """Draw and judge: one row a survey and part, `what` and `verdict`."""
    held = customers * len(assumed.shares) if assumed.touchpoints > 1 else 1
    together = min(max(_AT_ONCE // held, 1), _TOGETHER)
    found = []
    for done in range(0, draws, together):
        surveys = min(together, draws - done)
        counts = assumed.draw(customers, surveys, rng)
        _require_both(counts.to_native(), surveys, customers)
        table, parts = judge(counts, None, (SURVEY,), asked, None)
        found += [table.assign(what=CLAIM), parts.rename(columns={"part": "what"})]
    return pd.concat([part[["what", "verdict"]] for part in found], ignore_index=True)


def _counted(verdicts: pd.DataFrame, customers: int) -> pd.DataFrame:
    """Count the verdicts of each part, those that never fell too."""
    # A part by itself is never "not identifiable".
    cells = [(CLAIM, v) for v in VERDICTS] + [(p, v) for p in PARTS for v in VERDICTS[:3]]
    counts = verdicts.value_counts(["what", "verdict"]).reindex(cells, fill_value=0)
    table = counts.rename("draws").reset_index()
    n = len(verdicts) / (1 + len(PARTS))
    low, high = wilson(table["draws"].to_numpy(), np.full(len(table), n))
    table["share_pct"] = 100 * table["draws"] / n
    table["low_pct"], table["high_pct"] = 100 * low, 100 * high
    table.insert(0, "customers", customers)
    return table


def _require_both(counts: pd.DataFrame, surveys: int, customers: int) -> None:
    """Raise an `InputError` if a survey lacks contacts, or customers without."""
    for contact, who in ((True, "nobody with contact"), (False, "nobody without contact")):
        if counts[counts["grade"].notna() == contact][SURVEY].nunique() < surveys:
            raise InputError(
                f"{customers:,} customers, of whom in a simulated survey {who}",
                "enough for contacts and customers without in each survey",
                "plan more customers",
            )


def _sizes(customers: int | Sequence[int]) -> list[int]:
    sizes = np.atleast_1d(np.asarray(customers, dtype=object)).tolist()
    if not sizes:
        raise InputError("customers none", "one number or more", "name a number")
    return [whole("customers", size, 1, _MOST_CUSTOMERS) for size in sizes]
