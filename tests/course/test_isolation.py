"""What shuts a notebook away: each claim is attacked, and the claim on the screen must agree."""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
import time
from pathlib import Path

import pytest

from touchpoints.course.grading import execution, landlock, starter
from touchpoints.course.grading.docker import docker_command
from touchpoints.course.grading.execution import Executor
from touchpoints.course.grading.limits import Limits
from touchpoints.course.grading.runner import RESULT
from touchpoints.course.grading.trial import HOLDS, told, try_isolation

EXECUTOR = Executor(Limits(seconds=6, memory_mb=1024, processes=16))
HASTY = Executor(Limits(seconds=2, memory_mb=1024))


@pytest.fixture(scope="module", autouse=True)
def _all_ended():
    yield
    EXECUTOR.stop()
    HASTY.stop()


def nothing(folder):
    """Put nothing into the folder."""


def execute(*cells, answers=("a", "b"), prepare=nothing, executor=EXECUTOR):
    return executor.execute(cells, answers, prepare)


@pytest.fixture(scope="module")
def held():
    return try_isolation(EXECUTOR, [])


@pytest.mark.parametrize("value", ["[" * 900 + "]" * 900, "1" + "0" * 30, "1e999"])
def test_what_a_notebook_writes_for_itself_is_checked_on_arrival(value):
    said = f'{{"answers": {{"a": {value}, "b": 2}}, "refused": {{}}, "errors": []}}'
    done = execute(f"open({RESULT!r}, 'w').write({said!r})\nimport os; os._exit(0)")
    assert done.answers == {"b": 2}
    assert list(done.refused) == ["a"]


def test_a_link_in_the_place_of_the_folder_leads_to_no_other(tmp_path):
    other = tmp_path / "other"
    (other / "inner").mkdir(parents=True)
    (other / "inner").chmod(0o750)
    link = tmp_path / "folder"
    link.symlink_to(other)
    execution._remove(link)
    assert not os.path.lexists(link)
    assert (other / "inner").stat().st_mode & 0o777 == 0o750


def test_every_claim_is_tried_and_told(held):
    assert list(held) == list(HOLDS)
    assert len(told(held)) == len(held)
    assert [line.startswith("yes") for line in told(held)] == list(held.values())


def test_a_key_that_a_notebook_could_read_is_told():
    """Here it lies where Python's libraries do, which every notebook may read."""
    assert not try_isolation(EXECUTOR, [Path(json.__file__)])["reading"]


def test_where_landlock_is_files_are_out_of_reach(held):
    offered = landlock.landlock_version() > 0
    assert (held["reading"] and held["writing"]) or not offered


def test_the_claims_hold_against_other_attacks(held, tmp_path):
    """Ways that the trial does not use: a link, a rename, datagrams."""
    outside = tmp_path / "outside"
    outside.write_text("secret")
    mode = outside.stat().st_mode
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.setblocking(False)
        port = listener.getsockname()[1]
        done = execute(f"""
import os, socket
def works(attempt):
    try:
        attempt()
    except OSError:
        return False
    return True
def linked():
    os.symlink({str(outside)!r}, "link")
    return open("link").read()
def sent():
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", {port}))
a = [works(linked), works(lambda: os.rename({str(outside)!r}, "mine")), works(sent)]
""")
        try:
            arrived = bool(listener.recv(1))
        except BlockingIOError:
            arrived = False
    read, renamed, sent = done.answers["a"]
    assert not (held["reading"] and read)
    assert not (held["writing"] and renamed)
    assert not (held["network"] and (sent or arrived))
    assert outside.read_text() == "secret"
    assert outside.stat().st_mode == mode


def test_no_variable_of_the_shell_is_passed_on(monkeypatch):
    monkeypatch.setenv("MY_TOKEN", "abc")
    done = execute("import os\na = dict(os.environ)")
    assert "MY_TOKEN" not in done.answers["a"]
    assert Path(done.answers["a"]["HOME"]).parent.name.startswith("touchpoints-grade-")


