"""Bare pages: made from the toolbox's pages alone, escaped, with the book's address where it is known."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from docutils import nodes, utils

from touchpoints.site import embed
from touchpoints.site.live import VIEW_TYPE, Module

EVIL = '"><script>alert(1)</script>'
VIEW = f'<script type="{VIEW_TYPE}">{{}}</script>'


def app(doc, base="", title="The tool"):
    return SimpleNamespace(
        env=SimpleNamespace(docname=doc, titles={doc: nodes.title("", title)}),
        config=SimpleNamespace(html_baseurl=base),
    )


def page(*raws):
    """A page as it is after reading: front matter first, then the section with all there is."""
    doctree = utils.new_document("page")
    section = nodes.section(ids=["page"])
    section += [nodes.title("", "Page"), *(nodes.raw("", raw, format="html") for raw in raws)]
    doctree += [nodes.docinfo(), section]
    return doctree


def told(doc, *raws, base=""):
    doctree = page(*raws)
    embed._add_section(app(doc), doctree)
    embed._fill_snippet(app(doc, base), doctree, doc)
    return doctree.astext()


def test_a_page_of_any_toolbox_with_a_widget_tells_how_to_embed_it():
    text = told("book/toolbox/brand-new", VIEW)
    assert '<iframe src="embed/brand-new.html"' in text
    assert "in front of “embed/brand-new.html”" in text


@pytest.mark.parametrize(
    ("doc", "raws"),
    [
        ("book/toolbox/words-only", ()),
        ("book/toolbox/other", ("<b>x</b>",)),
        ("book/about", (VIEW,)),
    ],
)
def test_other_pages_are_left_alone(doc, raws):
    assert "iframe" not in told(doc, *raws)


@pytest.mark.parametrize("base", ["https://example.org/kit", "https://example.org/kit/"])
def test_where_the_books_address_is_known_it_stands_in_the_frame(base):
    text = told("book/toolbox/lens", VIEW, base=base)
    assert 'src="https://example.org/kit/embed/lens.html"' in text
    assert "in front of" not in text


def test_titles_are_escaped_in_frame_and_page():
    assert "<script>alert" not in embed.snippet("book/toolbox/lens", EVIL, EVIL)
    module = Module({"_anywidget_id": "m.Lens", "_esm": "", "_css": ""})
    known = {"modules": {"lens": module}, "charts": True}
    text = embed.bare_page("book/toolbox/lens", EVIL, EVIL, "<p>tool</p>", known)
    assert "<script>alert" not in text
    assert "<p>tool</p>" in text
    assert 'src="../_assets/lens.js?v=' in text
    assert 'href="../book/toolbox/lens.html"' in text
    assert "vega" not in text, "a bare page shows tools, not the charts beside them"
