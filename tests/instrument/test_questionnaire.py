"""The questionnaire: fixed columns, both languages, the codebook as the form, hostile names as text."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from refusals import refused
from touchpoints.core.inline_parts import policy_hash
from touchpoints.data import describe
from touchpoints.instrument import (
    Touchpoint,
    checked_touchpoints,
    codebook,
    make_questionnaire,
    read_touchpoints,
    survey_files,
)
from touchpoints.instrument.codebook import codebook_csv, codebook_html
from touchpoints.instrument.html_form import html_form
from touchpoints.instrument.questions import _source

SHOP = checked_touchpoints([("shop", "Our shop", "Unser Laden"), ("chat", "Chat", "Chat")])
HOSTILE = "</script><img src=x onerror=alert(1)>{touchpoint}&\"'"
WIDE = (
    "respondent_id,contact_shop,grade_shop,contact_chat,grade_chat,"
    "bonding_1,bonding_2,bonding_3,bonding_4,bonding_5,satisfaction,recommendation,age_group"
)


@pytest.fixture
def survey():
    return make_questionnaire("Nordlicht Wohnen", SHOP)


def test_the_columns_are_those_that_the_kit_reads(survey):
    assert ",".join(survey.columns) == WIDE
    allowed = {q.name: [c.value for c in q.choices] for q in survey.questions}
    assert allowed["contact_shop"] == ["yes", "no"]
    assert allowed["grade_chat"] == allowed["satisfaction"] == list("123456")
    assert allowed["bonding_5"] == list("12345")
    assert allowed["recommendation"] == [str(n) for n in range(11)]
    assert allowed["age_group"] == ["18-29", "30-44", "45-59", "60+"]


def test_bonding_and_the_whole_come_before_the_parts_and_age_last(survey):
    assert [s.key for s in survey.sections] == ["bonding", "overall", "contacts", "person"]


def test_the_bonding_items_are_those_of_the_shipped_data(survey):
    fields = {f["name"]: f["description"] for f in describe("customers")["schema"]["fields"]}
    words = {q.name: q.words["en"] for q in survey.questions}
    for n in range(1, 6):
        quoted = re.search("“(.+)”", fields[f"bonding_{n}"]).group(1)
        assert words[f"bonding_{n}"] == f"{quoted}."


def _texts(part):
    if isinstance(part, dict):
        if {"en", "de"} <= set(part):
            yield part
        for value in part.values():
            yield from _texts(value)
    elif isinstance(part, list):
        for value in part:
            yield from _texts(value)


def test_every_text_is_there_in_both_languages_with_the_same_places_to_fill():
    found = list(_texts(_source()))
    assert len(found) > 70
    for text in found:
        # A comma in words without quotes would begin a new key.
        assert set(text) <= {"en", "de", "name", "scale", "value"}, text
        assert bool(text["en"]) == bool(text["de"]), text
        assert set(re.findall(r"\{\w+\}", text["en"])) == set(re.findall(r"\{\w+\}", text["de"]))


def test_what_is_filled_in_is_not_looked_through_again():
    survey = make_questionnaire("{touchpoint} {n}", SHOP)
    assert survey.sections[0].questions[2].words["en"] == "{touchpoint} {n} suits me."


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_codebook_is_the_questionnaire(survey, language):
    book = codebook(survey, language)
    assert [entry["variable"] for entry in book] == list(survey.columns)
    for entry, question in zip(book[1:], survey.questions, strict=True):
        assert entry["question"] == question.words[language]
        values = [part.split(" = ")[0] for part in entry["values"].split("; ")]
        assert values == [choice.value for choice in question.choices]
        assert ("contact_" in entry["asked"]) is entry["variable"].startswith("grade_")
        assert entry["missing"]


def test_the_codebook_page_and_table_hold_every_column(survey):
    rows = list(csv.DictReader(io.StringIO(codebook_csv(survey))))
    assert [row["variable"] for row in rows] == list(survey.columns)
    assert rows[1]["question_de"] == "Unser Laden: Hatten Sie in den letzten 12 Monaten Kontakt?"
    page = codebook_html(survey)
    assert re.findall(r"<code>(\w+)</code>", page) == [*survey.columns, *survey.columns]


def test_one_language_leaves_the_other_out():
    survey = make_questionnaire("A", SHOP, languages=["de"])
    assert "question_en" not in codebook_csv(survey)
    assert '<html lang="de">' in html_form(survey)
    assert "questionnaire-en.docx" not in survey_files(survey)


def test_a_hostile_name_is_text_in_page_and_codebook_and_no_formula():
    touchpoint = Touchpoint("shop", {"en": HOSTILE, "de": "=1+1"})
    survey = make_questionnaire("=HYPERLINK(1)", [touchpoint])
    for page in (html_form(survey), codebook_html(survey)):
        assert "<img" not in page
        scripts = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
        style = re.search(r"<style>(.*?)</style>", page, flags=re.DOTALL).group(1)
        policy = re.search(r'Policy" content="([^"]+)"', page).group(1).replace("&#39;", "'")
        assert policy.startswith("default-src 'none'; script-src ")
        assert all(policy_hash(script) in policy for script in scripts)
        assert policy_hash(style) in policy
        assert "unsafe" not in policy
    data = re.search(r'id="survey">(.*?)</script>', html_form(survey), flags=re.DOTALL).group(1)
    contacts = next(s for s in json.loads(data)["sections"] if s["key"] == "contacts")
    assert contacts["questions"][0]["words"]["en"].startswith(HOSTILE)
    cells = [cell for row in csv.reader(io.StringIO(codebook_csv(survey))) for cell in row]
    assert "'=HYPERLINK(1) suits me." in cells
    assert not [cell for cell in cells if cell.startswith("=")]


@pytest.mark.parametrize(
    ("rows", "found", "allowed"),
    [
        ([("Shop", "a", "b")], "key 'Shop'", "lower-case"),
        ([("shop", "a", "b"), ("shop", "c", "d")], "touchpoint shop twice", "once"),
        ([("shop", "", "b")], "English name of touchpoint shop ''", "1 to 80"),
        ([("shop", "a", "b\u202ec")], "German name of touchpoint shop", "seen"),
        ([("shop", "a\nb", "c")], "'a\\nb'", "one line"),
        ([("shop", "a" * 81, "c")], "English name", "1 to 80"),
        ([], "0 touchpoints", "1 to 60"),
        ([(f"t{n}", "a", "b") for n in range(61)], "61 touchpoints", "1 to 60"),
    ],
)
def test_touchpoints_that_cannot_be_asked_about(rows, found, allowed):
    refused(found, allowed, "", checked_touchpoints, rows)


def test_a_company_without_a_name_and_a_language_that_it_does_not_speak():
    refused("company ' '", "1 to 80", "correct", make_questionnaire, " ", SHOP)
    refused("language 'fr'", "en, de", "choose", make_questionnaire, "A", SHOP, languages=["fr"])


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_list_of_touchpoints_is_read_with_further_columns(tmp_path, delimiter):
    rows = [["name_de", "x", " touchpoint", "name_en"], ["Unser Laden", "7", "shop", "Our shop"]]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    (tmp_path / "list.csv").write_bytes(text.encode("utf-8-sig"))
    assert read_touchpoints(tmp_path / "list.csv") == SHOP[:1]


@pytest.mark.parametrize(
    ("content", "found", "mend"),
    [
        (None, "can't be read", "check the path"),
        (b"touchpoint,name_en\nshop,Shop", "'touchpoint, name_en'", "add or rename name_de"),
        (b"", "nothing but empty lines", "check the file"),
        (b"touchpoint,name_en,name_de\nshop,a", "2 cells in line 2", "mend the line"),
        (b'touchpoint,name_en,name_de\nshop,"a,b', "broken near line 2", "mend the line"),
        (
            b"touchpoint,name_en,name_de\nshop,K\xfcche,a",
            "byte 34: no UTF-8",
            "save it as UTF-8",
        ),
        (b"x" * 100_001, "more than 100 kB", "keep what is needed"),
        (b"PK\x03\x04\0\0,,", "a byte 0", "save it as UTF-8"),
    ],
)
def test_a_file_that_is_no_list_of_touchpoints(tmp_path, content, found, mend):
    path = tmp_path / "list.csv"
    if content is not None:
        path.write_bytes(content)
    refused(found, "", mend, read_touchpoints, path)
