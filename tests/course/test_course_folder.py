"""The three patterns as folders: links, pages, notebooks, choices, and what a second run does."""

from __future__ import annotations

import ast
import csv
import html.parser
import posixpath
import re
import shutil
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path
from urllib.parse import unquote, urlparse

import nbformat
import pytest
from nbclient import NotebookClient

import touchpoints
from touchpoints.cli import _parser, main
from touchpoints.core.errors import InputError
from touchpoints.course.folder import making
from touchpoints.course.folder.config import CONFIG
from touchpoints.course.folder.making import make_course
from touchpoints.course.folder.notebooks import WIDGETS, in_language

#: Pattern, further choices, and a notebook to run from its folder: a lab, nothing, an exercise.
PATTERNS = {
    "workshop": ({"assignments": "none", "language": "de"}, "labs/score_touchpoints"),
    "blocks": ({"assignments": "graded", "start": "2026-10-12"}, None),
    "weeks": ({"book": "https://example.org/kit/"}, "exercises/two_views"),
}
_MD_LINK = re.compile(r"\]\(([^)\s]+)\)")


@pytest.fixture(scope="module", autouse=True)
def _one_wheel():
    """Build the wheel once: it is the same for all courses of this run."""
    wheel = making.kit_wheel()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "kit_wheel", lambda: wheel)
        yield


