"""Put files on disk: whole or not at all, and never over something else by accident."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from touchpoints.core.errors import InputError, echo

#: Names of what is being written, as `glob` takes them.
HALF: Final = ".*.part"


def require_free(out: Path, source: Path | None = None, *, overwrite: bool) -> None:
    """Check that a file may be written here, before anything is computed.

    Args:
        out: Where it is to stand.
        source: The file that it is made from, if it is one.
        overwrite: Whether a file that is there may go.

    Raises:
        InputError: If there is no such folder, or something is there that has to stay.
    """
    if not out.parent.is_dir():
        raise InputError(
            f"no folder {echo(str(out.parent))}", "a folder that is there", "make it first"
        )
    if out.is_dir():
        raise InputError(f"{echo(str(out))}, which is a folder", "a file", "add the name of a file")
    if source and out.exists() and source.exists() and out.samefile(source):
        raise InputError(
            "the file that is read as the place to write to",
            "another place",
            "name it with -o",
        )
    if not overwrite and os.path.lexists(out):
        raise _there(out)


def write_whole(out: Path, content: str | bytes, *, overwrite: bool = False) -> None:
    """Write a file beside its place and then put it there.

    Args:
        out: Where it is to stand.
        content: What it is to hold; a text is written in UTF-8.
        overwrite: Whether a file that is there may go.

    Raises:
        InputError: If it can't be written, or something has come to stand there.
    """
    beside = _beside(out)
    try:
        with beside.open("xb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        if overwrite:
            beside.replace(out)
        else:
            _place(beside, out)
    except OSError as error:
        raise _unwritable(out, error) from None
    finally:
        beside.unlink(missing_ok=True)


def write_folder(folder: Path, files: Mapping[str, bytes], *, overwrite: bool = False) -> None:
    """Write files beside their place and then give the folder its name, so that nothing is half.

    Args:
        folder: Where they are to lie; folders above it are made.
        files: Content by name.
        overwrite: Whether a folder that is there may go with all that is in it, else an empty one
            alone.

    Raises:
        InputError: If it can't be written, or something stands there that has to stay.
    """
    place = folder.absolute()
    beside = _beside(place)
    try:
        beside.mkdir(parents=True)
        for name, content in files.items():
            (beside / name).write_bytes(content)
        if place.exists():
            shutil.rmtree(place) if overwrite else place.rmdir()
        beside.rename(place)
    except OSError as error:
        raise _unwritable(folder, error) from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _beside(place: Path) -> Path:
    return place.with_name(f".{secrets.token_hex(8)}.part")


def _unwritable(place: Path, error: OSError) -> InputError:
    return InputError(
        f"{echo(str(place))}, which can't be written ({error.strerror})",
        "a place to write to",
        "name another, or look at the space that is left",
    )


def _place(beside: Path, out: Path) -> None:
    """Give the file its name, unless something has that name by now."""
    try:
        os.link(beside, out)  # fails where something stands, in one step
    except FileExistsError:
        raise _there(out) from None
    except OSError:  # a file system without links
        if os.path.lexists(out):
            raise _there(out) from None
        beside.replace(out)


def _there(out: Path) -> InputError:
    return InputError(
        f"{echo(str(out))}, which is there already",
        "a name that is free",
        "name another with -o, or add --overwrite",
    )
