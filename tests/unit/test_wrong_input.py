"""What every function of the statistics says to wrong input: found, allowed, mend, in one sentence."""

from __future__ import annotations

import numpy as np
import pandas as pd
import polars as pl
import pytest

import touchpoints as tp
from refusals import refused


def contacts(**changes):
    """Six customers at one touchpoint, with columns replaced (or dropped where the value is ...)."""
    data = {
        "customer_id": [1, 2, 3, 4, 5, 6],
        "touchpoint": ["shop"] * 6,
        "grade": [1.0, 2, None, None, 3, 1],
        "fan": [True, False, True, False, False, True],
        "weight": [1.0, 2, 1, 1, 0.5, 1],
        "region": ["north"] * 3 + ["south"] * 3,
    } | changes
    return pd.DataFrame({k: v for k, v in data.items() if v is not ...})


def touchpoints(**changes):
    data = {"touchpoint": ["shop"], "contact_phase": ["contact"], "channel": ["store"]} | changes
    return pd.DataFrame({k: v for k, v in data.items() if v is not ...})


def answers(values, **more):
    return pd.DataFrame({"recommendation": values} | more)


OF_CONTACTS = {
    "fan_rate": lambda f, **o: tp.fan_rate(f, **({"by": "grade"} | o)),
    "fan_rate weighted": lambda f, **o: tp.fan_rate(
        f, **({"by": "grade", "weights": "weight"} | o)
    ),
    "fan_rate clustered": lambda f, **o: tp.fan_rate(
        f, **({"by": "grade", "cluster": "customer_id"} | o)
    ),
    "lift": tp.lift_over_no_contact,
    "contrasts": tp.grade_contrasts,
    "claim": tp.only_best_counts,
    "net effect": tp.net_contact_effect,
    "lens": lambda f, **o: tp.channel_lens(f, touchpoints(), **o),
}
GRADES = "a whole number from 1 to 6, or nothing for no contact"
BAD_GRADES = {
    "zero": ([0, 1, 2, 3, None, 1], "column 'grade': 0", "correct or empty"),
    "seven": ([7, 1, 2, 3, None, 1], "column 'grade': 7", "correct or empty"),
    "between": ([2.5, 1, 2, 3, None, 1], "column 'grade': 2.5", "correct or empty"),
    "negative": ([-1, 1, 2, 3, None, 1], "column 'grade': -1", "correct or empty"),
    "infinite": ([np.inf, 1, 2, 3, None, 1], "column 'grade': inf", "correct or empty"),
    "text": (["good"] * 6, "column 'grade' of type", "convert the column to numbers"),
    "flags": ([True] * 6, "column 'grade' of type Boolean", "convert the column to numbers"),
}


@pytest.mark.parametrize("function", OF_CONTACTS)
@pytest.mark.parametrize("case", BAD_GRADES)
def test_grades_outside_the_scale(function, case):
    grade, found, mend = BAD_GRADES[case]
    refused(found, GRADES, mend, OF_CONTACTS[function], contacts(grade=grade))


@pytest.mark.parametrize("function", OF_CONTACTS)
def test_no_row(function):
    empty = contacts().head(0)
    refused("no row in the frame", "one row or more", "check", OF_CONTACTS[function], empty)


@pytest.mark.parametrize("function", OF_CONTACTS)
@pytest.mark.parametrize("value", [None, [1, 2], "file.csv", {"grade": [1]}])
def test_no_frame(function, value):
    refused("an object of type", "a data frame", "pass a frame", OF_CONTACTS[function], value)


@pytest.mark.parametrize("function", OF_CONTACTS)
def test_no_column_for_the_grade(function):
    frame = contacts(grade=...).rename(columns={"region": "grades"})
    found = "no column 'grade' among customer_id, touchpoint, fan"
    refused(found, "grade", "did you mean 'grades'", OF_CONTACTS[function], frame)


@pytest.mark.parametrize("function", sorted(set(OF_CONTACTS) - {"lens", "claim"}))
@pytest.mark.parametrize("confidence", [0, 1, 95, -0.5, float("nan"), "high", True, None])
def test_confidence_out_of_range(function, confidence):
    call = OF_CONTACTS[function]
    found = "confidence"
    refused(found, "between 0 and 1", "0.95", call, contacts(), confidence=confidence)


