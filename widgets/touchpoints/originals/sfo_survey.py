"""The airport survey, passenger by passenger: found, checked against the shipped counts, cleaned.

Of each file only named columns are taken. Places of residence are not among them, nor are flights,
comments, age, gender and income.
"""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from typing import Final

import pandas as pd
from platformdirs import user_data_path

from touchpoints.core.errors import InputError, listing
from touchpoints.originals.portal import MOST_BYTES, YEARS

#: Environment variable that names the folder of the files.
VARIABLE: Final = "TOUCHPOINTS_SFO_DIR"

#: Columns of the ratings, in the order of the questionnaire; names as in `sfo_contact_ratings`.
_RATINGS: Final = {
    "Q7ART": "art_and_exhibitions",
    "Q7FOOD": "restaurants",
    "Q7STORE": "shops",
    "Q7SIGN": "signs_inside",
    "Q7WALKWAYS": "walkways_and_lifts",
    "Q7SCREENS": "flight_screens",
    "Q7INFODOWN": "information_booth_arrivals",
    "Q7INFOUP": "information_booth_departures",
    "Q7WIFI": "wifi",
    "Q7ROADS": "road_signs",
    "Q7PARK": "parking",
    "Q7AIRTRAIN": "airtrain",
    "Q7LTPARKING": "long_term_parking_shuttle",
    "Q7RENTAL": "rental_car_centre",
}
_USED: Final = {"Q4FOOD": "used_restaurants", "Q4STORE": "used_shops", "Q4WIFI": "used_wifi"}
_CODES: Final = {"Q5TIMESFLOWN": "times_flown_code", "Q6LONGUSE": "years_of_use_code"}
_OVERALL: Final = "Q7ALL"
_RECOMMENDS: Final = "NETPRO"
_NEEDED: Final = (*_RATINGS, *_USED, *_CODES, _OVERALL, "STRATA", "WEIGHT")
_FIRST_ASKED: Final = 2017
_NEVER_USED: Final = "never_used"
_SCALE: Final = (_NEVER_USED, "1", "2", "3", "4", "5")
_NINE, _SIX = 9, 6


