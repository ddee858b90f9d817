"""The kit's own datasets, and the only code that reads them."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal, get_args

import numpy as np
import pandas as pd

from touchpoints.core.errors import InputError, one_of
from touchpoints.originals.sfo_survey import load_survey

Backend = Literal["pandas", "polars"]

_HERE = Path(__file__).resolve().parent
_PANDAS_TYPES: Final = {
    "string": "str",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "datetime": "str",  # read as text, then turned into times
}
_SURVEY: Final = "sfo_survey"  # got by the user, so in no list
_TIME_FORMAT: Final = "%Y-%m-%dT%H:%M:%S"


def datasets_folder() -> Path:
    """Return the folder of the datasets: the repository's if there is one, else the wheel's.

    Returns:
        A folder with a `datapackage.json`.
    """
    in_repository = _HERE.parents[1] / "datasets"
    return in_repository if (in_repository / "datapackage.json").is_file() else _HERE / "_datasets"


@lru_cache
def _dictionary(folder: Path) -> dict[str, dict[str, Any]]:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return {resource["name"]: resource for resource in package["resources"]}


def list_datasets() -> pd.DataFrame:
    """List the datasets.

    Returns:
        One row a dataset: `name`, `title`, `rows`, `columns`, `synthetic` (true where the data are
        invented).

    Example:
        >>> list_datasets().set_index("name").loc["touchpoints", "columns"]
        np.int64(10)
    """
    return pd.DataFrame(
        {
            "name": name,
            "title": resource["title"],
            "rows": resource["touchpoints:rows"],
            "columns": len(resource["schema"]["fields"]),
            "synthetic": resource["touchpoints:synthetic"],
        }
        for name, resource in _dictionary(datasets_folder()).items()
    )


def describe(name: str) -> dict[str, Any]:
    """Return the dictionary entry of a dataset: title, description, sources, licence and fields.

    Args:
        name: Name of the dataset, as `list_datasets` gives it.

    Returns:
        The entry of `datapackage.json` (Data Package standard), as plain data.

    Raises:
        InputError: If there is no dataset of this name; the message lists what there is.

    Example:
        >>> describe("touchpoints")["schema"]["fields"][0]["name"]
        'touchpoint'
    """
    dictionary = _dictionary(datasets_folder())
    return dictionary[one_of("no dataset", name, dictionary)]


def allowed_values(field: dict[str, Any]) -> str:
    """Say which values a column may hold.

    Args:
        field: A field of a dictionary entry, as `describe` gives it.

    Returns:
        The closed set or the range in words; nothing where any value of the type may stand.

    Example:
        >>> allowed_values({"name": "grade", "constraints": {"minimum": 1, "maximum": 6}})
        '1 to 6'
        >>> allowed_values({"name": "step", "constraints": {"minimum": 1}})
        '1 or more'
    """
    limits = field.get("constraints", {})
    if "categories" in field:
        return ", ".join(field["categories"])
    if field.get("type") == "boolean":
        return "true, false"
    if "minimum" in limits and "maximum" in limits:
        return f"{limits['minimum']} to {limits['maximum']}"
    return f"{limits['minimum']} or more" if "minimum" in limits else ""


def load(name: str, *, backend: Backend = "pandas") -> Any:  # noqa: ANN401  (a frame of the backend)
    """Load a dataset with the types of its dictionary entry.

    Args:
        name: Name of the dataset, as `list_datasets` gives it; or "sfo_survey", the airport survey
            passenger by passenger, once `touchpoints data get sfo` has got its files
            (`touchpoints.originals.sfo_survey.load_survey` describes the columns).
        backend: "pandas" or "polars".

    Returns:
        A frame. Columns with a closed set of values are ordered categories (pandas) or an `Enum`
        (Polars) in the dictionary's order; whole numbers are nullable integers; times are in
        microseconds without a zone.

    Raises:
        InputError: If the name or the backend is not known; the message lists what there is. If
            the files of "sfo_survey" are not there; the message says how to get them.

    Example:
        >>> load("touchpoints")["contact_phase"].cat.categories.tolist()
        ['pre_contact', 'contact', 'full_contact', 'post_contact']
    """
    one_of("backend", backend, get_args(Backend))
    if name == _SURVEY:
        people = load_survey()
        return _to_polars(people) if backend == "polars" else people
    entry = describe(name)
    path = datasets_folder() / entry["path"]
    fields = entry["schema"]["fields"]
    if backend == "polars":
        return _read_polars(path, fields)
    return read_csv_file(path, fields)


def read_csv_file(path: Path, fields: list[dict[str, Any]]) -> pd.DataFrame:
    """Read a CSV file of a dataset's form with the types of its dictionary entry.

    Args:
        path: The file, as `csv_text` writes it.
        fields: The entry's columns, in their order.

    Returns:
        The frame, as `load` gives it.

    Raises:
        OSError: If the file can't be read.
        ValueError: If it has other columns, or cells that are not of the column's type.
    """
    types = _pandas_types(fields)
    frame = pd.read_csv(path, dtype=types, keep_default_na=False, na_values=[""], encoding="utf-8")
    if list(frame.columns) != list(types):
        raise ValueError("columns other than " + ", ".join(types))
    for name in _times(fields):
        frame[name] = pd.to_datetime(frame[name], format=_TIME_FORMAT).astype("datetime64[us]")
    return frame


def typed_frame(frame: pd.DataFrame, fields: list[dict[str, Any]]) -> pd.DataFrame:
    """Give a frame the types of a dictionary entry."""
    return frame.astype(_pandas_types(fields))


def csv_text(frame: pd.DataFrame) -> str:
    """Write a frame as the datasets are written: commas, LF, true and false, ISO 8601 times.

    Times are never missing.
    """
    plain = frame.copy()
    for column in plain.columns[[kind == "boolean" for kind in plain.dtypes]]:
        plain[column] = plain[column].map({True: "true", False: "false"})
    for column in plain.columns[[kind.kind == "M" for kind in plain.dtypes]]:
        plain[column] = np.datetime_as_string(plain[column].to_numpy(), unit="s")
    return str(plain.to_csv(index=False, lineterminator="\n"))


def _pandas_types(fields: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        f["name"]: pd.CategoricalDtype(f["categories"], ordered=f["categoriesOrdered"])
        if "categories" in f
        else _PANDAS_TYPES[f["type"]]
        for f in fields
    }


def _times(fields: list[dict[str, Any]]) -> list[str]:
    return [field["name"] for field in fields if field["type"] == "datetime"]


def _read_polars(path: Path, fields: list[dict[str, Any]]) -> Any:  # noqa: ANN401
    pl = _polars()
    plain = {
        "string": pl.String,
        "integer": pl.Int64,
        "number": pl.Float64,
        "boolean": pl.Boolean,
        "datetime": pl.String,  # read as text, then turned into times
    }
    types = {
        f["name"]: pl.Enum(f["categories"]) if "categories" in f else plain[f["type"]]
        for f in fields
    }
    frame = pl.read_csv(path, schema=types, encoding="utf8")
    times = pl.col(_times(fields)).str.to_datetime(_TIME_FORMAT, time_unit="us")
    return frame.with_columns(times)


def _to_polars(people: pd.DataFrame) -> Any:  # noqa: ANN401
    """Turn the survey's frame over, categories into an `Enum`."""
    pl = _polars()
    plain = {"Int64": pl.Int64, "Float64": pl.Float64, "boolean": pl.Boolean, "str": pl.String}
    types = {
        name: pl.Enum(dtype.categories.tolist())
        if isinstance(dtype, pd.CategoricalDtype)
        else plain[str(dtype)]
        for name, dtype in people.dtypes.items()
    }
    values = people.astype("object").where(people.notna(), None)
    return pl.DataFrame({name: values[name].tolist() for name in types}, schema=types)


def _polars() -> Any:  # noqa: ANN401  (the module)
    try:
        import polars as pl  # noqa: PLC0415  (an optional engine)
    except ImportError:
        raise InputError(
            "no Polars here", "an installed Polars", "run: pip install polars, or use pandas"
        ) from None
    return pl
