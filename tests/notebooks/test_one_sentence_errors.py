"""Wrong input in a real kernel: one sentence as the error, the way to it folded, other errors as ever."""

from __future__ import annotations

import nbformat
import pytest
from nbclient import NotebookClient

WRONG = 'import touchpoints as tp\ntp.load("touchpoint<b>")'


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """What each cell shows, in order."""
    sources = [WRONG, "%tb", "1 / 0", "class Own(Exception): ...\nraise Own('mine')"]
    other = (
        "from IPython import get_ipython\nimport touchpoints.notebook_errors as ours\n"
        "shell = get_ipython()\nshell.set_custom_exc((KeyError,), lambda *_: ['theirs'])\n"
        "ours.tell_in_one_sentence()\nshell.custom_exceptions"
    )
    cells = [nbformat.v4.new_code_cell(source) for source in [*sources, other]]
    notebook = nbformat.v4.new_notebook(cells=cells)
    folder = str(tmp_path_factory.mktemp("kernel"))
    resources = {"metadata": {"path": folder}}
    NotebookClient(notebook, timeout=120, allow_errors=True, resources=resources).execute()
    return [cell.outputs for cell in notebook.cells]


def test_the_error_is_one_sentence_and_the_way_to_it_is_folded(outputs):
    error, folded = outputs[0]
    assert error.output_type == "error"
    assert error.ename == "InputError"
    assert error.traceback == [f"InputError: {error.evalue}"]
    assert error.evalue.startswith("Found no dataset 'touchpoint<b>'; allowed is touchpoints, ")
    assert "\n" not in error.evalue
    assert "%tb" in folded.data["text/plain"]
    page = folded.data["text/html"]
    assert page.startswith("<details><summary>")
    assert "Traceback (most recent call last)" in page
    assert "touchpoint&lt;b&gt;" in page
    assert "<b>" not in page


def test_the_whole_way_can_be_asked_for(outputs):
    (whole,) = outputs[1]
    assert len(whole.traceback) > 3
    assert "one_of" in "".join(whole.traceback)


def test_other_errors_and_other_handlers_stay_as_they_are(outputs):
    assert [output.ename for output in outputs[2]] == ["ZeroDivisionError"]
    assert len(outputs[2][0].traceback) > 2
    assert [output.ename for output in outputs[3]] == ["Own"]
    assert "KeyError" in outputs[4][0].data["text/plain"]
    assert "InputError" not in outputs[4][0].data["text/plain"]
