"""What the benchmarks share: calls that take turns, and results that are kept.

Each benchmark prints its table and keeps it in `benchmarks/results/`, with the command, the date
and the machine. `python scripts/benchmarks_page.py` writes the book's page from there.
"""

from __future__ import annotations

import datetime as dt
import gc
import importlib.metadata
import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"
RUNS = 5
_PACKAGES = (
    "numpy",
    "narwhals",
    "pandas",
    "polars",
    "duckdb",
    "pyarrow",
    "scipy",
    "statsmodels",
    "ChannelAttribution",
)


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        measured: What was done, and on how much.
        ratio: The kit's figure over the other's; below 1 the kit is the quicker or the smaller.
        kit: The kit's figure, with its unit.
        other: The other's figure, with its unit.
        beside: What the other is.
        note: What else belongs to it.
    """

    measured: str
    ratio: float | None
    kit: str
    other: str = ""
    beside: str = ""
    note: str = ""


def medians(*calls: Callable[[], Any], runs: int = RUNS) -> list[float]:
    """Median seconds of some runs; the calls take turns, so that a busy moment hits all of them."""
    times: list[list[float]] = [[] for _ in calls]
    for _ in range(runs):
        for call, taken in zip(calls, times, strict=True):
            gc.collect()
            start = time.perf_counter()
            call()
            taken.append(time.perf_counter() - start)
    return [statistics.median(taken) for taken in times]


def seconds(value: float) -> str:
    """Write a time with three digits.

    Example:
        >>> seconds(12.3456), seconds(0.0123)
        ('12.3 s', '12.3 ms')
    """
    return f"{value:.3g} s" if value >= 1 else f"{1000 * value:.3g} ms"


def compared(measured: str, ours: float, theirs: float, beside: str, note: str = "") -> Row:
    """Make a row of two times."""
    return Row(measured, ours / theirs, seconds(ours), seconds(theirs), beside, note)


def machine() -> dict[str, Any]:
    """Say what counted for the times; the load is that of all programs, ours included."""
    versions = {"python": platform.python_version()}
    for name in _PACKAGES:
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    load = os.getloadavg() if hasattr(os, "getloadavg") else ()
    return {
        "system": platform.system(),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "load": [round(value, 1) for value in load],
        "versions": versions,
    }


def keep(name: str, title: str, rows: Sequence[Row], more: Sequence[str] = ()) -> None:
    """Print a table and keep it.

    Args:
        name: Of the benchmark's file, without its ending.
        title: What it measures.
        rows: The lines.
        more: Sentences that stand below the table.
    """
    result = {
        "title": title,
        "command": " ".join(["python", f"benchmarks/{name}.py", *sys.argv[1:]]),
        "date": dt.datetime.now(tz=dt.UTC).date().isoformat(),
        "machine": machine(),
        "rows": [asdict(row) for row in rows],
        "more": list(more),
    }
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(result, indent=1, ensure_ascii=False) + "\n"
    (RESULTS / f"{name}.json").write_text(text, "utf-8", newline="\n")
    for row in rows:
        ratio = "" if row.ratio is None else f"ratio {row.ratio:.3g}: "
        beside = f" beside {row.other} ({row.beside})" if row.other else ""
        print(f"{row.measured}: {ratio}{row.kit}{beside} {row.note}".rstrip(), flush=True)
    print(*more, sep="\n")