@pytest.fixture(scope="module", params=PATTERNS)
def made(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("courses") / request.param
    choices, notebook = PATTERNS[request.param]
    return folder, make_course(folder, {"pattern": request.param} | choices), notebook


def files(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


class Links(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.tags = [], set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.found += [value for name, value in attrs if name in {"href", "src"}]


def links(path: str, content: bytes) -> list[str]:
    if not path.endswith((".html", ".ipynb", ".md")):
        return []
    text = content.decode()
    if path.endswith(".html"):
        parser = Links()
        parser.feed(text)
        return parser.found
    if path.endswith(".ipynb"):
        cells = nbformat.reads(text, as_version=4).cells
        return [x for c in cells if c.cell_type == "markdown" for x in _MD_LINK.findall(c.source)]
    return _MD_LINK.findall(text)


def test_every_link_leads_to_a_file_of_the_folder_or_to_the_published_book(made):
    folder, course, _ = made
    there = files(folder)
    dead = []
    for path, content in there.items():
        for link in links(path, content):
            if urlparse(link).scheme:
                allowed = (course.plan.config.book or "none", "https://www.python.org/")
                dead += [] if link.startswith(allowed) else [(path, link)]
            elif (
                posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(link)))
                not in there
            ):
                dead.append((path, link))
    assert dead == []


def test_pages_of_the_published_book_are_pages_of_the_book(made, root):
    folder, course, _ = made
    book = course.plan.config.book
    found = {
        link
        for p, c in files(folder).items()
        for link in links(p, c)
        if book and link.startswith(book)
    }
    pages = {link.removeprefix(f"{book}/").partition("#")[0] for link in found}
    assert bool(pages) == bool(book)
    assert [p for p in pages if not (root / p.replace(".html", ".md")).is_file()] == []


def test_notebooks_are_valid_and_without_results(made):
    folder, _, _ = made
    notebooks = sorted((folder / "students").rglob("*.ipynb"))
    assert len(notebooks) >= 6
    for path in notebooks:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        assert [c.source for c in notebook.cells if c.get("outputs")] == []
        assert "touchpoints lab`" not in path.read_text("utf-8"), "a command that students lack"


def test_whoever_never_wrote_python_is_led_to_the_first_steps(made):
    folder, _, _ = made
    name = "notebooks/first_steps/python_in_45_minutes.ipynb"
    assert f"never written Python, begin with `{name}`" in (
        folder / "students" / "README.md"
    ).read_text("utf-8")
    assert (folder / "students" / name).is_file()


def test_what_notebooks_import_is_installed_by_the_requirements(made):
    folder, _, _ = made
    brought = (folder / "students" / "requirements.txt").read_text("utf-8")
    wheel = re.search(r"^\./(touchpoint_kit\S+\.whl)$", brought, re.MULTILINE)
    assert wheel
    assert (folder / "students" / wheel[1]).is_file()
    pinned = set(re.findall(r"^([\w-]+)==", brought, re.MULTILINE)) | {"touchpoint-kit"}
    of_module = packages_distributions()
    for path in folder.rglob("*.ipynb"):
        cells = nbformat.read(path, as_version=4).cells
        code = "\n".join(c.source for c in cells if c.cell_type == "code")
        nodes = [n for n in ast.walk(ast.parse(code)) if isinstance(n, ast.Import | ast.ImportFrom)]
        names = {a.name for n in nodes if isinstance(n, ast.Import) for a in n.names}
        names |= {n.module for n in nodes if isinstance(n, ast.ImportFrom)}
        needed = {name.partition(".")[0] for name in names}
        brought_by = {name: of_module[name] for name in needed if name in of_module}
        assert [name for name, by in brought_by.items() if not pinned & set(by)] == [], path


def test_the_wheel_carries_what_a_course_is_made_from(made):
    folder, _, _ = made
    (wheel,) = (folder / "students").glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    for part in (
        "_teaching/book.yml",
        "_notebooks/labs/",
        "_notebooks/first_steps/",
        "_datasets/",
        "course/folder/print.css",
    ):
        assert any(name.startswith(f"touchpoints/{part}") for name in names), part


def test_a_notebook_runs_in_a_copy_of_what_students_get(made, tmp_path):
    folder, _, name = made
    if name is None:
        return
    students = shutil.copytree(folder / "students", tmp_path / "students")
    path = students / "notebooks" / f"{name}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    exercise = name.startswith("exercises")
    client = NotebookClient(
        notebook,
        timeout=120,
        allow_errors=exercise,  # three dots stand where the answers will
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute()
    shown = str(notebook.cells)
    assert ("grader.check" in shown) == exercise
    assert "FileNotFoundError" not in shown
    assert "ModuleNotFoundError" not in shown


def test_what_is_printed_asks_nobody_and_holds_no_script(made):
    folder, _, _ = made
    for path in folder.rglob("*.html"):
        text = path.read_text("utf-8")
        parser = Links()
        parser.feed(text)
        assert not parser.tags & {"script", "link", "img", "iframe", "object"}, path
        assert "default-src 'none'" in text
        assert "@media print" in text


def test_the_lecturer_has_a_page_to_print_for_each_plan(made):
    folder, course, _ = made
    wanted = [f"lessons/{t.lesson.name}" for t in course.plan.lessons]
    wanted += [f"cases/{g.name}" for g in course.plan.guides]
    for name in wanted:
        for ending in ("md", "html"):
            text = (folder / "lecturer" / f"{name}.{ending}").read_text("utf-8")
            assert len(text) > 800


def test_a_printed_plan_says_what_stands_on_the_slide_of_each_step(made):
    folder, course, _ = made
    for taught in course.plan.lessons:
        text = (folder / "lecturer" / f"lessons/{taught.lesson.name}.md").read_text("utf-8")
        assert text.count("*On the slide:*") == len(taught.lesson.steps)


def test_solutions_are_not_among_what_students_get(made):
    folder, course, _ = made
    students, lecturer = folder / "students", folder / "lecturer" / "solutions"
    shared = "\n".join(p.read_text("utf-8") for p in students.rglob("*.ipynb"))
    assert "# SOLUTION" not in shared
    assert "n_answered = int(" not in shared
    solved = {p.relative_to(lecturer) for p in lecturer.rglob("*.ipynb")}
    tasks = {p.relative_to(students / "notebooks") for p in students.rglob("exercises/*.ipynb")}
    assert solved - {Path(f"assignments/{n}.ipynb") for n in course.plan.assignments} == tasks


def test_solutions_have_no_mark_of_the_grader_left(made):
    folder, _, _ = made
    for path in (folder / "lecturer" / "solutions" / "exercises").glob("*.ipynb"):
        text = path.read_text("utf-8")
        assert not re.search(r"# (BEGIN|END|IGNORE|SOLUTION)", text), path
        assert "..." not in [c.source for c in nbformat.read(path, as_version=4).cells]


def test_the_week_plan_is_a_table_with_all_sessions(made):
    folder, course, _ = made
    with (folder / "week-plan.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["title"] for row in rows] == [s.title for s in course.plan.sessions]
    assert [int(r["minutes"]) for r in rows] == [s.minutes for s in course.plan.sessions]


def test_preparation_and_homework_are_two_lists(made):
    page = (made[0] / "week-plan.html").read_text("utf-8")
    for session in page.split("<h2>")[1:]:
        items = [
            [*re.findall(r"<li>\s*(?:<p>)?(Homework|Give out)?", part)]
            for part in session.split("<ul>")
        ]
        assert all(len(set(map(bool, part))) <= 1 for part in items), session


def test_a_rubric_for_a_text_comes_with_its_assignment(made):
    folder, course, _ = made
    given = "replication" in course.plan.assignments
    assert given == (
        course.plan.pattern.name == "weeks" and course.plan.config.assignments != "none"
    )
    assert (folder / "lecturer" / "rubrics" / "replication.md").exists() == given


def test_the_text_of_the_project_counts_in_the_syllabus(tmp_path):
    make_course(tmp_path / "c", {"pattern": "weeks", "assignments": "graded"})
    page = (tmp_path / "c" / "syllabus.md").read_text("utf-8")
    assert re.search(r"Replication project.*\| 40 \| 25 % \|", page)
    shares = re.findall(r"\| (\d+) % \|", page)
    assert abs(sum(map(int, shares)) - 100) <= len(shares) / 2


def test_the_grading_page_has_a_command_that_is_understood(made):
    folder, course, _ = made
    page = (folder / "lecturer" / "grading.md").read_text("utf-8")
    commands = re.findall(r"^ +touchpoints (course grade .+)$", page, re.MULTILINE)
    assert len(commands) == (
        course.plan.config.assignments == "graded" and len(course.plan.assignments) > 0
    )
    for command in commands:
        options = _parser().parse_args(command.split())
        assert options.assignment in course.plan.assignments
        assert options.key == Path("student-data/lecturer/key.json")
        data = (folder / "data" / "README.md").read_text("utf-8")
        assert "--roster roster.csv --out ../lecturer/student-data" in data


def test_a_changed_text_that_is_no_text_is_told(made, tmp_path):
    folder = shutil.copytree(made[0], tmp_path / "copy")
    (folder / "week-plan.md").write_bytes(b"caf\xe9")
    with pytest.raises(InputError, match=r"week-plan\.md.*UTF-8"):
        make_course(folder, {})


def test_a_course_without_any_assignment_says_nothing_of_marking(tmp_path, capsys):
    main(["course", "new", str(tmp_path / "c"), "--pattern", "workshop", "--assignments", "graded"])
    assert "chapters 6, assignments 0\n" in capsys.readouterr().out
    assert "key.json" not in (tmp_path / "c" / "lecturer" / "grading.md").read_text("utf-8")
    assert "roster" not in (tmp_path / "c" / "data" / "README.md").read_text("utf-8")


def test_data_fit_the_mode_of_assignments(made):
    folder, course, _ = made
    there = files(folder)
    mode = course.plan.config.assignments
    assert ("data/roster-example.csv" in there) == (mode == "graded")
    assert ("students/assignments/data/contacts.csv" in there) == (mode == "practice")
    assert any(n.startswith("students/assignments/") for n in there) == (mode != "none")
    assert not [n for n in there if n.endswith("key.json") or "/truth/" in n]


def test_a_second_run_changes_nothing_and_a_changed_file_stays(made, capsys):
    folder, _, _ = made
    before = files(folder)
    assert main(["course", "new", str(folder)]) == 0
    assert files(folder) == before
    assert "written 0, updated 0, removed 0" in capsys.readouterr().out
    syllabus = folder / "syllabus.md"
    syllabus.write_text("# Mine\n", encoding="utf-8")
    (folder / "data" / "README.html").unlink()
    config = folder / CONFIG
    config.write_text(
        config.read_text("utf-8").replace("Touchpoint marketing", "Contacts"), "utf-8"
    )
    assert main(["course", "new", str(folder)]) == 0
    said = capsys.readouterr().out
    assert syllabus.read_text("utf-8") == "# Mine\n"
    assert (folder / "new-versions" / "syllabus.md").read_text("utf-8").startswith("# Contacts\n")
    assert "<h1>Mine</h1>" in (folder / "syllabus.html").read_text("utf-8")
    assert (folder / "README.md").read_text("utf-8").startswith("# Contacts\n")
    assert "new-versions:\n  syllabus.md\n" in said
    assert "Not made again, because you deleted them:\n  data/README.html\n" in said


def test_widgets_in_the_notebooks_speak_the_language_of_the_course():
    source = "tp.Scorecard(\n    data,\n)\ntp.Quiz()\nä = tp.Report((1)), tp.Progress(lang='en')"
    assert in_language(source, "en") == source
    assert in_language(source, "de") == (
        'tp.Scorecard(\n    data,\nlang="de")\ntp.Quiz(lang="de")\n'
        "ä = tp.Report((1), lang=\"de\"), tp.Progress(lang='en')"
    )


def test_all_widgets_are_known():
    assert {n for n, m in touchpoints._LAZY.items() if m.startswith("touchpoints.ui.")} == WIDGETS


def test_the_page_for_lecturers_shows_what_the_commands_print(root, tmp_path, monkeypatch, capsys):
    page = (root / "book" / "teaching" / "start-a-course.md").read_text("utf-8")
    shown = re.findall(r"^```console\n\$ touchpoints (.+)\n((?:.+\n)+?)```$", page, re.MULTILINE)
    assert len(shown) == 3
    monkeypatch.chdir(tmp_path)
    for number, (command, expected) in enumerate(shown):
        if number == 2:  # what the page tells about: fewer weeks, a changed file, a deleted one
            config = tmp_path / "my-course" / CONFIG
            config.write_text(
                config.read_text("utf-8").replace("weeks: null", "weeks: 10"), "utf-8"
            )
            (tmp_path / "my-course" / "syllabus.md").write_text("# Mine\n", "utf-8")
            (tmp_path / "my-course" / "data" / "README.html").unlink()
        main(command.split())
        printed = "".join(capsys.readouterr())
        pattern = re.escape(expected).replace("…", r"\d+")
        assert re.fullmatch(pattern, printed), printed
