"""Texts that a spreadsheet must not take for a formula."""

from __future__ import annotations

import re
from typing import Final

#: What makes a spreadsheet compute: a sign of a formula, also as wide as an East Asian letter, or
#: behind apostrophes added before.
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def safe_cell(text: str) -> str:
    """Return a text for a cell of an exported table, with an apostrophe before a formula.

    The tools in the page write cells by the same rule (`ui/parts/records.js`).

    Args:
        text: What the cell shall say.

    Returns:
        The text, unchanged unless a spreadsheet would compute it.

    Example:
        >>> safe_cell("=1+1"), safe_cell("returns desk")
        ("'=1+1", 'returns desk')
    """
    return f"'{text}" if _FORMULA.match(text) else text
