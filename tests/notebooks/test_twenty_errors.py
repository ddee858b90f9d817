"""The messages on the page "If something goes wrong" are those that the code beside them gives."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import zipfile

import nbformat
import pytest
from nbclient import NotebookClient

from conftest import ROOT
from touchpoints.cli import main

PAGE = (ROOT / "book" / "first-steps" / "if-something-goes-wrong.md").read_text("utf-8")
ENTRY = re.compile(r"^### (\d+) · (.+?)\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
ENTRIES = {int(n): text for n, _, text in ENTRY.findall(PAGE)}
BEFORE = 'import pandas as pd\nimport touchpoints as tp\ncontacts = tp.load("contacts")'
FILES = {
    "latin.csv": "Küche,2\n".encode("cp1252"),
    "comma.csv": b"touchpoint;grade\nshop;2,5\nchat;3,0\n",
    "semicolon.csv": b"touchpoint;grade;fan\nshop;2;1\n",
    "dates.csv": b"touchpoint,grade\nshop,02. Jan\n",
    "rules.py": b"",
}


def block(number, language):
    found = re.findall(rf"```{language}\n(.*?)\n```", ENTRIES[number], flags=re.DOTALL)
    return found[0] if found else None


#: The bracket of number 12, missing where nothing follows.
LAST_LINE = 120

IN_CELLS = [n for n in ENTRIES if block(n, "python")]


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """What each piece of code on the page shows, each as if it were the first after the tables."""
    folder = tmp_path_factory.mktemp("errors")
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    cells = {n: nbformat.v4.new_code_cell(block(n, "python")) for n in IN_CELLS}
    cells[6] = nbformat.v4.new_code_cell("tp.Scorecard()")
    cells[LAST_LINE] = nbformat.v4.new_code_cell("n = len(contacts")
    fresh = [nbformat.v4.new_code_cell(f"%reset -f\n{BEFORE}") for _ in cells]
    pairs = [cell for pair in zip(fresh, cells.values(), strict=True) for cell in pair]
    notebook = nbformat.v4.new_notebook(cells=pairs)
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, timeout=120, allow_errors=True, resources=resources).execute()
    assert [cell.outputs for cell in fresh if cell.outputs] == []
    return {n: cell.outputs for n, cell in cells.items()}


def test_there_are_twenty_each_with_message_reason_and_cure():
    assert list(ENTRIES) == list(range(1, 21))
    for text in ENTRIES.values():
        assert all(part in text for part in ("**You see**", "```text", "**Why**", "**Cure**"))
    assert len(IN_CELLS) == 15


@pytest.mark.parametrize("number", IN_CELLS)
def test_the_code_gives_the_message(number, outputs):
    error = outputs[number][0]
    # A place such as "(1437208448.py, line 2)" ends what syntax errors say.
    said = re.sub(r" \(\d+\.py, line \d+\)$", "", f"{error.ename}: {error.evalue}")
    assert said == block(number, "text")


def test_a_bracket_missing_in_the_last_line_is_told_in_other_words(outputs):
    error = outputs[LAST_LINE][0]
    said = re.sub(r" \(\d+\.py, line \d+\)$", "", f"{error.ename}: {error.evalue}")
    assert f"```text\n{said}\n```" in ENTRIES[12]


def test_a_tool_is_a_line_where_tools_cannot_be_shown(outputs):
    line = outputs[6][0].data["text/plain"]
    assert re.sub(r"0x[0-9a-fA-F]+", "0x…", line) == block(6, "text")


def test_the_cures_for_files_cure(tmp_path, monkeypatch):
    import pandas as pd

    monkeypatch.chdir(tmp_path)
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    assert "Küche" in pd.read_csv("latin.csv", encoding="cp1252").columns
    assert pd.read_csv("comma.csv", sep=";", decimal=",")["grade"].mean() == 2.75
    assert pd.read_csv("semicolon.csv", sep=";")["grade"].tolist() == [2]


def test_a_taken_port_is_told(monkeypatch, capsys, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setattr("touchpoints.cli.book.build_book", lambda _: tmp_path)
        assert main(["open", "--no-browser", "--port", str(port)]) == 1
    assert capsys.readouterr().err.strip().replace(str(port), "8000") == block(5, "text")


def pip(*arguments):
    """Run pip where it can reach nobody: what it says, line by line."""
    command = [sys.executable, "-m", "pip", *arguments]
    environment = {k: v for k, v in os.environ.items() if not k.upper().startswith("PIP_")}
    environment |= {"PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    return done.stderr.splitlines()


def test_a_network_without_a_way_out_is_told_as_a_missing_package():
    nowhere = ["--proxy", "http://127.0.0.1:9", "--retries", "1"]
    address = ["--index-url", "https://packages.invalid/simple", "--ignore-installed"]
    lines = pip("install", "--dry-run", *nowhere, *address, "pandas")
    assert any("ProxyError" in line for line in lines)
    assert block(2, "text") in lines


def test_an_old_python_is_told(tmp_path):
    """A wheel that wants what the kit wants: pip reads the name and the number from it."""
    name = "touchpoint_kit-1-py3-none-any.whl"
    wanted = re.search(r'requires-python = "(.+)"', (ROOT / "pyproject.toml").read_text("utf-8"))
    meta = (
        f"Metadata-Version: 2.1\nName: touchpoint-kit\nVersion: 1\nRequires-Python: {wanted[1]}\n"
    )
    with zipfile.ZipFile(tmp_path / name, "w") as wheel:
        wheel.writestr("touchpoint_kit-1.dist-info/METADATA", meta)
        wheel.writestr(
            "touchpoint_kit-1.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n"
        )
        wheel.writestr("touchpoint_kit-1.dist-info/RECORD", "")
    old = ["--python-version", "3.10", "--only-binary=:all:", "--no-index", "-d", str(tmp_path)]
    assert block(4, "text") in pip("download", *old, str(tmp_path / name))


def test_a_terminal_that_does_not_know_where_python_is(tmp_path):
    assert "there we could not try it" in ENTRIES[1]
    if sys.platform == "win32":
        return  # the message is that of bash
    done = subprocess.run(
        [shutil.which("bash"), "-c", "pip install pandas"],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": str(tmp_path), "LC_ALL": "C"},
    )
    assert block(1, "text") in done.stderr
