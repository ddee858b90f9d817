"""Read the roster of a course."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

from touchpoints.core.errors import InputError, echo
from touchpoints.course.grading.people import Person

_LARGEST_MB: Final = 10
#: How platforms head these columns, in English and German.
_HEADINGS: Final = {
    "student": ("student", "id", "student_id", "id number", "sis user id", "matrikelnummer"),
    "surname": ("surname", "last name", "lastname", "last_name", "nachname", "familienname"),
    "given": ("given", "first name", "firstname", "first_name", "given name", "vorname"),
    "login": ("login", "username", "user name", "sis login id", "anmeldename", "benutzername"),
    "email": ("email", "e-mail", "email address", "mail", "e-mail-adresse"),
}
_FORM: Final = "a CSV file with a column `student` (or `id`); surname, given, login, email if known"


def read_people(path: Path) -> tuple[Person, ...]:
    """Read the roster.

    Args:
        path: CSV in UTF-8 with headings; comma, semicolon or tab between the cells.

    Returns:
        One person a row; rows without an id are an error.

    Raises:
        InputError: If it can't be read, has no column of ids, or an id is missing or twice.
    """
    text = _text(path)
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    rows = list(csv.reader(text.splitlines(), delimiter=delimiter))
    headings = [cell.strip().casefold() for cell in rows[0]] if rows else []
    places = {
        field: next((headings.index(name) for name in names if name in headings), None)
        for field, names in _HEADINGS.items()
    }
    if places["student"] is None:
        raise InputError(f"{path.name} with the columns {echo(head)}", _FORM, "add the column")
    people = []
    for number, row in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in row):
            cells = {
                field: row[place].strip() if place is not None and place < len(row) else ""
                for field, place in places.items()
            }
            people.append(_person(cells, f"{path.name}, row {number}"))
    _require_different(people, path.name)
    return tuple(people)


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST_MB * 1_000_000 + 1)
        if len(content) > _LARGEST_MB * 1_000_000:
            raise InputError(f"{path.name} with more than {_LARGEST_MB} MB", _FORM, "check it")
        return content.decode("utf-8-sig")
    except OSError as error:
        raise InputError(
            f"{echo(str(path))}, which can't be read ({error.strerror})", _FORM, "check the path"
        ) from None
    except UnicodeDecodeError:
        raise InputError(f"{path.name}, which is not in UTF-8", _FORM, "save it as UTF-8") from None


def _person(cells: dict[str, str], where: str) -> Person:
    if not cells["student"]:
        raise InputError(f"{where}: no id", "an id for everyone", "fill it in")
    return Person(**cells)


def _require_different(people: list[Person], name: str) -> None:
    seen: set[str] = set()
    for person in people:
        if (key := person.student.casefold()) in seen:
            raise InputError(
                f"{name}: {echo(person.student)} twice", "each id once", "remove one of the rows"
            )
        seen.add(key)
