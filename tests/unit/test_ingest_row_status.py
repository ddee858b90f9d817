"""Rows that the survey's makers filled in are no respondents; unfinished ones are counted."""

from __future__ import annotations

import json

import pytest

import touchpoints as tp
from refusals import refused

NAMES = ["Status", "Finished", "ResponseId", "Q1"]
ASKED = ["Response Type", "Finished", "Response ID", "Which grade do you give? - Checkout"]


def qualtrics(folder, *rows, names=NAMES, asked=ASKED):
    """Write a Qualtrics export: status, finished, response, grade."""
    heads = [names, asked, [json.dumps({"ImportId": name.lower()}) for name in names]]
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in heads]
    path = folder / "own.csv"
    path.write_text("\n".join([*quoted, *rows, ""]), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("makers", "respondent", "finished", "not_finished"),
    [
        ("Survey Preview", "IP Address", "True", "False"),
        ("survey test ", "Imported", "TRUE", "FALSE"),
        ("1", "0", "1", "0"),
        ("2", "4", "1", "0"),
    ],
)
def test_previews_are_left_out_and_told(tmp_path, makers, respondent, finished, not_finished):
    path = qualtrics(
        tmp_path,
        f"{makers},{finished},R_1,1",
        f"{respondent},{finished},R_2,2",
        f"{respondent},{not_finished},R_3,5",
    )
    with pytest.warns(UserWarning, match="1 cells or rows"):
        survey = tp.read_survey(path)
    assert survey.customers["customer_id"].tolist() == ["R_2", "R_3"]
    assert survey.contacts["grade"].tolist() == [2, 5]
    dropped = survey.report.query("what == 'dropped'")
    assert dropped[["row", "column"]].to_numpy().tolist() == [[4, "Status"]]
    assert "makers" in dropped["why"].item()
    told = survey.report.set_index("column")["why"]
    assert told["Finished"] == "1 of 2 did not finish: what they answered counts"
    assert not (survey.report["why"].str.startswith("means nothing")).any()


def test_an_answer_column_called_status_is_not_qualtrics(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(
        "respondent_id,Status,Finished,contact_till,grade_till\n1,1,0,yes,2\n", encoding="utf-8"
    )
    survey = tp.read_survey(path)
    assert survey.contacts["grade"].tolist() == [2]
    assert set(survey.report["column"]) >= {"Status", "Finished"}
    assert survey.report["why"].str.startswith("means nothing").sum() == 2


def test_previews_alone_are_no_survey(tmp_path):
    path = qualtrics(tmp_path, "Survey Preview,True,R_1,1")
    refused("no respondent", "one", "survey's makers", tp.read_survey, path)


@pytest.mark.parametrize("heading", ["submitdate", "submitdate. Date submitted"])
def test_limesurvey_leaves_the_date_empty_where_nobody_finished(tmp_path, heading):
    path = tmp_path / "own.csv"
    path.write_text(
        f"id,{heading},contact[till],grade[till]\n1,2025-10-01,Y,2\n2,,Y,3\n3, ,N,\n",
        encoding="utf-8",
    )
    survey = tp.read_survey(path)
    assert survey.contacts["grade"].tolist()[:2] == [2, 3]
    told = survey.report.set_index("column")["why"]
    assert told[heading] == "2 of 3 did not finish: what they answered counts"
