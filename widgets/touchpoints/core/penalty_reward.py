"""Penalty-reward contrasts: how far bad and good contacts lie from those in the middle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw
import numpy as np

from touchpoints.core.contacts import GRADE, SMALL_CELL, TOUCHPOINT, is_missing
from touchpoints.core.contrast_classes import CLASSES, ClassRule
from touchpoints.core.contrast_sums import (
    LEVELS,
    deviations,
    level_dummies,
    level_sizes,
    sums_of_fit,
    sums_of_shares,
    unit_of,
)
from touchpoints.core.customer_matrix import customer_matrix
from touchpoints.core.errors import InputError, one_of
from touchpoints.core.fan_rule import FAN, FanRule
from touchpoints.core.frames import to_lazy
from touchpoints.core.given_counts import read_counts
from touchpoints.core.grade_levels import GradeLevels
from touchpoints.core.intervals import z_value
from touchpoints.core.result import Result
from touchpoints.core.robust_fit import linear_fit, logit_fit
from touchpoints.core.tables import attach, integers

if TYPE_CHECKING:
    from touchpoints.core.frames import IntoFrame
    from touchpoints.core.numbers import FloatArray

_STANDARDS: Final = ("none", "outcome", "beta")
_SCALES: Final = ("points", "log_odds")


@dataclass(frozen=True)
class PenaltyReward(Result):
    """Penalties, rewards and their asymmetry, by touchpoint. Associations, not effects.

    Attributes:
        table: One row a touchpoint: `touchpoint`, `n_bad`, `n_middle`, `n_good`, `n_no_contact`
            (customers), `penalty` (bad against the middle; below 0 as a rule), `reward` (good
            against the middle), `no_contact` (no contact against the middle), `asymmetry` (-penalty
            - reward: above 0 where bad weighs more than good), each with `_low` and `_high`, then
            `factor` (the class) and `small_cell` (under 30 in one of bad, middle, good). Numbers
            that the data can't tell are NaN or null.
        unit: Of the numbers, in words.
        levels: The cut-offs of bad and good.
        rule: The rule behind `factor`.
        adjusted: True if all touchpoints stand in one model, False if each is seen by itself.
        outcome: What the numbers are about.
        unknown: Customers left out because their outcome is not known.
        confidence: Of the intervals.
    """

    table: Any
    unit: str
    levels: GradeLevels
    rule: ClassRule
    adjusted: bool
    outcome: str
    unknown: int
    confidence: float

    @property
    def text(self) -> str:
        """Say how many touchpoints fall into each class, and under which choices."""
        rows = nw.from_native(self.table, eager_only=True).rows(named=True)
        found = [row["factor"] for row in rows]
        counted = ", ".join(f"{found.count(name)} {name}" for name in CLASSES)
        bad = sum(row["asymmetry_low"] is not None and row["asymmetry_low"] > 0 for row in rows)
        good = sum(row["asymmetry_high"] is not None and row["asymmetry_high"] < 0 for row in rows)
        how = "all touchpoints in one model" if self.adjusted else "each touchpoint by itself"
        small = sum(row["small_cell"] for row in rows)
        confidence = f"{100 * self.confidence:g} %"
        said = [
            f"{len(rows)} touchpoints, {how}, outcome {self.outcome} in {self.unit}: {counted}.",
            f"Bad clearly weighs more than good at {bad}, less at {good} ({confidence} intervals).",
            f"Here {self.levels.text}; {self.rule.text}.",
        ]
        if small:
            said.append(f"{small} of {len(rows)} rest on a small cell.")
        if self.unknown:
            said.append(f"{self.unknown:,} without a known outcome are left out.")
        return " ".join([*said, "These are associations, not effects of the contact."])


def penalty_reward(  # noqa: PLR0913  (all but the frame are options)
    frame: IntoFrame,
    *,
    outcome: str = FAN,
    rule: FanRule | None = None,
    weights: str | None = None,
    levels: GradeLevels | None = None,
    scale: str = "points",
    standardise: str = "none",
    classes: ClassRule | None = None,
    confidence: float = 0.95,
) -> PenaltyReward:
    """Contrast bad and good contacts with those in the middle, at all touchpoints in one model.

    Each touchpoint gives a regression three dummies: bad, good and no contact, against the middle.
    No grade is invented for those without contact; they are a level of their own, and what they
    differ from the middle is reported. One row is one customer, so no customer counts twice, and
    the covariance is robust (HC3 for `points`, HC1 for `log_odds`; Student's t).

    With the fan status as outcome, `points` has a floor: where few in the middle are fans, a bad
    contact can't lower the rate much. The asymmetry then tells about the rule of fans. Look at
    `log_odds`, and at an outcome without a floor.

    Args:
        frame: Any frame with one row a customer and touchpoint: `customer_id`, `touchpoint`,
            `grade` (nothing for no contact) and the outcome; no row counts as no contact.
        outcome: `fan`, or a column with one number a customer, more being better (turn grades round
            first).
        rule: A rule that makes the fan status from the frame's columns.
        weights: Column of weights, 0 or more, one a customer, or None.
        levels: Cut-offs of good and bad; by default good is 1 and bad 4 or worse.
        scale: `points` (least squares; percentage points for fans) or `log_odds` (logistic
            regression; only for fans).
        standardise: `none`; `outcome` (in standard deviations of the outcome); or `beta` (also
            times the standard deviation of the dummy, so that rare levels weigh less: it tells what
            varies among customers, no longer what a contact goes with).
        classes: The rule that names the factor.
        confidence: Of the intervals, between 0 and 1.

    Returns:
        The contrasts as a frozen result, touchpoints in alphabetical order.

    Raises:
        InputError: If a column is missing, a value is not allowed, an option is not known, or there
            are too few customers.

    References:
        Brandt, R. D. (1987). A procedure for identifying value-enhancing service components using
        customer satisfaction survey data. In: Add Value to Your Service. AMA, 61-65.
        Mittal, V., Ross, W. T. & Baldasare, P. M. (1998). Journal of Marketing 62, 33-47.
        Mikulić, J. & Prebežac, D. (2011). Managing Service Quality 21(1) (who doubt that the
        method can find Kano's classes).

    Example:
        >>> import pandas as pd
        >>> visits = pd.DataFrame({
        ...     "customer_id": range(90), "touchpoint": "shop",
        ...     "grade": [1] * 20 + [3] * 30 + [5] * 20 + [None] * 20,
        ...     "score": [9, 8] * 10 + [7, 6] * 15 + [2, 1] * 10 + [6, 5] * 10,
        ... })
        >>> table = penalty_reward(visits, outcome="score").table
        >>> table[["penalty", "reward", "no_contact", "asymmetry", "factor"]].round(2)
           penalty  reward  no_contact  asymmetry       factor
        0     -5.0     2.0        -1.0        3.0  performance
    """
    z_value(confidence)
    one_of("scale", scale, _SCALES)
    one_of("standardise", standardise, _STANDARDS)
    levels, classes = levels or GradeLevels(), classes or ClassRule()
    if scale == "log_odds" and (outcome != FAN or standardise != "none"):
        raise InputError(
            f"scale 'log_odds' with outcome {outcome!r} and standardise {standardise!r}",
            "the outcome 'fan', not standardised",
            "pass scale='points' or leave these options out",
        )
    data = customer_matrix(frame, outcome=outcome, rule=rule, weights=weights)
    dummies = level_dummies(data, levels)
    x = np.column_stack([np.ones(len(data.outcome)), *np.moveaxis(dummies, 1, 0)])
    unit, factor = "log-odds", 1.0
    if scale == "log_odds":
        fit = logit_fit(x, data.outcome, data.weights)
    else:
        fit = linear_fit(x, data.outcome, data.weights)
        unit, factor = unit_of(data, outcome, standardise)
    sizes = factor * (deviations(x, data) if standardise == "beta" else np.ones(x.shape[1]))
    columns = sums_of_fit(fit, sizes, confidence)
    counts = level_sizes(data, dummies)
    table = _table(to_lazy(frame), data.touchpoints, counts, columns, classes)
    return PenaltyReward(table, unit, levels, classes, True, outcome, data.unknown, confidence)


def penalty_reward_from_counts(  # noqa: PLR0913  (all but the frame are options)
    frame: IntoFrame,
    *,
    n: str = "n",
    fans: str = "fans",
    levels: GradeLevels | None = None,
    classes: ClassRule | None = None,
    confidence: float = 0.95,
) -> PenaltyReward:
    """Contrast bad and good with the middle in a table of counts, each touchpoint by itself.

    Counts can't tell who stands at several touchpoints, so nothing is adjusted for the others. The
    intervals join Wilson's intervals of the levels, as Newcombe's does for two, and keep a width
    where nobody is a fan.

    Args:
        frame: One row a touchpoint and grade: `touchpoint`, `grade` (nothing for no contact), and
            the counts.
        n: Column with the number of answers.
        fans: Column with the number of fans (or of another yes) among them.
        levels: Cut-offs of good and bad.
        classes: The rule that names the factor.
        confidence: Of the intervals.

    Returns:
        As `penalty_reward`, in percentage points.

    Raises:
        InputError: If a column is missing or a count is not allowed.

    References:
        Zou, G. Y., Huang, W. & Zhang, X. (2009). A note on confidence interval estimation for a
        linear function of binomial proportions. Computational Statistics & Data Analysis 53.

    Example:
        >>> import pandas as pd
        >>> counts = pd.DataFrame({
        ...     "touchpoint": "shop", "grade": [1, 2, 5, None],
        ...     "n": [100, 100, 50, 200], "fans": [70, 30, 5, 60],
        ... })
        >>> table = penalty_reward_from_counts(counts).table
        >>> table[["penalty", "reward", "asymmetry", "asymmetry_low", "asymmetry_high"]].round(1)
           penalty  reward  asymmetry  asymmetry_low  asymmetry_high
        0    -20.0    40.0      -20.0          -41.4             2.2
    """
    z_value(confidence)
    levels, classes = levels or GradeLevels(), classes or ClassRule()
    rows = read_counts(frame, (TOUCHPOINT, GRADE), n, fans).rows(named=True)
    names = tuple(sorted({str(row[TOUCHPOINT]) for row in rows}))
    size, yes = (np.zeros((len(LEVELS), len(names))) for _ in range(2))
    for row in rows:
        level = "no_contact" if is_missing(row[GRADE]) else levels.level(row[GRADE])
        place = LEVELS.index(level), names.index(str(row[TOUCHPOINT]))
        size[place] += row["n"]
        yes[place] += row["fans"]
    columns = sums_of_shares(size, yes, confidence)
    table = _table(to_lazy(frame), names, size, columns, classes)
    unit = "percentage points"
    return PenaltyReward(table, unit, levels, classes, False, fans, 0, confidence)


def _table(
    like: nw.LazyFrame[Any],
    names: tuple[str, ...],
    sizes: FloatArray,
    columns: dict[str, FloatArray],
    classes: ClassRule,
) -> Any:  # noqa: ANN401
    """Put the numbers beside the touchpoints, in a frame of the engine that came in."""
    backend = like.select(nw.all()).head(0).collect().implementation
    keys = nw.from_dict({TOUCHPOINT: list(names)}, backend=backend)
    n = {f"n_{name}": integers(row) for name, row in zip(LEVELS, sizes, strict=True)}
    order = ("penalty", "reward", "no_contact", "asymmetry")
    numbers = {f"{c}{end}": columns[f"{c}{end}"] for c in order for end in ("", "_low", "_high")}
    last = {"factor": classes.classes(columns), "small_cell": sizes[:3].min(axis=0) < SMALL_CELL}
    return attach(keys, n | numbers | last).to_native()
