"""Layers point one way: core ← charts ← ui; reporting on charts; site and cli on top; the core touches no file."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import touchpoints

PACKAGE = Path(touchpoints.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

#: What a layer may import of the package.
ALLOWED = {
    "core": {"core"},
    "originals": {"core", "originals"},
    "data": {"core", "originals"},
    "kept_folder": {"core", "writing", "kept_folder"},
    "notebook_errors": {"core"},
    "plain_text": {"core"},
    "plain_yaml": {"core", "plain_text"},
    "writing": {"core"},
    "questions": {"core", "plain_yaml"},
    "charts": {"core", "charts"},
    "ui": {"core", "charts", "ui", "data", "questions"},
    "reporting": {"core", "charts", "data", "ingest", "writing", "reporting"},
    "ingest": {"core", "data", "plain_yaml", "writing", "ingest"},
    "instrument": {"core", "plain_text", "plain_yaml", "writing", "ingest", "instrument"},
    "course": {
        "core",
        "charts",
        "data",
        "questions",
        "ingest",
        "kept_folder",
        "plain_text",
        "plain_yaml",
        "writing",
        "course",
    },
    "site": {"core", "charts", "ui", "data", "questions", "site"},
    "cli": {
        "core",
        "charts",
        "ui",
        "data",
        "originals",
        "questions",
        "reporting",
        "ingest",
        "instrument",
        "course",
        "kept_folder",
        "plain_text",
        "plain_yaml",
        "writing",
        "site",
        "cli",
    },
}
NOT_IN_CORE = {"altair", "anywidget", "ipywidgets", "pathlib", "os", "io"}
MOST_LINES = 320


def layer(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names |= {str(node.module)} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize(
    "path",
    [p for p in MODULES if layer(p) != "__init__"],
    ids=lambda p: str(p.relative_to(PACKAGE)),
)
def test_imports_point_downwards(path):
    own = {n.split(".")[1] for n in imported(path) if n.startswith("touchpoints.")}
    assert own <= ALLOWED[layer(path)]


@pytest.mark.parametrize("path", [p for p in MODULES if layer(p) == "core"], ids=lambda p: p.name)
def test_core_draws_nothing_and_reads_no_file(path):
    assert not {n.split(".")[0] for n in imported(path)} & NOT_IN_CORE
    calls = {
        n.func.id
        for n in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
    }
    assert "open" not in calls


def test_importing_the_package_loads_no_plotting_and_no_widgets():
    code = "import sys, touchpoints; print(*sorted({'altair', 'anywidget', 'ipywidgets'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


@pytest.mark.parametrize(
    "path", [*MODULES, *PACKAGE.rglob("*.js")], ids=lambda p: str(p.relative_to(PACKAGE))
)
def test_a_module_fits_a_reader(path):
    assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES


#: Libraries that come with an extra or with the book's requirements, not with the package.
EXTRAS = (
    "bs4 charset_normalizer dask docx duckdb jupyter_book nbclient nbformat openpyxl otter pandera "
    "polars pypdf pyreadstat pyspark sphinx sphinx_revealjs"
)


def test_the_command_starts_without_the_extras():
    code = (
        f"import sys\nfor name in {EXTRAS.split()}: sys.modules[name] = None\n"
        "from touchpoints.cli import main\nmain(['data'])\nmain(['course', '--help'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert "grade" in done.stdout


def test_importing_the_package_loads_nothing_of_courses_and_own_files():
    code = "import sys, touchpoints; print(*(m for m in sys.modules if m.startswith(('touchpoints.course', 'touchpoints.ingest'))))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
