"""`touchpoints data`: list the datasets, describe one, get originals, check an own survey."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from touchpoints.cli.errors import CommandError
from touchpoints.cli.originals import get_survey
from touchpoints.cli.own_survey import check_survey
from touchpoints.data import allowed_values, describe, list_datasets


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `data`."""
    parser = commands.add_parser(
        "data",
        help="list the datasets, describe one, get an original survey, or check your own",
        description="List the datasets, describe one from the data dictionary, get the "
        "original files of the airport survey (sfo), which are not part of the kit, or check the "
        "file of a survey of your own.",
        epilog="example: touchpoints data touchpoints; touchpoints data get sfo; "
        "touchpoints data check answers.csv --out clean",
    )
    parser.add_argument(
        "name", nargs="?", help="dataset to describe (default: list all), or get, or check"
    )
    parser.add_argument(
        "survey", nargs="?", help="with get: sfo, the airport survey; with check: your file"
    )
    parser.add_argument(
        "--from",
        dest="at_hand",
        type=Path,
        metavar="FOLDER",
        help="with get: take the files from here instead of the portal",
    )
    check = parser.add_argument_group("with check")
    check.add_argument(
        "--mapping",
        type=Path,
        metavar="FILE",
        help="which column is what (default: the file's name and .mapping.yml)",
    )
    check.add_argument("--repair", action="store_true", help="mend harmless faults, and list them")
    check.add_argument(
        "--out", type=Path, metavar="FOLDER", help="write clean tables into this new folder"
    )
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if options.name == "get":
        if options.survey != "sfo":
            raise CommandError("name the survey to get: touchpoints data get sfo")
        return get_survey(options.at_hand)
    if options.name == "check":
        if options.survey is None:
            raise CommandError("name the file to check: touchpoints data check FILE")
        return check_survey(
            Path(options.survey), options.mapping, options.out, repair=options.repair
        )
    if options.mapping or options.repair or options.out:
        raise CommandError("--mapping, --repair and --out belong to: touchpoints data check FILE")
    if options.survey is not None or options.at_hand is not None:
        raise CommandError("files are got with: touchpoints data get sfo [--from FOLDER]")
    console = Console()
    if options.name is None:
        _print_list(console)
    else:
        _print_entry(console, describe(options.name))
    return 0


def _print_list(console: Console) -> None:
    table = Table("name", "rows", "columns", "synthetic", "what it is", box=None)
    for row in list_datasets().itertuples():
        synthetic = "yes" if row.synthetic else "no"
        table.add_row(row.name, str(row.rows), str(row.columns), synthetic, escape(row.title))
    console.print(table)
    console.print("Describe one: touchpoints data NAME", style="dim")


def _print_entry(console: Console, entry: dict[str, Any]) -> None:
    console.print(escape(entry["title"]), style="bold")
    console.print(escape(entry["description"]))
    console.print("Source: " + escape("; ".join(s["title"] for s in entry["sources"])))
    console.print("Licence: " + escape("; ".join(x["title"] for x in entry["licenses"])))
    table = Table("column", "type", "allowed", "meaning", box=None)
    for field in entry["schema"]["fields"]:
        table.add_row(
            field["name"], field["type"], allowed_values(field), escape(field["description"])
        )
    console.print(table)
