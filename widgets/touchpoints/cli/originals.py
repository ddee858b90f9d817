"""`touchpoints data get`: original files that the kit doesn't ship."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import Final

import pandas as pd
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

from touchpoints.cli.errors import CommandError
from touchpoints.core.errors import InputError, listing
from touchpoints.data import load
from touchpoints.originals.download import DownloadError, Limits, fetch
from touchpoints.originals.portal import MOST_BYTES, SEARCH_PAGE, YEARS, address
from touchpoints.originals.sfo_survey import require_agreement, survey_folder

#: Folders of files on their way; a command that was killed leaves one, and the next clears it.
_GETTING: Final = ".getting-"
_YEAR: Final = re.compile(r"(?<!\d)20\d\d(?!\d)")


def get_survey(at_hand: Path | None, limits: Limits | None = None) -> int:
    """Get the yearly files of the airport survey and accept each by its content.

    Args:
        at_hand: A folder that holds the files, or None to download them.
        limits: Of a download.

    Returns:
        0 if all years are there.

    Raises:
        CommandError: If a year is missing; the years that were accepted stay.
    """
    folder = survey_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob(f"{_GETTING}*"):
            shutil.rmtree(left, ignore_errors=True)
    except OSError as error:
        raise CommandError(f"{folder} can't be written: {error.strerror or error}") from None
    sources = None if at_hand is None else _files(at_hand)
    shipped = load("sfo_contact_ratings")
    problems = {}
    for year in YEARS:
        target = folder / f"{year}.csv"
        try:
            if target.is_file() and _agrees(target, year, shipped):
                print(f"{year}: there already")
                continue
            _get_year(year, target, sources, shipped, limits or Limits(MOST_BYTES))
            print(f"{year}: accepted, its counts agree with sfo_contact_ratings")
        except (DownloadError, InputError, CommandError) as error:
            problems[year] = str(error)
        except OSError as error:
            raise CommandError(f"{folder} can't be written: {error.strerror or error}") from None
    if problems:
        for year, problem in problems.items():
            print(f"{year}: {problem}")
        raise CommandError(
            f"{listing(problems)} missing; save the yearly files from {SEARCH_PAGE} in a folder, "
            "with the year in their names, and run: touchpoints data get sfo --from FOLDER"
        )
    print(f'The survey is in {folder}; read it with tp.load("sfo_survey")')
    return 0


def _agrees(path: Path, year: int, shipped: pd.DataFrame) -> bool:
    try:
        require_agreement(path, year, shipped)
    except InputError:
        return False
    return True


def _get_year(
    year: int,
    target: Path,
    sources: dict[int, Path] | None,
    shipped: pd.DataFrame,
    limits: Limits,
) -> None:
    """Bring a year's file into a folder of its own, look at it, and only then put it in place."""
    with tempfile.TemporaryDirectory(prefix=_GETTING, dir=target.parent) as own:
        part = Path(own) / target.name
        if sources is None:
            _download(year, part, limits)
        elif year in sources:
            part.write_bytes(_content(sources[year], limits.most_bytes))
        else:
            raise CommandError("no CSV file with this year in its name")
        require_agreement(part, year, shipped)
        os.replace(part, target)  # noqa: PTH105  (in one step, also where a file stands)


def _content(source: Path, most_bytes: int) -> bytes:
    """Read a file at hand; what fails here is this year's problem, not that of the folder."""
    try:
        if source.stat().st_size > most_bytes:
            raise CommandError(f"{source.name} is too large to be the survey's file")
        return source.read_bytes()
    except OSError as error:
        raise CommandError(f"{source.name} can't be read: {error.strerror or error}") from None


def _download(year: int, part: Path, limits: Limits) -> None:
    known = address(year)
    if known is None:
        raise CommandError("its address at the portal isn't known to the kit")
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
    )
    console = Console(stderr=True)
    hidden = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=hidden) as bar:
        task = bar.add_task(str(year), total=None)
        fetch(known, part, limits, lambda have, all_: bar.update(task, completed=have, total=all_))


def _files(folder: Path) -> dict[int, Path]:
    """Find the CSV files with a year in their names; `2014.csv` goes before longer names."""
    if not folder.is_dir():
        raise CommandError(f"{folder} is no folder; name the one that holds the files")
    try:
        paths = sorted(folder.iterdir(), key=lambda p: (len(p.name), p.name))
    except OSError as error:
        raise CommandError(f"{folder} can't be read: {error.strerror or error}") from None
    found: dict[int, Path] = {}
    for path in paths:
        years = _YEAR.findall(path.stem)
        if path.suffix.lower() == ".csv" and path.is_file() and years:
            found.setdefault(int(years[0]), path)
    return found
