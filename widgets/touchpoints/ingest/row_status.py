"""What survey platforms say of a whole row: filled in by the survey's makers, or not finished."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from touchpoints.core.errors import InputError, echo
from touchpoints.ingest.findings import Findings
from touchpoints.ingest.grid import LIMESURVEY, QUALTRICS, Grid
from touchpoints.ingest.respondents import only_rows

#: Qualtrics' column `Status`, exported as text or as number.
_BY_MAKERS: Final = frozenset({"survey preview", "1", "survey test", "2"})
#: The column of each platform that tells whether a respondent finished, and what it says if not.
_UNFINISHED: Final = {
    QUALTRICS: ("finished", frozenset({"false", "0"})),
    LIMESURVEY: ("submitdate", frozenset({""})),
}


def only_respondents(grid: Grid, findings: Findings) -> tuple[Grid, frozenset[str]]:
    """Leave out rows of the survey's makers, and tell how many respondents did not finish.

    Args:
        grid: The file.
        findings: Is told of both.

    Returns:
        The file without those rows, and the headings of the columns that told.

    Raises:
        InputError: If no other row is left.
    """
    named = {heading.partition(".")[0].strip().casefold(): heading for heading in grid.headings}
    told = set()
    if QUALTRICS in grid.kind and "status" in named:
        column = named["status"]
        told.add(column)
        status = grid.column(column)
        makers = _folded(status).isin(_BY_MAKERS)
        findings.drop(
            status[makers], column, "filled in by the survey's makers: the row is left out"
        )
        if makers.all():
            raise InputError(
                f"no respondent in {echo(grid.name)}, only rows of the survey's makers",
                "one respondent at least",
                f"export the answers, or empty {echo(column)} to read the survey's makers' rows",
            )
        grid = only_rows(grid, status.index[~makers])
    for platform, (name, values) in _UNFINISHED.items():
        if platform in grid.kind and name in named:
            column = named[name]
            told.add(column)
            unfinished = _folded(grid.column(column)).isin(values)
            if n := int(unfinished.sum()):
                findings.note(
                    f"{n:,} of {len(unfinished):,} did not finish: what they answered counts",
                    column=column,
                )
    return grid, frozenset(told)


def _folded(cells: pd.Series[Any]) -> pd.Series[Any]:
    return cells.str.strip().str.casefold()
