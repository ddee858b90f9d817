"""What a report says: every result of the core, every choice, and no text from data as HTML."""

from __future__ import annotations

import base64
import hashlib
import html
import re
import shlex
from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd
import pytest

import touchpoints as tp
from own_contacts import contacts, without_pictures
from refusals import refused
from touchpoints.cli import _parser
from touchpoints.core.inline_parts import inline_script
from touchpoints.reporting import Choices, find_all, read_contacts, report_page, sections
from touchpoints.reporting.literature import LITERATURE
from touchpoints.reporting.methods import command_line, methods

MADE = datetime(2025, 3, 31, 9, 30, tzinfo=UTC)
HOSTILE = "</script><img src=x onerror=alert(1)>&\"'{{ 7*7 }}"


@pytest.fixture
def made(tmp_path, monkeypatch):
    """Make a report of a frame: its page, its contacts, its findings."""
    without_pictures(monkeypatch)

    def build(frame=None, name="own.csv", **choices):
        path = tmp_path / name
        (contacts() if frame is None else frame).to_csv(path, index=False)
        chosen = Choices(**choices)
        read = read_contacts(path, chosen)
        return report_page(read, chosen, made=MADE), read, find_all(read, chosen)

    return build


def words(text):
    """The page's text without its scripts and styles."""
    bare = re.sub(r"<(script|style|noscript)\b.*?</\1>", " ", text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", bare)).split())


def result(findings, key):
    return next(f for f in findings if f.section.key == key).result


def test_the_findings_are_those_of_the_core(made):
    _, read, findings = made(weight="weight", negative_control="car park", confidence=0.9)
    rows = contacts()
    people = rows.drop_duplicates("customer_id")
    same = pd.testing.assert_frame_equal
    given = {"weights": "weight", "confidence": 0.9}
    same(result(findings, "customers").table, tp.fan_rate(people, **given).table)
    lifts = tp.grade_contrasts(rows, **given).table
    same(result(findings, "lifts-by-touchpoint").table, lifts, check_dtype=False)
    net = tp.net_contact_effect(rows, by=None, **given).table
    same(result(findings, "net-effect").table, net)
    claim = tp.only_best_counts(rows, alpha=0.1, weights="weight", negative_control="car park")
    same(result(findings, "claim").table, claim.table)
    assert result(findings, "nps").text == tp.nps(people, confidence=0.9).text
    assert read.weights == "weight"


def test_every_finding_stands_on_the_page_with_its_chart_and_its_tables(made):
    text, _, findings = made()
    shown = words(text)
    assert [f.section.key for f in findings] == [s.key for s in sections.SECTIONS]
    for finding in findings:
        assert finding.result.text in shown
        assert finding.section.question in shown
        assert f'<section id="{finding.section.key}"' in text
    assert text.count('class="tp-chart"') == len(findings)
    assert text.count("<details>") == sum(1 + len(f.section.more) for f in findings)
    # Grade 1 at the chat: 30 fans of 40 against 30 of 100.
    assert re.search(r"chat 1 40 30 75\.0 40\.0 100 30 30\.0 100\.0 28\.6 45\.0", shown)


def test_the_methods_state_every_choice(made):
    text, read, _ = made(
        weight="weight", negative_control="car park", margin_points=3.5, confidence=0.9
    )
    shown = words(text)
    for said in (
        read.table.sha256,
        "“customer_id” as customer, “touchpoint” as touchpoint, “grade” as grade, “fan” as fan",
        "Who is a fan was taken from the column “fan”",
        "weighted by “weight”",
        "The negative control is car park",
        "less than 3.5 points above, each part one-sided at 10 %",
        "its 90 % interval is Newcombe's",
        "after Holm",
        "fewer than 30",
        f"pandas {pd.__version__}",
        "touchpoints report own.csv --weight weight --negative-control 'car park' --margin 3.5",
        "--margin 3.5 --confidence 0.9",
        "31 March 2025, 09:30 (UTC+0000)",
        "Newcombe, R. G. (1998)",
    ):
        assert said in shown, said
    assert read.table.sha256 == hashlib.sha256(contacts().to_csv(index=False).encode()).hexdigest()


def test_without_choices_the_methods_say_so(made):
    frame = contacts().assign(**{f"bonding_{i}": 4 for i in range(1, 6)})
    frame.loc[frame["customer_id"] == 3, "bonding_2"] = None
    text, *_ = made(frame.drop(columns=["fan", "recommendation"]))
    shown = words(text)
    assert "A fan is who answers 5 bonding items with 4 or more on average" in shown
    assert "No weights were used" in shown
    assert "No negative control was named." in shown
    assert "2 rows without a known fan status were left out." in shown
    assert "Net Promoter Score counts" not in shown
    assert 'id="nps"' not in text


def test_the_command_gives_the_same_choices_again():
    given = Choices("a b", "c", "d", "e", "f", "g", "h'i", 3, 0.8)
    line = command_line("x y.csv", given)
    options = _parser().parse_args(shlex.split(line)[1:])
    assert {k: getattr(options, k) for k in vars(given)} == vars(given)


def test_where_something_cannot_be_computed_the_rest_still_is(made):
    only = contacts().dropna(subset="grade")
    text, _, findings = made(only)
    reasons = {f.section.key: f.text for f in findings if f.result is None}
    assert {"lifts", "lifts-by-touchpoint", "net-effect", "claim"} <= set(reasons)
    shown = words(text)
    assert all(f"Not computed. {reason}" in shown for reason in reasons.values())
    assert "nobody or everybody had contact: car park, chat." in shown
    assert "Newcombe's" not in shown
    assert result(findings, "customers").table["n"].tolist() == [240]


def test_where_grades_do_not_vary_priorities_are_told_to_be_none(made):
    text, _, findings = made(
        contacts().assign(grade=lambda f: f["grade"].where(f["grade"].isna(), 2))
    )
    assert result(findings, "priorities") is None
    assert "Not computed. Found the same value of all grades at each touchpoint" in words(text)
    assert 'id="nps"' in text


def failing(*_):
    raise KeyError("secret-7")


def test_a_section_that_fails_says_so_and_the_others_stand(made, monkeypatch):
    first = replace(sections.SECTIONS[0], compute=failing)
    monkeypatch.setattr(sections, "SECTIONS", (first, *sections.SECTIONS[1:]))
    with pytest.warns(UserWarning, match=r"Fans among customers: KeyError: 'secret-7' in test_rep"):
        text, _, findings = made()
    said = "Not computed. This section failed by a fault of the kit (KeyError)."
    assert said in words(text)
    assert "secret" not in text
    assert all(f.result is not None for f in findings[1:])


def test_a_chart_that_fails_says_so_and_its_table_stays(made, monkeypatch):
    monkeypatch.setattr(tp.FanRates, "chart", failing)
    with pytest.warns(UserWarning, match=r"^Chart of Fan.*: KeyError: 'secret-7' in"):
        text, _, findings = made()
    shown = words(text)
    assert "This chart could not be drawn; its table follows. (KeyError)" in shown
    assert "secret" not in text
    assert result(findings, "grades").text in shown
    assert text.count("<details>") == sum(1 + len(f.section.more) for f in findings)


def test_a_control_that_is_not_there_is_told_at_once(made):
    refused(
        "negative control 'park'", "car park, chat", "did you mean", made, negative_control="park"
    )


@pytest.mark.parametrize(
    ("choices", "found"),
    [
        ({"confidence": 95}, "confidence 95"),
        ({"confidence": 0.5}, "confidence 0.5"),
        ({"confidence": float("nan")}, "confidence nan"),
        ({"margin_points": -1}, "margin -1"),
        ({"margin_points": float("inf")}, "margin inf"),
    ],
)
def test_numbers_out_of_their_range_are_refused(choices, found):
    refused(found, "below", "", Choices, **choices)


def test_text_from_data_is_never_html(made):
    frame = contacts().replace({"touchpoint": {"chat": HOSTILE}})
    text, *_ = made(frame, name="a<b>&\u0001.csv", negative_control="car park")
    tags = set(
        re.findall(r"<([a-z]+)[\s>]", re.sub(r"<script\b.*?</script>", "", text, flags=re.DOTALL))
    )
    assert not tags & {"img", "iframe", "link", "object"}
    assert text.count("</script") == text.count("<script")
    assert HOSTILE in words(text)
    assert "a<b>&\N{REPLACEMENT CHARACTER}.csv" in words(text)
    assert "\u0001" not in text


def test_no_customer_is_named_on_the_page(made):
    frame = contacts()
    frame["customer_id"] = "secret-" + frame["customer_id"].astype(str)
    text, *_ = made(frame)
    assert "secret" not in text


def test_the_policy_allows_the_two_scripts_of_the_page_and_nothing_else(made):
    text, *_ = made()
    policy = html.unescape(re.search(r'Policy" content="([^"]*)"', text)[1])
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts]
    assert policy.split("; ")[:2] == [
        "default-src 'none'",
        "script-src " + " ".join(f"'sha256-{h}'" for h in hashes),
    ]
    assert len(scripts) == 2
    assert not re.search(r"<link|<img|\son\w+=|javascript:|@import|url\(", text)


