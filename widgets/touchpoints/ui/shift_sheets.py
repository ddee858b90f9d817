"""Sheets of the five-shifts self-assessment: answers of one person or a team, as plain data."""

from __future__ import annotations

from typing import Any, Final

import narwhals as nw
import pandas as pd

from touchpoints.core.errors import InputError, echo
from touchpoints.core.frames import (
    IntoFrame,
    require_among,
    require_columns,
    require_rows,
    require_unique,
    require_whole_numbers,
    to_eager,
)
from touchpoints.core.vocabulary import SHIFT_ANSWERS, SHIFTS

#: The two positions: what the person practises, and where the own company stands.
SIDES: Final = ("own", "company")

#: The team panel takes in no more members than this.
MOST_MEMBERS: Final = 100

_MEMBER: Final = ("sheet", "person", "file", "rows")


def sheet_of(frame: IntoFrame | None) -> list[dict[str, Any]]:
    """Turn a frame of one person's answers into the rows of a sheet, one a shift.

    Args:
        frame: Columns `shift` and, as far as there are any, `own`, `company` (1 to 5 or nothing),
            `note`. Without a frame all is left open.

    Raises:
        InputError: If a value is not allowed or a shift stands twice: with row, value and cure.
    """
    return checked_sheet([] if frame is None else _records(frame, ("shift",)))


def checked_sheet(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows of a sheet in the essay's order; what is not there is left open.

    Raises:
        InputError: If a value is not allowed or a shift stands twice: with row, value and cure.
    """
    data = nw.from_native(_frame(rows), eager_only=True)
    require_unique(data, "shift")
    require_among(data, "shift", SHIFTS)
    _require_answers(data)
    given = {row["shift"]: row for row in rows}
    return [_row(shift, given.get(shift, {})) for shift in SHIFTS]


def team_of(frame: IntoFrame | None) -> list[dict[str, Any]]:
    """Turn a frame of a team's answers into its members.

    Args:
        frame: One row a member and shift: `member`, `shift` and, as far as there are any, `own`,
            `company`, `note`. Without a frame nobody is in the team.

    Raises:
        InputError: If a value is not allowed, a member answers a shift twice, or there are more
            than 100 members.
    """
    if frame is None:
        return []
    sheets: dict[str, list[dict[str, Any]]] = {}
    for record in _records(frame, ("member", "shift")):
        sheets.setdefault(str(record["member"]), []).append(record)
    return checked_team(
        [
            {
                "sheet": f"frame-{number}",
                "person": person,
                "file": "Python",
                "rows": [{**row, "evidence": bool(row.get("note"))} for row in checked_sheet(rows)],
            }
            for number, (person, rows) in enumerate(sheets.items(), start=1)
        ]
    )


def checked_team(team: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the members of a team, each with five rows.

    Raises:
        InputError: If a member is incomplete or stands twice, a value is not allowed, or there are
            more than 100 members.
    """
    if len(team) > MOST_MEMBERS:
        raise InputError(
            f"{len(team)} members", f"at most {MOST_MEMBERS}", "split the team or ask fewer"
        )
    for number, member in enumerate(team, start=1):
        if not set(_MEMBER) <= set(member):
            raise InputError(
                f"member {number} with {', '.join(member) or 'nothing'}",
                f"a dictionary with {', '.join(_MEMBER)}",
                "assign what team_of(frame) gives",
            )
    sheets = [member["sheet"] for member in team]
    twice = next((sheet for sheet in sheets if sheets.count(sheet) > 1), None)
    if twice is not None:
        raise InputError(f"sheet {echo(twice)} twice", "each sheet once", "drop one of them")
    return [{**member, "rows": _member_rows(member["rows"])} for member in team]


def team_frame(team: list[dict[str, Any]]) -> pd.DataFrame:
    """Return a team as a frame, one row a member (numbered from 1) and shift."""
    rows = [
        {"member": number, "person": member["person"], **row}
        for number, member in enumerate(team, start=1)
        for row in member["rows"]
    ]
    frame = pd.DataFrame(rows, columns=["member", "person", "shift", *SIDES, "evidence"])
    return frame.astype(dict.fromkeys(SIDES, "Int64"))


def _records(frame: IntoFrame, needed: tuple[str, ...]) -> list[dict[str, Any]]:
    data = to_eager(frame)
    require_columns(data, needed)
    require_rows(data, "table of answers")
    for column in needed[:-1]:
        if data.get_column(column).null_count():
            raise InputError(f"column {column!r}: nothing", "a key in each row", "fill the cells")
    if not set(SIDES) & set(data.columns):
        raise InputError(
            f"no column of answers among {', '.join(data.columns)}",
            " or ".join(SIDES),
            "add or rename a column",
        )
    _require_answers(data)
    return data.rows(named=True)


def _require_answers(data: nw.DataFrame[Any]) -> None:
    for side in SIDES:
        if side in data.columns:
            require_whole_numbers(data, side, *SHIFT_ANSWERS, missing=True)


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Turn rows into a frame; answers that are whole numbers or nothing get a stable type."""
    frame = pd.DataFrame(rows, columns=["shift", *SIDES])
    plain = [side for side in SIDES if frame[side].map(_is_plain).all()]
    return frame.astype({"shift": "string", **dict.fromkeys(plain, "Int64")})


def _is_plain(value: object) -> bool:
    return bool(pd.isna(value)) or (isinstance(value, int) and not isinstance(value, bool))


def _row(shift: str, given: dict[str, Any]) -> dict[str, Any]:
    note = given.get("note")
    if note is None or note != note:
        note = ""
    if not isinstance(note, str):
        raise InputError(f"note of {shift} {echo(note)}", "a text", "write what was seen")
    return {"shift": shift, **{side: _answer(given.get(side)) for side in SIDES}, "note": note}


def _member_rows(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Check a member's answers; of notes a team keeps only whether there is one."""
    seen = {row.get("shift") for row in rows if row.get("evidence") is True}
    return [
        {
            "shift": row["shift"],
            **{side: row[side] for side in SIDES},
            "evidence": row["shift"] in seen,
        }
        for row in checked_sheet(rows)
    ]


def _answer(value: Any) -> int | None:  # noqa: ANN401
    return None if pd.isna(value) else int(value)
