"""The rules of the datasets' dictionary as a pandera schema, and its failures in sentences."""

from __future__ import annotations

import warnings
from typing import Any, Final

import pandas as pd

from touchpoints.data import allowed_values, describe
from touchpoints.ingest.needed import needed
from touchpoints.ingest.roles import DATASET_COLUMN, WEIGHT


def rule_of(role: str) -> dict[str, Any]:
    """Return the dictionary entry that holds for a role.

    Example:
        >>> rule_of("grade")["constraints"]
        {'minimum': 1, 'maximum': 6}
    """
    dataset, column = DATASET_COLUMN[role]
    fields: list[dict[str, Any]] = describe(dataset)["schema"]["fields"]
    return next(field for field in fields if field["name"] == column)


def allowed_for(role: str) -> str:
    """Say what may stand in a column.

    Example:
        >>> allowed_for("grade"), allowed_for("weight")
        ('a whole number, 1 to 6', 'a number above 0')
    """
    if role == WEIGHT:
        return "a number above 0"
    rule = rule_of(role)
    whole = "a whole number, " if rule["type"] == "integer" else ""
    return f"{whole}{allowed_values(rule)}"


def schema_of(roles: dict[str, str]) -> Any:  # noqa: ANN401  (a pandera schema)
    """Make the schema of a frame of answers.

    Args:
        roles: The role of each column of the frame.

    Returns:
        A pandera schema: ranges, whole numbers and groups as the dictionary has them.
    """
    pa = needed("pandera.pandas")
    return pa.DataFrameSchema(
        {
            column: pa.Column(checks=_checks(pa, role), nullable=True, required=True)
            for column, role in roles.items()
        }
    )


def _checks(pa: Any, role: str) -> list[Any]:  # noqa: ANN401  (the library)
    rule = rule_of(role)
    limits = rule.get("constraints", {})
    if "categories" in rule:
        return [pa.Check.isin(rule["categories"])]
    if role == WEIGHT:
        return [pa.Check.gt(0), pa.Check.lt(float("inf"))]
    checks = [pa.Check.in_range(limits["minimum"], limits["maximum"])]
    if rule["type"] == "integer":
        checks.append(pa.Check(lambda numbers: numbers % 1 == 0, name="whole number"))
    return checks


#: Columns of pandera's table of failures.
_FAILED: Final = ["column", "index"]


def failures(frame: pd.DataFrame, roles: dict[str, str]) -> pd.DataFrame:
    """Hold a frame of answers against the dictionary, all cells at once.

    Args:
        frame: The answers, one column a question.
        roles: The role of each column.

    Returns:
        One row a cell that is not allowed: `column` and `index` of the cell.
    """
    errors = needed("pandera.errors")
    schema = schema_of(roles)
    try:
        with warnings.catch_warnings():
            # At its first check pandera looks for other frames, whose libraries warn of versions.
            warnings.simplefilter("ignore")
            schema.validate(frame, lazy=True)
    except errors.SchemaErrors as found:
        cases: pd.DataFrame = found.failure_cases
        return cases[_FAILED].drop_duplicates(ignore_index=True)
    return pd.DataFrame(columns=_FAILED)
