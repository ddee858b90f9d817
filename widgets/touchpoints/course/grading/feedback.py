"""What a student gets to read: one HTML file with the own points, and nothing of anybody else."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from touchpoints.course.grading.results import STATUSES, Result, points_text

if TYPE_CHECKING:
    from touchpoints.course.assignment import Assignment

_HERE: Final = Path(__file__).resolve().parent
#: No script, no request, no form; the page's own style alone.
_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
)
_UNPRINTABLE: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]"
)


def feedback_page(assignment: Assignment, student: str, result: Result) -> str:
    """Write a student's page.

    Args:
        assignment: What was graded.
        student: The student's id.
        result: What the work got.

    Returns:
        The text of one HTML file; every text from outside is escaped.
    """
    style = (_HERE / "feedback.css").read_text(encoding="utf-8")
    return (
        _template()
        .render(
            policy=_POLICY,
            style=Markup(style),  # noqa: S704  (our own file)
            assignment=assignment,
            student=student,
            result=result,
            status=STATUSES[result.status],
            possible=float(assignment.points),
            done=sum(mark.points >= mark.possible for mark in result.marks),
        )
        .lstrip()
    )


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, finalize=_shown
    )
    return environment.from_string((_HERE / "feedback.html").read_text(encoding="utf-8"))


def feedback_name(student: str) -> str:
    """Return the name of a student's page: of letters that every system takes.

    Example:
        >>> feedback_name("4711"), len(feedback_name("../" * 99))
        ('4711.html', 94)
    """
    plain = re.sub(r"[^A-Za-z0-9._@-]+", "_", student)[:80].strip("_ ") or "_"
    if plain == student and not plain.startswith("."):
        return f"{plain}.html"
    return f"{plain}-{hashlib.sha256(student.encode('utf-8', 'replace')).hexdigest()[:8]}.html"


def _shown(value: object) -> object:
    """Replace what no page can show, except in markup of our own."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", value)
    return points_text(value) if isinstance(value, float) else value
