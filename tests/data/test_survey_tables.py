"""The counted surveys: tables agree with each other and, where at hand, with the originals."""

import hashlib
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import touchpoints as tp

# Columns of the survey's files, in the order of the touchpoints in the dictionary. In the files of
# the airport, "down" and "up" are the floors of arrivals and departures.
QUESTIONS = [
    "Q7ART",
    "Q7FOOD",
    "Q7STORE",
    "Q7SIGN",
    "Q7WALKWAY",
    "Q7SCREENS",
    "Q7INFODOWN",
    "Q7INFOUP",
    "Q7WIFI",
    "Q7ROADS",
    "Q7PARK",
    "Q7AIRTRAIN",
    "Q7LTPARKING",
    "Q7RENTAL",
]
USE = {"restaurants": "Q4FOOD", "shops": "Q4STORE", "wifi": "Q4WIFI"}


def ratings():
    return tp.load("sfo_contact_ratings")


def totals(frame, by=("touchpoint", "rating")):
    keys = [frame[column].astype("str") for column in by]
    return frame.groupby(keys)[["n", "top_box"]].sum().astype("int64")


def test_moods_add_up_to_the_ratings():
    pd.testing.assert_frame_equal(totals(tp.load("sfo_mood")), totals(ratings()))


def test_stated_use_never_exceeds_the_ratings():
    used = totals(tp.load("sfo_behaviour"))
    everybody = totals(ratings()).loc[used.index]
    assert (used <= everybody).all(axis=None)
    assert used["n"].sum() > 0.9 * everybody["n"].sum()


@pytest.mark.parametrize("name", ["sfo_contact_ratings", "sfo_mood", "sfo_behaviour"])
def test_the_best_overall_rating_is_a_part_of_the_answers(name):
    frame = tp.load(name)
    assert (frame["top_box"] <= frame["n"]).all()
    assert (frame["n"] > 0).all()


def test_recommendation_was_asked_in_two_years_only():
    frame = ratings()
    asked = frame["year"] >= 2017
    for column in ("n_nps", "promoters", "detractors"):
        assert (frame[column].notna() == asked).all()
    answered = frame[asked]
    assert (answered["n_nps"] <= answered["n"]).all()
    assert (answered["promoters"] + answered["detractors"] <= answered["n_nps"]).all()


def test_each_year_has_all_touchpoints_and_ratings():
    assert (ratings().groupby("year").size() == 14 * 6).all()


def test_the_pattern_of_the_claim_is_there_at_all_touchpoints():
    """Raw, the best rating lies above never used and the second best below, at each of the 14."""
    counts = totals(ratings())
    rate = counts["top_box"] / counts["n"]
    best, second, never = (rate.xs(key, level="rating") for key in ("5", "4", "never_used"))
    assert len(never) == 14
    assert (best > never).all()
    assert (second < never).all()


# Each cell of these files was compared with the counts of the surveys (Copenhagen: with the table
# of 72 cells as published); the digests keep them so.
COMPARED = {
    "sfo_contact_ratings": "8ab96f372483a618",
    "sfo_mood": "6435a191252e7249",
    "sfo_behaviour": "f9b8adbe617f2591",
    "copenhagen_housing": "921ef7d503424fe5",
}


@pytest.mark.parametrize("name", COMPARED)
def test_no_cell_has_changed_since_it_was_compared(root, name):
    content = (root / "datasets" / f"{name}.csv").read_bytes()
    assert hashlib.sha256(content).hexdigest().startswith(COMPARED[name])


def test_copenhagen_has_its_residents():
    """Madsen (1976): 72 cells, N = 1,681."""
    frame = tp.load("copenhagen_housing")
    assert int(frame["residents"].sum()) == 1681
    assert frame.groupby(["satisfaction", "influence", "dwelling", "contact"]).ngroups == 72


def test_wishes_are_ranked_as_in_the_article():
    frame = tp.load("consumer_wishes")
    assert frame["rank"].tolist() == [1, 2, 3]
    assert frame["wish"].tolist() == ["touch_and_feel", "travel", "restaurants"]


