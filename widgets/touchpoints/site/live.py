"""Turn the widget views of a page into places that the host brings to life.

myst-nb leaves a script element for each view and one for all state. Each view becomes a
`<div class="tp-live">` with a table of the initial state, which is what readers without JavaScript
see, and the state itself as JSON.
"""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes

from touchpoints.core.inline_parts import script_safe
from touchpoints.ui.base import texts

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: What myst-nb calls the place of a view.
VIEW_TYPE: Final = "application/vnd.jupyter.widget-view+json"

_VIEW: Final = re.compile(
    rf'<script type="{re.escape(VIEW_TYPE)}">(?P<view>.*)</script>', re.DOTALL
)
_STATE_KEY: Final = "ipywidgets_state"

#: State of a model that only JupyterLab needs.
_NOT_FOR_PAGES: Final = re.compile(
    r"_(esm|css|fallback|anywidget_id|dom_classes|(model|view)_\w+)|layout|tabbable|tooltip"
)


class Module:
    """A widget's front end as the page needs it.

    Attributes:
        name: File name without ending.
        esm: The ES module.
        css: The style sheet.
    """

    def __init__(self, state: dict[str, Any]) -> None:
        self.name = module_name(state["_anywidget_id"])
        self.esm: str = state["_esm"]
        self.css: str = state.get("_css", "")


def module_name(anywidget_id: str) -> str:
    """Name a widget class's files.

    Example:
        >>> module_name("touchpoints.ui.scorecard.Scorecard")
        'scorecard'
    """
    return re.sub(r"\W+", "-", anywidget_id.rsplit(".", 1)[-1]).lower()


def fallback_table(fallback: dict[str, Any]) -> str:
    """Write a table of a widget's initial state as HTML.

    Args:
        fallback: `caption`, `columns` and `rows` of texts.

    Returns:
        A `<table>` in which every text is escaped.
    """
    head = "".join(f'<th scope="col">{html.escape(c)}</th>' for c in fallback["columns"])
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(str(cell))}</td>" for cell in row) + "</tr>"
        for row in fallback["rows"]
    )
    return (
        f'<div class="pst-scrollable-table-container"><table class="table">'
        f"<caption>{html.escape(fallback['caption'])}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def live_element(model_id: str, state: dict[str, Any], *, with_state: bool) -> str:
    """Write the place of a view.

    Args:
        model_id: Identifier of the model on this page.
        state: The model's whole state.
        with_state: Whether this view carries the state; further views of a model need not.
    """
    table = fallback_table(state["_fallback"]) if state.get("_fallback") else ""
    kept = {k: v for k, v in state.items() if not _NOT_FOR_PAGES.fullmatch(k)}
    content = {"module": module_name(state["_anywidget_id"]), "state": kept}
    script = (
        f'<script type="application/json" class="tp-state" data-model="{html.escape(model_id)}">'
        f"{script_safe(content)}</script>"
    )
    view = f'<div class="tp-live" data-model="{html.escape(model_id)}">{table}</div>'
    return (script if with_state else "") + view


def lab_only_card() -> str:
    """Write the card that stands where a control needs a running Python."""
    return f'<p class="tp-card">{html.escape(texts("en")["common"]["lab_only"])}</p>'


def _make_live(app: Sphinx, doctree: nodes.document) -> None:
    """Replace the views of a page that was just read; note the modules and charts it needs."""
    env = app.env
    doc = env.docname
    metadata = getattr(env, "nb_metadata", {}).get(doc, {})
    _, attributes = metadata.get("js_files", {}).pop(_STATE_KEY, (None, {"body": "{}"}))
    models = json.loads(attributes["body"]).get("state", {})
    used: dict[str, Module] = {}
    with_charts = False
    shown: set[str] = set()
    for raw in list(doctree.findall(nodes.raw)):
        with_charts = with_charts or 'class="tp-chart"' in raw.astext()
        match = _VIEW.fullmatch(raw.astext().strip())
        if match is None:
            continue
        model_id = json.loads(match["view"])["model_id"]
        state = models.get(model_id, {}).get("state", {})
        if "_esm" in state:
            module = Module(state)
            used[module.name] = module
            text = live_element(model_id, state, with_state=model_id not in shown)
            shown.add(model_id)
        else:
            text = lab_only_card()
        raw.replace_self(nodes.raw("", text, format="html"))
    pages = env_pages(app)
    pages[doc] = {"modules": used, "charts": with_charts}


def env_pages(app: Sphinx) -> dict[str, dict[str, Any]]:
    """Return what is known of each page's modules and charts; kept with the environment."""
    if not hasattr(app.env, "touchpoints_pages"):
        app.env.touchpoints_pages = {}  # type: ignore[attr-defined]
    pages: dict[str, dict[str, Any]] = app.env.touchpoints_pages  # type: ignore[attr-defined]
    return pages


def _forget(app: Sphinx, _: object, doc: str) -> None:
    env_pages(app).pop(doc, None)


def connect(app: Sphinx) -> None:
    """Connect to Sphinx."""
    app.connect("doctree-read", _make_live)
    app.connect("env-purge-doc", _forget)
