"""The data that the fan explorer offers: estimates for all filters, packed for the page."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw

from touchpoints.core.contacts import CUSTOMER, GRADE, TOUCHPOINT
from touchpoints.core.errors import InputError, listing
from touchpoints.core.fan_cube import FanCube, fan_cube, fan_cube_from_counts
from touchpoints.core.fan_rule import BONDING_ITEMS, FAN, FanRule
from touchpoints.core.frames import IntoFrame, require_columns, to_eager
from touchpoints.core.generator import generate
from touchpoints.core.quick_engine import on_a_quick_engine
from touchpoints.core.vocabulary import GRADES
from touchpoints.data import load
from touchpoints.ui.base import LANGUAGES, texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WEIGHTS: Final = "panel_weight"
FILTERS: Final = (TOUCHPOINT, "medium", "age_group")

#: The worlds behind the letters. Not the seed of the shipped files, whose world is not told.
WORLDS_BY_LETTER: Final = {"world_a": "halo", "world_b": "mixed", "world_c": "effect"}
_SEED: Final = 77

#: More cells than this would make a page too heavy to open on a phone.
_MOST_CELLS: Final = 30_000

#: The airport's passengers rate from 5 (best) to 1; the explorer grades from 1 (best).
_BEST_RATING: Final = 5

_ESTIMATES: Final = (
    "fan_rate_pct",
    "low_pct",
    "high_pct",
    "share_pct",
    "lift_points",
    "lift_low_points",
    "lift_high_points",
)
_TIE: Final = 5
_NETS: Final = ("net_effect_points", "low_points", "high_points")


@dataclass(frozen=True)
class Filter:
    """A filter of a source.

    Attributes:
        column: Its column.
        values: Its values, in the order of the list.
        names: Names of the values by language, where the values are keys with names.
        of_touchpoints: The value of each touchpoint, where each has one (as with the medium).
        all_values: Whether "all" is a choice.
    """

    column: str
    values: tuple[Any, ...]
    names: dict[str, list[str]] | None = None
    of_touchpoints: tuple[Any, ...] | None = None
    all_values: bool = True

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "column": self.column,
            "values": list(self.values),
            "names": self.names,
            "of_touchpoints": self.of_touchpoints and list(self.of_touchpoints),
            "all_values": self.all_values,
        }


@dataclass(frozen=True)
class About:
    """What the page has to know of a source besides its numbers.

    Attributes:
        key: Its name.
        measure: What is counted: "fan" or "top_box".
        grades: The grades there can be, best first.
        best_rating: The rating that grade 1 stands for, where the scale runs the other way.
        synthetic: Whether the data are known to be made up.
    """

    key: str = "frame"
    measure: str = "fan"
    grades: tuple[int, ...] = GRADES
    best_rating: int | None = None
    synthetic: bool = False


def pack(about: About, filters: Sequence[Filter], cubes: dict[bool, FanCube]) -> dict[str, Any]:
    """Pack cubes into columns of whole numbers: hundredths, and one number for each place.

    Args:
        about: The source.
        filters: Its filters, in the order of the cubes' columns.
        cubes: Estimates without weights (False) and with (True).

    Returns:
        The source as plain data; `at` is the place of each row, as `place_of` numbers them.
    """
    cells: dict[str, list[Any]] = {c: [] for c in ("at", GRADE, "n", "fans", "small", *_ESTIMATES)}
    nets: dict[str, list[Any]] = {c: [] for c in ("at", *_NETS)}
    values = {f.column: f.values for f in filters}
    for weighted, cube in cubes.items():
        for row in cube.cells:
            cells["at"].append(place_of(row, values, weighted=weighted))
            cells[GRADE].append(row[GRADE] or 0)
            cells["n"].append(row["n"])
            cells["fans"].append(row["fans"])
            cells["small"].append(int(row["small_cell"]))
            for column in _ESTIMATES:
                cells[column].append(_hundredths(row[column]))
        for row in cube.net_effects:
            nets["at"].append(place_of(row, values, weighted=weighted))
            for column in _NETS:
                nets[column].append(_hundredths(row[column]))
    return {
        **asdict(about),
        "grades": list(about.grades),
        "filters": [f.to_dict() for f in filters],
        "weighted": sorted(cubes),
        "cells": cells,
        "nets": nets,
    }


def place_of(
    chosen: Mapping[str, Any], values: Mapping[str, Sequence[Any]], *, weighted: bool
) -> int:
    """Number a combination of filter values.

    Args:
        chosen: The value by filter; None or nothing for all.
        values: The values of each filter, in the source's order.
        weighted: Whether estimated with weights.

    Returns:
        Weighted (0, 1) plus 2 times the number of the first filter's value (0 for all) plus each
        further filter's number times the sizes before it.

    Example:
        >>> place_of({"year": 2018}, {"touchpoint": ["shop", "web"], "year": [2017, 2018]},
        ...          weighted=True)
        13
    """
    place, step = int(weighted), 2
    for column, known in values.items():
        value = chosen.get(column)
        place += step * (0 if value is None else known.index(value) + 1)
        step *= len(known) + 1
    return place


def _hundredths(value: float | None) -> int | None:
    """Round to hundredths that, rounded once more to tenths, give the tenths of the value itself.

    Without care 25.949 would become 25.95 and be shown as 26.0.
    """
    if value is None:
        return None
    size = 100 * abs(value)
    found = round(size)
    if found % 10 == _TIE and found > size:
        found -= 1
    return found if value > 0 else -found


def own_source(
    frame: IntoFrame,
    *,
    filters: Sequence[str] | None,
    weights: str | None,
    rule: FanRule | None,
) -> dict[str, Any]:
    """Make a source of a frame of contacts.

    Args:
        frame: One row a customer and touchpoint: `customer_id`, `touchpoint`, `grade`, and `fan` or
            the columns of the rule.
        filters: Columns that are filters; by default those of `FILTERS` that are there.
        weights: Column of weights, or None.
        rule: Makes the fan status; by default `FanRule()` where there is no column `fan`.

    Returns:
        The source as plain data.

    Raises:
        InputError: If the frame can't be estimated, or the filters make too many cells.
    """
    data = to_eager(frame)
    require_columns(data, (CUSTOMER, TOUCHPOINT, GRADE, *(filters or ())))
    if rule is None and FAN not in data.columns and set(BONDING_ITEMS) <= set(data.columns):
        rule = FanRule()
    columns = tuple(c for c in FILTERS if c in data.columns) if filters is None else tuple(filters)
    described = [_filter(data, column) for column in columns]
    _require_size(described)
    cubes = _cubes(data, described, weights, rule)
    return pack(About(), described, cubes)


def _cubes(
    data: nw.DataFrame[Any], filters: Sequence[Filter], weights: str | None, rule: FanRule | None
) -> dict[bool, FanCube]:
    """Estimate without weights and, where there are any, with them."""
    data = on_a_quick_engine(data)
    columns = [f.column for f in filters]
    nested = [f.column for f in filters if f.of_touchpoints]
    weightings = {False: None} if weights is None else {False: None, True: weights}
    return {
        weighted: fan_cube(data.to_native(), columns, nested=nested, weights=column, rule=rule)
        for weighted, column in weightings.items()
    }


def _filter(data: nw.DataFrame[Any], column: str) -> Filter:
    """Describe a filter; touchpoints in the order of their first rows, other values sorted."""
    values = data.get_column(column).unique(maintain_order=True).to_list()
    if column == TOUCHPOINT:
        return Filter(column, tuple(values))
    pairs = data.select(TOUCHPOINT, column).unique(maintain_order=True)
    single = len(pairs) == pairs.get_column(TOUCHPOINT).n_unique()
    of_touchpoints = tuple(pairs.get_column(column).to_list()) if single else None
    return Filter(column, tuple(sorted(values, key=str)), of_touchpoints=of_touchpoints)


def _require_size(filters: Sequence[Filter]) -> None:
    cells = 7
    for one in filters:
        cells *= 1 if one.of_touchpoints else len(one.values) + 1
    if cells > _MOST_CELLS:
        sizes = listing(f"{f.column} ({len(f.values)} values)" for f in filters)
        raise InputError(
            f"{cells:,} combinations of {sizes}",
            f"at most {_MOST_CELLS:,}",
            "pass fewer filters, or put values together",
        )


def panel_source(key: str, customers: Any, contacts: Any) -> dict[str, Any]:  # noqa: ANN401
    """Make a source of a Nordlicht panel, with its weights and the names of its touchpoints."""
    touchpoints = load("touchpoints")
    asked = customers[customers["panel_status"] != "dropped_out"]
    frame = contacts.merge(
        asked[[CUSTOMER, "age_group", WEIGHTS, *BONDING_ITEMS]], on=CUSTOMER
    ).merge(touchpoints[[TOUCHPOINT, "medium"]], on=TOUCHPOINT)
    data = to_eager(frame)
    by_key = touchpoints.set_index(TOUCHPOINT)
    described = [_filter(data, column) for column in FILTERS]
    names = {
        lang: by_key.loc[list(described[0].values), f"name_{lang}"].tolist() for lang in LANGUAGES
    }
    described[0] = replace(described[0], names=names)
    return pack(About(key, synthetic=True), described, _cubes(data, described, WEIGHTS, FanRule()))


def world_source(letter: str) -> dict[str, Any]:
    """Make one of the three worlds: a panel of the same size as the shipped one."""
    made = generate(world=WORLDS_BY_LETTER[letter], seed=_SEED)  # type: ignore[arg-type]
    return panel_source(letter, made.customers, made.contacts)


def airport_source() -> dict[str, Any]:
    """Make a source of the airport's counts: rating 5 becomes grade 1, top box stands for fans."""
    counts = load("sfo_contact_ratings")
    rating = counts["rating"].where(counts["rating"] != "never_used").astype("Float64")
    table = counts.assign(grade=_BEST_RATING + 1 - rating, fans=counts["top_box"])
    touchpoints = tuple(table[TOUCHPOINT].unique())
    names = {
        lang: [texts(lang)["fan_explorer"][f"airport_{name}"] for name in touchpoints]
        for lang in LANGUAGES
    }
    filters = (
        Filter(TOUCHPOINT, touchpoints, names, all_values=False),
        Filter("year", tuple(int(y) for y in table["year"].unique())),
    )
    cube = fan_cube_from_counts(
        table[[TOUCHPOINT, "year", GRADE, "n", "fans"]], [f.column for f in filters]
    )
    about = About("airport", "top_box", GRADES[:_BEST_RATING], _BEST_RATING)
    return pack(about, filters, {False: cube})


def settled(source: dict[str, Any], choice: dict[str, Any]) -> dict[str, Any]:
    """Return the choice as it holds in a source.

    Values that the source doesn't have are left out, a filter that offers no "all" takes its first
    value, and what a chosen touchpoint settles by itself (its medium) is left out.
    """
    held: dict[str, Any] = {}
    for one in source["filters"]:
        value = choice.get(one["column"])
        if value not in one["values"]:
            value = None if one["all_values"] else one["values"][0]
        if value is not None:
            held[one["column"]] = value
    if TOUCHPOINT in held:
        for one in source["filters"]:
            if one["of_touchpoints"]:
                held.pop(one["column"], None)
    return held
