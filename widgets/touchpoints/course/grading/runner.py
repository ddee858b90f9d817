"""Execute the cells of one notebook and hand over the declared answers; nothing here is secret.

This runs in a process of its own, shut away (`confinement.py`), or in a container. The job comes as
JSON on the standard input: cells, names of the answers, limits, folders that may be read. The
result is a file in the working folder. Whoever reads it must not trust it.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import signal
import sys
import tempfile
import time
import types
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from touchpoints.core.errors import InputError
from touchpoints.course.answers.transport import to_plain
from touchpoints.course.grading.confinement import die_with_parent, run_confined
from touchpoints.course.grading.limits import Limits

if TYPE_CHECKING:
    from typing_extensions import Buffer

RESULT: Final = "answers-of-the-notebook.json"
_MOST_ERRORS: Final = 20
_LONGEST: Final = 300
_MANY_LINES: Final = 10_000
_MOST_FILES: Final = 4096
_RING_SECONDS: Final = 0.25


class _CellTooLong(BaseException):
    """A cell had its time; no `except Exception` of the notebook catches this."""


class _Counted(io.RawIOBase):
    """Takes what is printed, counts the lines and keeps nothing."""

    def __init__(self) -> None:
        self.lines = 0

    def writable(self) -> bool:
        """Take what is written."""
        return True

    def write(self, chunk: Buffer) -> int:
        """Count."""
        content = bytes(chunk)
        self.lines += content.count(b"\n")
        return len(content)


class _Pupil:
    """Stands for Otter in the notebook: its checks are not asked here."""

    def __init__(self, *_: object, **__: object) -> None:
        pass

    def __getattr__(self, _: str) -> Any:  # noqa: ANN401
        return lambda *_, **__: None


def main() -> int:
    """Execute the job on the standard input.

    Returns:
        How it ended, as `run_confined` says it.
    """
    job = json.load(sys.stdin.buffer)
    _load()
    return _run(job, os.getcwd())  # noqa: PTH109


def serve() -> int:
    """Execute one job after the other, each line of the standard input in a fork of this process.

    Two lines go out for each: the number of its process, which leads a group, and how it ended.
    """
    _load()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os._exit(_forked(json.loads(line)))
        print(json.dumps({"process": child}), flush=True)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(json.dumps({"code": code}), flush=True)
    return 0


def _forked(job: dict[str, Any]) -> int:
    """Leave everything of the process that this one came from, and run the job."""
    os.setsid()
    die_with_parent()
    _close_streams()
    os.closerange(3, _MOST_FILES)  # requests of other students come through the parent's
    os.chdir(job["folder"])
    os.environ.update(job["environment"])
    tempfile.tempdir = None
    return _run(job, job["folder"])


def _load() -> None:
    """Load what takes long, so that no time of the notebook is spent on it."""
    import IPython.core.interactiveshell  # noqa: F401, PLC0415
    import pandas as pd  # noqa: F401, PLC0415


def _run(job: dict[str, Any], folder: str) -> int:
    limits = Limits(**job["limits"])
    work = partial(_execute, job["cells"], job["answers"], limits)
    return run_confined(work, limits, folder, job["readable"])


def _execute(cells: Sequence[str], answers: Sequence[str], limits: Limits) -> None:
    _close_streams()
    printed = _Counted()
    sys.stdout = sys.stderr = stream = io.TextIOWrapper(
        io.BufferedWriter(printed), encoding="utf-8", errors="replace"
    )
    shell = _shell()
    random.seed(0)
    np.random.seed(0)  # noqa: NPY002  (what a notebook without a seed of its own draws from)
    errors: list[dict[str, Any]] = []
    handed: list[object] = [None] * len(answers)
    end = time.monotonic() + limits.seconds
    for number, source in enumerate(cells, start=1):
        said = _run_cell(shell, source, max(0.0, end - time.monotonic()) / 2)
        if said and len(errors) < _MOST_ERRORS:
            errors.append({"cell": number, "error": said[:_LONGEST]})
        with contextlib.suppress(BaseException):  # the notebook may have closed it
            stream.flush()
        now = [shell.user_ns.get(name) for name in answers]
        last = number == len(cells)
        if last or any(new is not old for new, old in zip(now, handed, strict=True)):
            # After each change, because a later cell may end the whole process.
            handed = now
            _write(dict(zip(answers, now, strict=True)), errors, printed.lines, last, limits)


def _close_streams() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _shell() -> Any:  # noqa: ANN401  (IPython's shell, whatever its version)
    from IPython.core.interactiveshell import InteractiveShell  # noqa: PLC0415
    from traitlets.config import Config  # noqa: PLC0415

    config = Config()
    config.HistoryManager.enabled = False
    shell: Any = InteractiveShell.instance(config=config)
    # What is printed would be kept for a history that nobody reads.
    shell._tee = lambda *_, **__: contextlib.nullcontext()  # noqa: SLF001
    shell.showtraceback = shell.showsyntaxerror = lambda *_, **__: None
    otter: Any = types.ModuleType("otter")
    otter.Notebook = _Pupil
    sys.modules["otter"] = otter
    return shell


def _run_cell(shell: Any, source: str, seconds: float) -> str:  # noqa: ANN401
    """Run a cell; return what went wrong in a sentence, or nothing."""
    raised: BaseException | None
    try:
        with _alarm(seconds):
            done = shell.run_cell(source, silent=True)
        raised = done.error_before_exec or done.error_in_exec
    except BaseException as error:  # noqa: BLE001  (a notebook may raise anything)
        raised = error
    if isinstance(raised, _CellTooLong):
        return f"stopped after {seconds:.3g} seconds: it does not come to an end."
    return "" if raised is None else _sentence(raised)


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Raise `_CellTooLong` after some seconds, again and again, where the system has alarms."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def ring(*_: object) -> None:
        raise _CellTooLong

    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.01), _RING_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _sentence(error: BaseException) -> str:
    """Tell an error in one line, whatever its own text does."""
    kind = type(error).__name__
    try:
        said = " ".join(str(error).split())
    except BaseException:  # noqa: BLE001  (a class of the notebook)
        said = ""
    if isinstance(error, SyntaxError):
        line = f" in its line {error.lineno}" if isinstance(error.lineno, int) else ""
        return f"could not be read{line}: {str(error.msg)[:_LONGEST]}."
    return f"stopped with {kind}: {said}" if said else f"stopped with {kind}."


def _write(
    found: Mapping[str, object],
    errors: list[dict[str, Any]],
    lines: int,
    finished: bool,  # noqa: FBT001
    limits: Limits,
) -> None:
    answers: dict[str, object] = {}
    refused: dict[str, str] = {}
    for name, value in found.items():
        if value is None or value is ...:
            continue
        try:
            answers[name] = to_plain(value)
        except InputError as error:
            refused[name] = str(error)[:_LONGEST]
        except Exception as error:  # noqa: BLE001  (a class of the notebook)
            refused[name] = _sentence(error)[:_LONGEST]
    result = {
        "answers": answers,
        "refused": refused,
        "errors": errors,
        "lines": lines if lines > _MANY_LINES else 0,
        "finished": finished,
    }
    text = json.dumps(result, allow_nan=False)
    if len(text) > limits.answers_mb * 1_000_000:
        result |= {"answers": {}, "refused": dict.fromkeys(found, "All answers are too large.")}
        text = json.dumps(result)
    part = Path(f"{RESULT}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(RESULT)


if __name__ == "__main__":
    sys.exit(main())
