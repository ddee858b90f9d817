"""The lens as a Python object: what the page looks up is what `channel_lens` says."""

from __future__ import annotations

import itertools
import json

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pytest
import traitlets

import touchpoints as tp
from conftest import vectors
from touchpoints.core.vocabulary import CONTACT_PHASES

CONTACTS = {
    "customer_id": [*range(40), *range(40), *range(20)],
    "touchpoint": ["entrance"] * 40 + ["checkout"] * 40 + ["returns"] * 20,
    "grade": [1, 2] * 20 + [2] * 40 + [4, 5] * 10,
    "loyal": ([True, False] * 20) * 2 + [True] * 20,
    "town": ["Bonn"] * 80 + ["Kiel"] * 20,
}
TOUCHPOINTS = {
    "touchpoint": ["entrance", "checkout", "returns"],
    "contact_phase": ["contact", "full_contact", "post_contact"],
    "channel": ["store"] * 3,
}
HAND = {"touchpoints": pd.DataFrame(TOUCHPOINTS)}


@pytest.fixture(scope="module")
def kit() -> tp.ChannelLens:
    return tp.ChannelLens()


@pytest.fixture
def by_hand() -> tp.ChannelLens:
    return tp.ChannelLens(pd.DataFrame(CONTACTS), **HAND, filters=["loyal", "town"])


def contacts_with_age() -> pd.DataFrame:
    ages = tp.load("customers")[["customer_id", "age_group"]]
    return tp.load("contacts").merge(ages, on="customer_id")


@pytest.mark.parametrize("by", ["channel", "department", "medium"])
@pytest.mark.parametrize(
    ("age", "staff"), [(None, None), ("60+", None), (None, True), ("18-29", False)]
)
def test_the_page_carries_what_the_statistics_say(kit, by, age, staff):
    data = kit._data
    ages, flags = (f["values"] for f in data["filters"])
    assert (ages, flags) == (["18-29", "30-44", "45-59", "60+"], ["true", "false"])
    place = (0 if age is None else ages.index(age) + 1) * 3
    place += {None: 0, True: 1, False: 2}[staff]
    contacts = contacts_with_age()
    if age is not None:
        contacts = contacts[contacts["age_group"] == age]
    if staff is not None:
        contacts = contacts[contacts["staff_involved"] == staff]
    lens = tp.channel_lens(contacts, tp.load("touchpoints"), by=by)
    cell = data["cells"][place]
    keys = data["touchpoints"]["touchpoint"]
    assert [keys[i] for i in cell["touchpoint"]] == lens.table["touchpoint"].tolist()
    for column in ("n", "mean_grade", "low", "high", "small_cell"):
        assert cell[column] == pytest.approx(lens.table[column].astype(float).tolist(), abs=5.1e-6)
    for column in ("gap_grades", "gap_low", "gap_high"):
        assert cell["by"][by][column] == pytest.approx(
            lens.table[column].astype(float).tolist(), abs=5.1e-6
        )
    for table, name, carried in (
        (lens.groups, by, cell["by"][by]["groups"]),
        (lens.phases, "contact_phase", cell["phases"]),
    ):
        rows = table.set_index(name).loc[carried["group"]]
        assert len(rows) == len(table)
        for column in ("touchpoints", "customers", "n", "mean_grade", "low", "high", "small_cell"):
            assert carried[column] == pytest.approx(rows[column].astype(float).tolist(), abs=5.1e-6)


def test_every_choice_is_there_and_the_page_stays_small(kit):
    assert len(kit._data["cells"]) == 5 * 3
    assert None not in kit._data["cells"]
    assert len(json.dumps(kit._data, separators=(",", ":"))) < 70_000


def test_the_lens_follows_the_choice(kit):
    lens = tp.ChannelLens()
    assert lens.lens.table["n"].sum() == tp.load("contacts")["grade"].notna().sum()
    lens.filters = {"age_group": "60+", "staff_involved": False}
    lens.by = "medium"
    assert lens.filters == {"age_group": "60+", "staff_involved": "false"}
    assert lens.lens.by == "medium"
    assert lens.lens.hidden == ("service_hotline",)
    lens.filters = {"age_group": None}
    assert lens.filters == {}
    assert lens.lens.table["n"].sum() == kit.lens.table["n"].sum()


