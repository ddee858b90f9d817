"""All files of a course, made in memory before one is written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from touchpoints.course.folder.kit_wheel import requirements
from touchpoints.course.folder.lecturer_pages import data_page, grading_page, readme
from touchpoints.course.folder.lesson_pages import guide_page, lesson_page, rubric_page
from touchpoints.course.folder.markdown import text_page
from touchpoints.course.folder.material import Material
from touchpoints.course.folder.notebooks import notebook_bytes, student_notebook
from touchpoints.course.folder.solutions import solved_notebook
from touchpoints.course.folder.student_pages import first_steps_page, install_page
from touchpoints.course.folder.syllabus import syllabus
from touchpoints.course.folder.week_plan import week_plan, week_plan_csv
from touchpoints.course.sources import notebooks_folder
from touchpoints.course.students.key import CourseKey
from touchpoints.course.students.student_data import student_data
from touchpoints.course.students.writing import student_files
from touchpoints.data import datasets_folder

#: Files that show what the data look like; the others are loaded where they are used.
_EXAMPLES: Final = ("touchpoints", "scorecard_example", "customers")
#: The key of the company that all practise on: public, for nothing is graded there.
_PRACTICE: Final = CourseKey("practice", bytes(32))
#: The form of a roster, with ids and names that are nobody's.
_ROSTER: Final = "student,name\nexample-01,Example One\nexample-02,Example Two\n"


def course_files(material: Material, wheel: Mapping[str, bytes]) -> dict[str, bytes]:
    """Make all files of a course.

    Args:
        material: What the course is made of.
        wheel: The kit as a wheel, by its file name; empty where there is none.

    Returns:
        Content by path, relative to the folder of the course.
    """
    return {
        **_pages(_texts(material)),
        # With a mark, for spreadsheets take a file of UTF-8 for something else without it.
        "week-plan.csv": week_plan_csv(material).encode("utf-8-sig"),
        **_students(material),
        "students/requirements.txt": requirements(next(iter(wheel), None)).encode(),
        **{f"students/{name}": content for name, content in wheel.items()},
        **_data(material),
    }


def _texts(material: Material) -> dict[str, str]:
    """Write all pages as Markdown, by path without ending."""
    plan = material.plan
    texts = {
        "README": readme(material),
        "syllabus": syllabus(material),
        "week-plan": week_plan(material),
        "students/README": first_steps_page(material),
        "students/install": install_page(),
        "data/README": data_page(material),
        "lecturer/grading": grading_page(material),
    }
    for taught in plan.lessons:
        texts[f"lecturer/lessons/{taught.lesson.name}"] = lesson_page(taught, material)
    for guide in plan.guides:
        texts[f"lecturer/cases/{guide.name}"] = guide_page(guide, material)
    for rubric in material.rubrics:
        texts[f"lecturer/rubrics/{rubric.name}"] = rubric_page(rubric)
    return texts


def _pages(texts: Mapping[str, str]) -> dict[str, bytes]:
    """Make a file of Markdown and a printable page from each text."""
    files = {}
    for path, text in texts.items():
        files[f"{path}.md"] = text.encode()
        files[f"{path}.html"] = text_page(text)
    return files


def _students(material: Material) -> dict[str, bytes]:
    config = material.config
    written = partial(student_notebook, language=config.language, book=config.book)
    addresses = {notebook.address for notebook in material.notebooks}
    files = {}
    for notebook in material.notebooks:
        files[f"students/{notebook.address}.ipynb"] = written(notebook, others=addresses)
        source = notebooks_folder() / notebook.kind / f"{notebook.name}.src.ipynb"
        if source.is_file():
            solved = replace(notebook, content=solved_notebook(source))
            path = f"lecturer/solutions/{notebook.kind}/{notebook.name}.ipynb"
            files[path] = written(solved, others=())
    for name in material.plan.assignments:
        assignment = material.assignments[name]
        files[f"students/assignments/{name}.ipynb"] = assignment.tasks.encode()
        files[f"lecturer/solutions/assignments/{name}.ipynb"] = notebook_bytes(
            json.loads(assignment.solved)
        )
    return files


def _data(material: Material) -> dict[str, bytes]:
    folder: Path = datasets_folder()
    files = {f"data/example/{n}.csv": (folder / f"{n}.csv").read_bytes() for n in _EXAMPLES}
    if not material.plan.assignments:
        return files
    if material.mode == "graded":
        return files | {"data/roster-example.csv": _ROSTER.encode()}
    company = student_files(student_data(_PRACTICE, "practice"))
    return files | {f"students/assignments/data/{name}": company[name] for name in company}
