"""What all tests share: the repository, the built book, a browser."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import settings

from touchpoints.cli.chromium import find_chromium, sandbox_switches

ROOT = Path(__file__).resolve().parents[1]

# A change is judged by the same examples each time; at a desk new ones are tried.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


def vectors(name: str) -> list[dict[str, Any]]:
    """Read vectors that Python and JavaScript are both held to."""
    content: list[dict[str, Any]] = json.loads(
        (ROOT / "tests" / "vectors" / f"{name}.json").read_text("utf-8")
    )
    return content


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book as a reader gets it: built by the command, once for all processes of the run."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    out = shared / "book"
    with FileLock(f"{out}.lock"):
        if not out.exists():
            done = subprocess.run(
                [sys.executable, "-m", "touchpoints.cli", "build", "--out", str(out)],
                cwd=ROOT,
                capture_output=True,
                text=True,
                encoding="utf-8",
                check=False,
            )
            assert done.returncode == 0, done.stderr[-3000:]
    return out


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put one file that builds the book first, and the others last.

    While one process builds the book, the other has something to do that needs none.
    """
    needing = [i for i in items if "book" in getattr(i, "fixturenames", ())]
    if not needing:
        return
    files = {i.path for i in needing}
    # Those that visit and print every page take longest: begun last, one would keep a core waiting.
    first = next((path for path in files if path.name == "test_pages.py"), needing[0].path)

    def turn(path: Path) -> int:
        if path in files:
            return 0 if path == first else 2 if path.name == "test_printed_book.py" else 3
        return 1

    items.sort(key=lambda item: turn(item.path))


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A Spark session on this machine, the smallest that works; begun once a process."""
    if shutil.which("java") is None:
        message = "NO JAVA: install Java 17 (openjdk-17-jre-headless) to run the tests on Spark"
        if os.environ.get("CI"):
            pytest.fail(message)
        warnings.warn(pytest.PytestWarning(message), stacklevel=1)
        pytest.skip(message)
    from pyspark.sql import SparkSession

    folder = tmp_path_factory.mktemp("spark")
    settings = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "1g",
        "spark.local.dir": str(folder),
        "spark.log.level": "ERROR",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        # A few hundred rows: compiling code for each query would take longer than the queries.
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.sql.codegen.wholeStage": "false",
    }
    builder = SparkSession.builder.master("local[1]").appName("tests")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()


@pytest.fixture(scope="session")
def pages() -> list[str]:
    """Addresses of all pages of the book, relative to its folder."""
    toc = (ROOT / "_toc.yml").read_text("utf-8")
    return [f"{name}.html" for name in re.findall(r"(?:file|root):\s*(\S+)", toc)]


#: The first two are pages of the address bar, which each window would load in advance: half of the
#: time of a visit. The others are those that Playwright switches off; of two lists, the last holds.
_SWITCHED_OFF = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)


def _launch(playwright: Any, path: str | None) -> Any:
    """Start a browser that asks nobody anything."""
    quiet = (
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        # Without a graphics card Chromium would emulate one, which takes time.
        "--disable-gpu",
        f"--disable-features={','.join(_SWITCHED_OFF)}",
    )
    return playwright.chromium.launch(executable_path=path, args=[*quiet, *sandbox_switches()])


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """An installed Chromium, Chrome or Edge; else Playwright's own, downloaded now; else no browser tests."""
    from playwright.sync_api import Error, sync_playwright

    path = find_chromium()
    with sync_playwright() as playwright:
        try:
            if path is None and not Path(playwright.chromium.executable_path).exists():
                subprocess.run(
                    [sys.executable, "-m", "playwright", "install", "chromium"],
                    check=True,
                    timeout=600,
                )
            started = _launch(playwright, path)
        except (Error, subprocess.SubprocessError) as error:
            message = f"NO BROWSER: install Chromium, Chrome or Edge to run the browser tests ({type(error).__name__})"
            if os.environ.get("CI"):
                pytest.fail(message)
            warnings.warn(pytest.PytestWarning(message), stacklevel=1)
            pytest.skip(message)
        yield started
        started.close()
