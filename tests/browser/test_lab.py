"""The scorecard in a real JupyterLab: the same widget, with a Python object behind it."""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

SETUP = 'import touchpoints as tp\ncard = tp.Scorecard(tp.load("touchpoints"))\ncard'
ASK = 'print("grade is", card.rows[0]["grade"], "weakest", card.scores.weakest_link)'
CHART = (
    'import pandas as pd\ndata = tp.load("touchpoints").merge(tp.load("scorecard_example"), on="touchpoint")\n'
    "tp.score_touchpoints(data).chart()"
)


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a JupyterLab on a folder with one notebook."""
    folder: Path = tmp_path_factory.mktemp("lab")
    cells = [nbformat.v4.new_code_cell(source) for source in (SETUP, ASK, CHART)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), folder / "card.ipynb")
    token = secrets.token_hex(8)
    environment = {k: v for k, v in os.environ.items() if k != "TOUCHPOINTS_BOOK"}
    environment |= {
        "JUPYTER_CONFIG_DIR": str(folder / "c"),
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "s"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "w"),
    }
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "jupyterlab",
            f"--ServerApp.root_dir={folder}",
            "--no-browser",
            "--allow-root",
            f"--IdentityProvider.token={token}",
            "--port=0",
            "--ServerApp.port_retries=0",
            "--LabApp.news_url=None",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
            "--LabApp.extension_manager=readonly",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment,
    )
    lines = []
    for line in process.stderr:
        lines.append(line)
        found = re.search(r"(http://(?:127\.0\.0\.1|localhost):\d+)/lab", line)
        if found:
            break
    else:
        pytest.fail("JupyterLab did not start: " + "".join(lines[-20:]))
    yield f"{found.group(1)}/lab/tree/card.ipynb?token={token}"
    process.terminate()
    process.communicate(timeout=60)


def test_the_widget_and_the_python_object_share_their_state(visit, lab):
    seen = visit(1280, 1400)
    page = seen.page
    page.set_default_timeout(60_000)
    page.goto(lab)
    page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    page.locator(".jp-Notebook .jp-CodeCell").first.click()
    page.keyboard.press("Shift+Enter")
    card = page.locator(".jp-OutputArea .tp-scorecard")
    card.wait_for()
    assert card.locator(".tp-row").count() == 21
    card.locator(".tp-row").first.locator(".tp-grade[data-grade='5']").click()
    page.locator(".jp-Notebook .jp-CodeCell").nth(1).locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    page.get_by_text("grade is 5 weakest friends_recommendation").wait_for()
    page.keyboard.press("Shift+Enter")
    page.locator(
        ".jp-OutputArea .vega-embed svg, .jp-OutputArea .vega-embed canvas"
    ).first.wait_for()
    own = re.match(r"http://[^/]+", page.url).group()
    assert [u for u in seen.requests if u.startswith("http") and not u.startswith(own)] == []
