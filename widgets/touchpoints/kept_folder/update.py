"""Bring a folder up to date, and leave alone what its owner changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from touchpoints.core.errors import InputError, echo
from touchpoints.kept_folder.manifest import digest, inside, manifest_text, read_manifest
from touchpoints.writing import write_whole

#: Where new versions go of files that the owner changed. A folder of their own, so that nothing
#: strays among what students are given, and so that a notebook keeps the ending that opens it.
NEW_VERSIONS: Final = "new-versions"


@dataclass
class Outcome:
    """What became of the files, by path.

    Attributes:
        written: New ones.
        updated: Those that had been as the kit wrote them.
        unchanged: Those that are as they shall be.
        kept: Those that the owner changed; left alone.
        offered: Those of them whose new version lies in `new-versions`.
        stay_deleted: Those that the owner deleted.
        removed: Those that are no longer made and were as the kit wrote them.
        left_over: Those that are no longer made, but were changed.
    """

    written: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)
    stay_deleted: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    left_over: list[str] = field(default_factory=list)


def update_folder(folder: Path, files: Mapping[str, bytes], manifest: str) -> Outcome:
    """Write the kit's files into a folder; what its owner changed or deleted stays as it is.

    Three versions of each file are compared: what the kit wrote last (its hash is in the
    manifest), what is there, and what the kit would write now. Each file is written beside its
    place and put there in one step. The manifest is written first and last, so that a run that
    broke off is taken up by the next.

    Args:
        folder: The folder; made if it isn't there.
        files: Content by path, relative to the folder.
        manifest: Name of the file in it that remembers what the kit wrote.

    Returns:
        What became of the files.

    Raises:
        InputError: If the folder can't be written to, its manifest is odd, or a link is in the way.
    """
    record = inside(folder, manifest)
    before = read_manifest(record) if record.exists() else {}
    for path in (*files, *before):
        inside(folder, path)
    outcome = Outcome()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _put(record, manifest_text(before))
        after = _write(folder, files, before, outcome)
        _remove(folder, {p: h for p, h in before.items() if p not in after}, outcome)
        _put(record, manifest_text(after))
    except OSError as error:
        raise InputError(
            f"{echo(str(error.filename or folder))}, which can't be written ({error.strerror})",
            "a place to write to",
            "close what holds it open, or name another folder, and run the command again",
        ) from None
    return outcome


def _write(
    folder: Path, files: Mapping[str, bytes], before: Mapping[str, str], outcome: Outcome
) -> dict[str, str]:
    """Write what is new or was left as the kit wrote it; return the manifest's entries."""
    after: dict[str, str] = {}
    for path, content in files.items():
        new, base = digest(content), before.get(path)
        place = folder / path
        there = digest(place.read_bytes()) if place.is_file() else None
        after[path] = new
        if there == new:
            outcome.unchanged.append(path)
        elif there is None and base is None:
            _put(place, content)
            outcome.written.append(path)
        elif there is None:
            outcome.stay_deleted.append(path)
        elif there == base:
            _put(place, content)
            outcome.updated.append(path)
        else:
            outcome.kept.append(path)
            after |= _offer(folder, path, content, before, outcome)
    return after


def _offer(
    folder: Path, path: str, content: bytes, before: Mapping[str, str], outcome: Outcome
) -> dict[str, str]:
    """Put the new version of a changed file aside, once for each version."""
    aside = f"{NEW_VERSIONS}/{path}"
    new = digest(content)
    place = inside(folder, aside)
    if before.get(path) == new:  # said and offered before, or changed since it was written
        return {aside: before[aside]} if aside in before else {}
    if place.is_file() and digest(place.read_bytes()) != before.get(aside):
        outcome.kept.append(aside)
        return {}
    _put(place, content)
    outcome.offered.append(path)
    return {aside: new}


def _remove(folder: Path, gone: Mapping[str, str], outcome: Outcome) -> None:
    """Remove what is no longer made, unless it was changed."""
    for path, written in gone.items():
        place = folder / path
        if not place.is_file():
            continue
        if digest(place.read_bytes()) != written:
            outcome.left_over.append(path)
            continue
        place.unlink()
        if not path.startswith(f"{NEW_VERSIONS}/"):
            outcome.removed.append(path)
        for above in place.relative_to(folder).parents:
            if above != Path() and not any((folder / above).iterdir()):
                (folder / above).rmdir()


def _put(place: Path, content: bytes) -> None:
    """Write a file beside its place and put it there in one step."""
    place.parent.mkdir(parents=True, exist_ok=True)
    write_whole(place, content, overwrite=True)
