"""All teaching material of the kit, read and checked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from touchpoints.course.cases import (
    ROLE_PLAY,
    DiscussionGuide,
    RolePlay,
    load_guide,
    load_role_play,
)
from touchpoints.course.goals import Goal, load_goals
from touchpoints.course.lessons import Lesson, load_lesson
from touchpoints.course.patterns import Pattern, load_pattern
from touchpoints.course.rubrics import Rubric, load_rubric
from touchpoints.course.sources import teaching_folder


@dataclass(frozen=True)
class Teaching:
    """The teaching material.

    Attributes:
        goals: Learning goals by id, in the order of their file.
        lessons: Plans by name of the chapter.
        guides: Discussion guides by name of the page.
        role_play: The role play, if there is one.
        rubrics: Rubrics by name.
        patterns: Patterns by name.
        assignments: Names of the assignments.
    """

    goals: dict[str, Goal]
    lessons: dict[str, Lesson]
    guides: dict[str, DiscussionGuide]
    role_play: RolePlay | None
    rubrics: dict[str, Rubric]
    patterns: dict[str, Pattern]
    assignments: tuple[str, ...]


def load_teaching(folder: Path | None = None) -> Teaching:
    """Read all teaching material.

    Args:
        folder: Where it lies; by default the kit's own.

    Returns:
        What was read. Each file is checked by itself; `references.broken` checks them together.

    Raises:
        InputError: If anything in a file is wrong; the message names file and field.
    """
    here = folder or teaching_folder()
    play = here / "cases" / f"{ROLE_PLAY}.yml"
    return Teaching(
        goals={goal.id: goal for goal in load_goals(here / "goals.yml")},
        lessons={path.stem: load_lesson(path) for path in _files(here / "lessons")},
        guides={path.stem: load_guide(path) for path in _files(here / "cases") if path != play},
        role_play=load_role_play(play) if play.is_file() else None,
        rubrics={path.stem: load_rubric(path) for path in _files(here / "rubrics")},
        patterns={path.stem: load_pattern(path) for path in _files(here / "patterns")},
        assignments=tuple(
            sorted(p.name.removesuffix(".src.ipynb") for p in here.glob("assignments/*.src.ipynb"))
        ),
    )


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yml"))
