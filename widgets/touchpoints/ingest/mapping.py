"""Which column of a file is taken for what: guessed, shown, and kept in a small YAML file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal, cast

import pandas as pd
import yaml

from touchpoints.core.contacts import GRADE, NO_CONTACT, TOUCHPOINT
from touchpoints.core.errors import InputError, echo, listing, nearest
from touchpoints.ingest.answers import FLAGS, guess_answers
from touchpoints.ingest.grid import Grid
from touchpoints.ingest.headings import guess_all
from touchpoints.ingest.roles import CONTACT, KINDS, LONG, PERSON, kind_of_role
from touchpoints.plain_yaml import read_yaml

Form = Literal["wide", "long"]

_MOST_TOUCHPOINTS: Final = 200
#: Columns that are left out are listed for the reader's eye alone.
_MOST_LISTED: Final = 200
_HEADER: Final = """\
# How the columns of {name} are read. Written once; mend what is wrong and run the command again.
# To have everything guessed anew, delete this file.
"""
_KEYS: Final = ("form", "sheet", "columns", "touchpoints", "answers", "left_out")


@dataclass(frozen=True)
class SurveyMapping:
    """Which column is taken for what.

    Attributes:
        form: "wide" (one row a respondent) or "long" (one row a customer and touchpoint).
        columns: For each role (`respondent_id`, `bonding_1`, `touchpoint` …) the column.
        touchpoints: For each touchpoint of the wide form its columns `contact` and `grade`.
        answers: For each kind of question what words and codes stand for.
        left_out: Columns that are not read.
        sheet: The sheet of a workbook.
        doubts: Columns that might have been meant for the same; nothing was taken.
    """

    form: Form
    columns: Mapping[str, str]
    touchpoints: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    sheet: str | None = None
    doubts: tuple[str, ...] = ()

    @property
    def table(self) -> pd.DataFrame:
        """One row a column of the file that is read: `column`, `taken_for`."""
        taken = [(column, role) for role, column in self.columns.items()]
        taken += [
            (column, f"{kind}_{key}")
            for key, both in self.touchpoints.items()
            for kind, column in both.items()
        ]
        return pd.DataFrame(taken, columns=["column", "taken_for"], dtype="str")

    def to_yaml(self, name: str) -> str:
        """Write the mapping as the YAML file that is kept beside a survey.

        Args:
            name: Name of the survey's file.

        Returns:
            The text of the file.
        """
        kept: dict[str, Any] = {"form": self.form}
        if self.sheet is not None:
            kept["sheet"] = self.sheet
        kept["columns"] = dict(self.columns)
        if self.form == "wide":
            kept["touchpoints"] = {key: dict(both) for key, both in self.touchpoints.items()}
        kept["answers"] = {kind: dict(words) for kind, words in self.answers.items()}
        kept["left_out"] = list(self.left_out[:_MOST_LISTED])
        text = str(yaml.safe_dump(kept, sort_keys=False, allow_unicode=True, width=100))
        return _HEADER.format(name=" ".join(name.split())) + text


def mapping_path(file: Path) -> Path:
    """Return where the mapping of a survey file is kept: `FILE.mapping.yml` beside it."""
    return file.with_name(f"{file.name}.mapping.yml")


def guess_mapping(grid: Grid) -> SurveyMapping:
    """Guess from the headings, the questions and the answers of a file.

    Args:
        grid: The file.

    Returns:
        The guess; columns that mean nothing to the kit are listed as left out.
    """
    found, doubts = guess_all(zip(grid.headings, grid.questions, strict=True))
    roles = {one.role: heading for heading, one in found.items() if not one.key}
    form: Form = "long" if set(LONG) <= set(roles) else "wide"
    wanted = (*PERSON, *LONG) if form == "long" else PERSON
    columns = {role: roles[role] for role in wanted if role in roles}
    touchpoints: dict[str, dict[str, str]] = {}
    if form == "wide":
        for heading, one in found.items():
            if one.key:
                touchpoints.setdefault(one.key, {})[one.role] = heading
        # A contact that is never graded tells of no touchpoint that could be looked at.
        touchpoints = {
            key: {kind: both[kind] for kind in (CONTACT, GRADE) if kind in both}
            for key, both in touchpoints.items()
            if GRADE in both
        }
    guessed = SurveyMapping(form, columns, touchpoints, sheet=grid.sheet, doubts=tuple(doubts))
    taken = set(guessed.table["column"])
    return SurveyMapping(
        form,
        columns,
        touchpoints,
        _answers(grid, guessed),
        tuple(heading for heading in grid.headings if heading and heading not in taken),
        grid.sheet,
        tuple(doubts),
    )


def _answers(grid: Grid, mapping: SurveyMapping) -> dict[str, dict[str, str]]:
    """Guess what words and codes stand for, kind by kind."""
    by_kind: dict[str, list[str]] = {}
    for kind, column in columns_by_kind(mapping):
        labelled = grid.labels.get(grid.headings.index(column), {})
        by_kind.setdefault(kind, []).extend([*grid.column(column).unique(), *labelled.values()])
    known = {kind: guess_answers(by_kind[kind], kind) for kind in KINDS if kind in by_kind}
    return {kind: words for kind, words in known.items() if words}


def columns_by_kind(mapping: SurveyMapping) -> Iterable[tuple[str, str]]:
    """Give the kind of answers and the column, for all columns that hold answers."""
    for role, column in mapping.columns.items():
        if (kind := kind_of_role(role)) in KINDS:
            yield kind, column
    for both in mapping.touchpoints.values():
        yield from both.items()


def read_mapping(path: Path) -> tuple[str | None, SurveyMapping | None]:
    """Read a kept mapping.

    Args:
        path: The YAML file.

    Returns:
        The sheet it names, and the mapping; None where the file names no columns, so that they are
        guessed.

    Raises:
        InputError: If it is no such file; the message names the place.
    """
    form = f"a mapping with {listing(_KEYS)}"
    kept = read_yaml(path, "a mapping file", form)
    if not isinstance(kept, dict) or (unknown := set(kept) - set(_KEYS)):
        found = echo(next(iter(unknown))) if isinstance(kept, dict) else "no mapping"
        raise InputError(f"{path.name}: {found}", form, f"correct it{nearest(found, _KEYS)}")
    sheet = kept.get("sheet")
    if sheet is not None and not isinstance(sheet, str):
        raise InputError(f"{path.name}, sheet: {echo(sheet)}", "a name", "put it in quotes")
    if not {"columns", "touchpoints"} & set(kept):
        return sheet, None
    if kept.get("form") not in {"wide", "long"}:
        raise InputError(f"{path.name}, form: {echo(kept.get('form'))}", "wide, long", "choose one")
    is_wide = kept["form"] == "wide"
    touchpoints = _texts_of_texts(path, kept, "touchpoints", (CONTACT, GRADE)) if is_wide else {}
    return sheet, SurveyMapping(
        cast("Form", kept["form"]),
        _texts(path, "columns", kept.get("columns"), PERSON if is_wide else (*PERSON, *LONG)),
        touchpoints,
        _known_answers(path, kept),
        tuple(str(one) for one in kept.get("left_out") or ()),
        sheet,
    )


def _texts(path: Path, where: str, found: object, allowed: Iterable[str] | None) -> dict[str, str]:
    """Check one level of names and texts."""
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise InputError(f"{path.name}, {where}: {echo(found)}", "names and texts", "correct it")
    for name, text in found.items():
        if allowed is not None and name not in set(allowed):
            raise InputError(
                f"{path.name}, {where}: {echo(name)}",
                listing(allowed),
                f"correct the name{nearest(name, allowed)}",
            )
        if isinstance(text, dict | list) or text is None:
            raise InputError(
                f"{path.name}, {where}, {echo(name)}: {echo(text)}", "a text", "correct it"
            )
    return {_word(name): _word(text) for name, text in found.items()}


def _word(found: object) -> str:
    """Write what YAML read as the text that stood there; an unquoted yes is a boolean to it."""
    return ("yes" if found else "no") if isinstance(found, bool) else str(found)


def _texts_of_texts(
    path: Path, kept: Mapping[str, Any], part: str, allowed: Iterable[str] | None
) -> dict[str, dict[str, str]]:
    found = kept.get(part) or {}
    if not isinstance(found, dict) or len(found) > _MOST_TOUCHPOINTS:
        raise InputError(
            f"{path.name}, {part}: {echo(type(found).__name__)} of {len(found):,}",
            f"{_MOST_TOUCHPOINTS} names at most, each with its own lines",
            "correct it",
        )
    return {
        _word(name): _texts(path, f"{part}, {_word(name)}", inner, allowed)
        for name, inner in found.items()
    }


def _known_answers(path: Path, kept: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    answers = _texts_of_texts(path, kept, "answers", None)
    for kind, words in answers.items():
        if kind not in KINDS:
            raise InputError(
                f"{path.name}, answers: {echo(kind)}", listing(KINDS), "correct the name"
            )
        for word, value in words.items():
            if kind == CONTACT and value.casefold() not in FLAGS:
                raise InputError(
                    f"{path.name}, answers, contact, {echo(word)}: {echo(value)}",
                    "yes, no",
                    "say which of the two it stands for",
                )
            if kind == GRADE and value != NO_CONTACT and not value.isdigit():
                raise InputError(
                    f"{path.name}, answers, grade, {echo(word)}: {echo(value)}",
                    f"1 to 6, or {NO_CONTACT}",
                    "say which grade it stands for",
                )
    return answers


def require_fit(mapping: SurveyMapping, grid: Grid, where: str) -> None:
    """Check a mapping against the file it is for.

    Raises:
        InputError: If it names a column that is not there or one twice, or has no grades.
    """
    columns = mapping.table["column"].tolist()
    for column in columns:
        if column not in grid.headings:
            raise InputError(
                f"no column {echo(column)} in {echo(grid.name)}, which {where} names",
                f"one of its columns, {listing(map(echo, grid.headings[:30]))}",
                f"correct {where}{nearest(column, grid.headings)}, or delete it to guess anew",
            )
        if columns.count(column) > 1:
            raise InputError(
                f"column {echo(column)} taken for more than one thing",
                "each column once",
                f"correct {where}",
            )
    graded = mapping.columns if mapping.form == "long" else mapping.touchpoints
    missing = set(LONG) - set(graded) if mapping.form == "long" else not graded
    ungraded = [key for key, both in mapping.touchpoints.items() if GRADE not in both]
    if missing or ungraded or len(mapping.touchpoints) > _MOST_TOUCHPOINTS:
        raise InputError(
            f"no grades of touchpoints among the columns of {echo(grid.name)}, "
            f"{listing(map(echo, grid.headings[:12]))}"
            if not ungraded
            else f"touchpoint {echo(ungraded[0])} without a column of grades",
            f"a column grade_KEY for each touchpoint, {_MOST_TOUCHPOINTS} at most, or the columns "
            f"{TOUCHPOINT} and {GRADE}",
            f"name the columns in {where}",
        )
