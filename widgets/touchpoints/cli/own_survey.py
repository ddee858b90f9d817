"""`touchpoints data check`: what an own survey file holds, what is wrong in it, clean tables."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pandas as pd
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from touchpoints.cli.errors import CommandError
from touchpoints.core.errors import listing
from touchpoints.core.spreadsheet_cells import safe_cell
from touchpoints.ingest.mapping import SurveyMapping, mapping_path
from touchpoints.ingest.survey import SurveyData, examine, plan
from touchpoints.writing import write_folder

_STYLES: Final = {"found": "dim", "repaired": "yellow", "dropped": "red"}
_MOST_SHOWN: Final = 5
_MOST_KINDS: Final = 60


def check_survey(file: Path, mapping: Path | None, out: Path | None, *, repair: bool) -> int:
    """Print what is found in a survey file, keep the mapping, and write clean tables if asked.

    Args:
        file: The survey.
        mapping: A mapping file, or None for the one beside the survey.
        out: A new or empty folder for the clean tables, or None.
        repair: Whether harmless faults are mended.

    Returns:
        0 if the file could be read.

    Raises:
        CommandError: If the folder is not free or can't be written.
        InputError: If the file or its mapping can't be used.
    """
    console = Console(highlight=False)
    if out is not None:
        _require_free(out)
    grid, known, kept = plan(file, mapping)
    if kept:
        where, told = kept, f"Columns are read as {kept} says."
    else:
        where = mapping_path(file)
        told = _keep(where, known, file.name)
    survey = examine(grid, known, repair=repair, where=where.name)
    console.print(escape(survey.text), "\n", style="bold")
    _print_mapping(console, survey.mapping)
    console.print(f"\n{escape(told)}\n")
    _print_findings(console, survey.report)
    if out is not None:
        tables = _tables(survey)
        write_folder(out, {name: _csv(table) for name, table in tables.items()})
        console.print(escape(f"Clean tables are in {out}: {listing(tables)}"))
    return 0


def _keep(path: Path, mapping: SurveyMapping, name: str) -> str:
    """Write a guessed mapping where none is, and say so."""
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(mapping.to_yaml(name))
    except FileExistsError:
        return f"The columns are guessed; {path} is left as it is, because it is there."
    except OSError as error:
        return f"The columns are guessed; {path} can't be written ({error.strerror})."
    return f"The columns are guessed; the guess is in {path}: correct it there, and run this again."


def _print_mapping(console: Console, mapping: SurveyMapping) -> None:
    table = Table("column", "taken for", box=None)
    for row in mapping.table.itertuples():
        table.add_row(escape(row.column), escape(row.taken_for))
    console.print(table)


def _print_findings(console: Console, report: pd.DataFrame) -> None:
    """Print findings of the same kind in the same column as one line."""
    if report.empty:
        console.print("Nothing was found that needs a word.")
        return
    table = Table("what", "times", "rows", "column", "for example", "why", box=None)
    kinds = report.groupby(["what", "column", "why"], sort=False)
    shown = sorted(kinds, key=lambda kind: list(_STYLES)[::-1].index(str(kind[0][0])))
    for (what, column, why), cases in shown[:_MOST_KINDS]:
        rows = cases["row"].dropna()
        more = ", …" if len(rows) > _MOST_SHOWN else ""
        values = [value for value in cases["value"].unique() if value][:_MOST_SHOWN]
        table.add_row(
            f"[{_STYLES[what]}]{what}[/]",
            str(len(cases)),
            listing(rows.head(_MOST_SHOWN)) + more,
            escape(column),
            escape(listing(values)),
            escape(why),
        )
    console.print(table)
    if len(shown) > _MOST_KINDS:
        console.print(f"… and {len(shown) - _MOST_KINDS} more kinds; --out writes all findings.")


def _tables(survey: SurveyData) -> dict[str, pd.DataFrame]:
    return {
        "customers.csv": survey.customers,
        "contacts.csv": survey.contacts,
        "survey.csv": survey.together,
        "findings.csv": survey.report,
    }


def _require_free(out: Path) -> None:
    """Refuse a folder that holds something: nothing is ever written over."""
    if out.exists() and not (out.is_dir() and not any(out.iterdir())):
        raise CommandError(f"{out} is there and not empty; name a new folder with --out")
    if not out.absolute().parent.is_dir():
        raise CommandError(f"no folder {out.absolute().parent}; make it first")


def _csv(table: pd.DataFrame) -> bytes:
    """Write a table; a cell that a spreadsheet would compute gets an apostrophe."""
    safe = {c: table[c].map(safe_cell) for c in table.select_dtypes(["str", "object"])}
    text: str = table.assign(**safe).to_csv(index=False, lineterminator="\n")
    return text.encode()
