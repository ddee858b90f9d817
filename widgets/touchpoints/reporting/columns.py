"""The columns of a file under the field's names, each cell checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw
import pandas as pd

from touchpoints.core.contacts import CUSTOMER, GRADE, TOUCHPOINT, require_unique_contacts
from touchpoints.core.errors import InputError, echo, listing, nearest, one_of
from touchpoints.core.fan_rule import BONDING_ITEMS, FAN, FanRule
from touchpoints.core.frames import require_whole_numbers
from touchpoints.core.nps import RECOMMENDATION_RANGE
from touchpoints.core.vocabulary import GRADES
from touchpoints.reporting.reading import open_table

if TYPE_CHECKING:
    from pathlib import Path

    from touchpoints.reporting.choices import Choices
    from touchpoints.reporting.reading import Table

WEIGHT: Final = "weight"
RECOMMENDATION: Final = "recommendation"

#: How a missing number or status may be written besides an empty cell.
_NOTHING: Final = ("", "na", "nan")
_FLAGS: Final = {
    **dict.fromkeys(("true", "yes", "1", "1.0", "wahr", "ja"), True),
    **dict.fromkeys(("false", "no", "0", "0.0", "falsch", "nein"), False),
}
_NUMBERS: Final = {
    GRADE: f"a whole number from {GRADES[0]} to {GRADES[-1]}, or nothing for no contact",
    RECOMMENDATION: "a whole number from {} to {}, or nothing".format(*RECOMMENDATION_RANGE),
}
_MOST_TOUCHPOINTS: Final = 200
_LONGEST_NAME: Final = 100
#: Control characters, and those that turn the direction of the text that follows.
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Contacts:
    """Checked contacts, and what they were read from.

    Attributes:
        table: The file.
        roles: For each of the field's names the column that was taken for it.
        rows: One row a customer and touchpoint with a known fan status: `customer_id`,
            `touchpoint`, `grade` (nothing for no contact), `fan`, and where asked for or there
            `weight` and `recommendation`.
        people: The same columns but touchpoint and grade, one row a customer.
        unknown: Rows left out because the fan status is missing.
        rule: The rule that made the fan status, or None if the file had it.
        alone: Touchpoints without graded contacts or without anybody who had none.
    """

    table: Table
    roles: dict[str, str]
    rows: pd.DataFrame
    people: pd.DataFrame
    unknown: int
    rule: FanRule | None
    alone: tuple[str, ...]

    @property
    def comparable(self) -> pd.DataFrame:
        """The rows of touchpoints with graded contacts and customers without contact."""
        return self.rows[~self.rows[TOUCHPOINT].isin(self.alone)]

    @property
    def touchpoints(self) -> tuple[str, ...]:
        """The touchpoints, sorted."""
        return tuple(sorted(self.rows[TOUCHPOINT].unique()))

    @property
    def weights(self) -> str | None:
        """The column of weights as the core's functions take it."""
        return WEIGHT if WEIGHT in self.roles else None


def read_contacts(path: Path, choices: Choices) -> Contacts:
    """Read a file of contacts and check every cell that is used.

    Args:
        path: A CSV or Parquet file, one row a customer and touchpoint.
        choices: Which columns to take for what.

    Returns:
        The contacts.

    Raises:
        InputError: If the file, a column or a cell is not allowed; with row, value and cure.
    """
    table = open_table(path)
    roles, rule = _roles(table, choices)
    given = table.read(tuple(roles.values())).rename(columns={v: k for k, v in roles.items()})
    if len(given) == 0:
        raise InputError(f"no row in {echo(table.name)}", "one row or more", "check the file")
    frame = pd.DataFrame(
        {role: _typed(given[role], role, column, table) for role, column in roles.items()}
    )
    frame = rule.apply(frame).drop(columns=list(BONDING_ITEMS)) if rule else frame
    _require_ranges(frame, roles)
    require_unique_contacts(nw.from_native(frame).lazy())
    rows = frame[frame[FAN].notna()]
    if len(rows) == 0:
        raise InputError(
            f"no known fan status in {echo(table.name)}", "some", "check the column or the items"
        )
    _require_control(rows, choices.negative_control)
    own = [c for c in rows.columns if c not in {TOUCHPOINT, GRADE}]
    people = rows[own].drop_duplicates()
    _require_one_a_customer(people, roles)
    _require_weights(rows, roles)
    alone = tuple(sorted(_one_sided(rows)))
    return Contacts(table, roles, rows, people, len(frame) - len(rows), rule, alone)


def _roles(table: Table, choices: Choices) -> tuple[dict[str, str], FanRule | None]:
    """Say which column is taken for what; without a fan column the rule's items are taken."""
    asked = {
        CUSTOMER: (choices.customer, "--customer"),
        TOUCHPOINT: (choices.touchpoint, "--touchpoint"),
        GRADE: (choices.grade, "--grade"),
        FAN: (choices.fan or (FAN if FAN in table.columns else None), "--fan"),
        WEIGHT: (choices.weight, "--weight"),
        RECOMMENDATION: (
            choices.recommend or (RECOMMENDATION if RECOMMENDATION in table.columns else None),
            "--recommend",
        ),
    }
    graded = [column for column in table.columns if column.startswith(f"{GRADE}_")]
    if graded and choices.touchpoint not in table.columns:
        raise InputError(
            f"a row a respondent in {echo(table.name)}, with {listing(map(echo, graded[:3]))}",
            "a row a customer and touchpoint",
            f"run touchpoints data check {table.name} --out clean, then report clean/survey.csv",
        )
    for column, option in asked.values():
        if column is not None and column not in table.columns:
            raise InputError(
                f"no column {echo(column)} in {echo(table.name)}",
                f"one of its columns, {listing(map(echo, table.columns))}",
                f"name the right one with {option}{nearest(column, table.columns)}",
            )
    roles = {role: column for role, (column, _) in asked.items() if column is not None}
    rule = None if FAN in roles else _rule(table)
    if rule:
        roles |= {item: item for item in rule.items}
    for role, column in roles.items():
        others = [r for r, c in roles.items() if c == column and r != role]
        if others:
            raise InputError(
                f"column {echo(column)} taken for both {role} and {others[0]}",
                "a column for each",
                "name another column for one of them",
            )
    return roles, rule


