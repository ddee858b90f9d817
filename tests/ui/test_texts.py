"""Widget texts: both languages say the same things, with the same places to fill in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from touchpoints.core.vocabulary import CHANNELS, CONTACT_PHASES, MEDIA
from touchpoints.ui import base

UI = Path(base.__file__).parent
FILES = [*UI.rglob("*.js"), UI.parent / "site" / "host.js"]


def flat(lang):
    return {(s, k): v for s, texts in base.texts(lang).items() for k, v in texts.items()}


def test_languages_have_the_same_keys():
    assert list(flat("en")) == list(flat("de"))


@pytest.mark.parametrize("key", list(flat("en")), ids="/".join)
def test_languages_have_the_same_placeholders(key):
    names = [sorted(re.findall(r"\{(\w+)\}", flat(lang)[key])) for lang in base.LANGUAGES]
    assert names[0] == names[1]
    assert all(flat(lang)[key].strip() for lang in base.LANGUAGES)


def test_every_key_named_in_a_script_exists():
    scripts = "\n".join(p.read_text("utf-8") for p in FILES)
    named = set(re.findall(r'say\("(\w+)", "(\w+)"', scripts))
    assert {section for section, _ in named} == set(base.texts("en"))
    assert named <= set(flat("en"))


def test_the_vocabulary_has_words():
    words = {k for s, k in flat("en") if s == "words"}
    assert {f"contact_phase_{p}" for p in CONTACT_PHASES} <= words
    assert {f"medium_{m}" for m in MEDIA} <= words
    assert {f"channel_{c}" for c in CHANNELS} <= words


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_scripts_never_make_html_of_text(path):
    source = path.read_text("utf-8")
    for way in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
    ):
        assert way not in source
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", source)
