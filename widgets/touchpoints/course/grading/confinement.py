"""Shut a process away before it executes what somebody handed in.

Each layer is set up if the system has it and left out if not; `trial.py` tries what holds.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from touchpoints.course.grading.limits import Limits

#: How the process that watches ends when time is over.
TIME_OVER: Final = 75
_NO_NAMESPACES: Final = 76
_YES: Final = b"y"
_MB: Final = 1024 * 1024
_TICK_SECONDS: Final = 0.02
#: What numerical libraries look at when they start.
_OF_THE_SYSTEM: Final = (
    "/usr",
    "/lib",
    "/lib64",
    "/bin",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/nsswitch.conf",
    "/etc/passwd",
    "/etc/ssl/openssl.cnf",
    "/proc",
    "/sys/devices/system/cpu",
)
_DEVICES: Final = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random")


def run_confined(
    work: Callable[[], None], limits: Limits, folder: str, readable: Sequence[str]
) -> int:
    """Run something in a process of its own that can do little else.

    Args:
        work: What shall be done there.
        limits: What it may use up.
        folder: The only place that it may write to.
        readable: Folders that it may read, besides the system's own.

    Returns:
        How it ended: 0 if all went well, `TIME_OVER`, the exit code, or 128 + the signal.
    """
    if not hasattr(os, "fork"):
        work()
        return 0
    watch = partial(_watched, work, limits, folder, readable)
    if sys.platform.startswith("linux"):
        code = _in_namespaces(watch, folder)
        if code is not None:
            return code
        # Without a namespace of their own they are counted together with the user's others.
        more = replace(limits, processes=limits.processes + _of_this_user())
        watch = partial(_watched, work, more, folder, readable)
    return watch()


def _in_namespaces(watch: Callable[[], int], folder: str) -> int | None:
    """Watch the work as the first process of its own namespaces; None if there are none."""
    left, named = os.pipe(), os.pipe()
    # A fork has one thread, whatever the libraries started, and only such a one may leave.
    leaver = os.fork()
    if leaver == 0:
        os._exit(_as_first(watch, folder, left[1], named[0]))
    os.close(left[1])
    os.close(named[0])
    with open(left[0], "rb") as said, open(named[1], "wb") as answer:  # noqa: PTH123
        if said.read(1):
            from touchpoints.course.grading import namespaces  # noqa: PLC0415  (Linux alone)

            with contextlib.suppress(OSError):
                namespaces.name_users(leaver)
                answer.write(_YES)
    code = os.waitstatus_to_exitcode(os.waitpid(leaver, 0)[1])
    return None if code == _NO_NAMESPACES else code


def _as_first(watch: Callable[[], int], folder: str, left: int, named: int) -> int:
    from touchpoints.course.grading import namespaces  # noqa: PLC0415  (Linux alone)

    try:
        die_with_parent()
        namespaces.leave_the_machine()
    except OSError:
        return _NO_NAMESPACES
    os.write(left, _YES)
    if os.read(named, 1) != _YES:
        return _NO_NAMESPACES
    with contextlib.suppress(OSError):
        namespaces.write_only_in(folder)
    first = os.fork()
    if first == 0:
        with contextlib.suppress(OSError):
            die_with_parent()
            namespaces.see_own_processes()
        # The first process of a namespace takes all others of it along when it ends.
        os._exit(watch())
    code = os.waitstatus_to_exitcode(os.waitpid(first, 0)[1])
    return code if code >= 0 else 128 - code


def _of_this_user() -> int:
    """Count the processes and threads that the user of this process has."""
    count = 0
    for entry in os.scandir("/proc") if sys.platform.startswith("linux") else ():
        with contextlib.suppress(OSError):
            if entry.name.isdigit() and entry.stat().st_uid == os.getuid():
                count += len(os.listdir(f"{entry.path}/task"))  # noqa: PTH208
    return count


def die_with_parent() -> None:
    """Have the kernel end this process when its parent ends, where it can (Linux)."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes  # noqa: PLC0415
    import signal  # noqa: PLC0415

    ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)


def _watched(work: Callable[[], None], limits: Limits, folder: str, readable: Sequence[str]) -> int:
    """Run the work in a child and watch the clock."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            _give_up(limits, folder, readable)
            work()
            code = 0
        finally:
            os._exit(code)
    end = time.monotonic() + limits.seconds + 1
    while time.monotonic() < end:
        ended, status = os.waitpid(-1, os.WNOHANG)
        if ended == child:
            code = os.waitstatus_to_exitcode(status)
            return code if code >= 0 else 128 - code
        if ended == 0:
            time.sleep(_TICK_SECONDS)
    os.kill(child, 9)
    return TIME_OVER


def _give_up(limits: Limits, folder: str, readable: Sequence[str]) -> None:
    _limit(limits)
    if sys.platform.startswith("linux"):
        from touchpoints.course.grading import landlock, namespaces  # noqa: PLC0415

        with contextlib.suppress(OSError):
            namespaces.give_up_rights()
        if landlock.landlock_version():
            with contextlib.suppress(OSError):
                landlock.give_up_files((*_OF_THE_SYSTEM, *readable), (folder, *_DEVICES))


def _limit(limits: Limits) -> None:
    import resource  # noqa: PLC0415  (not on Windows)

    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu = int(used.ru_utime + used.ru_stime + limits.seconds) + 2
    for name, most in (
        ("RLIMIT_AS", limits.memory_mb * _MB),
        ("RLIMIT_CPU", cpu),
        ("RLIMIT_FSIZE", limits.file_mb * _MB),
        ("RLIMIT_NPROC", limits.processes),
        ("RLIMIT_NOFILE", 256),
        ("RLIMIT_CORE", 0),
    ):
        with contextlib.suppress(AttributeError, ValueError, OSError):
            kind = getattr(resource, name)
            _, hard = resource.getrlimit(kind)
            least = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(kind, (least, least))
