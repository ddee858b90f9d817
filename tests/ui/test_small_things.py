"""The small-things check as a Python object, and what it hands to a scorecard."""

from __future__ import annotations

import pandas as pd
import polars as pl
import pytest

import touchpoints as tp
from refusals import refused
from touchpoints.core.small_things import SMALL_THINGS
from touchpoints.ui.small_things import SMALL_COLUMNS

SMALL = {"touchpoint": ["a", "b"], "contact_phase": ["contact", "post_contact"]}


def changed(check, touchpoint, **changes):
    return [{**row, **changes} if row["touchpoint"] == touchpoint else row for row in check.rows]


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, lambda d: pl.DataFrame(d).lazy()])
def test_a_short_frame_gets_defaults(make):
    check = tp.SmallThingsCheck(make(SMALL))
    assert check.rows[0] == {
        "touchpoint": "a",
        "name_en": "a",
        "name_de": "a",
        "contact_phase": "contact",
        "medium": "offline",
        "channel": "store",
        **dict.fromkeys(SMALL_THINGS),
        "note": "",
        "grade": None,
        "to_scorecard": False,
    }
    assert check._examples == []


def test_without_a_frame_it_shows_an_example_that_is_called_synthetic():
    check = tp.SmallThingsCheck()
    assert [row["touchpoint"] for row in check.rows] == check._examples
    assert len(check.rows) == 8
    assert "synthetic" in check._fallback["caption"]
    assert not any(row["to_scorecard"] for row in check.rows)


def test_a_scorecard_can_be_checked():
    card = tp.Scorecard()
    check = tp.SmallThingsCheck(card.to_frame())
    assert [r["name_de"] for r in check.rows] == [r["name_de"] for r in card.rows]
    assert check.results.most_missing == ()


def test_rows_results_and_frame_follow_each_other():
    check = tp.SmallThingsCheck(pd.DataFrame(SMALL))
    seen = []
    check.observe(lambda change: seen.append(change["new"]), "rows")
    check.rows = changed(check, "b", listen="no", note="12 May, they hung up")
    assert len(seen) == 1
    assert check.results.table["touchpoint"].tolist() == ["b", "a"]
    assert check.to_frame()["note"].tolist() == ["", "12 May, they hung up"]
    assert list(check.to_frame().columns) == list(SMALL_COLUMNS)
    assert tp.SmallThingsCheck(check.to_frame()).rows == check.rows


def test_what_is_handed_over_reaches_a_linked_scorecard_and_changes_no_row():
    check = tp.SmallThingsCheck()
    card = tp.Scorecard(small_things=check)
    before = card.rows
    assert card.small_things == []
    check.rows = changed(check, "live_chat", to_scorecard=True, grade=4)
    assert [r["touchpoint"] for r in card.small_things] == ["live_chat"]
    assert card.small_things[0]["grade"] == 4
    assert card.rows == before
    check.rows = changed(check, "live_chat", to_scorecard=False)
    assert card.small_things == []


def test_a_published_scorecard_reads_the_kept_check_unless_one_is_linked():
    assert tp.Scorecard()._reads == ["small-things"]
    assert tp.Scorecard(small_things=tp.SmallThingsCheck())._reads == []


@pytest.mark.parametrize(
    ("change", "found", "allowed"),
    [
        ({"reliable": "often"}, "'often'", "yes, partly, no"),
        ({"grade": 7}, "row 1: 7", "1 to 6"),
        ({"contact_phase": "before"}, "'before'", "pre_contact"),
        ({"medium": "air"}, "'air'", "offline, online"),
        ({"to_scorecard": 3}, "'to_scorecard' of type", "numbers"),
        ({"to_scorecard": "soon"}, "'to_scorecard' of type", "numbers"),
    ],
)
def test_wrong_rows_are_refused_and_nothing_changes(change, found, allowed):
    check = tp.SmallThingsCheck(pd.DataFrame(SMALL))
    before = check.rows

    def assign():
        check.rows = changed(check, "a", **change)

    refused(found, allowed, "", assign)
    assert check.rows == before


def test_a_frame_without_phases_is_refused():
    refused(
        "no column 'contact_phase'",
        "",
        "add",
        tp.SmallThingsCheck,
        pd.DataFrame({"touchpoint": ["a"]}),
    )


def test_all_touchpoints_may_be_removed():
    check = tp.SmallThingsCheck(pd.DataFrame(SMALL))
    check.rows = []
    assert check.to_frame().empty
    refused("no row", "one row", "", lambda: check.results)


@pytest.mark.parametrize("lang", ["en", "de"])
def test_readers_without_scripts_get_a_table(lang):
    fallback = tp.SmallThingsCheck(lang=lang)._fallback
    assert all(len(row) == len(fallback["columns"]) == 11 for row in fallback["rows"])
    assert ("Hört zu" in fallback["columns"]) == (lang == "de")
    assert fallback["rows"][5][1] == {"en": "missing", "de": "fehlt"}[lang]
