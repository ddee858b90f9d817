"""Read an own survey: `read_survey`."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from touchpoints.core.contacts import CUSTOMER, GRADE, TOUCHPOINT
from touchpoints.ingest.findings import Findings
from touchpoints.ingest.grid import Grid, open_grid
from touchpoints.ingest.mapping import (
    SurveyMapping,
    guess_mapping,
    mapping_path,
    read_mapping,
    require_fit,
)
from touchpoints.ingest.row_status import only_respondents
from touchpoints.ingest.tables import from_long, from_wide


@dataclass(frozen=True)
class SurveyData:
    """An own survey as the kit's calls take it.

    Attributes:
        customers: One row a respondent: `customer_id` and what was asked of `age_group`,
            `bonding_1` to `bonding_5`, `satisfaction`, `recommendation` and `panel_weight`, with
            the types of the dataset `customers`.
        contacts: One row a respondent and touchpoint: `customer_id`, `touchpoint`, `grade` (1 best
            to 6; missing: no contact), with the types of the dataset `contacts`. A contact without
            a usable answer has no row, because a missing grade would mean no contact.
        mapping: Which column was taken for what.
        report: One row a finding: `what` (found, repaired, dropped), `row` of the file, `column`,
            `value`, `why`. A respondent that is left out has one row, with the name as value.
        source: What the file is, in words.
    """

    customers: pd.DataFrame
    contacts: pd.DataFrame
    mapping: SurveyMapping
    report: pd.DataFrame
    source: str

    @property
    def together(self) -> pd.DataFrame:
        """The contacts, each with the answers of its respondent: one row a contact."""
        return self.contacts.merge(self.customers, on=CUSTOMER)

    @property
    def text(self) -> str:
        """Say in two sentences what was read and what was not."""
        counts = self.report["what"].value_counts()
        graded = int(self.contacts[GRADE].notna().sum())
        n = {what: int(counts.get(what, 0)) for what in ("found", "repaired", "dropped")}
        return (
            f"{len(self.customers):,} respondents, {self.contacts[TOUCHPOINT].nunique()} "
            f"touchpoints, {graded:,} graded contacts, {len(self.contacts) - graded:,} times no "
            f"contact ({self.source}). {n['found']:,} remarks, {n['repaired']:,} cells or rows "
            f"repaired, {n['dropped']:,} dropped."
        )

    def _repr_html_(self) -> str:
        """Show the findings in a notebook."""
        return str(self.report.to_html(escape=True))


def plan(file: Path, mapping: Path | None = None) -> tuple[Grid, SurveyMapping, Path | None]:
    """Open a file and find out which column is what.

    Args:
        file: The survey.
        mapping: A mapping file; by default the one beside the survey, if there is one.

    Returns:
        The file's cells, the mapping, and the mapping file it was read from (None: guessed).

    Raises:
        InputError: If the file can't be read whole, or the mapping file is none.
    """
    beside = mapping_path(file)
    kept = mapping or (beside if beside.exists() else None)
    sheet, known = read_mapping(kept) if kept else (None, None)
    grid = open_grid(file, sheet)
    return grid, known or guess_mapping(grid), kept if known else None


def examine(
    grid: Grid, mapping: SurveyMapping, *, repair: bool, where: str = "the mapping file"
) -> SurveyData:
    """Read a file whose columns are known.

    Args:
        grid: The file.
        mapping: Which column is what.
        repair: Whether harmless faults are mended.
        where: What messages call the mapping.

    Returns:
        What was read; its report tells every fault.

    Raises:
        InputError: If the mapping does not fit the file, or there are no grades at all.
    """
    require_fit(mapping, grid, where)
    findings = Findings(repair)
    for note in (*grid.notes, *mapping.doubts):
        findings.note(note)
    grid, told = only_respondents(grid, findings)
    taken = told.union(mapping.table["column"])
    for heading in grid.headings:
        if heading and heading not in taken:
            findings.note("means nothing to the kit: left out", column=heading)
    for kind, words in mapping.answers.items():
        for word, value in words.items():
            findings.note(f"stands for {value} in questions on {kind}", value=word)
    read = from_long if mapping.form == "long" else from_wide
    customers, contacts = read(grid, mapping, findings)
    return SurveyData(customers, contacts, mapping, findings.table(), grid.kind)


def read_survey(
    file: str | Path, *, mapping: str | Path | None = None, repair: bool = False
) -> SurveyData:
    r"""Read a survey of your own: CSV, Excel, SPSS, or an export of LimeSurvey or Qualtrics.

    Which column is what is guessed from headings, question texts and codes, in English and German.
    `touchpoints data check FILE` keeps the guess in `FILE.mapping.yml`, where it can be corrected;
    this function reads that file again. Nothing is ever written by it.

    Args:
        file: The survey, up to 100 MB: `.csv`, `.tsv`, `.txt`, `.xlsx` or `.sav`; one row a
            respondent with `contact_KEY` and `grade_KEY` for each touchpoint, or one row a
            respondent and touchpoint.
        mapping: A mapping file; by default the one beside the survey, if there is one.
        repair: Whether harmless faults are mended: spaces, "2,0", "Note 2", an age in years, a
            grade although there was no contact, a row that stands twice. Each is listed in the
            report. Without consent they are left out, like all others.

    Returns:
        Customers and contacts as in the datasets, the mapping, and a report of what was found,
        repaired and dropped.

    Raises:
        InputError: If the file can't be read whole, or its columns can't be told.

    Warns:
        UserWarning: If anything was dropped; the report says what.

    Example:
        >>> import tempfile
        >>> folder = tempfile.TemporaryDirectory()
        >>> own = Path(folder.name) / "own.csv"
        >>> _ = own.write_text(
        ...     "respondent_id,contact_till,grade_till,recommendation\n"
        ...     "1,yes,2,9\n2,no,,7\n", encoding="utf-8")
        >>> survey = read_survey(own)
        >>> survey.contacts
           customer_id touchpoint  grade
        0            1       till      2
        1            2       till   <NA>
        >>> folder.cleanup()
    """
    path = Path(file)
    grid, known, kept = plan(path, None if mapping is None else Path(mapping))
    where = kept.name if kept else mapping_path(path).name
    survey = examine(grid, known, repair=repair, where=where)
    dropped = int((survey.report["what"] == "dropped").sum())
    if dropped:
        warnings.warn(
            f"{dropped:,} cells or rows of {path.name} were dropped; .report says which and why",
            UserWarning,
            stacklevel=2,
        )
    return survey
