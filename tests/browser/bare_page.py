"""A page that holds nothing but tools, made as the book's pages are, so that tests need no book."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from touchpoints.site.assets import classic_script, host_script
from touchpoints.site.live import Module, live_element


def bare_page(folder: Path, *tools: Any, name: str = "page") -> str:
    """Write the page and what it loads; its address."""
    head = views = ""
    (folder / "host.js").write_text(host_script(), "utf-8")
    for number, tool in enumerate(tools):
        state = tool.get_state()
        module = Module(state)
        (folder / f"{module.name}.js").write_text(classic_script(module.name, module.esm), "utf-8")
        (folder / f"{module.name}.css").write_text(module.css, "utf-8")
        head += f'<link rel="stylesheet" href="{module.name}.css">'
        head += f'<script defer src="{module.name}.js"></script>'
        views += live_element(f"m{number}", state, with_state=True)
    (folder / f"{name}.html").write_text(
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Tools</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<script defer src="host.js"></script>{head}</head>'
        f"<body><main><h1>Tools</h1><h2>Here</h2>{views}</main></body></html>",
        "utf-8",
    )
    return (folder / f"{name}.html").as_uri()
