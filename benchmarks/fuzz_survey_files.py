"""What do broken survey files get: are they read, refused in a sentence, or does the kit fail?

usage: python benchmarks/fuzz_survey_files.py [--files N] [--seconds S] [--seed SEED]

Sound files of every format are changed at random: bytes are turned, cut out, doubled or put
elsewhere, in workbooks also inside their parts. Each is read in a process of its own with limited
memory. A process that dies or takes longer than 60 seconds, and any error but an `InputError`, is a
failure.
The broken and hostile files of the tests are read as well, and each is listed with what it got.
"""

from __future__ import annotations

import argparse
import collections
import importlib.metadata
import io
import multiprocessing
import resource
import sys
import tempfile
import time
import zipfile
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from side_by_side import Row, keep  # noqa: E402

from hostile_files import FILES, sparse, write  # noqa: E402
from own_surveys import WRITERS, answers  # noqa: E402

_SECONDS = 60
_MEMORY = 3_000_000_000
_KEPT = 5


def read(path: Path) -> tuple[str, str]:
    """Read one file and say what it got."""
    from touchpoints.core.errors import InputError
    from touchpoints.ingest.survey import examine, plan

    try:
        grid, mapping, _ = plan(path)
        survey = examine(grid, mapping, repair=True)
    except InputError as error:
        return "refused", str(error)
    except BaseException as error:  # noqa: BLE001  (what is counted)
        return "failure", f"{type(error).__name__}: {error}"[:200]
    dropped = int((survey.report["what"] == "dropped").sum())
    odd = survey.contacts["grade"].dropna()
    if not odd.between(1, 6).all():
        return "failure", "a grade out of range came out"
    return ("read with faults told", f"{dropped} dropped") if dropped else ("read", "")


def _work(pipe: Connection) -> None:
    """Read what is named until nothing more comes."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    while (path := pipe.recv()) is not None:
        pipe.send(read(path))


class Reader:
    """A process that reads files; another takes its place when it dies or hangs."""

    def __init__(self) -> None:
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, other = context.Pipe()
        self.process = context.Process(target=_work, args=(other,), daemon=True)
        self.process.start()
        other.close()

    def read(self, path: Path) -> tuple[str, str]:
        """Say what a file got."""
        self.pipe.send(path)
        try:
            if self.pipe.poll(_SECONDS):
                got: tuple[str, str] = self.pipe.recv()
                return got
            told = f"no answer in {_SECONDS} s"
        except EOFError:
            self.process.join()
            told = f"the process died ({self.process.exitcode})"
        self.process.kill()
        self.process.join()
        self._start()
        return "failure", told

    def close(self) -> None:
        """End the process."""
        self.pipe.send(None)
        self.process.join()


def mutated(content: bytes, rng: np.random.Generator) -> bytes:
    """Change some places of a file."""
    data = bytearray(content)
    for _ in range(int(rng.integers(1, 4))):
        if not data:
            break
        at, length = int(rng.integers(len(data))), int(rng.integers(1, 40))
        match int(rng.integers(8)):
            case 0:
                data[at] ^= 1 << int(rng.integers(8))
            case 5 | 6 | 7:
                data[at] = int(rng.integers(32, 127))
            case 1:
                del data[at : at + length]
            case 2:
                data[at:at] = data[at : at + length]
            case 3:
                data[at : at + length] = rng.bytes(length)
            case _:
                other = int(rng.integers(len(data)))
                data[other:other] = data[at : at + length]
    return bytes(data[: int(rng.integers(len(data) + 1))] if rng.random() < 0.1 else data)  # noqa: PLR2004


def mutated_inside(workbook: bytes, rng: np.random.Generator) -> bytes:
    """Change one part of a workbook and pack it again."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(out, "w") as new:
        chosen = rng.choice(old.namelist())
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, mutated(content, rng) if name == chosen else content)
    return out.getvalue()


def fuzz(reader: Reader, folder: Path, files: int, limit: float, seed: int) -> list[Row]:
    """Read changed files of each format and count what they got."""
    rng, rows, begun = np.random.default_rng(seed), [], time.monotonic()
    for number, (form, make) in enumerate(WRITERS.items(), 1):
        path = make(answers(12), folder)
        sound, counts, kept = path.read_bytes(), collections.Counter[str](), []
        inside = path.suffix == ".xlsx"
        until = begun + limit * number / len(WRITERS)
        while counts.total() < files and time.monotonic() < until:
            change = mutated_inside if inside and rng.random() < 0.7 else mutated  # noqa: PLR2004
            path.write_bytes(change(sound, rng))
            got, told = reader.read(path)
            counts[got] += 1
            if got == "failure":
                kept.append(told)
                failed = f"fuzz-{seed}-{number}-{counts.total()}{path.suffix}"
                where = Path(tempfile.gettempdir()) / failed
                where.write_bytes(path.read_bytes())
                print(f"{told}: {where}")
        path.unlink()
        said = ", ".join(
            f"{counts[got]:,} {got}" for got in ("read", "read with faults told", "refused")
        )
        note = "; ".join([said, *sorted(set(kept))[:_KEPT]])
        rows.append(
            Row(
                f"{form}, {counts.total():,} changed files",
                None,
                f"{counts['failure']} failures",
                note=note,
            )
        )
    return rows


def named_files(reader: Reader, folder: Path) -> list[str]:
    """Read the broken and hostile files of the tests; one line of a table each."""
    paths = {}
    lines = ["| file tried | called | what it got |", "| --- | --- | --- |"]
    for case, (name, content, *_) in FILES.items():
        own = folder / case.replace(" ", "-")
        own.mkdir()
        paths[case] = write(name, content, own)
    paths["10 GB"] = sparse(folder / "huge.csv")
    for case, path in paths.items():
        got, told = reader.read(path)
        lines.append(
            f"| {case} | `{path.name}` | {got}: {told.replace('|', '/').replace('<', '&lt;')} |"
        )
        path.unlink()
    return lines


def main() -> None:
    """Run it and keep the result."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--files", type=int, default=300, help="changed files of each format")
    parser.add_argument("--seconds", type=float, default=600, help="at most, for all formats")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    reader = Reader()
    with tempfile.TemporaryDirectory() as own:
        folder = Path(own)
        rows = fuzz(reader, folder, options.files, options.seconds, options.seed)
        tried = named_files(reader, folder)
    reader.close()
    versions = ", ".join(
        f"{name} {importlib.metadata.version(name)}"
        for name in ("openpyxl", "pyreadstat", "pandera", "charset-normalizer")
    )
    said = (
        "*Read* means that every cell was sound, or its fault mended with consent; *read with "
        "faults told*, that the report lists what was dropped; *refused*, one sentence. A failure "
        "would be anything else: another error, a process that dies or gives no answer within a "
        "minute. "
        f"Read with {versions}. The broken and hostile files of the tests, one by one:"
    )
    keep("fuzz_survey_files", "What do broken survey files get?", rows, [said, "", *tried, ""])


if __name__ == "__main__":
    main()
