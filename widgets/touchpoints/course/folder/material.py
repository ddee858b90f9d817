"""What the pages of a course are written from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from touchpoints.course.assignment import Assignment
from touchpoints.course.assignments import list_assignments
from touchpoints.course.book_pages import BookPages
from touchpoints.course.cases import DiscussionGuide, RolePlay
from touchpoints.course.folder.config import CourseConfig
from touchpoints.course.folder.markdown import plain
from touchpoints.course.folder.notebooks import CourseNotebook
from touchpoints.course.folder.plan import Plan
from touchpoints.course.rubrics import Rubric
from touchpoints.course.teaching import Teaching


@dataclass(frozen=True)
class Material:
    """What the pages of a course are written from.

    Attributes:
        plan: The plan of the course.
        teaching: The teaching material.
        book: What is known of the book.
        notebooks: First steps, labs and exercises of the course.
        assignments: The assignments of the course, by name.
    """

    plan: Plan
    teaching: Teaching
    book: BookPages
    notebooks: tuple[CourseNotebook, ...]
    assignments: Mapping[str, Assignment]

    @property
    def config(self) -> CourseConfig:
        """The choices."""
        return self.plan.config

    @property
    def mode(self) -> str:
        """What becomes of assignments: the choice, but "none" where no session gives one out."""
        return self.config.assignments if self.assignments else "none"

    @property
    def rubrics(self) -> tuple[Rubric, ...]:
        """The rubrics of the course: without those for texts of assignments that it leaves out."""
        left_out = set(list_assignments()) - set(self.assignments)
        return tuple(r for name, r in self.teaching.rubrics.items() if name not in left_out)

    def points(self, name: str) -> float:
        """Return what an assignment is worth, with its text where a rubric marks one.

        Args:
            name: The assignment.
        """
        text = self.teaching.rubrics.get(name)
        return self.assignments[name].points + (text.points if text else 0)

    def title(self, address: str) -> str:
        """Return the title of a page of the book, as Markdown."""
        page = self.book.pages.get(address)
        return plain(page.title if page else address)

    def link(self, address: str) -> str:
        """Return a link to a page of the published book, or its title where there is none."""
        title, book = self.title(address), self.config.book
        return f"[{title}]({book}/{address}.html)" if book else title

    def guide_title(self, guide: DiscussionGuide | RolePlay) -> str:
        """Name a discussion guide or the role play, as Markdown."""
        if isinstance(guide, RolePlay):
            return f"Role play: {plain(guide.title)}"
        return f"Cases: {self.title(guide.page)}"


def day_text(day: date) -> str:
    """Write a day.

    Example:
        >>> day_text(date(2026, 10, 5))
        '5 October 2026'
    """
    return f"{day.day} {day:%B %Y}"
