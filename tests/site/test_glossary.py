"""Each word of the field has an entry with its German term, its meaning and its place in the kit."""

import re
from pathlib import Path

import pytest

from touchpoints.core.vocabulary import CONTACT_PHASES, CONTROLS, MEDIA
from touchpoints.data import datasets_folder

ROOT = Path(datasets_folder()).parent
TEXT = (ROOT / "book" / "glossary.md").read_text("utf-8")
BODY = TEXT.split(":sorted:\n")[1].rsplit("```", 1)[0]
ENTRIES = {
    block.split("\n", 1)[0]: block.split("\n", 1)[1]
    for block in BODY.strip().split("\n\n")
    if "\n" in block
}
NEEDED = [
    "touchpoint", "contact", "no contact", "channel", "department", "control", "grade", "contact phase",
    "pre-contact", "contact (phase)", "full contact", "post-contact", "medium", "moment of truth", "fan",
    "fan rule", "fan rate", "lift", "net contact effect", "share", "promoter", "passive", "detractor",
    "Net Promoter Score", "journey", "conversion", "importance", "performance", "priority",
    "value function", "weakest link", "confidence interval", "effective sample size", "cluster",
    "weight", "small cell", "halo", "negative control", "panel drop-out", "world", "channel lens",
    "hidden touchpoint", "top box", "proxy", "synthetic data",
]  # fmt: skip

every_entry = pytest.mark.parametrize("term", ENTRIES)


def test_the_needed_terms_are_there():
    assert [term for term in NEEDED if term not in ENTRIES] == []


@every_entry
def test_an_entry_begins_with_the_german_term(term):
    assert re.match(r"  German: \*\w[^*]+\*", ENTRIES[term])


@every_entry
def test_an_entry_explains_in_one_to_four_sentences(term):
    lines = ENTRIES[term].splitlines()
    meaning = " ".join(
        x.strip(" \\")
        for x in lines[1:]
        if not x.strip().startswith(("Data:", "Code:", "Chapter:"))
    )
    sentences = re.findall(r"[.!?](?=\s|$)", meaning)
    assert 1 <= len(sentences) <= 5, meaning


@pytest.mark.parametrize("key", [*CONTROLS, *MEDIA, *CONTACT_PHASES])
def test_every_key_of_the_vocabulary_is_named(key):
    assert re.search(rf"\b{key}\b", TEXT, flags=re.IGNORECASE)
