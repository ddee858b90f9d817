"""What the functions on ready-made counts, the intervals and the rule say to wrong input."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import touchpoints as tp
from refusals import refused

FROM_COUNTS = {
    "fan rate": lambda f, **o: tp.fan_rate_from_counts(f, **({"by": "grade"} | o)),
    "lift": lambda f, **o: tp.lift_from_counts(f, **({"by": None} | o)),
    "contrasts": lambda f, **o: tp.grade_contrasts_from_counts(f, **({"by": None} | o)),
    "net effect": lambda f, **o: tp.net_contact_effect_from_counts(f, **({"by": None} | o)),
}
COUNTS = [
    ({"n": [40, 50, -1]}, "column 'n', row 3: -1", "a whole number from 1", "correct"),
    ({"n": [40, 50.5, 60]}, "column 'n', row 2: 50.5", "a whole number", "correct"),
    ({"n": [40, 50, None]}, "column 'n', row 3: nothing", "a whole number", "correct"),
    ({"n": [40, 50, np.inf]}, "column 'n', row 3: inf", "a whole number", "correct"),
    ({"n": ["a", "b", "c"]}, "column 'n' of type", "numbers", "convert"),
    ({"n": [40, 50, 0]}, "column 'n', row 3: 0", "a whole number from 1", "correct"),
    ({"fans": [30, 10, 61]}, "61 fans among 60 answers", "at most as many", "correct"),
    ({"fans": [30, 10, -2]}, "column 'fans', row 3: -2", "a whole number from 0", "correct"),
    ({"fans": ...}, "no column 'fans'", "a frame with", "add or rename"),
    ({"n": ...}, "no column 'n'", "a frame with", "add or rename"),
    ({"grade": ...}, "no column 'grade'", "a frame with", "add or rename"),
    ({"grade": [0, 1, None]}, "column 'grade': 0", "from 1 to 6", "correct or empty"),
    ({"grade": [7, 1, None]}, "column 'grade': 7", "from 1 to 6", "correct or empty"),
    ({"grade": [2.5, 1, None]}, "column 'grade': 2.5", "from 1 to 6", "correct or empty"),
    ({"grade": ["a", "b", "c"]}, "column 'grade' of type", "from 1 to 6", "convert"),
    (
        {"grade": [1, 1, None]},
        "the group grade 1 more than once",
        "one row a group",
        "add the rows",
    ),
    ({"grade": [1, None, None]}, "the group no contact more than once", "one row", "add the rows"),
]


def counts(**changes):
    data = {"grade": [1.0, 2, None], "n": [40, 50, 60], "fans": [30, 10, 18]} | changes
    return pd.DataFrame({k: v for k, v in data.items() if v is not ...})


@pytest.mark.parametrize("function", FROM_COUNTS)
@pytest.mark.parametrize(("changes", "found", "allowed", "mend"), COUNTS)
def test_tables_of_counts(function, changes, found, allowed, mend):
    refused(found, allowed, mend, FROM_COUNTS[function], counts(**changes))


@pytest.mark.parametrize("function", FROM_COUNTS)
def test_options_for_tables_of_counts(function):
    call = FROM_COUNTS[function]
    refused("confidence 95", "between 0 and 1", "0.95", call, counts(), confidence=95)
    refused("no column 'answers'", "a frame with", "rename", call, counts(), n="answers")
    refused("grouping 'n'", "any other name", "rename", call, counts(), by="n")
    refused("no row in the table", "one row or more", "check", call, counts().head(0))
    refused("an object of type list", "a data frame", "pass a frame", call, [1, 2])


def test_one_side_of_a_lift_is_missing():
    for call in (tp.lift_from_counts, tp.net_contact_effect_from_counts):
        for rows, found in (
            (counts().head(2), "nobody without contact in the group all rows"),
            (counts().tail(1), "no graded contact in the group all rows"),
        ):
            refused(found, "in each group", "leave the group out", call, rows, by=None)
    refused("3 rows", "one row without a grouping", "by=", tp.fan_rate_from_counts, counts())


SHARES = [
    ((-1, 10), "successes -1", "0 to n", "correct"),
    ((11, 10), "successes 11", "0 to n", "correct"),
    ((1, 0), "n 0", "above 0", "leave out empty groups"),
    ((1, -5), "n -5", "above 0", "leave out"),
    ((float("nan"), 5), "successes nan", "0 to n", "correct"),
    ((1, float("nan")), "n nan", "above 0", "leave out"),
    ((1, float("inf")), "n inf", "above 0", "leave out"),
    (("many", 5), "successes 'many'", "numbers", "as numbers"),
    (([1, 2, 9], [5, 5, 5]), "successes 9 at place 3", "0 to n", "correct"),
    (([1, 2], [3, 4, 5]), "arrays with 2, 3 entries", "one entry a group", "one length"),
]


@pytest.mark.parametrize(("numbers", "found", "allowed", "mend"), SHARES)
def test_intervals_of_shares(numbers, found, allowed, mend):
    refused(found, allowed, mend, tp.wilson, *numbers)
    refused(found, allowed, mend, tp.newcombe, *numbers, 1, 2)
    refused(found, allowed, mend, tp.newcombe, 1, 2, *numbers)


@pytest.mark.parametrize("confidence", [0, 1, 95, None, "0.95", True, float("nan")])
def test_confidence_of_intervals(confidence):
    for call, numbers in (
        (tp.wilson, (1, 2)),
        (tp.newcombe, (1, 2, 1, 2)),
        (tp.nps_from_counts, (1, 1, 1)),
    ):
        refused("confidence", "between 0 and 1", "0.95", call, *numbers, confidence=confidence)


@pytest.mark.parametrize(
    ("r", "found"),
    [(1.01, "correlation 1.01"), (-2, "correlation -2"), (float("nan"), "correlation nan")],
)
def test_correlations(r, found):
    refused(found, "-1 to 1", "correct", tp.newcombe, 1, 2, 1, 2, correlation=r)
    refused("correlation 'x'", "numbers", "pass", tp.newcombe, 1, 2, 1, 2, correlation="x")


KINDS = [
    ((-1, 1, 1), "promoters -1"),
    ((1, 1.5, 1), "passives 1.5"),
    ((1, 1, float("nan")), "detractors nan"),
    ((1, 1, None), "detractors None"),
    ((True, 1, 1), "promoters True"),
    (("1", 1, 1), "promoters '1'"),
    (([], [], []), "promoters '[]'"),
    (([[1], [1, 2]], 1, 1), "promoters '[[1], [1, 2]]'"),
    (([[1, 2]], 1, 1), "promoters '[[1, 2]]'"),
]


@pytest.mark.parametrize(("numbers", "found"), KINDS)
def test_counts_of_the_nps(numbers, found):
    refused(
        found.split()[0], "a whole number of 0 or more", "correct", tp.nps_from_counts, *numbers
    )


def test_groups_of_the_nps():
    call = tp.nps_from_counts
    refused("arrays with 2, 3 entries", "one entry", "one length", call, [1, 2], [1, 2, 3], 1)
    refused("no answer in the group 2", "one or more", "leave", call, [1, 0], [1, 0], [1, 0])
    refused("no answer in the group all rows", "one or more", "leave", call, 0, 0, 0)


RULES = [
    ({"items": ()}, "items ()", "one or more columns", "a tuple"),
    ({"items": "bonding_1"}, "items 'bonding_1'", "one or more columns", "a tuple"),
    ({"items": ("a", "a")}, "items", "each column once", "drop"),
    ({"cut_off": 0.5}, "cut-off 0.5", "from 1 to 5", "correct"),
    ({"cut_off": 5.5}, "cut-off 5.5", "from 1 to 5", "correct"),
    ({"cut_off": float("nan")}, "cut-off nan", "from 1 to 5", "correct"),
    ({"cut_off": "4"}, "cut-off '4'", "from 1 to 5", "correct"),
    ({"cut_off": True}, "cut-off True", "from 1 to 5", "correct"),
    ({"satisfaction_at_most": 0}, "satisfaction limit 0", "from 1 to 6", "correct"),
    ({"satisfaction_at_most": 7}, "satisfaction limit 7", "from 1 to 6", "correct"),
]


@pytest.mark.parametrize(("options", "found", "allowed", "mend"), RULES)
def test_rules(options, found, allowed, mend):
    refused(found, allowed, mend, tp.FanRule, **options)


def people(**changes):
    data = {f"bonding_{i}": [5, 4, 3] for i in range(1, 6)} | {"satisfaction": [1, 2, 6]} | changes
    return pd.DataFrame({k: v for k, v in data.items() if v is not ...})


ANSWERS = [
    ({"bonding_3": [0, 4, 3]}, "column 'bonding_3': 0", "numbers from 1 to 5", "correct or empty"),
    ({"bonding_3": [6, 4, 3]}, "column 'bonding_3': 6", "numbers from 1 to 5", "correct or empty"),
    ({"bonding_3": ["a", "b", "c"]}, "column 'bonding_3' of type", "from 1 to 5", "convert"),
    ({"bonding_3": ...}, "no column 'bonding_3'", "a frame with", "did you mean 'bonding"),
    ({"satisfaction": [1, 7, 2]}, "column 'satisfaction': 7", "from 1 to 6", "correct or empty"),
    ({"satisfaction": ...}, "no column 'satisfaction'", "a frame with", "add or rename"),
]


@pytest.mark.parametrize(("changes", "found", "allowed", "mend"), ANSWERS)
def test_answers_that_a_rule_reads(changes, found, allowed, mend):
    rule = tp.FanRule(satisfaction_at_most=2)
    refused(found, allowed, mend, rule.apply, people(**changes))
    refused(found, allowed, mend, tp.fan_rate, people(**changes), rule=rule)


def test_nobody_answered():
    nobody = people(**{f"bonding_{i}": [np.nan] * 3 for i in range(1, 6)})
    found = "no known value in column 'fan'"
    refused(found, "true or false", "check the join", tp.fan_rate, nobody, rule=tp.FanRule())
