"""The stored study of students' worlds: fresh, and the lecturer's page says what it says."""

from __future__ import annotations

import importlib.util
import json
import re
import sys

import pytest

from conftest import ROOT

STUDY = json.loads((ROOT / "book/teaching/data-for-every-student.json").read_text("utf-8"))
PROSE = (ROOT / "book/teaching/data-for-every-student.md").read_text("utf-8")
FLAT = re.sub(r"\s+", " ", PROSE)
WORLDS = ("effect", "halo", "mixed")
ABOVE, BELOW = "above no contact by every method", "below no contact by every method"


@pytest.fixture(scope="module")
def benchmark():
    path = ROOT / "benchmarks" / "student_worlds.py"
    sys.path.insert(0, str(path.parent))
    try:
        spec = importlib.util.spec_from_file_location("student_worlds_benchmark", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(path.parent))
    return module


def says(*parts):
    for part in parts:
        assert part.replace("-", "−") in FLAT or part in FLAT, part


def method(world, grade, name):
    return STUDY["worlds"][world][f"grade {grade}"]["methods"][name]


def line(label, numbers):
    return f"| {label} | " + " | ".join(str(number) for number in numbers) + " |"


def test_the_code_has_not_changed_since_the_study_was_made(benchmark):
    assert STUDY["code_sha256"] == benchmark.fingerprint(), f"run again: {benchmark.COMMAND}"
    assert (STUDY["command"], STUDY["students"], STUDY["glance"]) == (
        benchmark.COMMAND, benchmark.STUDENTS, benchmark.GLANCE
    )  # fmt: skip


def test_the_table_of_the_page_holds():
    sizes = [STUDY["students_of_world"][world] for world in WORLDS]
    assert sum(sizes) == STUDY["students"]
    together = [STUDY["worlds"][world]["grade 1"]["together"].get(ABOVE, 0) for world in WORLDS]
    below = [STUDY["worlds"][world]["grade 2"]["together"].get(BELOW, 0) for world in WORLDS]
    control = [method(world, 1, "minus the negative control")["above"] for world in WORLDS]
    raw = [method(world, 1, "raw")["above"] for world in WORLDS]
    says(
        line("all", sizes),
        line("raw lift of grade 1 clearly above no contact", raw),
        line("above no contact also minus the negative control", control),
        line(ABOVE, together),
        line(f"{BELOW}, grade 2", below),
        f"{sizes[0]} in *effect*, {sizes[1]} in *halo*, {sizes[2]} in *mixed*",
        f"for {together[0]} of {sizes[0]} students in *effect* and for {together[2]} of {sizes[2]}",
        f"and {sizes[0] - together[0]} students in *effect* have to give it",
    )
    assert raw == sizes
    assert together[1] == 0
    assert below == [0, 0, 0]


def test_the_prose_holds():
    means = [f"{method(world, 1, 'raw')['estimate_points']:+.1f}" for world in WORLDS]
    says(f"{means[0]} points in *effect*, {means[1]} in *halo* and {means[2]} in *mixed*")
    assert not any(method(world, 1, "raw")["covers"] for world in WORLDS)
    control = method("halo", 1, "minus the negative control")
    halo = STUDY["students_of_world"]["halo"]
    says(f"In *halo* it holds the truth for {control['covers']} of {halo} students")
    for world in WORLDS:
        assert method(world, 1, "minus the negative control")["width_points"] == pytest.approx(
            25, abs=1.5
        )
    truth = {w: STUDY["worlds"][w]["grade 1"]["truth_points"] for w in WORLDS}
    ends = [f"{truth[w]['lowest']:.1f} and {truth[w]['highest']:.1f}" for w in ("effect", "mixed")]
    says(f"between {ends[0]} points in *effect* and between {ends[1]} in *mixed*")
    held = [method(world, 1, "all held constant")["covers"] for world in ("effect", "mixed")]
    sizes = [STUDY["students_of_world"][world] for world in ("effect", "mixed")]
    says(f"for {held[0]} of {sizes[0]} and {held[1]} of {sizes[1]} students")
    second = [STUDY["worlds"][world]["grade 2"]["truth_points"] for world in WORLDS]
    low, high = min(end["lowest"] for end in second), max(end["highest"] for end in second)
    says(f"between {low:.1f} and {high:.1f} points")
    for world in WORLDS:
        assert abs(method(world, 2, "raw")["estimate_points"]) < 1


def test_no_single_figure_tells_the_world():
    table = STUDY["right_order_pct"]
    for figure in re.findall(r"^\| ([a-z0-9 ]+) \| \d+ % ", PROSE, flags=re.MULTILINE):
        cells = [table[figure][f"{one}"] for one in table[figure]]
        says(line(figure, [f"{cell:.0f} %" for cell in cells]))
    worst = {figure: max(cells.values()) for figure, cells in table.items()}
    assert max(worst.values()) <= 70
    assert max(worst, key=worst.get) == "raw lift of grade 2"
    left = set(worst) - set(re.findall(r"^\| ([a-z0-9 ]+) \| \d+ % ", PROSE, flags=re.MULTILINE))
    assert max(worst[figure] for figure in left) <= 65


def test_the_analysis_of_the_study_still_runs(benchmark):
    data = benchmark.student_data(benchmark.KEY, "student 0")
    rows = benchmark.analysis(data)
    assert data.truth["world"] in STUDY["students_of_world"]
    assert {row["method"] for row in rows if "method" in row} == set(
        STUDY["worlds"]["halo"]["grade 1"]["methods"]
    )
