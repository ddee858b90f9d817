"""The lecturer's key: what turns a student's id into a code, a company, a world and a survey.

What it promises. Everything about a student's data is drawn with HMAC-SHA256 under 32 random bytes.
Without them nobody can compute which code belongs to which student, nor draw a student's truth
again from the published source, not even by trying all ids of a university. Codes of one student in
two courses have nothing in common.

What it does not promise. The truth works in the data, so it can in part be *estimated* from them:
that is the task. A student knows the own code, and two students can tell each other theirs. Who has
the key file, or the lecturer's folder, has everything.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from touchpoints.core.errors import InputError, echo
from touchpoints.course.students.choices import Choices

#: Counts up when the same key and student would give other data.
FORMAT: Final = 1
_SECRET_BYTES: Final = 32
_WARNING: Final = (
    "PRIVATE. Who has this file can work out every student's data and expected answers. "
    "Keep it off learning platforms and repositories, and keep a copy in a safe place: "
    "without it nothing can be made again."
)
_FORM: Final = "a key file as `touchpoints course data` makes it"
_LONGEST_COURSE: Final = 200


@dataclass(frozen=True)
class CourseKey:
    """The secret of one course.

    Attributes:
        course: Name of the course; it is part of every draw.
        secret: 32 random bytes, never shown.

    Example:
        >>> key = CourseKey("Marketing 2026", bytes(32))
        >>> key.code("a.b@example.org") == key.code(" A.B@example.org")
        True
        >>> len(key.code("4711"))
        12
    """

    course: str
    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if not self.course.strip() or len(self.course) > _LONGEST_COURSE:
            raise InputError(
                f"course {echo(self.course)}",
                f"a name of 1 to {_LONGEST_COURSE} characters",
                "name the course",
            )
        if len(self.secret) != _SECRET_BYTES:
            raise InputError(
                f"a secret of {len(self.secret)} bytes", f"{_SECRET_BYTES} bytes", "make a new key"
            )

    @classmethod
    def new(cls, course: str) -> CourseKey:
        """Make a key from the system's source of randomness."""
        return cls(course, secrets.token_bytes(_SECRET_BYTES))

    @classmethod
    def read(cls, path: Path) -> CourseKey:
        """Read a key file.

        Raises:
            InputError: If it can't be read or is no key file; the message never shows the secret.
        """
        try:
            found = json.loads(path.read_bytes().decode("utf-8"))
            version, course = found["format"], found["course"]
            secret = bytes.fromhex(found["secret"])
        except OSError as error:
            raise InputError(
                f"{echo(str(path))}, which can't be read ({error.strerror})",
                _FORM,
                "check the path",
            ) from None
        except (ValueError, KeyError, TypeError, RecursionError):
            raise InputError(
                f"{echo(path.name)}, which is no key file", _FORM, "take the copy you kept"
            ) from None
        if version != FORMAT or not isinstance(course, str):
            raise InputError(
                f"{echo(path.name)} of format {echo(version)}",
                f"format {FORMAT}",
                "use the version of the kit that made it",
            )
        return cls(course, secret)

    def write(self, path: Path) -> None:
        """Write a key file that only its owner may read, and never over another file.

        Raises:
            InputError: If something is there already, or it can't be written.
        """
        content = {
            "warning": _WARNING,
            "format": FORMAT,
            "course": self.course,
            "secret": self.secret.hex(),
        }
        text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
        beside = path.with_name(f".{secrets.token_hex(8)}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(text.encode("utf-8"))
                file.flush()
                os.fsync(file.fileno())
            if os.path.lexists(path):
                raise InputError(
                    f"{echo(str(path))}, which is there already",
                    "a place without a key",
                    "read the key that is there, or name another place",
                )
            beside.rename(path)
        except OSError as error:
            raise InputError(
                f"{echo(str(path))}, which can't be written ({error.strerror})",
                "a place to write to",
                "name another",
            ) from None
        finally:
            beside.unlink(missing_ok=True)

    def code(self, student: str) -> str:
        """Return the code that stands for a student in files and folders, as `tk-7f3a-92c1`."""
        digits = self._hash("code", student).hex()
        return f"tk-{digits[:4]}-{digits[4:8]}"

    def choices(self, student: str) -> Choices:
        """Return what is drawn for a student."""
        return Choices(self._hash("data", student))

    def _hash(self, purpose: str, student: str) -> bytes:
        # As JSON, so that no course and id together read like another course and id.
        message = json.dumps([FORMAT, purpose, self.course, folded(student)])
        return hmac.new(self.secret, message.encode("utf-8"), hashlib.sha256).digest()


def folded(student: str) -> str:
    r"""Return a student's id without what platforms change: case, spaces around it, Unicode form.

    Example:
        >>> folded(" Müller ") == folded("MU\u0308LLER")
        True
    """
    composed = unicodedata.normalize("NFKC", student.strip())
    return unicodedata.normalize("NFKC", composed.casefold())
