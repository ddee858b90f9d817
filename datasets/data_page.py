"""Write the book's page on the data from the data dictionary.

Part of `python datasets/generate.py`. Nothing on the page is typed in by hand: a column described
in `datapackage.json` is described in the book.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from touchpoints.data import allowed_values

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|$~&#^@%])")
_BLOCK = re.compile(r"^(\d+(?=[.)]\s)|(?=[-+=:]))")
_KILOBYTE = 1000

INTRODUCTION = """# Data

Every dataset of the kit and every column in it: what it means, where it comes from, how to get it.

**Synthetic** means invented or generated for teaching. *Nordlicht Wohnen* doesn't exist, nobody was
asked, and its data can show how a method works, never that a claim is true. **Not synthetic** means
that the figures come from outside; each entry says whether they are counts of a survey or only
what an article says.

In Python, `tp.load("contacts")` gives a pandas frame with the types of the dictionary, and
`tp.load("contacts", backend="polars")` a Polars frame. `touchpoints data contacts` prints an entry
in the terminal. The files are UTF-8 text with commas between columns; nothing between two commas
means that there is no value. The words are explained in the {doc}`glossary <glossary>`.

The airport's passengers one by one are not shipped. `touchpoints data get sfo` gets their yearly
files from the city's open-data portal, or from a folder with `--from`; then
`tp.load("sfo_survey")` reads them, without places of residence. See
{doc}`research/fourteen-touchpoints-of-an-airport`.

This page is written from the data dictionary `datasets/datapackage.json` by
`datasets/generate.py`: change the dictionary and run that command rather than editing here.
"""


def escaped(text: str) -> str:
    r"""Write text so that Markdown shows it as it is, in a paragraph or in a cell of a table.

    Example:
        >>> print(escaped("2014. a|b *c* $5 [d](e) <f>"))
        2014\. a\|b \*c\* \$5 \[d\](e) \<f\>
    """
    line = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _BLOCK.sub(lambda start: f"{start[0]}\\", line)


def link(entry: Mapping[str, str]) -> str:
    """Write a source or a licence, linked where it has an address."""
    title = escaped(entry["title"])
    return f"[{title}](<{entry['path']}>)" if "path" in entry else title


def size(number: int) -> str:
    """Write a file's size.

    Example:
        >>> size(426), size(15_505), size(2_250_222)
        ('426 bytes', '16 kB', '2.3 MB')
    """
    if number < _KILOBYTE:
        return f"{number} bytes"
    if number < _KILOBYTE**2:
        return f"{number / _KILOBYTE:.0f} kB"
    return f"{number / _KILOBYTE**2:.1f} MB"


def kind(field: Mapping[str, Any]) -> str:
    """Write type and unit of a column."""
    unit = field.get("touchpoints:unit")
    return field["type"] + (f", {escaped(unit)}" if unit else "")


def values(field: dict[str, Any]) -> str:
    """Write what a column may hold, and whether something must stand there."""
    empty = "" if field.get("constraints", {}).get("required") else "may be empty"
    return "; ".join(part for part in (escaped(allowed_values(field)), empty) if part)


def columns_text(fields: Sequence[dict[str, Any]]) -> str:
    """Write the table of columns."""
    rows = [
        [f"`{field['name']}`", kind(field), values(field), escaped(field["description"])]
        for field in fields
    ]
    table = [["column", "type, unit", "values", "meaning"], ["---"] * 4, *rows]
    lines = "\n".join("| " + " | ".join(cells) + " |" for cells in table)
    return f"```{{table}}\n:class: tp-columns\n\n{lines}\n```"


def anchor(name: str) -> str:
    """Name the place of a dataset on the page."""
    return f"data-{name.replace('_', '-')}"


def overview(entries: Sequence[Mapping[str, Any]]) -> str:
    """Write the table of all datasets."""
    lines = ["| dataset | rows | synthetic |", "| --- | --: | --- |"]
    lines += [
        f"| {{ref}}`{e['name']} <{anchor(e['name'])}>` | {e['touchpoints:rows']:,} | "
        f"{'yes' if e['touchpoints:synthetic'] else 'no'} |"
        for e in entries
    ]
    return "\n".join(lines) + "\n"


def dataset_text(entry: Mapping[str, Any], file_size: int) -> str:
    """Write a dataset's section."""
    name, fields = entry["name"], entry["schema"]["fields"]
    origin = "**Synthetic data.**" if entry["touchpoints:synthetic"] else "**Not synthetic.**"
    sources = "; ".join(link(source) for source in entry["sources"])
    licences = "; ".join(link(licence) for licence in entry["licenses"])
    keys = ", ".join(f"`{key}`" for key in entry["schema"]["primaryKey"])
    return f"""({anchor(name)})=
## {escaped(entry["title"])}

{origin} {escaped(entry["description"])}

- **Load:** `tp.load("{name}")`
- **Download:** {{download}}`{entry["path"]} <../datasets/{entry["path"]}>`, {size(file_size)}
- **Size:** {entry["touchpoints:rows"]:,} rows, {len(fields)} columns; a row is named by {keys}
- **Source:** {sources}
- **Licence:** {licences}

{columns_text(fields)}
"""


def page(dictionary: Mapping[str, Any], sizes: Mapping[str, int]) -> str:
    """Write the page.

    Args:
        dictionary: The content of `datapackage.json`.
        sizes: Bytes of each file, by its path in the dictionary.
    """
    entries = dictionary["resources"]
    sections = (dataset_text(entry, sizes[entry["path"]]) for entry in entries)
    return "\n".join([INTRODUCTION, overview(entries), *sections])
