"""Office files that are the same bytes each time: they are ZIP files, which keep the time."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

_THEN: Final = (2000, 1, 1, 0, 0, 0)
_WHEN: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def without_time(content: bytes) -> bytes:
    """Take the time of writing out of an office file.

    Args:
        content: A DOCX or XLSX file.

    Returns:
        The same file, written on 1 January 2000 as far as it says.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = _WHEN.sub(rb"\g<1>2000-01-01T00:00:00Z", old.read(name))
            entry = zipfile.ZipInfo(name, _THEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, part)
    return out.getvalue()
