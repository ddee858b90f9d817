"""Write the scripts and styles that live pages load, and name them in the pages that need them.

They go to `_assets/`, not `_static/`: Jupyter Book adds every script in `_static/` to all pages.
"""

from __future__ import annotations

import hashlib
import html
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from touchpoints.charts.bundle import charts_script, vega_name, vega_script
from touchpoints.site.live import Module, env_pages
from touchpoints.ui.base import texts_script

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx

_HERE: Final = Path(__file__).resolve().parent
_FOLDER: Final = "_assets"
_EXPORT: Final = re.compile(r"^export default ", re.MULTILINE)


def classic_script(name: str, esm: str) -> str:
    r"""Turn a widget's ES module into a classic script that registers itself with the host.

    Args:
        name: Name of the module.
        esm: The module: self-contained, with one `export default` and no import.

    Returns:
        The script.

    Raises:
        ValueError: If the module imports something or has not exactly one `export default`.

    Example:
        >>> print(classic_script("demo", "const a = 1;\nexport default { a };"))
        touchpointHost.define("demo", () => {
        const a = 1;
        return { a };
        });
    """
    if re.search(r"^\s*import\b", esm, re.MULTILINE) or len(_EXPORT.findall(esm)) != 1:
        raise ValueError(f"widget {name!r}: expected one 'export default' and no import")
    return f'touchpointHost.define("{name}", () => {{\n{_EXPORT.sub("return ", esm)}\n}});'


def host_script() -> str:
    """Return the host with its texts."""
    source = (_HERE / "host.js").read_text(encoding="utf-8")
    return f"(() => {{\n{texts_script('common')}{source}\n}})();"


def write_asset(app: Sphinx, name: str, text: str) -> None:
    """Write an asset of the book, unless it is there already with this content."""
    write_text(Path(app.outdir) / _FOLDER / name, text)


def write_text(path: Path, text: str) -> None:
    """Write a file of the book, unless it is there already with this content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8", newline="\n")


def _write_all(app: Sphinx, error: Exception | None) -> None:
    """Write the assets of all pages at the end of the build."""
    if error is not None or app.builder.format != "html":
        return
    pages = env_pages(app).values()
    modules: dict[str, Module] = {}
    for page in pages:
        modules.update(page["modules"])
    write_asset(app, "host.js", host_script())
    for name in ("book.css", "host.css", "embed.css", "menus.js"):
        write_asset(app, name, (_HERE / name).read_text(encoding="utf-8"))
    for module in modules.values():
        write_asset(app, f"{module.name}.js", classic_script(module.name, module.esm))
        write_asset(app, f"{module.name}.css", module.css)
    if any(page["charts"] for page in pages):
        write_asset(app, "charts.js", charts_script())
        # Made in seconds, and from nothing else.
        if not (Path(app.outdir) / _FOLDER / vega_name()).exists():
            write_asset(app, vega_name(), vega_script())


def _short_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def asset_name(name: str, content: str | None = None) -> str:
    """Name an asset from the root of the book, with a mark that changes with its content.

    Args:
        name: File name of the asset.
        content: Its content; by default that of this extension's own file of the name.
    """
    path = _HERE / name
    if content is None:
        content = path.read_text(encoding="utf-8") if path.exists() else name
    return f"{_FOLDER}/{name}?v={_short_hash(content)}"


def asset_url(context: dict[str, Any], name: str, content: str | None = None) -> str:
    """Return the address of an asset from a page.

    Args:
        context: The page's template context.
        name: File name of the asset.
        content: Its content; by default that of this extension's own file of the name.
    """
    path, mark = asset_name(name, content).split("?")
    return f"{context['pathto'](path, resource=True)}?{mark}"


def add_assets(context: dict[str, Any], names: dict[str, str | None]) -> None:
    """Name assets in the head of a page.

    Args:
        context: The page's template context.
        names: File names, in order, with the content as for `asset_url`.
    """
    tags = asset_tags(names, lambda name, content: asset_url(context, name, content))
    context["metatags"] = f"{context.get('metatags', '')}\n{tags}\n"


def asset_tags(names: dict[str, str | None], address: Callable[[str, str | None], str]) -> str:
    """Write the tags that load assets.

    Args:
        names: File names, in order, with their content.
        address: Gives an asset's address from its name and content.
    """

    def tag(name: str, content: str | None) -> str:
        url = html.escape(address(name, content))
        if name.endswith(".css"):
            return f'<link rel="stylesheet" href="{url}">'
        return f'<script defer src="{url}"></script>'

    return "\n".join(tag(name, content) for name, content in names.items())


def page_assets(page: dict[str, Any]) -> dict[str, str | None]:
    """Name the files a page loads, in order, with the content of those that widgets brought."""
    modules: dict[str, Module] = page["modules"]
    names: dict[str, str | None] = {"host.css": None}
    names |= {f"{name}.css": module.css for name, module in modules.items()}
    names |= {"host.js": host_script()}
    names |= {f"{name}.js": module.esm for name, module in modules.items()}
    if page["charts"]:
        names |= {vega_name(): None, "charts.js": charts_script()}
    return names


def _name_assets(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Add the tags of a live page to its head."""
    page = env_pages(app).get(pagename)
    if page is None or not (page["modules"] or page["charts"]):
        return
    add_assets(context, page_assets(page))


def connect(app: Sphinx) -> None:
    """Connect to Sphinx."""
    app.connect("html-page-context", _name_assets)
    app.connect("build-finished", _write_all)
