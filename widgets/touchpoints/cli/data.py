"""`touchpoints data`: list the datasets, describe one from its dictionary."""

from __future__ import annotations

import argparse
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from touchpoints.data import allowed_values, describe, list_datasets


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `data`."""
    parser = commands.add_parser(
        "data",
        help="list the datasets or describe one",
        description="List the datasets, or describe one from the data dictionary.",
        epilog="example: touchpoints data touchpoints",
    )
    parser.add_argument("name", nargs="?", help="dataset to describe (default: list all)")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
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
