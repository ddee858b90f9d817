"""From bytes to text: UTF-8, UTF-16 with its mark, or the encoding of an older spreadsheet."""

from __future__ import annotations

import codecs
import re
from typing import Final

from touchpoints.core.errors import InputError, echo
from touchpoints.ingest.needed import needed

_SAVE: Final = "save it as CSV UTF-8 in the spreadsheet"
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: What spreadsheets in Europe save in besides UTF-8.
_OLDER: Final = ["cp1252", "cp1250", "mac_roman"]
#: What stands in German, English and neighbouring texts besides ASCII.
_USUAL: Final = frozenset("äöüÄÖÜßéèêëáàâçíîïñóôøåæúùûÉÈÀÇØÅ€§°´«»„“”‚‘’–—…·×\u00a0")
#: A letter of several bytes in UTF-8.
_LETTER: Final = re.compile(rb"[\xc3-\xcb][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}")
_MOST_LOOKED_AT: Final = 200_000


def decode(name: str, data: bytes) -> tuple[str, str]:
    """Decode a text file.

    Args:
        name: Name of the file, for messages.
        data: Its bytes.

    Returns:
        The text, and the name of its encoding.

    Raises:
        InputError: If it holds a byte 0, mixes encodings, or is in none that is known.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(name, data, encoding), encoding.removesuffix("-sig")
    if b"\0" in data:
        line = data[: data.index(b"\0")].count(b"\n") + 1
        raise InputError(f"a byte 0 in line {line} of {echo(name)}", "text in UTF-8", _SAVE)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        return _older(name, data, error.start)


def _strict(name: str, data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{echo(name)}, byte {error.start + 1}: no {encoding.upper()}, as its mark says",
            "text in one encoding",
            _SAVE,
        ) from None
    if "\0" in text:
        raise InputError(f"a character 0 in {echo(name)}", "text in UTF-8", _SAVE)
    return text


def _older(name: str, data: bytes, start: int) -> tuple[str, str]:
    """Guess among the encodings of older spreadsheets; two in one file are refused."""
    if _LETTER.search(data):
        line = data[:start].count(b"\n") + 1
        raise InputError(
            f"two encodings in {echo(name)}: UTF-8 and, in line {line}, another",
            "text in one encoding",
            "put its parts together in a spreadsheet and save that as CSV UTF-8",
        )
    line_start = data.rfind(b"\n", 0, start) + 1
    sample = data[line_start : line_start + _MOST_LOOKED_AT]
    for encoding in (*_likely(sample), "cp1252"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise InputError(
        f"{echo(name)}, byte {start + 1}: no UTF-8 and no encoding that is known",
        "text in UTF-8",
        _SAVE,
    )


def _likely(sample: bytes) -> list[str]:
    """Name the likeliest encoding: Windows before statistics, for which letters are too few."""
    high = sample.translate(None, bytes(range(128)))
    try:
        if set(high.decode("cp1252")) <= _USUAL:
            return ["cp1252"]
    except UnicodeDecodeError:
        pass
    best = needed("charset_normalizer").from_bytes(sample, cp_isolation=_OLDER).best()
    return [best.encoding] if best else []
