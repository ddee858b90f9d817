"""Measure the pages of the tools: bytes, requests, time to the usable tool, time of a change.

usage: python benchmarks/tool_pages.py   (after `touchpoints build`)

Medians of five fresh browser contexts a page on this machine. A change is timed from the event to
the finished layout; the scorecard holds 60 rows.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import os
import re
import shutil
import statistics
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
HTML = ROOT / "_build" / "html"
RUNS = 5

#: Make twenty changes and give the milliseconds of each, to the finished layout.
TIMED = """async ([change, root]) => {
  const times = [];
  for (let i = 0; i < 20; i++) {
    const act = new Function('i', change);
    const start = performance.now();
    act(i);
    document.querySelector(root).getBoundingClientRect();
    times.push(performance.now() - start);
    await new Promise(requestAnimationFrame);
  }
  return times;
}"""


@dataclass(frozen=True)
class Tool:
    """A tool and what a change of it is.

    Attributes:
        name: Its name.
        page: Address of a page that shows it.
        root: Selector of the tool.
        control: Selector of a control that is there once it is usable.
        change: JavaScript that makes the change number `i`.
    """

    name: str
    page: str
    root: str
    control: str
    change: str


TOOLS = (
    Tool(
        "scorecard",
        "book/toolbox/scorecard.html",
        ".tp-scorecard",
        ".tp-row input",
        "document.querySelectorAll('.tp-row')[i].querySelector('input[type=radio]:not(:checked)').click()",
    ),
    Tool(
        "lens",
        "book/toolbox/lens.html",
        ".tp-channel-lens",
        ".tp-channel-lens select",
        "const s = document.querySelectorAll('.tp-channel-lens select')[1];"
        " s.selectedIndex = (i + 1) % 5; s.dispatchEvent(new Event('change'))",
    ),
    Tool(
        "trust simulator",
        "book/toolbox/trust-simulator.html",
        ".tp-simulator",
        ".tp-simulator input",
        "const s = document.querySelector('.tp-simulator input[type=range]'); s.value = 60 + i;"
        " s.dispatchEvent(new Event('input')); s.dispatchEvent(new Event('change'))",
    ),
    Tool(
        "five-shifts check",
        "book/toolbox/shifts-check.html",
        ".tp-shifts",
        ".tp-shift input",
        "document.querySelectorAll('.tp-marks')[i % 10].querySelectorAll('input')[i % 5].click()",
    ),
    Tool(
        "small-things check",
        "book/toolbox/small-things.html",
        ".tp-small-things",
        ".tp-small-things input[type=radio]",
        "document.querySelectorAll('.tp-small-things .tp-segments')[i % 10]"
        ".querySelectorAll('input')[i % 4].click()",
    ),
    Tool(
        "balance planner",
        "book/toolbox/balance-planner.html",
        ".tp-balance-planner",
        ".tp-balance-planner input",
        "const s = document.querySelectorAll('.tp-balance-planner input[type=range]')[9];"
        " s.value = 5 * (i + 1); s.dispatchEvent(new Event('input'));"
        " s.dispatchEvent(new Event('change'))",
    ),
    Tool(
        "study planner",
        "book/toolbox/study-planner.html",
        ".tp-study",
        ".tp-study input",
        "const s = document.querySelector('.tp-study input[type=range]'); s.value = 20 + i;"
        " s.dispatchEvent(new Event('input')); s.dispatchEvent(new Event('change'))",
    ),
    Tool(
        "fan explorer",
        "book/toolbox/fan-explorer.html",
        ".tp-explorer",
        ".tp-explorer select",
        "const s = document.querySelectorAll('.tp-explorer select')[1]; s.selectedIndex = i + 1;"
        " s.dispatchEvent(new Event('change'))",
    ),
)


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves without a word."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


def page_bytes(page: str) -> tuple[int, int]:
    """Bytes of our scripts and styles (without the chart library), and of the page, compressed."""
    html = (HTML / page).read_text("utf-8")
    names = re.findall(r"_assets/([\w.-]+)\?", html)
    own = sum((HTML / "_assets" / n).stat().st_size for n in names if not n.startswith("vega-"))
    return own, len(gzip.compress(html.encode()))


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


def visit(browser: Any, address: str, tool: Tool) -> tuple[float, int, list[float]]:  # noqa: ANN401
    """One fresh visit: milliseconds to the usable tool, requests, milliseconds of changes."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda r: requests.append(r.url))
    page.goto(address + tool.page, wait_until="commit")
    control = f".tp-live[data-ready=true] {tool.control}"
    ready = float(
        page.evaluate(
            "control => new Promise(done => { const look = () => document.querySelector(control)"
            " ? done(performance.now()) : requestAnimationFrame(look); look(); })",
            control,
        )
    )
    page.wait_for_load_state("networkidle")
    count = len(requests)
    if tool.name == "scorecard":
        buffer = sixty_rows().encode()
        page.locator("input[type=file]").set_input_files(
            {"name": "sixty.json", "mimeType": "application/json", "buffer": buffer}
        )
        page.wait_for_function("document.querySelectorAll('.tp-row').length === 60")
    changes = page.evaluate(TIMED, [tool.change, tool.root])
    context.close()
    return ready, count, changes


def main() -> None:
    """Print the measures."""
    handler = functools.partial(Quiet, directory=str(HTML))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}/"
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    print(
        "| tool | scripts and styles, kB | page gzipped, kB | requests | usable, ms | change, ms |"
    )
    print("|---|--:|--:|--:|--:|--:|")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"] if is_root else []
        )
        for tool in TOOLS:
            visits = [visit(browser, address, tool) for _ in range(RUNS)]
            own, page = page_bytes(tool.page)
            usable = statistics.median(v[0] for v in visits)
            change = statistics.median(ms for v in visits for ms in v[2])
            print(
                f"| {tool.name} | {own / 1000:.1f} | {page / 1000:.1f} | {visits[0][1]} "
                f"| {usable:.0f} | {change:.1f} |"
            )
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main()
