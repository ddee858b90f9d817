"""Whose work a file or folder is, by its name."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from touchpoints.course.students.key import folded
from touchpoints.course.students.roster import Student


@dataclass(frozen=True)
class Whose:
    """What a name of a file or folder tells.

    Attributes:
        person: Whose it is; None if nobody's.
        platform: Number that the learning platform gave the person, or "".
        why: If it is nobody's: why.
    """

    person: Student | None
    platform: str = ""
    why: str = ""


#: Moodle: "Surname Given_12345_assignsubmission_file_".
_MOODLE: Final = re.compile(r"(?P<name>.+)_(?P<number>\d+)_assignsubmission_\w+")
#: ILIAS: "Surname_Given_login_12345".
_ILIAS: Final = re.compile(r"(?P<name>[^_]+_[^_]+)_(?P<login>.+)_(?P<number>\d+)")
#: Canvas: "surnamegiven_12345_67890_file", with "LATE" where it came late.
_CANVAS: Final = re.compile(r"(?P<name>[^_]+)_(?:LATE_)?(?P<number>\d+)_\d+_.+")


class Finder:
    """Finds students by the names that learning platforms give to files and folders.

    Args:
        students: The roster.

    Example:
        >>> finder = Finder([Student("4711", "Ada Ernst"), Student("4712", "Bo Roth")])
        >>> finder.whose("Ada Ernst_88_assignsubmission_file_")
        Whose(person=Student(id='4711', name='Ada Ernst'), platform='88', why='')
        >>> finder.whose("rothbo_5_6_first_look").person.id
        '4712'
    """

    def __init__(self, students: Iterable[Student]) -> None:
        self._ids: dict[str, list[Student]] = defaultdict(list)
        self._names: dict[str, list[Student]] = defaultdict(list)
        for student in students:
            for key in {folded(student.id), folded(student.id.partition("@")[0])}:
                self._ids[key].append(student)
            # Platforms put the family name first or last.
            words = student.name.replace(",", " ").split()
            turned = ("".join(words[n:] + words[:n]) for n in range(len(words)))
            for spelt in {way(name) for name in turned for way in (_letters, _umlauts)}:
                self._names[spelt].append(student)

    def whose(self, name: str) -> Whose:
        """Say whose a file or folder is.

        Args:
            name: Its name, without an ending.
        """
        if found := self._ids.get(folded(name)):
            return _one(found, "")
        for form in (_MOODLE, _CANVAS, _ILIAS):
            if match := form.fullmatch(name):
                parts = match.groupdict()
                keys = [self._ids.get(folded(parts.get("login") or ""))]
                keys += [self._names.get(way(parts["name"])) for way in (_letters, _umlauts)]
                keys += [self._ids.get(folded(parts["name"]))]
                if found := next((people for people in keys if people), None):
                    return _one(found, parts["number"])
        return _one(self._names.get(_letters(name), []), "")


def _one(found: Sequence[Student], number: str) -> Whose:
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