def test_the_threshold_says_what_is_hidden():
    lens = tp.ChannelLens()
    assert lens.lens.hidden == ()
    lens.threshold = 0.3
    assert lens.lens.hidden == ("city_car_park", "service_hotline")
    for wrong in (0.0, -1.0, 5.1, float("nan")):
        with pytest.raises(tp.InputError, match="above 0, at most 5"):
            lens.threshold = wrong
    assert lens.threshold == 0.3


@pytest.mark.parametrize(
    "make",
    [
        pd.DataFrame,
        pl.DataFrame,
        lambda d: pl.DataFrame(d).lazy(),
        lambda d: duckdb.from_arrow(pl.DataFrame(d).to_arrow()),
    ],
    ids=["pandas", "polars", "lazy", "duckdb"],
)
def test_own_contacts_on_any_engine(make):
    lens = tp.ChannelLens(make(CONTACTS), **HAND, filters=["loyal", "town"])
    assert lens.lens.hidden == ("returns",)
    assert [f["values"] for f in lens._data["filters"]] == [["true", "false"], ["Bonn", "Kiel"]]
    assert lens._data["touchpoints"]["name_de"] == TOUCHPOINTS["touchpoint"]
    assert lens._data["touchpoints"]["medium"] == ["offline"] * 3
    assert lens.by == "channel"
    assert not lens._data["synthetic"]
    lens.filters = {"loyal": True}
    table = nw.from_native(lens.lens.table, eager_only=True)
    assert dict(table.select("touchpoint", "n").iter_rows()) == {
        "entrance": 20,
        "checkout": 20,
        "returns": 20,
    }


def test_a_choice_that_leaves_nobody_is_a_gap_and_not_an_error(by_hand):
    cells = by_hand._data["cells"]
    values = [[None, *f["values"]] for f in by_hand._data["filters"]]
    empty = [c for c, cell in zip(itertools.product(*values), cells, strict=True) if cell is None]
    assert empty == [("false", "Kiel")]
    by_hand.filters = {"loyal": False, "town": "Kiel"}
    with pytest.raises(tp.InputError):
        _ = by_hand.lens


def test_missing_values_of_a_filter_belong_to_all_only():
    frame = pd.DataFrame({**CONTACTS, "town": ["Bonn"] * 80 + [None] * 20})
    lens = tp.ChannelLens(frame, **HAND, filters=["town"])
    assert lens._data["filters"] == [{"column": "town", "values": ["Bonn"]}]
    assert [sum(cell["n"]) for cell in lens._data["cells"]] == [100, 80]


@pytest.mark.parametrize(
    ("trait", "value", "said"),
    [
        ("view", "boss", "view 'boss'; allowed is company, customer"),
        ("source", "gossip", "source 'gossip'; allowed is survey, scorecard"),
        ("by", "chanel", "did you mean 'channel'"),
        ("filters", {"age": "60+"}, "filter 'age'; allowed is age_group, staff_involved"),
        ("filters", {"age_group": "old"}, "filter 'age_group': 'old'; allowed is 18-29"),
        ("scorecard", [{"touchpoint": "a", "contact_phase": "contact"}] * 2, "more than once"),
    ],
)
def test_wrong_choices_are_refused_and_nothing_changes(trait, value, said):
    lens = tp.ChannelLens()
    before = getattr(lens, trait)
    with pytest.raises(tp.InputError) as error:
        setattr(lens, trait, value)
    assert said in str(error.value)
    assert getattr(lens, trait) == before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"by": ["region"]}, "no column 'region'"),
        ({"filters": ["age"]}, "no column 'age'"),
        ({"filters": ["customer"]}, "did you mean 'customer_id'"),
        ({"touchpoints": pd.DataFrame(TOUCHPOINTS).iloc[:2]}, "not in the list of touchpoints"),
        ({"touchpoints": pd.DataFrame(TOUCHPOINTS).drop(columns="channel")}, "no column to group"),
        ({"filters": ["grade"]}, "filter 'grade'"),
        ({"by": []}, "no column to group"),
        ({"scorecard": pd.DataFrame({"touchpoint": ["a"]})}, "no column 'contact_phase'"),
    ],
)
def test_what_cannot_be_a_lens_is_refused_with_its_cure(options, said):
    with pytest.raises(tp.InputError) as error:
        tp.ChannelLens(pd.DataFrame(CONTACTS), **{**HAND, **options})
    assert said in str(error.value)


