"""The plan of a course: which session, when, with which lessons, cases and assignment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from touchpoints.core.errors import InputError, one_of
from touchpoints.course.cases import ROLE_PLAY, DiscussionGuide, RolePlay
from touchpoints.course.folder.config import CourseConfig
from touchpoints.course.lessons import Lesson
from touchpoints.course.patterns import Pattern, Session
from touchpoints.course.teaching import Teaching

#: What a chapter gets that the pattern has no session for.
_OWN_SESSION_MINUTES = 90


@dataclass(frozen=True)
class TaughtLesson:
    """A lesson in a session, whole or in its short version."""

    lesson: Lesson
    short: bool

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return self.lesson.short_minutes if self.short else self.lesson.minutes


@dataclass(frozen=True)
class PlannedSession:
    """A session of a course.

    Attributes:
        number: Its number, from 1.
        day: Its date, or None while the start is open.
        title: Its title.
        minutes: How long it takes, breaks included.
        breaks: Minutes of breaks.
        lessons: The lessons, in order.
        guides: Discussion guides and role play, in order.
        assignment: Name of the assignment handed out at the end, or None.
        homework: Whether the lessons' homework is given.
    """

    number: int
    day: date | None
    title: str
    minutes: int
    breaks: int
    lessons: tuple[TaughtLesson, ...]
    guides: tuple[DiscussionGuide | RolePlay, ...]
    assignment: str | None
    homework: bool

    @property
    def spare(self) -> int:
        """Minutes that neither breaks nor lessons nor cases take."""
        return self.minutes - self.breaks - _taken(self.lessons, self.guides)


@dataclass(frozen=True)
class Plan:
    """The plan of a course: its choices and its sessions."""

    config: CourseConfig
    pattern: Pattern
    sessions: tuple[PlannedSession, ...]

    @property
    def lessons(self) -> tuple[TaughtLesson, ...]:
        """All lessons, in order."""
        return tuple(taught for session in self.sessions for taught in session.lessons)

    @property
    def guides(self) -> tuple[DiscussionGuide | RolePlay, ...]:
        """All discussion guides and the role play, in order."""
        return tuple(guide for session in self.sessions for guide in session.guides)

    @property
    def assignments(self) -> tuple[str, ...]:
        """Names of all assignments, in order."""
        return tuple(s.assignment for s in self.sessions if s.assignment)

    @property
    def chapters(self) -> tuple[str, ...]:
        """Addresses of the chapters that are taught, in order."""
        return tuple(taught.lesson.chapter for taught in self.lessons)


def make_plan(config: CourseConfig, teaching: Teaching) -> Plan:
    """Lay the chosen chapters out over the sessions of the chosen pattern.

    Chapters that the pattern doesn't have get a session each, in the order in which they were
    chosen, before the last one. With fewer weeks than sessions those go that the pattern names
    first. A lesson is taught whole where the session has the time, else in its short version; the
    first lesson of a session comes first.

    Args:
        config: The choices.
        teaching: The teaching material.

    Returns:
        The plan.

    Raises:
        InputError: If the weeks don't suffice or are more than there are sessions, a name is
            unknown, or a session is too short for what it holds.
    """
    pattern = teaching.patterns[config.pattern]
    sessions = _fitted(_chosen(pattern.sessions, config.chapters, teaching), config.weeks)
    return Plan(
        config,
        pattern,
        tuple(
            _planned(number, session, config, pattern, teaching)
            for number, session in enumerate(sessions, 1)
        ),
    )


def _chosen(
    sessions: tuple[Session, ...], chapters: tuple[str, ...], teaching: Teaching
) -> list[Session]:
    """Keep the chosen chapters; what has no session in the pattern gets one."""
    if not chapters:
        return list(sessions)
    kept = []
    for session in sessions:
        lessons = tuple(name for name in session.lessons if name in chapters)
        if lessons or (session.cases and not session.lessons):
            kept.append(replace(session, lessons=lessons))
    placed = {name for session in sessions for name in session.lessons}
    own = [
        Session(_title(teaching.lessons[name]), _OWN_SESSION_MINUTES, (name,), (), None, True)
        for name in chapters
        if name not in placed
    ]
    return [*kept[:-1], *own, *kept[-1:]]


def _title(lesson: Lesson) -> str:
    return lesson.name.replace("-", " ").capitalize()


def _fitted(sessions: list[Session], weeks: int | None) -> list[Session]:
    """Leave sessions out until no more are left than weeks."""
    if weeks is None or weeks == len(sessions):
        return sessions
    may_go = sorted((s for s in sessions if s.leave_out), key=lambda s: s.leave_out)
    least = len(sessions) - len(may_go)
    if not least <= weeks <= len(sessions):
        raise InputError(
            f"weeks: {weeks}",
            f"{least} to {len(sessions)} with these chapters and this pattern",
            "change weeks, or choose other chapters",
        )
    gone = may_go[: len(sessions) - weeks]
    return [session for session in sessions if session not in gone]


def _planned(
    number: int, session: Session, config: CourseConfig, pattern: Pattern, teaching: Teaching
) -> PlannedSession:
    place = f"pattern {pattern.name}, session {session.title!r}"
    lessons = [
        teaching.lessons[one_of(f"{place}, lesson", name, list(teaching.lessons))]
        for name in session.lessons
    ]
    guides = tuple(_guide(name, place, teaching) for name in session.cases)
    taught = _as_whole_as_fits(lessons, session.minutes - session.breaks - _taken((), guides))
    assignment = session.assignment if config.assignments != "none" else None
    if assignment is not None:
        one_of(f"{place}, assignment", assignment, teaching.assignments)
    after = timedelta(days=pattern.every_days * (number - 1))
    planned = PlannedSession(
        number=number,
        day=config.start + after if config.start else None,
        title=session.title,
        minutes=session.minutes,
        breaks=session.breaks,
        lessons=taught,
        guides=guides,
        assignment=assignment,
        homework=session.homework,
    )
    if planned.spare < 0:
        raise InputError(
            f"{place}: lessons, cases and breaks of {session.minutes - planned.spare} minutes",
            f"the {session.minutes} of the session",
            "give it more minutes or less to do",
        )
    return planned


def _guide(name: str, place: str, teaching: Teaching) -> DiscussionGuide | RolePlay:
    if name == ROLE_PLAY and teaching.role_play:
        return teaching.role_play
    return teaching.guides[one_of(f"{place}, case", name, list(teaching.guides))]


def _as_whole_as_fits(lessons: list[Lesson], minutes: int) -> tuple[TaughtLesson, ...]:
    taught = [TaughtLesson(lesson, short=True) for lesson in lessons]
    for index, lesson in enumerate(lessons):
        whole = [*taught[:index], TaughtLesson(lesson, short=False), *taught[index + 1 :]]
        if _taken(tuple(whole), ()) <= minutes:
            taught = whole
    return tuple(taught)


def _taken(
    lessons: tuple[TaughtLesson, ...], guides: tuple[DiscussionGuide | RolePlay, ...]
) -> int:
    return sum(taught.minutes for taught in lessons) + sum(guide.minutes for guide in guides)
