"""What pages say of themselves: reading time, citation, description, preview, sitemap."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from docutils import nodes

from touchpoints.site import chapters, describe, preview

BASE = "https://example.org/kit"
CHAPTER = """# Salt & pepper

{opening}

## Goals

Words of the text.

```{{admonition}} Hint
:class: dropdown
Folded words are not counted.
```

```python
neither = "is code"
```
"""


@pytest.fixture(scope="module", params=["", BASE])
def site(request, tmp_path_factory):
    """A small book with and without an address of its own, and that address."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "_config.yml").write_text(
        f"title: A <book>\nauthor: A & B\nhtml: {{baseurl: '{request.param}'}}\n"
        "sphinx: {extra_extensions: [touchpoints.site], config: {nb_ipywidgets_js: {}}}\n"
    )
    (folder / "_toc.yml").write_text(
        "format: jb-book\nroot: start\nchapters:\n- file: in/chapter\n"
    )
    (folder / "start.md").write_text("# Start\n\nHere it starts.\n")
    (folder / "in").mkdir()
    (folder / "in" / "chapter.md").write_text(CHAPTER.format(opening='It "opens" <so>.'))
    code = "from jupyter_book.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "build", "."],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return folder / "_build" / "html", request.param


def test_only_chapters_tell_reading_time_and_citation(site):
    html, _ = site
    text = (html / "in/chapter.html").read_text("utf-8")
    assert re.findall(r'<p class="tp-reading">(.*?)</p>', text) == [
        "About 1 minute to read (9 words)."
    ]
    assert text.index("</h1>") < text.index("tp-reading") < text.index("<p>It “opens”")
    assert text.count("Cite this chapter") == 1
    start = (html / "start.html").read_text("utf-8")
    assert "tp-reading" not in start
    assert "Cite this" not in start


def test_a_citation_names_an_address_only_if_there_is_one(site):
    html, base = site
    text = (html / "in/chapter.html").read_text("utf-8")
    box = text[text.index("tp-cite") : text.index("</details>")]
    assert "A &amp; B. (" in box
    assert "Salt &amp; pepper. In A &lt;book&gt; (version " in box
    assert ("http" in box) is bool(base)
    assert (f"url = {{{BASE}/in/chapter.html}}" in box) is bool(base)


def test_pages_are_described_and_previewed(site):
    html, base = site
    text = (html / "in/chapter.html").read_text("utf-8")
    assert text.count('<meta name="description" content="It “opens” &lt;so&gt;.">') == 1
    assert '<meta property="og:title" content="Salt &amp; pepper">' in text
    assert 'content="Search: A &lt;book&gt;"' in (html / "search.html").read_text("utf-8")
    assert ("og:url" in text) is ("og:image" in text) is bool(base)
    assert (html / "sitemap.xml").exists() is bool(base)
    if base:
        picture = re.search(f'og:image" content="{BASE}/(.*?)"', text)[1]
        png = (html / picture).read_bytes()
        assert (int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) == (1200, 630)
        listed = re.findall("<loc>(.*)</loc>", (html / "sitemap.xml").read_text("utf-8"))
        assert listed == [f"{BASE}/in/chapter.html", f"{BASE}/start.html"]


def test_a_day_can_be_set_for_reproducible_builds(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert chapters.reference("T", "B", "A").startswith("A. (2023). T. In B (version ")
    assert chapters.reference("T", "B", "A").endswith(", 14 November 2023).")
    assert "note = {2023-11-14}" in chapters.bibtex("part/a_page", "50 %", "B", "A")
    assert r"title = {{50 \%}}" in chapters.bibtex("part/a_page", "50 %", "B", "A")
    assert chapters.bibtex("part/a_page", "T", "B", "A").startswith("@misc{touchpoint-kit-a-page,")


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Short.", "Short."),
        ("word " * 60, "word " * 39 + "…"),
        ("A" * 120 + ". " + "B " * 60, "A" * 120 + "."),
    ],
)
def test_descriptions_end_with_a_sentence_or_a_word(text, short):
    assert describe.shorten(text) == short
    assert len(describe.shorten(text)) <= 200


def test_front_matter_describes_before_the_first_paragraph():
    tree = nodes.document(None, None)
    tree += nodes.section("", nodes.paragraph(text="First."))
    assert describe.description(tree, {"description": "Given."}) == "Given."
    assert describe.description(tree, {}) == "First."


def test_previews_escape_and_keep_long_titles_in_four_lines():
    svg = preview.preview_svg("<b> " + "a long title " * 20, "B & C")
    assert svg.count("<tspan") == 4
    assert "&lt;b&gt;" in svg
    assert " …</tspan>" in svg
    assert "B &amp; C" in svg