def read_originals(folder):
    """Read the survey's files as its dictionary entry says."""
    years = []
    for path in sorted(folder.glob("20??.csv")):
        raw = pd.read_csv(path, encoding="latin-1", low_memory=False)
        raw.columns = [name.strip().upper().replace("WALKWAYS", "WALKWAY") for name in raw.columns]
        kept = raw.reindex(columns=[*QUESTIONS, "Q7ALL", "NETPRO", *USE.values()])
        numbers = kept.apply(pd.to_numeric, errors="coerce")
        years.append(numbers.assign(year=int(path.stem)))
    answers = pd.concat(years, ignore_index=True)
    return answers[answers["Q7ALL"].between(1, 5)]


def long_form(answers):
    """One row a respondent and touchpoint, with rating, mood and whether the box is the top one."""
    keys = tp.describe("sfo_contact_ratings")["schema"]["fields"][1]["categories"]
    given = answers[QUESTIONS].where((answers[QUESTIONS] >= 1) & (answers[QUESTIONS] <= 5))
    parts = []
    for key, question in zip(keys, QUESTIONS, strict=True):
        others = given.drop(columns=question)
        halves = np.floor(others.mean(axis=1) * 2 + 0.5) / 2
        mood = halves.astype("str").where(others.notna().sum(axis=1) >= 3, "fewer_than_3")
        used = answers[USE[key]] if key in USE else np.nan
        parts.append(
            pd.DataFrame(
                {
                    "year": answers["year"],
                    "touchpoint": key,
                    "code": answers[question],
                    "mean_of_other_ratings": mood,
                    "said_used": used,
                    "top_box": answers["Q7ALL"] == 5,
                    "recommends": answers["NETPRO"].where(answers["NETPRO"].between(0, 10)),
                }
            )
        )
    pairs = pd.concat(parts, ignore_index=True)
    pairs = pairs[pairs["code"].between(1, 6)]
    rating = pairs["code"].astype(int).astype("str").replace("6", "never_used")
    return pairs.assign(rating=rating, n=1)


FOLDERS = [Path(os.environ["TOUCHPOINTS_SFO_DIR"])] if "TOUCHPOINTS_SFO_DIR" in os.environ else []

if FOLDERS:

    @pytest.fixture(scope="module", params=FOLDERS, ids=["originals"])
    def pairs(request):
        return long_form(read_originals(request.param))

    def test_originals_have_the_documented_number_of_answers():
        assert len(read_originals(FOLDERS[0])) == 13_719

    def test_ratings_are_counted_right(pairs):
        by = ("year", "touchpoint", "rating")
        pd.testing.assert_frame_equal(totals(ratings(), by), totals(pairs, by))

    def test_recommendation_is_counted_right(pairs):
        asked = pairs.assign(
            n_nps=pairs["recommends"].notna(),
            promoters=pairs["recommends"] >= 9,
            detractors=pairs["recommends"] <= 6,
        )
        columns = ["n_nps", "promoters", "detractors"]
        by = ["year", "touchpoint", "rating"]
        counted = asked[asked["year"] >= 2017].groupby(by)[columns].sum().astype("int64")
        shipped = ratings().astype({"touchpoint": "str", "rating": "str", "year": "int64"})
        shipped = shipped[shipped["year"] >= 2017].set_index(by)[columns].sort_index()
        pd.testing.assert_frame_equal(counted, shipped.astype("int64"))

    def test_moods_are_counted_right(pairs):
        by = ("touchpoint", "rating", "mean_of_other_ratings")
        pd.testing.assert_frame_equal(totals(tp.load("sfo_mood"), by), totals(pairs, by))

    def test_stated_use_is_counted_right(pairs):
        by = ("touchpoint", "said_used", "rating")
        known = pairs[pairs["said_used"].isin([1, 2])]
        known = known.assign(said_used=known["said_used"] == 1)
        pd.testing.assert_frame_equal(totals(tp.load("sfo_behaviour"), by), totals(known, by))