def survey_folder() -> Path:
    """Return where the yearly files are looked for: `TOUCHPOINTS_SFO_DIR`, else the user's data."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else user_data_path("touchpoint-kit", appauthor=False) / "sfo"


def load_survey() -> pd.DataFrame:
    """Read the files that are there and clean them.

    Returns:
        One row a passenger: `respondent` (year and running number), `year`; the rating of each
        touchpoint ("5" outstanding to "1" unacceptable, "never_used", or nothing); `overall_rating`
        (1 to 5), `recommendation` (0 to 10, since 2017); `used_restaurants`, `used_shops`,
        `used_wifi` (stated, that day); `times_flown_code` and `years_of_use_code` (codes of the
        survey's code book); `stratum` and `weight` of the design.

    Raises:
        InputError: If there is no file, or one has other columns.
    """
    folder = survey_folder()
    there = [year for year in YEARS if (folder / f"{year}.csv").is_file()]
    if not there:
        raise InputError(
            f"no file of the survey in {folder}",
            f"{YEARS[0]}.csv to {YEARS[-1]}.csv, as the city's portal has them",
            "run: touchpoints data get sfo",
        )
    if missing := [year for year in YEARS if year not in there]:
        warnings.warn(
            f"sfo_survey without {listing(missing)}: no such file in {folder}; "
            "run: touchpoints data get sfo",
            stacklevel=3,
        )
    years = [clean_year(folder / f"{year}.csv", year) for year in there]
    return pd.concat(years, ignore_index=True)


def clean_year(path: Path, year: int) -> pd.DataFrame:
    """Read one yearly file and clean it, as `load_survey` describes.

    Raises:
        InputError: If it is no table of the survey or too large.
    """
    if path.stat().st_size > MOST_BYTES:
        raise InputError(
            f"{path.name} of {path.stat().st_size / 1e6:.0f} MB",
            f"up to {MOST_BYTES / 1e6:g} MB",
            f"take the survey's file of {year}",
        )
    try:
        raw = pd.read_csv(path, encoding="latin-1", dtype=str, keep_default_na=False)
    except (pd.errors.ParserError, pd.errors.EmptyDataError):
        raise InputError(
            f"{path.name}, which is no table", "a CSV file", f"take the survey's file of {year}"
        ) from None
    # Names carry blanks, their case differs from year to year, and 2018 says Q7WALKWAY.
    raw.columns = [
        "Q7WALKWAYS" if name == "Q7WALKWAY" else name
        for name in raw.columns.str.strip().str.upper()
    ]
    needed = [*_NEEDED, *([_RECOMMENDS] if year >= _FIRST_ASKED else [])]
    if missing := [name for name in needed if list(raw.columns).count(name) != 1]:
        raise InputError(
            f"{path.name} without {listing(missing)}",
            "the columns of the survey, each once",
            f"take the survey's file of {year}",
        )
    numbers = raw[needed].apply(pd.to_numeric, errors="coerce")
    clean = {
        "respondent": [f"{year}-{i:04d}" for i in range(1, len(raw) + 1)],
        "year": pd.Series(year, index=raw.index, dtype="Int64"),
        **{name: _rating(numbers[column]) for column, name in _RATINGS.items()},
        "overall_rating": _whole(numbers[_OVERALL], 1, 5),
        "recommendation": _whole(numbers[_RECOMMENDS], 0, 10)
        if year >= _FIRST_ASKED
        else pd.Series(pd.NA, index=raw.index, dtype="Int64"),
        **{name: _yes_no(numbers[column]) for column, name in _USED.items()},
        **{name: _whole(numbers[column], 1, 9) for column, name in _CODES.items()},
        "stratum": _whole(numbers["STRATA"], 1, 99),
        "weight": numbers["WEIGHT"].where(numbers["WEIGHT"] > 0).astype("Float64"),
    }
    return pd.DataFrame(clean).astype({"respondent": "str"})


def require_agreement(path: Path, year: int, shipped: pd.DataFrame) -> None:
    """Accept a yearly file only if its counts are those of the shipped table.

    Args:
        path: The file.
        year: Which year's it should be.
        shipped: The data set `sfo_contact_ratings`.

    Raises:
        InputError: If the file is no table of the survey, or a count differs.
    """
    counts = _counts(clean_year(path, year), year)
    own = shipped[shipped["year"] == year].astype({"touchpoint": "str", "rating": "str"})
    expected = own.set_index(["touchpoint", "rating"])[list(counts.columns)].astype("Int64")
    both = counts.reindex(expected.index, fill_value=0).compare(expected)
    if not both.empty or len(counts) != len(expected):
        raise InputError(
            f"{path.name}: {max(len(both), 1)} of {len(expected)} counts of ratings differ from "
            f"sfo_contact_ratings in {year}",
            "the same counts",
            f"take the survey's file of {year}, unchanged",
        )


def _counts(people: pd.DataFrame, year: int) -> pd.DataFrame:
    """Count ratings as the shipped table does: among those with an overall rating."""
    asked = people[people["overall_rating"].notna()]
    likely = asked["recommendation"]
    flags = pd.DataFrame(
        {
            "n": 1,
            "top_box": (asked["overall_rating"] == 5).astype("Int64"),  # noqa: PLR2004
            "n_nps": likely.notna().astype("Int64"),
            "promoters": (likely >= _NINE).fillna(value=False).astype("Int64"),
            "detractors": (likely <= _SIX).fillna(value=False).astype("Int64"),
        }
    )
    if year < _FIRST_ASKED:
        flags = flags[["n", "top_box"]]
    parts = [
        flags.groupby(asked[name].astype("object"))[list(flags.columns)].sum()
        for name in _RATINGS.values()
    ]
    joined = pd.concat(parts, keys=list(_RATINGS.values()), names=["touchpoint", "rating"])
    return joined.astype("Int64")


def _rating(codes: pd.Series) -> pd.Series:
    """Turn codes into ratings: 6 is never used or not applicable; 0 and blank are missing."""
    words = {float(i): str(i) for i in range(1, 6)} | {6.0: _NEVER_USED}
    return codes.map(words).astype(pd.CategoricalDtype(list(_SCALE), ordered=False))


def _whole(numbers: pd.Series, low: int, high: int) -> pd.Series:
    return numbers.where(numbers.between(low, high) & (numbers % 1 == 0)).astype("Int64")


def _yes_no(codes: pd.Series) -> pd.Series:
    """Turn 1 (yes) and 2 (no) into true and false."""
    return codes.map({1.0: True, 2.0: False}).astype("boolean")
