"""The same journeys told by channel and by touchpoint, and what each hides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from touchpoints.core.contacts import TOUCHPOINT, is_missing
from touchpoints.core.errors import InputError, echo, listing, one_of
from touchpoints.core.frames import IntoFrame, require_columns, require_unique, to_eager
from touchpoints.core.journeys.comparison import METHODS, credits_by
from touchpoints.core.journeys.paths import Paths, add_up, largest_first, read_paths
from touchpoints.core.result import Result

if TYPE_CHECKING:
    from touchpoints.core.numbers import FloatArray


@dataclass(frozen=True)
class AttributionByGroup(Result):
    """What `attribution_by_group` gives.

    Attributes:
        table: One row a group, the largest credit first: `group`, `credit` (conversions, where a
            path is one of groups), `credit_of_touchpoints` (the sum of its touchpoints' credits,
            where a path is one of touchpoints), `difference` (of the two), `touchpoints` (how many
            the group has in the paths), `largest` (touchpoint with most credit in it),
            `largest_share_pct` (of the sum), `journeys` (that meet the group).
        touchpoints: One row a touchpoint, in the order of the groups: `group`, `touchpoint`,
            `credit`, `share_of_group_pct`, `journeys`.
        by: Name of the column that groups.
        method: How conversions are shared out.
        conversions: All conversions; the credits of either view add up to them.
    """

    table: Any
    touchpoints: Any
    by: str
    method: str
    conversions: int

    @property
    def text(self) -> str:
        """Say what the view by group hides, and what the view by touchpoint does."""
        if not self.conversions:
            return "No journey converted: there is no credit to share out."
        rows = nw.from_native(self.table, eager_only=True).rows(named=True)
        several = [row for row in rows if row["touchpoints"] > 1]
        if not several:
            return f"Each {self.by} has one touchpoint: both views are the same."
        first = several[0]
        apart = max(several, key=lambda row: abs(row["difference"]))
        inside = (
            f"By {self.by} ({self.method}) {first['group']} gets {first['credit']:,.1f} of "
            f"{self.conversions:,} conversions; that hides its {first['touchpoints']} touchpoints"
        )
        if first["credit_of_touchpoints"] > 0:
            inside += f", of which {first['largest']} holds {first['largest_share_pct']:.0f} %"
        if abs(apart["difference"]) < 0.05:  # noqa: PLR2004  (what one decimal can't show)
            return f"{inside}. The credits of the touchpoints add up to those of each {self.by}."
        return (
            f"{inside}. Touchpoint by touchpoint {apart['group']} comes to "
            f"{apart['credit_of_touchpoints']:,.1f} instead of {apart['credit']:,.1f}: that view "
            f"takes them away one at a time and hides that the {self.by} goes as a whole."
        )


def attribution_by_group(
    paths: IntoFrame, touchpoints: IntoFrame, *, by: str = "channel", method: str = "markov"
) -> AttributionByGroup:
    """Share the same conversions out by group (channel, department, medium) and by touchpoint.

    The journeys are the same ones; in the view by group each touchpoint's name is replaced by that
    of its group. By the five rules the credits of touchpoints add up to those of their group. By
    removal effects and Shapley values they don't: taking a channel away takes all of its
    touchpoints at once, and a chain of channels forgets by which of them a journey came.

    Args:
        paths: Table of paths: `path` ("a > b > c"), `conversions`, `nulls`, as `journey_paths`
            gives it; any frame that narwhals supports.
        touchpoints: One row a touchpoint: `touchpoint` and the column named by `by`.
        by: Column of the groups.
        method: first, last, linear, position_based, time_decay, markov or shapley, with their
            defaults.

    Returns:
        Both views as a frozen result; the tables are frames of the engine of the paths.

    Raises:
        InputError: If a table or the method is not allowed, or a touchpoint of the paths has no
            group.

    References:
        Those of `attribute`, `removal_effects` and `shapley_values`.

    Example:
        >>> import pandas as pd
        >>> paths = pd.DataFrame({
        ...     "path": ["shop > site", "app > site"], "conversions": [4, 2], "nulls": [6, 8],
        ... })
        >>> list_ = pd.DataFrame({
        ...     "touchpoint": ["shop", "site", "app"], "channel": ["store", "web", "web"],
        ... })
        >>> views = attribution_by_group(paths, list_, method="linear").table
        >>> views[["group", "credit", "largest"]].values.tolist()
        [['web', 4.0, 'site'], ['store', 2.0, 'shop']]
    """
    one_of("method", method, METHODS)
    read = read_paths(paths)
    group_of = _groups(read, touchpoints, by)
    groups, of_name = np.unique(np.array(group_of, dtype=str), return_inverse=True)
    grouped = replace(read, names=tuple(groups.tolist()), contact=of_name[read.contact])
    single, whole = credits_by(read, method), credits_by(grouped, method)
    summed = add_up(of_name, single, len(groups))
    inside = _percent(single, summed[of_name])
    ranked = largest_first(single)
    largest = np.array([ranked[of_name[ranked] == g][0] for g in range(len(groups))])
    rank = largest_first(whole)
    names = read.labels
    table = {
        "group": groups.astype(object),
        "credit": whole,
        "credit_of_touchpoints": summed,
        "difference": whole - summed,
        "touchpoints": np.bincount(of_name, minlength=len(groups)),
        "largest": names[largest],
        "largest_share_pct": inside[largest],
        "journeys": grouped.touched,
    }
    each = {
        "group": groups.astype(object)[of_name],
        "touchpoint": names,
        "credit": single,
        "share_of_group_pct": inside,
        "journeys": read.touched,
    }
    within = ranked[np.argsort(np.argsort(rank)[of_name[ranked]], kind="stable")]
    return AttributionByGroup(
        read.frame({name: values[rank] for name, values in table.items()}),
        read.frame({name: values[within] for name, values in each.items()}),
        by,
        method,
        int(read.conversions.sum()),
    )


def _percent(part: FloatArray, whole: FloatArray) -> FloatArray:
    """Return percentages; NaN of nothing."""
    nothing = np.full(len(part), np.nan)
    return np.asarray(np.divide(100 * part, whole, out=nothing, where=whole > 0))


def _groups(read: Paths, touchpoints: IntoFrame, by: str) -> list[str]:
    """Return the group of each touchpoint of the paths."""
    listed = to_eager(touchpoints)
    require_columns(listed, (TOUCHPOINT, by))
    require_unique(listed, TOUCHPOINT)
    pairs = listed.select(nw.col(TOUCHPOINT).cast(nw.String), nw.col(by).cast(nw.String).alias("g"))
    group_of = dict(pairs.rows())
    unknown = [name for name in read.names if name not in group_of]
    if unknown:
        raise InputError(
            f"touchpoints without a row in the list: {listing(map(echo, unknown[:5]))}",
            "a row for each touchpoint of the paths",
            "add them to the list",
        )
    for name in read.names:
        if is_missing(group_of[name]):
            raise InputError(
                f"column {by!r}: nothing for {echo(name)}",
                "a group for each touchpoint of the paths",
                "fill the cell",
            )
    return [str(group_of[name]) for name in read.names]
