"""The Markdown that says which slides a chapter has and in which order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from touchpoints.core.errors import InputError, echo, listing, nearest

_FENCE: Final = re.compile(r"\{(?P<kind>[^}]*)\}\s*(?P<name>.*)")
_IDEA: Final = re.compile(r"\s*\((?P<idea>C\d\d(, C\d\d)*)\)$")

#: What a fenced block may bring onto a slide.
KINDS: Final = ("show", "tool", "step", "question", "notes")


@dataclass(frozen=True)
class Part:
    """Something that a slide takes from elsewhere.

    Attributes:
        kind: "show" (a figure or formula of the chapter), "tool", "question" (of its quiz).
        name: Its name there.
    """

    kind: str
    name: str


@dataclass
class SourceSlide:
    """A slide as its source describes it.

    Attributes:
        title: Its heading, as plain text; nothing if the step gives it.
        idea: Codes of the ideas it is about ("C13"), or nothing.
        step: Number of the step of the lesson plan that it begins, or nothing.
        parts: Text (as HTML) and parts from elsewhere, in their order.
        notes: What only the lecturer sees, as HTML.
    """

    title: str
    idea: str = ""
    step: str = ""
    parts: list[Markup | Part] = field(default_factory=list)
    notes: list[Markup] = field(default_factory=list)


def _markdown() -> MarkdownIt:
    """Markdown without HTML of its own: a source can't bring scripts."""
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def render_markdown(text: str) -> Markup:
    r"""Write Markdown as HTML; HTML within it is shown as text.

    Example:
        >>> render_markdown("*one* <b>two</b>")
        Markup('<p><em>one</em> &lt;b&gt;two&lt;/b&gt;</p>\n')
    """
    return Markup(_markdown().render(text))  # noqa: S704  (HTML is off)


def read_source(text: str, source: str) -> list[SourceSlide]:
    r"""Read the source of a deck.

    Each heading of the second level begins a slide; a code "(C13)" at its end names the idea. A
    block `{step} 2` begins one, too, with title, task and board of that step of the lesson plan.
    Other blocks take parts from elsewhere: `{show} fig-fan-rates`, `{tool} fan-explorer`,
    `{question} fan-rule`; `{notes}` holds words for the lecturer.

    Args:
        text: Markdown.
        source: What messages call it, as a file's name.

    Returns:
        The slides in their order.

    Raises:
        InputError: If there is no slide, text before the first one, or a block of another kind.

    Example:
        >>> slides = read_source("## One (C13)\n\nA word.\n\n```{show} fig-net\n```", "a.md")
        >>> slides[0].title, slides[0].idea, slides[0].parts[1]
        ('One', 'C13', Part(kind='show', name='fig-net'))
    """
    markdown = _markdown()
    slides: list[SourceSlide] = []
    kept: list[Token] = []

    def flush() -> None:
        if kept and slides:
            html = markdown.renderer.render(kept, markdown.options, {})
            slides[-1].parts.append(Markup(html))  # noqa: S704  (HTML is off)
        kept.clear()

    tokens = iter(markdown.parse(text))
    for token in tokens:
        if token.type == "heading_open" and token.tag == "h2":
            flush()
            slides.append(_begin(next(tokens).content))
            next(tokens)
        elif token.type == "heading_open" and token.tag == "h1":
            next(tokens), next(tokens)  # the chapter's name, for who reads the source
        elif token.type == "fence" and _block(token)[0] == "step":
            flush()
            slides.append(SourceSlide("", step=_block(token)[1]))
        elif not slides:
            raise InputError(
                f"{source}, line {(token.map or [0])[0] + 1}: text before the first slide",
                "slides that begin with “## ” and a title",
                "put a heading above it",
            )
        elif token.type == "fence" and _block(token)[0]:
            flush()
            _take_block(slides[-1], token, source)
        else:
            kept.append(token)
    flush()
    if not slides:
        raise InputError(f"{source} without a slide", "at least one “## ” heading", "write one")
    return slides


def _begin(heading: str) -> SourceSlide:
    idea = _IDEA.search(heading)
    return SourceSlide(_IDEA.sub("", heading), idea["idea"] if idea else "")


def _block(token: Token) -> tuple[str, str]:
    """Return kind and name of a fenced block; both are empty for one of code."""
    match = _FENCE.fullmatch(token.info.strip())
    return (match["kind"], match["name"].strip()) if match else ("", "")


def _take_block(slide: SourceSlide, token: Token, source: str) -> None:
    kind, name = _block(token)
    if kind not in KINDS:
        raise InputError(
            f"{source}, line {(token.map or [0])[0] + 1}: a block {echo(kind)}",
            listing(KINDS),
            f"choose one of these{nearest(kind, KINDS)}",
        )
    if kind == "notes":
        slide.notes.append(render_markdown(token.content))
    else:
        slide.parts.append(Part(kind, name))
