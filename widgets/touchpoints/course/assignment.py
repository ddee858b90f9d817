"""An assignment as the kit hands it out and marks it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """One question of an assignment.

    Attributes:
        name: Its name in the source, unique in the assignment.
        points: What it is worth, more than 0.
        answers: Names of the variables that hold the answer, as the tests take them.
        test: Source of its Otter test file, hidden tests included.
    """

    name: str
    points: float
    answers: tuple[str, ...]
    test: str


@dataclass(frozen=True)
class Assignment:
    """One assignment, made from its source.

    Attributes:
        name: Its name, which is that of its notebook.
        title: Heading of the notebook.
        questions: What is asked, in its order.
        tasks: The notebook that students get, as text; hidden tests are not in it.
        solved: The reference solution as a notebook, as text.
    """

    name: str
    title: str
    questions: tuple[Question, ...]
    tasks: str
    solved: str

    @property
    def points(self) -> float:
        """What all questions together are worth."""
        return sum(question.points for question in self.questions)


#: The expected answers to one assignment on one student's data: name and value. Tests take them as
#: the variable `expected`; the student's notebook never sees them.
Expected = Mapping[str, object]
