"""Measure the scorecard's page: bytes, requests, time to the usable widget, time of an edit.

usage: python benchmarks/scorecard_page.py   (after `touchpoints build`)

Medians of five fresh browser contexts on this machine; an edit is timed from the click to the
finished layout, among 60 rows.
"""

from __future__ import annotations

import functools
import http.server
import json
import os
import re
import shutil
import statistics
import threading
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
HTML = ROOT / "_build" / "html"
PAGE = "book/touchpoints/moments-of-truth.html"
RUNS = 5
USABLE = "document.querySelector('.tp-live[data-ready=true] .tp-row input')"
READY_AT = (
    f"new Promise(done => {{ const look = () => {USABLE} ? done(performance.now()) "
    ": requestAnimationFrame(look); look(); })"
)
EDIT = """async () => {
  const grades = [...document.querySelectorAll('.tp-row')].slice(0, 20);
  const times = [];
  for (const row of grades) {
    const input = row.querySelector('input[type=radio]:not(:checked)');
    const start = performance.now();
    input.click();
    document.querySelector('.tp-scorecard').getBoundingClientRect();
    times.push(performance.now() - start);
    await new Promise(requestAnimationFrame);
  }
  return times;
}"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves without a word."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


def own_bytes() -> int:
    """Sum of our own scripts and styles on the page, without the chart library."""
    names = re.findall(r"_assets/([\w.-]+)\?", (HTML / PAGE).read_text("utf-8"))
    return sum((HTML / "_assets" / n).stat().st_size for n in names if not n.startswith("vega-"))


def sixty_rows() -> str:
    """A scorecard of 60 touchpoints as a file to import."""
    phases = ["pre_contact", "contact", "full_contact", "post_contact"]
    rows = [
        {
            "touchpoint": f"t{i}",
            "contact_phase": phases[i % 4],
            "grade": i % 6 + 1,
            "importance": i % 11,
        }
        for i in range(60)
    ]
    return json.dumps({"rows": rows})


def visit(browser: Any, address: str) -> tuple[float, int, list[float]]:  # noqa: ANN401
    """One fresh visit: milliseconds to the usable widget, requests, milliseconds of edits."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda r: requests.append(r.url))
    page.goto(address, wait_until="commit")
    ready = float(page.evaluate(READY_AT))
    page.wait_for_load_state("networkidle")
    count = len(requests)
    buffer = sixty_rows().encode()
    page.locator("input[type=file]").set_input_files(
        {"name": "sixty.json", "mimeType": "application/json", "buffer": buffer}
    )
    page.wait_for_function("document.querySelectorAll('.tp-row').length === 60")
    edits = page.evaluate(EDIT)
    context.close()
    return ready, count, edits


def main() -> None:
    """Print the measures."""
    handler = functools.partial(Quiet, directory=str(HTML))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}/{PAGE}"
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"] if is_root else []
        )
        visits = [visit(browser, address) for _ in range(RUNS)]
        browser.close()
    server.shutdown()
    print(f"own scripts and styles: {own_bytes() / 1000:.1f} kB (without the chart library)")
    print(f"requests: {visits[0][1]}, all to the page's own host")
    print(f"usable after: {statistics.median(v[0] for v in visits):.0f} ms (median of {RUNS})")
    edits = [e for v in visits for e in v[2]]
    print(f"an edit among 60 rows: {statistics.median(edits):.1f} ms (median of {len(edits)})")


if __name__ == "__main__":
    main()
