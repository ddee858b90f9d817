"""What the pages of a course are written from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from touchpoints.course.assignment import Assignment
from touchpoints.course.book_pages import BookPages
from touchpoints.course.cases import DiscussionGuide, RolePlay
from touchpoints.course.folder.config import CourseConfig
from touchpoints.course.folder.markdown import plain
from touchpoints.course.folder.notebooks import CourseNotebook
from touchpoints.course.folder.plan import Plan
from touchpoints.course.teaching import Teaching


@dataclass(frozen=True)
class Material:
    """What the pages of a course are written from.

    Attributes:
        plan: The plan of the course.
        teaching: The teaching material.
        book: What is known of the book.
        notebooks: The labs and exercises of the course.
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
