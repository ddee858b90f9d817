"""Write formulas as MathML at build time: no script, readable aloud, sharp in print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from latex2mathml import exceptions as malformed
from latex2mathml.converter import convert
from sphinx.errors import ExtensionError
from sphinx.util.math import get_node_equation_number

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# The library's errors share no base class of their own.
_MALFORMED: tuple[type[Exception], ...] = tuple(
    e for e in vars(malformed).values() if isinstance(e, type)
)


def mathml(latex: str, *, block: bool) -> str:
    """Convert a formula.

    Args:
        latex: The formula in LaTeX.
        block: Whether it stands on a line of its own.

    Returns:
        A `<math>` element.

    Raises:
        ExtensionError: If the formula is malformed, so that the build fails and shows it.

    Example:
        >>> mathml("x", block=False)[:36]
        '<math xmlns="http://www.w3.org/1998/'
    """
    try:
        element = str(convert(latex, display="block" if block else "inline"))
    except _MALFORMED as error:
        raise ExtensionError(f"formula {latex!r}: {type(error).__name__}") from error
    if "<mi>\\" in element:  # the library passes on what it doesn't know
        raise ExtensionError(f"formula {latex!r}: an unknown command")
    return element


def _visit_inline(writer: Any, node: nodes.math) -> None:  # noqa: ANN401
    writer.body.append(mathml(node.astext(), block=False))
    raise nodes.SkipNode


def _visit_block(writer: Any, node: nodes.math_block) -> None:  # noqa: ANN401
    label = f' id="equation-{node["label"]}"' if node.get("label") else ""
    writer.body.append(f'<div class="math"{label} tabindex="0">{mathml(node.astext(), block=True)}')
    if node.get("number"):
        # The node counts within its page; references count through the book, and so does this.
        number = get_node_equation_number(writer, node)
        writer.body.append(f'<span class="eqno">({number})</span>')
    writer.body.append("</div>")
    raise nodes.SkipNode


def connect(app: Sphinx) -> None:
    """Register the renderer; `html_math_renderer: mathml` chooses it."""
    app.add_html_math_renderer("mathml", (_visit_inline, None), (_visit_block, None))
