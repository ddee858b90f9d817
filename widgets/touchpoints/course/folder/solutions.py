"""Solutions of exercises as notebooks, read from their Otter-Grader sources."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

_BEGIN: Final = re.compile(r"^# BEGIN (QUESTION|SOLUTION|TESTS)\b")
_END: Final = re.compile(r"^# END (SOLUTION|TESTS)\b", re.MULTILINE)
_POINTS: Final = re.compile(r"^points: (.+)$", re.MULTILINE)
#: Otter's marks in a cell of a solution: what students get in its place, and where it begins.
_PROMPT: Final = re.compile(r'(?ms)^"{3} # BEGIN PROMPT\n.*?^"{3} # END PROMPT\n?')
_FLAG: Final = re.compile(r"^[ \t]*# (?:BEGIN|END) SOLUTION.*\n?", re.MULTILINE)
_NOTE: Final = re.compile(r"[ \t]*# (?:SOLUTION|IGNORE)\b.*$", re.MULTILINE)


def solved_notebook(source: Path) -> dict[str, Any]:
    """Return what an exercise asks with how it is solved; its checks are left out.

    Args:
        source: An Otter Assign source.

    Returns:
        A notebook as parsed JSON, ready to run.
    """
    content: dict[str, Any] = json.loads(source.read_text("utf-8"))
    cells, checking, points = [], False, ""
    for cell in content["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "raw":
            begin, found = _BEGIN.match(text), _POINTS.search(text)
            checking = bool(begin and begin[1] == "TESTS") or (checking and not _END.match(text))
            points = f"\n\n*Points: {found[1]}*" if found else points
        elif not checking:
            if cell["cell_type"] == "code":
                text = _NOTE.sub("", _FLAG.sub("", _PROMPT.sub("", text))).strip()
                cell = cell | {"outputs": [], "execution_count": None}  # noqa: PLW2901
            elif points:
                text, points = text + points, ""
            cells.append(cell | {"source": text.splitlines(keepends=True)})
    return content | {"cells": cells}