def test_only_the_own_data_lie_in_the_folder():
    def prepare(folder):
        (folder / "data").mkdir()
        (folder / "data" / "own.csv").write_text("x\n1\n")

    done = execute("import os\na = sorted(os.listdir('.')), os.listdir('data')", prepare=prepare)
    assert done.answers["a"] == [[".home", "data"], ["own.csv"]]


def test_the_folder_is_gone_afterwards_whatever_was_done_to_it():
    folders = []
    cell = "import os\nos.makedirs('x/y')\nos.chmod('x', 0)\nos.chmod('.', 0o500)"
    execute(cell, prepare=folders.append)
    assert folders
    assert not folders[0].exists()


def test_a_process_that_sets_itself_free_ends_with_the_notebook(held):
    """A child in a session of its own would otherwise go on after the notebook."""
    done = execute("""
import os, time
a = os.getcwd()
child = os.fork()
if child == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(20)
    os._exit(0)
os.waitpid(child, 0)
""")
    assert done.ended == "finished"
    here = [p for p in Path("/proc").glob("[0-9]*/cwd") if done.answers["a"] in _target(p)]
    assert not (held["processes"] and here)


def _target(link):
    try:
        return str(link.readlink())
    except OSError:
        return ""


@pytest.mark.parametrize(
    ("cell", "ended", "said"),
    [
        ("while True: pass", "finished", "does not come to an end"),
        ("while True:\n    try:\n        pass\n    except BaseException: pass", None, ""),
        ("import os; os._exit(0)", "itself", ""),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "itself", ""),
        ("import ctypes; ctypes.string_at(0)", "itself", ""),
        ("raise SystemExit", "finished", "SystemExit"),
        ("raise KeyboardInterrupt", "finished", "KeyboardInterrupt"),
        ("class E(Exception):\n    def __str__(self): raise E\nraise E", "finished", "E"),
        ("x = [0] * 10**12", "finished", "MemoryError"),
        (
            "f = open('big', 'wb')\nfor _ in range(200): f.write(bytes(10**6))",
            "finished",
            "OSError",
        ),
        ("import sys\nsys.setrecursionlimit(10**6)\ndef f(): f()\nf()", None, ""),
        ("import sys; sys.stdout.close(); sys.stderr = None; print(1)", None, ""),
        ("import builtins; builtins.open = None", None, ""),
    ],
)
def test_an_answer_given_before_a_bad_cell_counts(cell, ended, said):
    done = execute("a = 7", cell, executor=HASTY)
    assert done.answers["a"] == 7
    assert ended in {None, done.ended}
    assert not said or said in done.errors[0][1]


@pytest.mark.parametrize(
    "cell",
    [
        "import os; os.symlink('/etc/passwd', {name!r}); os._exit(0)",
        "import os; os.mkfifo({name!r}); os._exit(0)",
        "import os; os.mkdir({name!r}); os._exit(0)",
        "import os; open({name!r}, 'w').write('[' * 100_000); os._exit(0)",
        "import os; open({name!r}, 'w').write('9' * 50_000_000); os._exit(0)",
        "import os; open({name!r}, 'w').write('{{\"answers\": 3}}'); os._exit(0)",
        "import os; open({name!r}, 'wb').write(bytes([255, 0, 1])); os._exit(0)",
    ],
)
def test_a_forged_file_of_answers_is_nothing(cell):
    done = execute(cell.format(name=RESULT))
    assert (done.ended, dict(done.answers)) == ("itself", {})


def test_a_link_to_a_file_of_answers_is_not_followed(tmp_path):
    (tmp_path / "file").write_text('{"answers": {"a": 1}, "refused": {}, "errors": []}')
    done = execute(f"import os; os.symlink({str(tmp_path / 'file')!r}, {RESULT!r}); os._exit(0)")
    assert (done.ended, dict(done.answers)) == ("itself", {})