@pytest.mark.parametrize("source", ["a</SCRIPT>b", "<!--", "a\r\nb"])
def test_a_script_that_would_end_its_element_is_refused(source):
    with pytest.raises(ValueError, match="can't stand in a script element"):
        inline_script(source)


def test_the_kits_own_data_are_called_synthetic(made):
    assert "synthetic" not in made()[0]
    text, *_ = made(contacts().replace({"touchpoint": {"chat": "live_chat"}}))
    assert (
        "1 of 2 touchpoints have the names of the kit's example, whose data are synthetic"
        in words(text)
    )


def test_a_further_result_is_one_more_entry(made, monkeypatch):
    one = sections.Section(
        "more",
        "One more",
        "What else?",
        lambda contacts, _: tp.fan_rate(contacts.people, by="weight"),
        "Made by hand.",
    )
    monkeypatch.setattr(sections, "SECTIONS", (*sections.SECTIONS, one))
    text, read, findings = made(weight="weight")
    assert '<section id="more"' in text
    assert "Made by hand." in methods(read, Choices(), findings)
    assert replace(one, key="other").title == "One more"


def test_every_source_is_listed_and_none_is_idle():
    used = {key for section in sections.SECTIONS for key in section.sources}
    assert used == set(LITERATURE)


def test_the_chapter_says_what_weights_and_margin_do():
    frame = tp.load("contacts").merge(tp.load("customers"), on="customer_id")
    rows = tp.FanRule().apply(frame).dropna(subset="fan")
    seen = {
        (margin, weights): (
            tp.only_best_counts(rows, margin_points=margin, weights=weights).table["pattern"]
            == "consistent"
        ).sum()
        for margin in (0, 2, 5)
        for weights in (None, "panel_weight")
    }
    assert [seen[margin, None] for margin in (0, 2, 5)] == [12, 12, 12]
    assert [seen[margin, "panel_weight"] for margin in (0, 2, 5)] == [6, 6, 7]
