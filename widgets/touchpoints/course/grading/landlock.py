"""Linux' Landlock: a process gives up, for good, all files but those it names.

Any user may do it, without rights and without namespaces (Linux 5.13 and later, where it is
switched on). Numbers are those of the kernel's `linux/landlock.h`; the system calls have the same
numbers on every processor.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable
from typing import Final

from touchpoints.course.grading.system_calls import checked, libc

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_VERSION: Final = 1
_PATH_BENEATH: Final = 1
_NO_NEW_PRIVILEGES: Final = 38

_EXECUTE, _WRITE, _READ_FILE, _READ_DIR = (1 << bit for bit in range(4))
_TRUNCATE, _IOCTL = 1 << 14, 1 << 15
_READING: Final = _EXECUTE | _READ_FILE | _READ_DIR
_OF_FILES: Final = _EXECUTE | _WRITE | _READ_FILE | _TRUNCATE | _IOCTL
#: How many rights to files each version knows; the last counts for all later ones.
_RIGHTS: Final = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_WITH_NETWORK: Final = 4
_WITH_SCOPES: Final = 6


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64),
        ("network", ctypes.c_uint64),
        ("scopes", ctypes.c_uint64),
    )


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def landlock_version() -> int:
    """Return the version of Landlock that this kernel offers; 0 if none."""
    try:
        return max(0, int(libc().syscall(_CREATE, None, 0, _VERSION)))
    except (AttributeError, OSError):
        return 0


def give_up_files(readable: Iterable[str], writable: Iterable[str]) -> None:
    """Keep what is named and give up everything else, also for all later children.

    From version 4 on TCP goes too; from version 6 signals to processes outside.

    Args:
        readable: Files and folders that may be read and executed; missing ones are passed over.
        writable: Files and folders where everything is allowed.

    Raises:
        OSError: If the kernel refuses.
    """
    version = landlock_version()
    everything = (1 << _RIGHTS.get(version, _RIGHTS[5])) - 1
    rules = _Ruleset(
        files=everything,
        network=0b11 if version >= _WITH_NETWORK else 0,
        scopes=0b11 if version >= _WITH_SCOPES else 0,
    )
    size = 24 if version >= _WITH_SCOPES else 16 if version >= _WITH_NETWORK else 8
    ruleset = _called(_CREATE, ctypes.byref(rules), size, 0)
    try:
        for paths, rights in ((readable, _READING), (writable, everything)):
            for path in paths:
                _allow(ruleset, path, rights & everything)
        checked(libc().prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0))
        _called(_RESTRICT, ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        allowed = rights if os.path.isdir(path) else rights & _OF_FILES  # noqa: PTH112
        rule = _Beneath(allowed=allowed, parent=opened)
        _called(_ADD, ruleset, _PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(opened)


def _called(*arguments: object) -> int:
    return checked(int(libc().syscall(*arguments)))
