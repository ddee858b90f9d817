"""The statistics once more, from their definitions: loops over rows in plain Python, slow and plain.

Nothing here comes from the package; SciPy gives the quantiles.
"""

from __future__ import annotations

import functools
import math
from collections import defaultdict
from typing import Any, NamedTuple

from scipy import stats

Row = dict[str, Any]


class UndefinedError(Exception):
    """The estimate does not exist for these rows."""


class Rate(NamedTuple):
    n: int
    fans: int
    unknown: int
    size: float
    rate: float
    effective_n: float
    score_n: float
    units: int
    residuals: dict[Any, float]


@functools.cache
def z_value(confidence: float) -> float:
    return float(stats.norm.ppf((1 + confidence) / 2))


def wilson(rate: float, n: float, confidence: float = 0.95) -> tuple[float, float]:
    """The two θ at which (rate − θ)² equals z² θ(1 − θ) / n, found by bisection."""
    z = z_value(confidence)

    def beyond(theta: float) -> bool:
        return (rate - theta) ** 2 > z * z * theta * (1 - theta) / n

    bounds = []
    for end in (0.0, 1.0):
        out, inside = end, rate
        if out == inside:
            bounds.append(end)
            continue
        for _ in range(60):
            middle = (out + inside) / 2
            out, inside = (middle, inside) if beyond(middle) else (out, middle)
        bounds.append(inside)
    return bounds[0], bounds[1]


def newcombe(
    a: Rate, b: Rate, correlation: float = 0.0, confidence: float = 0.95
) -> tuple[float, float]:
    """Square and add the distances of the Wilson bounds, with Zou and Donner's correlation."""
    (low_a, high_a), (low_b, high_b) = (wilson(r.rate, r.score_n, confidence) for r in (a, b))

    def joined(x: float, y: float) -> float:
        return math.sqrt(max(x * x + y * y - 2 * correlation * x * y, 0.0))

    d = a.rate - b.rate
    below, above = (
        joined(a.rate - low_a, high_b - b.rate),
        joined(high_a - a.rate, b.rate - low_b),
    )
    return max(d - below, -1.0), min(d + above, 1.0)


@functools.cache
def t_value(confidence: float, degrees: float) -> float:
    return float(stats.t.ppf((1 + confidence) / 2, degrees))


def fan_rate(
    rows: list[Row], weights: str | None, cluster: str | None, confidence: float = 0.95
) -> Rate:
    """Rate, effective size by linearisation, and the residual of each unit."""
    known = [row for row in rows if row["fan"] is not None]
    fans = sum(row["fan"] for row in known)
    sizes: dict[Any, float] = defaultdict(float)
    totals: dict[Any, float] = defaultdict(float)
    for place, row in enumerate(known):
        unit = row[cluster] if cluster else place
        weight = row[weights] if weights else 1.0
        sizes[unit] += weight
        totals[unit] += weight * row["fan"]
    size = sum(sizes.values())
    if not known or size == 0:
        raise UndefinedError
    rate = sum(totals.values()) / size
    residuals = {unit: totals[unit] - rate * k for unit, k in sizes.items()}
    units = sum(k > 0 for k in sizes.values())
    squares = sum(e * e for e in residuals.values())
    kish = size**2 / sum(k * k for k in sizes.values())
    effective = float(len(known))
    if weights or cluster:
        effective = kish
        if units > 1 and squares > 1e-12 * size and 0 < rate < 1:
            effective = rate * (1 - rate) / (units / (units - 1) * squares / size**2)
        effective = min(effective, len(known))
    score = effective
    if cluster:
        degrees = math.floor(max(kish - 1, 1) + 1e-9)
        score *= (z_value(confidence) / t_value(confidence, degrees)) ** 2
    return Rate(
        len(known), fans, len(rows) - len(known), size, rate, effective, score, units, residuals
    )


def correlation(a: Rate, b: Rate) -> float:
    """Correlation of two linearised rates over the units they share."""
    scale = math.sqrt(
        sum(e * e for e in a.residuals.values()) * sum(e * e for e in b.residuals.values())
    )
    if scale < 1e-9:
        return 0.0
    both = sum(e * b.residuals.get(unit, 0.0) for unit, e in a.residuals.items())
    return max(-1.0, min(1.0, both / scale))


def groups(rows: list[Row], keys: tuple[str, ...]) -> dict[tuple[Any, ...], list[Row]]:
    found: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        found[tuple(row[key] for key in keys)].append(row)
    return dict(found)


def lifts(
    rows: list[Row], by: tuple[str, ...], weights: str | None, cluster: str, *, merged: bool = False
) -> dict[tuple[Any, ...], dict[str, float]]:
    """Each grade (or all together) against no contact, by group."""
    units = None if "touchpoint" in by and cluster == "customer_id" else cluster
    found = {}
    for key, members in groups(rows, by).items():
        cells = groups(members, ("grade",))
        if (None,) not in cells or len(cells) == 1:
            raise UndefinedError
        none = fan_rate(cells.pop((None,)), weights, units)
        each = {grade: fan_rate(cell, weights, units) for (grade,), cell in cells.items()}
        whole = sum(rate.size for rate in each.values())
        if merged:
            graded = [row for row in members if row["grade"] is not None]
            each = {"all": fan_rate(graded, weights, units)}
        for grade, rate in each.items():
            r = correlation(rate, none) if units else 0.0
            low, high = newcombe(rate, none, r)
            found[*key, grade] = {
                "n": rate.n,
                "fans": rate.fans,
                "no_contact_n": none.n,
                "no_contact_fans": none.fans,
                "fan_rate_pct": 100 * rate.rate,
                "no_contact_rate_pct": 100 * none.rate,
                "share_pct": 100 * rate.size / whole,
                "points": 100 * (rate.rate - none.rate),
                "low_points": 100 * low,
                "high_points": 100 * high,
                "small_cell": min(rate.units, none.units) < 30,
            }
    return found


def ratio_variance(sizes: list[float], totals: list[float]) -> float:
    """Linearised variance of Σ totals / Σ sizes over units; 0 for a single unit."""
    whole, units = sum(sizes), len(sizes)
    ratio = sum(totals) / whole
    squares = sum((s - ratio * k) ** 2 for k, s in zip(sizes, totals, strict=True))
    return units / (units - 1) * squares / whole**2 if units > 1 else 0.0
