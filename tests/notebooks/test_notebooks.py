"""Notebooks: small cells, clean state, and numbers that are really checked when they run."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted(
    p for d in ("first_steps", "labs") for p in (ROOT / "notebooks" / d).glob("*.ipynb")
)
EXERCISES = sorted((ROOT / "notebooks" / "exercises").glob("*.src.ipynb"))
MARK = "nbval-check-output"
LONGEST_CELL = 14


def cells(path, kind="code"):
    return [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == kind]


def test_there_are_notebooks():
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.name)
def test_checked_cells_have_outputs(path):
    checked = [c for c in cells(path) if MARK in c.metadata.get("tags", [])]
    assert checked, "a notebook without a checked cell passes whatever it computes"
    assert all(c.outputs for c in checked)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.name)
def test_only_checked_cells_keep_outputs(path):
    assert [
        c.source[:60] for c in cells(path) if c.outputs and MARK not in c.metadata.get("tags", [])
    ] == []


@pytest.mark.parametrize("path", [*NOTEBOOKS, *EXERCISES], ids=lambda p: p.name)
def test_cells_are_short(path):
    shown = [c for c in cells(path) if "# END TEST CONFIG" not in c.source]
    assert [c.source[:60] for c in shown if len(c.source.splitlines()) > LONGEST_CELL] == []


@pytest.mark.parametrize("path", [*NOTEBOOKS, *EXERCISES], ids=lambda p: p.name)
def test_metadata_tells_nothing_of_the_machine(path):
    notebook = nbformat.read(path, as_version=4)
    assert set(notebook.metadata) <= {"kernelspec", "language_info"}
    assert notebook.metadata.kernelspec.name == "python3"
