"""A student's own data as the student's notebook reads them: without key, without truth."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

import pandas as pd

from touchpoints.core.errors import InputError, echo
from touchpoints.course.students.company import Company
from touchpoints.data import describe, read_csv_file, typed_frame

TABLES: Final = ("touchpoints", "customers", "contacts", "journeys")
COMPANY_FILE: Final = "company.json"
_MEND: Final = "unzip your file again and name its folder"


@dataclass(frozen=True)
class CourseData:
    """A student's own company and survey, synthetic throughout.

    Attributes:
        code: Stands for the student.
        company: The invented company.
        touchpoints: Its touchpoints; columns and types as in the dataset `touchpoints`.
        customers: The survey; columns and types as in `customers`.
        contacts: Grades at each touchpoint; columns and types as in `contacts`.
        journeys: The log; columns and types as in `journeys`.
    """

    code: str
    company: Company
    touchpoints: pd.DataFrame
    customers: pd.DataFrame
    contacts: pd.DataFrame
    journeys: pd.DataFrame


def course_data(folder: str | Path = "data") -> CourseData:
    """Load your own company and survey, as your course handed them out.

    Args:
        folder: The folder with `company.json` and the four tables, or one that holds this folder
            alone.

    Returns:
        The company and four pandas frames with the types that `touchpoints.load` gives.

    Raises:
        InputError: If the folder or a file is not there or was changed; the message says which.

    Example:
        >>> course_data("no such folder")
        Traceback (most recent call last):
        ...
        touchpoints.core.errors.InputError: Found no company.json in 'no such folder'; allowed is
        the folder of your own data; unzip your file again and name its folder.
    """
    place = _place(Path(folder))
    told = _company(place)
    company = Company(**{field.name: told[field.name] for field in fields(Company)})
    return CourseData(told["code"], company, **{name: _table(place, name) for name in TABLES})


def typed_touchpoints(rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Build a table of touchpoints with the types of the dataset `touchpoints`."""
    return typed_frame(pd.DataFrame(list(rows)), describe("touchpoints")["schema"]["fields"])


def _place(folder: Path) -> Path:
    if (folder / COMPANY_FILE).is_file():
        return folder
    inside = [path.parent for path in folder.glob(f"*/{COMPANY_FILE}")]
    if len(inside) == 1:
        return inside[0]
    raise InputError(
        f"no {COMPANY_FILE} in {echo(str(folder))}"
        if not inside
        else f"{len(inside)} companies in {echo(str(folder))}",
        "the folder of your own data",
        _MEND,
    )


def _company(place: Path) -> dict[str, str]:
    wanted = ("code", *(field.name for field in fields(Company)))
    try:
        told: Any = json.loads((place / COMPANY_FILE).read_text("utf-8"))
        found = {name: told[name] for name in wanted}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        found = {}
    if not found or not all(isinstance(value, str) for value in found.values()):
        raise InputError(f"a {COMPANY_FILE} that was changed", "the file as handed out", _MEND)
    return found


def _table(place: Path, name: str) -> pd.DataFrame:
    path = place / f"{name}.csv"
    schema = describe(name)["schema"]["fields"]
    try:
        frame = read_csv_file(path, schema)
    except OSError as error:
        raise InputError(
            f"{path.name}, which can't be read ({error.strerror})", "the file as handed out", _MEND
        ) from None
    except ValueError as error:
        said = " ".join(str(error).split())
        raise InputError(
            f"{path.name}, which was changed ({echo(said)})", "the file as handed out", _MEND
        ) from None
    return frame
