"""The page on grading names limits and statuses: those of the code."""

from __future__ import annotations

import re

import pytest

from touchpoints.course.grading.limits import Limits
from touchpoints.course.grading.notebook_cells import LARGEST_MB


@pytest.fixture(scope="module")
def page(root):
    return " ".join((root / "book" / "teaching" / "grading.md").read_text("utf-8").split())


@pytest.mark.parametrize(
    "said",
    [
        f"| `--seconds` | {Limits.seconds:g} |",
        f"| `--memory` | {Limits.memory_mb} |",
        f"at most {Limits.processes} processes and threads",
        f"no file of more than {Limits.file_mb} MB",
        f"a file of more than {LARGEST_MB} MB is not read",
    ],
)
def test_numbers(page, said):
    assert said in page


def test_files(page):
    named = {"gradebook.csv", "gradebook.xlsx", "moodle.csv", "ilias.csv", "canvas.csv"}
    assert named | {"not-matched.csv", "state.jsonl"} <= set(re.findall(r"`([\w.-]+)`", page))
