"""The week plan: what happens when, what to prepare, what is done at home."""

from __future__ import annotations

import csv
import io

from touchpoints.core.spreadsheet_cells import safe_cell
from touchpoints.course.folder.markdown import bullets, page, plain, table
from touchpoints.course.folder.material import Material, day_text
from touchpoints.course.folder.plan import PlannedSession

_COLUMNS = (
    "session",
    "date",
    "title",
    "minutes",
    "break_minutes",
    "spare_minutes",
    "lessons",
    "cases",
    "assignment",
    "homework",
)


def week_plan(material: Material) -> str:
    """Write the week plan as Markdown.

    Args:
        material: What the course is made of.
    """
    note = (
        "*Short* is a lesson's version of 45 minutes. What neither lessons nor breaks take is "
        "spare: for questions, or for what took longer."
    )
    parts = [_session(session, material) for session in material.plan.sessions]
    return page(f"Week plan: {material.config.title}", note, *parts)


def _session(session: PlannedSession, material: Material) -> str:
    when = f" · {session.day:%A}, {day_text(session.day)}" if session.day else ""
    rows = [
        (
            f"[{material.title(taught.lesson.chapter)}](lecturer/lessons/{taught.lesson.name}.md)"
            + (" (short)" if taught.short else ""),
            str(taught.minutes),
        )
        for taught in session.lessons
    ]
    rows += [
        (f"[{material.guide_title(guide)}](lecturer/cases/{guide.name}.md)", str(guide.minutes))
        for guide in session.guides
    ]
    rows += [(name, str(time)) for name, time in _rest(session) if time]
    prepare = [text for taught in session.lessons for text in taught.lesson.prepare]
    parts = [
        f"## {session.number}. {plain(session.title)}{when}",
        table(("What", "Minutes"), rows),
        f"Prepare:\n\n{bullets(map(plain, prepare))}" if prepare else "",
        _afterwards(session, material),
    ]
    return "\n\n".join(part.strip() for part in parts if part)


def _rest(session: PlannedSession) -> tuple[tuple[str, int], ...]:
    return ("Breaks", session.breaks), ("Spare", session.spare)


def _afterwards(session: PlannedSession, material: Material) -> str:
    given = []
    if session.assignment:
        title = plain(material.assignments[session.assignment].title)
        given.append(f"Give out: {title} (`students/assignments/{session.assignment}.ipynb`)")
    if session.homework:
        given += [f"Homework: {plain(taught.lesson.homework)}" for taught in session.lessons]
    # The line keeps the list apart from the one above: in Markdown a blank line does not.
    return f"Afterwards:\n\n{bullets(given)}" if given else ""


def week_plan_csv(material: Material) -> str:
    """Write the week plan as a table for spreadsheets and calendars.

    Args:
        material: What the course is made of.

    Returns:
        CSV with commas; lists within a cell are joined by semicolons.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for session in material.plan.sessions:
        homework = [t.lesson.homework for t in session.lessons] if session.homework else []
        cells = (
            str(session.number),
            session.day.isoformat() if session.day else "",
            session.title,
            str(session.minutes),
            str(session.breaks),
            str(session.spare),
            "; ".join(t.lesson.name + (" (short)" if t.short else "") for t in session.lessons),
            "; ".join(guide.name for guide in session.guides),
            session.assignment or "",
            "; ".join(homework),
        )
        writer.writerow([safe_cell(cell) for cell in cells])
    return out.getvalue()
