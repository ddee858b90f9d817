"""Own touchpoints that a student enters: are they complete, and do the answers fit them?

There is no truth about a company of the student's choice. What is computed from the entries must
fit the entries.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, Final

import pandas as pd

from touchpoints.core.errors import InputError, listing
from touchpoints.core.scoring import SCORECARD_COLUMNS, TouchpointScores, score_touchpoints
from touchpoints.core.vocabulary import MEDIA
from touchpoints.course.answers import form
from touchpoints.course.answers.frames import as_numbers
from touchpoints.course.answers.targets import Target, count, target

_LEAST: Final = 5
_LEAST_PHASES: Final = 3
_NEAR: Final = 0.006

Row = dict[str, Any]


def read_own(name: str, answer: object) -> list[Row]:
    """Return own touchpoints as rows.

    Args:
        name: Of the variable.
        answer: A data frame or a list of dictionaries with the columns of a scorecard.

    Returns:
        One dictionary a touchpoint.

    Raises:
        AssertionError: If they are too few, incomplete, or hold something that is not allowed.
    """
    rows = form.plain_answer(name, answer)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise AssertionError(f"{name} should be a data frame or a list of dictionaries.")
    if len(rows) < _LEAST:
        raise AssertionError(f"{name} holds {len(rows)} touchpoints; enter {_LEAST} or more.")
    for place, row in enumerate(rows, 1):
        _require_complete(name, place, row)
    try:
        _scores(json.dumps(rows))
    except InputError as error:
        raise AssertionError(f"{name}: {error}") from None
    if len({row["contact_phase"] for row in rows}) < _LEAST_PHASES:
        raise AssertionError("Enter touchpoints of three phases or more.")
    if {row["medium"] for row in rows} != set(MEDIA):
        raise AssertionError("Enter touchpoints of both media, offline and online.")
    if len({row["grade"] for row in rows}) == 1:
        raise AssertionError("All your touchpoints have the same grade. Are they all alike?")
    return rows


def same_names(name: str, answer: object, own: object) -> None:
    """Pass if an answer holds a number for each of the own touchpoints, by its name.

    Args:
        name: Of the variable.
        answer: What it holds.
        own: The own touchpoints, as `read_own` takes them.

    Raises:
        AssertionError: If the names are others.
    """
    found = form.numbers(name, answer, "touchpoint")
    if set(found) != {str(row["touchpoint"]) for row in read_own("own", own)}:
        raise AssertionError(
            f"{name} should have the names of your touchpoints as keys: "
            'begin with own.set_index("touchpoint").'
        )


def own_targets(rows: list[Row]) -> dict[str, Target]:
    """Compute what follows from own touchpoints.

    Args:
        rows: As `read_own` returns them.

    Returns:
        `priority_linear` and `priority_only_best` by touchpoint, `first_linear` and
        `first_only_best`, `weakest` (several where they are equal), `differ`.
    """
    scores = _scores(json.dumps(rows))
    table = scores.table.set_index("touchpoint")
    importance, found = table["importance"].astype(float), {}
    weight = table["moment_of_truth"].map({True: scores.rule.moment_of_truth_weight, False: 1.0})
    first = {}
    for name in ("linear", "only_best"):
        quality, rank = table[f"quality_{name}"], table[f"rank_{name}"]
        found[f"priority_{name}"] = target(
            as_numbers(table[f"priority_{name}"]),
            _NEAR,
            {
                "no_weight": as_numbers(importance * (1 - quality)),
                "turned": as_numbers(importance * quality * weight),
                "no_importance": as_numbers((1 - quality) * weight),
            },
        )
        first[name] = [str(key) for key in table.index[rank == 1]]
        found[f"first_{name}"] = count(first[name])
    worst = table["grade"].astype(float)
    found["weakest"] = count(
        [str(key) for key in table.index[worst == worst.max()]], {"best": str(worst.idxmin())}
    )
    found["differ"] = count(first["linear"] != first["only_best"])
    return found


def _require_complete(name: str, place: int, row: Row) -> None:
    """Pass if a touchpoint has all that a scorecard asks for."""
    missing = [column for column in SCORECARD_COLUMNS if column not in row]
    if missing:
        raise AssertionError(
            f"{name} has no column {listing(missing)}; write the names as in the task, in small "
            "letters."
        )
    lacking = [column for column in SCORECARD_COLUMNS if row[column] is None]
    if lacking:
        raise AssertionError(f"Row {place} of {name} lacks {listing(lacking)}.")
    if not str(row["touchpoint"]).strip():
        raise AssertionError(f"Row {place} of {name} has no name.")
    if not isinstance(row["moment_of_truth"], bool | int):
        raise AssertionError(  # noqa: TRY004  (what a test says)
            "moment_of_truth should be True or False, without quotes."
        )


@lru_cache(maxsize=8)
def _scores(rows: str) -> TouchpointScores:
    """Score rows given as text: each test of an assignment asks for the same ones."""
    frame = pd.DataFrame(json.loads(rows))[list(SCORECARD_COLUMNS)]
    return score_touchpoints(frame.assign(touchpoint=frame["touchpoint"].astype(str)))
