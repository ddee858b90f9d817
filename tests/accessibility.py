"""axe-core on a page, for WCAG 2.2 at level AA."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def axe(page: Any, context: str | None = None) -> list[Any]:
    """What axe-core finds wrong: on the whole page, the theme's parts included, or in a part of it."""
    found = Axe().run(
        page,
        context=context,
        options={
            "preload": False,
            "resultTypes": ["violations"],  # what is right is counted, not described: half the time
            "runOnly": {"type": "tag", "values": WCAG},
        },
    )
    return [
        (v["id"], [n["html"][:120] for n in v["nodes"]][:3]) for v in found.response["violations"]
    ]
