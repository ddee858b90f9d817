"""The scripts that draw charts in a page without a kernel: Vega-Embed, and what calls it."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path
from typing import Final

import vl_convert as vlc

_HERE: Final = Path(__file__).resolve().parent
_EXPORT: Final = re.compile(r"export\s*\{\s*([$\w]+) as vegaEmbed\s*\};?\s*$")


def vega_name() -> str:
    """Name the file of the chart library after the version that it is made of."""
    return f"vega-{version('vl-convert-python')}.js"


def vega_script() -> str:
    """Return Vega-Embed with all it needs as one classic script, made on this machine."""
    bundle = vlc.javascript_bundle("export {vegaEmbed};")
    match = _EXPORT.search(bundle)
    if match is None:
        raise ValueError("the chart bundle does not end in an export of vegaEmbed")
    body = bundle[: match.start()]
    return f"const touchpointVega = (() => {{\n{body}\nreturn {{ vegaEmbed: {match[1]} }};\n}})();"


def charts_script() -> str:
    """Return the script that draws every chart of a page; it asks `touchpointHost` for one text."""
    return (_HERE / "charts.js").read_text(encoding="utf-8")
