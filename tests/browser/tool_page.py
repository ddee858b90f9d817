"""A page that holds nothing but some tools, made as the book's pages are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from touchpoints.site.assets import classic_script, host_script
from touchpoints.site.live import Module, live_element


def write_tool_page(folder: Path, name: str, *widgets: Any) -> str:
    """Write a page with widgets, their scripts and styles; its address from a folder."""
    states = [widget.get_state() for widget in widgets]
    modules = {m.name: m for m in (Module(state) for state in states)}
    (folder / "favicon.ico").write_bytes(b"")  # browsers ask servers for it
    (folder / "host.js").write_text(host_script(), "utf-8")
    for module in modules.values():
        (folder / f"{module.name}.js").write_text(classic_script(module.name, module.esm), "utf-8")
        (folder / f"{module.name}.css").write_text(module.css, "utf-8")
    styles = "".join(f'<link rel="stylesheet" href="{n}.css">' for n in modules)
    scripts = "".join(f'<script defer src="{n}.js"></script>' for n in ("host", *modules))
    live = "".join(live_element(f"m{i}", state, with_state=True) for i, state in enumerate(states))
    (folder / f"{name}.html").write_text(
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Tool</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"{styles}{scripts}</head><body><main><h1>Tool</h1><h2>Here</h2>{live}</main></body></html>",
        "utf-8",
    )
    return (folder / f"{name}.html").as_uri()