def test_too_large_and_odd_answers_are_refused_one_by_one():
    done = execute("a = list(range(10**6))\nb = 3\nc = object()", answers=("a", "b", "c"))
    assert dict(done.answers) == {"b": 3}
    assert set(done.refused) == {"a", "c"}


def test_the_same_notebook_gives_the_same_answers():
    cells = (
        "import random, numpy as np",
        "a = random.random(), np.random.random()",
        "b = list({'x', 'y', 'z', 'u'})",
    )
    other = Executor(EXECUTOR.limits)
    try:
        assert execute(*cells) == execute(*cells, executor=other)
    finally:
        other.stop()


def test_stopping_ends_what_runs():
    """The notebook says that it runs by a file; then it is stopped."""
    executor = Executor(Limits(seconds=60))
    seen = []

    def watch(folder):
        def stop_when_it_runs():
            while not (folder / "runs").exists():
                time.sleep(0.05)
            executor.stop()

        seen.append(threading.Thread(target=stop_when_it_runs))
        seen[0].start()

    start = time.monotonic()
    cell = "import time; open('runs', 'w').close(); time.sleep(50)"
    done = execute(cell, prepare=watch, executor=executor)
    seen[0].join()
    assert time.monotonic() - start < 40
    assert done.ended == "itself"
    with pytest.raises(KeyboardInterrupt):
        execute("a = 1", executor=executor)


def test_the_command_for_docker(tmp_path):
    command = docker_command("kit:1", tmp_path, Limits(memory_mb=512, processes=8), "one")
    text = " ".join(command)
    for part in (
        "--network none", "--read-only", "--memory 512m", "--memory-swap 512m", "--pids-limit 16",
        "--cap-drop ALL", "--security-opt no-new-privileges",
        f"--volume {tmp_path}:/work:rw", "--rm",
    ):  # fmt: skip
        assert part in text
    assert command.index("kit:1") < command.index("python")


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no owners there")
def test_a_container_can_write_to_its_folder_and_is_never_root(tmp_path):
    """The folder is open to its owner alone; where root grades, it is given to nobody."""
    owners = [(1234, 1235), (0, 0)] if os.getuid() == 0 else [(os.getuid(), os.getgid())]
    for user, group in owners:
        os.chown(tmp_path, user, group)
        command = docker_command("kit:1", tmp_path, Limits(), "one")
        expected = f"{user}:{group}" if user else "65534:65534"
        assert command[command.index("--user") + 1] == expected


def test_docker_is_given_the_job_and_killed_afterwards(tmp_path, monkeypatch):
    """A stand-in for docker notes how it is called and runs the runner's part."""
    log = tmp_path / "log"
    fake = tmp_path / "bin" / "docker"
    fake.parent.mkdir()
    fake.write_text(
        f"""#!{sys.executable}
import json, os, sys
with open({str(log)!r}, "a") as log:
    log.write(" ".join(sys.argv[1:]) + "\\n")
if sys.argv[1] == "run":
    job = json.load(sys.stdin)
    said = dict(answers=dict(a=len(job["cells"])), refused={{}}, errors=[], lines=0, finished=True)
    folder = next(part for part in sys.argv if part.endswith(":/work:rw")).split(":")[0]
    open(os.path.join(folder, {RESULT!r}), "w").write(json.dumps(said))
"""
    )
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{fake.parent}{os.pathsep}{os.environ['PATH']}")
    done = execute("a = 1", "a = 2", executor=Executor(Limits(), "kit:1"))
    assert dict(done.answers) == {"a": 2}
    run, kill = log.read_text().splitlines()
    assert run.startswith("run --rm --interactive --name touchpoints-")
    assert kill == f"kill {run.split()[4]}"


def test_what_is_readable_is_python_and_the_kit_alone():
    folders = starter.readable_folders()
    assert all(Path(folder).is_dir() for folder in folders)
    assert not [f for f in folders if Path(f) in {Path("/"), Path.home(), Path.cwd().parent}]
    json.dumps(folders)
