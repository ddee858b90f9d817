"""Solutions of exercises as pages, read from their Otter-Grader sources."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

from touchpoints.course.folder.markdown import page

_MARK: Final = re.compile(r"^# (BEGIN|END) (QUESTION|SOLUTION|TESTS)\b", re.MULTILINE)
_POINTS: Final = re.compile(r"^points: (.+)$", re.MULTILINE)
_NOTE: Final = re.compile(r"[ \t]*# (?:SOLUTION|IGNORE)\b.*$", re.MULTILINE)
_PROMPT: Final = re.compile(
    r'^"{3} # BEGIN PROMPT\n.*?^"{3} # END PROMPT\n?', re.MULTILINE | re.DOTALL
)
_FLAG: Final = re.compile(r"^# (?:BEGIN|END) SOLUTION.*\n?", re.MULTILINE)


def solutions_page(source: Path) -> str:
    """Write what an exercise asks and how it is solved, as Markdown.

    Args:
        source: An Otter Assign source; checks are left out.
    """
    cells: list[dict[str, Any]] = json.loads(source.read_text("utf-8"))["cells"]
    title, parts, within = source.name, [], "intro"
    for cell in cells:
        text = "".join(cell["source"])
        mark = _MARK.match(text) if cell["cell_type"] == "raw" else None
        if mark:
            within = _state(mark[1], mark[2])
            points = _POINTS.search(text)
            if points:
                parts.append(f"*Points: {points[1]}*")
        elif cell["cell_type"] == "markdown" and within == "intro":
            title = text.splitlines()[0].removeprefix("# ")
            within = "between"
        elif cell["cell_type"] == "markdown" and within == "question":
            parts.append(f"---\n\n{text.strip()}")
        elif within == "solution":
            parts.append(_solution(cell["cell_type"], text))
    return page(f"Solutions: {title}", *parts)


def _state(what: str, part: str) -> str:
    if what == "BEGIN":
        return part.lower()
    return "between" if part == "QUESTION" else "question"


def _solution(kind: str, text: str) -> str:
    if kind != "code":
        return text.strip()
    code = _NOTE.sub("", _FLAG.sub("", _PROMPT.sub("", text))).strip()
    return f"```python\n{code}\n```"
