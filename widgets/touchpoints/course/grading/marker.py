"""The process that knows what is right: draws a student's data, computes answers, marks.

It runs no code of a submission. Requests and answers are lines of JSON; tests may print what they
like, because the line of answers is not the standard output that they see.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from touchpoints.course.answers import expected_answers
from touchpoints.course.assignments import load_assignment
from touchpoints.course.grading.marking import mark_questions
from touchpoints.course.students import CourseKey, StudentData, student_data, write_student_data


class _Marker:
    """Serves one assignment of one course."""

    def __init__(self, assignment: str, key: Path) -> None:
        self.assignment = load_assignment(assignment)
        self.key = CourseKey.read(key)
        self._last: tuple[str, StudentData] | None = None

    def serve(self, request: dict[str, Any]) -> dict[str, Any]:
        """Do what is asked."""
        data = self._data(request["student"])
        if request["do"] == "prepare":
            write_student_data(data, Path(request["folder"]) / "data")
            return {}
        expected = expected_answers(self.assignment.name, data)
        marks = mark_questions(
            self.assignment.questions, request["answers"], request["refused"], expected
        )
        return {"marks": [asdict(mark) for mark in marks]}

    def _data(self, student: str) -> StudentData:
        if self._last is None or self._last[0] != student:
            self._last = (student, student_data(self.key, student))
        return self._last[1]


def main() -> None:
    """Serve requests until the input ends."""
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    marker = _Marker(sys.argv[1], Path(sys.argv[2]))
    for line in sys.stdin:
        try:
            reply = marker.serve(json.loads(line))
        except Exception as error:  # noqa: BLE001  (told to the lecturer; the others go on)
            reply = {"fault": f"{type(error).__name__}: {error}"}
        replies.write(json.dumps(reply) + "\n")
        replies.flush()


if __name__ == "__main__":
    main()
