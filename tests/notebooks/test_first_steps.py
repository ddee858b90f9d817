"""The lab for people who never wrote Python: right answers are told so, typical slips get their own."""

from __future__ import annotations

import contextlib
import io

import nbformat
import pytest

from conftest import ROOT

LAB = ROOT / "notebooks" / "first_steps" / "python_in_45_minutes.ipynb"
CELLS = [c for c in nbformat.read(LAB, as_version=4).cells if c.cell_type == "code"]
#: Answer, what a learner may write, and what the check says to it.
ANSWERS = [
    ("mean", "(1 + 2 + 4) / 3", "Right"),
    ("mean", "2.3", "Right"),
    ("mean", "2,33", "Python writes a point"),
    ("mean", "'2.33'", "without quotes"),
    ("mean", "1 + 2 + 4 / 3", "brackets round the sum"),
    ("mean", "7", "That is the sum"),
    ("mean", "5", "Not quite"),
    ("percent", "100 * 18 / 40", "Right"),
    ("percent", "18 / 40", "times 100"),
    ("percent", "40 / 18", "Turned round"),
    ("place", "'bakery'", "Right. Its 6 letters"),
    ("place", "7", "not a text"),
    ("place", "' '", "empty"),
    ("list", "sum(grades) / len(grades)", "Right"),
    ("list", "sum(grades)", "That is the sum"),
    ("list", "sum(grades) / 4", "the list has five"),
    ("best", "table['grade'].min()", "Right"),
    ("best", "table['grade'].max()", "so the worst"),
    ("best", "table['grade']", "That is a column"),
    ("best", "table[['grade']]", "That is a column"),
    ("best", "table['grade'].min", "without its brackets"),
    ("bad", "len(table[table['grade'] >= 4])", "Right"),
    ("bad", "len(table[table['grade'] > 4])", "The 4 belongs to it"),
    ("bad", "len(table[table['grade'] <= 4])", "Worse grades are larger"),
    ("bad", "table[table['grade'] >= 4]", "Count them"),
    ("phase", "means.idxmin()", "Right: its mean is"),
    ("phase", "means.idxmax()", "so the worst mean"),
    ("phase", "'offline'", "Write one of these"),
    ("phase", "means", "in quotes"),
    ("mend", "len(table[table['medium'] == 'online'])", "Right: two equals signs ask. 8"),
    ("mend", "table[table['medium'] == 'online']", "Count them"),
    ("mend", "20", "Not quite"),
]


@pytest.fixture(scope="module")
def names():
    """What the learner's names stand for at the end of the lab, nothing answered; what checks said."""
    space, said = {}, {}
    for cell in CELLS:
        if "raises-exception" not in cell.metadata.get("tags", []):
            said[cell.id] = run(cell.source, space)
    return space, said


def run(source, space):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(source, space)  # noqa: S102  (the lab is our own)
    return out.getvalue()


def test_unanswered_each_check_says_what_to_do(names):
    checks = {cell: text for cell, text in names[1].items() if cell.startswith("check-")}
    assert len(checks) == len({name for name, _, _ in ANSWERS}) == 8
    assert [cell for cell, text in checks.items() if not text.startswith("No answer yet")] == []


@pytest.mark.parametrize(("name", "answer", "says"), ANSWERS)
def test_an_answer_is_told_what_it_is(names, name, answer, says):
    space = dict(names[0])
    sources = {cell.id: cell.source for cell in CELLS}
    target = sources[f"answer-{name}"].split(" = ")[0]
    run(f"{target} = {answer}", space)
    told = run(sources[f"check-{name}"], space)
    assert says in told
    assert told.count("\n") == 1
