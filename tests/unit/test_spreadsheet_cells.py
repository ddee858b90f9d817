"""Cells of exported tables: no text starts a formula."""

from __future__ import annotations

from pathlib import Path

import pytest

import touchpoints
from touchpoints.core import spreadsheet_cells
from touchpoints.core.spreadsheet_cells import safe_cell


@pytest.mark.parametrize("start", [*"=+-@\t\r\n\uff1d\uff0b\uff0d\uff20", "'=", "''@"])
def test_a_formula_becomes_a_text(start):
    assert safe_cell(f"{start}1") == f"'{start}1"


@pytest.mark.parametrize("text", ["", "a=1", "'tis", "5", " 5"])
def test_other_texts_stay(text):
    assert safe_cell(text) == text


def test_the_tools_in_the_page_have_the_same_rule():
    script = Path(touchpoints.__file__).parent / "ui" / "parts" / "records.js"
    rule = f"const FORMULA = /^{spreadsheet_cells._FORMULA.pattern}/;"
    assert rule in script.read_text("utf-8")
