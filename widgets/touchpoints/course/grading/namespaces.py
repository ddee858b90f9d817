"""Linux' namespaces: no network, no other processes, a file system that can't be written to.

An ordinary user may make them where the system lets him (many do; some, as Ubuntu from 24.04 on,
allow the namespace but no mounts in it; Docker's default refuses them).
"""

from __future__ import annotations

import ctypes
import os
from pathlib import Path
from typing import Final

from touchpoints.course.grading.system_calls import checked, libc

_MOUNT, _UTS, _IPC, _USER, _PROCESS, _NETWORK = (
    0x0002_0000,
    0x0400_0000,
    0x0800_0000,
    0x1000_0000,
    0x2000_0000,
    0x4000_0000,
)
_BIND, _RECURSIVE, _PRIVATE = 0x1000, 0x4000, 0x4_0000
_READ_ONLY, _NO_SET_ID, _NO_DEVICE, _NO_EXECUTE = 1, 2, 4, 8
_MOUNT_SETATTR: Final = 442
_AT_CWD: Final = -100
_AT_RECURSIVE: Final = 0x8000
_KEEP_CAPABILITIES: Final = 8
_MAY_READ: Final = 1 << 2
_CAPABILITIES_VERSION: Final = 0x2008_0522
NOBODY: Final = 65534


class _MountAttributes(ctypes.Structure):
    _fields_ = (
        ("set", ctypes.c_uint64),
        ("clear", ctypes.c_uint64),
        ("propagation", ctypes.c_uint64),
        ("user", ctypes.c_uint64),
    )


def leave_the_machine() -> None:
    """Enter namespaces of one's own; children are then alone in theirs.

    Its users are still to be named: `name_users`.

    Raises:
        OSError: If the system allows none, or this process has threads.
    """
    checked(libc().unshare(_USER | _MOUNT | _UTS | _IPC | _PROCESS | _NETWORK))


def name_users(process: int) -> None:
    """Say who a process is, which has left the machine: nobody else than before.

    Root's process may become nobody there.

    Raises:
        OSError: If the system does not let us.
    """
    home = Path(f"/proc/{process}")
    (home / "setgroups").write_text("deny", encoding="ascii")
    for kind, own in (("uid_map", os.geteuid()), ("gid_map", os.getegid())):
        lines = [f"{own} {own} 1", *([f"{NOBODY} {NOBODY} 1"] if os.geteuid() == 0 else [])]
        (home / kind).write_text("\n".join(lines), encoding="ascii")


def give_up_rights() -> None:
    """Give up what the first user of a namespace may do in it; root becomes nobody.

    What was root's may still be read, as Python may lie there: `landlock.py` says what.

    Raises:
        OSError: If the system does not let us.
    """
    kept = 0
    if os.geteuid() == 0:
        checked(libc().prctl(_KEEP_CAPABILITIES, 1, 0, 0, 0))
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
        kept = _MAY_READ
    header = (ctypes.c_uint32 * 2)(_CAPABILITIES_VERSION, 0)
    rights = (ctypes.c_uint32 * 6)(kept, kept, 0, 0, 0, 0)
    checked(libc().capset(ctypes.byref(header), ctypes.byref(rights)))


def write_only_in(folder: str) -> None:
    """Make every mount read-only except one folder.

    Raises:
        OSError: If the system allows no mounts here.
    """
    path = os.fsencode(folder)
    _mount(None, b"/", None, _RECURSIVE | _PRIVATE)
    _mount(path, path, None, _BIND)
    _set_attributes(b"/", _AT_RECURSIVE, _MountAttributes(set=_READ_ONLY))
    _set_attributes(path, 0, _MountAttributes(clear=_READ_ONLY))
    os.chdir(folder)  # what was the folder before lies below the read-only mount


def see_own_processes() -> None:
    """Show only the processes of the own namespace under `/proc`.

    Raises:
        OSError: If the system allows no mounts here.
    """
    _mount(b"proc", b"/proc", b"proc", _READ_ONLY | _NO_SET_ID | _NO_DEVICE | _NO_EXECUTE)


def _mount(source: bytes | None, target: bytes, kind: bytes | None, flags: int) -> None:
    checked(libc().mount(source, target, kind, ctypes.c_ulong(flags), None))


def _set_attributes(path: bytes, flags: int, attributes: _MountAttributes) -> None:
    size = ctypes.sizeof(attributes)
    checked(libc().syscall(_MOUNT_SETATTR, _AT_CWD, path, flags, ctypes.byref(attributes), size))
