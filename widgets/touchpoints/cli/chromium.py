"""Find an installed browser of the Chromium family, and let it print a page."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from touchpoints.cli.errors import CommandError

_NAMES: Final = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "msedge",
    "microsoft-edge",
)
_WINDOWS: Final = (
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
_MAC: Final = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)

#: Seconds that printing a long book may take on a slow machine.
_PATIENCE: Final = 600

#: Milliseconds of the page's own clock in which its scripts may draw.
_DRAWING: Final = 10_000


def find_chromium() -> str | None:
    """Return the path of an installed Chromium, Chrome or Edge, if there is one."""
    found = (shutil.which(name) for name in _NAMES)
    return next((f for f in found if f), None) or next(
        (p for p in _WINDOWS + _MAC if Path(p).exists()), None
    )


def need_chromium() -> str:
    """Return the path of an installed browser.

    Raises:
        CommandError: If there is none.
    """
    browser = find_chromium()
    if browser is None:
        raise CommandError("a PDF needs an installed Chromium, Chrome or Edge, and none was found")
    return browser


def sandbox_switches() -> list[str]:
    """Return the switch without which Chromium refuses root, who runs many containers."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return ["--no-sandbox"] if root else []


def print_page(page: Path, pdf: Path, *, width: int, query: str = "") -> None:
    """Print a page of HTML as PDF, with an outline made of its headings.

    Args:
        page: The HTML file; its scripts run.
        pdf: The file to write.
        width: Width of the window in which the scripts draw, in pixels.
        query: What the page is asked for behind its address, as "print-pdf".

    Raises:
        CommandError: If there is no browser, or it does not print.
    """
    browser = need_chromium()
    pdf.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [
            browser,
            "--headless",
            *sandbox_switches(),
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            f"--user-data-dir={profile}",
            f"--window-size={width},1000",
            f"--virtual-time-budget={_DRAWING}",
            "--no-pdf-header-footer",
            "--generate-pdf-document-outline",
            f"--print-to-pdf={pdf}",
            page.as_uri() + (f"?{query}" if query else ""),
        ]
        try:
            done = subprocess.run(  # noqa: S603  (a browser found on this machine)
                command, capture_output=True, check=False, timeout=_PATIENCE
            )
        except subprocess.TimeoutExpired:
            raise CommandError(f"{browser} did not print within {_PATIENCE} seconds") from None
    if done.returncode != 0 or not pdf.exists():
        raise CommandError(
            f"{browser} could not print {page.name} (it ended with {done.returncode})"
        )
