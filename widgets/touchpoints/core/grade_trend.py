"""Trend or step: how the share of fans runs over the grades of those who had contact.

"Only grade 1 counts" speaks of a step: grade 1 apart, the others alike. A scale that is added up or
averaged speaks of a line. This module fits both to the same counts, beside a curve that only has to
fall and one value for each grade, and compares them (`trend_models`).

The likelihood is binomial. With weights, or with customers in several rows, rows don't count in
full: each cell's counts are then taken at its effective sample size.

References:
    Rao, J. N. K. & Scott, A. J. (1992). A simple method for the analysis of clustered binary data.
    Biometrics 48, 577-585.
    Akaike, H. (1974). A new look at the statistical model identification. IEEE Transactions on
    Automatic Control 19, 716-723.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw
import numpy as np

from touchpoints.core.against_no_contact import contact_frame
from touchpoints.core.chi_squared import chi_squared_tail
from touchpoints.core.clusters import to_floats
from touchpoints.core.contacts import CUSTOMER, GRADE, TOUCHPOINT, as_columns
from touchpoints.core.customer_cells import customer_cells
from touchpoints.core.errors import InputError
from touchpoints.core.fan_counts import count_fans
from touchpoints.core.given_counts import read_counts
from touchpoints.core.numbers import whole
from touchpoints.core.rates import Rates, rates_of
from touchpoints.core.result import Result
from touchpoints.core.tables import from_rows, group_keys
from touchpoints.core.trend_models import (
    CATEGORICAL,
    ISOTONIC,
    LINEAR,
    MODELS,
    STEP,
    fit,
    log_likelihood,
    parameters,
)
from touchpoints.core.trend_validation import FOLDS, folds_of_counts, folds_of_customers, validate
from touchpoints.core.vocabulary import GRADES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from touchpoints.core.fan_rule import FanRule
    from touchpoints.core.frames import IntoFrame
    from touchpoints.core.numbers import FloatArray

_LEVEL: Final = 0.05
_CONFIDENCE: Final = 0.95
_TIE: Final = 1e-6  # smaller differences are rounding
_TABLE: Final = """model n effective_n parameters log_likelihood aic aic_excess lr lr_df p_value
    log_loss log_loss_excess excess_error""".split()  # noqa: SIM905  (a line a name otherwise)
_FITS: Final = ("model", GRADE, "n", "fans", "fan_rate_pct", "low_pct", "high_pct", "fitted_pct")


@dataclass(frozen=True)
class GradeTrend(Result):
    """Models of the share of fans over the grades, compared.

    What fits best describes these people's answers. It says nothing about what a better grade would
    bring about.

    Attributes:
        table: One row a group and model (constant, linear, step, isotonic, categorical): the
            columns of `by`, `model`, `n` (graded contacts), `effective_n` (independent rows that
            would tell as much), `parameters` (of the isotonic fit its levels, which the data chose:
            an estimate), `log_likelihood`, `aic`, `aic_excess` (above the group's smallest), `lr`,
            `lr_df` and `p_value` (likelihood-ratio test of the model within the categorical one;
            NaN where there is nothing to test, and for isotonic, whose law is another), `log_loss`
            (cross-validated, per contact), `log_loss_excess` (above the group's smallest),
            `excess_error` (standard error of that).
        fits: One row a group, model and grade: the columns of `by`, `model`, `grade`, `n`, `fans`,
            `fan_rate_pct` with `low_pct` and `high_pct` (95 %), `fitted_pct`.
        by: The columns grouped by.
        seed: Of the folds.
        weights: Column of weights, or None.
        cluster: Column of clusters that rows were added up by, or None where rows are independent.
    """

    table: Any
    fits: Any
    by: tuple[str, ...]
    seed: int
    weights: str | None = None
    cluster: str | None = None

    @property
    def text(self) -> str:
        """Say which model AIC and cross-validation prefer, and which are rejected."""
        rows = nw.from_native(self.table, eager_only=True).rows(named=True)
        groups = len(rows) // len(MODELS)
        end = "This describes an association, not what a better grade would bring about."
        if groups == 1:
            own = {row["model"]: row for row in rows}
            n, size = rows[0]["n"], rows[0]["effective_n"]
            worth = f", worth {size:,.0f} independent ones" if size < n - 0.5 else ""
            aic, loss = (simplest(rows, column)[0] for column in ("aic_excess", "log_loss_excess"))
            return (
                f"Over the grades of {n:,} contacts{worth}, AIC prefers the {aic} model and "
                f"{FOLDS}-fold cross-validation by customer the {loss} one; "
                f"{_test(own[LINEAR])}, {_test(own[STEP])}. {end}"
            )
        best = simplest(rows, "aic_excess")
        said = [f"{model} in {best.count(model)}" for model in MODELS if model in best]
        out = {
            m: sum(row["p_value"] <= _LEVEL for row in rows if row["model"] == m)
            for m in (LINEAR, STEP)
        }
        return (
            f"Of {groups} groups, AIC prefers {', '.join(said)}. Against one rate for each grade "
            f"the line is rejected in {out[LINEAR]} and the step in {out[STEP]} (likelihood-ratio "
            f"tests at 5 %, each by itself). {end}"
        )


def simplest(rows: Sequence[dict[str, Any]], excess: str) -> list[str]:
    """Name each group's best model by a column of excesses; of equal ones the simplest."""
    best = []
    for start in range(0, len(rows), len(MODELS)):
        own = rows[start : start + len(MODELS)]
        best.append(next(row["model"] for row in own if row[excess] < _TIE))
    return best


def _test(row: dict[str, Any]) -> str:
    name = "a line" if row["model"] == LINEAR else "a step"
    if np.isnan(row["p_value"]):
        return f"{name} can't be tested"
    p = "p < 0.001" if row["p_value"] < 0.001 else f"p = {row['p_value']:.3f}"  # noqa: PLR2004
    return f"{name} against one rate for each grade has {p}"


def grade_trend(  # noqa: PLR0913  (all but the frame are options)
    frame: IntoFrame,
    *,
    by: str | Sequence[str] | None = TOUCHPOINT,
    weights: str | None = None,
    cluster: str = CUSTOMER,
    rule: FanRule | None = None,
    seed: int = 0,
) -> GradeTrend:
    """Compare trend and step over the grades of those who had contact.

    Customers without contact take no part: what is asked is the shape among graded contacts.

    Args:
        frame: As `lift_over_no_contact` takes it; rows without a grade are left out.
        by: Column or columns to group by; None pools everything.
        weights: Column of weights, 0 or more, or None.
        cluster: Column that names what is sampled as one, and what folds keep together; by default
            the customer.
        rule: A rule that makes the fan status from the frame's columns.
        seed: Of the folds, a whole number of 0 or more.

    Returns:
        The comparison as a frozen result, groups sorted, models from simple to free.

    Raises:
        InputError: As `lift_over_no_contact`; or if no contact is graded.

    References:
        See the heads of this module, of `trend_models` and of `trend_validation`.

    Example:
        >>> import pandas as pd
        >>> contacts = pd.DataFrame({
        ...     "customer_id": range(300),
        ...     "touchpoint": "live_chat",
        ...     "grade": [1] * 100 + [2] * 100 + [3] * 100,
        ...     "fan": [True] * 70 + [False] * 30 + ([True] * 20 + [False] * 80) * 2,
        ... })
        >>> trend = grade_trend(contacts)
        >>> trend.table[["model", "parameters", "aic_excess", "p_value"]].round(4)
                 model  parameters  aic_excess  p_value
        0     constant           1     69.9608   0.0000
        1       linear           2     14.9475   0.0001
        2         step           2      0.0000   1.0000
        3     isotonic           2      0.0000      NaN
        4  categorical           3      2.0000      NaN
    """
    groups = as_columns(by)
    whole("seed", seed, 0)
    lazy = contact_frame(frame, groups, weights, cluster, rule)
    graded = lazy.filter(~nw.col(GRADE).is_null())
    single = TOUCHPOINT in groups and cluster == CUSTOMER
    keys = (*groups, GRADE)
    counts = count_fans(graded, keys, weights=weights, cluster=None if single else cluster)
    rates = rates_of(counts, clustered=not single)
    cells = customer_cells(graded, counts, groups, weights, cluster)
    fold = folds_of_customers(cells.customers, seed)[cells.customer]
    shape = (len(counts), FOLDS)
    at = cells.cell * FOLDS + fold
    k, s = (np.bincount(at, w, shape[0] * FOLDS).reshape(shape) for w in (cells.k, cells.s))
    result = _Cells(counts, groups, rates)
    sizes = (result.spread(k), result.spread(s))
    total = sizes[0].sum(axis=(1, 2), keepdims=True)
    scale = result.spread(rates.n[:, None]).sum(axis=(1, 2), keepdims=True) / total
    table, fits = _compared(result, sizes[0] * scale, sizes[1] * scale)
    return GradeTrend(table, fits, groups, seed, weights, None if single else cluster)


def grade_trend_from_counts(
    frame: IntoFrame,
    *,
    by: str | Sequence[str] | None = TOUCHPOINT,
    n: str = "n",
    fans: str = "fans",
    seed: int = 0,
) -> GradeTrend:
    """Compare trend and step in a ready-made table of counts.

    Each answer counts as that of another customer: a group should be one touchpoint.

    Args:
        frame: As `lift_from_counts` takes it; a row of no contact is left out.
        by: Column or columns that name the group besides the grade; None for a single group.
        n: Column with the number of answers.
        fans: Column with the number of fans among them.
        seed: Of the folds, a whole number of 0 or more.

    Returns:
        As `grade_trend`.

    Raises:
        InputError: As `lift_from_counts`; or if no row has a grade.

    Example:
        >>> import pandas as pd
        >>> counts = pd.DataFrame({"grade": [1, 2, 3], "n": [100] * 3, "fans": [70, 20, 20]})
        >>> trend = grade_trend_from_counts(counts, by=None)
        >>> trend.table["aic_excess"].round(1).tolist()
        [70.0, 14.9, 0.0, 0.0, 2.0]
    """
    groups = as_columns(by)
    whole("seed", seed, 0)
    counts = read_counts(frame, (*groups, GRADE), n, fans)
    counts = counts.filter(~nw.col(GRADE).is_null())
    if len(counts) == 0:
        raise InputError("no grade in the table of counts", "one or more", "add graded contacts")
    result = _Cells(counts, groups, rates_of(counts, clustered=False))
    own = result.rates
    by_fold = folds_of_counts(
        result.spread(own.n[:, None])[:, 0], result.spread(own.fans[:, None])[:, 0], seed
    )
    table, fits = _compared(result, *by_fold)
    return GradeTrend(table, fits, groups, seed)


class _Cells:
    """The cells of a table of counts as arrays by group and grade."""

    def __init__(self, counts: nw.DataFrame[Any], by: tuple[str, ...], rates: Rates) -> None:
        self.counts, self.by, self.rates = counts, by, rates
        keys = group_keys(counts, by)
        self.keys = list(dict.fromkeys(keys))
        place = {key: i for i, key in enumerate(self.keys)}
        self.group = np.array([place[key] for key in keys])
        self.grade = to_floats(counts, GRADE).astype(np.intp)

    def spread(self, values: npt.NDArray[Any]) -> FloatArray:
        """Bring columns by cell to group, column and grade, with 0 where there is no cell."""
        out = np.zeros((len(self.keys), values.shape[1], len(GRADES)))
        out[self.group, :, self.grade - 1] = values
        return out


def _compared(cells: _Cells, fold_n: FloatArray, fold_fans: FloatArray) -> tuple[Any, Any]:
    """Fit all models to all groups and compare them; two native frames."""
    rates = cells.rates
    size, yes = (
        cells.spread(v[:, None])[:, 0] for v in (rates.effective_n, rates.rate * rates.effective_n)
    )
    fitted = {model: fit(model, size, yes) for model in MODELS}
    reached = {model: log_likelihood(size, yes, fitted[model]) for model in MODELS}
    loss, excess, error = validate(fold_n, fold_fans)
    n = cells.spread(rates.n[:, None]).sum(axis=(1, 2))
    rows = []
    for i, key in enumerate(cells.keys):
        count = [parameters(model, size[i], fitted[model][i]) for model in MODELS]
        height = np.array([reached[model][i] for model in MODELS])
        aic = 2 * np.array(count) - 2 * height
        for j, model in enumerate(MODELS):
            lr, degrees = 2 * float(max(height[-1] - height[j], 0.0)), count[-1] - count[j]
            tested = degrees > 0 and model not in (ISOTONIC, CATEGORICAL)
            test = (lr, degrees, chi_squared_tail(lr, degrees)) if tested else (np.nan,) * 3
            about = (int(n[i]), float(size[i].sum()), count[j], float(height[j]), float(aic[j]))
            validated = (float(a[i, j]) for a in (loss, excess, error))
            row = (*key, model, *about, float(aic[j] - aic.min()), *map(float, test), *validated)
            rows.append(row)
    return from_rows(cells.counts, (*cells.by, *_TABLE), rows), _fits(cells, fitted)


def _fits(cells: _Cells, fitted: dict[str, FloatArray]) -> Any:  # noqa: ANN401  (a native frame)
    """Observed and fitted rates of each cell, one row a model."""
    rates = cells.rates
    low, high = rates.interval(_CONFIDENCE)
    rows = []
    for i, key in enumerate(cells.keys):
        own = np.flatnonzero(cells.group == i)
        for model in MODELS:
            for c in own:
                grade = int(cells.grade[c])
                shares = (rates.rate[c], low[c], high[c], fitted[model][i, grade - 1])
                counted = (int(rates.n[c]), int(rates.fans[c]))
                rows.append((*key, model, grade, *counted, *(100 * float(v) for v in shares)))
    return from_rows(cells.counts, (*cells.by, *_FITS), rows)
