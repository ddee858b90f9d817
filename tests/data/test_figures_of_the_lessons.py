"""The figures and labels in the lesson plans: told in the book, or computed here."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

import touchpoints as tp
from conftest import ROOT

LESSONS = {
    path.stem: yaml.safe_load(path.read_text("utf-8"))
    for path in sorted((ROOT / "teaching" / "lessons").glob("*.yml"))
}
TEXTS = json.loads((ROOT / "widgets/touchpoints/ui/texts/en.json").read_text("utf-8"))


def _words(content: Any) -> Iterator[str]:
    if isinstance(content, dict):
        content = list(content.values())
    if isinstance(content, list):
        for part in content:
            yield from _words(part)
    elif isinstance(content, str):
        yield content


def plan(name: str) -> str:
    return " ".join(_words(LESSONS[name]))


def figures(text: str) -> set[str]:
    """Figures that can only be right or wrong: with decimals, or with thousands."""
    return set(re.findall(r"(?<![\d.])\d{1,3}(?:,\d{3})+|(?<![\d.,])\d+\.\d+", text))


def book(lesson: dict[str, Any]) -> str:
    """What the chapter of a lesson tells, with its questions and the pages of its tools."""
    pages = [lesson["chapter"], *(step["tool"] for step in lesson["steps"] if step["tool"])]
    files = [ROOT / f"{page}.md" for page in pages]
    questions = ROOT / "book" / "questions" / f"{lesson['chapter'].rpartition('/')[2]}.yml"
    files += [questions] if questions.is_file() else []
    return " ".join(path.read_text("utf-8") for path in files)


def told(name: str, *phrases: str) -> set[str]:
    """Hold a lesson to phrases that were computed; give back their figures."""
    text = plan(name)
    for phrase in phrases:
        assert phrase in text, f"{name} doesn't say: {phrase}"
    return figures(" ".join(phrases))


def _copenhagen() -> list[str]:
    residents = tp.load("copenhagen_housing")
    by_contact = residents.groupby(["contact", "satisfaction"], observed=True)["residents"].sum()
    odds = []
    phrases = []
    for much in ("low", "high"):
        low, medium, high = (int(by_contact[much, level]) for level in ("low", "medium", "high"))
        phrases.append(f"contact {much} {low}, {medium}, {high}")
        odds.append(((medium + high) / low, high / (low + medium)))
    phrases += [f"{odds[1][cut]:.2f} and {odds[0][cut]:.2f}" for cut in (0, 1)]
    phrases += [f"a ratio of {odds[1][cut] / odds[0][cut]:.2f}" for cut in (0, 1)]
    return phrases


def _explorer() -> list[str]:
    known = tp.FanRule().apply(tp.load("customers")).dropna(subset="fan")
    columns = ["customer_id", "fan", "age_group"]
    rated = tp.load("contacts").merge(known[columns], on="customer_id")
    hotline = tp.lift_over_no_contact(rated[rated["touchpoint"] == "service_hotline"]).table
    one, two = hotline.iloc[0], hotline.iloc[1]
    young = tp.lift_over_no_contact(rated[rated["age_group"] == "18-29"], by=None).table.iloc[0]
    low, high = tp.newcombe(8, 40, 15, 50)
    assert low < 0 < high
    above = (
        f"above the band by {two['lift_points']:.1f} points, and its interval goes from "
        f"−{-two['low_points']:.1f} to +{two['high_points']:.1f}"
    )
    return [
        f"grade 1 has {one['n']} contacts and lies at {one['fan_rate_pct']:.0f} %",
        f"grade 2 ({two['n']}) lies at {two['fan_rate_pct']:.0f} %, {above}",
        f"the band falls to {young['no_contact_rate_pct']:.1f} %",
    ]


def _restaurants() -> list[str]:
    survey = tp.load("sfo_contact_ratings").query("touchpoint == 'restaurants'")
    sums = survey.groupby("rating", observed=True)[["n", "top_box"]].sum()
    five, four, never = (
        f"{100 * sums.loc[rating, 'top_box'] / sums.loc[rating, 'n']:.1f}"
        for rating in ("5", "4", "never_used")
    )
    return [f"{five} % at 5, {four} % at 4, {never} % never used"]


def _lens() -> list[str]:
    lens = tp.channel_lens(tp.load("contacts"), tp.load("touchpoints"))
    single = lens.table.set_index("touchpoint")
    worst = lens.phases.set_index("contact_phase")["mean_grade"]
    park, hotline = single.loc["city_car_park"], single.loc["service_hotline"]
    return [
        f"car park (gap {park['gap_grades']:.1f}, {park['n']} contacts)",
        f"hotline ({hotline['gap_grades']:.1f}, {hotline['n']} contacts)",
        f"{worst.idxmax().replace('_', '-')} is last with {worst.max():.2f}",
    ]


def _talks_and_calls() -> list[str]:
    calls = (tp.load("journeys")["touchpoint"] == "service_hotline").sum() / 12
    talk = 25 / 60 * 40
    saved = 0.3 * round(calls) * (12 - 5) / 60
    return [
        f"A talk costs {talk:.2f} EUR",
        f"{talk:.2f} / 120 = {100 * talk / 120:.1f} in 100",
        f"{saved:.1f} hours of the saving are left",
    ]


def _planner() -> list[str]:
    start = tp.StudyAssumptions()
    chat = tp.StudyAssumptions(
        no_contact_rate_pct=32, contact_share_pct=19, response_pct=100, asked=2696,
        share_1_pct=20, share_2_pct=40, lift_1_points=39, lift_2_points=-5,
    )  # fmt: skip

    def second(plan: tp.StudyAssumptions, **other: float) -> int:
        return int(tp.plan_study(dataclasses.replace(plan, **other)).needed[1])

    row = tp.plan_study(start).at_asked()
    return [
        f"chance of {row['power_1_pct']:.0f} %, grade 2 with {row['power_2_pct']:.0f} %",
        f"{second(start):,} customers asked",
        f"−2.5: {second(start, lift_2_points=-2.5):,}",
        f"Grade 1 needs {tp.plan_study(chat).needed[0]:,}, grade 2 needs {second(chat):,}",
        f"Response 25 %: {second(chat, response_pct=25):,}",
        f"contact 50 %: {second(chat, contact_share_pct=50):,}",
        f"Contact 90 %: {second(chat, contact_share_pct=90):,}",
    ]


#: What a tool or a sum of the lesson's own gives: phrases of the lesson, with their figures.
COMPUTED = {
    "copenhagen-housing": _copenhagen,
    "fans-and-grades": _explorer,
    "fourteen-touchpoints-of-an-airport": _restaurants,
    "from-channels-to-touchpoints": _lens,
    "in-balance": _talks_and_calls,
    "planning-a-study": _planner,
}
#: Cut-offs that the class tries; nothing is computed with them.
CHOSEN = {"fans-and-grades": {"3.6", "4.4"}}


@pytest.mark.parametrize("name", LESSONS)
def test_figures_of_a_lesson_stand_in_its_chapter_or_are_computed(name):
    known = figures(book(LESSONS[name])) | CHOSEN.get(name, set())
    if name in COMPUTED:
        known |= told(name, *COMPUTED[name]())
    assert not figures(plan(name)) - known


def test_the_scorecard_turns_as_the_lesson_says():
    card = tp.load("touchpoints").merge(tp.load("scorecard_example"), on="touchpoint")
    better = card.assign(grade=card["grade"].where(card["touchpoint"] != "service_hotline", 2))
    hotline = tp.score_touchpoints(better).table.set_index("touchpoint").loc["service_hotline"]
    guide = card["moment_of_truth"] | (card["touchpoint"] == "assembly_guide")
    truth = tp.score_touchpoints(card.assign(moment_of_truth=guide)).table.set_index("touchpoint")
    assert hotline["rank_linear"] == 7
    assert truth.loc["assembly_guide", "rank_linear"] == 2
    told(
        "moments-of-truth",
        f"from 9.6 to {hotline['priority_linear']:.1f}, to the seventh place",
        f"on the right it stays at {hotline['priority_only_best']:.1f}",
        f"it goes to {truth.loc['assembly_guide', 'priority_linear']:.1f} and second place",
    )


def test_the_simulator_shows_what_the_lesson_says():
    def in_credit(name: str, **other: float) -> list[str]:
        cycle = dataclasses.replace(tp.TrustCycle.preset(name), **other)
        course = tp.simulate_trust(cycle, n_cycles=10, seed=tp.TrustSimulator().seed).table
        return [f"{share:.0f}" for share in course.groupby("cycle")["in_credit_pct"].last()]

    bad, milder = in_credit("one_bad_contact"), in_credit("one_bad_contact", bad_weight=4)
    forgotten = in_credit("post_contact_forgotten")
    told(
        "trust-and-recommendation",
        f"cycle 3 (about {bad[2]} %), 4 (about {bad[3]} %) and 8 (about {bad[7]} %)",
        f"cycle 4 has about {milder[3]} %",
        f"after ten cycles about {forgotten[9]} %",
        f"from about {int(bad[2]) - int(bad[3])} points to about {int(milder[2]) - int(milder[3])}",
    )


@pytest.mark.parametrize(
    ("name", "section", "keys"),
    [
        ("from-channels-to-touchpoints", "channel_lens", ["show", "threshold"]),
        ("fans-and-grades", "fan_explorer", ["guess", "tell"]),
        ("trust-and-recommendation", "trust_simulator", ["more", "other_luck"]),
        ("trust-and-recommendation", "trust_simulator", ["preset_post_contact_forgotten"]),
        ("five-shifts", "shifts_check", ["team"]),
    ],
)
def test_labels_of_the_tools_are_quoted_as_they_stand_there(name, section, keys):
    quoted = re.findall(r'"([^"]+)"', plan(name))
    for key in keys:
        assert TEXTS[section][key] in quoted


def test_every_case_of_the_book_stands_in_one_guide():
    guides = [
        yaml.safe_load(path.read_text("utf-8"))
        for path in sorted((ROOT / "teaching" / "cases").glob("*.yml"))
        if path.stem not in ("overview", "role-play")
    ]
    for guide in guides:
        page = (ROOT / f"{guide['page']}.md").read_text("utf-8")
        labels = re.findall(r"^\((case-[\w-]+)\)=$", page, re.MULTILINE)
        assert sorted(case["case"] for case in guide["cases"]) == sorted(labels)
    assert sum(len(guide["cases"]) for guide in guides) == 35
