"""From the choices of a lecturer to a course in a folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from touchpoints.core.errors import InputError, echo
from touchpoints.course.assignments import load_assignment
from touchpoints.course.book_pages import load_book_pages
from touchpoints.course.folder.config import (
    CONFIG,
    CourseConfig,
    config_text,
    load_config,
    read_config,
)
from touchpoints.course.folder.contents import course_files
from touchpoints.course.folder.kit_wheel import kit_wheel
from touchpoints.course.folder.material import Material
from touchpoints.course.folder.notebooks import chosen_notebooks, load_notebooks
from touchpoints.course.folder.own_pages import own_pages
from touchpoints.course.folder.plan import Plan, make_plan
from touchpoints.course.folder.update import MANIFEST, require_course, update_course
from touchpoints.course.teaching import Teaching, load_teaching
from touchpoints.kept_folder import Outcome
from touchpoints.writing import write_whole


@dataclass(frozen=True)
class MadeCourse:
    """A course that was made or brought up to date: its plan, and what became of the files."""

    plan: Plan
    outcome: Outcome


def make_course(folder: Path, options: Mapping[str, Any]) -> MadeCourse:
    """Make a course in a folder, or bring one up to date.

    The choices stand in `course.yml`. Where it is missing, the options make it; where it is there,
    it alone counts, for a lecturer may have changed it.

    Args:
        folder: The folder; made if it isn't there.
        options: Choices by name; those that are None were not made.

    Returns:
        The plan, and what became of the files.

    Raises:
        InputError: If a choice is wrong, options say other than `course.yml`, or the folder is
            neither empty nor a course.
    """
    require_course(folder)
    teaching = load_teaching()
    given = {name: value for name, value in options.items() if value is not None}
    config = _config(folder, given, teaching)
    material = load_material(config, teaching)
    files = course_files(material, kit_wheel())
    files |= own_pages(folder, files)
    if not (folder / CONFIG).exists():
        _write_config(folder, config, teaching)
    return MadeCourse(material.plan, update_course(folder, files))


def load_material(config: CourseConfig, teaching: Teaching) -> Material:
    """Read what the pages of a course are written from.

    Args:
        config: The choices.
        teaching: The teaching material.

    Raises:
        InputError: If chapters, weeks and pattern don't go together.
    """
    plan = make_plan(config, teaching)
    return Material(
        plan=plan,
        teaching=teaching,
        book=load_book_pages(),
        notebooks=chosen_notebooks(load_notebooks(), plan.chapters),
        assignments={name: load_assignment(name) for name in plan.assignments},
    )


def _config(folder: Path, given: Mapping[str, Any], teaching: Teaching) -> CourseConfig:
    path = folder / CONFIG
    if not path.exists():
        if (folder / MANIFEST).exists() and not given:
            raise InputError(
                f"no {CONFIG} in the course {echo(str(folder))}",
                f"{CONFIG}, or options that make it anew",
                "name at least the pattern, as in --pattern weeks",
            )
        return read_config(given, teaching, "options")
    config = load_config(path, teaching)
    asked = read_config(given, teaching, "options")
    for name in given:
        if getattr(asked, name) != getattr(config, name):
            raise InputError(
                f"--{name} beside {path.name}, which says otherwise",
                f"what {path.name} says",
                f"change {name} in {path.name} and leave the option out",
            )
    return config


def _write_config(folder: Path, config: CourseConfig, teaching: Teaching) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise InputError(
            f"{echo(str(folder))}, which can't be made ({error.strerror})",
            "a place to write to",
            "name another folder",
        ) from None
    write_whole(folder / CONFIG, config_text(config, teaching), overwrite=True)
