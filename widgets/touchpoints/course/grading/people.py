"""Who is in the course, and whose work a file or folder is by its name."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Person:
    """One line of the roster.

    Attributes:
        student: The id that the student's data were made for.
        surname: Family name; may be empty.
        given: Given name; may be empty.
        login: Name on the learning platform; may be empty.
        email: May be empty.
    """

    student: str
    surname: str = ""
    given: str = ""
    login: str = ""
    email: str = ""

    @property
    def name(self) -> str:
        """The name as people write it."""
        return f"{self.given} {self.surname}".strip()


@dataclass(frozen=True)
class Whose:
    """What a name of a file or folder tells.

    Attributes:
        person: Whose it is; None if nobody's.
        platform: Number that the learning platform gave the person, or "".
        why: If it is nobody's: why.
    """

    person: Person | None
    platform: str = ""
    why: str = ""


#: Moodle: "Surname Given_12345_assignsubmission_file_".
_MOODLE: Final = re.compile(r"(?P<name>.+)_(?P<number>\d+)_assignsubmission_\w+?_*")
#: ILIAS: "Surname_Given_login_12345".
_ILIAS: Final = re.compile(r"(?P<name>[^_]+_[^_]+)_(?P<login>.+)_(?P<number>\d+)")
#: Canvas: "surnamegiven_12345_67890_file", with "LATE" where it came late.
_CANVAS: Final = re.compile(r"(?P<name>[^_]+)_(?:LATE_)?(?P<number>\d+)_\d+_.+")


class Finder:
    """Finds persons by the names that learning platforms give to files and folders.

    Args:
        people: The roster.

    Example:
        >>> finder = Finder([Person("4711", "Ernst", "Ada"), Person("4712", "Roth", "Bo")])
        >>> finder.whose("Ada Ernst_88_assignsubmission_file_")
        Whose(person=Person(student='4711', surname='Ernst', given='Ada', login='', email=''),
        platform='88', why='')
        >>> finder.whose("rothbo_5_6_first_look").person.student
        '4712'
    """

    def __init__(self, people: Iterable[Person]) -> None:
        self._ids: dict[str, list[Person]] = defaultdict(list)
        self._names: dict[str, list[Person]] = defaultdict(list)
        for person in people:
            keys = (person.student, person.login, person.email, person.email.partition("@")[0])
            for key in {_letters(key) for key in keys if key}:
                self._ids[key].append(person)
            for first, second in ((person.surname, person.given), (person.given, person.surname)):
                for spelt in {_letters(first + second), _umlauts(first + second)}:
                    if spelt and person not in self._names[spelt]:
                        self._names[spelt].append(person)

    def whose(self, name: str) -> Whose:
        """Say whose a file or folder is.

        Args:
            name: Its name, without an ending.
        """
        if found := self._ids.get(_letters(name)):
            return _one(found, "")
        for form in (_MOODLE, _CANVAS, _ILIAS):
            if match := form.fullmatch(name):
                parts = match.groupdict()
                keys = [self._ids.get(_letters(parts.get("login") or ""))]
                keys += [self._names.get(way(parts["name"])) for way in (_letters, _umlauts)]
                keys += [self._ids.get(_letters(parts["name"]))]
                if found := next((people for people in keys if people), None):
                    return _one(found, parts["number"])
        return _one(self._names.get(_letters(name), []), "")


def _one(found: Sequence[Person], number: str) -> Whose:
    if len(found) == 1:
        return Whose(found[0], number)
    if found:
        return Whose(None, number, "several in the roster have this name: name it by the id")
    return Whose(None, number, "nobody in the roster has this name or id")


def _letters(text: str) -> str:
    """Return letters and digits alone, without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if sign.isalnum())


_SPELT: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def _umlauts(text: str) -> str:
    """Return the letters as those write them who have no umlauts."""
    return _letters(unicodedata.normalize("NFC", text.casefold()).translate(_SPELT))
