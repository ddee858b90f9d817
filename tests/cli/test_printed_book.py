"""The book as one PDF: chapters in one page, hints at the end, pages numbered, outline, fonts inside."""

from __future__ import annotations

import re
import shutil

import pytest
from pypdf import PdfReader

from touchpoints.cli import chromium, main
from touchpoints.cli.errors import CommandError
from touchpoints.cli.printed.book import print_book, with_page_numbers
from touchpoints.cli.printed.chapter import read_chapter

PAGE = """<html><head><link rel="stylesheet" href="../_assets/lens.css?v=1"><script src="../_assets/lens.js?v=1">
</script><script src="https://x.example/_static/a.js"></script></head><body><nav>menu</nav><article class="bd-article">
<h1>Title<a class="headerlink" href="#t">#</a></h1><p class="tp-reading">About</p>
<p id="a"><a href="#a">here</a> <a href="other.html#b%20c">there</a> <a href="../missing.html">gone</a>
<a href="https://example.org/x">far</a> <a href="https://doi.org/10.1/2">doi:10.1/2</a></p>
<img src="../_images/cycle.svg" alt="cycle">
<details class="admonition above-input"><summary>Show code</summary>secret()</details>
<div class="tp-chart" aria-label="Finding"><script>{}</script><noscript><svg viewBox="0 0 1 1"></svg></noscript></div>
<div class="tp-live" data-model="m"><div class="pst-scrollable-table-container"><table><tr><td>7</td></tr></table></div></div>
<h2>Exercises</h2><p><strong>1. By hand.</strong> Do.</p>
<div class="admonition dropdown"><p class="admonition-title">Hint</p><p>Divide &lt;b&gt;.</p></div>
<details><summary>More numbers</summary>12</details></article></body></html>"""


@pytest.fixture
def chapter():
    return read_chapter("part/one", PAGE, {"part/one", "part/other"})


def test_a_chapter_keeps_what_paper_can_show(chapter):
    assert chapter.title == "Title"
    assert "<h2>Title</h2>" in chapter.body
    assert "<h3>Exercises</h3>" in chapter.body
    for gone in ("menu", "About", "secret", "headerlink"):
        assert gone not in chapter.body
    assert re.search(r'<img alt="Finding" src="data:image/svg\+xml;base64,', chapter.body)
    assert '<img alt="cycle" src="_images/cycle.svg"/>' in chapter.body
    assert chapter.body.count("<td>7</td>") == 2, "once in the tool, once behind it"
    assert '<details open=""><summary>More numbers' in chapter.body
    assert (chapter.scripts, chapter.styles) == (["_assets/lens.js"], ["_assets/lens.css"])


def test_links_lead_to_places_in_the_one_page(chapter):
    assert '<p id="part.one--a"><a href="#part.one--a">here</a>' in chapter.body
    assert '<a href="#part.other--b c">there</a> gone' in chapter.body
    assert '<a class="tp-outside" href="https://example.org/x">' in chapter.body
    assert '<a href="https://doi.org/10.1/2">' in chapter.body


def test_hints_move_to_the_end_and_leave_a_page_number(chapter):
    (hint,) = chapter.folded
    assert "1. By hand: hint" in hint
    assert "Divide &lt;b&gt;." in hint
    assert "Divide" not in chapter.body
    assert 'Hint: page <span data-page-of="part.one--folded-1"></span>' in chapter.body
    assert 'page <span data-page-of="part.one--folded-1">12</span>' in with_page_numbers(
        chapter.body, {"part.one--folded-1": 12}
    )


def test_without_a_browser_one_sentence_says_so(monkeypatch, capsys):
    monkeypatch.setattr(chromium, "find_chromium", lambda: None)
    assert main(["build", "--pdf"]) == 1
    err = capsys.readouterr().err
    assert "needs an installed Chromium, Chrome or Edge" in err
    assert err.count("\n") == 1


def test_a_browser_that_does_not_print_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(chromium, "find_chromium", lambda: "false")
    with pytest.raises(CommandError, match=r"could not print page\.html"):
        chromium.print_page(tmp_path / "page.html", tmp_path / "book.pdf", width=600)


@pytest.fixture(scope="module")
def pdf(book, root, tmp_path_factory, browser):
    folder = tmp_path_factory.mktemp("pdf")
    copy, path = folder / "html", folder / "book.pdf"
    shutil.copytree(book, copy)
    own = chromium.find_chromium() or browser.browser_type.executable_path
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chromium, "find_chromium", lambda: own)
        pages = print_book(copy, root / "_toc.yml", path)
    reader = PdfReader(path)
    assert len(reader.pages) == pages
    assert not (copy / "printed-book.html").exists(), "nothing is left beside the book"
    return reader


def outline(entries):
    for entry in entries:
        if isinstance(entry, list):
            yield from outline(entry)
        else:
            yield entry


def test_the_pdf_holds_the_whole_book(pdf, book, pages):
    titles = {}
    for entry in outline(pdf.outline):
        titles.setdefault(" ".join(entry.title.split()), entry)
    for page in pages:
        title = re.search(r"<h1>(.*?)<a", (book / page).read_text("utf-8"))[1]
        assert title in titles, page
    texts = [page.extract_text() for page in pdf.pages]
    assert len(texts) > 100
    assert [number for number, text in enumerate(texts, 1) if not text.strip()] == []
    contents = "\n".join(texts[1:4])
    for title in ("Fans and grades", "Glossary", "Hints and solutions"):
        at = pdf.get_destination_page_number(titles[title]) + 1
        assert re.search(rf"{title}\s*{at}\b", contents), title
        assert title in texts[at - 1]
    whole = "\n".join(texts)
    assert re.search(r"Hint: page \d+", whole)
    assert not re.search(r"Hint: page\s*\n", whole)
    assert "Show code cell" not in whole


def test_links_and_fonts_of_the_pdf_are_inside(pdf):
    inner = outer = 0
    fonts = {}
    for page in pdf.pages:
        for note in page.get("/Annots", []):
            action = note.get_object().get("/A", {})
            outer += "/URI" in action
            inner += "/Dest" in note.get_object() or action.get("/S") == "/GoTo"
        for font in page["/Resources"].get("/Font", {}).values():
            fonts[font.idnum] = font.get_object()
    assert inner > 200
    assert outer > 10
    for font in fonts.values():
        if font["/Subtype"] == "/Type0":
            descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)
        else:
            assert font["/Subtype"] == "/Type3", "drawn in the file itself"
