"""A folder that the kit fills and its owner changes: what was changed is left alone."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from touchpoints.core.errors import InputError, echo
from touchpoints.writing import write_whole

#: Remembers in the folder which content the kit wrote.
RECORD: Final = ".touchpoints.json"


@dataclass(frozen=True)
class Update:
    """What happened to the files of a folder.

    Attributes:
        written: New, or brought up to date.
        same: Already as they should be.
        left: Changed by their owner, or not the kit's: left alone.
        old: Written by an earlier run and no longer made: left alone.
    """

    written: tuple[str, ...]
    same: tuple[str, ...]
    left: tuple[str, ...]
    old: tuple[str, ...]


def update_folder(folder: Path, files: Mapping[str, bytes]) -> Update:
    """Write files into a folder; what was changed since the kit wrote it stays as it is.

    Args:
        folder: Made if it is not there.
        files: Content by name, names without folders.

    Returns:
        What was done with each.

    Raises:
        InputError: If the folder or a file can't be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        record = _read_record(folder / RECORD)
        done: dict[str, list[str]] = {"written": [], "same": [], "left": []}
        for name, content in files.items():
            kind = _kind(folder / name, content, record.get(name))
            done[kind].append(name)
            if kind == "written":
                write_whole(folder / name, content, overwrite=True)
            if kind != "left":
                record[name] = _hash(content)
        write_whole(
            folder / RECORD, json.dumps(record, indent=1, sort_keys=True) + "\n", overwrite=True
        )
    except OSError as error:
        raise InputError(
            f"{echo(str(error.filename or folder))}, which can't be written ({error.strerror})",
            "a folder to write to",
            "name another",
        ) from None
    old = [name for name in record if name not in files and (folder / Path(name).name).exists()]
    return Update(
        tuple(done["written"]), tuple(done["same"]), tuple(done["left"]), tuple(sorted(old))
    )


def _kind(path: Path, content: bytes, recorded: str | None) -> str:
    if not os.path.lexists(path):
        return "written"
    if path.is_symlink() or not path.is_file():
        return "left"
    there = path.read_bytes()
    if there == content:
        return "same"
    return "written" if _hash(there) == recorded else "left"


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _read_record(path: Path) -> dict[str, str]:
    """Read what was written before; a broken record counts as none, so that nothing is replaced."""
    try:
        found = json.loads(path.read_bytes()) if path.is_file() else {}
    except ValueError:
        return {}
    pairs = found.items() if isinstance(found, dict) else ()
    return {name: value for name, value in pairs if isinstance(value, str)}