TWICE = {"customer_id": [1, 1, 3, 4, 5, 6]}
LONELY = {"customer_id": [None, 2, 3, 4, 5, 6]}
NOWHERE = {"touchpoint": ["shop", None, "shop", "shop", "shop", "shop"]}


@pytest.mark.parametrize("function", ["fan_rate clustered", "lift", "net effect", "lens"])
def test_contacts_stand_once_and_name_their_customer(function):
    call = OF_CONTACTS[function]
    twice = "2 rows of customer 1 at touchpoint 'shop'"
    refused(twice, "one row a customer and touchpoint", "keep one", call, contacts(**TWICE))
    refused("column 'customer_id': nothing", "customer", "fill", call, contacts(**LONELY))
    refused("column 'touchpoint': nothing", "touchpoint", "fill", call, contacts(**NOWHERE))


ONE_STATUS = {
    "text": (["yes"] * 6, "column 'fan': 'yes'", "true or false", "convert"),
    "two": ([2, 0, 1, 0, 1, 0], "column 'fan': 2", "true or false", "convert"),
    "half": ([0.5, 0, 1, 0, 1, 0], "column 'fan': 0.5", "true or false", "convert"),
    "infinite": ([np.inf, 0, 1, 0, 1, 0], "column 'fan': inf", "true or false", "convert"),
    "category": (
        pd.Categorical(["True", "False"] * 3),
        "column 'fan' of type Categorical",
        "true",
        "convert",
    ),
    "missing": ([None] * 6, "no known value in column 'fan'", "true or false", "check"),
    "nan": ([np.nan] * 6, "no known value in column 'fan'", "true or false", "check"),
    "a group": (
        [None, True, True, True, True, None],
        "no known fan status in the group",
        "one or more in each group",
        "leave the group out",
    ),
    "no column": (
        ...,
        "no column 'fan'",
        "a column 'fan' of true and false, or a rule",
        "FanRule()",
    ),
}


@pytest.mark.parametrize("function", sorted(set(OF_CONTACTS) - {"lens"}))
@pytest.mark.parametrize("case", ONE_STATUS)
def test_fan_status(function, case):
    values, found, allowed, mend = ONE_STATUS[case]
    refused(found, allowed, mend, OF_CONTACTS[function], contacts(fan=values))


WEIGHTS = {
    "negative": ([-1.0, 1, 1, 1, 1, 1], "column 'weight': a weight that is missing, negative"),
    "missing": ([None, 1.0, 1, 1, 1, 1], "column 'weight': a weight that is missing, negative"),
    "infinite": ([np.inf, 1, 1, 1, 1, 1], "column 'weight': a weight that is missing, negative"),
    "all zero": ([0.0] * 6, "column 'weight': only weights of 0 in the group"),
    "a group of zeros": ([1.0, 0, 1, 1, 1, 1], "column 'weight': only weights of 0 in the group"),
    "text": (["heavy"] * 6, "column 'weight' of type"),
    "no column": (..., "no column 'weight'"),
}


@pytest.mark.parametrize("function", sorted(set(OF_CONTACTS) - {"lens"}))
@pytest.mark.parametrize("case", WEIGHTS)
def test_weights(function, case):
    values, found = WEIGHTS[case]
    allowed = "a frame with" if values is ... else "numbers of 0 or more"
    call = OF_CONTACTS[function]
    refused(found, allowed, "", call, contacts(weight=values), weights="weight")


OPTIONS = [
    ({"by": 5}, "grouping 5", "a column or several columns", "pass their names"),
    ({"by": [["region"]]}, "grouping [['region']]", "a column", "pass their names"),
    ({"by": ["region", "region"]}, "grouping region, region", "each column once", "drop"),
    ({"by": "regions"}, "no column 'regions'", "a frame with", "did you mean 'region'"),
    ({"by": "small_cell"}, "grouping 'small_cell', a name that", "any other", "rename"),
    ({"rule": "strict"}, "rule 'strict'", "a FanRule", "FanRule("),
    ({"rule": tp.FanRule()}, "no column 'bonding_1'", "a frame with bonding_1", "add or rename"),
    ({"cluster": "household"}, "no column 'household'", "a frame with", "add or rename"),
]


@pytest.mark.parametrize("function", ["fan_rate", "lift", "net effect"])
@pytest.mark.parametrize(("options", "found", "allowed", "mend"), OPTIONS)
def test_options(function, options, found, allowed, mend):
    refused(found, allowed, mend, OF_CONTACTS[function], contacts(), **options)


