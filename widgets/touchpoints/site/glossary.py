"""Show what a term of the glossary means where a page uses it.

`{term}` makes a link to the glossary. Pages with such links load one script that holds all
definitions, written at build time from the glossary's own page, and shows them on hover, focus or
tap. Without JavaScript the link leads to the glossary, as ever.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx import addnodes

from touchpoints.site.assets import add_assets, write_asset

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_SCRIPT: Final = "glossary.js"
_LINK: Final = re.compile(r'href="[^"]*#term-[^"]*"[^>]*><span class="xref std std-term"')

#: An entry's lines that say where the term stands in the kit; the rest says what it means.
_PLACES: Final = ("Data:", "Code:", "Chapter:")
_GERMAN: Final = "German:"


def read_entry(paragraph: nodes.paragraph) -> dict[str, str]:
    """Read an entry of the glossary.

    Args:
        paragraph: Its text; lines end in hard breaks.

    Returns:
        `meaning` and `german`: the line that begins with "German:".
    """
    text = "".join(
        "\n" if isinstance(child, nodes.raw) else child.astext().replace("\n", " ")
        for child in paragraph.children
    )
    lines = [line.strip() for line in text.split("\n")]
    meaning = [x for x in lines if x and not x.startswith((*_PLACES, _GERMAN))]
    german = [x for x in lines if x.startswith(_GERMAN)]
    return {"meaning": " ".join(meaning), "german": " ".join(german)}


def definitions(doctree: nodes.document) -> dict[str, dict[str, str]]:
    """Read all entries of a glossary's page, by the identifier of the term."""
    found: dict[str, dict[str, str]] = {}
    for glossary in doctree.findall(addnodes.glossary):
        for item in glossary.findall(nodes.definition_list_item):
            paragraph = next(item.findall(nodes.paragraph))
            for term in item.findall(nodes.term):
                found |= dict.fromkeys(term["ids"], read_entry(paragraph))
    return found


@cache
def _script(app: Sphinx) -> str:
    """Return the script with the definitions of all pages that hold a glossary."""
    terms = app.env.domains["std"].objects
    pages = sorted({page for (kind, _), (page, _) in terms.items() if kind == "term"})
    found = {k: v for page in pages for k, v in definitions(app.env.get_doctree(page)).items()}
    source = (Path(__file__).with_name(_SCRIPT)).read_text(encoding="utf-8")
    return (
        f"(() => {{\nconst DEFINITIONS = {json.dumps(found, ensure_ascii=False)};\n{source}\n}})();"
    )


def _name_script(
    app: Sphinx, _pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    if _LINK.search(context.get("body", "")):
        add_assets(context, {_SCRIPT: _script(app)})


def _write(app: Sphinx, error: Exception | None) -> None:
    if error is None and app.builder.format == "html":
        write_asset(app, _SCRIPT, _script(app))


def connect(app: Sphinx) -> None:
    """Connect to Sphinx."""
    app.connect("html-page-context", _name_script)
    app.connect("build-finished", _write)
