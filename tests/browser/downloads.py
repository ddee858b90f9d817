"""What a reader gets by pressing a button that saves."""

from __future__ import annotations

import struct
import zlib
from typing import Any


def saved(place: Any, button: str) -> tuple[str, bytes]:
    """Press a button inside a place; name and content of the file that comes."""
    with place.page.expect_download() as waiting:
        place.get_by_role("button", name=button, exact=True).click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def png_size_and_colours(content: bytes) -> tuple[int, int, int]:
    """Width, height and how many different bytes a picture holds; 8-bit RGB or RGBA as canvases write it."""
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height, depth, kind = struct.unpack(">IIBB", content[16:26])
    assert (depth, kind) in {(8, 2), (8, 6)}
    data, at = b"", 8
    while at < len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        if content[at + 4 : at + 8] == b"IDAT":
            data += content[at + 8 : at + 8 + length]
        at += length + 12
    return width, height, len(set(zlib.decompress(data)))
