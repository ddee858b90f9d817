"""The syllabus: goals, sessions, assessment, reading."""

from __future__ import annotations

from touchpoints.course.folder.markdown import bullets, page, plain, table
from touchpoints.course.folder.material import Material, day_text
from touchpoints.course.folder.plan import PlannedSession

_ASSESSMENT = {
    "none": "There are no assignments. Quizzes at the end of each chapter and exercises with "
    "checks tell at once what was mixed up; nobody counts them.",
    "practice": "The assignments are practice, on data of an invented company that is the same for "
    "all. Their checks say whether an answer has the right form; solutions are talked about in "
    "class. Marks are not given.",
    "graded": "The assignments are graded. All students work on data of their own: the company, "
    "its touchpoints and the answers differ. Results therefore can't be copied; methods may be "
    "discussed. Checks in the notebook say whether an answer has the right form; whether it is "
    "right is told after marking.",
}


def syllabus(material: Material) -> str:
    """Write the syllabus as Markdown.

    Args:
        material: What the course is made of.
    """
    plan = material.plan
    count = len(plan.sessions)
    what = f"{plain(plan.pattern.title)} · {count} session{'s' if count > 1 else ''}"
    begins = f" · begins on {day_text(plan.config.start)}" if plan.config.start else ""
    return page(
        plan.config.title,
        f"{what}{begins}",
        _about(),
        f"## What you can do afterwards\n\n{_goals(material)}",
        f"## Sessions\n\n{_sessions(material)}",
        f"## Assessment\n\n{_assessment(material)}",
        f"## Reading\n\n{_reading(material)}",
        _literature(material),
    )


def _about() -> str:
    return (
        "Customers meet a company at touchpoints: a shop, a letter, a hotline, a parcel. "
        "Practitioners claim much about which of these contacts count. In this course you learn "
        "what they claim, try tools that make it concrete, and find out what it would take to test "
        "it. The company *Nordlicht Wohnen* and its data are synthetic: invented for teaching, so "
        "that the truth is known. Claims of practitioners are called claims."
    )


def _goals(material: Material) -> str:
    parts = []
    for taught in material.plan.lessons:
        goals = [material.teaching.goals[name] for name in taught.lesson.goals]
        listed = bullets(f"{plain(goal.goal)} *({goal.level})*" for goal in goals)
        parts.append(f"### {material.title(taught.lesson.chapter)}\n\n{listed}")
    return "\n".join(parts)


def _content(session: PlannedSession, material: Material) -> list[str]:
    """Name what a session holds: lessons, cases, role play."""
    lessons = [
        material.link(taught.lesson.chapter) + (" (short)" if taught.short else "")
        for taught in session.lessons
    ]
    return [*lessons, *map(material.guide_title, session.guides)]


def _sessions(material: Material) -> str:
    rows = []
    for session in material.plan.sessions:
        name = session.assignment
        due = plain(material.assignments[name].title) if name else ""
        when = day_text(session.day) if session.day else ""
        content = " · ".join(_content(session, material))
        rows.append((str(session.number), when, plain(session.title), content, due))
    return table(("", "Date", "Session", "Content", "Assignment given out"), rows)


def _assessment(material: Material) -> str:
    found = [material.assignments[name] for name in material.plan.assignments]
    if not found:
        return _ASSESSMENT["none"]
    whole = sum(material.points(one.name) for one in found)
    graded = material.mode == "graded"
    rows = [
        (plain(one.title), str(len(one.questions)), f"{material.points(one.name):g}")
        + ((f"{100 * material.points(one.name) / whole:.0f} %",) if graded else ())
        for one in found
    ]
    head = ("Assignment", "Questions", "Points") + (("Share",) if graded else ())
    return f"{_ASSESSMENT[material.mode]}\n\n{table(head, rows)}"


def _reading(material: Material) -> str:
    rows = []
    for taught in material.plan.lessons:
        address = taught.lesson.chapter
        found = material.book.pages.get(address)
        labs = [n for n in material.notebooks if n.chapters and n.chapters[-1] == address]
        practice = " · ".join(plain(n.title) for n in labs)
        time = plain(found.time) if found else ""
        rows.append((material.link(address), time, practice))
    return table(("Chapter", "Time", "Notebooks"), rows)


def _literature(material: Material) -> str:
    pages = [material.book.pages.get(address) for address in material.plan.chapters]
    cited = {key for found in pages if found for key in found.cites}
    listed = [plain(text) for key, text in material.book.sources.items() if key in cited]
    if not listed:
        return ""
    return f"## Sources that the chapters cite\n\n{bullets(listed)}"
