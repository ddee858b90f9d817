"""The book's page on the data is the dictionary's, and shows its texts as they are."""

import html
import json
import re

import data_page
import generate
import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

from touchpoints.data import datasets_folder

FOLDER = datasets_folder()
DICTIONARY = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))
PAGE = (FOLDER.parent / "book" / "data.md").read_text(encoding="utf-8")
ENTRIES = {entry["name"]: entry for entry in DICTIONARY["resources"]}
HOSTILE = [
    "a|b",
    "*bold* _it_ **x** __y__",
    "`code` {ref}`x`",
    "<script>alert(1)</script>",
    "[text](address) ![image](x)",
    "price $5$ and $$x$$",
    "&amp; &lt; é",
    "back\\slash \\| \\",
    "# not a heading",
    "- not a list",
    "+ not a list",
    "2014. not a list",
    "2) not a list",
    "> not a quotation",
    "```not a fence",
    "~~~not a fence",
    ":::not a fence",
    "=== not a heading",
    "two\nlines\n\nand more",
    "% not a comment",
    "(label)=",
    "<https://example.org> footnote[^1]",
]

every_dataset = pytest.mark.parametrize("name", ENTRIES)


def section(name):
    start = PAGE.index(f"({data_page.anchor(name)})=")
    following = PAGE.find("\n(data-", start)
    return PAGE[start:] if following == -1 else PAGE[start:following]


def shown(markdown):
    """The text a reader sees."""
    parser = MarkdownIt("commonmark").enable("table").use(dollarmath_plugin)
    return parser.render(markdown)


def test_writing_again_gives_the_committed_page(tmp_path):
    generate.write_data_page(tmp_path)
    assert (tmp_path / "book" / "data.md").read_text(encoding="utf-8") == PAGE


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_are_shown_as_they_are(text):
    plain = html.escape(" ".join(text.split()))
    assert shown(data_page.escaped(text)) == f"<p>{plain}</p>\n"
    cell = shown(f"| head |\n| --- |\n| {data_page.escaped(text)} |")
    assert re.findall(r"<td>(.*)</td>", cell) == [plain]


@every_dataset
def test_every_column_is_described(name):
    text = section(name)
    for field in ENTRIES[name]["schema"]["fields"]:
        row = next(x for x in text.splitlines() if x.startswith(f"| `{field['name']}` |"))
        assert data_page.escaped(field["description"]) in row
        assert field["type"] in row
        assert all(data_page.escaped(value) in row for value in field.get("categories", []))


@every_dataset
def test_origin_comes_first_and_the_rest_follows(name):
    entry, lines = ENTRIES[name], section(name).splitlines()
    assert lines[1] == f"## {data_page.escaped(entry['title'])}"
    assert lines[3].startswith("**Synthetic data.**") is entry["touchpoints:synthetic"]
    assert lines[3].startswith("**Not synthetic.**") is not entry["touchpoints:synthetic"]
    text = "\n".join(lines)
    assert f"{entry['touchpoints:rows']:,} rows" in text
    assert f'tp.load("{name}")' in text
    assert all(data_page.escaped(s["title"]) in text for s in entry["sources"])
    assert all(data_page.escaped(x["title"]) in text for x in entry["licenses"])


@every_dataset
def test_quantities_have_a_unit(name):
    plain = ("_id", "step", "rank", "weight")
    for field in ENTRIES[name]["schema"]["fields"]:
        if field["type"] in {"integer", "number"} and not field["name"].endswith(plain):
            assert field["touchpoints:unit"], field["name"]