def test_a_filter_with_too_many_values_is_refused():
    many = pd.DataFrame({**CONTACTS, "street": [f"s{i % 250}" for i in range(100)]})
    with pytest.raises(tp.InputError, match="303 combinations of street, town; allowed is at most"):
        tp.ChannelLens(many, **HAND, filters=["street", "town"])


def test_choices_can_be_watched(by_hand):
    seen = []
    by_hand.observe(lambda change: seen.append((change["name"], change["new"])), traitlets.All)
    by_hand.view = "customer"
    by_hand.filters = {"town": "Bonn"}
    by_hand.show_touchpoints = True
    assert seen == [
        ("view", "customer"),
        ("filters", {"town": "Bonn"}),
        ("show_touchpoints", True),
    ]


@pytest.mark.parametrize("case", vectors("lens"), ids=lambda c: c["name"])
def test_own_grades_are_looked_at_as_the_vectors_say(case):
    """The statistics on one customer are the plain means that the page computes."""
    lens = tp.ChannelLens(scorecard=case["rows"])
    lens.source, lens.by = "scorecard", case["by"]
    wanted = case["expected"]
    got = lens.lens.table.set_index("touchpoint")
    assert sorted(got.index) == sorted(m["touchpoint"] for m in wanted["marks"])
    for mark in wanted["marks"]:
        row = got.loc[mark["touchpoint"]]
        assert row[case["by"]] == mark["group"]
        assert row["hidden"] == mark["hidden"]
        for column in ("mean_grade", "group_mean_grade", "gap_grades"):
            assert row[column] == pytest.approx(mark[column], abs=1e-12)
    for table, name, rows in (
        (lens.lens.groups, case["by"], wanted["groups"]),
        (lens.lens.phases, "contact_phase", wanted["phases"]),
    ):
        means = table.set_index(name)
        assert len(means) == len(rows)
        for row in rows:
            assert means.loc[row["group"], "n"] == row["n"]
            assert means.loc[row["group"], "mean_grade"] == pytest.approx(row["mean_grade"])


def test_a_scorecard_stays_linked():
    card = tp.Scorecard()
    lens = tp.ChannelLens(scorecard=card)
    lens.source = "scorecard"
    with pytest.raises(tp.InputError, match="fill in a scorecard"):
        _ = lens.lens
    grades = {"sales_advice": 1, "city_car_park": 5, "store_checkout": 1}
    card.rows = [{**row, "grade": grades.get(row["touchpoint"])} for row in card.rows]
    assert lens.lens.hidden == ("city_car_park",)
    lens.by = "department"  # a scorecard knows none
    assert lens.lens.by == "channel"


def test_a_page_reads_the_kept_scorecard_unless_one_is_given():
    frame = tp.load("touchpoints").assign(grade=2)
    assert tp.ChannelLens()._reads == ["scorecard"]
    given = tp.ChannelLens(scorecard=frame)
    assert given._reads == []
    assert {row["grade"] for row in given.scorecard} == {2}
    assert tp.ChannelLens(keep="lens")._kept["key"] == "lens"


@pytest.mark.parametrize("lang", ["en", "de"])
def test_readers_without_scripts_get_all_touchpoints(lang):
    fallback = tp.ChannelLens(lang=lang)._fallback
    assert len(fallback["rows"]) == len(tp.load("touchpoints"))
    assert all(len(row) == len(fallback["columns"]) for row in fallback["rows"])
    hotline = next(
        row
        for row in fallback["rows"]
        if row[0] == "Service hotline" or row[0] == "Service-Hotline"
    )
    assert hotline[3] == "314"
    assert hotline[4].startswith("2.72 (" if lang == "en" else "2,72 (")


def test_phases_are_those_of_the_vocabulary(kit):
    assert tuple(kit._data["cells"][0]["phases"]["group"]) == CONTACT_PHASES
