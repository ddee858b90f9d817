"""The report as a Python object."""

from __future__ import annotations

import pandas as pd
import pytest

import touchpoints as tp
from refusals import refused
from touchpoints.ui.report import TOOLS

SMALL = pd.DataFrame({"touchpoint": ["calls"], "contact_phase": ["post_contact"]})
STEP = {"what": "Call back", "who": "Service", "until": "June"}


def test_it_follows_the_linked_widgets():
    card = tp.Scorecard(SMALL)
    planner = tp.BalancePlanner(SMALL, scorecard=card)
    tools = {"small_things": tp.SmallThingsCheck(), "shifts": tp.ShiftsCheck()}
    report = tp.Report(scorecard=card, planner=planner, **tools)
    assert list(report.kept) == list(TOOLS)
    card.rows = [{**card.rows[0], "grade": 5, "name_en": "Hotline"}]
    assert report.kept["scorecard"]["rows"][0]["grade"] == 5
    assert report.kept["balance"]["rows"][0]["name_en"] == "Hotline"
    assert report.kept["balance"]["source"] == "own"


def test_it_reads_the_browser_only_when_nothing_is_linked():
    assert tp.Report()._reads == list(TOOLS)
    assert tp.Report(scorecard=tp.Scorecard(SMALL))._reads == []


def test_links_to_the_tools_are_made_from_the_pages_folder():
    assert tp.Report()._vocabulary["pages"] == {}
    pages = tp.Report(pages="../toolbox/")._vocabulary["pages"]
    assert pages["balance"] == "../toolbox/balance-planner.html"
    assert set(pages) == set(TOOLS)


def test_steps_get_all_their_fields():
    report = tp.Report(next_steps=[{"what": "Call back"}])
    assert report.next_steps == [{"what": "Call back", "who": "", "until": ""}]
    report.next_steps = [STEP]
    assert report.next_steps == [STEP]


@pytest.mark.parametrize(
    ("name", "value", "found", "allowed"),
    [
        ("title", "x" * 301, "title", "up to 300"),
        ("date", "31.03.2025", "'31.03.2025'", "2025-03-31"),
        ("date", "2025-02-30", "'2025-02-30'", "2025-03-31"),
        ("left_out", ["lens"], "section 'lens'", "scorecard"),
        ("next_steps", [{"when": "now"}], "'when'", "what, who, until"),
        ("next_steps", [{"what": 3}], "what 3", "up to 300"),
        ("next_steps", [STEP] * 51, "51 next steps", "50 or fewer"),
    ],
)
def test_wrong_state_is_refused_and_nothing_changes(name, value, found, allowed):
    report = tp.Report()
    before = getattr(report, name)
    refused(found, allowed, "", setattr, report, name, value)
    assert getattr(report, name) == before


def test_only_tools_of_their_kind_can_be_linked():
    refused("scorecard 3", "a Scorecard", "tp.Scorecard", tp.Report, scorecard=3)
    refused("balance", "a BalancePlanner", "tp.BalancePlanner", tp.Report, planner=tp.Scorecard())


@pytest.mark.parametrize("lang", ["en", "de"])
def test_readers_without_scripts_are_told_the_sections(lang):
    fallback = tp.Report(lang=lang)._fallback
    assert len(fallback["rows"]) == len(TOOLS)
    assert all(len(row) == len(fallback["columns"]) for row in fallback["rows"])
