"""Make the README's picture: the scorecard on its page, as a reader sees it.

usage: python scripts/screenshot.py   (after `touchpoints build`)
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "_build" / "html" / "book" / "touchpoints" / "moments-of-truth.html"
PICTURE = ROOT / "book" / "images" / "scorecard.png"


def main() -> None:
    """Open the page, grade one touchpoint, take the picture."""
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path, args=["--no-sandbox"] if is_root else []
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900}, device_scale_factor=1.5)
        page.goto(PAGE.as_uri())
        page.wait_for_selector(".tp-live[data-ready=true]")
        page.evaluate(
            "document.documentElement.style.scrollBehavior = 'auto';"
            "const top = document.querySelector('.tp-panel').getBoundingClientRect().top;"
            "window.scrollTo(0, scrollY + top - 420)"
        )
        page.screenshot(path=PICTURE)
        browser.close()
    print(f"written: {PICTURE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
