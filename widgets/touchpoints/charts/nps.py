"""Draw Net Promoter Scores with their intervals."""

from __future__ import annotations

from touchpoints.charts.intervals import AnyChart, dot_plot, finish, labelled, rows_of
from touchpoints.core.nps import NetPromoterScores
from touchpoints.core.nps_difference import NpsDifferences
from touchpoints.core.result import register_chart


@register_chart(NetPromoterScores)
def nps_chart(scores: NetPromoterScores) -> AnyChart:
    """Draw the scores in points, with adjusted Wald intervals.

    Args:
        scores: What `nps` or `nps_from_counts` gave.

    Returns:
        One row a group, sorted by score; small cells have a mark of their own.
    """
    rows = [
        row
        | {f"{name}_points": 100 * row[name] for name in ("nps", "adjusted_low", "adjusted_high")}
        for row in labelled(rows_of(scores.table), scores.by)
    ]
    chart = dot_plot(
        rows,
        estimate="nps_points",
        low="adjusted_low_points",
        high="adjusted_high_points",
        title="Net Promoter Score (points)",
        zero=True,
    )
    worst, *_, best = sorted([rows[0], *rows], key=lambda row: row["nps_points"])
    title = f"The NPS is {rows[0]['nps_points']:+.0f} points"
    if len(rows) > 1:
        title = (
            f"The NPS runs from {worst['nps_points']:+.0f} ({worst['group']}) "
            f"to {best['nps_points']:+.0f} ({best['group']})"
        )
    return finish(chart, title, scores)


@register_chart(NpsDifferences)
def nps_difference_chart(differences: NpsDifferences) -> AnyChart:
    """Draw the differences in points, with adjusted Wald intervals and a line at no difference.

    Args:
        differences: What `nps_difference` gave.

    Returns:
        One row a group, sorted by difference; small cells have a mark of their own.
    """
    rows = [
        row | {f"{name}_points": 100 * row[name] for name in ("difference", "low", "high")}
        for row in labelled(rows_of(differences.table), differences.by)
    ]
    chart = dot_plot(
        rows,
        estimate="difference_points",
        low="low_points",
        high="high_points",
        title=f"NPS minus that of {differences.against} (points)",
        zero=True,
    )
    title = (
        f"The NPS of {rows[0]['group']} is {rows[0]['difference_points']:+.0f} points "
        f"against {differences.against}"
    )
    if len(rows) > 1:
        clear = sum(row["low"] > 0 or row["high"] < 0 for row in rows)
        title = f"{clear} of {len(rows)} groups lie clearly apart from {differences.against} in NPS"
    return finish(chart, title, differences)
