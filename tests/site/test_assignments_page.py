"""The page "Assignments" says of each question what the sources say."""

from __future__ import annotations

import re

import pytest

from touchpoints.course.assignments import list_assignments, load_assignment
from touchpoints.course.rubrics import load_rubric
from touchpoints.course.sources import teaching_folder

ROW = re.compile(r"^\| `(\w+)` \| (\d+) \|", re.MULTILINE)


@pytest.fixture(scope="module")
def page(root):
    return (root / "book" / "teaching" / "assignments.md").read_text("utf-8")


@pytest.mark.parametrize("name", list_assignments())
def test_title_minutes_points_and_questions_are_those_of_the_source(page, name):
    sheet = load_assignment(name)
    overview = next(line for line in page.splitlines() if line.startswith(f"| [{sheet.title}]"))
    cells = [cell.strip() for cell in overview.split("|")]
    assert cells[3].split()[0] == str(sheet.points)
    if name != "replication":
        assert f"*{cells[2]} minutes, 20 points" in sheet.tasks
    section = page.split(f"## {sheet.title}\n")[1].split("\n## ")[0]
    assert ROW.findall(section) == [(q.name, str(q.points)) for q in sheet.questions]


def test_the_rubric_has_as_many_points_as_the_page_says():
    rubric = load_rubric(teaching_folder() / "rubrics" / "replication.yml")
    assert (len(rubric.rows), rubric.points) == (5, 20)
    assert "20 for a text of two pages" in load_assignment("replication").tasks