def _rule(table: Table) -> FanRule:
    if not set(BONDING_ITEMS) <= set(table.columns):
        raise InputError(
            f"neither a column {FAN!r} nor {BONDING_ITEMS[0]} to {BONDING_ITEMS[-1]} "
            f"in {echo(table.name)}",
            "a column that says who is a fan, or the answers to these five items",
            "name a column of true and false with --fan",
        )
    return FanRule()


def _typed(cells: pd.Series[Any], role: str, column: str, table: Table) -> pd.Series[Any]:
    """Turn a column into texts, numbers or a status, as its role wants."""
    plain = not pd.api.types.is_numeric_dtype(cells)
    if plain:
        missing = cells.isna()
        texts = cells.astype(str).str.strip().mask(missing, "")
    if role == TOUCHPOINT:
        return _names(texts if plain else cells.astype("string").fillna(""), column)
    if role == CUSTOMER:
        _refuse_first(column, texts == "" if plain else cells.isna(), cells, "a customer")
        return texts if plain else cells
    if not plain and role != FAN:
        return cells.astype("Float64").astype("float64")
    texts = texts if plain else cells.astype("string").fillna("")
    nothing = texts.str.lower().isin(_NOTHING)
    if role == FAN:
        known = texts.str.lower().map(_FLAGS).astype("boolean")
        allowed = "true or false (yes or no, 1 or 0) or nothing"
    else:
        dotted = texts.str.replace(",", ".") if table.decimal_comma else texts
        known = pd.to_numeric(dotted, errors="coerce").astype("float64")
        allowed = _NUMBERS.get(role, "a number or nothing")
    _refuse_first(column, known.isna() & ~nothing, cells, allowed)
    return known


def _names(texts: pd.Series[Any], column: str) -> pd.Series[Any]:
    """Check the names of touchpoints, of which there are few."""
    _refuse_first(column, texts == "", texts, "a touchpoint")
    names = texts.unique()
    if len(names) > _MOST_TOUCHPOINTS:
        raise InputError(
            f"{len(names):,} different values in column {echo(column)}",
            f"{_MOST_TOUCHPOINTS} touchpoints at most",
            "name the column of touchpoints with --touchpoint, or group them",
        )
    odd = [n for n in names if len(n) > _LONGEST_NAME or _UNPRINTABLE.search(n)]
    allowed = f"{_LONGEST_NAME} printable characters at most"
    _refuse_first(column, texts.isin(odd), texts, allowed)
    return texts


def _refuse_first(column: str, bad: pd.Series[Any], cells: pd.Series[Any], allowed: str) -> None:
    """Raise an `InputError` that names the first row that `bad` marks."""
    if not bad.any():
        return
    row = int(bad.to_numpy().argmax())
    value = cells.iloc[row]
    shown = "nothing" if pd.isna(value) or str(value).strip() == "" else echo(str(value))
    raise InputError(f"column {echo(column)}, row {row + 1}: {shown}", allowed, "correct the cell")


def _require_ranges(frame: pd.DataFrame, roles: dict[str, str]) -> None:
    """Hold grades and recommendations to their scales; messages name the file's columns."""
    for role, (low, high) in {
        GRADE: (GRADES[0], GRADES[-1]),
        RECOMMENDATION: RECOMMENDATION_RANGE,
    }.items():
        if role in roles:
            named = nw.from_native(frame[[role]].rename(columns=roles), eager_only=True)
            require_whole_numbers(named, roles[role], low, high, missing=True)


def _require_control(rows: pd.DataFrame, control: str | None) -> None:
    if control is not None:
        one_of("negative control", control, sorted(rows[TOUCHPOINT].unique()))


def _require_one_a_customer(people: pd.DataFrame, roles: dict[str, str]) -> None:
    """Refuse a customer with two fan statuses, weights or recommendations."""
    twice = people[CUSTOMER].duplicated(keep=False)
    if not twice.any():
        return
    first = people[twice].iloc[0][CUSTOMER]
    rows = people[people[CUSTOMER] == first]
    differs = next(c for c in rows.columns if len(rows[c].drop_duplicates()) > 1)
    raise InputError(
        f"different values in column {echo(roles.get(differs, differs))} "
        f"for customer {echo(str(first))}",
        "one value a customer",
        "keep one of them in all of the customer's rows",
    )


def _require_weights(rows: pd.DataFrame, roles: dict[str, str]) -> None:
    if WEIGHT in roles:
        usable = rows[WEIGHT].ge(0) & rows[WEIGHT].lt(float("inf"))
        if not usable.all():
            row = int(rows.index[int((~usable).to_numpy().argmax())])
            raise InputError(
                f"column {echo(roles[WEIGHT])}, row {row + 1}: {rows[WEIGHT].loc[row]:g}",
                "a number of 0 or more for each customer whose fan status is known",
                "correct the cell or drop the row",
            )


def _one_sided(rows: pd.DataFrame) -> list[str]:
    """Name the touchpoints that lack graded contacts or customers without contact."""
    graded = rows[GRADE].notna().groupby(rows[TOUCHPOINT]).mean()
    return [str(name) for name in graded[(graded == 0) | (graded == 1)].index]
