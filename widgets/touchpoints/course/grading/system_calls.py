"""The C library, for what Linux offers and Python doesn't."""

from __future__ import annotations

import ctypes
import os


def libc() -> ctypes.CDLL:
    """Return the C library of this process, with the error of each call kept."""
    return ctypes.CDLL(None, use_errno=True)


def checked(result: int) -> int:
    """Return what a call gave.

    Raises:
        OSError: If it failed, which such calls tell by a number below 0.

    Example:
        >>> checked(3)
        3
    """
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result
