"""Yearly survey files made up so that they agree with the shipped counts: no passenger's answers.

The shipped table tells, for each touchpoint and rating, how many gave the top box and recommend. Any
people whose answers add up to that will do; who rated what else is nobody's.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

import touchpoints as tp

COLUMNS = {
    "art_and_exhibitions": "Q7ART",
    "restaurants": "Q7FOOD",
    "shops": "Q7STORE",
    "signs_inside": "Q7SIGN",
    "walkways_and_lifts": "Q7WALKWAYS",
    "flight_screens": "Q7SCREENS",
    "information_booth_arrivals": "Q7INFODOWN",
    "information_booth_departures": "Q7INFOUP",
    "wifi": "Q7WIFI",
    "road_signs": "Q7ROADS",
    "parking": "Q7PARK",
    "airtrain": "Q7AIRTRAIN",
    "long_term_parking_shuttle": "Q7LTPARKING",
    "rental_car_centre": "Q7RENTAL",
}
#: Groups of people: overall rating, and recommendation (11 is blank).
GROUPS = [(overall, likely) for overall in (5, 4) for likely in (9, 3, 7, 11)]


def _codes(own: pd.DataFrame) -> list[np.ndarray]:
    """For each group of people the codes of one touchpoint."""
    parts: list[list[np.ndarray]] = [[] for _ in GROUPS]
    for row in own.fillna(0).astype({"rating": "str"}).itertuples():
        passive = row.n_nps - row.promoters - row.detractors
        left = row.top_box
        code = 6 if row.rating == "never_used" else int(row.rating)
        for k, size in enumerate((row.promoters, row.detractors, passive, row.n - row.n_nps)):
            top = min(left, size)
            left -= top
            parts[k].append(np.repeat(code, top))
            parts[k + 4].append(np.repeat(code, size - top))
    return [np.concatenate(part) for part in parts]


def made_year(year: int) -> pd.DataFrame:
    """The file of a year, as text cells."""
    shipped = tp.load("sfo_contact_ratings")
    shipped = shipped[shipped["year"] == year].astype({"touchpoint": "str"})
    codes = {name: _codes(shipped[shipped["touchpoint"] == name]) for name in COLUMNS}
    sizes = [max(len(own[g]) for own in codes.values()) for g in range(len(GROUPS))]
    columns = {
        COLUMNS[name]: np.concatenate(
            [np.pad(own[g], (0, size - len(own[g]))) for g, size in enumerate(sizes)]
        )
        for name, own in codes.items()
    }
    people = pd.DataFrame(columns).astype("str")
    people["Q7ALL"] = np.repeat([str(overall) for overall, _ in GROUPS], sizes)
    if year >= 2017:
        people["NETPRO  "] = np.repeat([str(likely) for _, likely in GROUPS], sizes)
    if year == 2018:
        people = people.rename(columns={"Q7WALKWAYS": "Q7WALKWAY"})
    asked = {
        "Q4STORE": "1",
        "Q4FOOD": "2",
        "Q4WIFI": "0",
        "Q5TIMESFLOWN": "3",
        "Q6LONGUSE": "Blank",
    }
    return people.assign(**asked, STRATA="1", WEIGHT="0.5", Q17ZIP="99999", HOME="7")


def write_years(folder: Path, years: tuple[int, ...] = (2014, 2015, 2016, 2017, 2018)) -> Path:
    """Write the files of some years into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for year in years:
        made_year(year).to_csv(folder / f"{year}.csv", index=False, encoding="latin-1")
    return folder
