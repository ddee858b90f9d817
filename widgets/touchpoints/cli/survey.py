"""`touchpoints survey`: a questionnaire on the touchpoints of a company."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

from touchpoints.cli.kept_files import tell_outcome
from touchpoints.data import load
from touchpoints.instrument import (
    LANGUAGES,
    MOST_RECOMMENDED,
    Touchpoint,
    checked_touchpoints,
    make_questionnaire,
    read_touchpoints,
    survey_files,
)
from touchpoints.kept_folder import update_folder

#: Remembers in the folder what the kit wrote.
MANIFEST: Final = ".touchpoints-survey.json"
_EXAMPLE: Final = "Nordlicht Wohnen"
#: Not the company's own: contact there can't make fans, so it serves as negative control.
_CONTROL: Final = "city_car_park"


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `survey`."""
    parser = commands.add_parser(
        "survey",
        help="make a short questionnaire on your touchpoints",
        description="Make a questionnaire for a company and its touchpoints: a page to fill in, a "
        "paper form, a codebook and a table for paper answers. Run it again after a change of "
        "the touchpoints: files that you changed are left alone.",
        epilog='example: touchpoints survey my-survey --touchpoints list.csv --company "My shop"',
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="where the files go")
    parser.add_argument(
        "--touchpoints",
        type=Path,
        metavar="FILE",
        help="CSV with touchpoint, name_en, name_de (default: the kit's invented example)",
    )
    parser.add_argument(
        "--company", metavar="NAME", help="needed with --touchpoints (default: the example's)"
    )
    parser.add_argument(
        "--lang", choices=[*LANGUAGES, "both"], default="both", help="default: %(default)s"
    )
    parser.set_defaults(run=_run)


def example_touchpoints() -> tuple[Touchpoint, ...]:
    """Return what the example asks about: Nordlicht Wohnen's moments of truth and the car park."""
    known = load("touchpoints")
    chosen = known[known["moment_of_truth"] | (known["touchpoint"] == _CONTROL)]
    columns = chosen[["touchpoint", "name_en", "name_de"]]
    return checked_touchpoints(columns.itertuples(index=False, name=None))


def _run(options: argparse.Namespace) -> int:
    listed: Path | None = options.touchpoints
    if listed and not options.company:
        print("touchpoints: name the company, too: --company NAME", file=sys.stderr)
        return 1
    touchpoints = read_touchpoints(listed) if listed else example_touchpoints()
    languages = LANGUAGES if options.lang == "both" else (options.lang,)
    company = options.company or _EXAMPLE
    files = survey_files(make_questionnaire(company, touchpoints, languages=languages))
    if len(touchpoints) > MOST_RECOMMENDED:
        print(
            f"touchpoints: warning: {len(touchpoints)} touchpoints make a long questionnaire; "
            f"ask about {MOST_RECOMMENDED} at most, or draw some for each respondent",
            file=sys.stderr,
        )
    folder: Path = options.folder
    tell_outcome(update_folder(folder, files, MANIFEST), folder)
    print(f"All files are in {folder}: {', '.join(files)}")
    return 0
