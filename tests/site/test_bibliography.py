"""Every entry of the bibliography can be found again, or says why not."""

from __future__ import annotations

import re
from pathlib import Path

import contents
import pytest

ENTRIES = [
    (kind, key, body)
    for kind, key, body in re.findall(
        r"^@(\w+)\{(\w+),\n(.*?)^\}",
        (Path(contents.ROOT) / "book" / "references.bib").read_text("utf-8"),
        re.MULTILINE | re.DOTALL,
    )
]


def test_all_entries_are_read_and_no_key_twice():
    keys = [key for _, key, _ in ENTRIES]
    assert len(keys) > 40
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(("kind", "key", "body"), ENTRIES, ids=[key for _, key, _ in ENTRIES])
def test_an_entry_has_an_identifier_an_address_or_a_reason(kind: str, key: str, body: str):
    fields = set(re.findall(r"^  (\w+) +=", body, re.MULTILINE))
    assert fields & {"doi", "isbn", "url", "note"}, f"{kind} {key}"


@pytest.mark.parametrize(
    "number", re.findall(r"isbn += \{([\dX-]+)\}", "".join(b for *_, b in ENTRIES))
)
def test_the_check_digit_of_an_isbn_holds(number: str):
    digits = [10 if d == "X" else int(d) for d in number.replace("-", "")]
    if len(digits) == 13:
        assert sum(d * (1 + 2 * (i % 2)) for i, d in enumerate(digits)) % 10 == 0
    else:
        assert sum(d * (10 - i) for i, d in enumerate(digits)) % 11 == 0
