"""The command line: help with an example, one-line errors, exit codes, a clean end."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
import venv
from pathlib import Path

import pytest

from touchpoints.cli import main, repository
from touchpoints.cli.errors import CommandError
from touchpoints.cli.serve import serve
from touchpoints.data import describe, list_datasets
from touchpoints.questions import list_quizzes


@pytest.mark.parametrize(
    "arguments", [[], ["open"], ["build"], ["lab"], ["data"], ["report"], ["survey"]]
)
def test_help_has_an_example(arguments, capsys):
    with pytest.raises(SystemExit) as left:
        main([*arguments, "--help"])
    assert left.value.code == 0
    assert "example: touchpoints" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["build", "--nonsense"]])
def test_wrong_usage_leaves_with_two(arguments, capsys):
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_data_lists_all_datasets(capsys):
    assert main(["data"]) == 0
    out = capsys.readouterr().out
    assert all(name in out for name in list_datasets()["name"])


@pytest.mark.parametrize("entry", list(list_datasets().itertuples()), ids=lambda entry: entry.name)
def test_data_describes_one(entry, capsys):
    assert main(["data", entry.name]) == 0
    out = capsys.readouterr().out
    assert ("synthetic" in out.lower()) is entry.synthetic
    assert all(field["name"][:12] in out for field in describe(entry.name)["schema"]["fields"])


def test_data_tells_the_nearest_name_on_one_line(capsys):
    assert main(["data", "touchpoint"]) == 1
    err = capsys.readouterr().err
    assert "did you mean 'touchpoints'" in err
    assert err.count("\n") == 1


def test_build_refuses_a_folder_with_other_files(tmp_path, capsys):
    (tmp_path / "thesis.txt").write_text("mine")
    assert main(["build", "--out", str(tmp_path)]) == 1
    assert "holds other files" in capsys.readouterr().err
    assert (tmp_path / "thesis.txt").read_text() == "mine"


def test_build_refuses_a_file(tmp_path, capsys):
    (tmp_path / "file").write_text("mine")
    assert main(["build", "--out", str(tmp_path / "file")]) == 1
    assert "is a file" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["taken", "99999", "-1"])
def test_a_port_that_cannot_be_used_is_told_on_one_line(tmp_path, port):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1] if port == "taken" else int(port)
        with pytest.raises(CommandError, match="can't be used; name another"):
            serve(tmp_path, port=number, ready=lambda _: pytest.fail("it served"))


def test_without_the_repository_one_sentence_says_where_it_is(tmp_path):
    with pytest.raises(CommandError, match=r"needs the repository .* get it from https://"):
        repository.find_repository(tmp_path / "touchpoints" / "cli" / "book.py")


@pytest.mark.usefixtures("book")  # so that opening has nothing left to build
def test_open_serves_on_loopback_and_ends_on_ctrl_c(root):
    flags = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP} if os.name == "nt" else {}
    process = subprocess.Popen(
        [sys.executable, "-m", "touchpoints.cli", "open", "--no-browser"],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        **flags,
    )
    line = process.stdout.readline()
    address = re.search(r"http://127\.0\.0\.1:\d+/", line).group()
    with urllib.request.urlopen(address + "book/index.html") as answer:  # noqa: S310
        assert b"touchpoint" in answer.read()
    process.send_signal(signal.CTRL_BREAK_EVENT if os.name == "nt" else signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "closed" in out
    assert "Traceback" not in err


@pytest.fixture(scope="module")
def wheel(root, tmp_path_factory) -> Path:
    """The wheel, made from a copy so that nothing of the working tree but its files counts."""
    source = tmp_path_factory.mktemp("source") / "kit"
    names = (
        "widgets",
        "datasets",
        "book/questions",
        "teaching",
        "notebooks/exercises",
        "notebooks/first_steps",
        "notebooks/labs",
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "LICENSE-CONTENT",
    )
    source.mkdir()
    for name in names:
        path = root / name
        if path.is_dir():
            shutil.copytree(path, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(path, source / name)
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "build",
            "--wheel",
            "--no-isolation",
            "--outdir",
            str(out),
            str(source),
        ],
        check=True,
        capture_output=True,
    )
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """An environment with the wheel alone; the dependencies come from the tests' own one."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    site = subprocess.run(
        [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    shutil.unpack_archive(wheel, site, "zip")
    import pandas

    (Path(site) / "dependencies.pth").write_text(str(Path(pandas.__file__).parents[1]))
    return python


def test_the_lab_can_open_the_pages_that_its_notebooks_link_to(monkeypatch, root):
    """JupyterLab opens no file above its root."""
    called = []
    monkeypatch.setattr("subprocess.call", lambda command: called.extend(command) or 0)
    assert main(["lab", "--no-browser"]) == 0
    served = Path(next(c for c in called if "root_dir" in c).partition("=")[2]).resolve()
    assert "--LabApp.default_url=/lab/tree/notebooks" in called
    lab = root / "notebooks" / "first_steps" / "python_in_45_minutes.ipynb"
    links = re.findall(r"\]\((\.\./[^)]+)\)", lab.read_text("utf-8"))
    assert len(links) > 1
    for link in links:
        assert (lab.parent / link).resolve(strict=True).is_relative_to(served)


@pytest.mark.parametrize("command", ["open", "build", "lab"])
def test_from_a_wheel_the_book_is_not_there(installed, tmp_path, command):
    done = subprocess.run(
        [str(installed), "-m", "touchpoints.cli", command],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 1
    assert "needs the repository" in done.stderr
    assert done.stderr.count("\n") == 1


def test_from_a_wheel_data_and_api_work(installed, tmp_path):
    code = (
        "import touchpoints as tp, touchpoints.data as d, touchpoints.questions as q;"
        "assert '_datasets' in str(d.datasets_folder()); assert '_questions' in str(q.questions_folder());"
        "print(len(tp.load('touchpoints')), len(tp.Scorecard().rows), len(tp.Progress().table))"
    )
    done = subprocess.run(
        [str(installed), "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.stdout.split() == ["21", "21", str(len(list_quizzes()))], done.stderr
    listed = subprocess.run(
        [str(installed), "-m", "touchpoints.cli", "data"],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert "scorecard_example" in listed.stdout
