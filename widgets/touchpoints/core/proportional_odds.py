"""Proportional odds: what goes with a higher answer on a scale, from a table of counts.

Cut a scale of K answers anywhere. The odds of an answer above the cut, in one group against
another, are said to be the same at each cut: exp(β). One number then stands for the whole scale,
and whether it may is tested: the model with a slope of its own at each cut must not fit clearly
better.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw
import numpy as np

from touchpoints.core.chi_squared import chi_squared_tail
from touchpoints.core.contacts import is_missing
from touchpoints.core.cumulative_logit import LogitFit, design, fit
from touchpoints.core.errors import InputError, echo, listing
from touchpoints.core.frames import (
    IntoFrame,
    require_columns,
    require_rows,
    require_whole_numbers,
    to_eager,
)
from touchpoints.core.intervals import z_value
from touchpoints.core.inversion import two_sided
from touchpoints.core.level_order import level_order, places_in
from touchpoints.core.result import Result
from touchpoints.core.tables import integers

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from touchpoints.core.numbers import FloatArray

_MOST: Final = 10**15
_ALL: Final = "all factors"


@dataclass(frozen=True)
class ProportionalOdds(Result):
    """Odds ratios of a higher answer, and whether one ratio serves the whole scale.

    Attributes:
        table: One row a level but the first of each factor: `factor`, `level`, `against` (the first
            level), `n` and `against_n` (answers at the two levels), `coefficient` (β, log of the
            odds ratio) with `standard_error`, `odds_ratio` (above 1: higher answers more often)
            with Wald bounds `low` and `high`, `p_value` (two-sided, Wald).
        thresholds: One row a cut: `cut` ("low | medium"), `threshold` (θ), `standard_error`.
        check: Likelihood ratios of the models in which the slopes of one factor, or of all, differ
            from cut to cut: `factor`, `statistic`, `degrees`, `p_value`; both numbers missing where
            the wider model can't be fitted.
        outcome: Column of the answers.
        n: Number of answers in all.
        log_likelihood: Of the answers given the factors.
        confidence: Of the intervals.
    """

    table: Any
    thresholds: Any
    check: Any
    outcome: str
    n: int
    log_likelihood: float
    confidence: float

    @property
    def text(self) -> str:
        """Say each odds ratio, and whether the data contradict one ratio for all cuts."""
        rows = nw.from_native(self.table, eager_only=True).rows(named=True)
        said = "; ".join(
            f"{row['factor']} {row['level']} against {row['against']} {row['odds_ratio']:.2f} "
            f"({row['low']:.2f} to {row['high']:.2f})"
            for row in rows
        )
        return (
            f"Odds of a higher {self.outcome}, {self.n:,} answers, {100 * self.confidence:g} % "
            f"intervals: {said}. {self._checked()} These are associations."
        )

    def _checked(self) -> str:
        row = nw.from_native(self.check, eager_only=True).rows(named=True)[-1]
        if row["degrees"] == 0:
            return "Two answers have one cut, so nothing is assumed of others."
        if is_missing(row["p_value"]):
            return "Whether one ratio serves all cuts can't be checked: the wider model has no fit."
        against = row["p_value"] <= 1 - self.confidence
        return (
            f"That one ratio serves all cuts is {'' if against else 'not '}contradicted "
            f"(likelihood ratio {row['statistic']:.1f} on {row['degrees']} degrees of freedom, p = "
            f"{row['p_value']:.3f})."
        )


def proportional_odds(  # noqa: PLR0913  (all but the frame are options)
    frame: IntoFrame,
    *,
    outcome: str,
    factors: str | Sequence[str],
    n: str = "n",
    levels: Mapping[str, Sequence[Any]] | None = None,
    confidence: float = 0.95,
) -> ProportionalOdds:
    """Fit proportional odds to a table of counts and test the assumption.

    With answers 1 … K from low to high and levels x of the factors, logit P(Y ≤ j) = θ_j - xβ;
    exp(β) is the odds ratio of a higher answer, the same at each cut j. The check compares with
    logit P(Y ≤ j) = θ_j - xβ_j by likelihood ratio: for each factor by itself, and for all.

    Args:
        frame: One row a combination of answer and levels; combinations may stand in several rows.
        outcome: Column of the answers.
        factors: Column or columns whose levels are compared; each enters by itself, without
            interactions.
        n: Column with the number of answers, 0 or more.
        levels: Order of the values of a column, lowest or reference first. Without it the order of
            the categories holds (pandas categories, Polars `Enum`); a factor that has none is
            sorted, an outcome that has none is refused.
        confidence: Of the intervals, between 0 and 1; 1 - confidence is the level of the check.

    Returns:
        The odds ratios as a frozen result.

    Raises:
        InputError: If a column is missing or a value not allowed, the outcome has no order or fewer
            than two answers, or the odds ratios have no finite estimate.

    References:
        McCullagh, P. (1980). Regression models for ordinal data. Journal of the Royal Statistical
        Society B 42, 109-142.
        Peterson, B. & Harrell, F. E. (1990). Partial proportional odds models for ordinal response
        variables. Applied Statistics 39, 205-217.

    Example:
        >>> import pandas as pd
        >>> counts = pd.DataFrame({
        ...     "answer": ["bad", "fair", "good"] * 2,
        ...     "contact": ["none"] * 3 + ["some"] * 3,
        ...     "n": [40, 40, 20, 20, 40, 40],
        ... })
        >>> odds = proportional_odds(
        ...     counts, outcome="answer", factors="contact",
        ...     levels={"answer": ["bad", "fair", "good"]},
        ... )
        >>> odds.table[["level", "against", "odds_ratio", "low", "high"]].round(2)
          level against  odds_ratio   low  high
        0  some    none        2.67  1.57  4.53
    """
    z = z_value(confidence)
    names = _names(outcome, factors)
    data = _read(frame, outcome, names, n)
    orders = {name: level_order(data, name, levels or {}, outcome) for name in (outcome, *names)}
    answer = places_in(data, outcome, orders[outcome])
    columns = {name: _dummies(places_in(data, name, orders[name]), orders[name]) for name in names}
    sizes = np.asarray(data.get_column(n).to_list(), dtype=np.float64)
    cuts = len(orders[outcome]) - 1
    own = np.zeros((len(sizes), 0))
    every = np.concatenate(list(columns.values()), axis=1)
    fitted = fit(design(every, own, cuts), answer, sizes)
    if fitted is None:
        raise InputError(
            f"no finite odds ratio for {listing(names)}",
            "levels that all meet several answers, and no factor that follows from the others",
            "join small levels or leave a factor out",
        )
    checks = [_check(fitted, columns, {name}, answer, sizes, cuts) for name in names]
    checks.append(_check(fitted, columns, set(names), answer, sizes, cuts))
    frames = _frames(fitted, orders, outcome, columns, sizes, z)
    made = [nw.from_dict(f, backend=data.implementation).to_native() for f in frames]
    check = {
        "factor": [*names, _ALL],
        "statistic": [c[0] for c in checks],
        "degrees": [c[1] for c in checks],
        "p_value": [c[2] for c in checks],
    }
    return ProportionalOdds(
        made[0],
        made[1],
        nw.from_dict(check, backend=data.implementation).to_native(),
        outcome,
        int(sizes.sum()),
        fitted.log_likelihood,
        confidence,
    )


def _names(outcome: object, factors: str | Sequence[str]) -> tuple[str, ...]:
    names = (factors,) if isinstance(factors, str) else factors
    if not isinstance(names, Sequence) or not all(isinstance(name, str) for name in names):
        raise InputError(f"factors {echo(factors)}", "a column or several", "pass names as text")
    names = tuple(names)
    if not names or len({outcome, *names}) <= len(names):
        raise InputError(
            f"factors {listing(names) or 'none'}",
            "one column or several, each once, without the outcome",
            "name the columns whose levels are compared",
        )
    return names


def _read(frame: IntoFrame, outcome: str, names: Sequence[str], n: str) -> nw.DataFrame[Any]:
    """Check the columns and leave out combinations that nobody gave."""
    data = to_eager(frame)
    require_columns(data, (outcome, *names, n))
    require_rows(data, "table of counts")
    require_whole_numbers(data, n, 0, _MOST)
    kept = data.filter(nw.col(n) > 0)
    require_rows(kept, "table of counts above 0")
    return kept


def _dummies(places: npt.NDArray[np.intp], order: list[Any]) -> FloatArray:
    """One column a level but the first: 1 where the row has it."""
    return np.eye(len(order))[places][:, 1:]


def _check(  # noqa: PLR0913, PLR0917  (the parts of two models)
    fitted: LogitFit,
    columns: Mapping[str, FloatArray],
    apart: set[str],
    answer: npt.NDArray[np.intp],
    sizes: FloatArray,
    cuts: int,
) -> tuple[float | None, int, float | None]:
    """Compare with slopes that differ between the cuts; degrees 0 where there is one cut."""
    none = np.zeros((len(sizes), 0))
    common = np.concatenate([none, *(c for k, c in columns.items() if k not in apart)], axis=1)
    own = np.concatenate([none, *(c for k, c in columns.items() if k in apart)], axis=1)
    degrees = (cuts - 1) * own.shape[1]
    wider = fit(design(common, own, cuts), answer, sizes) if degrees else None
    if wider is None:
        return None, degrees, None
    statistic = max(2 * (wider.log_likelihood - fitted.log_likelihood), 0.0)
    return statistic, degrees, chi_squared_tail(statistic, degrees)


def _frames(  # noqa: PLR0913, PLR0917  (what two tables are made of)
    fitted: LogitFit,
    orders: Mapping[str, list[Any]],
    outcome: str,
    columns: Mapping[str, FloatArray],
    sizes: FloatArray,
    z: float,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give the columns of the table of odds ratios and of the table of thresholds."""
    cuts = len(orders[outcome]) - 1
    error = np.sqrt(np.diag(fitted.covariance))
    beta, own = fitted.estimates[cuts:], error[cuts:]
    level_n = {name: integers(sizes @ columns[name]) for name in columns}
    first_n = {name: int(sizes.sum()) - int(level_n[name].sum()) for name in columns}
    keys = [(name, level) for name in columns for level in orders[name][1:]]
    bounds = np.exp([beta, beta - z * own, beta + z * own])
    table = {
        "factor": [name for name, _ in keys],
        "level": [str(level) for _, level in keys],
        "against": [str(orders[name][0]) for name, _ in keys],
        "n": [int(v) for name in columns for v in level_n[name]],
        "against_n": [first_n[name] for name, _ in keys],
        "coefficient": beta.tolist(),
        "standard_error": own.tolist(),
        "odds_ratio": bounds[0].tolist(),
        "low": bounds[1].tolist(),
        "high": bounds[2].tolist(),
        "p_value": two_sided(beta / own).tolist(),
    }
    order = orders[outcome]
    thresholds = {
        "cut": [f"{a} | {b}" for a, b in pairwise(order)],
        "threshold": fitted.estimates[:cuts].tolist(),
        "standard_error": error[:cuts].tolist(),
    }
    return table, thresholds
