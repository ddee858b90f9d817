"""The Sphinx extension: stale pages, classic scripts, escaped fallbacks, formulas."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sphinx.errors import ExtensionError

import touchpoints
from touchpoints.site import assets, fingerprint, live, mathml
from touchpoints.ui.scorecard import Scorecard

PACKAGE = Path(touchpoints.__file__).parent
NB = """---
jupytext: {text_representation: {extension: .md, format_name: myst}}
kernelspec: {name: python3, display_name: Python 3}
---

# Numbers

```{code-cell} ipython3
import sys
sys.path.insert(0, WHERE)
import touchpoints as tp
print("rows:", len(tp.load("touchpoints")), "rule:", tp.ScoringRule().moment_of_truth_weight)
```
"""


@pytest.fixture
def project(tmp_path, root):
    """A small book beside copies of the package and the datasets, so that both can be changed."""
    for name in ("widgets", "datasets"):
        shutil.copytree(root / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "_config.yml").write_text(
        "title: t\nexecute: {execute_notebooks: cache, stderr_output: show}\nonly_build_toc_files: true\n"
        "sphinx: {extra_extensions: [touchpoints.site], config: {nb_ipywidgets_js: {}}}\n"
    )
    (tmp_path / "_toc.yml").write_text(
        "format: jb-book\nroot: start\nchapters:\n- file: plain\n- file: code\n"
    )
    (tmp_path / "start.md").write_text("# Start\n\nHere.\n")
    (tmp_path / "plain.md").write_text("# Plain\n\nNothing to run.\n")
    (tmp_path / "code.md").write_text(NB.replace("WHERE", repr(str(tmp_path / "widgets"))))
    return tmp_path


def build(project):
    code = (
        "import sys; sys.path.insert(0, 'widgets'); from jupyter_book.cli.main import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "build", "."],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    html = project / "_build" / "html"
    return (html / "code.html").read_text("utf-8"), (html / "plain.html").stat().st_mtime_ns


def edit(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8", newline="\n")


def test_a_change_of_package_or_data_rebuilds_the_pages_that_show_it(project):
    html, plain = build(project)
    assert "rows: 21 rule: 1.5" in html
    edit(
        project / "widgets/touchpoints/core/scoring_rule.py",
        "weight: float = 1.5",
        "weight: float = 2.5",
    )
    html, plain_after = build(project)
    assert "rows: 21 rule: 2.5" in html
    assert plain_after == plain, "a page without code is left alone"
    table = project / "datasets/touchpoints.csv"
    table.write_text(
        "\n".join(table.read_text("utf-8").splitlines()[:-1]) + "\n", "utf-8", newline="\n"
    )
    html, plain_after = build(project)
    assert "rows: 20 rule: 2.5" in html
    assert plain_after == plain


def test_fingerprints_follow_the_content_alone(tmp_path):
    shutil.copytree(PACKAGE, tmp_path / "touchpoints", ignore=shutil.ignore_patterns("__pycache__"))
    copy = tmp_path / "touchpoints"
    before = fingerprint.of_outputs(copy), fingerprint.of_site(copy)
    assert before == (fingerprint.of_outputs(PACKAGE), fingerprint.of_site(PACKAGE))
    edit(copy / "site/host.css", "/*", "/* x")
    assert fingerprint.of_outputs(copy) == before[0]
    assert fingerprint.of_site(copy) != before[1]
    edit(copy / "ui/texts/de.json", "Neu beginnen", "Von vorn")
    assert fingerprint.of_outputs(copy) != before[0]


def test_the_fingerprint_follows_the_questions(tmp_path, root, monkeypatch):
    shutil.copytree(root / "book" / "questions", tmp_path / "questions")
    before = fingerprint.of_outputs(questions=tmp_path / "questions")
    assert before == fingerprint.of_outputs()
    (tmp_path / "questions" / "new.yml").write_text("chapter: new\n", "utf-8")
    assert fingerprint.of_outputs(questions=tmp_path / "questions") != before
    monkeypatch.setattr(fingerprint, "list_quizzes", lambda: ["in another order"])
    assert fingerprint.of_outputs() != before


def test_the_fingerprint_follows_the_stored_studies(tmp_path, root, monkeypatch):
    for folder in ("questions", "research"):
        shutil.copytree(root / "book" / folder, tmp_path / folder)
    monkeypatch.setattr(fingerprint, "questions_folder", lambda: tmp_path / "questions")
    before = fingerprint.of_outputs()
    (tmp_path / "research" / "contact-or-mood.json").write_text("{}", "utf-8")
    assert fingerprint.of_outputs() != before


@pytest.mark.parametrize(
    "esm",
    [
        "const a = 1;",
        "import x from 'y';\nexport default {};",
        "export default {};\nexport default {};",
    ],
)
def test_modules_the_host_cannot_run_are_refused(esm):
    with pytest.raises(ValueError, match="one 'export default' and no import"):
        assets.classic_script("demo", esm)


def test_the_scorecard_becomes_a_classic_script():
    script = assets.classic_script("scorecard", Scorecard._esm)
    assert script.startswith('touchpointHost.define("scorecard"')
    assert "export default" not in script


def test_fallback_tables_escape_what_they_show():
    evil = "<script>alert(1)</script>"
    table = live.fallback_table({"caption": evil, "columns": [evil], "rows": [[evil]]})
    assert "<script" not in table
    element = live.live_element(
        'a"b', {"_anywidget_id": "m.X", "rows": [evil], "_fallback": {}}, with_state=True
    )
    assert element.count("<script") == 1
    assert 'data-model="a&quot;b"' in element


def test_pages_carry_no_state_that_only_a_kernel_needs():
    state = Scorecard().get_state()
    element = live.live_element(
        "m", {k: v for k, v in state.items() if k != "layout"}, with_state=True
    )
    assert "_esm" not in element
    assert "_view_module" not in element


def test_a_control_without_front_end_says_where_it_runs():
    assert "JupyterLab" in live.lab_only_card()


@pytest.mark.parametrize("latex", ["x^2^3", r"\nosuch x", r"a \left( b"])
def test_malformed_formulas_fail_the_build(latex):
    with pytest.raises(ExtensionError):
        mathml.mathml(latex, block=True)
