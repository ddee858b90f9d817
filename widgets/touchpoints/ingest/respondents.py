"""Who answered: names of respondents, without those that can't be told apart."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from touchpoints.ingest.answers import folded
from touchpoints.ingest.findings import Findings
from touchpoints.ingest.grid import Grid
from touchpoints.ingest.mapping import SurveyMapping
from touchpoints.ingest.roles import RESPONDENT

_LONGEST: Final = 100
#: Control characters, and those that turn the direction of the text that follows.
_UNPRINTABLE: Final = r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
#: What a spreadsheet's last row is called when it sums up the others.
_SUMS: Final = frozenset(
    ("mittelwert", "durchschnitt", "summe", "gesamt", "anzahl", "average", "mean", "total", "sum")
)
_NUMBER: Final = re.compile(r"[1-9]\d{0,17}")


def names_in(grid: Grid, column: str, what: str, findings: Findings) -> pd.Series[Any]:
    """Return the names in a column; rows without a usable one are told and not among them.

    Args:
        grid: The file.
        column: Heading of the column.
        what: What is named, for the report ("respondent").
        findings: Is told of rows without a name.

    Returns:
        The names by row.
    """
    texts = grid.column(column)
    names = texts.str.strip()
    empty = names == ""
    findings.drop(texts[empty], column, f"no {what}: the row is left out")
    odd = names.str.contains(_UNPRINTABLE, regex=True) | (names.str.len() > _LONGEST)
    findings.drop(
        texts[odd],
        column,
        f"a {what} of more than {_LONGEST} or unprintable characters: row left out",
    )
    spaced = (names != texts) & ~empty & ~odd
    findings.mend(texts[spaced], column, "spaces around it")
    sound = ~(empty | odd) if findings.repair else ~(empty | odd | spaced)
    return names[sound]


def once_each(grid: Grid, names: pd.Series[Any], what: str, findings: Findings) -> pd.Series[Any]:
    """Keep what is named once; a row that stands twice is one row where that may be mended.

    Args:
        grid: The file.
        names: What names a row.
        what: What it may have only one row of, for the report.
        findings: Is told of rows that are left out.

    Returns:
        The names of the rows that stay.
    """
    again = names.duplicated(keep=False)
    if not again.any():
        return names
    rows = grid.cells.loc[names.index[again]].assign(_name=names[again])
    same = rows.duplicated(keep=False)
    copies = rows.duplicated(keep="first")
    # Copies of a row may be mended only if the name has no other, different row.
    different = (~rows.duplicated(keep="first")).groupby(rows["_name"]).transform("sum") > 1
    shown = names[again]
    findings.drop(shown[different], "", f"different rows of one {what}: none is taken")
    mendable = same & ~different
    if findings.repair:
        findings.mend(shown[copies & ~different], "", f"the same row of a {what} again: kept once")
        return names.drop(rows.index[different | copies])
    findings.mend(shown[mendable], "", f"the same row of a {what} twice")
    return names.drop(rows.index)


def respondents(grid: Grid, mapping: SurveyMapping, findings: Findings) -> pd.Series[Any]:
    """Return who answered, by row, in the wide form.

    Args:
        grid: The file.
        mapping: Says which column names the respondent; without one rows are numbered.
        findings: Is told what is left out.

    Returns:
        Names of respondents by row.
    """
    column = mapping.columns.get(RESPONDENT)
    if column is None:
        findings.note("no column names the respondent: rows are numbered from 1")
        return pd.Series(
            [str(i) for i in range(1, len(grid.cells) + 1)], index=grid.cells.index, dtype="object"
        )
    names = names_in(grid, column, "respondent", findings)
    sums = names.map(lambda name: folded(name).rstrip(":") in _SUMS).astype("bool")
    findings.drop(names[sums], column, "a row that sums up the others, no respondent")
    names = names[~sums]
    return once_each(grid, names, "respondent", findings)


def typed_names(names: pd.Series[Any]) -> pd.Series[Any]:
    """Turn names into whole numbers where all of them are, as in the datasets; else keep the texts.

    Example:
        >>> typed_names(pd.Series(["1", "20"])).dtype, typed_names(pd.Series(["1", "007"])).tolist()
        (Int64Dtype(), ['1', '007'])
    """
    if len(names) and names.map(lambda name: bool(_NUMBER.fullmatch(name))).all():
        return names.astype("int64").astype("Int64")
    return names.astype("str")


def only_rows(grid: Grid, rows: pd.Index[Any]) -> Grid:
    """Return the file with some of its rows."""
    return replace(grid, cells=grid.cells.loc[rows])
