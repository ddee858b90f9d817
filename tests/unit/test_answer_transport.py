"""Answers leave a notebook as plain values of a bounded size, or are refused in a sentence."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from touchpoints.core.errors import InputError
from touchpoints.course.answers import from_plain, to_plain

PLAIN = [
    (None, None),
    (True, True),
    (3, 3),
    (2.5, 2.5),
    ("shop", "shop"),
    (float("nan"), None),
    (pd.NA, None),
    (np.float64(1.5), 1.5),
    (np.int8(4), 4),
    (np.bool_(True), True),
    (np.array(7), 7),
    (np.array([[1, 2], [3, 4]]), [[1, 2], [3, 4]]),
    ((1, "a"), [1, "a"]),
    ({1.0: 2, 1.5: 3, None: 4}, {"1": 2, "1.5": 3, "None": 4}),
    (pd.Series([1.0, np.nan], index=["a", "b"]), {"a": 1.0, "b": None}),
    (pd.Series([1, None], index=[1.0, 2.0], dtype="Int64"), {"1": 1, "2": None}),
    (pd.DataFrame({"n": [1], "name": ["x"]}), [{"n": 1, "name": "x"}]),
    (
        pd.DataFrame({"n": [1]}, index=pd.Index(["shop"], name="touchpoint")),
        [{"touchpoint": "shop", "n": 1}],
    ),
    (pd.Series(["a"], dtype="category"), {"0": "a"}),
    ({"shop", "hotline"}, ["hotline", "shop"]),
    (frozenset({"C", "A"}), ["A", "C"]),
    (pd.Index(["shop", "hotline"]), ["shop", "hotline"]),
    (pd.Series(["shop", "shop"]).unique(), ["shop"]),
    (pd.Series(["shop"], dtype="category").unique(), ["shop"]),
]

REFUSED = [
    (..., "ellipsis"),
    (len, "builtin_function_or_method"),
    (1j, "complex"),
    (b"bytes", "bytes"),
    ({len}, "builtin_function_or_method"),
    (pd.RangeIndex(10**12), "50,000"),
    (pd.MultiIndex.from_product([range(300), range(300)]), "50,000"),
    (pd.Timestamp("2025-01-01"), "Timestamp"),
    (float("inf"), "infinite"),
    (10**30, "18 digits"),
    ("x" * 60_000, "50,000"),
    (list(range(60_000)), "50,000"),
    (pd.DataFrame(np.zeros((300, 300))), "50,000"),
    (np.zeros(60_000), "50,000"),
    ([[[[[[[[[[1]]]]]]]]]], "eight deep"),
]


@pytest.mark.parametrize(("value", "plain"), PLAIN)
def test_an_answer_becomes_plain_and_survives_json(value, plain):
    found = to_plain(value)
    assert found == plain
    assert type(found) is type(plain)
    assert from_plain(json.loads(json.dumps(found))) == plain


@pytest.mark.parametrize(("value", "words"), REFUSED)
def test_anything_else_is_refused_in_a_sentence(value, words):
    with pytest.raises(InputError, match=words):
        to_plain(value)


def test_a_list_that_holds_itself_is_refused():
    endless: list[object] = []
    endless.append(endless)
    with pytest.raises(InputError, match="eight deep"):
        to_plain(endless)


def test_what_arrives_is_checked_again():
    with pytest.raises(InputError, match="more than 10"):
        from_plain(["x" * 20], limit=10)
