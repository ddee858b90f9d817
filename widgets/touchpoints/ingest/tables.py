"""From a mapped file to the customers and contacts of the datasets."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import pandas as pd

from touchpoints.core.contacts import CUSTOMER, GRADE, TOUCHPOINT
from touchpoints.core.errors import InputError, echo
from touchpoints.ingest.cells import (
    EMPTY,
    FAULTY,
    NONE_HAD,
    UNANSWERED,
    VALUE,
    Cells,
    read_column,
)
from touchpoints.ingest.findings import Findings
from touchpoints.ingest.grid import Grid
from touchpoints.ingest.mapping import SurveyMapping
from touchpoints.ingest.respondents import names_in, once_each, only_rows, respondents, typed_names
from touchpoints.ingest.roles import (
    AGE,
    CONTACT,
    PANEL_WEIGHT,
    PERSON,
    RESPONDENT,
    WEIGHT,
    kind_of_role,
)
from touchpoints.ingest.schema import allowed_for, failures, rule_of

_MOST_TOUCHPOINTS: Final = 200


def from_wide(
    grid: Grid, mapping: SurveyMapping, findings: Findings
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read one row a respondent.

    Args:
        grid: The file.
        mapping: Which column is what.
        findings: Is told of every fault.

    Returns:
        Customers and contacts.
    """
    names = respondents(grid, mapping, findings)
    grid = only_rows(grid, names.index)
    person = _person(grid, mapping, findings)
    grades = {
        key: read_column(grid, both[GRADE], GRADE, mapping, findings)
        for key, both in mapping.touchpoints.items()
    }
    read = _checked(person | {f"grade {key}": cells for key, cells in grades.items()}, findings)
    customers = _customers(names, read)
    ids = customers[CUSTOMER].set_axis(names.index)
    parts = []
    for key, both in mapping.touchpoints.items():
        asked = both.get(CONTACT)
        contact = read_column(grid, asked, CONTACT, mapping, findings) if asked else None
        rows = _contacts(read[f"grade {key}"], contact, findings)
        # Of these rows alone: pandas would lengthen a frame without rows to the column's index.
        rows.insert(0, CUSTOMER, ids[rows.index])
        rows.insert(1, TOUCHPOINT, key)
        parts.append(rows)
    # Customers in their order, touchpoints in theirs, as in the datasets.
    contacts = pd.concat(parts).sort_index(kind="stable").reset_index(drop=True)
    return customers, contacts.astype({TOUCHPOINT: "str"})


