"""The survey passenger by passenger: cleaned, without residences, and what the shipped counts say."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import touchpoints as tp
from made_survey import COLUMNS, made_year, write_years
from touchpoints.originals import sfo_survey

# Made files everywhere; the originals, too, where they are.
FOLDERS = ["made", *filter(None, [os.environ.get(sfo_survey.VARIABLE)])]


@pytest.fixture(
    scope="module", params=FOLDERS, ids=lambda f: "made" if f == "made" else "originals"
)
def people(request, tmp_path_factory):
    made = request.param == "made"
    folder = write_years(tmp_path_factory.mktemp("sfo")) if made else Path(request.param)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(sfo_survey.VARIABLE, str(folder))
        frames = tp.load("sfo_survey"), tp.load("sfo_survey", backend="polars")
    return *frames, made


def test_counts_of_the_people_are_the_shipped_counts(people):
    frame = people[0]
    asked = frame[frame["overall_rating"].notna()]
    long = asked.melt(
        ["year", "overall_rating", "recommendation"], list(COLUMNS), "touchpoint", "rating"
    )
    long = long.dropna(subset="rating").assign(
        n=1,
        top_box=long["overall_rating"] == 5,
        n_nps=long["recommendation"].notna(),
        promoters=long["recommendation"] >= 9,
        detractors=long["recommendation"] <= 6,
    )
    columns = ["n", "top_box", "n_nps", "promoters", "detractors"]
    keys = ["year", "touchpoint", "rating"]
    got = (
        long.astype({"rating": "str", "year": "int64"}).groupby(keys)[columns].sum().astype("int64")
    )
    want = tp.load("sfo_contact_ratings").astype(
        {"touchpoint": "str", "rating": "str", "year": "int64"}
    )
    want = want.fillna(0).set_index(keys)[columns].astype("int64").sort_index()
    pd.testing.assert_frame_equal(got, want)


def test_no_place_of_residence_is_left(people):
    names = [name.lower() for name in people[0].columns]
    assert not [n for n in names if n.startswith("q") or "home" in n or "zip" in n or "live" in n]
    assert len(names) == 25


def test_types_and_ranges(people):
    frame = people[0]
    assert frame["respondent"].is_unique
    assert frame["overall_rating"].dropna().between(1, 5).all()
    assert frame["recommendation"].dropna().between(0, 10).all()
    assert frame.loc[frame["year"] < 2017, "recommendation"].isna().all()
    assert frame["used_wifi"].dtype == "boolean"
    assert list(frame["wifi"].cat.categories) == ["never_used", "1", "2", "3", "4", "5"]
    assert (frame["weight"].dropna() > 0).all()


def test_both_engines_hold_the_same(people):
    pandas, polars, _ = people
    assert polars.columns == list(pandas.columns)
    for name in pandas.columns:
        own = pandas[name].astype("object").where(pandas[name].notna(), None).tolist()
        assert polars[name].to_list() == own


def test_the_originals_have_the_documented_number_of_passengers(people):
    """14,503 rows, 13,719 with a valid overall rating (counted when the shipped tables were made)."""
    frame, _, made = people
    if not made:
        assert (len(frame), int(frame["overall_rating"].notna().sum())) == (14_503, 13_719)
    else:
        assert frame["overall_rating"].notna().all()


def test_stray_codes_become_missing(tmp_path):
    odd = made_year(2018).head(4).copy()
    odd["Q7WIFI"] = ["Blank", "0", " 5 ", "7"]
    odd["Q7ALL"] = ["6", "0", "5", "4.5"]
    odd["NETPRO  "] = ["11", "10", "", "-1"]
    odd["Q4FOOD"] = ["1", "2", "0", "3"]
    odd["WEIGHT"] = ["1.5", "0", "x", "2"]
    odd.columns = [f" {name.lower()} " for name in odd.columns]
    odd.to_csv(tmp_path / "2018.csv", index=False)
    clean = sfo_survey.clean_year(tmp_path / "2018.csv", 2018)
    assert clean["wifi"].astype("object").fillna("").tolist() == ["", "", "5", ""]
    assert clean["overall_rating"].fillna(-1).tolist() == [-1, -1, 5, -1]
    assert clean["recommendation"].fillna(-1).tolist() == [-1, 10, -1, -1]
    used = clean["used_restaurants"].astype("object").where(clean["used_restaurants"].notna(), None)
    assert used.tolist() == [True, False, None, None]
    assert clean["weight"].fillna(-1).tolist() == [1.5, -1, -1, 2]


@pytest.mark.parametrize("column", ["Q7RENTAL", "Q7ALL", "NETPRO  ", "STRATA", "Q4WIFI"])
def test_a_missing_column_is_named(tmp_path, column):
    made_year(2017).head(3).drop(columns=column).to_csv(tmp_path / "2017.csv", index=False)
    with pytest.raises(tp.InputError, match=f"without {column.strip()}"):
        sfo_survey.clean_year(tmp_path / "2017.csv", 2017)


def test_one_changed_answer_is_noticed(tmp_path):
    people = made_year(2016)
    rng = np.random.default_rng(5)
    place = int(rng.integers(len(people)))
    people.loc[place, "Q7ALL"] = "4" if people.loc[place, "Q7ALL"] == "5" else "5"
    people.to_csv(tmp_path / "2016.csv", index=False)
    with pytest.raises(tp.InputError, match="counts of ratings differ"):
        sfo_survey.require_agreement(tmp_path / "2016.csv", 2016, tp.load("sfo_contact_ratings"))