@pytest.mark.parametrize("call", [tp.lift_over_no_contact, tp.net_contact_effect])
def test_options_of_lifts(call):
    refused("grouping grade", "besides the grade", "leave it out", call, contacts(), by="grade")
    refused("cluster None", "names the customer", "leave", call, contacts(), cluster=None)
    all_met, none_met = contacts(grade=[1.0, 2, 3, 1, 2, 2]), contacts(grade=[np.nan] * 6)
    refused("nobody without contact in the group shop", "each group", "leave", call, all_met)
    refused("no graded contact in the group shop", "each group", "leave", call, none_met)
    unknown = contacts(region=["north", None] * 3)
    refused("column 'region': nothing", "a value", "'unknown'", call, unknown, by="region")


LENS = [
    ({"threshold": 0}, {}, "threshold 0", "above 0, at most 5", "correct"),
    ({"threshold": 5.5}, {}, "threshold 5.5", "above 0, at most 5", "correct"),
    ({"threshold": float("nan")}, {}, "threshold nan", "above 0", "correct"),
    ({"threshold": "wide"}, {}, "threshold 'wide'", "a number above 0", "correct"),
    ({"confidence": 95}, {}, "confidence 95", "between 0 and 1", "0.95"),
    ({"by": "touchpoint"}, {}, "by='touchpoint'", "a column that groups", "by='channel'"),
    ({"by": "department"}, {}, "no column 'department'", "a frame with", "add or rename"),
    ({"by": "hidden"}, {"hidden": ["x"]}, "grouping 'hidden'", "any other name", "rename"),
    ({}, {"touchpoint": ["shops"]}, "a contact at 'shop', which", "shops", "did you mean 'shops'"),
    ({}, {"touchpoint": [None]}, "column 'touchpoint', row 1: nothing", "a key", "fill"),
    ({}, {"contact_phase": ["later"]}, "column 'contact_phase', row 1: 'later'", "pre_contact", ""),
    ({}, {"contact_phase": ...}, "no column 'contact_phase'", "a frame with", "add or rename"),
    ({}, {"channel": [None]}, "column 'channel': nothing", "a value for each", "fill"),
]


@pytest.mark.parametrize(("options", "changes", "found", "allowed", "mend"), LENS)
def test_lens(options, changes, found, allowed, mend):
    refused(found, allowed, mend, tp.channel_lens, contacts(), touchpoints(**changes), **options)


def test_lens_without_a_grade_or_a_list():
    lens = tp.channel_lens
    nothing, twice = contacts(grade=[np.nan] * 6), pd.concat([touchpoints(), touchpoints()])
    refused("no grade in column 'grade'", "some graded", "check", lens, nothing, touchpoints())
    refused("'shop' more than once", "each key once", "rename", lens, contacts(), twice)
    refused("no row in the list", "one row", "check", lens, contacts(), touchpoints().head(0))


NPS = [
    ([11, 2], "column 'recommendation': 11", "a whole number from 0 to 10", "correct"),
    ([-1, 2], "column 'recommendation': -1", "a whole number from 0 to 10", "correct"),
    ([7.5, 2], "column 'recommendation': 7.5", "a whole number from 0 to 10", "correct"),
    (["9", "10"], "column 'recommendation' of type", "whole numbers from 0 to 10", "convert"),
    ([np.nan, np.nan], "no answer in column 'recommendation'", "some answers", "check"),
    ([np.nan, 9], "no answer in the group a", "one or more", "leave the group out"),
]


@pytest.mark.parametrize(("values", "found", "allowed", "mend"), NPS)
def test_nps(values, found, allowed, mend):
    frame = answers(values, group=["a", "b"])
    refused(found, allowed, mend, tp.nps, frame, by="group")


def test_nps_of_other_tables():
    empty = pl.DataFrame(schema={"recommendation": pl.Int64})
    refused("no row", "one row or more", "check", tp.nps, empty)
    refused("no column 'nps' among", "nps", "add or rename", tp.nps, answers([1]), column="nps")
    refused("grouping 'rows'", "any other", "rename", tp.nps, answers([1], rows=["a"]), by="rows")
    refused("confidence 2", "between 0 and 1", "0.95", tp.nps, answers([1]), confidence=2)