def from_long(
    grid: Grid, mapping: SurveyMapping, findings: Findings
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read one row a customer and touchpoint; answers about the customer may stand in each.

    Raises:
        InputError: If no column names the customer, or there are more than 200 touchpoints.
    """
    if RESPONDENT not in mapping.columns:
        raise InputError(
            f"no column in {echo(grid.name)} that names the customer",
            "one, because a customer has a row for each touchpoint",
            "name it under columns, respondent_id, in the mapping file",
        )
    names = names_in(grid, mapping.columns[RESPONDENT], "customer", findings)
    grid = only_rows(grid, names.index)
    places = names_in(grid, mapping.columns[TOUCHPOINT], "touchpoint", findings)
    if places.nunique() > _MOST_TOUCHPOINTS:
        raise InputError(
            f"{places.nunique():,} touchpoints in {echo(grid.name)}",
            f"{_MOST_TOUCHPOINTS} at most",
            f"group them, or name another column under columns, {TOUCHPOINT}, in the mapping file",
        )
    pairs = names[places.index] + "\n" + places
    kept = once_each(grid, pairs, "customer and touchpoint", findings).index
    grid, names, places = only_rows(grid, kept), names[kept], places[kept]
    grade = read_column(grid, mapping.columns[GRADE], GRADE, mapping, findings)
    read = _checked(_person(grid, mapping, findings) | {GRADE: grade}, findings)
    rows = _contacts(read.pop(GRADE), None, findings)
    ids = typed_names(names)
    rows.insert(0, CUSTOMER, ids[rows.index])
    rows.insert(1, TOUCHPOINT, places.astype("str")[rows.index])
    customers = _customers(names, read).set_axis(names.index)
    return _one_a_customer(customers, read, findings), rows.reset_index(drop=True)


def _person(grid: Grid, mapping: SurveyMapping, findings: Findings) -> dict[str, Cells]:
    """Read the answers about the respondent."""
    return {
        role: read_column(grid, mapping.columns[role], kind_of_role(role), mapping, findings)
        for role in PERSON
        if role in mapping.columns and role != RESPONDENT
    }


def _checked(read: dict[str, Cells], findings: Findings) -> dict[str, Cells]:
    """Hold all answers against the dictionary at once; what is not allowed is told and left out."""
    frame = pd.DataFrame(
        {
            name: cells.answers.astype("object" if name == AGE else "float64")
            for name, cells in read.items()
        }
    )
    roles = {name: name.partition(" ")[0] for name in read}
    wrong = failures(frame, roles)
    checked = dict(read)
    for name, cases in wrong.groupby("column"):
        cells, rows = read[str(name)], pd.Index(cases["index"]).sort_values()
        findings.drop(
            cells.texts[rows], cells.column, f"allowed is {allowed_for(roles[str(name)])}"
        )
        at = cells.answers.index.isin(rows)
        checked[str(name)] = replace(
            cells, answers=cells.answers.mask(at, None), states=cells.states.mask(at, FAULTY)
        )
    return checked


def _customers(names: pd.Series[Any], read: dict[str, Cells]) -> pd.DataFrame:
    """Make the table of customers with the types of the dataset."""
    columns: dict[str, Any] = {CUSTOMER: typed_names(names)}
    for role, cells in read.items():
        if role.startswith("grade "):
            continue
        if role == AGE:
            rule = rule_of(AGE)
            kinds = pd.CategoricalDtype(rule["categories"], ordered=rule["categoriesOrdered"])
            columns[AGE] = cells.answers.astype(kinds)
        elif role == WEIGHT:
            columns[PANEL_WEIGHT] = cells.answers.astype("float64").astype("Float64")
        else:
            columns[role] = cells.answers.astype("float64").astype("Int64")
    return pd.DataFrame(columns).reset_index(drop=True)


def _contacts(grade: Cells, contact: Cells | None, findings: Findings) -> pd.DataFrame:
    """Decide row by row: a grade, no contact, or nothing that may be taken for either."""
    graded = grade.states == VALUE
    blank = grade.states.isin((EMPTY, UNANSWERED))
    if contact is None:
        none = grade.states.isin((EMPTY, NONE_HAD))
        _count(grade.states == UNANSWERED, grade.column, "gave no answer", findings)
        findings.note(
            "nobody was asked for contact: an empty grade is no contact", column=grade.column
        )
        return _rows(grade, graded, none)
    said = contact.states == VALUE
    yes, no = said & (contact.answers == 1), said & (contact.answers == 0)
    unsaid = contact.states.isin((EMPTY, UNANSWERED))
    texts = grade.texts
    findings.mend(texts[no & graded], grade.column, "a grade although there was no contact")
    findings.mend(
        texts[unsaid & graded], grade.column, "a grade, contact not answered: taken as contact"
    )
    findings.drop(
        texts[yes & blank], grade.column, "contact without a grade: empty would mean no contact"
    )
    findings.drop(texts[yes & (grade.states == NONE_HAD)], grade.column, "contact and no contact")
    _count(unsaid & blank, grade.column, "answered neither contact nor grade", findings)
    none = (no & (blank | (grade.states == NONE_HAD))) | (unsaid & (grade.states == NONE_HAD))
    if findings.repair:
        return _rows(grade, (yes | unsaid) & graded, none | (no & graded))
    return _rows(grade, yes & graded, none)


def _count(rows: pd.Series[Any], column: str, why: str, findings: Findings) -> None:
    """Tell respondents without an answer together: they are no fault, and may be many."""
    if n := int(rows.sum()):
        findings.note(f"{n:,} {why}: no row in contacts", column=column)


def _rows(grade: Cells, graded: pd.Series[Any], none: pd.Series[Any]) -> pd.DataFrame:
    values = grade.answers.astype("float64").where(graded).astype("Int64")
    return pd.DataFrame({GRADE: values[graded | none]})


def _one_a_customer(
    customers: pd.DataFrame, read: dict[str, Cells], findings: Findings
) -> pd.DataFrame:
    """Put a customer's rows together; answers that differ between them are left out."""
    grouped = customers.groupby(CUSTOMER, sort=False, observed=True)
    one = grouped.first()
    for name in one.columns:
        cells = read[WEIGHT if name == PANEL_WEIGHT else name]
        differs = grouped[name].nunique() > 1  # noqa: PD101  (of each customer)
        if differs.any():
            rows = customers[CUSTOMER].isin(differs.index[differs])
            findings.drop(cells.texts[rows], cells.column, "answers of one customer that differ")
            one[name] = one[name].mask(differs)
    return one.reset_index()
