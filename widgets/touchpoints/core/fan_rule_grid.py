"""How much hangs on the fan rule: fan rate and lifts under every rule of a grid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from touchpoints.core.clusters import CrossSums, Sums, effective_n, to_floats
from touchpoints.core.errors import InputError, echo
from touchpoints.core.fan_rule import FanRule
from touchpoints.core.frames import to_lazy
from touchpoints.core.intervals import newcombe_at, z_value
from touchpoints.core.rates import Rates
from touchpoints.core.result import Result
from touchpoints.core.status_classes import FAN_DIGIT, LIFTED, status_classes, statuses
from touchpoints.core.tables import attach, integers
from touchpoints.core.top_items_rule import TopItemsRule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchpoints.core.frames import IntoFrame
    from touchpoints.core.numbers import FloatArray


@dataclass(frozen=True)
class FanRuleGrid(Result):
    """Fan rate and lifts of grades 1 and 2 under many rules, all on the same answers.

    Attributes:
        table: One row a rule: `rule` (in a few words), `kind` (`mean` or `top items`), `cut_off`,
            `at_least` (items; 0 for a mean), `satisfied_at_most` (0 for bonding alone), `n`
            (customers with known answers), `fans`, `fan_rate_pct` with `low_pct` and `high_pct`,
            and for g = 1, 2 `lift_g_points` (fan rate of grade g minus that of no contact, all
            touchpoints pooled, by customer) with `_low` and `_high`.
        rules: The rules, in the order of the table.
        weights: Column of weights, or None.
        confidence: Of the intervals, each for itself.
    """

    table: Any
    rules: tuple[FanRule, ...]
    weights: str | None
    confidence: float

    @property
    def text(self) -> str:
        """Say how far the fan rate runs, and how many rules agree on the lifts."""
        rows = nw.from_native(self.table, eager_only=True).rows(named=True)
        low, high = (f(rows, key=lambda r: r["fan_rate_pct"]) for f in (min, max))
        above = sum(row["lift_1_points_low"] > 0 for row in rows)
        below = sum(row["lift_2_points_high"] < 0 for row in rows)
        return (
            f"Over {len(rows)} rules the fan rate runs from {low['fan_rate_pct']:.1f} % "
            f"({low['rule']}) to {high['fan_rate_pct']:.1f} % ({high['rule']}). Grade 1 lies "
            f"clearly above no contact under {above} of them, grade 2 clearly below under {below} "
            f"({100 * self.confidence:g} % intervals). These are associations; rules with "
            "satisfaction partly build them in."
        )


def rule_grid(
    *,
    cut_offs: Sequence[float] = (3.0, 3.5, 4.0, 4.5, 5.0),
    top_answers: Sequence[float] = (4, 5),
    at_least: Sequence[int] = (1, 3, 5),
    satisfaction: Sequence[float | None] = (None, 2, 1),
) -> tuple[FanRule, ...]:
    """Make all rules of a grid.

    Args:
        cut_offs: Smallest means of the bonding items.
        top_answers: Smallest answers that count as high.
        at_least: Numbers of items with a high answer.
        satisfaction: Worst grades of satisfaction, None for bonding alone.

    Returns:
        One rule a mean, and one a high answer and number of items, with each condition on
        satisfaction.

    Example:
        >>> len(rule_grid()), rule_grid()[0].name, rule_grid(satisfaction=[2])[-1].name
        (33, 'mean 3', '5 of 5 at 5, satisfied 2')
    """
    means = [FanRule(cut_off=float(cut)) for cut in cut_offs]
    tops = [TopItemsRule(cut_off=float(t), at_least=k) for t in top_answers for k in at_least]
    return tuple(
        replace(rule, satisfaction_at_most=limit) for limit in satisfaction for rule in means + tops
    )


def fan_rule_grid(
    customers: IntoFrame,
    contacts: IntoFrame,
    *,
    rules: Sequence[FanRule] | None = None,
    weights: str | None = None,
    confidence: float = 0.95,
) -> FanRuleGrid:
    """Estimate fan rate and lifts of grades 1 and 2 under every rule.

    The statuses of all rules are made at once; then customers with the same statuses are added up
    on the frame's engine, and only these sums leave it. The lifts are those of
    `lift_over_no_contact(..., by=None)`, with intervals by customer.

    Args:
        customers: One row a customer: `customer_id` and the columns of the rules.
        contacts: One row a customer and touchpoint: `customer_id`, `touchpoint`, `grade` (nothing
            for no contact); an engine of the same kind.
        rules: The rules; by default `rule_grid()`.
        weights: Column of `customers` with weights, 0 or more, or None.
        confidence: Of the intervals.

    Returns:
        The grid as a frozen result, rules in the order given.

    Raises:
        InputError: If a column is missing, a value is not allowed, or there is no contact with
            grade 1, none with grade 2, or nobody without contact.

    References:
        Steegen, S., Tuerlinckx, F., Gelman, A. & Vanpaemel, W. (2016). Increasing transparency
        through a multiverse analysis. Perspectives on Psychological Science 11, 702-712.
        Simonsohn, U., Simmons, J. P. & Nelson, L. D. (2020). Specification curve analysis. Nature
        Human Behaviour 4, 1208-1214.

    Example:
        >>> import pandas as pd
        >>> people = pd.DataFrame({"customer_id": range(6), "satisfaction": [1, 2, 2, 3, 1, 4]})
        >>> people = people.assign(**{f"bonding_{i}": [5, 4, 3, 3, 5, 2] for i in range(1, 6)})
        >>> visits = pd.DataFrame({
        ...     "customer_id": range(6), "touchpoint": "shop", "grade": [1, 2, 2, None, 1, None],
        ... })
        >>> grid = fan_rule_grid(people, visits, rules=[FanRule(), TopItemsRule()])
        >>> grid.table[["rule", "fans", "fan_rate_pct", "lift_1_points", "lift_2_points"]].round(1)
                rule  fans  fan_rate_pct  lift_1_points  lift_2_points
        0     mean 4     3          50.0          100.0           50.0
        1  3 of 5 at 5     2          33.3          100.0            0.0
    """
    z = z_value(confidence)
    chosen = _checked_rules(rules)
    classes = status_classes(to_lazy(customers), to_lazy(contacts), chosen, weights)
    status = statuses(classes, len(chosen))
    known, fan = (status > 0).astype(np.float64), (status == FAN_DIGIT).astype(np.float64)
    _, people = _rates(known, fan, classes, "c")
    low, high = people.interval(confidence)
    columns: dict[str, Any] = {
        "rule": [rule.name for rule in chosen],
        "kind": ["top items" if isinstance(r, TopItemsRule) else "mean" for r in chosen],
        "cut_off": [float(rule.cut_off) for rule in chosen],
        "at_least": [getattr(rule, "at_least", 0) for rule in chosen],
        "satisfied_at_most": [float(rule.satisfaction_at_most or 0) for rule in chosen],
        "n": integers(people.n),
        "fans": integers(people.fans),
        "fan_rate_pct": 100 * people.rate,
        "low_pct": 100 * low,
        "high_pct": 100 * high,
    }
    sums_none, none = _rates(known, fan, classes, "0", clustered=True)
    for grade in LIFTED:
        sums_graded, graded = _rates(known, fan, classes, str(grade), clustered=True)
        cross = known @ to_floats(classes, f"x{grade}"), fan @ to_floats(classes, f"x{grade}")
        # A customer is a fan on both sides or on neither, so three of the products are one.
        sums = CrossSums(ss=cross[1], sk=cross[1], ks=cross[1], kk=cross[0])
        r = sums.correlation(sums_graded, sums_none)
        n_a, n_b = graded.score_n(z), none.score_n(z)
        bounds = newcombe_at(z, (graded.rate * n_a, n_a), (none.rate * n_b, n_b), r)
        name = f"lift_{grade}_points"
        columns[name] = 100 * (graded.rate - none.rate)
        columns |= {f"{name}_low": 100 * bounds[0], f"{name}_high": 100 * bounds[1]}
    table = attach(classes.select(), columns).to_native()
    return FanRuleGrid(table, chosen, weights, confidence)


def _checked_rules(rules: Sequence[FanRule] | None) -> tuple[FanRule, ...]:
    chosen = rule_grid() if rules is None else tuple(rules)
    for rule in chosen:
        if not isinstance(rule, FanRule):
            raise InputError(f"rule {echo(rule)}", "FanRule or TopItemsRule", "leave it out")
    if not chosen:
        raise InputError("no rule", "one rule or more", "pass rules=rule_grid()")
    return chosen


def _rates(
    known: FloatArray,
    fan: FloatArray,
    classes: nw.DataFrame[Any],
    place: str,
    *,
    clustered: bool = False,
) -> tuple[Sums, Rates]:
    """Sums and rates under each rule in one group; all rows of a customer are fans or none."""
    n, k, kk, units = (to_floats(classes, f"{part}{place}") for part in ("n", "k", "kk", "u"))
    sums = Sums(
        k=known @ k, s=fan @ k, ss=fan @ kk, sk=fan @ kk, kk=known @ kk, units=known @ units
    )
    size = known @ n
    if np.any(sums.k <= 0):
        raise InputError(
            "a rule under which nobody's status is known", "known answers", "leave the rule out"
        )
    plain = not clustered and bool(np.all(k == n))
    independent = size if plain else effective_n(sums, size)
    return sums, Rates(size, fan @ n, n.sum() - size, sums.ratio, independent, sums, clustered)
